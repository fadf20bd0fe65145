#include "estimate/bootstrap.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/in_order.h"
#include "estimate/random.h"

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void sort_numbers(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
}

double quantile_of(const double *sorted, size_t count, double share)
{
    double at = ((double)count + 1.0 / 3) * share + 1.0 / 3;
    if (at <= 1)
        return sorted[0];
    if (at >= (double)count)
        return sorted[count - 1];
    size_t below = (size_t)at;
    double part = at - (double)below;
    return part == 0 ? sorted[below - 1]
                     : sorted[below - 1] + part * (sorted[below] - sorted[below - 1]);
}

static double estimate_of(struct fitter *f, const double *counts)
{
    struct candidate c;
    stepwise_fit(f, counts, STEPWISE_THRESHOLD, &c);
    return c.fit.converged && c.existence == EXISTS ? c.fit.estimate : INFINITY;
}

/* ---- resamples ---- */

enum { PIECE = 50 };

struct piece {
    const struct overlap *overlap;
    uint64_t seed;
    size_t from, count;
    double *estimates;
};

static void resample(void *context, void *at)
{
    struct piece *p = at;
    const struct overlap *o = p->overlap;
    struct fitter *f = fitter_new(o->lists);
    double *weights = mem_alloc(o->cells_count * sizeof *weights);
    int64_t *drawn = mem_alloc(o->cells_count * sizeof *drawn);
    double *counts = mem_alloc(sizeof *counts << o->lists);
    (void)context;
    for (size_t i = 0; i < o->cells_count; i++)
        weights[i] = (double)o->cells[i].count;
    for (size_t k = p->from; k < p->from + p->count; k++) {
        struct random random = random_of(p->seed, k);
        random_multinomial(&random, o->total, weights, o->cells_count, drawn);
        for (size_t i = 0; i < o->cells_count; i++)
            counts[o->cells[i].lists] = (double)drawn[i];
        p->estimates[k] = estimate_of(f, counts);
    }
    mem_free(weights);
    mem_free(drawn);
    mem_free(counts);
    fitter_free(f);
}

static double *resample_all(const struct overlap *o, const struct bootstrap_options *options)
{
    size_t pieces = (options->resamples + PIECE - 1) / PIECE, added = 0;
    double *estimates = mem_alloc(options->resamples * sizeof *estimates);
    struct piece *all = mem_alloc(pieces * sizeof *all);
    struct in_order *order = in_order_new(options->threads, resample, NULL);
    for (size_t done = 0; done < pieces; done++) {
        for (; added < pieces && in_order_has_room(order); added++) {
            size_t from = added * PIECE, left = options->resamples - from;
            all[added] =
                (struct piece){o, options->seed, from, left < PIECE ? left : PIECE, estimates};
            in_order_add(order, &all[added]);
        }
        (void)in_order_take(order);
        if (options->bar)
            progress_step(options->bar, done * PIECE);
    }
    in_order_free(order);
    mem_free(all);
    return estimates;
}

/* ---- the jackknife ---- */

static void leave_one_out(const struct overlap *o, struct bootstrap *b)
{
    struct fitter *f = fitter_new(o->lists);
    double counts[(size_t)1 << OVERLAP_LISTS_LIMIT] = {0}, sum = 0, squares = 0, cubes = 0;
    double *without = mem_alloc(o->cells_count * sizeof *without);
    for (size_t i = 0; i < o->cells_count; i++)
        counts[o->cells[i].lists] = (double)o->cells[i].count;
    b->least = INFINITY;
    b->most = -INFINITY;
    for (size_t i = 0; i < o->cells_count; i++) {
        counts[o->cells[i].lists]--;
        without[i] = estimate_of(f, counts);
        counts[o->cells[i].lists]++;
        sum += (double)o->cells[i].count * without[i];
        b->least = fmin(b->least, without[i]);
        b->most = fmax(b->most, without[i]);
    }
    for (size_t i = 0; i < o->cells_count; i++) {
        double rest = sum / (double)o->total - without[i], weight = (double)o->cells[i].count;
        squares += weight * rest * rest;
        cubes += weight * rest * rest * rest;
    }
    b->acceleration = squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0;
    mem_free(without);
    fitter_free(f);
}

/* ---- the interval ---- */

static double share_at(const struct bootstrap *b, double normal)
{
    double moved = b->bias + normal;
    return gsl_cdf_ugaussian_P(b->bias + moved / (1 - b->acceleration * moved));
}

void bootstrap_stepwise(const struct overlap *o, const struct bootstrap_options *options,
                        struct bootstrap *b)
{
    const double normal = 1.959963984540054; /* 97.5% of the normal distribution */
    struct fitter *f = fitter_new(o->lists);
    struct arena arena;
    size_t below = 0, count = options->resamples;
    arena_init(&arena);
    *b = (struct bootstrap){.low = NAN, .high = NAN};
    stepwise_fit(f, overlap_counts(o, &arena), STEPWISE_THRESHOLD, &b->chosen);
    arena_release(&arena);
    fitter_free(f);
    if (!b->chosen.fit.converged || b->chosen.existence != EXISTS)
        return;
    double *estimates = resample_all(o, options);
    leave_one_out(o, b);
    for (size_t i = 0; i < count; i++) {
        below += estimates[i] < b->chosen.fit.estimate;
        b->unbounded += isfinite(estimates[i]) ? 0 : 1;
    }
    sort_numbers(estimates, count);
    double share = fmin(fmax((double)below, 0.5), (double)count - 0.5) / (double)count;
    b->bias = gsl_cdf_ugaussian_Pinv(share);
    b->low = quantile_of(estimates, count, share_at(b, -normal));
    b->high = quantile_of(estimates, count, share_at(b, normal));
    mem_free(estimates);
}
