#include "read/date_grammar.h"

/* How many tokens away a word of the future may stand: a Persian verb ends its clause. */
enum { FUTURE_BEFORE = 6, FUTURE_BEHIND = 12, FUTURE_BEHIND_LATIN = 3, CITED_BEFORE = 6 };

bool date_future_stands(const struct date_grammar *g, size_t first, size_t end)
{
    for (size_t i = first; i > 0 && first - i < FUTURE_BEFORE; i--) {
        if (date_is_mark(g, i - 1, '.'))
            break;
        if (date_is(g, i - 1, DATE_FUTURE))
            return true;
    }
    size_t reach = end < g->count && g->at[end].latin ? FUTURE_BEHIND_LATIN : FUTURE_BEHIND;
    for (size_t i = end; i < g->count && i - end < reach; i++) {
        if (date_is_mark(g, i, '.'))
            break;
        if (date_is(g, i, DATE_FUTURE))
            return true;
    }
    return false;
}

bool date_cited_stands(const struct date_grammar *g, size_t first, size_t end)
{
    for (size_t i = first; i > 0 && first - i < CITED_BEFORE; i--) {
        if (date_is_mark(g, i - 1, '.') || g->at[i].lines >= 2 || g->at[i - 1].shape == DATE_DIGITS)
            break;
        if (date_is(g, i - 1, DATE_CITED))
            return true;
    }
    return end < g->count && g->at[end].latin && date_goes_on(g, end) &&
           date_is(g, end, DATE_CITED);
}
