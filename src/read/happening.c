#include "read/happening_int.h"

enum { REACH = 34, TOLL_REACH = 14, PHRASE_WORDS = 8 };

#define KINDS_OF(kind) (1u << (kind))

static bool event_at(const struct tokens *t, size_t i, size_t limit, unsigned kinds,
                     const struct entry **event, size_t *end)
{
    if (i >= limit || !(t->at[i].classes >> WORD_EVENT & 1))
        return false;
    for (const struct phrase *p = t->at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (e->class == WORD_EVENT && kinds >> e->kind & 1 && i + p->words <= limit) {
                *event = e;
                *end = i + p->words;
                return true;
            }
    return false;
}

/* the longest phrase of the kinds that ends right before `end` */
static bool event_before(const struct tokens *t, size_t first, size_t end, unsigned kinds,
                         const struct entry **event, size_t *begin)
{
    size_t longest = end - first < PHRASE_WORDS ? end - first : PHRASE_WORDS;
    for (size_t words = longest; words > 0; words--) {
        size_t i = end - words;
        if (!(t->at[i].classes >> WORD_EVENT & 1))
            continue;
        for (const struct phrase *p = t->at[i].phrase; p; p = p->shorter)
            for (const struct entry *e = p->words == words ? p->entries : NULL; e; e = e->next)
                if (e->class == WORD_EVENT && kinds >> e->kind & 1) {
                    *event = e;
                    *begin = i;
                    return true;
                }
    }
    return false;
}

/* backwards over what may stand between a verb and its number */
static size_t skip_back(const struct page *page, size_t first, size_t i)
{
    const struct tokens *t = &page->tokens;
    for (size_t steps = 0; i > first && steps < 4; steps++) {
        size_t begin = i;
        bool skipped = token_is_before(t, i, WORD_DETERMINER, NULL, &begin) ||
                       token_is_before(t, i, WORD_ADVERB, NULL, &begin);
        if (!skipped && t->at[i - 1].shape == SHAPE_MARK &&
            (token_is_mark(t, i - 1, '"') || token_is_mark(t, i - 1, '\'')))
            begin = i - 1;
        if (begin == i || begin < first)
            break;
        i = begin;
    }
    return i;
}

/* "executions and disappearances of N": the first of the nouns */
static void first_of_list(const struct page *page, size_t first, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const struct entry *event = NULL;
    size_t begin = 0;
    for (size_t i = h->first; i > first && h->first - i < 3; i--) {
        bool joint = page_particle(page, i - 1, "and") || token_is_mark(t, i - 1, ',');
        if (joint && event_before(t, first, i - 1, KINDS_OF(KIND_NOUN), &event, &begin)) {
            h->event = event;
            h->first = begin;
            return;
        }
    }
}

/* the killing of N, charges against N, killed N, executes N */
static bool before_number(const struct page *page, const struct number *n, size_t first,
                          struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = skip_back(page, first, n->from);
    bool dash = i > first && token_is_mark(t, i - 1, '-') && t->at[i - 1].spaced;
    if (dash && event_before(t, first, i - 1, KINDS_OF(KIND_NOUN), &h->event, &h->first)) {
        h->end = i - 1;
        h->rule = "noun before a dash";
        h->confidence = 600;
        return true;
    }
    if (i > first && event_before(t, first, i, KINDS_OF(KIND_ACTIVE) | KINDS_OF(KIND_PARTICIPLE),
                                  &h->event, &h->first)) {
        h->end = i;
        h->rule = "verb before the number";
        h->confidence = 850;
        return true;
    }
    if (i == first || !(page_particle(page, i - 1, "of") || page_particle(page, i - 1, "target")))
        return false;
    bool twice = i > first + 1 && page_particle(page, i - 2, "of");
    size_t noun = twice ? i - 2 : i - 1;
    if (!event_before(t, first, noun, KINDS_OF(KIND_NOUN), &h->event, &h->first))
        return false;
    h->end = i;
    h->rule = "noun before the number";
    h->confidence = 850;
    first_of_list(page, first, h);
    return true;
}

/* "among those arrested are N" */
static bool fronted(const struct page *page, const struct number *n, size_t first,
                    struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = skip_back(page, first, n->from);
    size_t begin = i;
    if (i == first || !token_is_before(t, i, WORD_AUXILIARY, NULL, &begin) || begin <= first)
        return false;
    if (!event_before(t, first, begin, KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_PREDICATE),
                      &h->event, &h->first))
        return false;
    h->end = begin;
    h->rule = "those to whom it happened stand first";
    h->confidence = 700;
    return h->event->kind == KIND_PREDICATE || token_is(t, h->first, WORD_PART, NULL, NULL) ||
           (h->first > first && page_particle(page, h->first - 1, "those"));
}

