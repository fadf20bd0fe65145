#include "read/name_int.h"

enum { GIVEN_LIMIT = 3, FAMILY_LIMIT = 3, COUNTED_BACK = 14 };

static bool is_particle(const struct entry *e, const char *value)
{
    return e->class == WORD_PARTICLE && str_equal(e->value, str_of(value));
}

bool particle_ending(const struct page *page, size_t i, const char *value)
{
    enum { ENDING_LEAST = 4, ENDING_MOST = 14, STEM_LEAST = 4 };
    struct str word = page->tokens.at[i].word;
    for (size_t len = ENDING_LEAST; len <= ENDING_MOST && len + STEM_LEAST <= word.len; len += 2) {
        struct str ending = str_slice(word, word.len - len, word.len);
        uint64_t hash = lexicon_hash_join(LEXICON_HASH_START, lexicon_word_hash(ending));
        const struct phrase *phrase = lexicon_find(page->lexicon, hash);
        for (const struct entry *e = phrase ? phrase->entries : NULL; e; e = e->next)
            if (is_particle(e, value))
                return true;
    }
    return false;
}

/* a word that may be part of a name though no table knows it */
static bool is_unknown(const struct page *page, size_t i, size_t limit)
{
    static const uint64_t others =
        CLASS_BIT(WORD_VERB) | CLASS_BIT(WORD_PREPOSITION) | CLASS_BIT(WORD_CONJUNCTION) |
        CLASS_BIT(WORD_PRONOUN) | CLASS_BIT(WORD_DETERMINER) | CLASS_BIT(WORD_SAY) |
        CLASS_BIT(WORD_NUMBER) | CLASS_BIT(WORD_EVENT) | CLASS_BIT(WORD_CLAUSE) |
        CLASS_BIT(WORD_PART) | CLASS_BIT(WORD_ADVERB) | CLASS_BIT(WORD_TITLE) |
        CLASS_BIT(WORD_UNIT) | CLASS_BIT(WORD_ROLE) | CLASS_BIT(WORD_OPENS) | CLASS_BIT(WORD_LIFE) |
        CLASS_BIT(WORD_PLACE_HEAD) | CLASS_BIT(WORD_BOUND) | CLASS_BIT(WORD_COMMON) |
        CLASS_BIT(WORD_GROUP) | CLASS_BIT(WORD_UNREAL) | CLASS_BIT(WORD_CHARGE) |
        CLASS_BIT(WORD_POPULATION) | CLASS_BIT(WORD_COUNTER) | CLASS_BIT(WORD_PLACE) |
        CLASS_BIT(WORD_ORGANISATION) | CLASS_BIT(WORD_PARTICLE) | CLASS_BIT(WORD_NEGATION) |
        CLASS_BIT(WORD_ACCORDING);
    const struct tokens *t = &page->tokens;
    return i < limit && t->at[i].shape == SHAPE_ARABIC && !page->date_of[i] &&
           t->at[i].word.len >= 4 && !(t->at[i].classes & others) &&
           !particle_ending(page, i, "plural_ending");
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

/* a word that ends as family names do: گمشادزهی */
static bool ends_as_family(const struct page *page, size_t i, size_t limit)
{
    return is_unknown(page, i, limit) && particle_ending(page, i, "family_ending");
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
        *sure |= ends_as_family(page, end, limit) || is_ending(page, end + 1, limit);
        end++;
        while (end < i + FAMILY_LIMIT &&
               (is_family(page, end, limit, false) || is_ending(page, end, limit)))
            end++;
    }
    /* Bennett, written as the Arabic word for a daughter */
    if (end == i && i + 1 < limit && page_particle(page, i, "name") &&
        ends_item(page, i + 1, limit))
        return i + 1;
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
    return name_is_any_given(t, i) && !token_has(t, i, WORD_ORGANISATION) &&
           !token_has(t, i, WORD_CONJUNCTION) && !token_has(t, i, WORD_PREPOSITION) &&
           !token_has(t, i, WORD_VERB) && !token_has(t, i, WORD_DETERMINER) &&
           !token_has(t, i, WORD_PRONOUN);
}

