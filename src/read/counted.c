#include "read/happening_int.h"

enum { PHRASE_LIMIT = 9 };

static bool stops(const struct tokens *t, size_t i)
{
    static const enum word_class classes[] = {WORD_AUXILIARY, WORD_PREPOSITION, WORD_CONJUNCTION,
                                              WORD_CLAUSE,    WORD_SAY,         WORD_PART,
                                              WORD_PRONOUN,   WORD_NEGATION};
    const struct token *token = &t->at[i];
    if (token->shape == SHAPE_LINK || token->shape == SHAPE_NUMBER)
        return true;
    if (token->shape == SHAPE_MARK)
        return !(token->word.len == 1 && strchr("\"-'(/[", token->word.at[0]));
    for (size_t k = 0; k < COUNT_OF(classes); k++)
        if (token->classes >> classes[k] & 1)
            return true;
    return false;
}

static void take(struct counted *c, const struct entry *population, size_t end)
{
    c->population = population;
    c->what = population->value;
    c->end = end;
}

/* "cases of civilians killed": who stands behind the container; "cases of abuse" stays cases */
static void look_inside(const struct page *page, size_t limit, struct counted *c)
{
    const struct tokens *t = &page->tokens;
    if (!page_particle(page, c->end, "of") && !page_particle(page, c->end, "target"))
        return;
    const struct entry *inner = NULL;
    size_t end = 0;
    for (size_t i = c->end + 1; i < limit && i < c->end + 5; i++) {
        if (token_is(t, i, WORD_POPULATION, &inner, &end) && inner->kind != KIND_EVENT &&
            inner->kind != KIND_CONTAINER) {
            take(c, inner, end);
            return;
        }
        bool happening = token_is_kind(t, i, WORD_EVENT, KIND_NOUN, NULL, NULL);
        if (happening || (stops(t, i) && !(t->at[i].classes >> WORD_PREPOSITION & 1)))
            return;
    }
}

static bool is_calling_label(struct str what)
{
    return !str_equal(what, STR("people")) && !str_equal(what, STR("women")) &&
           !str_equal(what, STR("children"));
}

/* one number over a list: "women, men and children" are people; "writers, reporters and lawyers" go
 * by the first */
static void look_along_list(const struct page *page, size_t limit, struct counted *c)
{
    const struct tokens *t = &page->tokens;
    const struct entry *next = NULL;
    size_t end = c->end;
    bool people = false;
    while (end + 1 < limit) {
        bool comma = token_is_mark(t, end, ',') || page_particle(page, end, "comma");
        size_t from = end + 1;
        if (comma && page_particle(page, from, "and"))
            from++;
        bool joined = comma || (people && page_particle(page, end, "and"));
        if (!joined || !token_is(t, from, WORD_POPULATION, &next, &end) ||
            next->kind != KIND_NONE || c->population->kind != KIND_NONE || end > limit)
            break;
        people |= !str_equal(next->value, c->what);
        c->end = end;
    }
    if (people && !is_calling_label(c->what))
        c->what = STR("people");
}

static struct str plural_noun(const struct page *page, size_t i)
{
    const struct token *token = &page->tokens.at[i];
    bool plural = token->cased && token->word.len > 3 && str_ends(token->word, STR("s")) &&
                  !str_ends(token->word, STR("ss"));
    return plural ? arena_print(page->arena, "other:%.*s", STR_ARG(token->word)) : STR_NONE;
}

static bool held_people(const struct entry *event)
{
    return str_equal(event->value, STR("arrested")) || str_equal(event->value, STR("detained")) ||
           str_equal(event->value, STR("imprisoned"));
}

/* "of the country's 31", "of 290": the whole that the number is taken from */
static size_t skip_whole(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    size_t end = 0;
    for (size_t k = i; k < limit && k < i + 4; k++) {
        if (token_is(t, k, WORD_BOUND, NULL, &end)) {
            k = end - 1;
            continue;
        }
        if (t->at[k].shape == SHAPE_NUMBER || token_is(t, k, WORD_NUMBER, NULL, NULL))
            return k + 1;
        if (!t->at[k].possessive && !token_is(t, k, WORD_DETERMINER, NULL, NULL))
            break;
    }
    return i;
}

