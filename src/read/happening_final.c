#include "read/happening_int.h"

enum { TARGET_REACH = 8, ADJECTIVES = 5, AMONG_REACH = 6, LIST_REACH = 14, CLAUSE_REACH = 10 };

static bool is_nominal(const struct page *page, size_t i, size_t end, size_t limit)
{
    const struct tokens *t = &page->tokens;
    const struct entry *noun = NULL;
    size_t noun_end = 0;
    if (!event_at(t, i, limit, KINDS_OF(KIND_NOUN), &noun, &noun_end) || noun_end < end)
        return false;
    bool after_preposition = i > 0 && token_is(t, i - 1, WORD_PREPOSITION, NULL, NULL) &&
                             !page_particle(page, i - 1, "object");
    bool spoken = noun_end >= limit || t->at[noun_end].shape == SHAPE_MARK;
    if (spoken && noun_end > end && page_particle(page, noun_end - 1, "infinitive"))
        return after_preposition;
    bool verbal = end >= limit || t->at[end].shape == SHAPE_MARK ||
                  token_is(t, end, WORD_VERB, NULL, NULL) || page_particle(page, end, "and") ||
                  page_particle(page, end, "or");
    return after_preposition || !verbal;
}

/* "two protesters arrested in May": behind the participle that only describes them, or 0 */
static size_t describes(const struct page *page, size_t end, size_t limit)
{
    const struct tokens *t = &page->tokens;
    size_t i = end + (end < limit && page_particle(page, end, "perfect"));
    if (i == end && !page_particle(page, end - 1, "perfect"))
        return 0;
    bool goes_on =
        i < limit && token_is(t, i, WORD_PREPOSITION, NULL, NULL) && !page_particle(page, i, "and");
    return goes_on ? i : 0;
}

/* "N inmates in prison refused": no verb says that they are there */
static bool is_only_where(const struct page *page, const struct happening *h)
{
    return h->event->kind == KIND_PREDICATE && page_particle(page, h->first, "within") &&
           !token_has(&page->tokens, h->end - 1, WORD_VERB);
}

/* The verb stands at the clause's end; a participle on the way ("accused of") is what they already
 * were. */
static bool first_verb(const struct page *page, const struct counted *c, size_t limit,
                       struct happening *h)
{
    size_t from = c->end;
    const struct tokens *t = &page->tokens;
    const struct entry *event = NULL;
    size_t end = 0, verbs = 0;
    h->event = NULL;
    if (page_particle(page, from, "copula") && page_particle(page, from + 1, "relative"))
        from += 2;
    for (size_t i = from; i < limit && i < from + HAPPENING_REACH; i++) {
        if (event_at(t, i, limit, KINDS_BEHIND, &event, &end) && !is_nominal(page, i, end, limit)) {
            bool place = event->kind == KIND_PREDICATE;
            bool whole = token_is(t, end - 1, WORD_VERB, NULL, NULL) ||
                         (end < limit && token_is(t, end, WORD_VERB, NULL, NULL));
            bool only_where = h->event && is_only_where(page, h);
            if (h->event && (place || !whole || (event_is_other(event) && !only_where)))
                continue;
            *h = (struct happening){
                .event = event, .first = i, .end = end, .rule = RULE("verb of the clause")};
            bool shares = end >= limit || t->at[end].shape == SHAPE_MARK ||
                          page_particle(page, end, "or") || page_particle(page, end - 1, "and") ||
                          page_particle(page, end, "and") || page_particle(page, end, "comma");
            bool attribute = place || (event->kind == KIND_PARTICIPLE && !shares);
            size_t behind = describes(page, end, limit);
            if (!behind && (!attribute || whole))
                return true;
            i = (behind ? behind : end) - 1;
            continue;
        }
        if (token_is_mark(t, i, ';') || page_particle(page, i, "semicolon") ||
            token_is_mark(t, i, ':'))
            break;
        bool number = t->at[i].shape == SHAPE_NUMBER || token_is(t, i, WORD_NUMBER, NULL, NULL);
        if (verbs && number && !page->date_of[i])
            break;
        bool relative = page_particle(page, i, "relative");
        verbs += token_is(t, i, WORD_VERB, NULL, NULL);
        if (verbs > 1 || (verbs && (relative || h->event)))
            break;
    }
    return h->event != NULL;
}

