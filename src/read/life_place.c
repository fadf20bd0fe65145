#include "read/patient_int.h"

enum { PLACE_REACH = 18, NOUN_REACH = 10, LEADING_WORDS = 4, PLACE_WORDS = 4 };

static const struct span nowhere;

/* a word that can be a place's own, though no table knows it */
static bool is_own_name(const struct page *page, size_t i)
{
    enum token_shape shape = page->tokens.at[i].shape;
    return (shape == SHAPE_CAPITAL || shape == SHAPE_UPPER) && !page->name_of[i] &&
           !page->date_of[i] && !has_class(page, i, WORD_ORGANISATION) &&
           !has_class(page, i, WORD_TITLE) && !has_class(page, i, WORD_LABEL) &&
           !has_class(page, i, WORD_COMMON) && !has_class(page, i, WORD_GROUP) &&
           !page_particle(page, i, "court");
}

/* "in the Soviet parliament": the name only describes what follows */
static bool is_attribute(const struct page *page, const struct passage *p, size_t end)
{
    static const uint64_t joints = CLASS_BIT(WORD_PREPOSITION) | CLASS_BIT(WORD_CONJUNCTION) |
                                   CLASS_BIT(WORD_CLAUSE) | CLASS_BIT(WORD_ADVERB) |
                                   CLASS_BIT(WORD_AUXILIARY) | CLASS_BIT(WORD_PRONOUN) |
                                   CLASS_BIT(WORD_PLACE_HEAD) | CLASS_BIT(WORD_DETERMINER);
    return end < p->end && page->tokens.at[end].shape == SHAPE_LOWER && !page->date_of[end] &&
           !token_has_any(&page->tokens, end, joints) && !page_particle(page, end, "relative");
}

/* behind "Bago", "Bago Region", "Bago, Myanmar", that begins at the token, or the token */
static size_t cased_end(const struct page *page, const struct passage *p, size_t first)
{
    size_t i = first, end = first;
    bool known = false;
    while (i < p->end && i - first < PLACE_WORDS) {
        end = i;
        if (i > first && page->tokens.at[i].shape == SHAPE_LINK && i + 1 < p->end &&
            is_own_name(page, i + 1)) {
            i += 2;
            continue;
        }
        bool tabled = token_is(&page->tokens, i, WORD_PLACE, NULL, &end) && end > i;
        known = known || tabled;
        if (!tabled && is_own_name(page, i))
            end = i + 1;
        if (end == i && i > first && has_class(page, i, WORD_PLACE_HEAD))
            end = i + 1;
        if (end == i)
            break;
        i = end;
    }
    if (!known && is_attribute(page, p, i))
        return first;
    bool goes_on = i > first && i + 1 < p->end && token_is_mark(&page->tokens, i, ',') &&
                   token_is(&page->tokens, i + 1, WORD_PLACE, NULL, &end);
    return goes_on ? end : i;
}

/* "the town of", "the southern city of": behind it, or the token */
static size_t behind_sort(const struct page *page, const struct passage *p, size_t first)
{
    for (size_t i = first; i < p->end && i < first + LEADING_WORDS; i++) {
        if (i > first && page_particle(page, i, "of"))
            return i + 1;
        if (page->tokens.at[i].shape != SHAPE_LOWER || has_class(page, i, WORD_PREPOSITION))
            break;
    }
    return first + (first < p->end && has_class(page, first, WORD_DETERMINER));
}

static bool is_word_of_place(const struct page *page, size_t i)
{
    static const uint64_t others =
        CLASS_BIT(WORD_VERB) | CLASS_BIT(WORD_PREPOSITION) | CLASS_BIT(WORD_CONJUNCTION) |
        CLASS_BIT(WORD_LIFE) | CLASS_BIT(WORD_LIGHT) | CLASS_BIT(WORD_CLAUSE) |
        CLASS_BIT(WORD_DETERMINER) | CLASS_BIT(WORD_LABEL) | CLASS_BIT(WORD_ADVERB) |
        CLASS_BIT(WORD_POPULATION) | CLASS_BIT(WORD_SAY);
    return page->tokens.at[i].shape == SHAPE_ARABIC && !page->date_of[i] &&
           !token_has_any(&page->tokens, i, others);
}

