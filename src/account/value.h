/* A count as it is written and as it is compared.
 *
 *   28               exact            ≥ 527    at least, 527 included
 *   > 400            more than        ≤ 12,000 up to, 12,000 included
 *   ~ 1,500          about            ≲ 20,000 nearly: a little below, or just that
 *   5,000–30,000     a range, both ends included
 *
 * The sign before a figure says how it stands in the record: ● accepted, ○ proposed (nobody has
 * decided), ◐ disputed (decisions contradict each other), × rejected. */
#ifndef GOVAH_ACCOUNT_VALUE_H
#define GOVAH_ACCOUNT_VALUE_H

#include "base/arena.h"
#include "store/figures.h"

/* The numbers that would make a figure true; high == COUNT_NONE is no upper end.
 *
 *   exact N      [N, N]                 up to N   [0, N]
 *   at least N   [N, ...]               range     [low, high]
 *   more than N  [N + 1, ...]
 *   about N      [N - t, N + t]         nearly N  [N - t, N]     t = N / 10, rounded up
 *
 * A tenth for "about" and "nearly" is ours: sources do not say how near they mean. */
struct interval {
    int64_t low, high;
};

struct interval figure_interval(const struct figure *);

/* Whether one number can make both true. */
bool intervals_meet(struct interval, struct interval);

/* As above, thousands set off by commas. */
struct str figure_value(struct arena *, const struct figure *);

/* "30,000" */
struct str count_write(struct arena *, int64_t);

/* One of the signs above. */
const char *state_sign(enum view_state, bool undecided);

/* "disputed" where decisions contradict each other, else view_state_name. */
const char *state_word(enum view_state, bool undecided);

/* A label in words: "sentenced_to_death" is "sentenced to death", "other:fled" is "fled". */
struct str label_words(struct arena *, struct str label);

/* Rejected, and not because decisions contradict each other. */
bool statement_is_rejected(const struct statement_view *);
bool figure_is_rejected(const struct figure_view *);

/* Accepted, and no decision contradicts. */
bool statement_is_accepted(const struct statement_view *);

/* Whether it is drawn as what is disputed: decisions contradict each other, or dispute it. */
bool statement_is_hatched(const struct statement_view *);
bool figure_is_hatched(const struct figure_view *);

#endif
