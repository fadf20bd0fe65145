#include "read/happening_int.h"

enum { NAMED_WORDS = 14, NEAR = 4, ISSUED_WORDS = 8, ATTACK_WORDS = 8, LISTED_WORDS = 24 };

static bool is_verb(const struct page *page, size_t i)
{
    return token_is(&page->tokens, i, WORD_VERB, NULL, NULL);
}

static bool is_comma(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "comma");
}

static bool is_issued(const struct page *page, size_t from, size_t limit)
{
    for (size_t i = from; i < limit && i < from + ISSUED_WORDS; i++) {
        if (page_particle(page, i, "issued"))
            return true;
        if (is_verb(page, i) || page_particle(page, i, "relative"))
            return false;
    }
    return false;
}

bool issued_to(const struct page *page, const struct number *n, const struct counted *c,
               const struct passage *p, struct happening *h)
{
    const unsigned kinds = KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_RESULT);
    if (n->from == p->first || !page_particle(page, n->from - 1, "target") || !c->population)
        return false;
    for (size_t i = c->end; i < p->end && i < c->end + NEAR; i++) {
        if (event_at(&page->tokens, i, p->end, kinds, &h->event, &h->end)) {
            h->first = i;
            h->rule = RULE("what was pronounced on them");
            return is_issued(page, h->end, p->end);
        }
        if (page->tokens.at[i].shape == SHAPE_MARK || is_verb(page, i))
            return false;
    }
    return false;
}

/* "the issuing of 900 months of prison, 70 lashes and a fine for N persons" */
bool issuing_for(const struct page *page, const struct number *n, size_t first, struct happening *h)
{
    static const struct entry convicted = {.class = WORD_EVENT, .value = {"convicted", 9}};
    const struct tokens *t = &page->tokens;
    if (n->from == first || !page_particle(page, n->from - 1, "target"))
        return false;
    const struct entry *event = NULL;
    size_t begin = 0;
    bool death = false;
    for (size_t i = n->from - 1; i > first && n->from - i < LISTED_WORDS; i--) {
        death |= event_before(t, first, i, KINDS_OF(KIND_NOUN), &event, &begin) &&
                 str_equal(event->value, STR("sentenced_to_death"));
        if (is_verb(page, i - 1))
            return false;
        if (!page_particle(page, i - 1, "issued"))
            continue;
        h->event = death ? event : &convicted;
        h->first = i - 1;
        h->end = n->from;
        h->rule = RULE("what was pronounced on them");
        return !death;
    }
    return false;
}

/* "the verdict of 74 lashes of X": a term makes a bare verdict a sentence */
static bool is_verdict(const struct page *page, size_t i, size_t end)
{
    if (!page_particle(page, i, "case"))
        return false;
    for (size_t k = i + 1; k < end && k < i + NEAR; k++)
        if (token_is(&page->tokens, k, WORD_UNIT, NULL, NULL))
            return true;
    return false;
}

bool with_the_named_final(const struct page *page, const struct number *n, size_t first,
                          struct happening *h)
{
    static const struct entry convicted = {.class = WORD_EVENT, .value = {"convicted", 9}};
    const struct tokens *t = &page->tokens;
    if (n->from < first + 3 || !page_particle(page, n->from - 1, "and"))
        return false;
    bool named = false;
    for (size_t i = n->from - 1; i > first && n->from - i < NAMED_WORDS; i--) {
        if (is_verb(page, i - 1) || page_particle(page, i - 1, "object") ||
            token_is(t, i - 1, WORD_POPULATION, NULL, NULL))
            return false;
        bool verdict = named && is_verdict(page, i - 1, n->from);
        bool noun = named && !page->name_of[i - 1] &&
                    event_before(t, first, i, KINDS_OF(KIND_NOUN), &h->event, &h->first);
        if (noun || verdict) {
            bool term = noun && i > first + 1 && token_is(t, h->first - 1, WORD_UNIT, NULL, NULL);
            h->event = noun && !term ? h->event : &convicted;
            h->first = noun ? h->first : i - 1;
            h->end = i;
            h->rule = RULE("it happened to those just named");
            return true;
        }
        named |= page->name_of[i - 1] > 0;
    }
    return false;
}

/* "two killed protesters": where a verb follows, it is the one that counts */
bool described_final(const struct page *page, const struct counted *c, size_t limit,
                     struct happening *h)
{
    const unsigned kinds = KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_INTRANSITIVE);
    size_t i = c->end;
    while (i < limit && i < c->end + 3 && token_is(&page->tokens, i, WORD_ADVERB, NULL, NULL))
        i++;
    if (!c->population || !event_at(&page->tokens, i, limit, kinds, &h->event, &h->end))
        return false;
    bool perfect = h->end < limit && page_particle(page, h->end, "perfect");
    h->end += perfect;
    h->first = i;
    h->rule = RULE("participle beside the counted");
    return h->end == limit || !is_verb(page, h->end);
}

bool endangered(const struct page *page, const struct number *n, const struct counted *c,
                const struct passage *p, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const struct entry *life = NULL;
    size_t begin = 0;
    if (!event_before(t, p->first, n->from, KINDS_OF(KIND_NOUN), &life, &begin) ||
        !str_equal(life->value, STR("killed")))
        return false;
    for (size_t i = c->end; i < p->end && i < c->end + NEAR; i++) {
        if (event_at(t, i, p->end, KINDS_OF(KIND_PREDICATE), &h->event, &h->end) &&
            (str_equal(h->event->value, STR("facing_death_penalty")) ||
             str_equal(h->event->value, STR("other:at_risk")))) {
            h->first = i;
            h->rule = RULE("the life that is in danger");
            return true;
        }
        if (is_verb(page, i) || t->at[i].shape == SHAPE_MARK)
            return false;
    }
    return false;
}

static bool is_attack(const struct page *page, size_t i, size_t *end)
{
    const struct entry *attack = NULL;
    return token_is_kind(&page->tokens, i, WORD_POPULATION, KIND_CONTAINER, &attack, end) &&
           str_equal(attack->value, STR("other:attacks"));
}

bool attacked(const struct page *page, const struct number *n, const struct counted *c,
              const struct passage *p, struct happening *h)
{
    static const struct entry event = {.class = WORD_EVENT, .value = {"other:attacked", 14}};
    size_t end = 0;
    if (n->from == p->first || !c->population || !page_particle(page, n->from - 1, "towards"))
        return false;
    h->event = &event;
    for (size_t i = c->end; i < p->end && i < c->end + NEAR; i++)
        if (is_attack(page, i, &end) && end < p->end && is_verb(page, end)) {
            h->first = i;
            h->end = end + 1;
            h->rule = RULE("what was done towards them");
            return true;
        }
    for (size_t i = n->from - 1; i > p->first && n->from - i < ATTACK_WORDS; i--) {
        if (is_verb(page, i - 1) || is_comma(page, i - 1))
            break;
        if (is_attack(page, i - 1, &end)) {
            h->first = i - 1;
            h->end = end;
            h->rule = RULE("an attack on them");
            return true;
        }
    }
    h->event = NULL;
    return false;
}
