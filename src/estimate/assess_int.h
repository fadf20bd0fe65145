/* What the files of assess.h share. */
#ifndef GOVAH_ESTIMATE_ASSESS_INT_H
#define GOVAH_ESTIMATE_ASSESS_INT_H

#include "estimate/assess.h"

/* Runs the latent classes and the stepwise choice again with one thing changed at a time, and adds
 * what comes of it to the scenarios. */
void assess_scenarios(struct assessment *, const struct assess_options *, struct arena *);

#endif
