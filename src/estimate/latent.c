#include "estimate/latent.h"

#include <math.h>

#include "base/in_order.h"
#include "estimate/bootstrap.h"
#include "estimate/latent_int.h"

enum {
    BURN_SWEEPS = 200,
    TUNING = 400,     /* trajectories while the step size is sought */
    STEPS_MOST = 200, /* of a trajectory */
    SWEEP_EVERY = 5,  /* trajectories */
    EXCHANGES = 10,   /* of labels, after each draw */
    CHECK_EVERY = 20, /* draws, for the predictive check */
    TITLE = 80
};

static const double path = 3;          /* length of a trajectory: step size × steps */
static const double acceptance = 0.75; /* that the step size is tuned to */

struct chain {
    const struct target *target;
    const struct latent_options *options;
    struct random random;
    struct point point;
    double size;   /* of a step */
    double *draws; /* room for `most` */
    size_t count, wanted;
    double accepted; /* sum of probabilities */
    size_t farther, checks;
    const double *found; /* the table, by mask */
    double *cells;       /* room for the check */
    int64_t *drawn;
};

struct latent_options latent_defaults(void)
{
    return (struct latent_options){
        .classes = 10,
        .shape = 0.25,
        .rate = 0.25,
        .chains = 4,
        .enough = 10000,
        .least = 1000,
        .most = 20000,
        .seed = 1,
        .threads = 1,
    };
}

/* ---- one chain ---- */

static void begin(struct chain *c)
{
    const struct target *t = c->target;
    memset(&c->point, 0, sizeof c->point);
    for (size_t k = 0; k < t->classes; k++) {
        for (size_t j = 0; j < t->overlap->lists; j++)
            *lane_of(c->point.odds[j], k) = 1.5 * random_normal(&c->random) - 1;
        if (k + 1 < t->classes)
            *lane_of(c->point.sticks, k) = random_normal(&c->random) - 1;
    }
    for (size_t i = 0; i < BURN_SWEEPS; i++) {
        move_gibbs(t, &c->point, &c->random);
        move_labels(t, &c->point, EXCHANGES, &c->random);
    }
}

static double go_along(struct chain *c, double size)
{
    double jitter = size * (0.6 + 0.8 * random_uniform(&c->random));
    size_t steps = (size_t)fmin(fmax(1, ceil(path / size)), STEPS_MOST);
    return move_along(c->target, &c->point, jitter, steps, &c->random);
}

/* dual averaging of the logarithm of the step size (Hoffman, Gelman 2014, algorithm 5) */
static void tune(struct chain *c)
{
    double gap = 0, average = 0, centre = log(0.05), size = 0.02;
    for (size_t i = 1; i <= TUNING; i++) {
        double at = (double)i, weight = pow(at, -0.75);
        gap += (acceptance - go_along(c, size) - gap) / (at + 10);
        double log_size = fmin(fmax(centre - sqrt(at) / 0.05 * gap, log(1e-4)), log(1.0));
        average = weight * log_size + (1 - weight) * average;
        size = exp(log_size);
        if (i % SWEEP_EVERY == 0)
            move_gibbs(c->target, &c->point, &c->random);
        move_labels(c->target, &c->point, EXCHANGES, &c->random);
    }
    c->size = exp(average);
}

static double distance(double found, double expected)
{
    double rest = sqrt(found) - sqrt(expected);
    return rest * rest;
}

static void check_prediction(struct chain *c)
{
    const struct overlap *o = c->target->overlap;
    size_t sets = (size_t)1 << o->lists;
    target_cells(c->target, &c->point, c->cells);
    double total = (double)o->total, unseen = c->cells[0], table = 0, drawn = 0;
    c->cells[0] = 0;
    random_multinomial(&c->random, o->total, c->cells, sets, c->drawn);
    for (size_t set = 1; set < sets; set++) {
        double expected = total * c->cells[set] / (1 - unseen);
        table += distance(c->found[set], expected);
        drawn += distance((double)c->drawn[set], expected);
    }
    c->farther += drawn >= table;
    c->checks++;
}

static void draw(struct chain *c)
{
    const struct target *t = c->target;
    bool sweep = c->options->plain || c->count % SWEEP_EVERY == 0;
    if (!c->options->plain)
        c->accepted += go_along(c, c->size);
    if (sweep)
        move_gibbs(t, &c->point, &c->random);
    if (!c->options->plain)
        move_labels(t, &c->point, EXCHANGES, &c->random);
    double total = (double)t->overlap->total, unseen = target_unseen(t, &c->point);
    int64_t drawn = random_negative_binomial(&c->random, total, 1 - unseen);
    c->draws[c->count++] = total + (double)drawn;
    if (c->count % CHECK_EVERY == 0)
        check_prediction(c);
}

static void go_on(void *context, void *piece)
{
    struct chain *c = piece;
    (void)context;
    if (!c->count) {
        begin(c);
        if (!c->options->plain)
            tune(c);
    }
    while (c->count < c->wanted)
        draw(c);
}

/* ---- all of them ---- */

static double *gather(const struct chain *chains, size_t count, bool logarithms)
{
    size_t each = chains[0].count;
    double *all = mem_alloc(count * each * sizeof *all);
    for (size_t c = 0; c < count; c++)
        for (size_t i = 0; i < each; i++)
            all[c * each + i] = logarithms ? log(chains[c].draws[i]) : chains[c].draws[i];
    return all;
}

