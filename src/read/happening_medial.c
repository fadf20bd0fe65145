#include "read/happening_int.h"

enum { GIVEN_WORDS = 7, PLACE_WORDS = 9, RELATIVE_REACH = 12 };

/* "banished to Rome N priests", "arrested in Hama N men": backwards over the place */
static size_t skip_place(const struct page *page, size_t first, size_t i)
{
    const struct tokens *t = &page->tokens;
    size_t k = i;
    while (k > first && i - k < PLACE_WORDS &&
           (page->name_of[k - 1] || t->at[k - 1].shape == SHAPE_CAPITAL ||
            (token_has(t, k - 1, WORD_PLACE_HEAD) && i - k < 2) || token_is_mark(t, k - 1, '-') ||
            token_is_mark(t, k - 1, '\'') || (k < i && token_has(t, k - 1, WORD_DETERMINER))))
        k--;
    bool placed = k < i && k > first && page_particle(page, k - 1, "from");
    return placed ? k - 1 : i;
}

/* "revoked the licences of N outlets" */
static bool possession(const struct page *page, size_t first, size_t of, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    unsigned verbs = KINDS_OF(KIND_ACTIVE) | KINDS_OF(KIND_PARTICIPLE);
    size_t i = of;
    while (i > first && of - i < 3 && t->at[i - 1].shape == SHAPE_LOWER &&
           !(t->at[i - 1].classes >> WORD_EVENT & 1) &&
           !token_is(t, i - 1, WORD_PREPOSITION, NULL, NULL) &&
           !token_is(t, i - 1, WORD_DETERMINER, NULL, NULL))
        i--;
    if (i == of || i == first || !token_is(t, i - 1, WORD_DETERMINER, NULL, NULL) ||
        page_particle(page, i, "paper") || page_particle(page, i, "toll"))
        return false;
    if (!event_before(t, first, i - 1, verbs, &h->event, &h->first))
        return false;
    if (!event_is_other(h->event))
        return open_event(page, h->first, of, RULE("what was theirs before the number"), h);
    h->end = of;
    h->rule = RULE("what was theirs before the number");
    return true;
}

/* the killing of N, charges against N, killed N, executes N */
bool before_number(const struct page *page, const struct number *n, size_t first,
                   struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = skip_back(page, first, n->from);
    bool dash = i > first && token_is_mark(t, i - 1, '-') && t->at[i - 1].spaced;
    if (dash && event_before(t, first, i - 1, KINDS_OF(KIND_NOUN), &h->event, &h->first)) {
        h->end = i - 1;
        h->rule = RULE("noun before a dash");
        return true;
    }
    unsigned verbs = KINDS_OF(KIND_ACTIVE) | KINDS_OF(KIND_PARTICIPLE);
    size_t place = skip_place(page, first, i);
    bool close = event_before(t, first, n->from, verbs, &h->event, &h->first);
    bool direct = close || (i > first && event_before(t, first, i, verbs, &h->event, &h->first));
    i = close ? n->from : i;
    if (direct || (place < i && event_before(t, first, place, verbs, &h->event, &h->first))) {
        h->end = direct ? i : place;
        h->rule = RULE("verb before the number");
        first_of_list(page, first, verbs, h);
        return true;
    }
    if (i == first || !(page_particle(page, i - 1, "of") || page_particle(page, i - 1, "target")))
        return false;
    if (possession(page, first, i - 1, h))
        return true;
    bool twice = i > first + 1 && page_particle(page, i - 2, "of");
    size_t noun = twice ? i - 2 : i - 1;
    if (!event_before(t, first, noun, KINDS_OF(KIND_NOUN), &h->event, &h->first))
        return false;
    h->end = i;
    h->rule = RULE("noun before the number");
    first_of_list(page, first, KINDS_OF(KIND_NOUN), h);
    return true;
}

/* "among those arrested are N" */
bool fronted(const struct page *page, const struct number *n, size_t first, struct happening *h)
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
    h->rule = RULE("those to whom it happened stand first");
    bool among = token_is(t, first, WORD_PART, NULL, NULL) ||
                 token_is(t, first, WORD_PREPOSITION, NULL, NULL);
    return among || h->event->kind == KIND_PREDICATE ||
           token_is(t, h->first, WORD_PART, NULL, NULL) ||
           (h->first > first && page_particle(page, h->first - 1, "those"));
}

