#include "read/patient_int.h"

enum {
    COMPLETION_REACH = 9,
    COMPLETION_BACK = 12,
    TERM_BACK = 4,
    SERVED_BACK = 3,
    APPOSED_REACH = 16
};

static bool is_years(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    return token_is_kind(t, i, WORD_UNIT, KIND_YEARS, NULL, NULL) ||
           token_is_kind(t, i, WORD_UNIT, KIND_MONTHS, NULL, NULL);
}

static size_t behind_hyphen(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, '-') ? i + 1 : i;
}

size_t number_unit(const struct page *page, size_t number, bool *half)
{
    size_t unit = behind_hyphen(page, number + 1);
    *half = page_particle_phrase(page, unit, "half", &unit);
    return *half ? behind_hyphen(page, unit) : unit;
}

size_t term_unit(const struct page *page, size_t number)
{
    bool half = false;
    size_t unit = number_unit(page, number, &half);
    bool counts =
        number < page->tokens.count &&
        (page->tokens.at[number].shape == SHAPE_NUMBER || has_class(page, number, WORD_NUMBER)) &&
        !page->date_of[number];
    return counts && is_years(page, unit) ? unit : SIZE_MAX;
}

bool completes_light(const struct page *page, size_t i, struct str value)
{
    const struct entry *found = NULL;
    if (str_equal(value, STR("sentenced")) &&
        (term_unit(page, i) != SIZE_MAX || has_class(page, i, WORD_TERM)))
        return true;
    if (str_equal(value, STR("other:returned_to_prison")) &&
        token_is(&page->tokens, i, WORD_PLACE, &found, NULL) &&
        str_equal(found->value, STR("prison")))
        return true;
    if (!token_is(&page->tokens, i, WORD_COMPLETES, &found, NULL))
        return false;
    for (const struct phrase *p = page->tokens.at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (e->class == WORD_COMPLETES && str_equal(e->value, value))
                return true;
    return false;
}

static bool ends_clause(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    bool mark = t->shape == SHAPE_MARK && strchr(".;:?!,", t->word.at[0]);
    return mark || (is_say(page, i) && !page->name_of[i]) || page_particle(page, i, "relative") ||
           has_class(page, i, WORD_AUXILIARY) ||
           (has_class(page, i, WORD_CLAUSE) && !has_class(page, i, WORD_PREPOSITION));
}

/* "took X, an editor there, into custody": the token behind the comma that closes what describes
 * X, where `i` is the one that opens it; else `i` */
static size_t behind_apposition(const struct page *page, const struct passage *p, size_t i)
{
    if (i == p->first || !token_is_mark(&page->tokens, i, ',') ||
        person_over(page, i - 1) == SIZE_MAX || !has_class(page, i + 1, WORD_DETERMINER))
        return i;
    for (size_t k = i + 1; k + 1 < p->end && k < i + APPOSED_REACH; k++) {
        if (has_class(page, k, WORD_AUXILIARY) || is_say(page, k))
            break;
        if (token_is_mark(&page->tokens, k, ','))
            return k + 1;
    }
    return i;
}

static bool is_completed(const struct page *page, const struct passage *p, size_t end,
                         struct str value)
{
    size_t limit = end + COMPLETION_REACH;
    for (size_t i = end; i < p->end && i < limit; i++) {
        size_t apposed = behind_apposition(page, p, i);
        limit += apposed - i;
        i = apposed;
        if (completes_light(page, i, value))
            return true;
        if (ends_clause(page, i))
            return false;
    }
    return false;
}

/* the same where verbs end the clause: what completes the word stands before it */
static bool is_completed_final(const struct page *page, const struct passage *p, size_t first,
                               struct str value)
{
    size_t clause = clause_verb_final(page, p, first);
    for (size_t i = first; i > clause && first - i < COMPLETION_BACK; i--)
        if (completes_light(page, i - 1, value))
            return true;
    return false;
}

/* "her five-year sentence": where the number of the term before the noun stands, or SIZE_MAX */
static size_t term_before(const struct page *page, const struct passage *p, size_t noun)
{
    for (size_t i = noun; i > p->first && noun - i < TERM_BACK; i--)
        if (term_unit(page, i - 1) != SIZE_MAX && term_unit(page, i - 1) < noun)
            return i - 1;
    return SIZE_MAX;
}

size_t served_before(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    for (size_t i = o->first; i > p->first && o->first - i < SERVED_BACK; i--)
        if (page_particle(page, i - 1, "served"))
            return i - 1;
    return SIZE_MAX;
}

static bool fits(const struct page *page, const struct entry *e, size_t end, struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    if (e->class != WORD_LIGHT || end > p->end)
        return false;
    if (e->kind != KIND_NOUN && p->verb_final)
        return is_completed_final(page, p, o->first, e->value);
    if (e->kind != KIND_NOUN)
        return is_completed(page, p, end, e->value);
    size_t first = term_before(page, p, o->first);
    if (first == SIZE_MAX)
        return false;
    o->first = first;
    return true;
}

bool light_occurrence(const struct page *page, struct occurrence *o)
{
    if (!has_class(page, o->first, WORD_LIGHT))
        return false;
    const struct occurrence whole = *o;
    bool found = false;
    for (const struct phrase *p = page->tokens.at[whole.first].phrase; p && !found; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next) {
            struct occurrence fit = whole;
            bool term = str_equal(e->value, STR("sentenced"));
            if ((found && !term) || !fits(page, e, whole.first + p->words, &fit))
                continue;
            fit.event = e;
            fit.end = whole.first + p->words;
            *o = fit;
            found = true;
        }
    return found;
}
