#include "read/name_int.h"

enum { NAME_LIMIT = 14, PERSON_LIMIT = 5 };

bool name_is_capital(const struct token *t)
{
    return t->shape == SHAPE_CAPITAL || t->shape == SHAPE_UPPER;
}

static bool hyphen(const struct tokens *t, size_t i)
{
    return token_is_mark(t, i, '-') && t->at[i].at.to - t->at[i].at.from == 1 && !t->at[i].spaced &&
           i + 1 < t->count && !t->at[i + 1].spaced;
}

static bool is_place(const struct tokens *t, size_t i)
{
    return (t->at[i].classes >> WORD_PLACE & 1) != 0;
}

static bool is_common(const struct tokens *t, size_t i)
{
    return (t->at[i].classes >> WORD_COMMON & 1) != 0;
}

bool name_is_given(const struct tokens *t, size_t i)
{
    return (t->at[i].classes >> WORD_GIVEN & 1) != 0;
}

/* a word of a name that is no month, nation, title or small word */
static bool names_somebody(const struct tokens *t, size_t i)
{
    static const enum word_class others[] = {
        WORD_COMMON,       WORD_PLACE,     WORD_DETERMINER, WORD_PREPOSITION, WORD_PRONOUN,
        WORD_CONJUNCTION,  WORD_AUXILIARY, WORD_ADVERB,     WORD_CLAUSE,      WORD_NEGATION,
        WORD_ORGANISATION, WORD_NUMBER,    WORD_EVENT,      WORD_SAY,         WORD_LIFE};
    if (!name_is_capital(&t->at[i]))
        return false;
    if (name_is_given(t, i))
        return true;
    for (size_t k = 0; k < COUNT_OF(others); k++)
        if (t->at[i].classes >> others[k] & 1)
            return false;
    return true;
}

static bool institution_at(const struct tokens *t, size_t i, size_t limit,
                           const struct entry **entry, size_t *end)
{
    if (!token_is(t, i, WORD_INSTITUTION, entry, end) || *end > limit)
        return false;
    if ((*entry)->upper)
        return t->at[i].shape == SHAPE_UPPER;
    bool capitals = (*entry)->kind == KIND_COMMON;
    for (size_t k = i; k < *end; k++)
        capitals |= name_is_capital(&t->at[k]);
    return capitals;
}

/* an organisation's name from its first capital on, over "of", "for" and the like */
static bool organisation_at(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t end = i, known = 0;
    bool keyword = false, other = false;
    out->role = STR_NONE;
    if (token_is_before(t, i, WORD_ORGANISATION_TITLE, &entry, NULL)) {
        keyword = true;
        out->role = entry->value;
    }
    if (institution_at(t, i, limit, &entry, &known)) {
        out->role = entry->value;
        end = known;
        keyword = true;
    }
    for (size_t k = end; k < limit && k < i + NAME_LIMIT;) {
        size_t link_end = 0;
        if (k > i && keyword && name_is_capital(&t->at[k]) &&
            (name_is_given(t, k) || (token_is(t, k, WORD_TITLE, NULL, NULL) &&
                                     !token_is(t, k - 1, WORD_LINK, NULL, NULL))) &&
            !token_is(t, k, WORD_ORGANISATION, NULL, NULL))
            break;
        if (name_is_capital(&t->at[k]) && !page->date_of[k]) {
            if (token_is(t, k, WORD_ORGANISATION, &entry, NULL)) {
                keyword = true;
                if (!out->role.len)
                    out->role = entry->value;
            } else {
                other = true;
            }
            end = ++k;
            if (t->at[k - 1].possessive && keyword && !(k < limit && name_is_capital(&t->at[k])))
                break;
            continue;
        }
        bool link = token_is(t, k, WORD_LINK, NULL, &link_end) && link_end < limit && end > i;
        bool joined = hyphen(t, k) || (token_is_mark(t, k, '/') && !t->at[k].spaced);
        if (joined)
            link_end = k + 1;
        while (link && link_end < limit && token_is(t, link_end, WORD_LINK, NULL, NULL) &&
               link_end < k + 3)
            link_end++;
        if (!(link || joined) || link_end >= limit || !name_is_capital(&t->at[link_end]) ||
            page->date_of[link_end])
            break;
        bool joins_places = page_particle(page, k, "and") || page_particle(page, k, "from");
        if (joins_places && (!keyword || is_place(t, link_end) || name_is_given(t, link_end)) &&
            !(page_particle(page, k, "from") && keyword && is_place(t, link_end)))
            break;
        if (joins_places && page_particle(page, k, "and") &&
            token_is(t, link_end, WORD_INSTITUTION, NULL, NULL))
            break;
        k = link_end;
    }
    out->first = i;
    out->end = end;
    out->organisation = true;
    return keyword && (known || (other && end > i + 1));
}

