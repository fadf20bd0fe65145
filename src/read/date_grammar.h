/* What the two parts of the grammar share: looking at tokens, and reading one point in time. */
#ifndef GOVAH_READ_DATE_GRAMMAR_H
#define GOVAH_READ_DATE_GRAMMAR_H

#include "read/date_int.h"

struct date_grammar {
    const struct date_token *at;
    size_t count;
    bool month_first; /* 9/25/2021 stands in the text, and no 25/9/2021 */
};

/* The first meaning of that kind of token i, or NULL, also past the end. */
static inline const struct date_meaning *date_is(const struct date_grammar *g, size_t i,
                                                 enum date_kind kind)
{
    if (i >= g->count || !(g->at[i].kinds >> kind & 1))
        return NULL;
    const struct date_meaning *m = g->at[i].phrase->meanings;
    while (m->kind != kind)
        m = m->next;
    return m;
}

static inline bool date_is_mark(const struct date_grammar *g, size_t i, uint32_t mark)
{
    return i < g->count && g->at[i].shape == DATE_MARK && g->at[i].mark == mark;
}

/* Whether token i goes on where i - 1 ended: no paragraph ends between them, unless it is one that
 * a page's layout put before a number. */
bool date_goes_on(const struct date_grammar *, size_t i);

/* A number that is not a piece of a longer one, of a price, a percentage or a name. */
bool date_is_number(const struct date_grammar *, size_t i);

/* Each reads at token i and returns the token behind it, or 0. */
size_t date_read_year(const struct date_grammar *, size_t i, enum calendar, bool may_be_short,
                      struct date_point *);
size_t date_read_point(const struct date_grammar *, size_t i, struct date_point *);

/* A four-digit year of its own; whether it is one depends on what stands around it. */
size_t date_read_bare_year(const struct date_grammar *, size_t i, struct date_point *);

/* Whether a word of the future stands near the tokens [first, end). */
bool date_future_stands(const struct date_grammar *, size_t first, size_t end);

/* Whether they are the date of something that is cited: the chart of November 22; the November 22
 * report; گزارشی که در ۲ آذر منتشر شد. */
bool date_cited_stands(const struct date_grammar *, size_t first, size_t end);

#endif