/* behind "N persons who had been arrested," the main verb is still to come */
static void main_verb(const struct page *page, const struct counted *c, size_t limit,
                      struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const struct entry *event = NULL;
    size_t end = 0, i = h->end;
    bool relative = false;
    for (size_t k = c->end; k < h->first; k++)
        relative |= page_particle(page, k, "relative");
    while (i < limit && i < h->end + 3 && token_is(t, i, WORD_VERB, NULL, NULL))
        i++;
    size_t closed = i;
    while (closed < limit && closed < i + CLAUSE_REACH &&
           !(page_particle(page, closed, "comma") && token_has(t, closed - 1, WORD_VERB)))
        closed++;
    if (relative && event_is_other(h->event) && closed < limit && closed < i + CLAUSE_REACH)
        i = closed;
    i += i < limit && page_particle(page, i, "comma");
    if (!relative || i == h->end || !event_at(t, i, limit, KINDS_BEHIND, &event, &end) ||
        event_is_other(event) || is_nominal(page, i, end, limit))
        return;
    h->event = event;
    h->first = i;
    h->end = end;
}

bool before_verb(const struct page *page, const struct counted *c, size_t limit,
                 struct happening *h)
{
    if (!first_verb(page, c, limit, h))
        return false;
    main_verb(page, c, limit, h);
    return true;
}

/* "release-of immediate and unconditional N": back over the adjectives behind the noun */
static size_t before_adjectives(const struct page *page, size_t first, size_t i)
{
    const struct tokens *t = &page->tokens;
    const uint64_t elsewhere = UINT64_C(1) << WORD_COMMON;
    size_t k = i;
    while (k > first && i - k < ADJECTIVES && t->at[k - 1].shape == SHAPE_ARABIC &&
           (!(t->at[k - 1].classes & ~elsewhere) || (k < i && page_particle(page, k - 1, "and"))))
        k--;
    return k < i && page_particle(page, k, "and") ? i : k;
}

/* "from N to M rose" */
static bool changes(const struct page *page, size_t i)
{
    for (size_t k = i; k < page->tokens.count && k < i + TARGET_REACH; k++)
        if (page_particle(page, k, "changed"))
            return true;
    return false;
}

/* "the issuing of 30 years of prison for N": they were sentenced */
static void terms_issued(const struct page *page, size_t first, struct happening *h)
{
    static const struct entry convicted = {.class = WORD_EVENT, .value = {"convicted", 9}};
    bool term = h->first > first && token_has(&page->tokens, h->first - 1, WORD_UNIT);
    if (term && str_equal(h->event->value, STR("imprisoned")))
        h->event = &convicted;
    for (size_t i = h->first; str_equal(h->event->value, STR("imprisoned")) && i > first; i--)
        if (page_particle(page, i - 1, "issued"))
            h->event = &convicted;
}

/* "in that rally N men": the noun says when */
static bool is_during(const struct page *page, size_t first, size_t noun)
{
    size_t i = noun;
    while (i > first && noun - i < 2 && token_has(&page->tokens, i - 1, WORD_DETERMINER))
        i--;
    return i > first && page_particle(page, i - 1, "within");
}

/* "execution-of N persons", "the number of the dead to N persons reached" */
bool noun_before(const struct page *page, const struct number *n, size_t first, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = skip_back(page, first, n->from);
    unsigned kinds = KINDS_OF(KIND_NOUN);
    size_t noun = before_adjectives(page, first, i);
    bool direct = i > first && event_before(t, first, i, kinds, &h->event, &h->first);
    bool described =
        !direct && noun < i && event_before(t, first, noun, kinds, &h->event, &h->first);
    bool during =
        (described || direct) && event_is_other(h->event) && is_during(page, first, h->first);
    if ((described || direct) && !during && !page->name_of[h->first]) {
        h->end = i;
        h->rule = RULE("noun before the number");
        first_of_list(page, first, KINDS_OF(KIND_NOUN), h);
        terms_issued(page, first, h);
        return true;
    }
    if (i > first && page_particle(page, i - 1, "target"))
        for (size_t k = i - 1; k > first && i - k < TARGET_REACH; k--)
            if (event_before(t, first, k, kinds, &h->event, &h->first) &&
                str_starts(h->event->value, STR("other:")) == false) {
                h->end = i;
                h->rule = RULE("noun and for before the number");
                terms_issued(page, first, h);
                return true;
            }
    if (i == first ||
        !(page_particle(page, i - 1, "reaches") || page_particle(page, i - 1, "object") ||
          (page_particle(page, i - 1, "of") && changes(page, n->end))))
        return false;
    for (size_t k = i - 1; k > first && i - k < 12; k--)
        if (event_before(t, first, k, kinds, &h->event, &h->first) && k - h->first >= 2) {
            const struct entry *who = NULL;
            for (size_t w = h->first; w < i && !h->what.len; w++)
                if (token_is(t, w, WORD_POPULATION, &who, NULL) && who->kind == KIND_NONE)
                    h->what = who->value;
            h->end = k;
            h->rule = RULE("a toll before the number");
            return true;
        }
    return false;
}

