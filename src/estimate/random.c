#include "estimate/random.h"

#include <math.h>

static uint64_t mix(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

struct random random_of(uint64_t seed, uint64_t stream)
{
    struct random r;
    uint64_t state = seed, other = stream;
    state = mix(&state) ^ mix(&other);
    for (int i = 0; i < 4; i++)
        r.state[i] = mix(&state);
    return r;
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

uint64_t random_bits(struct random *r)
{
    uint64_t *s = r->state, out = rotate(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return out;
}

double random_uniform(struct random *r)
{
    return ((double)(random_bits(r) >> 12) + 0.5) * 0x1p-52;
}

double random_exponential(struct random *r)
{
    return -log(random_uniform(r));
}

/* the polar method, its second deviate thrown away so that a stream has no memory */
double random_normal(struct random *r)
{
    for (;;) {
        double x = 2 * random_uniform(r) - 1, y = 2 * random_uniform(r) - 1, s = x * x + y * y;
        if (s < 1 && s > 0)
            return x * sqrt(-2 * log(s) / s);
    }
}

double random_log_gamma(struct random *r, double shape)
{
    double boost = 0;
    if (shape < 1) {
        boost = log(random_uniform(r)) / shape;
        shape += 1;
    }
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = random_normal(r), v = 1 + c * x;
        if (v <= 0)
            continue;
        v = v * v * v;
        if (log(random_uniform(r)) < 0.5 * x * x + d - d * v + d * log(v))
            return log(d) + log(v) + boost;
    }
}

/* the correction of Stirling's formula for log k! */
static double stirling_rest(double k)
{
    static const double table[] = {0.0810614667953272, 0.0413406959554092, 0.0276779256849983,
                                   0.0207906721037650, 0.0166446911898211, 0.0138761288230707,
                                   0.0118967099458917, 0.0104112652619720, 0.00925546218271273,
                                   0.00833056343336287};
    if (k < 10)
        return table[(int)k];
    double square = (k + 1) * (k + 1);
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
}

/* by waiting times, for few successes */
static int64_t count_binomial(struct random *r, int64_t trials, double p)
{
    double rest = log1p(-p), sum = 0;
    for (int64_t k = 0;; k++) {
        sum += floor(log(random_uniform(r)) / rest) + 1;
        if (sum > (double)trials)
            return k;
    }
}

/* BTRS: transformed rejection, for at least ten successes expected and p of a half at most */
static int64_t reject_binomial(struct random *r, int64_t trials, double p)
{
    double n = (double)trials, deviation = sqrt(n * p * (1 - p));
    double b = 1.15 + 2.53 * deviation, a = -0.0873 + 0.0248 * b + 0.01 * p, c = n * p + 0.5;
    double vr = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * deviation, odds = p / (1 - p);
    double m = floor((n + 1) * p);
    for (;;) {
        double u = random_uniform(r) - 0.5, v = random_uniform(r), us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + c);
        if (us >= 0.07 && v <= vr)
            return (int64_t)k;
        if (k < 0 || k > n)
            continue;
        v = log(v * alpha / (a / (us * us) + b));
        double bound = (m + 0.5) * log((m + 1) / (odds * (n - m + 1))) +
                       (n + 1) * log((n - m + 1) / (n - k + 1)) +
                       (k + 0.5) * log(odds * (n - k + 1) / (k + 1)) + stirling_rest(m) +
                       stirling_rest(n - m) - stirling_rest(k) - stirling_rest(n - k);
        if (v <= bound)
            return (int64_t)k;
    }
}

int64_t random_binomial(struct random *r, int64_t trials, double p)
{
    if (trials <= 0 || p <= 0)
        return 0;
    if (p >= 1)
        return trials;
    if (p > 0.5)
        return trials - random_binomial(r, trials, 1 - p);
    return (double)trials * p < 10 ? count_binomial(r, trials, p) : reject_binomial(r, trials, p);
}

static int64_t count_poisson(struct random *r, double mean)
{
    double limit = exp(-mean), product = random_uniform(r);
    int64_t k = 0;
    for (; product > limit; k++)
        product *= random_uniform(r);
    return k;
}

int64_t random_poisson(struct random *r, double mean)
{
    if (mean < 10)
        return mean > 0 ? count_poisson(r, mean) : 0;
    double root = sqrt(mean), b = 0.931 + 2.53 * root, a = -0.059 + 0.02483 * b;
    double inverse = 1.1239 + 1.1328 / (b - 3.4), vr = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        double u = random_uniform(r) - 0.5, v = random_uniform(r), us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= vr)
            return (int64_t)k;
        if (k < 0 || (us < 0.013 && v > us))
            continue;
        int sign;
        if (log(v * inverse / (a / (us * us) + b)) <= k * log(mean) - mean - lgamma_r(k + 1, &sign))
            return (int64_t)k;
    }
}

int64_t random_negative_binomial(struct random *r, double successes, double probability)
{
    double log_mean = random_log_gamma(r, successes) + log1p(-probability) - log(probability);
    double mean = exp(log_mean);
    return random_poisson(r, mean < 1e15 ? mean : 1e15);
}

void random_multinomial(struct random *r, int64_t trials, const double *weights, size_t count,
                        int64_t *out)
{
    double rest = 0;
    size_t last = 0;
    for (size_t i = 0; i < count; i++) {
        rest += weights[i];
        last = weights[i] > 0 ? i : last;
    }
    for (size_t i = 0; i < count; i++) {
        double share = i < last ? fmin(weights[i] / rest, 1) : i == last;
        out[i] = random_binomial(r, trials, share);
        trials -= out[i];
        rest -= weights[i];
    }
}
