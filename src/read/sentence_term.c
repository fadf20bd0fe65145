#include "read/patient_int.h"
#include "read/trace.h"

enum { TERM_REACH = 30, TERM_NEAR = 14, TERM_BEFORE = 6, TERM_LIMIT = 100, MONTHS_OF_HALF = 6 };

struct term {
    int64_t years, months, lashes;
    struct str whole; /* death, life */
};

static int64_t value_at(const struct tokens *t, size_t i)
{
    const struct entry *entry = NULL;
    int64_t value = 0;
    if (i > 0 && token_is_mark(t, i - 1, '/'))
        return 0;
    if (t->at[i].shape == SHAPE_NUMBER && str_to_int(t->at[i].word, &value))
        return value;
    bool number =
        token_is(t, i, WORD_NUMBER, &entry, NULL) || token_is(t, i, WORD_SCALE, &entry, NULL);
    return number ? entry->number : 0;
}

/* "a year in prison", "a year and a half"; not "a year later" */
static bool is_one_unit(const struct page *page, size_t i)
{
    size_t end = 0;
    if (!page_particle(page, i, "one"))
        return false;
    if (page_particle_phrase(page, i + 2, "half", &end))
        return true;
    return has_class(page, i + 2, WORD_PREPOSITION) && page_particle(page, i + 3, "prison");
}

static void term_read(const struct page *page, size_t i, struct term *term)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    int64_t value = value_at(t, i);
    bool half = false;
    size_t unit = number_unit(page, i, &half), end = 0;
    if (!value && !term->years && !term->months && is_one_unit(page, i))
        value = 1;
    bool small = value > 0 && value < TERM_LIMIT;
    if (half || page_particle_phrase(page, unit + 1, "half", &end))
        term->months = term->years || !small ? term->months : MONTHS_OF_HALF;
    if (token_is(t, i, WORD_TERM, &entry, NULL) && !term->whole.len)
        term->whole = entry->value;
    if (small && !term->years && token_is_kind(t, unit, WORD_UNIT, KIND_YEARS, NULL, NULL))
        term->years = value;
    else if (small && !term->months && token_is_kind(t, unit, WORD_UNIT, KIND_MONTHS, NULL, NULL))
        term->months = value;
    else if (value > 0 && !term->lashes && token_is(t, i + 1, WORD_UNIT, &entry, NULL) &&
             str_equal(entry->value, STR("lashes")) && value <= 10 * TERM_LIMIT)
        term->lashes = value;
}

static void term_step(const struct page *page, size_t i, struct term *term)
{
    const struct term before = *term;
    const struct entry *entry = NULL;
    size_t end = i;
    term_read(page, i, term);
    if (term->years != before.years || term->months != before.months ||
        term->lashes != before.lashes)
        trace_words(page, i, i + 2, RULE("a number of years, months or lashes"), NULL);
    else if (token_is(&page->tokens, i, WORD_TERM, &entry, &end) &&
             term->whole.len != before.whole.len)
        trace_words(page, i, end, RULE("a sentence without a number"), entry);
}

static struct str term_write(struct arena *arena, const struct term *term)
{
    struct str prison = term->whole;
    if (!prison.len && term->years && term->months)
        prison = arena_print(arena, "P%jdY%jdM", (intmax_t)term->years, (intmax_t)term->months);
    else if (!prison.len && term->years)
        prison = arena_print(arena, "P%jdY", (intmax_t)term->years);
    else if (!prison.len && term->months)
        prison = arena_print(arena, "P%jdM", (intmax_t)term->months);
    if (!term->lashes)
        return prison;
    return arena_print(arena, "%.*s%s%jd lashes", STR_ARG(prison), prison.len ? "; " : "",
                       (intmax_t)term->lashes);
}

struct str sentence_within(const struct page *page, size_t first, size_t end)
{
    struct term term = {0};
    for (size_t i = first; i < end; i++)
        term_step(page, i, &term);
    return term_write(page->arena, &term);
}

void sentence_of(const struct page *page, size_t passage, size_t name_end, size_t from,
                 struct life_event *e)
{
    const struct passage *p = &page->passages[passage];
    struct term term = {0};
    bool upheld = str_equal(e->event, STR("other:sentence_upheld"));
    if (!upheld && !str_equal(e->event, STR("sentenced")))
        return;
    bool named = name_end > p->first && name_end <= from;
    size_t before = from > p->first + TERM_BEFORE ? from - TERM_BEFORE : p->first;
    size_t first = !p->verb_final ? before : named ? name_end : p->first;
    size_t end = p->verb_final || from + TERM_REACH > p->end ? p->end : from + TERM_REACH;
    for (size_t i = first; i < (p->verb_final ? from : end); i++) {
        if (!p->verb_final && i > from + TERM_NEAR &&
            (is_happening(page, i) || token_is_mark(&page->tokens, i, ';')))
            break;
        term_step(page, i, &term);
    }
    for (size_t i = from; p->verb_final && i < p->end && i < from + TERM_NEAR; i++) {
        if (is_clause_verb(page, i) || is_clause_stop(page, i) || is_happening(page, i))
            break;
        term_step(page, i, &term);
    }
    struct str sentence = term_write(page->arena, &term);
    if (!sentence.len && p->verb_final && named)
        sentence = sentence_within(page, clause_verb_final(page, p, name_end), name_end);
    if (upheld && !str_equal(sentence, STR("death")))
        return;
    detail_add(page, e, STR("sentence"), sentence);
}