static bool titled_alone(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    bool sure = false;
    size_t end = family_end(page, i, limit, &sure);
    out->end = end;
    return end > i;
}

/* محمد بن عبدالرحمن آل ثانی: the token behind small words of a name and the name they lead to */
static size_t particles_end(const struct page *page, size_t i, size_t limit)
{
    while (i + 1 < limit && page_particle(page, i, "name") &&
           page->tokens.at[i + 1].shape == SHAPE_ARABIC &&
           (name_is_any_given(&page->tokens, i + 1) || is_family(page, i + 1, limit, true) ||
            is_unknown(page, i + 1, limit)))
        i += 2;
    return i;
}

/* where the subject of a clause, the next of a list or what a noun is of may begin */
static bool begins_phrase(const struct page *page, size_t i)
{
    static const uint64_t before =
        CLASS_BIT(WORD_PREPOSITION) | CLASS_BIT(WORD_CONJUNCTION) | CLASS_BIT(WORD_VERB) |
        CLASS_BIT(WORD_SAY) | CLASS_BIT(WORD_LIFE) | CLASS_BIT(WORD_EVENT) | CLASS_BIT(WORD_ROLE) |
        CLASS_BIT(WORD_CLAUSE) | CLASS_BIT(WORD_ACCORDING) | CLASS_BIT(WORD_PLACE);
    const struct tokens *t = &page->tokens;
    if (i == 0 || t->at[i].lines || t->at[i - 1].shape == SHAPE_MARK ||
        page_particle(page, i - 1, "and") || token_is_before(t, i, WORD_TITLE, NULL, NULL))
        return true;
    return token_has_any(t, i - 1, before);
}

static bool is_aged(const struct page *page, size_t i, size_t limit)
{
    return i + 1 < limit && page->tokens.at[i].shape == SHAPE_NUMBER &&
           page_particle(page, i + 1, "aged");
}

/* told who it is behind a comma, or next in a list of people */
static bool is_introduced(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    if (is_aged(page, i, limit))
        return true;
    bool comma = i < limit && page_particle(page, i, "comma");
    if (i + 1 >= limit || !(comma || page_particle(page, i, "and")))
        return false;
    return comma &&
           (token_is(t, i + 1, WORD_TITLE, NULL, NULL) || is_aged(page, i + 1, limit) ||
            token_is(t, i + 1, WORD_ROLE, NULL, NULL) || page_particle(page, i + 1, "kin_of"));
}

/* شکارچی: a word for something else that must be the family name, for a title follows the comma */
static bool is_ordinary_family(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    bool noun = i < limit && t->at[i].shape == SHAPE_ARABIC && !page->date_of[i] &&
                (token_has(t, i, WORD_COMMON) || token_has(t, i, WORD_ROLE) ||
                 token_has(t, i, WORD_TITLE) || token_has(t, i, WORD_PLACE));
    return noun && !token_has(t, i, WORD_VERB) && !token_has(t, i, WORD_PREPOSITION) &&
           !token_has(t, i, WORD_CONJUNCTION) && page_particle(page, i + 1, "comma") &&
           is_introduced(page, i + 1, limit);
}

static bool acts_at(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    return i < limit &&
           (token_is(t, i, WORD_LIFE, NULL, NULL) || token_is(t, i, WORD_SAY, NULL, NULL));
}

static bool acts_soon(const struct page *page, size_t i, size_t limit)
{
    enum { SOON = 7 };
    for (size_t k = i; k < limit && k < i + SOON; k++)
        if (acts_at(page, k, limit))
            return true;
    return false;
}

