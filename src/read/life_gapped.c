#include "read/patient_int.h"

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
