#include "read/happening_int.h"
#include "read/trace.h"

/* The figure before, for lists that share its verb. */
struct previous {
    bool any;
    size_t passage;
    size_t end; /* token behind its words */
    struct span quote;
    struct str event, what;
    int64_t count;
    struct str whole; /* who the whole are that it is part of, or they themselves */
    struct span subset_of;
    struct str since, until, as_of, source;
};

enum { RECENT = 6, QUOTE_WORDS = 6 };

struct figures {
    struct page *page;
    struct proposals *out;
    struct previous previous;
    struct previous recent[RECENT]; /* the last ones, in turn */
    size_t count;
    const struct previous *whole; /* of the figure that is being read */
    struct hearing hearing;
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static bool is_comma(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "comma");
}

/* the words between two numbers of a list hold no happening of their own that the second lacks */
static bool goes_on(const struct figures *f, const struct number *n)
{
    const struct previous *p = &f->previous;
    const struct page *page = f->page;
    const struct tokens *t = &page->tokens;
    if (!p->any || p->passage != n->passage || n->from < p->end)
        return false;
    size_t i = n->from;
    for (size_t k = p->end - 1; page->passages[n->passage].verb_final && k < i; k++)
        if (token_is(t, k, WORD_VERB, NULL, NULL))
            return false;
    if (i > 0 && token_is(t, i - 1, WORD_SAY, NULL, NULL) &&
        !token_is(t, n->to, WORD_POPULATION, NULL, NULL))
        return n->from - p->end < 24;
    bool joint = i > 0 && (token_is_mark(t, i - 1, ',') || page_particle(page, i - 1, "and") ||
                           page_particle(page, i - 1, "comma") || token_is_mark(t, i - 1, ';') ||
                           page_particle(page, i - 1, "semicolon") || token_is_mark(t, i - 1, '('));
    size_t begin = 0;
    joint |= page_particle_before(page, i, "compared", &begin) && begin >= p->end;
    return joint && n->from - p->end < 12;
}

/* "N of whom"; the counter itself may say it */
static bool part_behind(const struct page *page, const struct counted *c, size_t *end)
{
    const struct tokens *t = &page->tokens;
    return token_is_kind(t, c->end, WORD_PART, KIND_AFTER, NULL, end) ||
           (c->end > c->first && token_is_kind(t, c->end - 1, WORD_PART, KIND_AFTER, NULL, end));
}

/* "including N", "N of whom": the part of the figure before */
static bool is_part(const struct figures *f, const struct number *n, const struct counted *c)
{
    const struct previous *p = &f->previous;
    const struct tokens *t = &f->page->tokens;
    if (!p->any || n->passage > p->passage + 1)
        return false;
    size_t begin = 0;
    bool behind = n->from > 0 && (token_is_mark(t, n->from - 1, ',') ||
                                  token_is(t, n->from - 1, WORD_AUXILIARY, NULL, NULL));
    size_t from = n->from - behind;
    bool before = token_is_before_kind(t, from, WORD_PART, KIND_NONE, NULL, &begin) &&
                  (n->passage > p->passage ? (!page_particle(f->page, begin, "by_his_side") ||
                                              page_particle_before(f->page, from, "with", &begin))
                                           : begin >= p->end);
    bool described = page_particle(f->page, n->from - (n->from > 0), "relative") &&
                     p->passage == n->passage && c->population &&
                     page_particle(f->page, c->end, "copula");
    return before || described || part_behind(f->page, c, NULL);
}

/* the figure before or, when that is part of another, the last that is not */
static const struct previous *last_whole(const struct figures *f)
{
    size_t kept = smaller(f->count, RECENT);
    for (size_t back = 1; back <= kept; back++) {
        const struct previous *p = &f->recent[(f->count - back) % RECENT];
        if (!p->subset_of.to)
            return p;
    }
    return &f->previous;
}

/* "three of the journalists", "52 of these deaths": of those counted before */
static bool is_of_before(const struct figures *f, const struct number *n, const struct counted *c)
{
    const struct previous *p = last_whole(f);
    size_t of = n->to;
    bool definite = page_particle(f->page, of, "of") && (page_particle(f->page, of + 1, "those") ||
                                                         page_particle(f->page, of + 1, "this"));
    return definite && p->any && n->passage <= p->passage + 1 && n->high < p->count &&
           c->population && (str_equal(c->what, p->what) || c->population->kind == KIND_EVENT);
}