/* the next of a list, behind a person's name */
static bool is_next_listed(const struct page *page, size_t i)
{
    if (i < 2 || !(page_particle(page, i - 1, "and") || page_particle(page, i - 1, "comma")))
        return false;
    const struct name *n = page->name_of[i - 2] ? &page->names[page->name_of[i - 2] - 1] : NULL;
    return n && n->end == i - 1 && n->end > n->first + 1;
}

/* the same with a first word that is no given name, before a family name */
static bool listed_unknown(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    bool word = t->at[i].shape == SHAPE_ARABIC && !page->date_of[i] &&
                !token_has(t, i, WORD_VERB) && !token_has(t, i, WORD_PREPOSITION) &&
                !token_has(t, i, WORD_DETERMINER) && !token_has(t, i, WORD_PRONOUN) &&
                !token_has(t, i, WORD_TITLE) && !token_has(t, i, WORD_ORGANISATION) &&
                !token_has(t, i, WORD_PLACE);
    bool given = i + 1 < limit && name_is_given(t, i + 1);
    if (!word || !is_next_listed(page, i) || !(given || is_family(page, i + 1, limit, true)))
        return false;
    bool sure = given;
    out->end = given ? i + 2 : family_end(page, i + 1, limit, &sure);
    return sure && (ends_item(page, out->end, limit) || page_particle(page, out->end, "and"));
}

/* his daughter, X Y */
static bool follows_kin(const struct page *page, size_t i, const struct entry **title)
{
    size_t begin = 0;
    return i > 1 && page_particle(page, i - 1, "comma") &&
           token_is_before(&page->tokens, i - 1, WORD_TITLE, title, &begin) &&
           str_equal((*title)->value, STR("family")) && !page_particle(page, begin, "kin_of");
}

/* his wife X Y: two words that no table knows, behind a title and before what ends a name */
static bool titled_unknown(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    bool sure = false;
    if (!is_unknown(page, i, limit) || token_has(t, i, WORD_SURNAME) ||
        page_particle(page, i, "name") || page_particle_before(page, i, "kin_of", &out->first))
        return false;
    out->first = i;
    out->end = family_end(page, i + 1, limit, &sure);
    if (out->end == i + 1)
        return false;
    return sure || ends_item(page, out->end, limit) || page_particle(page, out->end, "relative") ||
           acts_at(page, out->end, limit);
}

/* a first word that no table knows, with a family name or who bears it behind */
static bool untabled(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    if (!is_unknown(page, i, limit) || !begins_phrase(page, i) || token_has(t, i, WORD_SURNAME) ||
        page_particle(page, i, "name"))
        return false;
    bool sure = false;
    bool known = i + 1 < limit && token_has(t, i + 1, WORD_SURNAME) &&
                 token_is_kind(t, i + 1, WORD_SURNAME, KIND_NONE, NULL, NULL);
    size_t end = family_end(page, i + 1, limit, &sure);
    sure = known || (sure && ends_as_family(page, i + 1, limit));
    out->end = end;
    if (end == i + 1 || (token_has(t, i + 1, WORD_SURNAME) && !known))
        return false;
    bool listed = end + 1 < limit &&
                  (page_particle(page, end, "and") || page_particle(page, end, "comma")) &&
                  name_is_given(t, end + 1);
    return is_introduced(page, end, limit) || (sure && (acts_soon(page, end, limit) || listed));
}

/* «X Y»: what stands in quotes is a name where a family name ends it, or where who bears it is told
 * behind it */
