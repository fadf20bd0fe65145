/* Figures drawn to scale in one line of a terminal each.
 *
 *   │        exact                       ├──▶   at least: the number and all above it
 *   ├────┤   a range                     ╟──▶   more than: the number itself left out
 *   ┄┄│┄┄    about, a tenth around it    ◀──┤   up to: the number and all below it
 *   ┄┄│      nearly, a tenth below it
 *
 * · a smaller number that the same source gave before: a step on the way.
 *
 * The upright stroke stands at the number given. An arrow is of one length: it says that there is
 * no end, not how far it goes. Every mark is one column wide. */
#ifndef GOVAH_ACCOUNT_CHART_H
#define GOVAH_ACCOUNT_CHART_H

#include "account/value.h"

enum { CHART_WIDTH_MIN = 16 };

struct chart {
    int64_t step; /* between two ticks: 1, 2 or 5 times a power of ten */
    int64_t end;  /* the count at the last column; the first is 0 */
    size_t width; /* columns */
};

/* A scale from 0 to past `largest` (>= 0), with room for an arrow; a width below CHART_WIDTH_MIN is
 * taken for it. */
struct chart chart_of(int64_t largest, size_t width);

/* The largest number that a figure names. */
int64_t chart_largest(const struct figure *);

/* Appends exactly chart.width columns. */
void chart_bar(struct buf *, const struct chart *, const struct figure *);

/* The same with steps, each where nothing else is drawn. */
void chart_steps(struct buf *, const struct chart *, const struct figure *, const int64_t *steps,
                 size_t count);

/* Appends the axis and, on its own call, the numbers below its ticks. */
void chart_axis(struct buf *, const struct chart *);
void chart_ticks(struct buf *, const struct chart *, struct arena *);

#endif