/* "the number of detainees at N", "the death toll reached N" */
static bool toll(const struct page *page, const struct number *n, size_t first, struct happening *h)
{
    static const struct entry held = {.class = WORD_EVENT, .value = {"imprisoned", 10}};
    static const struct entry custody = {.class = WORD_EVENT, .value = {"detained", 8}};
    const struct tokens *t = &page->tokens;
    const struct entry *population = NULL;
    size_t end = 0;
    unsigned kinds = KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_PARTICIPLE);
    size_t least = n->from - first < TOLL_REACH ? first : n->from - TOLL_REACH;
    size_t k = n->from;
    if (k == first || !page_particle(page, k - 1, "reaches"))
        return false;
    while (k > least && !page_particle(page, k - 1, "toll"))
        k--;
    if (k == least)
        return false;
    h->rule = "a toll before the number";
    h->confidence = 700;
    h->firm = true;
    for (size_t i = k > first + 1 ? k - 2 : k; i < n->from; i++) {
        if (event_at(t, i, n->from, kinds, &h->event, &end)) {
            h->first = i;
            h->end = end;
            return true;
        }
        if (!token_is(t, i, WORD_POPULATION, &population, &end))
            continue;
        bool prisoners = population->kind == KIND_HELD;
        if (!prisoners && population->kind != KIND_CUSTODY)
            continue;
        h->event = prisoners ? &held : &custody;
        h->first = i;
        h->end = end;
        return true;
    }
    return false;
}

static bool ends_clause(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    return token_is_mark(t, i, ';') || token_is_mark(t, i, ':') ||
           token_is(t, i, WORD_CLAUSE, NULL, NULL);
}

/* behind "including N others," the main clause goes on */
static size_t skip_part(const struct page *page, size_t i, size_t limit)
{
    for (size_t k = i; k < limit && k < i + REACH; k++)
        if (token_is_mark(&page->tokens, k, ',') && k > i + 1)
            return k + 1;
    return limit;
}

static const unsigned after_kinds =
    KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_PREDICATE) | KINDS_OF(KIND_INTRANSITIVE);

/* N people ... were killed */
static bool after_number(const struct page *page, const struct counted *c, size_t limit,
                         struct happening *h)
{
    bool places = c->population && c->population->kind == KIND_PLACES;
    unsigned kinds = places ? KINDS_OF(KIND_INTRANSITIVE) : after_kinds;
    size_t from = c->end;
    const struct tokens *t = &page->tokens;
    const struct entry *event = NULL;
    size_t end = 0;
    h->event = NULL;
    for (size_t i = from; i < limit && i < from + REACH; i++) {
        if (event_at(t, i, limit, kinds, &event, &end)) {
            bool place =
                event->kind == KIND_PREDICATE && token_is(t, i, WORD_PREPOSITION, NULL, NULL);
            bool linked = i > from && token_is(t, i - 1, WORD_AUXILIARY, NULL, NULL);
            if (h->event && !linked)
                return true;
            *h = (struct happening){
                event, i, end, "verb behind the counted", i < from + 6 ? 850 : 700, false};
            if (!place || linked)
                return true;
            i = end - 1;
            continue;
        }
        if (i > from && (ends_clause(page, i) || token_is(t, i, WORD_SAY, NULL, NULL)))
            break;
        if (token_is(t, i, WORD_PART, NULL, &end) && i > from && token_is_mark(t, i - 1, ','))
            i = skip_part(page, end, limit) - 1;
    }
    return h->event != NULL;
}

