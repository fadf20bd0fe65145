/* What the files of latent.h share: the target density, and the moves of a chain. */
#ifndef GOVAH_ESTIMATE_LATENT_INT_H
#define GOVAH_ESTIMATE_LATENT_INT_H

#include "estimate/latent.h"
#include "estimate/random.h"

/* Two classes at a time, as every processor has; one that fills up the last pair has no weight. */
typedef double lanes __attribute__((vector_size(16)));
enum { LANES = 2, GROUPS = LATENT_CLASSES_LIMIT / LANES };

/* A point: log odds that a member of a class is on a list, and the logarithms of the sticks
 * s_k = −log(1−V_k), whose last is infinite and not used. A momentum and a gradient are alike. */
struct point {
    lanes odds[OVERLAP_LISTS_LIMIT][GROUPS];
    lanes sticks[GROUPS];
};

struct target {
    const struct overlap *overlap;
    size_t classes, groups;
    double shape, rate; /* of α's prior */
};

/* The logarithm of the density with z, n₀ and α integrated out, up to a constant, and its gradient:
 * Σ f_m log π_m − n log(1−π₀) + Σ (log λ + log(1−λ)) + Σ u_k − (a+K−1) log(b + Σ s_k), in the
 * coordinates of a point, u_k = log s_k. */
double target_density(const struct target *, const struct point *);
void target_gradient(const struct target *, const struct point *, struct point *);

/* π₀: the probability to be on no list. */
double target_unseen(const struct target *, const struct point *);

/* π of each set of lists, by mask. */
void target_cells(const struct target *, const struct point *, double *cells);

/* log ν_k of each class, and log Σ_{l≥k} ν_l. */
void target_weights(const struct target *, const struct point *, double *weights, double *rests);

/* ---- moves: each leaves the posterior as it is ---- */

/* A sweep of Gibbs: n₀ and z drawn, then λ, V and α given them. */
void move_gibbs(const struct target *, struct point *, struct random *);

/* `count` pairs of classes, drawn at random, change places where the prior of the sticks lets them;
 * the mixture stays the same. */
void move_labels(const struct target *, struct point *, size_t count, struct random *);

/* A Hamiltonian trajectory: `steps` leapfrog steps of this size. Returns the probability with which
 * its end was taken. */
double move_along(const struct target *, struct point *, double size, size_t steps,
                  struct random *);

static inline double *lane_of(lanes *group, size_t k)
{
    return (double *)group + k;
}

#endif
