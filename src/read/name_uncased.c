#include "read/name_int.h"

enum { GIVEN_LIMIT = 3, FAMILY_LIMIT = 3 };

/* a word that may be part of a name though no table knows it */
static bool is_unknown(const struct page *page, size_t i, size_t limit)
{
    static const enum word_class others[] = {
        WORD_VERB,         WORD_PREPOSITION, WORD_CONJUNCTION, WORD_PRONOUN,  WORD_DETERMINER,
        WORD_SAY,          WORD_NUMBER,      WORD_EVENT,       WORD_CLAUSE,   WORD_PART,
        WORD_ADVERB,       WORD_TITLE,       WORD_UNIT,        WORD_ROLE,     WORD_OPENS,
        WORD_LIFE,         WORD_PLACE_HEAD,  WORD_BOUND,       WORD_COMMON,   WORD_GROUP,
        WORD_UNREAL,       WORD_CHARGE,      WORD_POPULATION,  WORD_COUNTER,  WORD_PLACE,
        WORD_ORGANISATION, WORD_PARTICLE,    WORD_NEGATION,    WORD_ACCORDING};
    const struct tokens *t = &page->tokens;
    if (i >= limit || t->at[i].shape != SHAPE_ARABIC || page->date_of[i] || t->at[i].word.len < 4)
        return false;
    for (size_t k = 0; k < COUNT_OF(others); k++)
        if (token_has(t, i, others[k]))
            return false;
    return true;
}

static bool is_family(const struct page *page, size_t i, size_t limit, bool first)
{
    if (!first && !token_is_kind(&page->tokens, i, WORD_SURNAME, KIND_NONE, NULL, NULL))
        return false;
    return i < limit && token_has(&page->tokens, i, WORD_SURNAME) &&
           !token_has(&page->tokens, i, WORD_VERB);
}

/* زاده, نژاد: the end of a family name that stands apart */
static bool is_ending(const struct page *page, size_t i, size_t limit)
{
    return i < limit && page_particle(page, i, "name_end");
}

/* a comma or what closes quotes and parentheses; the word before a full stop is mostly a verb */
static bool ends_item(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    return i < limit && t->at[i].shape == SHAPE_MARK &&
           (page_particle(page, i, "comma") || token_is_mark(t, i, ')') || name_closes(t, i));
}

/* the family name behind token i; *sure when a table knows it */
static size_t family_end(const struct page *page, size_t i, size_t limit, bool *sure)
{
    size_t end = i;
    *sure = false;
    while (end < i + FAMILY_LIMIT &&
           (is_family(page, end, limit, end == i) || is_ending(page, end, limit))) {
        if (is_ending(page, end, limit) && end == i && !is_family(page, end, limit, true) &&
            !(i > 0 && name_is_any_given(&page->tokens, i - 1)))
            break;
        *sure = true;
        end++;
    }
    if (end == i && is_unknown(page, i, limit)) {
        end++;
        *sure |= is_ending(page, end, limit);
        while (end < i + FAMILY_LIMIT &&
               (is_family(page, end, limit, false) || is_ending(page, end, limit)))
            end++;
    }
    /* a second word that no table knows, when the name ends with it: «امیر جوادی لنگرودی،» */
    bool more = end > i && end < i + FAMILY_LIMIT && is_unknown(page, end, limit) &&
                !name_is_any_given(&page->tokens, end) && ends_item(page, end + 1, limit);
    return end + more;
}

/* رامیار (پیام) مخلص */
static size_t nickname_end(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    bool opens = i + 3 < limit && (token_is_mark(t, i, '(') || name_opens(t, i));
    bool closed = opens && (token_is_mark(t, i + 2, ')') || name_closes(t, i + 2));
    bool goes_on = closed && t->at[i + 1].shape == SHAPE_ARABIC &&
                   (is_family(page, i + 3, limit, true) || is_unknown(page, i + 3, limit));
    return goes_on ? i + 3 : i;
}

static bool starts(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    if (name_is_given(t, i))
        return !token_has(t, i, WORD_VERB);
    return name_is_any_given(t, i) && !token_has(t, i, WORD_CONJUNCTION) &&
           !token_has(t, i, WORD_PREPOSITION) && !token_has(t, i, WORD_VERB) &&
           !token_has(t, i, WORD_DETERMINER) && !token_has(t, i, WORD_PRONOUN);
}

static bool titled_alone(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    bool sure = false;
    size_t end = family_end(page, i, limit, &sure);
    out->end = end;
    return end > i;
}

bool name_uncased_person(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *title = NULL;
    bool honorific = token_is_before_kind(t, i, WORD_TITLE, KIND_PERSON, &title, NULL);
    bool titled = honorific || token_is_before(t, i, WORD_TITLE, &title, NULL);
    bool certain = false, sure = false;
    size_t end = i;
    if (name_well_known(t, i, limit, out) && !name_is_any_given(t, i))
        return true;
    *out = (struct candidate){.first = i, .role = titled ? title->value : STR_NONE};
    if (token_is_kind(t, i, WORD_TITLE, KIND_PERSON, NULL, NULL) && !name_is_given(t, i))
        return false;
    size_t alias = 0;
    bool called = page_particle_before(page, i, "alias", &alias);
    if (!starts(page, i))
        return (honorific || called) && titled_alone(page, i, limit, out);
    while (
        end < limit && end < i + GIVEN_LIMIT && name_is_any_given(t, end) && !page->date_of[end] &&
        (end == i || !is_family(page, end, limit, true) || is_family(page, end + 1, limit, true))) {
        certain |= name_is_given(t, end);
        end++;
    }
    size_t given_end = end;
    end = nickname_end(page, end, limit);
    end = family_end(page, end, limit, &sure);
    out->end = end;
    struct candidate known;
    bool famous = name_well_known(t, i, limit, &known);
    if (famous && known.end >= end) {
        *out = known;
        return true;
    }
    if (end == given_end)
        return (end > i + 1 && certain) || (called && end > i);
    /* a given name that is a word too, with an unknown word, where nothing else can stand */
    bool item = ends_item(page, end, limit) &&
                (i == 0 || t->at[i - 1].shape == SHAPE_MARK || page_particle(page, i - 1, "and"));
    bool aged =
        end + 1 < limit && t->at[end].shape == SHAPE_NUMBER && page_particle(page, end + 1, "aged");
    return certain || sure || titled || item || aged;
}