static bool is_nominal(const struct page *page, size_t i, size_t end, size_t limit)
{
    const struct tokens *t = &page->tokens;
    const struct entry *noun = NULL;
    size_t noun_end = 0;
    if (!event_at(t, i, limit, KINDS_OF(KIND_NOUN), &noun, &noun_end) || noun_end < end)
        return false;
    bool after_preposition = i > 0 && token_is(t, i - 1, WORD_PREPOSITION, NULL, NULL) &&
                             !page_particle(page, i - 1, "object");
    bool verbal = end >= limit || t->at[end].shape == SHAPE_MARK ||
                  token_is(t, end, WORD_VERB, NULL, NULL) || page_particle(page, end, "and");
    return after_preposition || !verbal;
}

/* the verb stands at the clause's end */
static bool before_verb(const struct page *page, size_t from, size_t limit, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const struct entry *event = NULL;
    size_t end = 0, verbs = 0;
    h->event = NULL;
    for (size_t i = from; i < limit && i < from + REACH; i++) {
        if (event_at(t, i, limit, after_kinds, &event, &end) && !is_nominal(page, i, end, limit)) {
            bool place = event->kind == KIND_PREDICATE;
            if (place && h->event)
                continue;
            *h = (struct happening){event, i, end, "verb of the clause", i < from + 8 ? 800 : 650,
                                    false};
            bool whole = token_is(t, end - 1, WORD_VERB, NULL, NULL) ||
                         (end < limit && token_is(t, end, WORD_VERB, NULL, NULL));
            if (!place || whole)
                return true;
            i = end - 1;
            continue;
        }
        if (token_is_mark(t, i, ';') || page_particle(page, i, "semicolon") ||
            token_is_mark(t, i, ':'))
            break;
        bool relative = page_particle(page, i, "relative");
        verbs += token_is(t, i, WORD_VERB, NULL, NULL);
        if (verbs > 1 || (verbs && (relative || h->event)))
            break;
    }
    return h->event != NULL;
}

/* "execution-of N persons", "the number of the dead to N persons reached" */
static bool noun_before(const struct page *page, const struct number *n, size_t first,
                        struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = skip_back(page, first, n->from);
    unsigned kinds = KINDS_OF(KIND_NOUN);
    if (i > first && event_before(t, first, i, kinds, &h->event, &h->first)) {
        h->end = i;
        h->rule = "noun before the number";
        h->confidence = 800;
        first_of_list(page, first, h);
        return true;
    }
    if (i == first ||
        !(page_particle(page, i - 1, "reaches") || page_particle(page, i - 1, "object")))
        return false;
    for (size_t k = i - 1; k > first && i - k < 12; k--)
        if (event_before(t, first, k, kinds, &h->event, &h->first) && k - h->first >= 2) {
            h->end = k;
            h->rule = "a toll before the number";
            h->confidence = 700;
            return true;
        }
    return false;
}

static bool implied(const struct counted *c, struct happening *h)
{
    static const struct entry held = {.class = WORD_EVENT, .value = {"imprisoned", 10}};
    static const struct entry custody = {.class = WORD_EVENT, .value = {"detained", 8}};
    if (!c->population)
        return false;
    bool prisoners = c->population->kind == KIND_HELD,
         detained = c->population->kind == KIND_CUSTODY;
    if (!prisoners && !detained)
        return false;
    *h = (struct happening){prisoners ? &held : &custody, c->end - 1, c->end,
                            "the counted are held",       500,        false};
    return true;
}

/* 16 beheadings: what is counted is what happened */
static bool counted_itself(const struct page *page, const struct counted *c, struct happening *h)
{
    if (!c->population || c->population->kind != KIND_EVENT)
        return false;
    size_t begin = c->end;
    const struct entry *event = NULL;
    if (!event_before(&page->tokens, c->first, c->end, KINDS_OF(KIND_NOUN), &event, &begin))
        return false;
    *h = (struct happening){event, begin, c->end, "happenings are counted", 800, false};
    return true;
}

