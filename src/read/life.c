#include "read/patient_int.h"

enum { LOOK_BACK = 400, SAID_DATE_REACH = 6 };

struct lives {
    struct page *page;
    struct proposals *out;
    struct earlier before;
};

static void detail_add(struct life_event *e, struct str name, struct str value)
{
    size_t at = e->details_count;
    if (at == DETAILS_LIMIT || !value.len)
        return;
    for (size_t i = 0; i < e->details_count; i++)
        if (str_equal(e->details[i].name, name))
            return;
    while (at > 0 && str_compare(e->details[at - 1].name, name) > 0) {
        e->details[at] = e->details[at - 1];
        at--;
    }
    e->details[at] = (struct detail){name, value};
    e->details_count++;
}

static void charges_of(const struct page *page, const struct passage *p, struct life_event *e)
{
    for (size_t i = p->first; i < p->end; i++) {
        size_t end = i;
        if (token_is(&page->tokens, i, WORD_CHARGE, NULL, &end) && end <= p->end) {
            detail_add(e, STR("charge"), page_words(page, i, end));
            return;
        }
    }
}

static struct str date_of(const struct page *page, const struct passage *p,
                          const struct occurrence *o)
{
    struct figure period = {0};
    (void)p;
    period_of(page, o->passage, o->first, o->end, &period);
    if (!period.since.len)
        return STR_NONE;
    if (period.until.len && !str_equal(period.since, period.until))
        return arena_print(page->arena, "%.*s/%.*s", STR_ARG(period.since), STR_ARG(period.until));
    return period.since;
}

static struct str date_at(const struct page *page, size_t i)
{
    const struct date_mention *d = page->date_of[i] ? &page->dates[page->date_of[i] - 1] : NULL;
    return d && !str_equal(d->iso, STR("unresolved")) ? d->iso : STR_NONE;
}

/* the first date right behind token `from`, at most a preposition between */
static struct str date_behind(const struct page *page, const struct passage *p, size_t from)
{
    for (size_t i = from; i < p->end && i < from + SAID_DATE_REACH; i++) {
        struct str date = date_at(page, i);
        if (date.len || has_class(page, i, WORD_CLAUSE) ||
            !(has_class(page, i, WORD_PREPOSITION) || has_class(page, i, WORD_PLACE) ||
              token_is_mark(&page->tokens, i, ',')))
            return date;
    }
    return STR_NONE;
}

static bool opens_speech(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    bool mark =
        t->shape == SHAPE_MARK && (strchr("\";:", t->word.at[0]) || str_equal(t->word, STR("“")) ||
                                   str_equal(t->word, STR("”")));
    return mark || has_class(page, i, WORD_SAY) || has_class(page, i, WORD_CLAUSE) ||
           page_particle(page, i, "relative");
}

/* when it was said: a date of the clause of saying, never one of what is said */
static struct str date_of_speech(const struct page *page, const struct occurrence *o, size_t name)
{
    const struct passage *p = &page->passages[o->passage];
    const struct name *n = &page->names[name];
    if (!p->verb_final && n->first > o->first)
        return date_behind(page, p, n->end);
    size_t from = p->verb_final ? clause_verb_final(page, p, o->first) : o->first;
    while (!p->verb_final && from > p->first && !opens_speech(page, from - 1))
        from--;
    for (size_t i = o->first; i > from; i--)
        if (date_at(page, i - 1).len)
            return date_at(page, i - 1);
    return p->verb_final ? STR_NONE : date_behind(page, p, o->end);
}

/* held since a day: arrested on it */
static struct str event_meant(const struct page *page, const struct occurrence *o)
{
    struct figure period = {0};
    if (!str_equal(o->event->value, STR("other:imprisoned")))
        return o->event->value;
    period_of(page, o->passage, o->first, o->end, &period);
    return period.since.len && !period.until.len ? STR("arrested") : o->event->value;
}

