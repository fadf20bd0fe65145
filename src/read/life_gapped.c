#include "read/patient_int.h"
#include "read/trace.h"

enum { GAP_REACH = 14, BEHIND_REACH = 40, TERM_WORDS = 5 };

static bool is_term(const struct page *page, size_t i)
{
    return term_unit(page, i) != SIZE_MAX || has_class(page, i, WORD_TERM);
}

static bool has_term(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_term(page, i))
            return true;
    return false;
}

static bool is_joint(const struct page *page, size_t i)
{
    return page_particle(page, i, "and") || page_particle(page, i, "comma") ||
           token_is_mark(&page->tokens, i, ',') || token_is_mark(&page->tokens, i, ';') ||
           has_class(page, i, WORD_CONJUNCTION);
}

/* "X to six years and Y to three": X, where Y's verb ends the clause */
static size_t gapped_before(const struct page *page, const struct passage *p, size_t name)
{
    size_t first = page->names[name].first;
    while (first > p->first && page_particle(page, first - 1, "quote"))
        first--;
    if (first <= p->first || !is_joint(page, first - 1))
        return SIZE_MAX;
    for (size_t i = first - 1; i > p->first && first - i < GAP_REACH; i--) {
        size_t other = person_over(page, i - 1);
        if (other != SIZE_MAX)
            return has_term(page, page->names[other].end, first) ? other : SIZE_MAX;
        if (is_clause_verb(page, i - 1) || is_clause_stop(page, i - 1))
            break;
    }
    return SIZE_MAX;
}

/* "was sentenced to six years, Y to three": Y, behind token `from` */
static size_t gapped_behind(const struct page *page, const struct passage *p, size_t from)
{
    for (size_t i = from; i + 1 < p->end && i < from + BEHIND_REACH; i++) {
        size_t name = person_over(page, i);
        if (has_class(page, i, WORD_AUXILIARY) || is_say(page, i) ||
            token_is_mark(&page->tokens, i, '.') || page_particle(page, i, "relative"))
            break;
        if (name == SIZE_MAX || page->names[name].first != i)
            continue;
        size_t end = page->names[name].end;
        bool gapped = i > from && is_joint(page, i - 1) && page_particle(page, end, "to") &&
                      end < p->end && has_term(page, end, end + TERM_WORDS);
        return gapped ? name : SIZE_MAX;
    }
    return SIZE_MAX;
}

static size_t gap_end(const struct page *page, const struct passage *p, size_t name)
{
    size_t next = name + 1;
    bool here = next < page->names_count && page->names[next].first < p->end;
    return here ? page->names[next].first : p->end;
}

size_t name_gapped(const struct page *page, const struct occurrence *o, size_t name)
{
    const struct passage *p = &page->passages[o->passage];
    if (!str_equal(o->event->value, STR("sentenced")) || is_nominal(page, o) ||
        page->names[name].passage != o->passage)
        return SIZE_MAX;
    if (p->verb_final)
        return gapped_before(page, p, name);
    size_t end = page->names[name].end;
    return gapped_behind(page, p, end > o->end ? end : o->end);
}

struct str sentence_gapped(const struct page *page, size_t name)
{
    const struct passage *p = &page->passages[page->names[name].passage];
    return sentence_within(page, page->names[name].end, gap_end(page, p, name));
}

bool is_respective(const struct page *page, const struct occurrence *o, struct patients who)
{
    const struct passage *p = &page->passages[o->passage];
    size_t end = 0;
    if (who.to < who.from + 2 || !str_equal(o->event->value, STR("sentenced")))
        return false;
    for (size_t i = p->first; i < p->end; i++)
        if (page_particle_phrase(page, i, "respectively", &end))
            return true;
    return false;
}

static int64_t number_at(const struct page *page, size_t i)
{
    const struct entry *entry = NULL;
    int64_t value = 0;
    if (page->date_of[i])
        return 0;
    if (page->tokens.at[i].shape == SHAPE_NUMBER)
        return str_to_int(page->tokens.at[i].word, &value) ? value : 0;
    return token_is(&page->tokens, i, WORD_NUMBER, &entry, NULL) ? entry->number : 0;
}

/* the unit that a number of a row counts: of "five and three years" for both */
static char unit_of_row(const struct page *page, size_t number, size_t end)
{
    for (size_t i = number + 1; i < end; i++) {
        if (token_is_kind(&page->tokens, i, WORD_UNIT, KIND_YEARS, NULL, NULL))
            return 'Y';
        if (token_is_kind(&page->tokens, i, WORD_UNIT, KIND_MONTHS, NULL, NULL))
            return 'M';
        if (!is_joint(page, i) && !number_at(page, i))
            break;
    }
    return 0;
}

struct str sentence_respective(const struct page *page, const struct occurrence *o,
                               struct patients who, size_t name)
{
    const struct passage *p = &page->passages[o->passage];
    const struct name *last = &page->names[who.to - 1];
    size_t from = p->verb_final && last->passage == o->passage ? last->end : o->first;
    size_t end = p->verb_final ? o->first : p->end, count = 0;
    size_t at = from;
    struct str own = STR_NONE;
    for (size_t i = from; i < end; i++) {
        char unit = number_at(page, i) ? unit_of_row(page, i, p->end) : 0;
        if (!unit || count++ != name - who.from)
            continue;
        own = arena_print(page->arena, "P%jd%c", (intmax_t)number_at(page, i), unit);
        at = i;
    }
    if (count != who.to - who.from)
        return STR_NONE;
    trace_words(page, at, at + 1, RULE("the term in the place of the name"), NULL);
    return own;
}