static bool quoted(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    static const uint64_t none = CLASS_BIT(WORD_VERB) | CLASS_BIT(WORD_PREPOSITION) |
                                 CLASS_BIT(WORD_CONJUNCTION) | CLASS_BIT(WORD_DETERMINER) |
                                 CLASS_BIT(WORD_PRONOUN) | CLASS_BIT(WORD_ORGANISATION) |
                                 CLASS_BIT(WORD_PLACE_HEAD) | CLASS_BIT(WORD_EVENT) |
                                 CLASS_BIT(WORD_LIFE) | CLASS_BIT(WORD_TITLE);
    const struct tokens *t = &page->tokens;
    bool sure = false;
    if (i == 0 || !name_opens(t, i - 1) || t->at[i].shape != SHAPE_ARABIC || page->date_of[i] ||
        token_has_any(t, i, none) || token_is_before(t, i - 1, WORD_PLACE_HEAD, NULL, NULL))
        return false;
    size_t end = family_end(page, i + 1, limit, &sure);
    if (end == i + 1 || !name_closes(t, end) || token_has(t, end - 1, WORD_ORGANISATION))
        return false;
    size_t behind = end + 1;
    bool comma = behind + 1 < limit && page_particle(page, behind, "comma");
    bool told =
        comma && is_unknown(page, i, limit) &&
        (token_is(t, behind + 1, WORD_ROLE, NULL, NULL) ||
         token_is(t, behind + 1, WORD_TITLE, NULL, NULL) || is_aged(page, behind + 1, limit));
    out->end = end;
    return sure || told;
}

/* "three activists by name X Y" */
static bool is_named_here(const struct page *page, size_t i)
{
    size_t begin = 0, end = i;
    while (end > 0 && name_opens(&page->tokens, end - 1))
        end--;
    if (!page_particle_before(page, end, "named", &begin))
        return false;
    for (size_t k = begin; k > 0 && begin - k < COUNTED_BACK; k--)
        if (token_has(&page->tokens, k - 1, WORD_NUMBER) ||
            page->tokens.at[k - 1].shape == SHAPE_NUMBER)
            return true;
    return false;
}

bool name_uncased_person(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *title = NULL;
    bool honorific = token_is_before_kind(t, i, WORD_TITLE, KIND_PERSON, &title, NULL);
    bool titled = honorific || token_is_before(t, i, WORD_TITLE, &title, NULL) ||
                  follows_kin(page, i, &title);
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
        return ((honorific || called) && titled_alone(page, i, limit, out)) ||
               ((titled || is_named_here(page, i)) && titled_unknown(page, i, limit, out)) ||
               listed_unknown(page, i, limit, out) || untabled(page, i, limit, out) ||
               quoted(page, i, limit, out);
    while (
        end < limit && end < i + GIVEN_LIMIT && name_is_any_given(t, end) && !page->date_of[end] &&
        (end == i || !is_family(page, end, limit, true) || is_family(page, end + 1, limit, true))) {
        certain |= name_is_given(t, end);
        end++;
    }
    size_t given_end = end;
    end = nickname_end(page, end, limit);
    end = particles_end(page, end, limit);
    certain |= end > given_end + 1 && page_particle(page, given_end, "name");
    size_t family = end;
    end = family_end(page, end, limit, &sure);
    if (end == family && certain && is_ordinary_family(page, end, limit))
        end++;
    end = particles_end(page, end, limit);
    out->end = end;
    struct candidate known;
    bool famous = name_well_known(t, i, limit, &known);
    if (famous && known.end >= end) {
        *out = known;
        return true;
    }
    if (end == given_end)
        return (end > i + 1 && certain) || (called && end > i) ||
               (honorific && certain &&
                (is_introduced(page, end, limit) || acts_at(page, end, limit)));
    /* a given name that is a word too, with an unknown word, where nothing else can stand */
    bool item = ends_item(page, end, limit) &&
                (i == 0 || t->at[i - 1].shape == SHAPE_MARK || page_particle(page, i - 1, "and"));
    if (token_is_before(t, i, WORD_PLACE_HEAD, NULL, NULL) && !(sure && certain))
        return false;
    if (!certain && !titled && name_well_known(t, i + 1, limit, &known))
        return false;
    bool told =
        begins_phrase(page, i) && (is_introduced(page, end, limit) || acts_at(page, end, limit));
    return certain || sure || titled || item || told || is_aged(page, end, limit) ||
           is_next_listed(page, i);
}