static bool well_known(const struct tokens *t, size_t i, size_t limit, struct candidate *out)
{
    const struct entry *entry = NULL;
    size_t end = i;
    if (!token_is(t, i, WORD_PERSON, &entry, &end) || end > limit)
        return false;
    *out = (struct candidate){i, end, false, entry->value};
    return true;
}

static bool person_at(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    size_t end = i, words = 0;
    bool given = false;
    if (token_is(t, i, WORD_TITLE, NULL, NULL) && !name_is_given(t, i))
        return false;
    while (end < limit && words < PERSON_LIMIT) {
        bool hyphened = words && hyphen(t, end - 1) && name_is_capital(&t->at[end]);
        bool surname =
            words && name_is_capital(&t->at[end]) && t->at[end].classes >> WORD_SURNAME & 1;
        if (page->date_of[end] || !(names_somebody(t, end) || hyphened || surname)) {
            bool particle = words && end + 1 < limit && t->at[end].shape == SHAPE_LOWER &&
                            token_is(t, end, WORD_LINK, NULL, NULL) &&
                            !page_particle(page, end, "of") && !page_particle(page, end, "and") &&
                            !page_particle(page, end, "from") &&
                            !page_particle(page, end, "target") && names_somebody(t, end + 1);
            if (!particle)
                break;
            end++;
            continue;
        }
        given |= name_is_given(t, end);
        words++;
        bool stop = t->at[end].possessive;
        end++;
        if (end < limit && token_is_mark(t, end, '.') && !t->at[end].spaced &&
            t->at[end - 1].at.to - t->at[end - 1].at.from == 1)
            end++;
        if (end < limit && hyphen(t, end) && name_is_capital(&t->at[end + 1]))
            end++;
        if (stop)
            break;
    }
    const struct entry *title = NULL;
    bool titled = token_is_before(t, i, WORD_TITLE, &title, NULL);
    *out = (struct candidate){.first = i, .end = end, .role = titled ? title->value : STR_NONE};
    struct candidate known;
    bool single = words <= 1 && well_known(t, i, limit, &known);
    if (single)
        *out = known;
    if (words >= 2)
        return given || titled || words <= 3;
    return single || (words == 1 && titled && t->at[i].shape == SHAPE_CAPITAL &&
                      t->at[i].at.to - t->at[i].at.from > 2);
}

/* Persian and its like: no capitals, so a title, a known given name or a known organisation */
static bool name_word(const struct page *page, size_t i, size_t limit)
{
    static const enum word_class others[] = {
        WORD_VERB,   WORD_PREPOSITION, WORD_CONJUNCTION, WORD_PRONOUN, WORD_DETERMINER,
        WORD_SAY,    WORD_NUMBER,      WORD_EVENT,       WORD_CLAUSE,  WORD_PART,
        WORD_ADVERB, WORD_TITLE,       WORD_POPULATION,  WORD_UNIT,    WORD_ROLE,
        WORD_OPENS,  WORD_LIFE,        WORD_PLACE_HEAD,  WORD_BOUND,   WORD_COUNTER,
        WORD_GROUP};
    const struct tokens *t = &page->tokens;
    if (i >= limit || t->at[i].shape != SHAPE_ARABIC || page->date_of[i])
        return false;
    if (name_is_given(t, i) || t->at[i].classes >> WORD_SURNAME & 1)
        return true;
    for (size_t k = 0; k < COUNT_OF(others); k++)
        if (t->at[i].classes >> others[k] & 1)
            return false;
    return true;
}

static bool uncased_organisation(const struct page *page, size_t i, size_t limit,
                                 struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t end = i;
    if (token_is(t, i, WORD_INSTITUTION, &entry, &end) && end <= limit) {
        *out = (struct candidate){i, end, true, entry->value};
        return true;
    }
    if (!token_is(t, i, WORD_ORGANISATION, &entry, &end) || end >= limit)
        return false;
    size_t head = end;
    while (end < limit && end < head + 6) {
        bool and = page_particle(page, end, "and") && name_word(page, end + 1, limit) &&
                   end > head && t->at[end + 1].classes >> WORD_ORGANISATION & 1;
        bool of_people = t->at[end].classes >> WORD_POPULATION & 1 &&
                         !(t->at[end].classes >> WORD_COUNTER & 1) &&
                         !(t->at[end].classes >> WORD_EVENT & 1);
        if (!name_word(page, end, limit) && !and&&!of_people)
            break;
        end++;
    }
    *out = (struct candidate){i, end, true, entry->value};
    return end > head;
}

