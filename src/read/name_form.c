#include "read/name_int.h"

bool name_is_capital(const struct token *t)
{
    return t->shape == SHAPE_CAPITAL || t->shape == SHAPE_UPPER;
}

bool name_is_any_given(const struct tokens *t, size_t i)
{
    return token_has(t, i, WORD_GIVEN);
}

bool name_is_given(const struct tokens *t, size_t i)
{
    return token_has(t, i, WORD_GIVEN) && token_is_kind(t, i, WORD_GIVEN, KIND_NONE, NULL, NULL);
}

static bool is_one_of(const struct tokens *t, size_t i, const char *const marks[], size_t count)
{
    for (size_t k = 0; i < t->count && t->at[i].shape == SHAPE_MARK && k < count; k++)
        if (str_equal(t->at[i].word, str_of(marks[k])))
            return true;
    return false;
}

bool name_opens(const struct tokens *t, size_t i)
{
    static const char *const marks[] = {"«", "“", "\""};
    return is_one_of(t, i, marks, COUNT_OF(marks));
}

bool name_closes(const struct tokens *t, size_t i)
{
    static const char *const marks[] = {"»", "”", "\""};
    return is_one_of(t, i, marks, COUNT_OF(marks));
}

bool name_hyphen(const struct tokens *t, size_t i)
{
    return token_is_mark(t, i, '-') && t->at[i].at.to - t->at[i].at.from == 1 && !t->at[i].spaced &&
           i + 1 < t->count && !t->at[i + 1].spaced;
}

/* the forms of a row of a country's table name the same; a language's rows are mere lists */
static const char *row_of(const struct entry *entry)
{
    return entry->language == LANGUAGE_NONE ? entry->value.at : NULL;
}

bool name_institution(const struct tokens *t, size_t i, size_t limit, const struct entry **entry,
                      size_t *end)
{
    if (!token_is(t, i, WORD_INSTITUTION, entry, end) || *end > limit)
        return false;
    if ((*entry)->upper)
        return t->at[i].shape == SHAPE_UPPER;
    bool capitals = (*entry)->kind == KIND_COMMON;
    for (size_t k = i; k < *end; k++)
        capitals |= name_is_capital(&t->at[k]) || t->at[k].shape == SHAPE_ARABIC;
    return capitals;
}

bool name_well_known(const struct tokens *t, size_t i, size_t limit, struct candidate *out)
{
    const struct entry *entry = NULL;
    size_t end = i;
    if (!token_is(t, i, WORD_PERSON, &entry, &end) || end > limit)
        return false;
    *out = (struct candidate){.first = i, .end = end, .role = entry->value, .row = row_of(entry)};
    return true;
}

static bool institution_alone(const struct tokens *t, size_t i, size_t limit, struct candidate *out)
{
    const struct entry *known = NULL;
    size_t end = i;
    if (!name_institution(t, i, limit, &known, &end))
        return false;
    *out = (struct candidate){
        .first = i, .end = end, .organisation = true, .role = known->value, .row = row_of(known)};
    return true;
}

/* "MISA and ZLHR", "the EDF" */
static bool acronym_is_named(const struct page *page, size_t i, const struct passage *p)
{
    const struct tokens *t = &page->tokens;
    bool ends = (i + 1 >= p->end || !name_is_capital(&t->at[i + 1])) &&
                !memchr(t->at[i].word.at, '.', t->at[i].word.len);
    bool definite = i > p->first && page_particle(page, i - 1, "definite");
    bool before = i >= p->first + 2 && page_particle(page, i - 1, "and") &&
                  t->at[i - 2].shape == SHAPE_UPPER && t->at[i - 2].word.len >= 3;
    bool behind = i + 2 < p->end && page_particle(page, i + 1, "and") &&
                  t->at[i + 2].shape == SHAPE_UPPER && t->at[i + 2].word.len >= 3;
    return ends && (definite || before || behind);
}