/* behind "شیراز", "شهر شیراز", where a noun leads its names */
static size_t uncased_end(const struct page *page, const struct passage *p, size_t first)
{
    size_t end = first;
    const struct entry *label = NULL;
    bool branch = token_is(&page->tokens, first, WORD_LABEL, &label, NULL) &&
                  str_equal(label->value, STR("branch"));
    bool head =
        has_class(page, first, WORD_PLACE_HEAD) && !branch && !page_particle(page, first, "court");
    size_t i = head ? first + 1 : first;
    while (i < p->end && i - first < PLACE_WORDS) {
        if (token_is(&page->tokens, i, WORD_PLACE, NULL, &end) && end > i)
            i = end;
        else if (head &&
                 (i == first + 1 || has_class(page, i - 1, WORD_PLACE_HEAD) ||
                  has_class(page, i, WORD_PLACE_HEAD)) &&
                 is_word_of_place(page, i) && !is_clause_verb(page, i + 1))
            i++;
        else
            break;
    }
    return i > first + head ? i : first;
}

/* the place that "in" at the token leads to */
static struct span place_behind(const struct page *page, const struct passage *p, size_t in)
{
    size_t first = in + 1;
    if (first >= p->end || page->date_of[first] || !page_particle(page, in, "where"))
        return nowhere;
    if (!p->verb_final)
        first = behind_sort(page, p, first);
    size_t end = first >= p->end ? first
                 : p->verb_final ? uncased_end(page, p, first)
                                 : cased_end(page, p, first);
    return end > first ? (struct span){first, end} : nowhere;
}

static bool ends_clause(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    bool mark = t->shape == SHAPE_MARK && strchr(".;:?!", t->word.at[0]);
    return mark || is_say(page, i) || is_happening(page, i) || page_particle(page, i, "relative") ||
           (has_class(page, i, WORD_CLAUSE) && !has_class(page, i, WORD_PREPOSITION));
}

static struct span place_from(const struct page *page, const struct passage *p, size_t from,
                              size_t reach)
{
    for (size_t i = from; i < p->end && i < from + reach; i++) {
        struct span found = place_behind(page, p, i);
        if (found.to > found.from)
            return found;
        if (ends_clause(page, i) || (p->verb_final && is_clause_verb(page, i)))
            break;
    }
    return nowhere;
}

/* where verbs end the clause: the nearest before the verb, over nothing apposed */
static struct span place_before(const struct page *page, const struct passage *p, size_t verb)
{
    size_t clause = clause_verb_final(page, p, verb);
    for (size_t i = verb; i > clause; i--) {
        struct span found = place_behind(page, p, i - 1);
        if (found.to > found.from)
            return found;
        if (page_particle(page, i - 1, "comma") || is_happening(page, i - 1) ||
            page->name_of[i - 1])
            break;
    }
    return nowhere;
}

/* "In Minsk, police arrested X" */
static struct span place_opening(const struct page *page, const struct passage *p, size_t verb)
{
    struct span found = place_behind(page, p, p->first);
    bool opens = found.to > found.from && found.to < verb && is_pause(page, found.to);
    for (size_t i = p->first; opens && i < verb; i++)
        opens = !is_happening(page, i) && !is_say(page, i);
    return opens ? found : nowhere;
}

struct str life_place(const struct page *page, const struct occurrence *o,
                      const struct patients *who)
{
    const struct passage *p = &page->passages[o->passage];
    const struct name *n = &page->names[who->to - 1];
    bool behind = n->passage == o->passage && n->end > o->end;
    struct span found = nowhere;
    if (is_nominal(page, o))
        found = place_from(page, p, behind ? n->end : o->end, NOUN_REACH);
    else if (p->verb_final)
        found = place_before(page, p, o->first);
    else
        found = place_from(page, p, o->end, PLACE_REACH);
    if (found.to == found.from && !p->verb_final)
        found = place_opening(page, p, o->first);
    return found.to > found.from ? page_words(page, found.from, found.to) : STR_NONE;
}