static bool uncased_person(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *title = NULL;
    bool titled = token_is_before(t, i, WORD_TITLE, &title, NULL);
    size_t end = i, given = 0, title_end = i;
    if (well_known(t, i, limit, out) && !name_is_given(t, i))
        return true;
    if (i > 0 && token_is(t, i - 1, WORD_TITLE, NULL, &title_end) && title_end > i)
        return false;
    if (!name_word(page, i, limit) || (!titled && !name_is_given(t, i)))
        return false;
    while (end < limit && name_is_given(t, end) && end < i + 3) {
        given++;
        end++;
    }
    bool place = end < limit && is_place(t, end) && given == 0;
    if (name_word(page, end, limit) && !place && !(t->at[end].classes >> WORD_ORGANISATION & 1))
        end++;
    bool second = end < limit && (t->at[end].classes >> WORD_SURNAME & 1 ||
                                  (given && name_word(page, end, limit) && !is_place(t, end) &&
                                   page_particle(page, end + 1, "comma")));
    if (second && end > i + 1)
        end++;
    *out = (struct candidate){i, end, false, titled ? title->value : STR_NONE};
    bool surname = end > i && t->at[end - 1].classes >> WORD_SURNAME & 1;
    bool honoured = titled && (surname || str_equal(title->value, STR("judge")) ||
                               str_equal(title->value, STR("other")));
    return given ? end > i + 1 : end > i && honoured;
}

/* an acronym that speaks: "CHRO documented", "according to CHRO" */
static bool acronym_at(const struct page *page, size_t i, const struct passage *p,
                       struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    size_t behind = i + 1;
    if (t->at[i].shape != SHAPE_UPPER || t->at[i].word.len < 3 || is_common(t, i) || is_place(t, i))
        return false;
    while (behind < p->end && behind < i + 3 && token_is(t, behind, WORD_AUXILIARY, NULL, NULL))
        behind++;
    bool speaks = behind < p->end && t->at[behind].shape == SHAPE_LOWER &&
                  token_is(t, behind, WORD_SAY, NULL, NULL);
    *out = (struct candidate){i, i + 1, true, STR_NONE};
    return speaks || token_is_before(t, i, WORD_ACCORDING, NULL, NULL);
}

bool name_at(const struct page *page, size_t i, const struct passage *p, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    if (page->date_of[i])
        return false;
    if (t->at[i].shape == SHAPE_ARABIC)
        return uncased_organisation(page, i, p->end, out) || uncased_person(page, i, p->end, out);
    const struct entry *known = NULL;
    size_t known_end = i;
    bool institution = institution_at(t, i, p->end, &known, &known_end);
    if (p->headline) {
        *out = (struct candidate){i, known_end, true, institution ? known->value : STR_NONE};
        return institution ||
               (name_is_given(t, i) && person_at(page, i, p->end, out) && out->end - i <= 3);
    }
    if (institution && organisation_at(page, i, p->end, out))
        return true;
    bool given_first = name_is_given(t, i) && i + 1 < p->end && name_is_capital(&t->at[i + 1]) &&
                       !token_is(t, i + 1, WORD_ORGANISATION, NULL, NULL);
    if (given_first && person_at(page, i, p->end, out))
        return true;
    if (!name_is_capital(&t->at[i]))
        return false;
    bool article = token_is(t, i, WORD_DETERMINER, NULL, NULL) ||
                   token_is(t, i, WORD_ORGANISATION_TITLE, NULL, NULL);
    if (article)
        return false;
    if (is_common(t, i) && i == p->first && !token_is(t, i, WORD_ORGANISATION, NULL, NULL) &&
        !name_is_given(t, i))
        return i + 1 < p->end && name_is_capital(&t->at[i + 1]) &&
               organisation_at(page, i, p->end, out);
    return organisation_at(page, i, p->end, out) || person_at(page, i, p->end, out) ||
           acronym_at(page, i, p, out);
}
