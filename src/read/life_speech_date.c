#include "read/patient_int.h"

enum { SAID_DATE_REACH = 9 };

/* the first date right behind token `from`, at most a preposition between */
static struct str date_right_behind(const struct page *page, const struct passage *p, size_t from)
{
    for (size_t i = from; i < p->end && i < from + SAID_DATE_REACH; i++) {
        struct str date = life_date_at(page, i);
        if (date.len || page_particle(page, i, "relative") ||
            (has_class(page, i, WORD_CLAUSE) && !has_class(page, i, WORD_PREPOSITION)) ||
            !(has_class(page, i, WORD_PREPOSITION) || has_class(page, i, WORD_PLACE) ||
              page->name_of[i] || has_class(page, i, WORD_OPENS) ||
              page->tokens.at[i].shape == SHAPE_UPPER || has_class(page, i, WORD_POPULATION) ||
              page_particle(page, i, "court") || has_class(page, i, WORD_GROUP) ||
              page_particle(page, i, "speech") || page_particle(page, i, "published") ||
              has_class(page, i, WORD_DETERMINER) || token_is_mark(&page->tokens, i, ',')))
            return date;
    }
    return STR_NONE;
}

static bool opens_speech(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    bool mark =
        t->shape == SHAPE_MARK && (strchr("\";:", t->word.at[0]) || str_equal(t->word, STR("“")) ||
                                   str_equal(t->word, STR("”")));
    bool noun = i > 0 && (page->date_of[i - 1] || has_class(page, i - 1, WORD_DETERMINER));
    return mark || (is_say(page, i) && !noun) || has_class(page, i, WORD_CLAUSE) ||
           page_particle(page, i, "relative");
}

/* "X, minister from 2004 to 2009, said": how long something lasted, or what only describes X */
static bool is_of_post(const struct page *page, size_t date)
{
    const struct entry *opens = NULL;
    struct str iso = life_date_at(page, date);
    return str_find(iso, STR("/"), 0) != SIZE_MAX &&
           token_is_before(&page->tokens, date, WORD_OPENS, &opens, NULL) &&
           (str_equal(opens->value, STR("between")) || str_equal(opens->value, STR("since")));
}

/* "X, elected in 2009, said", not "X, in a letter of 3 May, said" */
static bool is_of_description(const struct page *page, size_t name_end, size_t date, size_t verb)
{
    static const uint64_t describes = CLASS_BIT(WORD_DETERMINER) | CLASS_BIT(WORD_TITLE) |
                                      CLASS_BIT(WORD_ROLE) | CLASS_BIT(WORD_LIFE);
    bool opens = date > name_end + 1 && token_is_mark(&page->tokens, name_end, ',') &&
                 !page->date_of[name_end + 1] &&
                 (token_has_any(&page->tokens, name_end + 1, describes) ||
                  page_particle(page, name_end + 1, "relative"));
    for (size_t i = date; opens && i < verb; i++)
        if (token_is_mark(&page->tokens, i, ','))
            return true;
    return false;
}

struct str speech_date(const struct page *page, const struct occurrence *o, size_t name)
{
    const struct passage *p = &page->passages[o->passage];
    const struct name *n = &page->names[name];
    bool here = n->passage == o->passage;
    if (!p->verb_final && here && n->first > o->first)
        return date_right_behind(page, p, n->end);
    size_t from = p->verb_final ? clause_verb_final(page, p, o->first) : o->first;
    while (!p->verb_final && from > p->first && !opens_speech(page, from - 1))
        from--;
    if (!p->verb_final && from > p->first && page_particle(page, from - 1, "when") &&
        life_date_then(page, p, from - 1).len)
        return life_date_then(page, p, from - 1);
    for (size_t i = o->first; i > from; i--) {
        size_t first = life_date_first(page, i - 1);
        bool crowd = p->verb_final && is_gathering_date(page, first);
        bool described = !p->verb_final && here && is_of_description(page, n->end, first, o->first);
        if (life_date_at(page, i - 1).len && !crowd && !described && !is_of_post(page, first))
            return life_date_at(page, i - 1);
    }
    return p->verb_final ? STR_NONE : date_right_behind(page, p, o->end);
}