static struct diagnosis diagnose_chains(const struct chain *chains, size_t count)
{
    double *draws = gather(chains, count, true);
    struct diagnosis d = diagnose(draws, count, chains[0].count);
    mem_free(draws);
    return d;
}

static bool is_settled(const struct diagnosis *d)
{
    return d->shrink < 1.01 && d->bulk >= 400 && d->tail >= 400;
}

static void show(struct progress *bar, char title[TITLE], size_t done, const struct diagnosis *d)
{
    if (!bar)
        return;
    snprintf(title, TITLE, "latent classes, R\u0302 %.3f, ESS %.0f", d->shrink, d->bulk);
    bar->title = title;
    progress_step(bar, done);
}

/* in rounds, so that the same number of draws comes out with any number of threads */
static void run_all(struct chain *chains, const struct latent_options *o)
{
    char title[TITLE];
    const char *kept = o->bar ? o->bar->title : NULL;
    struct in_order *order =
        in_order_new(o->threads < o->chains ? o->threads : o->chains, go_on, NULL);
    for (size_t wanted = o->least, done = 0; done < o->most; wanted += wanted / 2) {
        done = wanted < o->most ? wanted : o->most;
        for (size_t added = 0, taken = 0; taken < o->chains; taken++) {
            for (; added < o->chains && in_order_has_room(order); added++) {
                chains[added].wanted = done;
                in_order_add(order, &chains[added]);
            }
            (void)in_order_take(order);
        }
        struct diagnosis d = diagnose_chains(chains, o->chains);
        show(o->bar, title, done, &d);
        if (is_settled(&d) && d.bulk >= (double)o->enough)
            break;
    }
    in_order_free(order);
    if (o->bar)
        o->bar->title = kept;
}

static void sum_up(const struct chain *chains, const struct latent_options *o, struct arena *arena,
                   struct latent *out)
{
    size_t each = chains[0].count, all = o->chains * each, farther = 0, checks = 0;
    double *draws = gather(chains, o->chains, false);
    *out = (struct latent){.chains = o->chains, .count = each};
    out->draws = arena_alloc(arena, all * sizeof *draws);
    memcpy(out->draws, draws, all * sizeof *draws);
    out->diagnosis = diagnose_chains(chains, o->chains);
    out->diagnosis.error = diagnose(draws, o->chains, each).error;
    out->settled = is_settled(&out->diagnosis);
    for (size_t i = 0; i < all; i++)
        out->mean += draws[i] / (double)all;
    sort_numbers(draws, all);
    out->low = quantile_of(draws, all, 0.025);
    out->median = quantile_of(draws, all, 0.5);
    out->high = quantile_of(draws, all, 0.975);
    for (size_t c = 0; c < o->chains; c++) {
        out->accepted += chains[c].accepted / (double)all;
        farther += chains[c].farther;
        checks += chains[c].checks;
    }
    out->predictive = checks ? (double)farther / (double)checks : NAN;
    mem_free(draws);
}

void latent_run(const struct overlap *overlap, const struct latent_options *o, struct arena *arena,
                struct latent *out)
{
    struct target target = {overlap, o->classes, (o->classes + LANES - 1) / LANES, o->shape,
                            o->rate};
    struct chain *chains = mem_alloc(o->chains * sizeof *chains);
    const double *found = overlap_counts(overlap, arena);
    for (size_t i = 0; i < o->chains; i++) {
        struct chain *c = &chains[i];
        c->target = &target;
        c->options = o;
        c->random = random_of(o->seed, i);
        c->draws = mem_alloc(o->most * sizeof *c->draws);
        c->found = found;
        c->cells = mem_alloc(sizeof *c->cells << overlap->lists);
        c->drawn = mem_alloc(sizeof *c->drawn << overlap->lists);
    }
    run_all(chains, o);
    sum_up(chains, o, arena, out);
    for (size_t i = 0; i < o->chains; i++) {
        mem_free(chains[i].draws);
        mem_free(chains[i].cells);
        mem_free(chains[i].drawn);
    }
    mem_free(chains);
}

/* ---- from the prior ---- */

void latent_draw_cells(size_t lists, const struct latent_options *o, struct random *r,
                       double *cells)
{
    double alpha = exp(random_log_gamma(r, o->shape) - log(o->rate)), rest = 1;
    memset(cells, 0, sizeof *cells << lists);
    for (size_t k = 0; k < o->classes; k++) {
        double kept = exp(-random_exponential(r) / alpha), share = rest * (1 - kept);
        double on[OVERLAP_LISTS_LIMIT];
        share = k + 1 == o->classes ? rest : share;
        rest *= kept;
        for (size_t j = 0; j < lists; j++)
            on[j] = random_uniform(r);
        for (size_t set = 0; set < (size_t)1 << lists; set++) {
            double part = share;
            for (size_t j = 0; j < lists; j++)
                part *= set >> j & 1 ? on[j] : 1 - on[j];
            cells[set] += part;
        }
    }
}

int64_t latent_draw_prior(size_t lists, int64_t individuals, const struct latent_options *o,
                          uint64_t stream, int64_t *cells)
{
    struct random r = random_of(o->seed, stream);
    double weights[(size_t)1 << OVERLAP_LISTS_LIMIT];
    latent_draw_cells(lists, o, &r, weights);
    double unseen = weights[0];
    weights[0] = 0;
    random_multinomial(&r, individuals, weights, (size_t)1 << lists, cells);
    return random_negative_binomial(&r, (double)individuals, 1 - unseen);
}