/* an acronym that speaks or has members: "CHRO documented", "according to CHRO", "KNU fighters" */
static bool acronym_at(const struct page *page, size_t i, const struct passage *p,
                       struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    size_t behind = i + 1;
    if (t->at[i].shape != SHAPE_UPPER || t->at[i].word.len < 3 || token_has(t, i, WORD_COMMON) ||
        token_has(t, i, WORD_PLACE))
        return false;
    while (behind < p->end && behind < i + 3 && token_is(t, behind, WORD_AUXILIARY, NULL, NULL))
        behind++;
    bool speaks =
        behind < p->end && t->at[behind].shape == SHAPE_LOWER &&
        (token_is(t, behind, WORD_SAY, NULL, NULL) || page_particle(page, behind, "member"));
    bool led = i > p->first + 1 && token_has(t, i - 1, WORD_PREPOSITION) &&
               (token_is_before(t, i - 1, WORD_TITLE, NULL, NULL) ||
                token_is_before(t, i - 1, WORD_ROLE, NULL, NULL));
    *out = (struct candidate){.first = i, .end = i + 1, .organisation = true};
    return speaks || led || token_is_before(t, i, WORD_ACCORDING, NULL, NULL) ||
           acronym_is_named(page, i, p);
}

/* where nearly every word has its capital, only what is known is a name */
static bool headline_at(const struct page *page, size_t i, const struct passage *p,
                        struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    if (institution_alone(t, i, p->end, out))
        return true;
    if (!name_is_given(t, i) || !name_cased_person(page, i, p, out))
        return false;
    size_t end = i + 1;
    bool unknown = false;
    for (; end < out->end; end++) {
        bool known = name_is_any_given(t, end) || token_has(t, end, WORD_SURNAME) ||
                     !name_is_capital(&t->at[end]) || name_hyphen(t, end - 1);
        if (!known && unknown)
            break;
        unknown |= !known;
    }
    out->end = end;
    return end > i + 1 && name_is_capital(&t->at[end - 1]);
}

/* a word that no entry of people has in its name */
static bool is_no_name(const struct page *page, size_t i)
{
    static const uint64_t others =
        CLASS_BIT(WORD_ORGANISATION) | CLASS_BIT(WORD_PREPOSITION) | CLASS_BIT(WORD_VERB) |
        CLASS_BIT(WORD_AUXILIARY) | CLASS_BIT(WORD_SAY) | CLASS_BIT(WORD_PRONOUN) |
        CLASS_BIT(WORD_CONJUNCTION) | CLASS_BIT(WORD_DETERMINER) | CLASS_BIT(WORD_EVENT) |
        CLASS_BIT(WORD_POPULATION) | CLASS_BIT(WORD_PLACE_HEAD) | CLASS_BIT(WORD_PLACE) |
        CLASS_BIT(WORD_FIELD) | CLASS_BIT(WORD_NUMBER) | CLASS_BIT(WORD_CHARGE);
    const struct tokens *t = &page->tokens;
    bool letters = name_is_capital(&t->at[i]) || t->at[i].shape == SHAPE_ARABIC;
    if (!letters)
        return !page_particle(page, i, "name") && !name_hyphen(t, i) &&
               !(i > 0 && name_hyphen(t, i - 1)) && !token_is_mark(t, i, '.');
    if (name_is_any_given(t, i) || token_has(t, i, WORD_SURNAME))
        return false;
    return token_has_any(t, i, others) || page->date_of[i] || token_has(t, i, WORD_COMMON);
}

/* He Dongsheng, شورش رستمی: a pronoun, verb or noun that is a name before a family name */
static bool is_first_name(const struct tokens *t, size_t i)
{
    if (t->at[i].shape == SHAPE_CAPITAL)
        return token_has(t, i, WORD_PRONOUN) &&
               (token_has(t, i + 1, WORD_SURNAME) || !t->at[i + 1].classes);
    bool joins = token_has(t, i, WORD_PREPOSITION) || token_has(t, i, WORD_CONJUNCTION) ||
                 token_has(t, i, WORD_PLACE_HEAD) || token_has(t, i, WORD_POPULATION) ||
                 token_has(t, i, WORD_ORGANISATION) || token_has(t, i, WORD_FIELD);
    return t->at[i].shape == SHAPE_ARABIC && !joins &&
           token_is_kind(t, i + 1, WORD_SURNAME, KIND_NONE, NULL, NULL);
}

