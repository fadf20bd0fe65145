#include "read/listing.h"
#include "read/listing_int.h"
#include "read/name_int.h"
#include "read/patient_int.h"
#include "read/role_int.h"
#include "read/trace.h"

enum {
    HEADING_WORDS = 24,
    HEADINGS_BACK = 4,
    DATE_REACH = 40,
    TOLD_LIMIT = 500,
    OPEN_END = 300, /* tokens of an entry at most */
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

size_t passage_at(const struct page *page, size_t token)
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

struct str date_in(const struct page *page, size_t first, size_t end)
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
    size_t steps = 0;
    for (uint32_t at = l->told[n->party]; at && steps < TOLD_LIMIT;
         at = l->before[at - 1], steps++) {
        const struct life_event *e = &l->out->at[at - 1].statement.life_event;
        if (!event.len ? !str_equal(e->event, STR("statement")) : str_equal(e->event, event))
            return true;
    }
    return false;
}

/* told of the person in words that begin in those bytes */
static bool is_told_between(const struct lister *l, const struct name *n, size_t from, size_t to)
{
    size_t steps = 0;
    for (uint32_t at = l->told[n->party]; at && steps < TOLD_LIMIT;
         at = l->before[at - 1], steps++) {
        const struct statement *s = &l->out->at[at - 1].statement;
        if (s->quote.from >= from && s->quote.from < to)
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

/* told in the entry already, but not when */
static bool completes_told(struct lister *l, const struct dossier *d, struct str event,
                           struct str date)
{
    size_t steps = 0;
    for (uint32_t at = l->told[d->name->party]; at && steps < TOLD_LIMIT;
         at = l->before[at - 1], steps++) {
        struct proposal *p = &l->out->at[at - 1];
        struct life_event *e = &p->statement.life_event;
        size_t from = p->statement.quote.from;
        bool here = from >= l->page->tokens.at[d->name->first].at.from && from < l->entry_end;
        if (!here || e->date.len || !str_equal(e->event, event))
            continue;
        e->date = date;
        trace_value(l->page, p, "date", date, RULE("a field of the entry"));
        return true;
    }
    return false;
}

void tell_fact(struct lister *l, const struct name *n, struct str property, struct str value,
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
    p->why = arena_print(page->arena, "\"%.*s\" in the entry of the name",
                         STR_ARG(page_words(page, at.first, at.end)));
}

/* what befell somebody somewhere, which a list's column for the place is about */
static bool has_place(struct str event)
{
    static const char *const placed[] = {"arrested", "killed", "died", "other:disappeared",
                                         "other:injured"};
    for (size_t i = 0; i < COUNT_OF(placed); i++)
        if (str_equal(event, str_of(placed[i])))
            return true;
    return false;
}

/* of its words, or of one word that fills it */
static struct str sentence_of_field(const struct page *page, struct stretch field)
{
    const struct entry *penalty = NULL;
    size_t end = 0;
    struct str sentence = sentence_within(page, field.first, field.end);
    bool fills =
        token_is(&page->tokens, field.first, WORD_PENALTY, &penalty, &end) && end == field.end;
    return sentence.len || !fills ? sentence : penalty->value;
}

/* of a branch, which has a number */
static struct str number_within(const struct page *page, struct stretch at)
{
    for (size_t i = at.first; i < at.end; i++)
        if (page->tokens.at[i].shape == SHAPE_NUMBER)
            return page_words(page, i, i + 1);
    return STR_NONE;
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
        detail_add(page, e, STR("sentence"), sentence_of_field(page, d->sentence));
    if (is_accused && d->court.end)
        detail_add(page, e, STR("court"), page_words(page, d->court.first, d->court.end));
    if (is_accused)
        detail_add(page, e, STR("branch"), number_within(page, d->branch));
    if (is_accused && d->judge.end)
        detail_add(page, e, STR("judge"), page_words(page, d->judge.first, d->judge.end));
    if (d->place.end && has_place(e->event))
        e->place = page_words(page, d->place.first, d->place.end);
    if (str_equal(e->event, STR("other:imprisoned")) && d->prison.end)
        detail_add(page, e, STR("prison"), page_words(page, d->prison.first, d->prison.end));
}

void tell_event(struct lister *l, const struct dossier *d, struct str event, struct str date,
                struct stretch at, const char *rule)
{
    struct page *page = l->page;
    const struct name *n = d->name;
    struct life_event told = {.event = event, .date = date};
    if (completes_told(l, d, event, date) || is_told(l, n, event) || is_told_here(l, event))
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
    trace_value(page, p, "place", told.place, RULE("a field of the entry"));
    for (size_t i = 0; i < told.details_count; i++)
        trace_value(page, p, told.details[i].name.at, told.details[i].value,
                    RULE("a field of the entry"));
    p->why = arena_print(page->arena, "\"%.*s\" in the entry of \"%.*s\"",
                         STR_ARG(page_words(page, at.first, at.end)),
                         STR_ARG(page_words(page, n->first, n->end)));
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
            date = date_in(page, o.end, p->end < o.end + DATE_REACH ? p->end : o.end + DATE_REACH);
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

/* the life event that a word says befell those whom it counts */
static struct str event_of_count(const struct entry *e)
{
    static const char *const same[] = {"killed",   "executed", "arrested", "charged",
                                       "released", "pardoned", "tortured"};
    static const char *const other[] = {"detained", "imprisoned", "disappeared", "injured"};
    for (size_t i = 0; i < COUNT_OF(same); i++)
        if (str_equal(e->value, str_of(same[i])))
            return e->value;
    static const char *const others[] = {"other:detained", "other:imprisoned", "other:disappeared",
                                         "other:injured"};
    for (size_t i = 0; i < COUNT_OF(other); i++)
        if (str_equal(e->value, str_of(other[i])))
            return str_of(others[i]);
    return STR_NONE;
}

struct str heading_event_at(const struct page *page, size_t i, size_t *end)
{
    const struct entry *entry = NULL;
    if (token_is(&page->tokens, i, WORD_LIFE, &entry, end))
        return entry->value;
    return token_is(&page->tokens, i, WORD_EVENT, &entry, end) ? event_of_count(entry) : STR_NONE;
}

static void heading_find(struct lister *l, size_t first)
{
    const struct page *page = l->page;
    size_t passage = passage_at(page, first), end = 0;
    for (size_t s = passage, steps = 0; s > 0 && steps < HEADINGS_BACK && !l->heading.len;
         s--, steps++) {
        const struct passage *p = &page->passages[s - 1];
        for (size_t i = p->first; i < p->end && is_heading(page, p); i++) {
            struct str event = heading_event_at(page, i, &end);
            if (!event.len)
                continue;
            if (l->heading.len && !str_equal(l->heading, event)) {
                l->heading = STR_NONE; /* of several kinds */
                return;
            }
            l->heading = event;
            l->heading_at = (struct stretch){i, end};
            l->heading_date = date_in(page, p->first, p->end);
            if (l->heading_date.len && memchr(l->heading_date.at, '/', l->heading_date.len))
                l->heading_date = STR_NONE; /* a period: of each, some day within it */
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

size_t entry_end(const struct page *page, size_t name_end, size_t end)
{
    for (size_t s = passage_at(page, name_end); s < page->passages_count; s++) {
        const struct passage *p = &page->passages[s];
        if (p->first >= end)
            break;
        if (p->first >= name_end && token_is_mark(&page->tokens, p->end - 1, ':') &&
            (p->end == end || !token_has(&page->tokens, p->first, WORD_FIELD)))
            return p->first;
    }
    return end;
}

/* "22 years old" at the beginning of what stands below the name; ", 22" at the line's end */
static void read_age(struct lister *l, const struct name *n, size_t first, size_t end)
{
    struct page *page = l->page;
    struct str age;
    bool below = passage_at(page, first) != n->passage;
    if (below && first + 1 < end && age_at(page, first, &age) &&
        page_particle(page, first + 1, "aged"))
        tell_fact(l, n, STR("age"), age, (struct stretch){first, first + 2});
    bool ends = first + 2 >= page->tokens.count || page->tokens.at[first + 2].lines > 0;
    if (!below && ends && first + 1 < end && age_at(page, first + 1, &age) &&
        (token_is_mark(&page->tokens, first, ',') || page_particle(page, first, "comma")))
        tell_fact(l, n, STR("age"), age, (struct stretch){first + 1, first + 2});
}

static void read_entry(struct lister *l, const struct listing_entry *e, size_t end)
{
    const struct page *page = l->page;
    struct dossier d = {.name = name_of(page, e)};
    if (!d.name)
        return;
    l->since = l->out->count;
    role_from_heading(l, d.name);
    size_t first = d.name->end;
    end = entry_end(page, d.name->end, end);
    l->entry_end = page->tokens.at[end - 1].at.to;
    read_age(l, d.name, first, end);
    bool cells = cells_read(l, &d, e->line);
    if (!cells && !fields_read(l, &d, first, end) && l->columns_count)
        row_read(l, &d, first, end);
    if (d.sentence.end && sentence_of_field(page, d.sentence).len)
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
        if (!told && !cells && p->end > first)
            read_predicates(l, &d, s, p->first < first ? first : p->first);
    }
    bool here = told && is_told_between(l, d.name, page->tokens.at[e->line].at.from, l->entry_end);
    if (here || l->out->count > count || d.events_count || d.sentence.end || !l->heading.len)
        return;
    struct str date = date_in(page, first, end);
    tell_event(l, &d, l->heading, date.len ? date : l->heading_date, l->heading_at,
               RULE("the heading of the list"));
}

/* the first of a list: none before it, or a heading between */
static bool begins_list(const struct page *page, size_t i)
{
    const struct listing_entry *e = &page->entries[i];
    if (i == 0 || !name_of(page, e - 1))
        return true;
    size_t passage = passage_at(page, e->line);
    const struct passage *above = passage > 0 ? &page->passages[passage - 1] : NULL;
    return above && above->first >= e[-1].end &&
           (above->headline || token_is_mark(&page->tokens, above->end - 1, ':'));
}

/* what its head and heading say; what they leave open stays as the list before had it */
static void open_list(struct lister *l, size_t first)
{
    struct lister own = *l;
    own.columns_count = own.cells_count = 0;
    own.heading = own.heading_role = STR_NONE;
    if (!cells_find(&own, first))
        columns_find(&own, first);
    heading_find(&own, first);
    role_find(&own, first);
    if (own.columns_count || own.cells_count) {
        memcpy(l->cells, own.cells, sizeof l->cells);
        l->cells_count = own.cells_count;
        memcpy(l->columns, own.columns, sizeof l->columns);
        l->columns_count = own.columns_count;
    }
    if (own.heading.len || own.heading_role.len) {
        l->heading = own.heading;
        l->heading_date = own.heading_date;
        l->heading_at = own.heading_at;
        l->heading_role = own.heading_role;
    }
}

void listing_read(struct page *page, struct proposals *out)
{
    struct lister l = {.page = page, .out = out};
    size_t longest = 0;
    index_told(&l);
    runs_read(&l);
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
