#include "read/name_int.h"

enum { LOOK_BEHIND = 4 };

static bool is_list_mark(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "and") ||
           page_particle(page, i, "comma");
}

static bool is_quote(const struct token *t)
{
    static const char *const quotes[] = {"\"", "“", "‘", "'", "«"};
    for (size_t i = 0; i < COUNT_OF(quotes) && t->shape == SHAPE_MARK; i++)
        if (str_equal(t->word, str_of(quotes[i])))
            return true;
    return false;
}

/* beside a person in a list */
static bool is_in_list(const struct page *page, const struct passage *p, const struct name *n)
{
    size_t after = n->end, before = n->first;
    while (after < p->end && after < n->end + 2 && is_list_mark(page, after))
        after++;
    while (before > p->first && before + 2 > n->first && is_list_mark(page, before - 1))
        before--;
    size_t right = after > n->end && after < p->end ? page->name_of[after] : 0;
    size_t left = before < n->first && before > p->first ? page->name_of[before - 1] : 0;
    return (right && !page->parties[page->names[right - 1].party].organisation) ||
           (left && !page->parties[page->names[left - 1].party].organisation);
}

/* does, says or suffers something; has an age, kin, a lawyer or a trade */
static bool acts(const struct page *page, const struct passage *p, const struct name *n)
{
    const struct tokens *t = &page->tokens;
    size_t i = n->end;
    if (n->first > p->first && token_is(t, n->first - 1, WORD_SAY, NULL, NULL))
        return true;
    if (token_is_mark(t, i, ',') && i + 1 < p->end &&
        (t->at[i + 1].shape == SHAPE_NUMBER || page_particle(page, i + 1, "relative")))
        return true;
    bool possessive = t->at[n->end - 1].possessive;
    for (; i < p->end && i < n->end + LOOK_BEHIND; i++) {
        bool person = possessive ? token_is(t, i, WORD_ROLE, NULL, NULL)
                                 : token_is(t, i, WORD_SAY, NULL, NULL) ||
                                       token_is(t, i, WORD_LIFE, NULL, NULL) ||
                                       token_is(t, i, WORD_ROLE, NULL, NULL);
        if (person)
            return true;
        if (page->name_of[i] || t->at[i].shape == SHAPE_NUMBER)
            return false;
    }
    return false;
}

/* only named as whose photograph or study it is: (Agency via Images), (Ministry survey, 2024) */
static bool is_cited(const struct page *page, const struct passage *p, const struct name *n)
{
    enum { CITATION_LIMIT = 14 };
    const struct tokens *t = &page->tokens;
    if (n->first == p->first || !token_is_mark(t, n->first - 1, '('))
        return false;
    for (size_t i = n->end; i < p->end && i < n->end + CITATION_LIMIT; i++)
        if (token_is_mark(t, i, ')'))
            return true;
    return false;
}

int name_weigh_organisation(const struct page *page, const struct name *n)
{
    return is_cited(page, &page->passages[n->passage], n) ? -1 : 1;
}

/* in West X; in X and Y */
static bool is_where(const struct page *page, const struct passage *p, const struct name *n)
{
    enum { LIST_REACH = 8 };
    const struct tokens *t = &page->tokens;
    size_t i = n->first;
    while (i > p->first && n->first - i < LIST_REACH &&
           (name_is_capital(&t->at[i - 1]) || is_list_mark(page, i - 1)) &&
           !token_is(t, i - 1, WORD_TITLE, NULL, NULL) && !(page->name_of[i - 1] && i < n->first))
        i--;
    return i > p->first && page_particle(page, i - 1, "place");
}

/* "the Ha Nam People's Court" */
static bool is_of_court(const struct page *page, const struct passage *p, const struct name *n)
{
    enum { COURT_WORDS = 3 };
    if (page->tokens.at[n->end - 1].possessive)
        return false;
    for (size_t i = n->end; i < p->end && i < n->end + COURT_WORDS; i++) {
        if (page->tokens.at[i].shape != SHAPE_CAPITAL)
            return false;
        if (page_particle(page, i, "court"))
            return true;
    }
    return false;
}

/* X camp, X High School; X Governorate, whose last word is the name's; X, the city of */
static bool is_called_place(const struct page *page, const struct passage *p, const struct name *n)
{
    enum { PLACE_WORDS = 2 };
    const struct tokens *t = &page->tokens;
    size_t i = n->end, place = n->first;
    token_is(t, n->first, WORD_PLACE, NULL, &place);
    if ((place >= n->end && n->end > n->first + 1) || is_of_court(page, p, n) ||
        (n->end > n->first + 1 && token_is(t, n->end - 1, WORD_PLACE_HEAD, NULL, NULL)))
        return true;
    if (i + 3 < p->end && token_is_mark(t, i, ',') &&
        token_is(t, i + 1, WORD_DETERMINER, NULL, NULL))
        return token_is(t, i + 2, WORD_PLACE_HEAD, NULL, NULL) && page_particle(page, i + 3, "of");
    while (i < p->end && i < n->end + PLACE_WORDS && name_is_capital(&t->at[i]) &&
           !token_is(t, i, WORD_PLACE_HEAD, NULL, NULL))
        i++;
    bool own = i > n->end && t->at[i - 1].possessive;
    return i < p->end && !own && token_is(t, i, WORD_PLACE_HEAD, NULL, NULL);
}

static bool is_known_place(const struct page *page, size_t i)
{
    return !page->name_of[i] && name_is_capital(&page->tokens.at[i]) &&
           token_has(&page->tokens, i, WORD_PLACE);
}

/* behind a town and "and" */
static bool is_among_places(const struct page *page, const struct passage *p, const struct name *n)
{
    size_t i = n->first;
    if (i < p->first + 2 || !page_particle(page, i - 1, "and"))
        return false;
    i -= is_list_mark(page, i - 2) && i > p->first + 2 ? 3 : 2;
    return is_known_place(page, i);
}

int name_weigh_known(const struct page *page, const struct name *n)
{
    return is_called_place(page, &page->passages[n->passage], n) ? -1 : 1;
}

int name_weigh(const struct page *page, const struct name *n)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    if (is_called_place(page, p, n) || token_is_before(t, n->first, WORD_PLACE_HEAD, NULL, NULL) ||
        is_among_places(page, p, n))
        return -1;
    if (is_where(page, p, n))
        return -1;
    if (acts(page, p, n) || is_in_list(page, p, n))
        return 1;
    if (n->first == p->first)
        return 0;
    size_t before = n->first - 1;
    /* they said that X was there */
    if (page_particle(page, before, "complement") && n->end < p->end &&
        token_is(t, n->end, WORD_AUXILIARY, NULL, NULL))
        return 1;
    bool where = page_particle(page, before, "from");
    return where || token_is(t, before, WORD_DETERMINER, NULL, NULL) || is_quote(&t->at[before])
               ? -1
               : 0;
}
