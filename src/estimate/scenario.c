#include <math.h>

#include "base/in_order.h"
#include "estimate/assess_int.h"

/* ---- matches missed or wrong ---- */

/* the nearest whole numbers, none below 0 */
static struct overlap round_counts(const struct overlap *o, const double *counts,
                                   struct arena *arena)
{
    size_t sets = (size_t)1 << o->lists;
    struct overlap out = {.stratum = o->stratum, .names = o->names, .lists = o->lists};
    out.cells = arena_alloc(arena, sets * sizeof *out.cells);
    for (uint32_t set = 1; set < sets; set++) {
        int64_t count = llround(fmax(counts[set], 0));
        if (!count)
            continue;
        out.cells[out.cells_count++] = (struct overlap_cell){set, count};
        out.total += count;
    }
    return out;
}

struct overlap overlap_rematch(const struct overlap *o, double missed, double wrong,
                               struct arena *arena)
{
    double *counts = overlap_counts(o, arena);
    for (size_t i = 0; i < o->cells_count; i++) {
        uint32_t lists = o->cells[i].lists;
        double size = __builtin_popcount(lists), count = (double)o->cells[i].count;
        double joined = count * (missed / (1 - missed) - wrong);
        if (size < 2)
            continue;
        counts[lists] += joined;
        for (uint32_t left = lists; left; left &= left - 1) {
            uint32_t one = left & -left;
            counts[one] -= joined / size;
            counts[lists ^ one] -= joined / size;
        }
    }
    return round_counts(o, counts, arena);
}

/* ---- runs ---- */

struct run {
    struct scenario scenario;
    struct overlap overlap;
    struct latent_options options;
    bool stepwise;
};

static double stepwise_of(const struct overlap *o, struct arena *arena)
{
    struct fitter *f = fitter_new(o->lists);
    struct candidate c;
    stepwise_fit(f, overlap_counts(o, arena), STEPWISE_THRESHOLD, &c);
    fitter_free(f);
    return c.fit.converged && c.existence == EXISTS ? c.fit.estimate : NAN;
}

static void run_one(void *context, void *piece)
{
    struct run *r = piece;
    struct arena arena;
    struct latent l;
    (void)context;
    arena_init(&arena);
    latent_run(&r->overlap, &r->options, &arena, &l);
    r->scenario.latent = (struct estimate){l.median, l.low, l.high};
    r->scenario.settled = l.settled;
    r->scenario.stepwise =
        (struct estimate){r->stepwise ? stepwise_of(&r->overlap, &arena) : NAN, NAN, NAN};
    arena_release(&arena);
}

struct runs {
    struct run all[SCENARIOS_LIMIT];
    size_t count;
};

static struct run *add_run(struct runs *runs, const struct assessment *a,
                           const struct latent_options *options, enum change change, double amount)
{
    struct run *r = &runs->all[runs->count++];
    *r = (struct run){.overlap = *a->overlap, .options = *options};
    r->scenario.change = change;
    r->scenario.amount = amount;
    return r;
}

static void leave_lists_out(struct runs *runs, const struct assessment *a,
                            const struct latent_options *options, struct arena *arena)
{
    uint32_t all = (UINT32_C(1) << a->overlap->lists) - 1;
    for (size_t i = 0; a->overlap->lists > 3 && i < a->overlap->lists; i++) {
        struct run *r = add_run(runs, a, options, CHANGE_LIST, 0);
        r->overlap = overlap_keep(a->overlap, all & ~(UINT32_C(1) << i), arena);
        r->scenario.list = i;
        r->stepwise = true;
    }
}

static struct run *rematch(struct runs *runs, const struct assessment *a,
                           const struct latent_options *options, enum change change, double missed,
                           double wrong, struct arena *arena)
{
    struct run *r = add_run(runs, a, options, change, change == CHANGE_FALSE ? wrong : missed);
    struct overlap changed = overlap_rematch(a->overlap, missed, wrong, arena);
    r->overlap = overlap_without_empty(&changed, arena);
    r->stepwise = true;
    return r;
}

static void change_matches(struct runs *runs, const struct assessment *a,
                           const struct latent_options *options, const struct match_doubt *doubt,
                           struct arena *arena)
{
    static const double missed[] = {0.02, 0.05, 0.1}, wrong[] = {0.02, 0.05};
    for (size_t i = 0; i < COUNT_OF(missed); i++)
        rematch(runs, a, options, CHANGE_MISSED, missed[i], 0, arena);
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        rematch(runs, a, options, CHANGE_FALSE, 0, wrong[i], arena);
    if (doubt->known)
        rematch(runs, a, options, CHANGE_MATCHER, doubt->missed, doubt->wrong, arena)
            ->scenario.wrong = doubt->wrong;
}

static void change_model(struct runs *runs, const struct assessment *a,
                         const struct latent_options *options)
{
    size_t classes[] = {(options->classes + 1) / 2, 2 * options->classes};
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        size_t count = classes[i] < LATENT_CLASSES_LIMIT ? classes[i] : LATENT_CLASSES_LIMIT;
        if (count != options->classes)
            add_run(runs, a, options, CHANGE_CLASSES, (double)count)->options.classes = count;
    }
    struct run *r = add_run(runs, a, options, CHANGE_PRIOR, 1);
    r->options.shape = r->options.rate = 1;
}

void assess_scenarios(struct assessment *a, const struct assess_options *o, struct arena *arena)
{
    struct runs *runs = mem_alloc(sizeof *runs);
    struct latent_options options = o->latent;
    options.bar = NULL;
    options.threads = 1;
    options.enough = options.enough < 1000 ? options.enough : 1000;
    options.most = options.most < 2000 ? options.most : 2000;
    options.least = options.least < 400 ? options.least : 400;
    leave_lists_out(runs, a, &options, arena);
    change_model(runs, a, &options);
    change_matches(runs, a, &options, &o->doubt, arena);
    if (o->bar)
        progress_begin(o->bar, "sensitivity", runs->count);
    struct in_order *order = in_order_new(o->threads, run_one, NULL);
    for (size_t added = 0, taken = 0; taken < runs->count; taken++) {
        for (; added < runs->count && in_order_has_room(order); added++)
            in_order_add(order, &runs->all[added]);
        const struct run *done = in_order_take(order);
        a->scenarios[a->scenarios_count++] = done->scenario;
        if (o->bar)
            progress_step(o->bar, taken + 1);
    }
    in_order_free(order);
    if (o->bar)
        progress_end(o->bar);
    mem_free(runs);
}