/* "including 133 threats, the closure of four outlets, and the arrest of 48": parts all of them */
static bool lists_parts(const struct figures *f, const struct number *n, const struct happening *h)
{
    const struct previous *p = &f->previous;
    bool listed = p->any && p->subset_of.to && p->passage == n->passage && h->first >= p->end &&
                  h->first < n->from && h->event->kind == KIND_NOUN && h->first - p->end < 9;
    for (size_t i = p->end; listed && i < h->first; i++)
        if (is_comma(f->page, i) || page_particle(f->page, i, "and"))
            return true;
    return false;
}

static struct span quote_of(const struct page *page, const struct number *n,
                            const struct counted *c, const struct happening *h)
{
    size_t first = n->from, end = larger(n->to, c->end);
    if (h->event) {
        first = smaller(first, h->first);
        end = larger(end, h->end);
    }
    return tokens_span(&page->tokens, first, end);
}

static bool is_bare(const struct number *n, const struct counted *c)
{
    return !c->what.len && c->end == n->to;
}

/* "12 of whom are women" */
static struct str behind_whom(const struct page *page, const struct counted *c)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t end = c->end;
    bool whom = part_behind(page, c, &end);
    bool said = !c->what.len || c->those;
    if (!whom && (!said || !token_is(t, end, WORD_AUXILIARY, NULL, NULL)))
        return STR_NONE;
    if (token_is(t, end, WORD_AUXILIARY, NULL, NULL))
        end++;
    if (t->at[end].shape == SHAPE_LOWER && !t->at[end].classes)
        end++;
    return token_is(t, end, WORD_POPULATION, &entry, NULL) && entry->kind != KIND_CONTAINER
               ? entry->value
               : STR_NONE;
}

/* those who sign are signatories, those who testify witnesses */
static struct str population_of_event(struct str what, const struct counted *c, struct str event)
{
    bool persons = !c->population || c->population->kind == KIND_NONE;
    if (str_equal(event, STR("endorsed")) && persons && !str_equal(what, STR("organisations")))
        return STR("signatories");
    if (!str_equal(what, STR("people")))
        return what;
    return str_equal(event, STR("testified")) ? STR("witnesses") : what;
}

/* "closure of four outlets, and of two others" */
static bool are_others(const struct figures *f, const struct counted *c)
{
    static const char *const things[] = {"organisations", "cities", "provinces", "countries",
                                         "gatherings"};
    bool others = c->end > c->first && page_particle(f->page, c->end - 1, "others");
    for (size_t i = 0; others && i < COUNT_OF(things); i++)
        if (str_equal(f->previous.what, str_of(things[i])))
            return true;
    return false;
}

/* "of 120 students, N": whom the sentence opens with, where verbs end the clause */
static struct str fronted_whole(const struct page *page, const struct number *n)
{
    const unsigned persons = KINDS_OF(KIND_NONE) | KINDS_OF(KIND_HELD) | KINDS_OF(KIND_CUSTODY);
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t first = page->passages[n->passage].first;
    if (!page_particle(page, first, "of") || n->first < first + 2)
        return STR_NONE;
    for (size_t i = first + 1; i + 1 < n->from && i < first + 6; i++)
        if (token_is(t, i, WORD_POPULATION, &entry, NULL) && KINDS_OF(entry->kind) & persons &&
            !token_is(t, i, WORD_COUNTER, NULL, NULL))
            return entry->value;
    return STR_NONE;
}

/* "leaders, of whom 500 were arrested": the noun before */
static struct str before_whom(const struct page *page, const struct number *n,
                              const struct counted *c)
{
    const struct tokens *t = &page->tokens;
    const struct entry *who = NULL;
    size_t begin = 0;
    if (c->what.len || !token_is_before(t, n->from, WORD_PART, NULL, &begin) || begin < 2)
        return STR_NONE;
    bool comma = is_comma(page, begin - 1);
    return token_is_before(t, begin - comma, WORD_POPULATION, &who, NULL) ? who->value : STR_NONE;
}

/* "400, including 51 children, and thousands more": of the whole, not of its part */
static bool is_more(const struct figures *f, const struct number *n)
{
    return f->previous.subset_of.to && page_particle(f->page, n->to, "more");
}

