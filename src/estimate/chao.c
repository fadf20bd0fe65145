#include "estimate/chao.h"

#include <math.h>

#include "estimate/loglinear_int.h"

enum { COLUMNS_LIMIT = 2 * OVERLAP_LISTS_LIMIT + 1, STEPS = 100 };

/* A log-linear model whose columns are given for each cell. */
struct columns {
    size_t lists, sets, count;
    size_t shared;               /* how many are the constant and the main effects */
    size_t bends[COLUMNS_LIMIT]; /* behind them: max(0, |ω| − bend) */
    bool alike;
    double *counts; /* by mask */
};

static size_t size_of(size_t set)
{
    return (size_t)__builtin_popcountll(set);
}

static double column_at(const struct columns *c, size_t set, size_t i)
{
    if (i == 0)
        return 1;
    if (i < c->shared)
        return c->alike ? (double)size_of(set) : (double)(set >> (i - 1) & 1);
    size_t bend = c->bends[i - c->shared];
    return size_of(set) > bend ? (double)(size_of(set) - bend) : 0;
}

static double expected(const struct columns *c, size_t set, const double *beta)
{
    double sum = 0;
    for (size_t i = 0; i < c->count; i++)
        sum += beta[i] * column_at(c, set, i);
    return exp(sum);
}

/* one step of reweighted least squares from the expected counts; false when it is singular */
static bool reweigh(const struct columns *c, const double *mean, double *beta)
{
    double matrix[COLUMNS_LIMIT * COLUMNS_LIMIT] = {0};
    memset(beta, 0, c->count * sizeof *beta);
    for (size_t set = 1; set < c->sets; set++) {
        double target = mean[set] * log(mean[set]) + c->counts[set] - mean[set];
        for (size_t i = 0; i < c->count; i++) {
            double x = column_at(c, set, i);
            beta[i] += x * target;
            for (size_t j = 0; x != 0 && j <= i; j++)
                matrix[i * c->count + j] += mean[set] * x * column_at(c, set, j);
        }
    }
    if (!matrix_factor(matrix, c->count))
        return false;
    matrix_solve(matrix, c->count, beta);
    return true;
}

static bool fit(const struct columns *c, double *mean, double *beta)
{
    double before = INFINITY;
    for (size_t set = 1; set < c->sets; set++)
        mean[set] = c->counts[set] + 0.1;
    for (int i = 0; i < STEPS; i++) {
        if (!reweigh(c, mean, beta))
            return false;
        for (size_t set = 1; set < c->sets; set++)
            if (!((mean[set] = expected(c, set, beta)) > 1e-300) || !isfinite(mean[set]))
                return false;
        if (fabs(beta[0] - before) < 1e-12)
            return true;
        before = beta[0];
    }
    return false;
}

/* takes away the most negative bend; false when there is none */
static bool drop_bend(struct columns *c, const double *beta)
{
    size_t worst = 0;
    for (size_t i = c->shared; i < c->count; i++)
        if (beta[i] < 0 && (!worst || beta[i] < beta[worst]))
            worst = i;
    if (!worst)
        return false;
    for (size_t i = worst - c->shared; i + 1 < c->count - c->shared; i++)
        c->bends[i] = c->bends[i + 1];
    c->count--;
    return true;
}

static double bound(const struct overlap *o, bool alike)
{
    struct arena arena;
    double beta[COLUMNS_LIMIT], value = NAN;
    arena_init(&arena);
    struct columns c = {.lists = o->lists, .sets = (size_t)1 << o->lists, .alike = alike};
    c.counts = overlap_counts(o, &arena);
    c.shared = c.count = alike ? 2 : 1 + o->lists;
    for (size_t bend = 2; bend < o->lists; bend++)
        c.bends[c.count++ - c.shared] = bend;
    double *mean = arena_alloc(&arena, c.sets * sizeof *mean);
    bool fitted;
    while ((fitted = fit(&c, mean, beta)) && drop_bend(&c, beta))
        continue;
    if (fitted)
        value = (double)o->total + exp(beta[0]);
    arena_release(&arena);
    return value;
}

struct chao_bounds chao_bounds(const struct overlap *o)
{
    double once = 0, twice = 0, lists = (double)o->lists, total = (double)o->total;
    for (size_t i = 0; i < o->cells_count; i++) {
        size_t size = size_of(o->cells[i].lists);
        once += size == 1 ? (double)o->cells[i].count : 0;
        twice += size == 2 ? (double)o->cells[i].count : 0;
    }
    return (struct chao_bounds){
        .corrected = total + (lists - 1) * once * (once - 1) / (2 * lists * (twice + 1)),
        .alike = twice > 0 ? bound(o, true) : NAN,
        .unlike = twice > 0 ? bound(o, false) : NAN,
    };
}