/* the verb-final counterpart: "N defendants to death condemned" */
bool condemned(const struct page *page, const struct counted *c, size_t limit, struct happening *h)
{
    const struct entry *event = NULL;
    size_t end = 0;
    for (size_t i = c->first; i < limit && i < c->end + 4; i++)
        if (event_at(&page->tokens, i, limit, KINDS_OF(KIND_RESULT), &event, &end) &&
            str_equal(event->value, STR("sentenced_to_death"))) {
            *h = (struct happening){.event = event,
                                    .first = i,
                                    .end = end,
                                    .rule = RULE("what they were sentenced to")};
            return true;
        }
    return false;
}

/* "206 of the executed": what befell those that they are of */
bool from_those(const struct page *page, const struct counted *c, size_t limit, struct happening *h)
{
    size_t i = c->end + 1;
    if (!page_particle(page, c->end, "of") ||
        !event_at(&page->tokens, i, limit, KINDS_OF(KIND_NOUN), &h->event, &h->end))
        return false;
    h->first = i;
    h->rule = RULE("the whole and what befell it");
    return true;
}

/* "among the detained, N women and M children are seen": what befell those the clause opens with */
bool among_them(const struct page *page, const struct number *n, size_t first, struct happening *h)
{
    size_t begin = 0;
    for (size_t i = n->from; i > first + 1 && n->from - i < HAPPENING_REACH; i--) {
        bool verb = token_is(&page->tokens, i - 1, WORD_VERB, NULL, NULL);
        if (!event_before(&page->tokens, first, i, KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_PARTICIPLE),
                          &h->event, &h->first)) {
            if (verb)
                return false;
            continue;
        }
        bool described = h->first > first + 1 && h->event->kind == KIND_PARTICIPLE &&
                         token_is(&page->tokens, h->first - 1, WORD_POPULATION, NULL, NULL);
        if (!page_particle_before(page, h->first - described, "among", &begin)) {
            if (verb)
                return false;
            continue;
        }
        h->end = i;
        h->rule = RULE("those to whom it happened stand first");
        h->shared = true;
        return true;
    }
    return false;
}

/* "N persons for whom a death sentence was issued" */
bool issued_for(const struct page *page, const struct counted *c, size_t limit, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = c->end + page_particle(page, c->end, "copula");
    if (!c->population || !page_particle(page, i, "relative"))
        return false;
    for (size_t k = i + 1; k < limit && k < i + AMONG_REACH; k++)
        if (event_at(t, k, limit, KINDS_OF(KIND_NOUN), &h->event, &h->end)) {
            bool issued = false;
            for (size_t v = h->end; v < limit && v < h->end + AMONG_REACH; v++)
                issued |= page_particle(page, v, "issued");
            h->first = k;
            h->rule = RULE("what was pronounced on them");
            return issued;
        }
    return false;
}

/* "N women and M protesters are among the executed", "the case has N accused" */
bool stands_among(const struct page *page, const struct counted *c, size_t limit,
                  struct happening *h)
{
    static const struct entry charged = {.class = WORD_EVENT, .value = {"charged", 7}};
    const struct tokens *t = &page->tokens;
    size_t end = 0;
    if (c->population && c->end < limit && page_particle(page, c->end, "has") &&
        event_at(t, c->end - 1, c->end, KINDS_OF(KIND_PARTICIPLE), &h->event, &end) &&
        str_equal(h->event->value, charged.value)) {
        *h = (struct happening){.event = &charged,
                                .first = c->end - 1,
                                .end = c->end + 1,
                                .rule = RULE("the counted stand accused")};
        return true;
    }
    for (size_t i = c->end; c->population && i < limit && i < c->end + LIST_REACH; i++) {
        if (page_particle_phrase(page, i, "among", &end) &&
            event_at(t, end, limit, KINDS_OF(KIND_NOUN), &h->event, &h->end)) {
            h->first = i;
            h->rule = RULE("they are among those to whom it happened");
            return true;
        }
        if (t->at[i].shape == SHAPE_MARK || token_is(t, i, WORD_VERB, NULL, NULL))
            return false;
    }
    return false;
}

void carried_out(const struct page *page, size_t counted, size_t limit, struct happening *h)
{
    size_t from = h->end > counted ? h->end : counted;
    const struct entry *event = NULL;
    size_t end = 0;
    if (!str_equal(h->event->value, STR("sentenced_to_death")))
        return;
    for (size_t i = from; i < limit && i < from + HAPPENING_REACH; i++) {
        if (event_at(&page->tokens, i, limit, KINDS_OF(KIND_RESULT), &event, &end) &&
            !str_equal(event->value, STR("sentenced_to_death"))) {
            h->event = event;
            h->end = end;
            return;
        }
        if (token_is(&page->tokens, i, WORD_VERB, NULL, NULL) &&
            !token_is(&page->tokens, i, WORD_POPULATION, NULL, NULL))
            return;
    }
}