static struct str population_label(const struct figures *f, const struct number *n,
                                   const struct counted *c, const struct happening *h)
{
    const struct page *page = f->page;
    struct str whom = behind_whom(page, c);
    size_t heading = heading_of(page, n->passage);
    bool counter = token_is(&page->tokens, n->to, WORD_COUNTER, NULL, NULL) &&
                   str_equal(c->what, STR("people"));
    struct str from = counter ? fronted_whole(page, n) : STR_NONE;
    bool listed = heading != n->passage && f->previous.passage > heading;
    bool same = f->previous.any && (f->previous.passage == n->passage || listed);
    if (whom.len)
        return whom;
    if (from.len)
        return from;
    if (same && are_others(f, c))
        return f->previous.what;
    if (counter && h->event && h->what.len)
        return h->what;
    if (c->what.len)
        return c->what;
    if (h->event && h->what.len)
        return h->what;
    if (!f->previous.any || f->previous.passage != n->passage) {
        struct str before = before_whom(page, n, c);
        if (before.len)
            return before;
    }
    bool next = f->previous.any && n->passage == f->previous.passage + 1 && is_bare(n, c) &&
                page->tokens.at[page->passages[n->passage].first].lines < 2 && !counter;
    if (!same && next)
        return last_whole(f)->what;
    if (!same)
        return STR("people");
    return is_more(f, n) ? f->previous.whole : f->previous.what;
}

static struct figure figure_of(const struct number *n)
{
    struct figure figure = {.low = n->low, .high = n->high, .bound = n->bound};
    if (n->bound == BOUND_AT_LEAST || n->bound == BOUND_MORE_THAN)
        figure.high = COUNT_NONE;
    if (n->bound == BOUND_UP_TO)
        figure.low = COUNT_NONE;
    return figure;
}

static void remember(struct figures *f, const struct number *n, const struct counted *c,
                     const struct happening *h, const struct proposal *p)
{
    const struct figure *figure = &p->statement.figure;
    size_t end = larger(n->to, c->end);
    if (h->event && h->first >= n->from)
        end = larger(end, smaller(h->end, h->first < c->end + 3 ? h->end : end));
    bool shared = !h->event || h->event->class == WORD_EVENT;
    f->previous = (struct previous){
        .any = true,
        .passage = n->passage,
        .end = end,
        .quote = p->statement.quote,
        .event = shared ? figure->event : STR_NONE,
        .what = figure->what,
        .count = n->high,
        .whole = figure->subset_of.to && f->previous.whole.len ? f->previous.whole : figure->what,
        .subset_of = figure->subset_of,
        .source = figure->source,
        .since = figure->since,
        .until = figure->until,
        .as_of = figure->as_of};
    f->recent[f->count++ % RECENT] = f->previous;
}

/* whoever demands or states something does not say how many they are */
static bool is_told(const struct happening *h)
{
    return !h->event || !(str_ends(h->event->value, STR("_demanded")) ||
                          str_equal(h->event->value, STR("other:statement")));
}

/* what is said begins at the number, or at a verb that says, itself, what happened: accused N */
static size_t said_from(const struct page *page, const struct number *n, const struct happening *h)
{
    bool happens = h->event && h->first < n->first && str_equal(h->event->value, STR("charged")) &&
                   token_has(&page->tokens, h->first, WORD_SAY);
    return happens ? h->first : n->first;
}

/* "As of July there were N prisoners" */
static bool opens_as_of(const struct page *page, size_t passage)
{
    const struct entry *entry = NULL;
    return token_is(&page->tokens, page->passages[passage].first, WORD_OPENS, &entry, NULL) &&
           str_equal(entry->value, STR("as_of"));
}

static void propose(struct figures *f, const struct number *n, const struct counted *c,
                    const struct happening *h, struct figure figure, const char *rule)
{
    struct page *page = f->page;
    size_t first = h->event ? smaller(n->from, h->first) : n->from;
    size_t end = h->event ? larger(larger(n->to, c->end), h->end) : larger(n->to, c->end);
    struct proposal *p = proposal_add(page, f->out);
    trace_clear(page);
    figure.source = source_of(page, n->passage, said_from(page, n, h), end, &f->hearing);
    if (!figure.source.len && figure.subset_of.to)
        figure.source = f->whole->source;
    if (!figure.source.len && f->previous.any && f->previous.passage == n->passage)
        figure.source = f->previous.source;
    if (!is_told(h))
        figure.source = STR_NONE;
    period_of(page, n->passage, n->from > first + QUOTE_WORDS ? n->from : first, end, &figure);
    if (h->implied)
        figure.since = figure.until = STR_NONE;
    if (h->implied && !opens_as_of(page, n->passage))
        figure.as_of = STR_NONE;
    bool undated = !figure.since.len && !figure.until.len && !figure.as_of.len;
    if (undated && figure.subset_of.to) {
        figure.since = f->whole->since;
        figure.until = f->whole->until;
        figure.as_of = f->whole->as_of;
    }
    p->statement.form = FORM_FIGURE;
    p->statement.quote = quote_of(page, n, c, h);
    figure.what = population_of_event(figure.what, c, figure.event);
    p->statement.figure = figure;
    if (page->trace)
        figure_explain(page, n, c, h, rule, p);
    struct str event = h->event ? page_words(page, h->first, h->end) : figure.event;
    struct str count = page_words(page, n->from, n->to);
    p->why = arena_print(page->arena, "%s: \"%.*s\" with \"%.*s\"", rule, STR_ARG(count),
                         STR_ARG(event));
    remember(f, n, c, h, p);
}