/* "59 local and international groups" */
static bool joins_adjectives(const struct page *page, size_t first, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    bool and = i > first && i - first < 4 && i + 2 < limit && page_particle(page, i, "and");
    for (size_t k = first; and&&k <= i + 1; k++)
        and = k == i || token_is_mark(t, k, '-') ||
              (t->at[k].shape == SHAPE_LOWER && !stops(t, k) &&
               !token_is(t, k, WORD_POPULATION, NULL, NULL) &&
               !token_is(t, k, WORD_DETERMINER, NULL, NULL) &&
               !(t->at[k].classes >> WORD_EVENT & 1) && t->at[k].word.len > 3);
    for (size_t k = i + 2; and&&k < limit && k < i + 6; k++)
        if (token_is(t, k, WORD_POPULATION, NULL, NULL))
            return true;
    return false;
}

/* English and its like: number, adjectives, nouns */
static struct counted counted_after(const struct page *page, const struct number *n, size_t limit)
{
    const struct tokens *t = &page->tokens;
    struct counted c = {.first = n->to, .end = n->to};
    const struct entry *entry = NULL;
    struct str unknown = STR_NONE;
    size_t i = n->to, end = 0, unknown_end = 0;
    if (i + 3 < limit && token_is(t, i, WORD_DETERMINER, NULL, NULL) &&
        page_particle(page, i + 1, "toll") && page_particle(page, i + 2, "of"))
        i += 2;
    bool of = i < limit && page_particle(page, i, "of");
    i += of;
    size_t part = i;
    if (of)
        i = skip_whole(page, i, limit);
    bool whole = i > part;
    size_t noun = i;
    for (size_t stop = i + PHRASE_LIMIT; i < limit && i < stop;) {
        bool compound = token_is(t, i, WORD_POPULATION, &entry, &end) &&
                        (token_is_mark(t, end, '-') || token_is_mark(t, end, '/')) &&
                        !t->at[end].spaced;
        if (!compound && token_is(t, i, WORD_POPULATION, &entry, &end) && end <= limit) {
            bool vaguer =
                c.population && entry->kind != KIND_EVENT && str_equal(entry->value, STR("people"));
            if (!vaguer)
                take(&c, entry, end);
            i = c.end = end;
            bool more = i < limit && token_is(t, i, WORD_POPULATION, NULL, NULL) &&
                        entry->kind != KIND_CONTAINER && !t->at[i - 1].possessive;
            if (more)
                continue;
            if (c.population->kind == KIND_CONTAINER)
                look_inside(page, limit, &c);
            look_along_list(page, limit, &c);
            return c;
        }
        if (token_is(t, i, WORD_EVENT, &entry, &end) && entry->kind == KIND_PARTICIPLE &&
            end <= limit && !c.adjective) {
            c.adjective = entry;
            c.adjective_at = i;
            i = end;
            continue;
        }
        if (of && token_is(t, i, WORD_DETERMINER, NULL, &end)) {
            c.those |= page_particle(page, i, "those");
            noun = i = end;
            continue;
        }
        if (joins_adjectives(page, noun, i, limit)) {
            i++;
            continue;
        }
        bool reported = i + 1 < limit && token_is(t, i, WORD_SAY, NULL, NULL) &&
                        token_is(t, i + 1, WORD_POPULATION, NULL, NULL);
        if (reported) {
            i++;
            continue;
        }
        if (i == n->to && token_is_kind(t, i, WORD_EVENT, KIND_NOUN, NULL, &end)) {
            unknown = plural_noun(page, i);
            unknown_end = end;
            break;
        }
        if (stops(t, i) || (t->at[i].classes >> WORD_EVENT & 1))
            break;
        if (token_is(t, i, WORD_UNIT, NULL, NULL)) {
            c.refused = i <= n->to + 2;
            break;
        }
        unknown = plural_noun(page, i);
        unknown_end = ++i;
    }
    if (c.those && c.adjective) {
        c.what = held_people(c.adjective) ? STR("prisoners") : STR("people");
        c.end = c.adjective_at + 1;
        return c;
    }
    bool arrested =
        whole && c.adjective && token_is(t, c.adjective_at + 1, WORD_AUXILIARY, NULL, NULL);
    if (arrested) {
        c.what = STR("people");
        c.end = c.adjective_at + 1;
    }
    c.adjective = NULL;
    if (unknown.len && !arrested) {
        c.what = unknown;
        c.end = unknown_end;
    }
    return c;
}

