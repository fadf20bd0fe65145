/* Whether chains have arrived, and how much they say (Vehtari, Gelman, Simpson, Carpenter, Bürkner
 * 2021, Bayesian Analysis 16). */
#ifndef GOVAH_ESTIMATE_DIAGNOSE_H
#define GOVAH_ESTIMATE_DIAGNOSE_H

#include <stddef.h>

struct diagnosis {
    double shrink;     /* R̂: the greater of the rank-normalised split one and the folded one */
    double bulk, tail; /* effective sample sizes; tail: the lesser of those of 5% and 95% */
    double error;      /* Monte Carlo standard error of the mean */
};

/* `draws` holds `chains` chains of `count` draws, one behind the other; count is 8 at least. Draws
 * that are all the same are not diagnosed: R̂ is then NAN. */
struct diagnosis diagnose(const double *draws, size_t chains, size_t count);

/* Where a density, given at places in rising order, has its tops: those of at least a tenth of the
 * greatest, and parted from the next by a valley under four fifths of the lower. Returns how many,
 * at most `limit`, in rising order. */
size_t find_modes(const double *places, const double *densities, size_t count, double *modes,
                  size_t limit);

#endif
