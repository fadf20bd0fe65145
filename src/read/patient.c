#include "read/patient_int.h"

enum { LIST_LIMIT = 12, LISTED_APART = 4, PASSAGES_BACK = 2, MEANT_LIMIT = 30, SPEECH_REACH = 24 };

static bool is_person(const struct page *page, size_t name)
{
    return !page->parties[page->names[name].party].organisation;
}

size_t person_over(const struct page *page, size_t i)
{
    uint32_t name = i < page->tokens.count ? page->name_of[i] : 0;
    return name && is_person(page, name - 1) ? name - 1 : SIZE_MAX;
}

bool has_class(const struct page *page, size_t i, enum word_class class)
{
    return token_is(&page->tokens, i, class, NULL, NULL);
}

/* "X, lawyer-of Y": Y comes in through another */
static bool is_of_another(const struct page *page, size_t i)
{
    const struct entry *entry = NULL;
    bool verb_final = page->tokens.at[i].shape == SHAPE_ARABIC;
    return verb_final && !page_particle(page, i, "kin") &&
           token_is(&page->tokens, i, WORD_TITLE, &entry, NULL) &&
           (str_equal(entry->value, STR("family")) || str_equal(entry->value, STR("lawyer")));
}

static bool is_listing(const struct page *page, size_t first, size_t end)
{
    const struct tokens *t = &page->tokens;
    bool joint = false;
    if (end <= first || end - first > LISTED_APART || t->at[first - 1].possessive)
        return false;
    for (size_t i = first; i < end; i++) {
        if (has_class(page, i, WORD_PREPOSITION) || has_class(page, i, WORD_SAY) ||
            has_class(page, i, WORD_AUXILIARY) || has_class(page, i, WORD_VERB) ||
            page_particle(page, i, "relative") || is_of_another(page, i))
            return false;
        joint = joint || token_is_mark(t, i, ',') || page_particle(page, i, "and") ||
                page_particle(page, i, "comma");
    }
    return joint;
}

static bool is_next(const struct page *page, size_t name)
{
    const struct name *left = &page->names[name], *right = left + 1;
    return is_person(page, name) && is_person(page, name + 1) && left->passage == right->passage &&
           is_listing(page, left->end, right->first);
}

struct patients patients_listed(const struct page *page, size_t name)
{
    struct patients who = {name, name + 1};
    while (who.from > 0 && who.to - who.from < LIST_LIMIT && is_next(page, who.from - 1))
        who.from--;
    while (who.to < page->names_count && who.to - who.from < LIST_LIMIT &&
           is_next(page, who.to - 1))
        who.to++;
    return who;
}

bool is_unreal(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < page->tokens.count; i++)
        if (!page->date_of[i] && has_class(page, i, WORD_UNREAL))
            return true;
    return false;
}

static bool is_numeral(const struct page *page, size_t i)
{
    return !page->date_of[i] &&
           (page->tokens.at[i].shape == SHAPE_NUMBER || has_class(page, i, WORD_NUMBER) ||
            has_class(page, i, WORD_SCALE) || has_class(page, i, WORD_VAGUE));
}

bool is_counted(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_numeral(page, i) &&
            (has_class(page, i + 1, WORD_COUNTER) || has_class(page, i + 1, WORD_POPULATION)) &&
            !has_class(page, i + 1, WORD_UNIT))
            return true;
    return false;
}

bool person_speaks(const struct page *page, size_t name)
{
    const struct name *n = &page->names[name];
    const struct passage *p = &page->passages[n->passage];
    for (size_t i = n->end; i < p->end && i < n->end + SPEECH_REACH; i++)
        if (has_class(page, i, WORD_SAY))
            return true;
    for (size_t i = n->first; i > p->first && n->first - i < 5; i--)
        if (has_class(page, i - 1, WORD_SAY) || has_class(page, i - 1, WORD_ACCORDING))
            return true;
    return false;
}

/* the last name before a token, counted from the end: page->names is in order of the text */
static size_t names_before(const struct page *page, size_t token)
{
    size_t low = 0, high = page->names_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->names[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* the pronoun stands for the one person named before it, here or a sentence or two earlier */
struct patients patients_meant(const struct page *page, size_t passage, size_t pronoun)
{
    const struct patients nobody = {0};
    size_t name = names_before(page, pronoun), only = SIZE_MAX, where = SIZE_MAX;
    for (size_t steps = 0; name > 0 && steps < MEANT_LIMIT; name--, steps++) {
        const struct name *n = &page->names[name - 1];
        if (where != SIZE_MAX && n->passage != where)
            break;
        if (!is_person(page, name - 1))
            continue;
        if (passage - n->passage > PASSAGES_BACK ||
            (only != SIZE_MAX && page->names[only].party != n->party))
            return nobody;
        only = name - 1;
        where = n->passage;
        if (person_speaks(page, only) || page->tokens.at[n->end - 1].possessive)
            return nobody;
    }
    return only == SIZE_MAX ? nobody : (struct patients){only, only + 1};
}
