#include "read/patient_int.h"

enum { COURT_WORDS = 5 };

void detail_add(const struct page *page, struct life_event *e, struct str name, struct str value)
{
    for (size_t i = 0; i < e->details_count; i++)
        if (str_equal(e->details[i].name, name))
            return;
    life_event_set_detail(e, page->arena, name, value);
}

static bool is_any(struct str event, const char *const events[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(event, str_of(events[i])))
            return true;
    return false;
}

static struct str charge_at(const struct page *page, const struct passage *p, size_t i)
{
    size_t end = i;
    return token_is(&page->tokens, i, WORD_CHARGE, NULL, &end) && end <= p->end
               ? page_words(page, i, end)
               : STR_NONE;
}

static struct str judge_at(const struct page *page, size_t i)
{
    size_t name = person_over(page, i);
    const struct party *party = name == SIZE_MAX ? NULL : &page->parties[page->names[name].party];
    return party && str_equal(party->role, STR("judge")) ? party->form : STR_NONE;
}

/* "Branch 26", "Branch One" */
static struct str branch_at(const struct page *page, size_t i)
{
    const struct entry *entry = NULL;
    bool court = token_is(&page->tokens, i, WORD_LABEL, &entry, NULL) &&
                 str_equal(entry->value, STR("branch"));
    bool numbered = court && i + 1 < page->tokens.count &&
                    (page->tokens.at[i + 1].shape == SHAPE_NUMBER ||
                     has_class(page, i + 1, WORD_NUMBER) || page_particle(page, i + 1, "ordinal"));
    return numbered ? page_words(page, i + 1, i + 2) : STR_NONE;
}

/* "Ward 2", not "the District Court" */
static bool is_numbered(const struct page *page, size_t i)
{
    return has_class(page, i, WORD_LABEL) && (page->tokens.at[i].shape != SHAPE_CAPITAL ||
                                              page->tokens.at[i + 1].shape == SHAPE_NUMBER);
}

static bool is_court_name(const struct page *page, size_t i)
{
    enum token_shape shape = page->tokens.at[i].shape;
    return (shape == SHAPE_CAPITAL || shape == SHAPE_ARABIC) && !page->date_of[i] &&
           !has_class(page, i, WORD_PREPOSITION) && !has_class(page, i, WORD_VERB) &&
           !has_class(page, i, WORD_LIFE) && !has_class(page, i, WORD_CONJUNCTION) &&
           !has_class(page, i, WORD_DETERMINER) && !has_class(page, i, WORD_CLAUSE) &&
           !is_numbered(page, i) && !has_class(page, i, WORD_PRONOUN) &&
           !has_class(page, i, WORD_COMPLETES) && !page_particle(page, i, "case") &&
           person_over(page, i) == SIZE_MAX;
}

/* behind the words that name the institution at `head`, where they follow it; the noun of a verb
 * ("was held") is none of them */
static size_t name_end_final(const struct page *page, const struct passage *p, size_t head)
{
    size_t end = head + 1;
    while (end < p->end && end - head < COURT_WORDS && is_court_name(page, end) &&
           !has_class(page, end, WORD_ADVERB) &&
           !(is_clause_verb(page, end + 1) && !has_class(page, end, WORD_PLACE)))
        end++;
    return end;
}

/* where a table knows it, or a word for a prison has a name behind it */
static struct str prison_at(const struct page *page, const struct passage *p, size_t i)
{
    bool head = page_particle(page, i, "prison_head");
    size_t first = i, last = head && p->verb_final ? name_end_final(page, p, i) : i + 1;
    while (head && !p->verb_final && page->tokens.at[i].shape == SHAPE_CAPITAL &&
           first > p->first && i - first < COURT_WORDS && is_court_name(page, first - 1))
        first--;
    if (last - first > 1)
        return page_words(page, first, last);
    const struct entry *entry = NULL;
    size_t end = i;
    return token_is(&page->tokens, i, WORD_PLACE, &entry, &end) && end <= p->end &&
                   str_equal(entry->value, STR("prison"))
               ? page_words(page, i, end)
               : STR_NONE;
}

/* "the Brest Regional Court": capitals around the word, or what follows it where none are */
static struct str court_at(const struct page *page, const struct passage *p, size_t i)
{
    size_t first = i, end = i + 1;
    if (!page_particle(page, i, "court"))
        return STR_NONE;
    while (!p->verb_final && first > p->first && i - first < COURT_WORDS &&
           is_court_name(page, first - 1))
        first--;
    if (p->verb_final)
        end = name_end_final(page, p, i);
    else if (page_particle(page, end, "of") && end + 1 < p->end &&
             page->tokens.at[end + 1].shape == SHAPE_CAPITAL &&
             person_over(page, end + 1) == SIZE_MAX)
        end += 2;
    bool named = end - first > 1 && (page->tokens.at[i].shape != SHAPE_LOWER);
    return named ? page_words(page, first, end) : STR_NONE;
}

/* "sentenced by the court of first instance, which the appeals court upheld": those nearest to the
 * words, where verbs end the clause those of its own */
static void details_of_outcome(const struct page *page, const struct occurrence *o,
                               struct life_event *e)
{
    const struct passage *p = &page->passages[o->passage];
    struct str court = STR_NONE, branch = STR_NONE;
    size_t from = p->verb_final ? clause_verb_final(page, p, o->first) : p->first;
    size_t to = p->verb_final ? o->end : p->end, near = SIZE_MAX;
    for (size_t i = from; i < to; i++) {
        size_t apart = i < o->first ? o->first - i : i - o->first;
        struct str found = court_at(page, p, i);
        if (!found.len || apart >= near)
            continue;
        near = apart;
        court = found;
        branch = STR_NONE;
        for (size_t k = i; k > p->first && i - k < COURT_WORDS && !branch.len; k--)
            branch = branch_at(page, k - 1);
    }
    detail_add(page, e, STR("branch"), branch);
    detail_add(page, e, STR("court"), court);
}

void life_details(const struct page *page, const struct occurrence *o, struct life_event *e)
{
    static const char *const accused[] = {"charged", "sentenced", "other:convicted"};
    static const char *const judged[] = {"charged", "sentenced", "tried", "hearing",
                                         "other:convicted"};
    static const char *const outcomes[] = {"other:acquitted",           "other:retrial_ordered",
                                           "other:sentence_upheld",     "other:sentence_reduced",
                                           "other:sentence_overturned", "other:sentence_extended",
                                           "other:appeal_rejected"};
    static const char *const held[] = {"transferred", "executed",         "died",
                                       "tortured",    "other:imprisoned", "other:detained"};
    const struct passage *p = &page->passages[o->passage];
    bool charge = is_any(e->event, accused, COUNT_OF(accused));
    bool court = is_any(e->event, judged, COUNT_OF(judged));
    bool prison = is_any(e->event, held, COUNT_OF(held));
    if (is_any(e->event, outcomes, COUNT_OF(outcomes)))
        details_of_outcome(page, o, e);
    for (size_t i = p->first; i < p->end; i++) {
        if (charge)
            detail_add(page, e, STR("charge"), charge_at(page, p, i));
        if (prison)
            detail_add(page, e, STR("prison"), prison_at(page, p, i));
        if (!court)
            continue;
        detail_add(page, e, STR("branch"), branch_at(page, i));
        detail_add(page, e, STR("court"), court_at(page, p, i));
        detail_add(page, e, STR("judge"), judge_at(page, i));
    }
}
