/* An interval for the stepwise estimate that counts the choice of the model as part of chance: each
 * resample chooses again. */
#ifndef GOVAH_ESTIMATE_BOOTSTRAP_H
#define GOVAH_ESTIMATE_BOOTSTRAP_H

#include "base/progress.h"
#include "estimate/catalogue.h"

struct bootstrap_options {
    size_t resamples;
    uint64_t seed;
    size_t threads;       /* does not change a number */
    struct progress *bar; /* or NULL */
};

struct bootstrap {
    struct candidate chosen; /* of the table itself */
    double low, high;        /* BCa, 95%; infinite where the resamples are */
    double bias, acceleration;
    double least, most; /* of the estimates with one individual fewer: the jackknife */
    size_t unbounded;   /* resamples without a finite estimate */
};

/* BCa (Efron 1987, Journal of the American Statistical Association 82) over multinomial resamples:
 * z₀ = Φ⁻¹(share of resamples below N̂), a = Σ f r³ / (6 (Σ f r²)^{3/2}), r the mean of the
 * delete-one estimates minus each of them, f the counts of their cells; quantiles of type 8
 * (Hyndman, Fan 1996). */
void bootstrap_stepwise(const struct overlap *, const struct bootstrap_options *,
                        struct bootstrap *);

/* The quantile of type 8 of values in rising order. */
double quantile_of(const double *sorted, size_t count, double share);

/* Puts numbers in rising order. */
void sort_numbers(double *values, size_t count);

#endif