/* "one" is also "a": it counts beside another number, or with a counter */
static bool is_meant_as_one(const struct figures *f, const struct number *n,
                            const struct counted *c)
{
    const struct page *page = f->page;
    bool joined =
        n->from > 0 && (page_particle(page, n->from - 1, "and") || is_comma(page, n->from - 1));
    size_t next = c->end + 1;
    bool first = (page_particle(page, c->end, "and") || is_comma(page, c->end)) &&
                 (page->tokens.at[next].shape == SHAPE_NUMBER ||
                  token_is(&page->tokens, next, WORD_NUMBER, NULL, NULL));
    for (size_t i = next; !first && c->population && i < c->end + 3; i++)
        first = token_has(&page->tokens, c->end, WORD_EVENT) && page_particle(page, i, "and") &&
                (page->tokens.at[i + 1].shape == SHAPE_NUMBER ||
                 token_is(&page->tokens, i + 1, WORD_NUMBER, NULL, NULL));
    bool beside = f->previous.any && f->previous.passage == n->passage && joined &&
                  n->from - f->previous.end < 12;
    return beside || (c->population && (first || c->population->kind == KIND_EVENT)) ||
           (c->population && token_is(&page->tokens, n->to, WORD_COUNTER, NULL, NULL));
}

/* "the accused was under 18": an age */
static bool is_age(const struct page *page, const struct number *n, const struct counted *c)
{
    size_t i = n->from;
    bool under = n->bound == BOUND_UP_TO && n->from < n->first;
    return under && c->end == n->to && i > 0 && page_particle(page, i - 1, "passive");
}

/* "detained one of the editors" */
static bool is_one_of(const struct page *page, const struct number *n)
{
    const struct entry *event = NULL;
    size_t first = page->passages[n->passage].first, begin = 0;
    return page_particle(page, n->end, "of") && page_particle(page, n->end + 1, "those") &&
           event_before(&page->tokens, first, n->from,
                        KINDS_OF(KIND_ACTIVE) | KINDS_OF(KIND_PARTICIPLE), &event, &begin);
}

static bool counts_nobody(const struct figures *f, const struct number *n, const struct counted *c)
{
    const struct page *page = f->page;
    if (c->refused || is_age(page, n, c))
        return true;
    bool one = n->low == 1 && n->end == n->first + 1 && n->bound == BOUND_EXACT;
    if (page->passages[n->passage].verb_final)
        return one && !is_meant_as_one(f, n, c);
    return one && (!c->population || c->first + 1 < c->end) && !is_one_of(page, n);
}

static bool ends_part(const struct page *page, const struct counted *c)
{
    return is_comma(page, c->end) || token_is_mark(&page->tokens, c->end, ')');
}

/* a bare small number word is a count only with its verb right beside it */
static bool is_weak(const struct number *n, const struct counted *c, const struct happening *h)
{
    size_t reach = n->bound == BOUND_EXACT ? 4 : 12;
    bool beside = h->first <= c->end + reach && h->end + reach >= n->from;
    return is_bare(n, c) && !beside && !h->firm;
}

/* "including 3 children and 2 women, were killed": what follows is said of the whole */
static bool closes_parts(const struct figures *f, const struct number *n, const struct counted *c)
{
    const struct previous *p = &f->previous;
    bool joined = n->from > 0 &&
                  (page_particle(f->page, n->from - 1, "and") || is_comma(f->page, n->from - 1));
    return p->any && p->subset_of.to && p->passage == n->passage && joined &&
           n->from <= p->end + 2 && ends_part(f->page, c);
}

