#include "read/patient_int.h"

enum { DESCRIBED_REACH = 12, MEANT_REACH = 4 };

static const struct patients nobody;

/* "X one of those is who was killed": the nearest name of the clause that the copula ends */
static size_t name_before_copula(const struct page *page, const struct passage *p, size_t copula)
{
    size_t clause = clause_verb_final(page, p, copula);
    for (size_t i = copula; i > clause; i--) {
        size_t name = person_over(page, i - 1);
        size_t begin = name == SIZE_MAX ? i : alias_begin(page, name);
        if (name != SIZE_MAX && begin == page->names[name].first)
            return name;
        if (page_particle(page, i - 1, "object"))
            break;
        i = name == SIZE_MAX ? i : begin + 1;
    }
    return SIZE_MAX;
}

/* "X, the singer of that band, who": the name before the apposition */
static size_t name_described_final(const struct page *page, const struct passage *p, size_t end)
{
    for (size_t i = end; i > p->first + 1 && end - i < DESCRIBED_REACH; i--) {
        if (page_particle(page, i - 1, "comma"))
            return name_ending_final(page, p, i - 1);
        if (is_clause_verb(page, i - 1) || is_clause_stop(page, i - 1) || page->name_of[i - 1] ||
            page_particle(page, i - 1, "object"))
            break;
    }
    return SIZE_MAX;
}

struct patients relative_final(const struct page *page, const struct passage *p, size_t relative)
{
    if (relative <= p->first)
        return nobody;
    size_t opening = relative;
    token_is_before(&page->tokens, relative + 1, WORD_CLAUSE, NULL, &opening);
    if (opening <= p->first)
        return nobody;
    size_t end = page_particle(page, opening - 1, "comma") ? opening - 1 : opening;
    size_t name = name_ending_final(page, p, end);
    if (name == SIZE_MAX && page_particle(page, relative - 1, "copula"))
        name = name_before_copula(page, p, relative - 1);
    else if (name == SIZE_MAX)
        name = name_described_final(page, p, end);
    return name == SIZE_MAX ? nobody : patients_listed(page, name);
}

/* "X protester 18-year-old": a name before `end` that is the head of what ends there */
static bool is_named_within(const struct page *page, const struct passage *p, size_t end)
{
    size_t clause = clause_verb_final(page, p, end);
    for (size_t i = end; i > clause && end - i < DESCRIBED_REACH; i--) {
        size_t name = person_over(page, i - 1);
        if (name != SIZE_MAX)
            return is_head_final(page, clause, name, false);
        if (has_class(page, i - 1, WORD_PREPOSITION) || page_particle(page, i - 1, "object"))
            return false;
    }
    return false;
}

bool is_of_unnamed(const struct page *page, const struct passage *p, size_t clause)
{
    if (clause <= p->first || !is_clause_verb(page, clause - 1))
        return false;
    for (size_t i = clause; i > p->first + 1 && !is_clause_stop(page, i - 1); i--) {
        if (!page_particle(page, i - 1, "relative"))
            continue;
        size_t head = i - 2;
        while (head > p->first && page_particle(page, head, "comma"))
            head--;
        for (size_t k = head + 1; k > p->first && head + 1 - k < MEANT_REACH; k--)
            if (page_particle(page, k - 1, "this") || page_particle(page, k - 1, "he") ||
                has_class(page, k - 1, WORD_CLAUSE))
                return false;
        bool said = is_say(page, head) || is_clause_verb(page, head) ||
                    has_class(page, head, WORD_PREPOSITION);
        struct patients who = relative_final(page, p, i - 1);
        return !said && who.to == who.from && !is_named_within(page, p, head + 1);
    }
    return false;
}
