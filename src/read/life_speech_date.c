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
        bool crowd = p->verb_final && is_gathering_date(page, life_date_first(page, i - 1));
        if (life_date_at(page, i - 1).len && !crowd)
            return life_date_at(page, i - 1);
    }
    return p->verb_final ? STR_NONE : date_right_behind(page, p, o->end);
}
