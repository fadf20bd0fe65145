#include "read/patient_int.h"

enum { APPOSED_REACH = 10, MEANT_ADJECTIVES = 3, BRACKET_REACH = 10 };

static const struct patients nobody;

/* "the mother-of him": another than he */
static bool is_kin_of_pronoun(const struct page *page, size_t end)
{
    const struct entry *title = NULL;
    return end > 1 && page_particle(page, end - 1, "he") &&
           token_is_before(&page->tokens, end - 1, WORD_TITLE, &title, NULL) &&
           is_kin_or_lawyer(title->value);
}

/* "the sister-of X" */
static bool is_kin_name(const struct page *page, size_t name)
{
    const struct entry *title = NULL;
    return token_is_before(&page->tokens, page->names[name].first, WORD_TITLE, &title, NULL) &&
           is_kin_or_lawyer(title->value);
}

/* "X (his cousin) (object)": the token that what stands in brackets before `end` opens with */
static size_t before_bracket(const struct page *page, size_t clause, size_t end)
{
    const struct tokens *t = &page->tokens;
    if (end <= clause || !(token_is_mark(t, end - 1, ')') || token_is_mark(t, end - 1, ']')))
        return end;
    for (size_t i = end - 1; i > clause && end - i < BRACKET_REACH; i--)
        if (token_is_mark(t, i - 1, '(') || token_is_mark(t, i - 1, '['))
            return i - 1;
    return end;
}

/* the one named before the sign of the object at that token */
static struct patients object_named(const struct page *page, size_t clause, size_t object)
{
    size_t end = before_bracket(page, clause, object);
    for (size_t k = end; k > clause && end - k < APPOSED_REACH; k--) {
        size_t name = person_over(page, k - 1);
        if (name == SIZE_MAX)
            continue;
        size_t begin = alias_begin(page, name);
        if (is_kin_name(page, name) || begin < page->names[name].first) {
            k = begin + 1;
            continue;
        }
        size_t close = page_particle(page, k, "unquote") ? k + 1 : k;
        size_t behind = page->tokens.at[close].shape == SHAPE_MARK ? close + 1 : close;
        bool beside = close == end || page_particle(page, close, "comma") ||
                      has_class(page, behind, WORD_TITLE) || has_class(page, k, WORD_ROLE) ||
                      (page_particle(page, k, "of") && has_class(page, k + 1, WORD_POPULATION));
        return beside && is_head_final(page, clause, name, true) ? patients_listed(page, name)
                                                                 : nobody;
    }
    return nobody;
}

/* "three activists (object) by name X and Y arrested": the first name behind the sign */
static struct patients named_behind(const struct page *page, size_t from, size_t to)
{
    size_t next = 0;
    if (!page_particle_phrase(page, from, "named", &next))
        return nobody;
    while (next < to && page_particle(page, next, "quote"))
        next++;
    size_t name = next < to ? person_over(page, next) : SIZE_MAX;
    return name == SIZE_MAX ? nobody : patients_listed(page, name);
}

struct patients patients_of_object_final(const struct page *page, const struct occurrence *o,
                                         size_t clause, const struct earlier *before)
{
    for (size_t i = o->first; i > clause; i--) {
        if (!page_particle(page, i - 1, "object"))
            continue;
        struct patients who = nobody;
        for (size_t end = i - 1; end > clause && end + MEANT_ADJECTIVES >= i; end--) {
            if (!is_kin_of_pronoun(page, end) && meant_before(page, o->passage, end, before, &who))
                return who;
            if (page->name_of[end - 1] || page->tokens.at[end - 1].shape == SHAPE_MARK)
                break;
        }
        who = object_named(page, clause, i - 1);
        return who.to > who.from ? who : named_behind(page, i, o->first);
    }
    return nobody;
}
