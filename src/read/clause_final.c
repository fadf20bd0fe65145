#include "read/patient_int.h"

/* "a Kurdish girl", not "made a girl": a word that is both */
static bool is_adjective(const struct page *page, size_t i)
{
    bool more = i > 1 && page_particle(page, i - 1, "more") &&
                has_class(page, i - 2, WORD_POPULATION); /* "another Kurdish citizen" */
    if (more)
        return page_particle(page, i, "group");
    bool noun =
        i > 0 && (has_class(page, i - 1, WORD_POPULATION) || page_particle(page, i - 1, "aged") ||
                  token_is_before(&page->tokens, i, WORD_TITLE, NULL, NULL));
    return noun && page_particle(page, i, "group") && !has_class(page, i - 1, WORD_LIFE) &&
           !(i > 1 && page_particle(page, i - 2, "object"));
}

/* "to the payment of a fine": a word that is a noun, too */
static bool is_governed(const struct page *page, size_t i)
{
    return i > 0 && page_particle(page, i - 1, "towards");
}

bool is_of_plan(const struct page *page, size_t i)
{
    size_t end = 0;
    return i > 0 && page_particle_phrase(page, i - 1, "planned", &end) && end == i + 1;
}

bool is_clause_verb(const struct page *page, size_t i)
{
    return i < page->tokens.count && !page->name_of[i] && !page->date_of[i] &&
           has_class(page, i, WORD_VERB) && !is_adjective(page, i) &&
           !page_particle(page, i, "infinitive") && !is_governed(page, i) && !is_of_plan(page, i);
}

bool is_clause_stop(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    return t->shape == SHAPE_MARK &&
           (strchr(".;:?!", t->word.at[0]) || page_particle(page, i, "semicolon") ||
            str_equal(t->word, STR("؟")));
}

size_t clause_verb_final(const struct page *page, const struct passage *p, size_t token)
{
    size_t i = token;
    while (i > p->first && !is_clause_verb(page, i - 1) && !is_clause_stop(page, i - 1) &&
           !page_particle(page, i - 1, "relative") && !has_class(page, i - 1, WORD_CLAUSE))
        i--;
    return i;
}