/* 40 cases of harassment: the noun behind the cases, or the cases themselves */
static bool inside_container(const struct page *page, const struct counted *c, size_t limit,
                             struct happening *h)
{
    static const struct entry violated = {.class = WORD_EVENT, .value = {"other:violations", 16}};
    if (!c->population || c->population->kind != KIND_CONTAINER)
        return false;
    const struct entry *event = NULL;
    size_t end = 0;
    for (size_t i = c->end; i < limit && i < c->end + 5; i++)
        if (event_at(&page->tokens, i, limit, KINDS_OF(KIND_NOUN), &event, &end)) {
            *h = (struct happening){event, i, end, "cases of a happening", 750, false};
            return true;
        }
    bool of = page_particle(page, c->end, "of");
    *h = (struct happening){&violated, c->end - 1, c->end, "cases are counted", 500, false};
    return of;
}

/* gatherings took place in N provinces: the happening before the places */
static bool spread_over(const struct page *page, const struct number *n, const struct counted *c,
                        size_t first, struct happening *h)
{
    bool places = c->population && c->population->kind == KIND_PLACES && n->from > first &&
                  page_particle(page, n->from - 1, "from");
    unsigned kinds = after_kinds | KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_ACTIVE);
    for (size_t i = n->from; places && i > first && n->from - i < REACH; i--)
        if (event_before(&page->tokens, first, i, kinds, &h->event, &h->first)) {
            h->end = i;
            h->rule = "places of the happening before";
            h->confidence = 600;
            return true;
        }
    return false;
}

static bool adjective(const struct counted *c, struct happening *h)
{
    if (!c->adjective)
        return false;
    *h = (struct happening){
        c->adjective, c->adjective_at, c->adjective_at + 1, "participle beside the counted", 700,
        false};
    return true;
}

/* sentenced N to death: what they were sentenced to stands behind them */
static bool sentenced_to(const struct page *page, const struct number *n, const struct counted *c,
                         const struct passage *p, struct happening *h)
{
    const struct entry *event = NULL;
    size_t end = 0;
    if (!before_number(page, n, p->first, h) ||
        !event_at(&page->tokens, c->end, p->end, KINDS_OF(KIND_RESULT), &event, &end))
        return false;
    h->event = event;
    h->end = end;
    return true;
}

/* the verb-final counterpart: "N defendants to death condemned" */
static bool condemned(const struct page *page, const struct counted *c, size_t limit,
                      struct happening *h)
{
    const struct entry *event = NULL;
    size_t end = 0;
    for (size_t i = c->end; i < limit && i < c->end + 4; i++)
        if (event_at(&page->tokens, i, limit, KINDS_OF(KIND_RESULT), &event, &end)) {
            *h = (struct happening){event, i, end, "what they were sentenced to", 750, false};
            return true;
        }
    return false;
}

/* deaths of a sickness, not of a hand */
static bool of_epidemic(const struct page *page, size_t first, size_t end)
{
    const struct entry *unit = NULL;
    for (size_t i = first; i < end; i++)
        if (token_is(&page->tokens, i, WORD_UNIT, &unit, NULL) &&
            str_equal(unit->value, STR("epidemic")))
            return true;
    return false;
}

struct happening happening_to(const struct page *page, const struct number *n,
                              const struct counted *c)
{
    const struct passage *p = &page->passages[n->passage];
    struct happening h = {0};
    bool found = false;
    if (p->verb_final)
        found = spread_over(page, n, c, p->first, &h) || noun_before(page, n, p->first, &h) ||
                toll(page, n, p->first, &h) || condemned(page, c, p->end, &h) ||
                before_verb(page, c->end, p->end, &h) || counted_itself(page, c, &h) ||
                implied(c, &h);
    else
        found = spread_over(page, n, c, p->first, &h) || counted_itself(page, c, &h) ||
                inside_container(page, c, p->end, &h) || sentenced_to(page, n, c, p, &h) ||
                before_number(page, n, p->first, &h) || fronted(page, n, p->first, &h) ||
                toll(page, n, p->first, &h) || (c->those && adjective(c, &h)) ||
                after_number(page, c, p->end, &h) || adjective(c, &h) || implied(c, &h);
    size_t end = h.end > c->end ? h.end : c->end;
    size_t behind = end + 5 < p->end ? end + 5 : p->end;
    if (!found || of_epidemic(page, h.first < n->from ? h.first : n->from, behind))
        h.event = NULL;
    return h;
}