static bool ends_clause(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    return token_is_mark(t, i, ';') || token_is_mark(t, i, ':') || begins_clause(page, i);
}

/* "50,000 in the north, Sorena was shot": a singular verb is said of somebody else, unless the
 * number itself is of a singular ("a crowd of 500, ..., was") */
static bool is_of_another(const struct page *page, const struct counted *c, size_t i)
{
    const struct tokens *t = &page->tokens;
    size_t k = i;
    while (k > c->end && i - k < 4 && token_is(t, k - 1, WORD_AUXILIARY, NULL, NULL))
        k--;
    if (k == i || !page_particle(page, k, "singular") || page_particle(page, k - 1, "relative"))
        return false;
    bool apart = false;
    for (size_t m = c->end; m < k; m++)
        apart |= token_is_mark(t, m, ',');
    size_t before = skip_back(page, c->first > 3 ? c->first - 3 : 0, c->first - 1);
    return apart && !token_is_mark(t, k - 1, ',') &&
           !(before > 0 && page_particle(page, before - 1, "of"));
}

/* behind "including N others," the main clause goes on */
static size_t skip_part(const struct page *page, size_t i, size_t limit)
{
    for (size_t k = i; k < limit && k < i + HAPPENING_REACH; k++)
        if (token_is_mark(&page->tokens, k, ',') && k > i + 1)
            return k + 1;
    return limit;
}

/* "were summoned and arrested": of verbs that are joined, the first that has a label */
static const struct entry *first_with_label(const struct page *page, const struct entry *event,
                                            size_t limit, size_t *end)
{
    const struct entry *next = NULL, *first = event;
    size_t at = *end, behind = 0;
    for (size_t words = 0; event_is_other(first) && words < 3; words++) {
        size_t i = at;
        while (i < limit && i < at + 2 &&
               (token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "and")))
            i++;
        if (i == at ||
            !event_at(&page->tokens, i, limit, KINDS_OF(KIND_PARTICIPLE), &next, &behind))
            return event;
        first = next;
        at = behind;
    }
    if (first != event)
        *end = at;
    return first;
}

/* an auxiliary right before it, adverbs between */
bool is_linked(const struct page *page, size_t from, size_t i)
{
    const struct tokens *t = &page->tokens;
    size_t k = i;
    while (k > from && i - k < 3 && token_is(t, k - 1, WORD_ADVERB, NULL, NULL) &&
           !token_is(t, k - 1, WORD_AUXILIARY, NULL, NULL))
        k--;
    return k > from && token_is(t, k - 1, WORD_AUXILIARY, NULL, NULL);
}

/* "in Tora prison", "to Pune jail" */
static bool named_prison(const struct page *page, size_t i, size_t limit, size_t *end)
{
    const struct tokens *t = &page->tokens;
    size_t k = i + 1;
    if (!page_particle(page, i, "from"))
        return false;
    while (k < limit && k < i + 5 &&
           (t->at[k].shape == SHAPE_CAPITAL || token_is(t, k, WORD_DETERMINER, NULL, NULL)) &&
           !page_particle(page, k, "prison"))
        k++;
    return k > i + 1 && k < limit && page_particle_phrase(page, k, "prison", end);
}

/* an event of the kinds at token i, or a prison that they were sent to or are in */
static bool befalls_at(const struct page *page, size_t i, size_t limit, unsigned kinds,
                       const struct entry **event, size_t *end)
{
    static const struct entry held = {
        .class = WORD_EVENT, .kind = KIND_PREDICATE, .value = {"imprisoned", 10}};
    size_t behind = 0;
    if (event_at(&page->tokens, i, limit, kinds, event, end)) {
        *event = first_with_label(page, *event, limit, end);
        bool sent = str_equal((*event)->value, STR("other:sent")) &&
                    named_prison(page, *end, limit, &behind);
        if (sent) {
            *event = &held;
            *end = behind;
        }
        return true;
    }
    bool inside = (kinds & KINDS_OF(KIND_PREDICATE)) && page_particle(page, i, "within") &&
                  named_prison(page, i, limit, end);
    if (inside)
        *event = &held;
    return inside;
}

