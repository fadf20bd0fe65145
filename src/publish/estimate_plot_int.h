/* Drawings of an estimate, as inline SVG without a script: what they show stands in words beside
 * them, so they are hidden from screen readers. Axes of people are logarithmic. */
#ifndef GOVAH_PUBLISH_ESTIMATE_PLOT_INT_H
#define GOVAH_PUBLISH_ESTIMATE_PLOT_INT_H

#include "estimate/assess.h"
#include "publish/voice.h"

struct people_axis {
    double least, most; /* people; 0 < least < most */
};

/* One that holds the documented count and every interval of the assessment. */
struct people_axis axis_of(const struct assessment *);

/* An interval as a line with a dot at the estimate, and a mark at the documented count. */
void plot_interval(struct buf *, const struct people_axis *, const struct estimate *,
                   double documented);

/* The posterior of the latent classes as bars, that of the graphs, where there is one, as a line,
 * the documented count marked; numbers below. */
void plot_posterior(struct buf *, const struct voice *, const struct assessment *);

/* Each chain's draws in order, one line a chain. */
void plot_trace(struct buf *, const struct assessment *);

#endif
