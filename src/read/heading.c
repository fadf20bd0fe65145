#include "read/happening_int.h"

enum { ITEM_WORDS = 16, LIST_ITEMS = 24, ROW_WORDS = 8 };

static bool ends_with_colon(const struct page *page, const struct passage *p)
{
    return token_is_mark(&page->tokens, p->end - 1, ':');
}

static bool is_item(const struct page *page, const struct passage *p)
{
    return p->end - p->first <= ITEM_WORDS && !token_is_mark(&page->tokens, p->end - 1, '.');
}

size_t heading_of(const struct page *page, size_t passage)
{
    for (size_t i = passage, items = 0; i > 0 && items < LIST_ITEMS; i--, items++) {
        if (!is_item(page, &page->passages[i]))
            return passage;
        if (ends_with_colon(page, &page->passages[i - 1]))
            return i - 1;
    }
    return passage;
}

/* "Women: 165": a row of a table, the number at its end */
static bool is_row(const struct page *page, const struct passage *p)
{
    const struct tokens *t = &page->tokens;
    if (p->end - p->first > ROW_WORDS || p->end - p->first < 3)
        return false;
    for (size_t i = p->first + 1; i + 1 < p->end; i++)
        if (token_is_mark(t, i, ':'))
            return t->at[p->end - 1].shape == SHAPE_NUMBER;
    return false;
}

/* the short line above the rows that this passage is one of, or the passage */
static size_t title_of(const struct page *page, size_t passage)
{
    size_t above = passage;
    while (above > 0 && passage - above < LIST_ITEMS && is_row(page, &page->passages[above]))
        above--;
    const struct passage *p = &page->passages[above];
    bool title = above < passage && p->end - p->first <= ROW_WORDS &&
                 !token_is_mark(&page->tokens, p->end - 1, '.');
    return title ? above : passage;
}

static struct str population_within(const struct page *page, size_t first, size_t end)
{
    const struct entry *who = NULL;
    for (size_t i = first; i < end; i++)
        if (token_is(&page->tokens, i, WORD_POPULATION, &who, NULL) && who->kind != KIND_EVENT &&
            who->kind != KIND_CONTAINER)
            return who->value;
    return STR_NONE;
}

/* the first event of a heading */
static bool event_within(const struct page *page, size_t first, size_t end, struct happening *h)
{
    unsigned kinds = KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_PREDICATE);
    static const struct entry held = {.class = WORD_EVENT, .value = {"imprisoned", 10}};
    for (size_t i = first; i < end; i++) {
        bool prisoners = token_is_kind(&page->tokens, i, WORD_POPULATION, KIND_HELD, NULL, &h->end);
        if (prisoners)
            h->event = &held;
        if (prisoners || event_at(&page->tokens, i, end, kinds, &h->event, &h->end)) {
            h->first = i;
            return true;
        }
    }
    return false;
}

bool headed(const struct page *page, const struct number *n, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    h->firm = true;
    if (n->from > p->first + 1 && token_is_mark(t, n->from - 1, ':')) {
        size_t first = n->from - 1;
        while (first > p->first && n->from - first < ITEM_WORDS &&
               t->at[first - 1].shape != SHAPE_MARK)
            first--;
        h->rule = RULE("a word and a colon before the number");
        h->what = population_within(page, first, n->from - 1);
        if (event_within(page, first, n->from - 1, h))
            return true;
        size_t title = title_of(page, n->passage);
        const struct passage *table = &page->passages[title];
        if (title != n->passage && event_within(page, table->first, table->end, h)) {
            if (!h->what.len)
                h->what = population_within(page, table->first, table->end);
            h->rule = RULE("a row below its heading");
            return true;
        }
        h->what = STR_NONE;
    }
    size_t heading = heading_of(page, n->passage);
    if (heading == n->passage)
        return false;
    const struct passage *above = &page->passages[heading];
    h->rule = RULE("an item below its heading");
    return event_within(page, above->first, above->end, h);
}
