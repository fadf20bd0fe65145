/* Numbers that look drawn by chance and are the same for the same seed, on every machine and with
 * any number of threads: each piece of work has a stream of its own. xoshiro256++ (Blackman, Vigna
 * 2019), seeded through splitmix64. */
#ifndef GOVAH_ESTIMATE_RANDOM_H
#define GOVAH_ESTIMATE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state[4];
};

/* The stream of this number under this seed. */
struct random random_of(uint64_t seed, uint64_t stream);

uint64_t random_bits(struct random *);

/* Above 0 and below 1. */
double random_uniform(struct random *);

double random_normal(struct random *);
double random_exponential(struct random *);

/* A gamma deviate's logarithm, which does not underflow: shape above 0, rate 1 (Marsaglia, Tsang
 * 2000; for a shape below 1, boosted in logarithms). */
double random_log_gamma(struct random *, double shape);

/* How many of `trials` succeed, each with this probability (BTRS, Hormann 1993, or by counting). */
int64_t random_binomial(struct random *, int64_t trials, double probability);

/* Poisson (PTRS, Hormann 1993, or by counting); mean below 1e15. */
int64_t random_poisson(struct random *, double mean);

/* Failures before `successes` successes, each with this probability, above 0. */
int64_t random_negative_binomial(struct random *, double successes, double probability);

/* `trials` shared out over `count` cells in proportion to their weights, not all of them 0. */
void random_multinomial(struct random *, int64_t trials, const double *weights, size_t count,
                        int64_t *out);

#endif