/* "N persons of the protesters": the counter, and the people it was taken from */
static void look_behind_counter(const struct page *page, size_t limit, struct counted *c)
{
    const struct tokens *t = &page->tokens;
    const struct entry *inner = NULL;
    size_t end = 0;
    size_t from = c->end;
    if (from < limit && token_is(t, from, WORD_POPULATION, &inner, &end) && end <= limit &&
        !(t->at[from].classes >> WORD_EVENT & 1)) {
        take(c, inner, end);
        return;
    }
    if (from >= limit || !page_particle(page, from, "of") ||
        token_is(t, from, WORD_PART, NULL, NULL))
        return;
    size_t whole = from + 1;
    while (whole < limit && whole < from + 4 &&
           (t->at[whole].shape == SHAPE_NUMBER || token_is(t, whole, WORD_NUMBER, NULL, NULL) ||
            page_particle(page, whole, "and") || token_is(t, whole, WORD_SCALE, NULL, NULL)))
        whole++;
    for (size_t i = whole; i < limit && i < whole + 3; i++) {
        if (token_is(t, i, WORD_POPULATION, &inner, &end)) {
            if (!str_equal(inner->value, STR("other:members")) && inner->kind != KIND_PLACES)
                take(c, inner, end);
            return;
        }
        if (t->at[i].shape != SHAPE_ARABIC)
            return;
    }
}

/* a word that no table has, by its last letters somebody of a calling: "N hair-dressers" */
static bool by_calling(const struct page *page, size_t i, struct counted *c)
{
    const struct token *t = &page->tokens.at[i];
    const uint64_t elsewhere = UINT64_C(1) << WORD_COMMON | UINT64_C(1) << WORD_TITLE |
                               UINT64_C(1) << WORD_ROLE | UINT64_C(1) << WORD_SURNAME;
    if (t->shape != SHAPE_ARABIC || t->classes & ~elsewhere || !is_calling(page, i))
        return false;
    struct entry *somebody = arena_alloc(page->arena, sizeof *somebody);
    *somebody = (struct entry){.class = WORD_POPULATION, .language = LANGUAGE_NONE};
    somebody->value = arena_print(page->arena, "other:%.*s", STR_ARG(page_words(page, i, i + 1)));
    take(c, somebody, i + 1);
    return true;
}

/* verb-final languages: number, counter, noun */
static struct counted counted_verb_final(const struct page *page, const struct number *n,
                                         size_t limit)
{
    const struct tokens *t = &page->tokens;
    struct counted c = {.first = n->to, .end = n->to};
    const struct entry *entry = NULL;
    size_t end = 0, i = n->to;
    if (i >= limit)
        return c;
    bool counter = token_is(t, i, WORD_COUNTER, NULL, NULL);
    if (token_is(t, i, WORD_POPULATION, &entry, &end) && end <= limit) {
        size_t unit = 0;
        c.refused = token_is(t, i, WORD_UNIT, NULL, &unit) && unit > end;
        take(&c, entry, end);
        if (counter)
            look_behind_counter(page, limit, &c);
        look_along_list(page, limit, &c);
        return c;
    }
    c.refused = token_is(t, i, WORD_UNIT, NULL, NULL);
    if (!c.refused && by_calling(page, i, &c))
        return c;
    if (i + 1 < limit && token_is(t, i + 1, WORD_POPULATION, &entry, &end) &&
        t->at[i].shape == SHAPE_ARABIC && !stops(t, i) && !(t->at[i].classes >> WORD_EVENT & 1))
        take(&c, entry, end);
    return c;
}

struct counted counted_by(const struct page *page, const struct number *n)
{
    const struct passage *p = &page->passages[n->passage];
    return p->verb_final ? counted_verb_final(page, n, p->end) : counted_after(page, n, p->end);
}
