#include "read/happening_int.h"
#include "read/listing.h"
#include "read/name_int.h"
#include "read/patient_int.h"
#include "read/role_int.h"
#include "read/trace.h"

enum {
    EVENTS_LIMIT = 8,
    COLUMNS_LIMIT = 12,
    COLUMNS_LEAST = 3,
    HEAD_REACH = 60,
    HEADING_WORDS = 24,
    HEADINGS_BACK = 4,
    VALUE_LIMIT = 40,
    OPEN_END = 300, /* tokens of the last entry at most */
    OLDEST = 115,
};

/* A stretch of tokens; empty when nothing was said. */
struct stretch {
    size_t first, end;
};

/* What one entry says. */
struct dossier {
    const struct name *name;
    struct {
        struct str event, date;
        size_t first, end;
    } events[EVENTS_LIMIT];
    size_t events_count;
    struct stretch charge, sentence, prison, court;
};

struct lister {
    struct page *page;
    struct proposals *out;
    uint32_t *told;   /* for each party, 1 + the last proposal about it, or 0 */
    size_t since;     /* the first proposal of the entry being read */
    uint32_t *before; /* for each proposal, likewise, the one before */
    size_t told_count;
    struct str columns[COLUMNS_LIMIT]; /* of the table's head */
    size_t columns_count;
    const struct entry *heading; /* what happened to all */
    struct stretch heading_at;
    struct str heading_role;
};

static bool is_on(const struct page *page, size_t i, const struct name *n)
{
    return page->name_of[i] && page->names[page->name_of[i] - 1].party == n->party;
}

/* the person whose name the entry's first cell holds */
static const struct name *name_of(const struct page *page, const struct listing_entry *e)
{
    for (size_t i = e->first; i < e->end; i++) {
        const struct name *n = page->name_of[i] ? &page->names[page->name_of[i] - 1] : NULL;
        if (n && !page->parties[n->party].organisation)
            return n;
    }
    return NULL;
}

