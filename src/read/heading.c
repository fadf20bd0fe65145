#include "read/happening_int.h"

enum { ITEM_WORDS = 16, LIST_ITEMS = 24 };

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

/* the first event of a heading */
static bool event_within(const struct page *page, size_t first, size_t end, struct happening *h)
{
    unsigned kinds = KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_PREDICATE);
    for (size_t i = first; i < end; i++)
        if (event_at(&page->tokens, i, end, kinds, &h->event, &h->end)) {
            h->first = i;
            return true;
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
        h->confidence = 700;
        if (event_within(page, first, n->from - 1, h))
            return true;
    }
    size_t heading = heading_of(page, n->passage);
    if (heading == n->passage)
        return false;
    const struct passage *above = &page->passages[heading];
    h->rule = RULE("an item below its heading");
    h->confidence = 600;
    return event_within(page, above->first, above->end, h);
}