/* "three protesters named A, B and C": the name says who they are */
static bool introduces(const struct page *page, const struct entry *event, size_t i, size_t end)
{
    bool bare = i > 0 && !token_is(&page->tokens, i - 1, WORD_AUXILIARY, NULL, NULL);
    return bare && str_equal(event->value, STR("identified")) && end < page->tokens.count &&
           page->name_of[end];
}

/* "20 years in prison": a term, no place */
static bool is_served(const struct page *page, const struct entry *event, size_t i)
{
    return event->kind == KIND_PREDICATE && i > 0 && token_has(&page->tokens, i - 1, WORD_UNIT);
}

/* "X, who lost N relatives there, was": what follows the comma at `i` is told of X */
static bool closes_relative(const struct page *page, const struct counted *c, size_t i)
{
    if (!token_is_mark(&page->tokens, i, ',') ||
        !token_is(&page->tokens, i + 1, WORD_AUXILIARY, NULL, NULL))
        return false;
    for (size_t k = c->first; k > 0 && c->first - k < RELATIVE_REACH; k--) {
        if (page->tokens.at[k - 1].shape == SHAPE_MARK)
            break;
        if (page_particle(page, k - 1, "relative"))
            return k > 1 && token_is_mark(&page->tokens, k - 2, ',');
    }
    return false;
}

/* N people ... were killed; behind "N people accused of it" the main verb is still to come */
bool after_number(const struct page *page, const struct counted *c, size_t limit,
                  struct happening *h)
{
    bool places = c->population && c->population->kind == KIND_PLACES;
    unsigned kinds =
        places ? KINDS_OF(KIND_INTRANSITIVE) | KINDS_OF(KIND_PARTICIPLE) : KINDS_BEHIND;
    size_t from = c->end;
    const struct tokens *t = &page->tokens;
    const struct entry *event = NULL;
    size_t end = 0;
    bool finite = false, reduced = false;
    h->event = NULL;
    for (size_t i = from; i < limit && i < from + HAPPENING_REACH; i++) {
        if (closes_relative(page, c, i))
            break;
        if (befalls_at(page, i, limit, kinds, &event, &end) && !is_served(page, event, i)) {
            bool them = i > from + 1 && page_particle(page, i - 1, "those") &&
                        page_particle(page, i - 2, "of");
            bool elsewhere =
                them || (places && event->kind == KIND_PARTICIPLE &&
                         !(event_is_other(event) && i < from + 4 && is_linked(page, from, i)));
            if (is_of_another(page, c, i))
                return h->event != NULL;
            if (elsewhere || introduces(page, event, i, end)) {
                i = end - 1;
                continue;
            }
            bool place =
                event->kind == KIND_PREDICATE && token_is(t, i, WORD_PREPOSITION, NULL, NULL);
            bool whole = !place && event->kind != KIND_PARTICIPLE && reduced;
            bool linked = whole || is_linked(page, from, i);
            bool bare = h->event && token_is(t, h->end, WORD_AUXILIARY, NULL, NULL);
            if (h->event && (!linked || (reduced && event_is_other(event) && !bare)))
                return true;
            bool described =
                page_particle(page, from, "relative") && event_is_other(event) && !linked;
            reduced = described || (!linked && event->kind == KIND_PARTICIPLE && !finite);
            *h = (struct happening){
                .event = event, .first = i, .end = end, .rule = RULE("verb behind the counted")};
            if ((!place || linked) && !reduced)
                return true;
            i = end - 1;
            continue;
        }
        bool said_of = page_particle(page, i - 1, "passive") || page_particle(page, i - 1, "those");
        bool over = ends_clause(page, i) ||
                    (token_is(t, i, WORD_SAY, NULL, NULL) && !said_of && !page->name_of[i]) ||
                    (finite && page_particle(page, i, "relative"));
        bool another =
            reduced &&
            (t->at[i].shape == SHAPE_NUMBER || page_particle(page, i, "and") ||
             token_is(t, i, WORD_NUMBER, NULL, NULL) || page_particle(page, i, "relative"));
        if (i > from && (over || (another && !page->date_of[i])))
            break;
        finite |= token_is(t, i, WORD_AUXILIARY, NULL, NULL);
        if (token_is(t, i, WORD_PART, NULL, &end) && i > from && token_is_mark(t, i - 1, ','))
            i = skip_part(page, end, limit) - 1;
    }
    return h->event != NULL;
}