/* "the victims included N", "N were among those killed" */
static bool is_among(const struct page *page, const struct happening *h)
{
    size_t end = 0;
    for (size_t i = h->first; h->event && i < h->end; i++)
        if (token_is(&page->tokens, i, WORD_PART, NULL, NULL) ||
            page_particle_phrase(page, i, "among", &end))
            return true;
    return false;
}

/* the last figure of the same event that is no part itself, or the one before */
static const struct previous *whole_of(const struct figures *f, const struct number *n,
                                       const struct happening *h)
{
    size_t kept = smaller(f->count, RECENT);
    for (size_t back = 1; h->event && back <= kept; back++) {
        const struct previous *p = &f->recent[(f->count - back) % RECENT];
        if (str_equal(p->event, h->event->value) && p->count >= n->high && !p->subset_of.to &&
            n->passage <= p->passage + 4)
            return p;
    }
    return &f->previous;
}

static void read_number(struct figures *f, const struct number *n)
{
    const struct page *page = f->page;
    struct counted c = counted_by(page, n);
    if (counts_nobody(f, n, &c))
        return;
    struct figure figure = figure_of(n);
    struct happening none = {0}, h = happening_to(page, n, &c);
    if (h.open && n->low == 1 && n->bound == BOUND_EXACT && !goes_on(f, n))
        return;
    bool part = is_part(f, n, &c), own = h.event && !is_weak(n, &c, &h);
    figure.what = population_label(f, n, &c, &h);
    bool happened = h.event && !str_equal(h.what, STR("other:cases")) && c.population &&
                    c.population->kind == KIND_CONTAINER && str_equal(c.what, STR("other:cases")) &&
                    !str_starts(h.event->value, STR("other:"));
    if (happened)
        figure.what = STR("people");
    f->whole = whole_of(f, n, &h);
    bool same = h.event && f->whole->any && str_equal(f->whole->event, h.event->value);
    bool among = same && own && is_among(page, &h);
    bool of_before = is_of_before(f, n, &c);
    if (of_before)
        f->whole = last_whole(f);
    bool within = part || among || of_before;
    figure.subset_of = within ? f->whole->quote : (struct span){0};
    bool things =
        c.population && (c.population->kind == KIND_CONTAINER || c.population->kind == KIND_PLACES);
    bool clause = page_particle(page, c.end, "relative") ||
                  (is_comma(page, c.end) && page_particle(page, c.end + 1, "relative"));
    bool weak = h.implied || h.shared || (h.open && page->passages[n->passage].verb_final);
    bool object = own && page->passages[n->passage].verb_final &&
                  page_particle(page, c.end, "object") && !h.implied;
    bool inherits = !(own && clause) && !object && goes_on(f, n) && !things &&
                    (is_bare(n, &c) || c.population) &&
                    (!own || weak || h.first > c.end + 6 || closes_parts(f, n, &c));
    bool behind = part_behind(page, &c, NULL);
    bool light = h.open && page->passages[n->passage].verb_final;
    bool own_part = own && !h.implied && !light && !ends_part(page, &c) &&
                    (behind || (h.first <= c.end + 3 && h.first >= n->to));
    bool other = own && is_among(page, &h) && !same;
    if (other)
        figure.subset_of = (struct span){0};
    if (part && !among && !other && !own_part && f->previous.event.len) {
        if (str_equal(c.what, STR("other:cases")))
            figure.what = f->previous.what;
        figure.event = f->previous.event;
        propose(f, n, &c, &none, figure, RULE("part of the figure before"));
        return;
    }
    if (inherits && f->previous.event.len) {
        figure.event = f->previous.event;
        figure.subset_of = f->previous.subset_of;
        propose(f, n, &c, &none, figure, RULE("list that shares a verb"));
        return;
    }
    if (!own)
        return;
    if (lists_parts(f, n, &h))
        figure.subset_of = f->previous.subset_of;
    figure.event = h.event->value;
    propose(f, n, &c, &h, figure, h.rule);
}

void figures_find(struct page *page, struct proposals *out)
{
    struct figures f = {.page = page, .out = out};
    size_t next = 0;
    for (size_t passage = 0; passage < page->passages_count; passage++) {
        for (; next < page->numbers_count && page->numbers[next].passage == passage; next++)
            read_number(&f, &page->numbers[next]);
        source_pass(page, passage, &f.hearing);
    }
}