static size_t passage_at(const struct page *page, size_t token)
{
    size_t low = 0, high = page->passages_count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (page->passages[middle].first <= token)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static struct str date_in(const struct page *page, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (page->date_of[i] &&
            !str_equal(page->dates[page->date_of[i] - 1].iso, STR("unresolved")))
            return page->dates[page->date_of[i] - 1].iso;
    return STR_NONE;
}

/* ---- what is told already ---- */

static void index_told(struct lister *l)
{
    struct page *page = l->page;
    l->told_count = l->out->count;
    l->told = arena_alloc(page->arena, (page->parties_count + 1) * sizeof *l->told);
    l->before = arena_alloc(page->arena, (l->told_count + 1) * sizeof *l->before);
    for (size_t i = 0; i < l->told_count; i++) {
        const struct statement *s = &l->out->at[i].statement;
        const struct name *n = s->form == FORM_LIFE_EVENT
                                   ? name_beginning_at(page, s->life_event.person_at.from)
                                   : NULL;
        if (!n)
            continue;
        l->before[i] = l->told[n->party];
        l->told[n->party] = (uint32_t)(i + 1);
    }
}

/* told of the person: the event, or any where it is empty */
static bool is_told(const struct lister *l, const struct name *n, struct str event)
{
    for (uint32_t at = l->told[n->party]; at; at = l->before[at - 1]) {
        const struct life_event *e = &l->out->at[at - 1].statement.life_event;
        if (!event.len ? !str_equal(e->event, STR("statement")) : str_equal(e->event, event))
            return true;
    }
    return false;
}

/* by the entry itself; a wound is told by the death */
static bool is_told_here(const struct lister *l, struct str event)
{
    bool wound = str_equal(event, STR("other:injured"));
    for (size_t i = l->since; i < l->out->count; i++) {
        const struct statement *s = &l->out->at[i].statement;
        if (s->form == FORM_LIFE_EVENT &&
            (str_equal(s->life_event.event, event) ||
             (wound && (str_equal(s->life_event.event, STR("killed")) ||
                        str_equal(s->life_event.event, STR("died"))))))
            return true;
    }
    return false;
}

/* ---- proposals ---- */

static void tell_fact(struct lister *l, const struct name *n, struct str property, struct str value,
                      struct stretch at)
{
    struct page *page = l->page;
    struct proposal *p = proposal_add(page, l->out);
    p->statement.form = FORM_FACT;
    p->statement.quote = tokens_span(&page->tokens, n->first, at.end);
    p->statement.fact = (struct fact){
        .subject = page->parties[n->party].form,
        .subject_at = tokens_span(&page->tokens, n->first, n->end),
        .subject_kind = STR("person"),
        .property = property,
        .value = value,
    };
    trace_made(page, p, "subject", n->first, n->end, RULE("a person's name"), NULL);
    trace_made(page, p, "subject_kind", n->first, n->end, RULE("a person's name"), NULL);
    trace_made(page, p, "property", at.first, at.end, RULE("a field of the entry"), NULL);
    trace_made(page, p, "value", at.first, at.end, RULE("a field of the entry"), NULL);
    p->confidence = 750;
    p->why = arena_print(page->arena, "\"%.*s\" in the entry of the name",
                         STR_ARG(page_words(page, at.first, at.end)));
}

static void set_details(struct lister *l, const struct dossier *d, struct life_event *e)
{
    const struct page *page = l->page;
    static const char *const accused[] = {"sentenced", "charged"};
    bool is_accused =
        str_equal(e->event, str_of(accused[0])) || str_equal(e->event, str_of(accused[1]));
    if (is_accused && d->charge.end)
        detail_add(page, e, STR("charge"), page_words(page, d->charge.first, d->charge.end));
    if (str_equal(e->event, STR("sentenced")) && d->sentence.end)
        detail_add(page, e, STR("sentence"),
                   sentence_within(page, d->sentence.first, d->sentence.end));
    if (is_accused && d->court.end)
        detail_add(page, e, STR("court"), page_words(page, d->court.first, d->court.end));
    if (str_equal(e->event, STR("other:imprisoned")) && d->prison.end)
        detail_add(page, e, STR("prison"), page_words(page, d->prison.first, d->prison.end));
}

static void tell_event(struct lister *l, const struct dossier *d, struct str event, struct str date,
                       struct stretch at, const char *rule)
{
    struct page *page = l->page;
    const struct name *n = d->name;
    struct life_event told = {.event = event, .date = date};
    if (is_told(l, n, event) || is_told_here(l, event))
        return;
    told.person = page->parties[n->party].form;
    told.person_at = tokens_span(&page->tokens, n->first, n->end);
    set_details(l, d, &told);
    size_t first = at.first < n->first ? at.first : n->first,
           end = at.end > n->end ? at.end : n->end;
    struct proposal *p = proposal_add(page, l->out);
    p->statement.form = FORM_LIFE_EVENT;
    p->statement.quote = tokens_span(&page->tokens, first, end);
    p->statement.life_event = told;
    trace_made(page, p, "person", n->first, n->end, RULE("whose entry it is"), NULL);
    trace_made(page, p, "event", at.first, at.end, rule, NULL);
    trace_value(page, p, "date", told.date, rule);
    for (size_t i = 0; i < told.details_count; i++)
        trace_value(page, p, told.details[i].name.at, told.details[i].value,
                    RULE("a field of the entry"));
    p->confidence = 550;
    p->why = arena_print(page->arena, "\"%.*s\" in the entry of \"%.*s\"",
                         STR_ARG(page_words(page, at.first, at.end)),
                         STR_ARG(page_words(page, n->first, n->end)));
}

/* ---- fields ---- */

static bool field_at(const struct page *page, size_t i, size_t limit, const struct entry **field,
                     size_t *end)
{
    return i < limit && token_is(&page->tokens, i, WORD_FIELD, field, end) && *end < limit &&
           token_is_mark(&page->tokens, *end, ':');
}

static bool is_trimmed(const struct page *page, size_t i)
{
    return page->tokens.at[i].shape == SHAPE_MARK && !token_is_mark(&page->tokens, i, ')') &&
           !token_is_mark(&page->tokens, i, '"');
}

/* up to the next field, the end of the line or of what was wrapped from it */
static size_t value_end(const struct page *page, size_t first, size_t limit)
{
    const struct entry *next = NULL;
    size_t end = first, passage = passage_at(page, first), stop = page->passages[passage].end;
    while (end < limit && end < stop && end < first + VALUE_LIMIT) {
        size_t behind = end;
        if (end > first && field_at(page, end, limit, &next, &behind))
            break;
        end++;
    }
    while (end > first && is_trimmed(page, end - 1))
        end--;
    return end;
}

static bool is_property(struct str field)
{
    static const char *const properties[] = {"residence", "occupation", "nationality", "group",
                                             "health"};
    for (size_t i = 0; i < COUNT_OF(properties); i++)
        if (str_equal(field, str_of(properties[i])))
            return true;
    return false;
}

static void add_event(struct dossier *d, struct str event, struct str date, struct stretch at)
{
    if (!date.len || d->events_count == EVENTS_LIMIT)
        return;
    d->events[d->events_count].event = event;
    d->events[d->events_count].date = date;
    d->events[d->events_count].first = at.first;
    d->events[d->events_count++].end = at.end;
}

static bool age_at(const struct page *page, size_t i, struct str *age)
{
    int64_t years = 0;
    if (page->date_of[i] || page->tokens.at[i].shape != SHAPE_NUMBER ||
        !str_to_int(page->tokens.at[i].word, &years) || years < 1 || years > OLDEST)
        return false;
    *age = arena_print(page->arena, "%jd", (intmax_t)years);
    return true;
}

static void take_field(struct lister *l, struct dossier *d, struct str field, struct stretch label,
                       struct stretch value)
{
    static const char *const nothing[] = {"name", "number", "cause", "branch", "judge"};
    struct page *page = l->page;
    struct stretch whole = {label.first, value.end};
    struct str words = page_words(page, value.first, value.end), found;
    for (size_t i = 0; i < COUNT_OF(nothing); i++)
        if (str_equal(field, str_of(nothing[i])))
            return;
    if (str_equal(field, STR("age"))) {
        if (age_at(page, value.first, &found))
            tell_fact(l, d->name, field, found, whole);
    } else if (str_equal(field, STR("birth_date"))) {
        found = date_in(page, value.first, value.end);
        if (found.len)
            tell_fact(l, d->name, field, found, whole);
    } else if (is_property(field)) {
        tell_fact(l, d->name, field, words, whole);
    } else if (str_equal(field, STR("charge"))) {
        d->charge = value;
    } else if (str_equal(field, STR("sentence"))) {
        d->sentence = value;
    } else if (str_equal(field, STR("prison"))) {
        d->prison = value;
    } else if (str_equal(field, STR("court"))) {
        d->court = value;
    } else {
        add_event(d, field, date_in(page, value.first, value.end), whole);
    }
}

static bool read_fields(struct lister *l, struct dossier *d, size_t first, size_t end)
{
    const struct entry *field = NULL;
    size_t behind = 0;
    bool any = false;
    for (size_t i = first; i < end; i++) {
        if (!field_at(l->page, i, end, &field, &behind) || behind + 1 >= end)
            continue;
        size_t stop = value_end(l->page, behind + 1, end);
        if (stop > behind + 1)
            take_field(l, d, field->value, (struct stretch){i, behind},
                       (struct stretch){behind + 1, stop});
        any = true;
        i = stop > i ? stop - 1 : i;
    }
    return any;
}

/* ---- the columns below a table's head ---- */

static bool has_column(const struct lister *l, const char *field)
{
    for (size_t i = 0; i < l->columns_count; i++)
        if (str_equal(l->columns[i], str_of(field)))
            return true;
    return false;
}

static bool dates_something(struct str field)
{
    static const char *const others[] = {
        "name",   "number",   "age",    "residence", "occupation", "nationality", "group", "health",
        "charge", "sentence", "prison", "court",     "branch",     "judge",       "cause"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (str_equal(field, str_of(others[i])))
            return false;
    return true;
}

static void columns_find(struct lister *l, size_t first)
{
    const struct page *page = l->page;
    const struct entry *field = NULL;
    size_t end = 0;
    for (size_t i = first > HEAD_REACH ? first - HEAD_REACH : 0; i < first; i++) {
        if (!token_is(&page->tokens, i, WORD_FIELD, &field, &end) || end > first)
            continue;
        if (token_is_mark(&page->tokens, end, ':')) {
            l->columns_count = 0;
            return;
        }
        if (l->columns_count < COLUMNS_LIMIT)
            l->columns[l->columns_count++] = field->value;
        i = end - 1;
    }
    if (l->columns_count < COLUMNS_LEAST || !has_column(l, "name"))
        l->columns_count = 0;
}

/* the n-th date of a row is of the n-th column that dates something */
static struct str dated_column(const struct lister *l, size_t n)
{
    for (size_t i = 0; i < l->columns_count; i++)
        if (dates_something(l->columns[i]) && n-- == 0)
            return l->columns[i];
    return STR_NONE;
}

static bool is_term(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    bool years = t->at[i].shape == SHAPE_NUMBER && term_unit(page, i) != SIZE_MAX;
    return years || token_is(t, i, WORD_TERM, NULL, NULL);
}

static void read_row(struct lister *l, struct dossier *d, size_t first, size_t end)
{
    struct page *page = l->page;
    const struct tokens *t = &page->tokens;
    bool aged = !has_column(l, "age");
    size_t dates = 0, stop = 0;
    const struct entry *place = NULL;
    for (size_t i = first; i < end; i++) {
        struct str value;
        struct stretch here = {i, i + 1};
        if (page->date_of[i]) {
            if (page->date_of[i - 1] == page->date_of[i])
                continue;
            while (here.end < end && page->date_of[here.end] == page->date_of[i])
                here.end++;
            struct str column = dated_column(l, dates++), date = date_in(page, i, here.end);
            if (str_equal(column, STR("birth_date")) && date.len)
                tell_fact(l, d->name, column, date, here);
            else if (column.len)
                add_event(d, column, date, here);
        } else if (is_term(page, i) && has_column(l, "sentence") && !d->sentence.end) {
            d->sentence = (struct stretch){i, i + 3 < end ? i + 3 : end};
        } else if (!aged && age_at(page, i, &value)) {
            aged = true;
            tell_fact(l, d->name, STR("age"), value, here);
        } else if (token_is(t, i, WORD_CHARGE, NULL, &stop) && has_column(l, "charge") &&
                   !d->charge.end) {
            d->charge = (struct stretch){i, stop};
        } else if (token_is(t, i, WORD_PLACE, &place, &stop) && has_column(l, "prison") &&
                   str_equal(place->value, STR("prison")) && !d->prison.end) {
            d->prison = (struct stretch){i, stop};
        }
    }
}

/* ---- a participle, or a verb without its subject ---- */

/* nobody else is named before it in its passage */
static bool is_alone(const struct page *page, const struct name *n, size_t first, size_t i)
{
    for (size_t k = first; k < i; k++) {
        bool kin =
            k > 0 &&
            (page_particle(page, k - 1, "kin_of") ||
             (k > 1 && page_particle(page, k - 1, "of") && page_particle(page, k - 2, "kin_of")));
        size_t other = person_over(page, k);
        if (other != SIZE_MAX && !is_on(page, k, n) && !kin && page->names[other].first == k)
            return false;
    }
    return true;
}

/* ", shot on", "– killed": where a predicate without a verb may begin */
static bool opens_predicate(const struct page *page, const struct passage *p, size_t i)
{
    while (i > p->first && has_class(page, i - 1, WORD_ADVERB))
        i--;
    /* criminally detained: an adverb that no table has */
    if (i > p->first + 1 && page->tokens.at[i - 1].shape == SHAPE_LOWER &&
        !page->tokens.at[i - 1].classes && is_pause(page, i - 2))
        i--;
    return i == p->first || (page->tokens.at[i - 1].shape == SHAPE_MARK &&
                             !token_is_mark(&page->tokens, i - 1, '"'));
}

/* "was hit by a bullet and died" */
static bool is_wound_of_death(const struct page *page, const struct entry *event, size_t from,
                              size_t end)
{
    const struct entry *other = NULL;
    for (size_t i = from; i < end && str_equal(event->value, STR("other:injured")); i++)
        if (token_is(&page->tokens, i, WORD_LIFE, &other, NULL) &&
            (str_equal(other->value, STR("killed")) || str_equal(other->value, STR("died"))))
            return true;
    return false;
}

static void read_predicates(struct lister *l, const struct dossier *d, size_t passage, size_t first)
{
    struct page *page = l->page;
    const struct passage *p = &page->passages[passage];
    struct occurrence o = {.passage = passage};
    for (o.first = first; o.first < p->end; o.first++) {
        size_t i = o.first;
        bool told = token_is_kind(&page->tokens, i, WORD_LIFE, KIND_PARTICIPLE, &o.event, &o.end) ||
                    token_is_kind(&page->tokens, i, WORD_LIFE, KIND_HELD, &o.event, &o.end) ||
                    token_is_kind(&page->tokens, i, WORD_LIFE, KIND_INTRANSITIVE, &o.event, &o.end);
        if (!told || o.end > p->end || is_unreal(page, p->first, i) ||
            !is_alone(page, d->name, first, i) || is_wound_of_death(page, o.event, o.end, p->end) ||
            !(p->verb_final || opens_predicate(page, p, i)))
            continue;
        struct earlier none = {.passage = SIZE_MAX};
        size_t name = (size_t)(d->name - page->names);
        struct patients who = {name, name + 1};
        struct str date = life_date(page, &o, &who, &none);
        if (!date.len)
            date =
                date_in(page, o.end, p->end < o.end + VALUE_LIMIT ? p->end : o.end + VALUE_LIMIT);
        bool held = o.event->kind == KIND_HELD && date.len;
        tell_event(l, d, held ? STR("arrested") : o.event->value, date,
                   (struct stretch){o.first, o.end},
                   RULE("a verb without a subject below the name"));
        o.first = o.end - 1;
    }
}

/* ---- what the heading says of all ---- */

static bool is_heading(const struct page *page, const struct passage *p)
{
    return p->headline || token_is_mark(&page->tokens, p->end - 1, ':') ||
           p->end - p->first <= HEADING_WORDS;
}

static void heading_find(struct lister *l, size_t first)
{
    const struct page *page = l->page;
    const struct entry *entry = NULL;
    size_t passage = passage_at(page, first), end = 0;
    for (size_t s = passage, steps = 0; s > 0 && steps < HEADINGS_BACK && !l->heading;
         s--, steps++) {
        const struct passage *p = &page->passages[s - 1];
        for (size_t i = p->first; i < p->end && is_heading(page, p); i++) {
            if (!token_is(&page->tokens, i, WORD_LIFE, &entry, &end))
                continue;
            if (l->heading && !str_equal(l->heading->value, entry->value)) {
                l->heading = NULL; /* of several kinds */
                return;
            }
            l->heading = entry;
            l->heading_at = (struct stretch){i, end};
            i = end - 1;
        }
    }
}

static void role_from_heading(struct lister *l, const struct name *n)
{
    struct party *p = &l->page->parties[n->party];
    if (l->heading_role.len && (!p->role.len || str_equal(p->role, ROLE_UNKNOWN)))
        p->role = l->heading_role;
}

static void role_find(struct lister *l, size_t first)
{
    const struct page *page = l->page;
    size_t passage = passage_at(page, first);
    for (size_t s = passage, steps = 0; s > 0 && steps < HEADINGS_BACK; s--, steps++) {
        const struct passage *p = &page->passages[s - 1];
        if (is_heading(page, p))
            l->heading_role = role_of_several(page, p);
        if (l->heading_role.len)
            return;
    }
}

/* ---- entries ---- */

static void read_entry(struct lister *l, const struct listing_entry *e, size_t end)
{
    const struct page *page = l->page;
    struct dossier d = {.name = name_of(page, e)};
    if (!d.name)
        return;
    l->since = l->out->count;
    role_from_heading(l, d.name);
    size_t first = d.name->end;
    if (!read_fields(l, &d, first, end) && l->columns_count)
        read_row(l, &d, first, end);
    if (d.sentence.end && sentence_within(page, d.sentence.first, d.sentence.end).len)
        tell_event(l, &d, STR("sentenced"), STR_NONE, d.sentence, RULE("a field of the entry"));
    else if (d.charge.end)
        tell_event(l, &d, STR("charged"), STR_NONE, d.charge, RULE("a field of the entry"));
    if (d.prison.end)
        tell_event(l, &d, STR("other:imprisoned"), STR_NONE, d.prison,
                   RULE("a field of the entry"));
    for (size_t i = 0; i < d.events_count; i++)
        tell_event(l, &d, d.events[i].event, d.events[i].date,
                   (struct stretch){d.events[i].first, d.events[i].end},
                   RULE("a field of the entry"));
    size_t count = l->out->count;
    bool told = is_told(l, d.name, STR_NONE);
    for (size_t s = passage_at(page, first); s < page->passages_count; s++) {
        const struct passage *p = &page->passages[s];
        if (p->first >= end)
            break;
        if (!told && p->end > first)
            read_predicates(l, &d, s, p->first < first ? first : p->first);
    }
    if (!told && l->out->count == count && !d.events_count && !d.sentence.end && l->heading)
        tell_event(l, &d, l->heading->value, date_in(page, first, end), l->heading_at,
                   RULE("the heading of the list"));
}

/* the first of a list: none before it, or a heading between */
static bool begins_list(const struct page *page, size_t i)
{
    const struct listing_entry *e = &page->entries[i];
    if (i == 0 || !name_of(page, e - 1))
        return true;
    size_t passage = passage_at(page, e->line);
    return passage > 0 && page->passages[passage - 1].first > e[-1].line &&
           token_is_mark(&page->tokens, page->passages[passage - 1].end - 1, ':');
}

static void open_list(struct lister *l, size_t first)
{
    l->columns_count = 0;
    l->heading = NULL;
    l->heading_role = STR_NONE;
    columns_find(l, first);
    heading_find(l, first);
    role_find(l, first);
}

void listing_read(struct page *page, struct proposals *out)
{
    struct lister l = {.page = page, .out = out};
    size_t longest = 0;
    if (!page->entries_count)
        return;
    index_told(&l);
    for (size_t i = 0; i < page->entries_count; i++) {
        const struct listing_entry *e = &page->entries[i];
        if (begins_list(page, i))
            open_list(&l, e->line);
        size_t open = e->first + (longest ? longest : OPEN_END);
        size_t end = i + 1 < page->entries_count ? e[1].line
                     : open < page->tokens.count ? open
                                                 : page->tokens.count;
        if (i + 1 < page->entries_count && end - e->first > longest)
            longest = end - e->first < OPEN_END ? end - e->first : OPEN_END;
        read_entry(&l, e, end - e->first > OPEN_END ? e->first + OPEN_END : end);
    }
}
