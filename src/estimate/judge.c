#include <math.h>

#include "estimate/assess.h"

/* The rules: ratios beyond which numbers disagree, and shares beyond which one thing moves them. */
static const double disagreement = 1.5, movement = 0.25, bound_share = 0.01;

enum ruling reason_ruling(enum reason_kind kind)
{
    return kind <= REASON_AT_BOUND ? RULING_REFUSE : RULING_DO_NOT_CITE;
}

static struct reason *add(struct assessment *a, enum reason_kind kind, double x, double y, double z)
{
    struct reason *r = &a->reasons[a->reasons_count];
    a->reasons_count += a->reasons_count + 1 < REASONS_LIMIT;
    *r = (struct reason){.kind = kind, .numbers = {x, y, z}};
    if (reason_ruling(kind) > a->ruling)
        a->ruling = reason_ruling(kind);
    return r;
}

static bool moves(double from, double to)
{
    return isfinite(from) && !(fabs(to - from) <= movement * from);
}

/* ---- what the table itself forbids ---- */

static bool has_overlap(const struct overlap *o)
{
    for (size_t i = 0; i < o->cells_count; i++)
        if (o->cells[i].lists & (o->cells[i].lists - 1))
            return true;
    return false;
}

static void judge_table(struct assessment *a)
{
    const struct overlap *o = a->overlap;
    if (o->lists < 3)
        add(a, REASON_TWO_LISTS, (double)o->lists, 0, 0);
    if (!has_overlap(o)) {
        add(a, REASON_NO_OVERLAP, 0, 0, 0);
        return;
    }
    for (size_t i = 0; i < o->lists; i++) {
        int64_t own = overlap_margin(o, UINT32_C(1) << i), shared = 0;
        for (size_t k = 0; k < o->lists; k++) {
            int64_t both = overlap_margin(o, UINT32_C(1) << i | UINT32_C(1) << k);
            shared += k == i ? 0 : both;
            if (k != i && both == own) {
                struct reason *r = add(a, REASON_INSIDE, 0, 0, 0);
                r->list = i;
                r->other = k;
            }
        }
        if (!shared)
            add(a, REASON_APART, 0, 0, 0)->list = i;
    }
}

/* ---- what the methods say ---- */

static void judge_intervals(struct assessment *a)
{
    double end = INFINITY, start = 0;
    for (size_t i = 0; i < METHODS; i++) {
        end = fmin(end, a->estimates[i].high);
        start = fmax(start, a->estimates[i].low);
    }
    if (start > end)
        add(a, REASON_INTERVALS, end, start, 0);
}

static void judge_methods(struct assessment *a)
{
    double least = INFINITY, most = 0;
    if (isnan(a->estimates[METHOD_STEPWISE].value) && isnan(a->estimates[METHOD_LOGLINEAR].value))
        add(a, REASON_NO_MAXIMUM, 0, 0, 0);
    for (size_t i = 0; i < METHODS; i++) {
        least = fmin(least, a->estimates[i].value);
        most = fmax(most, a->estimates[i].value);
    }
    if (most > disagreement * least)
        add(a, REASON_METHODS, least, most, 0);
    judge_intervals(a);
    least = INFINITY;
    most = 0;
    for (size_t i = 0; i < a->close; i++) {
        least = fmin(least, a->catalogue.candidates[i].fit.estimate);
        most = fmax(most, a->catalogue.candidates[i].fit.estimate);
    }
    if (most > disagreement * least)
        add(a, REASON_MODELS, least, most, (double)a->close);
}

static void judge_posteriors(struct assessment *a)
{
    const struct diagnosis *d = &a->latent.diagnosis;
    if (!a->latent.settled)
        add(a, REASON_NOT_SETTLED, d->shrink, d->bulk, d->tail);
    if (!isnan(a->estimates[METHOD_GRAPHS].value) && a->graphs.at_bound > bound_share)
        add(a, REASON_AT_BOUND, a->graphs.at_bound, a->graphs.most, 0);
    for (size_t i = 0; i < METHODS; i++)
        if (a->modes_count[i] > 1)
            add(a, REASON_TWO_MODES, a->modes[i][0], a->modes[i][1], 0)->method = (enum method)i;
}

static void judge_bootstrap(struct assessment *a)
{
    double whole = a->estimates[METHOD_STEPWISE].value;
    if (isnan(whole))
        return;
    if (moves(whole, a->stepwise.least))
        add(a, REASON_ONE_CASE, whole, a->stepwise.least, 0);
    else if (moves(whole, a->stepwise.most))
        add(a, REASON_ONE_CASE, whole, a->stepwise.most, 0);
    if (!isfinite(a->estimates[METHOD_STEPWISE].high))
        add(a, REASON_UNBOUNDED, (double)a->stepwise.unbounded, 0, 0);
}

static void judge_scenarios(struct assessment *a)
{
    for (size_t i = 0; i < a->scenarios_count; i++) {
        const struct scenario *s = &a->scenarios[i];
        double latent = a->estimates[METHOD_LATENT].value,
               graphs = a->estimates[METHOD_GRAPHS].value;
        if (s->change == CHANGE_LIST && moves(latent, s->latent.value))
            add(a, REASON_ONE_LIST, latent, s->latent.value, 0)->list = s->list;
        if (s->change == CHANGE_DELTA && s->amount > 0 && moves(graphs, s->latent.value))
            add(a, REASON_DELTA, graphs, s->latent.value, s->amount);
    }
}

static int compare(const void *a, const void *b)
{
    const struct reason *left = a, *right = b;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    if (left->list != right->list)
        return left->list < right->list ? -1 : 1;
    return (left->other > right->other) - (left->other < right->other);
}

void assess_judge(struct assessment *a)
{
    a->reasons_count = 0;
    a->ruling = RULING_REPORT;
    judge_table(a);
    if (a->overlap->lists >= 3 && has_overlap(a->overlap)) {
        judge_methods(a);
        judge_posteriors(a);
        judge_bootstrap(a);
        judge_scenarios(a);
    }
    qsort(a->reasons, a->reasons_count, sizeof *a->reasons, compare);
}
