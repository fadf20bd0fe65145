/* Latent classes (Manrique-Vallier 2016, Biometrics 72; the R package LCMCR): people are of
 * classes, within which lists are independent; how many classes matter is left to a stick-breaking
 * prior.
 *
 * z ~ ν; x_j | z=k ~ Bernoulli(λ_jk), λ ~ Beta(1,1); ν_k = V_k ∏_{l<k}(1−V_l), V_k ~ Beta(1,α),
 * V_K = 1; α ~ Gamma(a, rate b); p(N) ∝ 1/N, without a bound.
 *
 * Who is of which class, the unseen and α integrate out of the posterior, which is then smooth:
 * ∏ π_m^{f_m} / (1−π₀)^n × prior. A chain goes along it in Hamiltonian trajectories, exchanges the
 * labels of classes, and now and then draws everything anew by a sweep of Gibbs. */
#ifndef GOVAH_ESTIMATE_LATENT_H
#define GOVAH_ESTIMATE_LATENT_H

#include "base/progress.h"
#include "estimate/diagnose.h"
#include "estimate/overlap.h"
#include "estimate/random.h"

enum { LATENT_CLASSES_LIMIT = 32, LATENT_CHAINS_LIMIT = 16 };

struct latent_options {
    size_t classes;     /* K, from 1 */
    double shape, rate; /* a and b of α's prior */
    size_t chains;      /* from 2 */
    size_t enough;      /* bulk effective draws, with R̂ below 1.01, at which it may end */
    size_t least, most; /* draws of each chain */
    bool plain;         /* sweeps of Gibbs alone: the baseline of the benchmarks */
    uint64_t seed;
    size_t threads;       /* does not change a number */
    struct progress *bar; /* or NULL; of `most` steps, its title says R̂ and ESS */
};

struct latent_options latent_defaults(void);

struct latent {
    double *draws; /* of N: chains one behind the other, in the arena */
    size_t chains, count;
    double mean, low, median, high; /* 2.5%, 50%, 97.5% */
    struct diagnosis diagnosis;     /* of log N, but for its error, which is of N's mean */
    bool settled;                   /* R̂ below 1.01; bulk and tail of at least 400 */
    double accepted;                /* share of trajectories, where they are not plain */
    /* Posterior predictive check: how often a table drawn from the model lies farther from what the
     * model expects than the table itself, by Freeman and Tukey's Σ(√f − √e)². */
    double predictive;
};

/* Draws until it is enough, or `most`. At least two lists. */
void latent_run(const struct overlap *, const struct latent_options *, struct arena *,
                struct latent *);

/* One draw from the prior of the probability of each set of lists, by mask, 2^lists of them, the
 * empty one too; and of everything else, for tests of coverage. */
void latent_draw_cells(size_t lists, const struct latent_options *, struct random *, double *cells);

/* One draw of a table of `individuals` from the prior and of how many were unseen, for tests of
 * calibration; cells by mask, 2^lists of them. */
int64_t latent_draw_prior(size_t lists, int64_t individuals, const struct latent_options *,
                          uint64_t stream, int64_t *cells);

#endif
