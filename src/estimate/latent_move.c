#include <math.h>

#include "estimate/latent_int.h"

/* ---- trajectories ---- */

static void draw_momentum(const struct target *t, struct point *p, struct random *r)
{
    memset(p, 0, sizeof *p);
    for (size_t k = 0; k < t->classes; k++) {
        for (size_t j = 0; j < t->overlap->lists; j++)
            *lane_of(p->odds[j], k) = random_normal(r);
        if (k + 1 < t->classes)
            *lane_of(p->sticks, k) = random_normal(r);
    }
}

/* to += by · add, over what the target uses */
static void add_point(const struct target *t, struct point *to, double by, const struct point *add)
{
    for (size_t g = 0; g < t->groups; g++) {
        for (size_t j = 0; j < t->overlap->lists; j++)
            to->odds[j][g] += by * add->odds[j][g];
        to->sticks[g] += by * add->sticks[g];
    }
}

static double energy_of(const struct target *t, const struct point *p)
{
    lanes sum = {0};
    for (size_t g = 0; g < t->groups; g++) {
        for (size_t j = 0; j < t->overlap->lists; j++)
            sum += p->odds[j][g] * p->odds[j][g];
        sum += p->sticks[g] * p->sticks[g];
    }
    return 0.5 * (sum[0] + sum[1]);
}

double move_along(const struct target *t, struct point *p, double size, size_t steps,
                  struct random *r)
{
    struct point end = *p, momentum, gradient;
    draw_momentum(t, &momentum, r);
    double before = target_density(t, p) - energy_of(t, &momentum);
    target_gradient(t, &end, &gradient);
    for (size_t i = 0; i < steps; i++) {
        add_point(t, &momentum, size / 2, &gradient);
        add_point(t, &end, size, &momentum);
        target_gradient(t, &end, &gradient);
        add_point(t, &momentum, size / 2, &gradient);
    }
    double after = target_density(t, &end) - energy_of(t, &momentum);
    double chance = after >= before ? 1 : exp(after - before);
    if (!(chance >= 0))
        return 0;
    if (random_uniform(r) < chance)
        *p = end;
    return chance;
}

/* ---- labels ---- */

/* The prior of the weights: (b − log ν_K)^{−(a+K−1)} / (ν_K ∏_{1<k<K} Σ_{l≥k} ν_l), α integrated
 * out; and log Σ_{l≥k} ν_l into `rests`. */
static double weights_density(const struct target *t, const double *weights, double *rests)
{
    size_t last = t->classes - 1;
    rests[last] = weights[last];
    double value = -weights[last] - (t->shape + (double)last) * log(t->rate - weights[last]);
    for (size_t k = last; k-- > 0;) {
        double high = fmax(rests[k + 1], weights[k]), low = fmin(rests[k + 1], weights[k]);
        rests[k] = high + log1p(exp(low - high));
        value -= k ? rests[k] : 0;
    }
    return value;
}

static void exchange(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

static void set_sticks(const struct target *t, struct point *p, const double *weights,
                       const double *rests)
{
    for (size_t k = 0; k + 1 < t->classes; k++) {
        /* s_k = log of the rest at k over the rest behind it */
        double share = weights[k] - rests[k], stick = rests[k] - rests[k + 1];
        *lane_of(p->sticks, k) = share < -20 ? share : log(fmax(stick, 1e-300));
    }
}

void move_labels(const struct target *t, struct point *p, size_t count, struct random *r)
{
    double weights[LATENT_CLASSES_LIMIT], rests[LATENT_CLASSES_LIMIT];
    double others[LATENT_CLASSES_LIMIT];
    bool moved = false;
    if (t->classes < 2)
        return;
    target_weights(t, p, weights, rests);
    double before = weights_density(t, weights, rests);
    for (size_t i = 0; i < count; i++) {
        size_t a = random_bits(r) % t->classes, b = random_bits(r) % t->classes;
        exchange(&weights[a], &weights[b]);
        double after = weights_density(t, weights, others);
        if (a == b || log(random_uniform(r)) >= after - before) {
            exchange(&weights[a], &weights[b]);
            continue;
        }
        before = after;
        moved = true;
        for (size_t j = 0; j < t->overlap->lists; j++)
            exchange(lane_of(p->odds[j], a), lane_of(p->odds[j], b));
    }
    if (!moved)
        return;
    weights_density(t, weights, rests);
    set_sticks(t, p, weights, rests);
}

/* ---- Gibbs ---- */

struct members {
    double on[OVERLAP_LISTS_LIMIT][LATENT_CLASSES_LIMIT];
    double of[LATENT_CLASSES_LIMIT];
};

static double probability_on(double log_odds)
{
    return 1 / (1 + exp(-log_odds));
}

/* shares out the people of one cell over the classes */
static void share_cell(const struct target *t, const struct point *p, const double *weights,
                       struct overlap_cell cell, struct members *m, struct random *r)
{
    double parts[LATENT_CLASSES_LIMIT];
    int64_t drawn[LATENT_CLASSES_LIMIT];
    for (size_t k = 0; k < t->classes; k++) {
        parts[k] = exp(weights[k]);
        for (size_t j = 0; j < t->overlap->lists; j++) {
            double odds = p->odds[j][k / LANES][k % LANES];
            parts[k] *= probability_on(cell.lists >> j & 1 ? odds : -odds);
        }
    }
    random_multinomial(r, cell.count, parts, t->classes, drawn);
    for (size_t k = 0; k < t->classes; k++) {
        m->of[k] += (double)drawn[k];
        for (size_t j = 0; j < t->overlap->lists; j++)
            m->on[j][k] += cell.lists >> j & 1 ? (double)drawn[k] : 0;
    }
}

static void draw_parameters(const struct target *t, struct point *p, const struct members *m,
                            double alpha, struct random *r)
{
    double behind = 0;
    for (size_t k = t->classes; k-- > 0;) {
        for (size_t j = 0; j < t->overlap->lists; j++) {
            double yes = random_log_gamma(r, 1 + m->on[j][k]);
            double no = random_log_gamma(r, 1 + m->of[k] - m->on[j][k]);
            *lane_of(p->odds[j], k) = yes - no;
        }
        if (k + 1 < t->classes) {
            double odds = random_log_gamma(r, 1 + m->of[k]) - random_log_gamma(r, alpha + behind);
            /* log of −log(1−V) = log(1 + e^odds) */
            *lane_of(p->sticks, k) = odds > 30    ? log(odds)
                                     : odds < -30 ? odds
                                                  : log(log1p(exp(odds)));
        }
        behind += m->of[k];
    }
}

void move_gibbs(const struct target *t, struct point *p, struct random *r)
{
    double weights[LATENT_CLASSES_LIMIT], rests[LATENT_CLASSES_LIMIT];
    struct members m = {0};
    target_weights(t, p, weights, rests);
    double unseen = target_unseen(t, p), length = -rests[t->classes - 1];
    int64_t count = random_negative_binomial(r, (double)t->overlap->total, 1 - unseen);
    for (size_t i = 0; i < t->overlap->cells_count; i++)
        share_cell(t, p, weights, t->overlap->cells[i], &m, r);
    share_cell(t, p, weights, (struct overlap_cell){0, count}, &m, r);
    double shape = t->shape + (double)t->classes - 1;
    double alpha = exp(random_log_gamma(r, shape) - log(t->rate + length));
    draw_parameters(t, p, &m, alpha, r);
}
