#include "read/happening_int.h"

enum { OPEN_REACH = 14, SHORTEST_VERB = 5, LONGEST_ENDING = 8 };

static bool is_suffix(const struct entry *ending)
{
    return ending->kind != KIND_NONE && ending->kind != KIND_PREDICATE;
}

/* the entry of the class ending that the word of token i ends with, or is, and where it begins */
static const struct entry *ending_of(const struct page *page, size_t i, size_t *begin)
{
    struct str word = page->tokens.at[i].word;
    for (size_t from = 0; from < word.len; from++) {
        if (from && word.len - from > LONGEST_ENDING)
            continue;
        uint64_t last = lexicon_word_hash(str_slice(word, from, word.len));
        uint64_t hash = lexicon_hash_join(LEXICON_HASH_START, last);
        const struct phrase *p = lexicon_find(page->lexicon, hash);
        for (const struct entry *e = p ? p->entries : NULL; e; e = e->next)
            if (e->class == WORD_ENDING && (from == 0 || is_suffix(e))) {
                *begin = from;
                return e;
            }
    }
    return NULL;
}

bool is_calling(const struct page *page, size_t i)
{
    size_t begin = 0;
    const struct entry *ending = ending_of(page, i, &begin);
    return ending && ending->kind == KIND_PERSON && begin > 0;
}

bool is_gerund(const struct page *page, size_t i)
{
    size_t begin = 0;
    const struct entry *ending = ending_of(page, i, &begin);
    return ending && ending->kind == KIND_ACTIVE && begin > 0;
}

bool open_event(const struct page *page, size_t i, size_t end, const char *rule,
                struct happening *h)
{
    struct entry *event = arena_alloc(page->arena, sizeof *event);
    bool cased = page->tokens.at[i].cased;
    struct str word = cased ? page->tokens.at[i].word : page_words(page, i, i + 1);
    *event = (struct entry){.class = WORD_EVENT, .kind = KIND_PARTICIPLE};
    event->value = arena_print(page->arena, "other:%.*s", STR_ARG(word));
    *h = (struct happening){.event = event, .first = i, .end = end, .rule = rule, .open = true};
    return true;
}

bool is_open_word(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    const uint64_t elsewhere = UINT64_C(1) << WORD_LIFE | UINT64_C(1) << WORD_COMMON |
                               UINT64_C(1) << WORD_ENDING | UINT64_C(1) << WORD_LIGHT |
                               UINT64_C(1) << WORD_LABEL | UINT64_C(1) << WORD_UNREAL |
                               UINT64_C(1) << WORD_PARTICLE;
    return t->shape == SHAPE_LOWER && t->cased && !(t->classes & ~elsewhere);
}

bool is_open_verb(const struct page *page, size_t i, unsigned kinds)
{
    const struct token *t = &page->tokens.at[i];
    if (!is_open_word(page, i))
        return false;
    size_t begin = 0;
    const struct entry *ending = ending_of(page, i, &begin);
    return ending && kinds >> ending->kind & 1 &&
           (t->word.len >= SHORTEST_VERB || !is_suffix(ending));
}

/* "are searching": a verb of a table that has only what it does to others */
static bool is_going_on(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    size_t begin = 0;
    const struct entry *ending = token_has(t, i, WORD_EVENT) ? ending_of(page, i, &begin) : NULL;
    return ending && ending->kind == KIND_ACTIVE && t->at[i].shape == SHAPE_LOWER;
}

static bool is_unknown_verb(const struct page *page, size_t i, bool passive)
{
    if (passive && is_going_on(page, i))
        return true;
    return is_open_verb(page, i, passive ? VERB_PASSIVE : VERB_BEHIND);
}

static size_t skip_adverbs(const struct page *page, size_t i, size_t limit, bool auxiliaries)
{
    const struct tokens *t = &page->tokens;
    size_t end = i;
    while (i < limit && (token_is(t, i, WORD_ADVERB, NULL, &end) ||
                         (auxiliaries && token_is(t, i, WORD_AUXILIARY, NULL, &end))))
        i = end;
    return i;
}

bool begins_clause(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    size_t end = i;
    if (!token_is(t, i, WORD_CLAUSE, NULL, &end))
        return false;
    bool example = i > 0 && page_particle(page, i - 1, "such");
    bool amid = i > 0 && end < t->count && token_is(t, i - 1, WORD_AUXILIARY, NULL, NULL) &&
                (token_is(t, end, WORD_AUXILIARY, NULL, NULL) ||
                 token_is_kind(t, end, WORD_EVENT, KIND_PARTICIPLE, NULL, NULL) ||
                 is_open_verb(page, end, KINDS_BEHIND));
    return !example && !amid;
}

static bool is_boundary(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    return token_is_mark(t, i, ';') || token_is_mark(t, i, ':') || begins_clause(page, i) ||
           token_is(t, i, WORD_SAY, NULL, NULL) || page_particle(page, i, "relative");
}