/* "N activists were given life sentences" */
bool given(const struct page *page, const struct counted *c, size_t limit, struct happening *h)
{
    static const struct entry convicted = {.class = WORD_EVENT, .value = {"convicted", 9}};
    const struct tokens *t = &page->tokens;
    size_t i = c->end, end = 0;
    while (i < limit && i < c->end + 4 &&
           (token_is(t, i, WORD_AUXILIARY, NULL, &end) || token_is(t, i, WORD_ADVERB, NULL, &end) ||
            token_is(t, i, WORD_DETERMINER, NULL, &end) ||
            page_particle_phrase(page, i, "relative", &end)))
        i = end;
    if (i >= limit || !page_particle_phrase(page, i, "given", &end))
        return false;
    for (size_t k = end; k < limit && k < end + GIVEN_WORDS; k++) {
        if (event_at(t, k, limit, KINDS_OF(KIND_RESULT), &h->event, &h->end)) {
            h->first = i;
            h->rule = RULE("what they were sentenced to");
            return true;
        }
        if (t->at[k].shape == SHAPE_MARK && !token_is_mark(t, k, '-'))
            return false;
        if (token_is_kind(t, k, WORD_UNIT, KIND_YEARS, NULL, NULL)) {
            h->event = &convicted;
            h->first = i;
            h->end = k + 1;
            h->rule = RULE("what they were sentenced to");
            return true;
        }
    }
    return false;
}

/* "700 workers suffered beatings" */
bool suffered(const struct page *page, const struct counted *c, size_t limit, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = c->end, end = 0;
    while (i < limit && i < c->end + 3 &&
           (token_is(t, i, WORD_AUXILIARY, NULL, &end) || token_is(t, i, WORD_ADVERB, NULL, &end) ||
            page_particle_phrase(page, i, "relative", &end)))
        i = end;
    if (!c->population || i >= limit || !page_particle_phrase(page, i, "suffered", &end))
        return false;
    for (size_t k = end; k < limit && k < end + 4 && t->at[k].shape != SHAPE_MARK; k++)
        if (event_at(t, k, limit, KINDS_OF(KIND_NOUN), &h->event, &h->end)) {
            h->first = i;
            h->rule = RULE("what the counted suffered");
            return true;
        }
    return false;
}

static bool is_somebody(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    if (i < limit && !page->date_of[i] &&
        (page->name_of[i] || t->at[i].shape == SHAPE_CAPITAL || t->at[i].shape == SHAPE_UPPER))
        return true;
    if (i >= limit || page->date_of[i] || !token_is(t, i, WORD_DETERMINER, NULL, NULL))
        return false;
    for (size_t k = i + 1; k < limit && k < i + 4; k++)
        if (page->date_of[k] || token_has(t, k, WORD_UNIT))
            return false;
    return i + 1 < limit && t->at[i + 1].shape != SHAPE_MARK;
}

static const struct entry *to_others(const struct page *page, const struct entry *event)
{
    struct entry *done = arena_alloc(page->arena, sizeof *done);
    struct str label = event->value, other = STR("other:");
    if (str_starts(label, other))
        label = str_slice(label, other.len, label.len);
    *done = *event;
    done->value = arena_print(page->arena, "other:%.*s_others", STR_ARG(label));
    return done;
}

static bool is_harmful(const struct entry *event)
{
    static const char *const harms[] = {"killed",         "executed",       "arrested",
                                        "detained",       "injured",        "tortured",
                                        "disappeared",    "other:harassed", "other:beaten",
                                        "other:attacked", "other:raided",   "other:kidnapped"};
    for (size_t i = 0; i < COUNT_OF(harms); i++)
        if (str_equal(event->value, str_of(harms[i])))
            return true;
    return false;
}