static void propose_life(struct lives *l, const struct occurrence *o, size_t name)
{
    struct page *page = l->page;
    const struct passage *p = &page->passages[o->passage];
    const struct name *n = &page->names[name];
    struct span at = tokens_span(&page->tokens, n->first, n->end);
    bool same = n->passage == o->passage;
    size_t first = same && n->first < o->first ? n->first : o->first;
    size_t end = same && n->end > o->end ? n->end : o->end;
    struct proposal *out = proposal_add(page, l->out);
    struct life_event event = {.person = page->parties[n->party].form,
                               .person_at = at,
                               .event = event_meant(page, o),
                               .date = str_equal(o->event->value, STR("statement"))
                                           ? date_of_speech(page, o, name)
                                           : date_of(page, p, o)};
    if (str_equal(event.event, STR("charged")) || str_equal(event.event, STR("sentenced")))
        charges_of(page, p, &event);
    sentence_of(page, o->passage, n->end, o->end, &event);
    out->statement.form = FORM_LIFE_EVENT;
    out->statement.quote = tokens_span(&page->tokens, first, end);
    out->statement.life_event = event;
    out->confidence = same ? 600 : 450;
    out->why = arena_print(page->arena, "\"%.*s\" beside the name \"%.*s\"",
                           STR_ARG(page_words(page, o->first, o->end)),
                           STR_ARG(page_words(page, n->first, n->end)));
}

static bool repeats(const struct lives *l, const struct occurrence *o, size_t name, size_t since)
{
    size_t recent = l->out->count > LOOK_BACK ? l->out->count - LOOK_BACK : 0;
    for (size_t i = since > recent ? since : recent; i < l->out->count; i++) {
        const struct life_event *e = &l->out->at[i].statement.life_event;
        if (str_equal(e->event, o->event->value) &&
            str_equal(e->person, l->page->parties[l->page->names[name].party].form))
            return true;
    }
    return false;
}

/* a judge sentences, tries and charges others */
static bool judges(const struct page *page, size_t name, const struct occurrence *o)
{
    return str_equal(page->parties[page->names[name].party].role, STR("judge")) &&
           (str_equal(o->event->value, STR("sentenced")) ||
            str_equal(o->event->value, STR("tried")) || str_equal(o->event->value, STR("charged")));
}

static void read_occurrence(struct lives *l, const struct occurrence *o, size_t since)
{
    struct patients who = patients_of(l->page, o, &l->before);
    if (who.to == who.from || judges(l->page, who.from, o))
        return;
    l->before = (struct earlier){who, o->passage, o->end};
    for (size_t i = who.from; i < who.to; i++)
        if (!repeats(l, o, i, since))
            propose_life(l, o, i);
}

static void read_statements(struct lives *l, size_t passage, size_t since)
{
    static const struct entry statement = {.class = WORD_LIFE, .value = {"statement", 9}};
    const struct page *page = l->page;
    const struct passage *p = &page->passages[passage];
    for (size_t i = p->first; i < p->end; i++) {
        struct occurrence o = {&statement, i, i, passage};
        bool says = token_is(&page->tokens, i, WORD_ACCORDING, NULL, &o.end) ||
                    token_is(&page->tokens, i, WORD_SAY, NULL, &o.end);
        if (!says || o.end > p->end)
            continue;
        struct patients who = speaker_of(page, &o);
        if (who.to > who.from && !repeats(l, &o, who.from, since))
            propose_life(l, &o, who.from);
    }
}

/* what is told again without a date says nothing new */
static bool is_told_again(const struct proposals *all, size_t from, size_t i)
{
    const struct life_event *e = &all->at[i].statement.life_event;
    size_t first = i - from > LOOK_BACK ? i - LOOK_BACK : from;
    for (size_t k = first; k < all->count && k < i + LOOK_BACK && !e->date.len; k++) {
        const struct life_event *other = &all->at[k].statement.life_event;
        if (k != i && str_equal(e->event, other->event) && str_equal(e->person, other->person) &&
            (other->date.len || (k < i && !e->details_count)))
            return true;
    }
    return false;
}

static void drop_told_again(const struct page *page, struct proposals *all, size_t from)
{
    size_t kept = from;
    bool *again = arena_alloc(page->arena, (all->count + 1) * sizeof *again);
    for (size_t i = from; i < all->count; i++)
        again[i] = is_told_again(all, from, i);
    for (size_t i = from; i < all->count; i++)
        if (!again[i])
            all->at[kept++] = all->at[i];
    all->count = kept;
}

void life_events_find(struct page *page, struct proposals *out)
{
    struct lives l = {page, out, {{0, 0}, SIZE_MAX, 0}};
    size_t beginning = out->count;
    for (size_t s = 0; s < page->passages_count; s++) {
        const struct passage *p = &page->passages[s];
        size_t since = out->count;
        for (size_t i = p->first; i < p->end;) {
            struct occurrence o = {.first = i, .passage = s};
            if (!token_is(&page->tokens, i, WORD_LIFE, &o.event, &o.end) || o.end > p->end) {
                i++;
                continue;
            }
            read_occurrence(&l, &o, since);
            i = o.end;
        }
        read_statements(&l, s, beginning);
    }
    drop_told_again(page, out, beginning);
}
