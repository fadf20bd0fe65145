#include "read/page_int.h"

enum { OBJECT_REACH = 9, SUBJECT_REACH = 26, LIST_LIMIT = 12, LISTED_APART = 4, LOOK_BACK = 400 };

/* One happening in a passage while its persons are sought. */
struct occurrence {
    const struct entry *event;
    size_t first, end; /* its words */
    size_t passage;
};

struct lives {
    struct page *page;
    struct proposals *out;
    size_t last_person; /* name that a pronoun stands for, or SIZE_MAX */
};

static bool is_person(const struct page *page, size_t name)
{
    return !page->parties[page->names[name].party].organisation;
}

/* the person's name that covers token i, or SIZE_MAX */
static size_t person_over(const struct page *page, size_t i)
{
    uint32_t name = page->name_of[i];
    return name && is_person(page, name - 1) ? name - 1 : SIZE_MAX;
}

static bool passive(const struct page *page, const struct passage *p, size_t i)
{
    const struct tokens *t = &page->tokens;
    for (size_t k = i; k > p->first && i - k < 3; k--) {
        if (token_is(t, k - 1, WORD_AUXILIARY, NULL, NULL))
            return true;
        if (!token_is(t, k - 1, WORD_ADVERB, NULL, NULL) && !page_particle(page, k - 1, "and"))
            return k < i && t->at[k].classes >> WORD_LIFE & 1;
    }
    return false;
}

static size_t person_behind(const struct page *page, const struct passage *p, size_t from,
                            size_t reach)
{
    for (size_t i = from; i < p->end && i < from + reach; i++) {
        size_t name = person_over(page, i);
        if (name != SIZE_MAX)
            return name;
        if (i > from && (token_is(&page->tokens, i, WORD_CLAUSE, NULL, NULL) ||
                         token_is(&page->tokens, i, WORD_SAY, NULL, NULL) ||
                         token_is_mark(&page->tokens, i, ';')))
            break;
    }
    return SIZE_MAX;
}

static size_t person_before(const struct lives *l, const struct passage *p, size_t from)
{
    const struct page *page = l->page;
    for (size_t i = from; i > p->first && from - i < SUBJECT_REACH; i--) {
        size_t name = person_over(page, i - 1);
        if (name != SIZE_MAX)
            return name;
        if (token_is_kind(&page->tokens, i - 1, WORD_PRONOUN, KIND_PERSON, NULL, NULL))
            return l->last_person;
        bool reported = !p->verb_final && token_is(&page->tokens, i - 1, WORD_SAY, NULL, NULL) &&
                        !token_is(&page->tokens, i - 1, WORD_LIFE, NULL, NULL);
        if (reported || token_is_mark(&page->tokens, i - 1, ';'))
            break;
    }
    return SIZE_MAX;
}

/* "X, arrested in", "X Tortured": the name right before the participle */
static size_t person_beside(const struct page *page, const struct passage *p, size_t from)
{
    size_t least = from - p->first < 2 ? p->first : from - 2;
    for (size_t i = from; i > least; i--) {
        size_t name = person_over(page, i - 1);
        if (name != SIZE_MAX || !token_is_mark(&page->tokens, i - 1, ','))
            return name;
    }
    return SIZE_MAX;
}

/* in a verb-final clause another word than the name is the object: the name is the doer */
static bool is_doer(const struct page *page, size_t name, size_t event)
{
    for (size_t i = page->names[name].end + 1; i < event; i++)
        if (page_particle(page, i, "object"))
            return true;
    return false;
}

/* killing of X, X's arrest */
static size_t person_of_noun(const struct page *page, const struct passage *p,
                             const struct occurrence *o)
{
    const struct tokens *t = &page->tokens;
    if (p->verb_final || page_particle(page, o->end, "of"))
        return person_behind(page, p, o->end, p->verb_final ? 4 : 5);
    for (size_t i = o->first; i > p->first && o->first - i < 4; i--)
        if (t->at[i - 1].possessive)
            return person_over(page, i - 1);
    return SIZE_MAX;
}