bool name_may_be(const struct page *page, size_t first, size_t end)
{
    bool small = end == first + 2 && is_first_name(&page->tokens, first);
    for (size_t k = first + small; k < end; k++)
        if (is_no_name(page, k))
            return false;
    return true;
}

static bool name_has_letters(const struct page *page, size_t first, size_t end)
{
    bool any = false;
    for (size_t i = first; i < end; i++) {
        if (page->tokens.at[i].shape == SHAPE_NUMBER)
            return false;
        any |= page->tokens.at[i].shape != SHAPE_MARK;
    }
    return any;
}

bool name_of_entry(const struct page *page, const struct listing_entry *e, struct candidate *out)
{
    enum { ENTRY_WORDS = 6 };
    size_t i = e->first, end = e->end;
    if (end < i + (e->named ? 1 : 2) || end > i + ENTRY_WORDS || page_particle(page, i, "nobody"))
        return false;
    const struct entry *title = NULL;
    size_t first = i;
    token_is(&page->tokens, i, WORD_TITLE, &title, &first);
    if (first + 2 > end || name_is_any_given(&page->tokens, i)) {
        first = i;
        title = NULL;
    }
    *out = (struct candidate){.first = first, .end = end, .role = title ? title->value : STR_NONE};
    return e->named ? name_has_letters(page, first, end) : name_may_be(page, first, end);
}

/* Abel Njoroge Lawyers Collective: a head word soon behind somebody's name */
static bool names_organisation(const struct page *page, size_t end, size_t limit)
{
    enum { HEAD_REACH = 3 };
    const struct tokens *t = &page->tokens;
    for (size_t i = end; i < limit && i < end + HEAD_REACH && name_is_capital(&t->at[i]) &&
                         !t->at[i - 1].possessive;
         i++)
        if (token_is_kind(t, i, WORD_ORGANISATION, KIND_NONE, NULL, NULL))
            return true;
    return false;
}

bool name_at(const struct page *page, size_t i, const struct passage *p, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    if (t->at[i].shape == SHAPE_ARABIC)
        return !page->date_of[i] && (name_uncased_organisation(page, i, p->end, out) ||
                                     name_uncased_person(page, i, p->end, out));
    bool may_begin = name_is_capital(&t->at[i]) || token_has(t, i, WORD_INSTITUTION) ||
                     token_has(t, i, WORD_GIVEN);
    if (!may_begin ||
        (page->date_of[i] && !(name_is_given(t, i) && i + 1 < p->end && !page->date_of[i + 1])))
        return false;
    if (p->headline)
        return headline_at(page, i, p, out);
    struct candidate known;
    bool institution = institution_alone(t, i, p->end, &known);
    if (institution && name_cased_organisation(page, i, p->end, out)) {
        if (out->end == known.end)
            out->row = known.row;
        return true;
    }
    bool acronym = t->at[i].shape == SHAPE_UPPER && token_has(t, i, WORD_ORGANISATION_TITLE);
    bool given_first = !acronym && name_is_given(t, i) && i + 1 < p->end &&
                       name_is_capital(&t->at[i + 1]) &&
                       !token_is(t, i + 1, WORD_ORGANISATION, NULL, NULL);
    if (given_first && name_cased_person(page, i, p, out)) {
        struct candidate whole;
        if (names_organisation(page, out->end, p->end) &&
            name_cased_organisation(page, i, p->end, &whole) && whole.end > out->end)
            *out = whole;
        return true;
    }
    bool title = token_has(t, i, WORD_ORGANISATION_TITLE) &&
                 !token_is_kind(t, i, WORD_ORGANISATION, KIND_NONE, NULL, NULL);
    if (!name_is_capital(&t->at[i]) || token_is(t, i, WORD_DETERMINER, NULL, NULL) || title)
        return false;
    if (token_has(t, i, WORD_COMMON) && i == p->first &&
        !token_is(t, i, WORD_ORGANISATION, NULL, NULL) && !name_is_any_given(t, i))
        return i + 1 < p->end && name_is_capital(&t->at[i + 1]) &&
               name_cased_organisation(page, i, p->end, out);
    return name_cased_organisation(page, i, p->end, out) || name_cased_person(page, i, p, out) ||
           acronym_at(page, i, p, out);
}
