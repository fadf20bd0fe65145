#include "estimate/assess.h"

#include <math.h>

#include "estimate/assess_int.h"

static const struct estimate none = {NAN, NAN, NAN};

struct assess_options assess_defaults(void)
{
    return (struct assess_options){.latent = latent_defaults(), .resamples = 1000, .threads = 1};
}

static bool can_fit(const struct overlap *o)
{
    for (size_t i = 0; i < o->cells_count; i++)
        if (o->cells[i].lists & (o->cells[i].lists - 1))
            return o->lists >= 3;
    return false;
}

/* ---- the methods ---- */

static void fit_catalogue(struct assessment *a, const struct assess_options *o, struct arena *arena)
{
    catalogue_fit(a->overlap, o->threads, NULL, arena, &a->catalogue);
    if (!a->catalogue.estimable)
        return;
    const struct candidate *best = &a->catalogue.candidates[0];
    struct fitter *f = fitter_new(a->overlap->lists);
    struct estimate *e = &a->estimates[METHOD_LOGLINEAR];
    e->value = best->fit.estimate;
    fitter_interval(f, overlap_counts(a->overlap, arena), &best->model, &e->low, &e->high);
    fitter_free(f);
    while (a->close < a->catalogue.estimable &&
           a->catalogue.candidates[a->close].fit.bic <= best->fit.bic + 2)
        a->close++;
}

static void fit_stepwise(struct assessment *a, const struct assess_options *o)
{
    struct bootstrap_options options = {o->resamples, o->latent.seed, o->threads, o->bar};
    if (o->bar)
        progress_begin(o->bar, "resamples", o->resamples);
    bootstrap_stepwise(a->overlap, &options, &a->stepwise);
    if (o->bar)
        progress_end(o->bar);
    if (!isnan(a->stepwise.low))
        a->estimates[METHOD_STEPWISE] =
            (struct estimate){a->stepwise.chosen.fit.estimate, a->stepwise.low, a->stepwise.high};
}

/* A histogram of log N, smoothed over its neighbours. Draws are whole numbers, and bins may be
 * narrower: each is laid somewhere within half a person, evenly over the draws. */
static void find_draws_modes(struct assessment *a)
{
    enum { BINS = 60, PARTS = 64 };
    double places[BINS], rough[BINS] = {0}, smooth[BINS] = {0};
    const struct latent *l = &a->latent;
    double least = log(l->low) - 0.05, most = log(l->high) + 0.05, width = (most - least) / BINS;
    for (size_t i = 0; i < l->chains * l->count; i++) {
        double within = ((double)(i % PARTS) + 0.5) / PARTS - 0.5;
        double at = (log(l->draws[i] + within) - least) / width;
        if (at >= 0 && at < BINS)
            rough[(size_t)at]++;
    }
    for (int i = 0; i < BINS; i++) {
        places[i] = exp(least + width * (i + 0.5));
        for (int k = i < 4 ? -i : -4; k <= 4 && i + k < BINS; k++)
            smooth[i] += rough[i + k] * exp(-k * k / 8.0);
    }
    a->modes_count[METHOD_LATENT] =
        find_modes(places, smooth, BINS, a->modes[METHOD_LATENT], MODES_LIMIT);
}

static void sample_latent(struct assessment *a, const struct assess_options *o, struct arena *arena)
{
    struct latent_options options = o->latent;
    options.threads = o->threads;
    options.bar = o->bar;
    if (o->bar)
        progress_begin(o->bar, "latent classes", options.most);
    latent_run(a->overlap, &options, arena, &a->latent);
    if (o->bar)
        progress_end(o->bar);
    a->estimates[METHOD_LATENT] =
        (struct estimate){a->latent.median, a->latent.low, a->latent.high};
    find_draws_modes(a);
}

/* densities of log N, so that a long tail is no mode */
static void find_graph_modes(struct assessment *a)
{
    const struct graph_posterior *p = &a->graphs;
    double *places = mem_alloc(2 * p->densities_count * sizeof *places);
    double *densities = places + p->densities_count;
    for (size_t i = 0; i < p->densities_count; i++) {
        places[i] = p->densities[i].people;
        densities[i] = p->densities[i].density * places[i];
    }
    a->modes_count[METHOD_GRAPHS] =
        find_modes(places, densities, p->densities_count, a->modes[METHOD_GRAPHS], MODES_LIMIT);
    mem_free(places);
}

static struct estimate weigh_graphs(const struct overlap *o, double delta, struct arena *arena,
                                    struct graph_posterior *p)
{
    graphs_posterior(o, delta, 100 * (double)o->total, arena, p);
    return (struct estimate){p->median, p->low, p->high};
}

/* δ by these factors, 0 for δ = 1 */
static const double delta_factors[] = {0.5, 2, 0};

static void average_graphs(struct assessment *a, struct arena *arena)
{
    double delta = graphs_delta(a->overlap->lists);
    if (a->overlap->lists > GRAPH_LISTS_LIMIT)
        return;
    a->estimates[METHOD_GRAPHS] = weigh_graphs(a->overlap, delta, arena, &a->graphs);
    find_graph_modes(a);
    for (size_t i = 0; i < COUNT_OF(delta_factors); i++) {
        struct graph_posterior p;
        double factor = delta_factors[i];
        struct scenario *s = &a->scenarios[a->scenarios_count++];
        *s = (struct scenario){.change = CHANGE_DELTA, .amount = factor, .settled = true};
        s->latent = weigh_graphs(a->overlap, factor > 0 ? delta * factor : 1, arena, &p);
        s->stepwise = none;
    }
}

static void depend(struct assessment *a)
{
    static const double ratios[DEPENDENCES] = {0.25, 0.5, 1, 2, 4, 8};
    const struct overlap *o = a->overlap;
    double both = (double)overlap_margin(o, 3);
    double first = (double)overlap_margin(o, 1) - both,
           second = (double)overlap_margin(o, 2) - both;
    for (size_t i = 0; i < DEPENDENCES; i++)
        a->dependences[i] = (struct dependence){
            ratios[i], both > 0 ? (double)o->total + ratios[i] * first * second / both : INFINITY};
}

static struct estimate span_priors(const struct assessment *a)
{
    struct estimate span = a->estimates[METHOD_LATENT];
    for (size_t i = 0; i < a->scenarios_count; i++) {
        const struct scenario *s = &a->scenarios[i];
        if (s->change != CHANGE_PRIOR || !s->settled)
            continue;
        span.low = fmin(span.low, s->latent.low);
        span.high = fmax(span.high, s->latent.high);
    }
    return span;
}

void assess(const struct overlap *overlap, const struct assess_options *o, struct arena *arena,
            struct assessment *a)
{
    *a = (struct assessment){.overlap = overlap, .bounds = chao_bounds(overlap)};
    for (size_t i = 0; i < METHODS; i++)
        a->estimates[i] = none;
    if (overlap->lists == 2)
        depend(a);
    if (can_fit(overlap)) {
        fit_catalogue(a, o, arena);
        fit_stepwise(a, o);
        sample_latent(a, o, arena);
        average_graphs(a, arena);
        assess_scenarios(a, o, arena);
    }
    a->reported = span_priors(a);
    assess_judge(a);
}