/* "beaten in the yard by six guards": they did it, it did not befall them */
bool done_by(const struct page *page, const struct number *n, const struct counted *c, size_t first,
             struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const struct entry *event = NULL;
    size_t i = skip_back(page, first, n->from), begin = 0;
    if (!c->population || c->population->kind != KIND_NONE || i == first ||
        !page_particle(page, i - 1, "by"))
        return false;
    for (size_t k = i - 1; k > first && i - k < PLACE_WORDS; k--) {
        if (event_before(t, first, k, KINDS_OF(KIND_PARTICIPLE), &event, &begin)) {
            if (!is_harmful(event))
                return false;
            *h = (struct happening){.event = to_others(page, event),
                                    .first = begin,
                                    .end = i,
                                    .rule = RULE("what the counted did to others")};
            return true;
        }
        if ((t->at[k - 1].shape == SHAPE_MARK && !page->date_of[k - 1]) ||
            token_is(t, k - 1, WORD_AUXILIARY, NULL, NULL) ||
            token_is(t, k - 1, WORD_SAY, NULL, NULL))
            return false;
    }
    return false;
}

/* "seven guards beat a detainee": they did it, it did not befall them */
bool did(const struct page *page, const struct counted *c, size_t limit, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const struct entry *event = NULL;
    unsigned kinds = KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_ACTIVE);
    size_t i = c->end, end = 0;
    bool placed = i < limit && token_is(t, i, WORD_PREPOSITION, NULL, NULL);
    while (i < limit && i < c->end + (placed ? PLACE_WORDS : 3) &&
           (placed ? !event_at(t, i, limit, kinds, &event, &end) && t->at[i].shape != SHAPE_MARK
                   : token_is(t, i, WORD_ADVERB, NULL, NULL)) &&
           !token_is(t, i, WORD_AUXILIARY, NULL, NULL))
        i++;
    if (!c->population || event_at(t, i, limit, KINDS_OF(KIND_INTRANSITIVE), &event, &end) ||
        !event_at(t, i, limit, kinds, &event, &end) || !is_somebody(page, end, limit) ||
        introduces(page, event, i, end))
        return false;
    *h = (struct happening){.event = to_others(page, event),
                            .first = i,
                            .end = end,
                            .rule = RULE("what the counted did to others")};
    return true;
}

/* "handed 43 lawmakers between two and five years" */
static bool gets_years(const struct page *page, size_t from, size_t limit, struct happening *h)
{
    static const struct entry convicted = {.class = WORD_EVENT, .value = {"convicted", 9}};
    const struct tokens *t = &page->tokens;
    for (size_t i = from; i < limit && i < from + GIVEN_WORDS && t->at[i].shape != SHAPE_MARK;
         i++) {
        bool years = token_is_kind(t, i, WORD_UNIT, KIND_YEARS, NULL, NULL) ||
                     token_is_kind(t, i, WORD_UNIT, KIND_MONTHS, NULL, NULL);
        if (!years && !event_at(t, i, limit, KINDS_OF(KIND_RESULT), &h->event, &h->end))
            continue;
        h->event = years ? &convicted : h->event;
        h->end = years ? i + 1 : h->end;
        h->rule = RULE("what they were sentenced to");
        return true;
    }
    return false;
}

/* sentenced N to death: what they were sentenced to stands behind them */
bool sentenced_to(const struct page *page, const struct number *n, const struct counted *c,
                  const struct passage *p, struct happening *h)
{
    const struct entry *event = NULL;
    size_t end = 0;
    if (!before_number(page, n, p->first, h))
        return false;
    if (page_particle(page, h->first, "given") && gets_years(page, c->end, p->end, h))
        return true;
    size_t i = c->end;
    if (token_is_mark(&page->tokens, i, ',') &&
        token_is(&page->tokens, i + 1, WORD_PART, NULL, NULL))
        i = skip_part(page, i + 1, p->end);
    if (!event_at(&page->tokens, i, p->end, KINDS_OF(KIND_RESULT), &event, &end))
        return false;
    static const struct entry killed = {.class = WORD_EVENT, .value = {"killed", 6}};
    bool sentenced = str_equal(h->event->value, STR("convicted")) ||
                     !str_equal(event->value, STR("sentenced_to_death"));
    h->event = sentenced ? event : &killed;
    h->end = end;
    return true;
}