static size_t person_of(const struct lives *l, const struct passage *p, const struct occurrence *o)
{
    const struct page *page = l->page;
    size_t name = SIZE_MAX;
    if (o->event->kind == KIND_NOUN)
        return person_of_noun(page, p, o);
    if (p->verb_final || o->event->kind == KIND_INTRANSITIVE || o->event->kind == KIND_PREDICATE ||
        passive(page, p, o->first))
        return person_before(l, p, o->first);
    bool held = str_equal(o->event->value, STR("other:imprisoned"));
    name = held ? SIZE_MAX : person_behind(page, p, o->end, OBJECT_REACH);
    return name != SIZE_MAX || o->event->kind == KIND_ACTIVE ? name
                                                             : person_beside(page, p, o->first);
}

static bool listed(const struct page *page, size_t first, size_t end)
{
    const struct tokens *t = &page->tokens;
    if (end <= first || end - first > LISTED_APART)
        return false;
    for (size_t i = first; i < end; i++)
        if (token_is_mark(t, i, ',') || page_particle(page, i, "and") ||
            page_particle(page, i, "comma"))
            return true;
    return false;
}

/* the persons named in one list with `name`: a range of page->names */
static void list_around(const struct page *page, size_t name, size_t *from, size_t *to)
{
    *from = name;
    *to = name + 1;
    while (*from > 0 && *to - *from < LIST_LIMIT && is_person(page, *from - 1) &&
           page->names[*from - 1].passage == page->names[name].passage &&
           listed(page, page->names[*from - 1].end, page->names[*from].first))
        --*from;
    while (*to < page->names_count && *to - *from < LIST_LIMIT && is_person(page, *to) &&
           page->names[*to].passage == page->names[name].passage &&
           listed(page, page->names[*to - 1].end, page->names[*to].first))
        ++*to;
}

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
                               .date = date_of(page, p, o)};
    if (str_equal(event.event, STR("charged")) || str_equal(event.event, STR("sentenced")))
        charges_of(page, p, &event);
    sentence_of(page, o->passage, o->end, &event);
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
    const struct passage *p = &l->page->passages[o->passage];
    size_t name = person_of(l, p, o), from = 0, to = 0;
    if (name == SIZE_MAX || (p->verb_final && is_doer(l->page, name, o->first)) ||
        judges(l->page, name, o))
        return;
    list_around(l->page, name, &from, &to);
    for (size_t i = from; i < to; i++)
        if (!repeats(l, o, i, since))
            propose_life(l, o, i);
}

/* who speaks with the verb at `say`: a person right before it, or right behind it */
static size_t speaker_of(const struct page *page, const struct passage *p, size_t say, size_t end)
{
    const struct tokens *t = &page->tokens;
    size_t reach = p->verb_final ? SUBJECT_REACH : OBJECT_REACH;
    for (size_t i = say; i > p->first && say - i < reach; i--) {
        if (page->name_of[i - 1])
            return person_over(page, i - 1);
        if (!p->verb_final && token_is(t, i - 1, WORD_GROUP, NULL, NULL))
            return SIZE_MAX;
    }
    return p->verb_final ? SIZE_MAX : person_behind(page, p, end, 5);
}

static void read_statements(struct lives *l, size_t passage, size_t since)
{
    static const struct entry statement = {.class = WORD_LIFE, .value = {"statement", 9}};
    const struct page *page = l->page;
    const struct passage *p = &page->passages[passage];
    for (size_t i = p->first; i < p->end; i++) {
        size_t end = i;
        if (!token_is(&page->tokens, i, WORD_SAY, NULL, &end) || end > p->end)
            continue;
        struct occurrence o = {&statement, i, end, passage};
        size_t name = speaker_of(page, p, i, end);
        if (name != SIZE_MAX && !repeats(l, &o, name, since))
            propose_life(l, &o, name);
    }
}

void life_events_find(struct page *page, struct proposals *out)
{
    struct lives l = {page, out, SIZE_MAX};
    size_t name = 0, beginning = out->count;
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
        bool first = true;
        for (; name < page->names_count && page->names[name].passage <= s; name++)
            if (page->names[name].passage == s && is_person(page, name) && first) {
                l.last_person = name;
                first = false;
            }
    }
}
