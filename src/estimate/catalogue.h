/* Which log-linear models there are for a table, and which of them the table prefers. */
#ifndef GOVAH_ESTIMATE_CATALOGUE_H
#define GOVAH_ESTIMATE_CATALOGUE_H

#include "base/progress.h"
#include "estimate/loglinear.h"

struct candidate {
    struct model model;
    struct fit fit;
    enum existence existence;
};

/* For 3 and 4 lists all hierarchical models without the term of all lists (8 and 113); for 5 and 6
 * all of order two (1,024 and 32,768); beyond, none. */
struct catalogue {
    struct candidate *candidates; /* by rising BIC: those whose estimate exists, then the others */
    size_t count, estimable;
};

enum { CATALOGUE_LISTS_LIMIT = 6 };

/* Fits them all, in the arena, with so many threads; `bar` may be NULL. A model's existence is
 * looked into where its BIC is within 10 of the least of those that exist, and for tables of four
 * lists at the most everywhere; one farther off counts as estimable when it converged. */
void catalogue_fit(const struct overlap *, size_t threads, struct progress *bar, struct arena *,
                   struct catalogue *);

/* Adds pairs one by one (Chan, Silverman, Vincent 2021): of each pair ij that is not in the model,
 * p = min(P(X ≤ N*ij), P(X ≥ N*ij)), X Poisson with the mean that the model expects on both lists;
 * the pair with the least p is added while p < `threshold`; pairs with which no maximum exists are
 * passed over. The lists are at most OVERLAP_LISTS_LIMIT. */
void stepwise_fit(struct fitter *, const double *counts, double threshold, struct candidate *);

#define STEPWISE_THRESHOLD 0.02

/* "A×B, C×D", or "independence"; in the arena. */
struct str model_name(const struct overlap *, const struct model *, struct arena *);

#endif