/* "the lawyers of N men": what follows is not said of the men */
bool is_governed(const struct page *page, const struct counted *c)
{
    static const char *const relations[] = {"lawyers", "other:families", "other:friends"};
    const struct tokens *t = &page->tokens;
    const struct entry *head = NULL;
    size_t i = c->first;
    while (i > 0 && (t->at[i - 1].shape == SHAPE_NUMBER || token_has(t, i - 1, WORD_NUMBER) ||
                     token_has(t, i - 1, WORD_BOUND) || token_has(t, i - 1, WORD_DETERMINER)))
        i--;
    bool of = i > 1 && (page_particle(page, i - 1, "of") || page_particle(page, i - 1, "target"));
    if (!of || !token_is(t, i - 2, WORD_POPULATION, &head, NULL))
        return false;
    for (size_t k = 0; k < COUNT_OF(relations); k++)
        if (str_equal(head->value, str_of(relations[k])))
            return true;
    return false;
}

/* "N experts announced", "N of them have told": those who speak are counted for it */
static bool speaks(const struct page *page, const struct counted *c, size_t direct, size_t limit,
                   struct happening *h)
{
    static const struct entry statement = {
        .class = WORD_EVENT, .value = {"other:statement", sizeof "other:statement" - 1}};
    const struct tokens *t = &page->tokens;
    size_t i = skip_adverbs(page, direct, limit, true), end = i;
    for (size_t k = c->end; k < i; k++)
        if (page_particle(page, k, "passive"))
            return false;
    if (i >= limit || !token_is(t, i, WORD_SAY, NULL, &end))
        return false;
    *h = (struct happening){.event = &statement,
                            .first = i,
                            .end = end,
                            .rule = RULE("the counted speak"),
                            .open = true};
    return true;
}

bool open_verb(const struct page *page, const struct counted *c, size_t limit, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t from = c->end;
    size_t direct = skip_adverbs(page, from, limit, false);
    bool governed = is_governed(page, c);
    if (c->population && !governed && speaks(page, c, direct, limit, h))
        return true;
    if (c->population && !governed && direct < limit && is_unknown_verb(page, direct, false))
        return open_event(page, direct, direct + 1, RULE("a verb by its ending"), h);
    for (size_t i = from; i < limit && i < from + OPEN_REACH && !is_boundary(page, i); i++) {
        if (!token_is(t, i, WORD_AUXILIARY, NULL, NULL))
            continue;
        size_t verb = skip_adverbs(page, i, limit, true);
        return verb < limit && is_unknown_verb(page, verb, true) &&
               open_event(page, verb, verb + 1, RULE("a verb by its ending"), h);
    }
    return false;
}

/* whether the counted open their clause, where verbs end it, so that they are its subject */
static bool is_subject(const struct page *page, const struct counted *c)
{
    static const enum word_class before[] = {WORD_VERB, WORD_CLAUSE, WORD_CONJUNCTION, WORD_ADVERB,
                                             WORD_DETERMINER};
    const struct tokens *t = &page->tokens;
    size_t i = c->first;
    while (i > 0 && (t->at[i - 1].shape == SHAPE_NUMBER || token_has(t, i - 1, WORD_NUMBER) ||
                     token_has(t, i - 1, WORD_SCALE) || token_has(t, i - 1, WORD_VAGUE) ||
                     token_has(t, i - 1, WORD_BOUND) || page_particle(page, i - 1, "and")))
        i--;
    bool opens =
        i == 0 || t->at[i].lines || t->at[i - 1].shape == SHAPE_MARK || page->date_of[i - 1];
    for (size_t k = 0; k < COUNT_OF(before) && !opens; k++)
        opens = token_has(t, i - 1, before[k]);
    return opens;
}

/* a noun that makes no verb with the one behind it */
static bool is_no_verb(const struct page *page, size_t i)
{
    size_t begin = 0;
    const struct entry *ending = ending_of(page, i, &begin);
    return ending && ending->kind != KIND_PERSON;
}

/* "N readers object verb did", "N readers verb became": the word the light verb carries */
bool open_verb_final(const struct page *page, const struct counted *c, size_t limit,
                     struct happening *h)
{
    const struct tokens *t = &page->tokens;
    bool object = false;
    if (!c->population)
        return false;
    for (size_t i = c->end; i < limit && i < c->end + OPEN_REACH; i++) {
        if (t->at[i].shape == SHAPE_MARK || page_particle(page, i, "relative"))
            return false;
        object |= page_particle(page, i, "object");
        if (!token_is(t, i, WORD_VERB, NULL, NULL))
            continue;
        bool undergo = page_particle(page, i - 1, "undergo");
        if (undergo && !page_particle(page, i, "received"))
            return false;
        bool light = undergo || page_particle(page, i, "passive") ||
                     (page_particle(page, i, "active") && (object || is_subject(page, c)));
        size_t verb = i - 1 - undergo;
        bool carried = verb >= c->end && t->at[verb].shape == SHAPE_ARABIC &&
                       !(t->at[verb].classes >> WORD_PREPOSITION & 1) && !is_no_verb(page, verb);
        return light && carried &&
               open_event(page, verb, verb + 1, RULE("a verb by its ending"), h);
    }
    return false;
}
