#include "estimate/loglinear_int.h"

#include <math.h>

/* Maximise s subject to A y + (A1) s = t, y ≥ 0, s ≥ 0: the simplex method in two phases on a dense
 * tableau, with Bland's rule, which cannot circle. A is 0 and 1, t whole numbers. */
struct tableau {
    double *at; /* rows × columns; the last row is what is to be made small, the last column t */
    size_t *basis;
    size_t rows, columns; /* constraints and variables; artificial variables are not kept */
};

static const double tolerance = 1e-9;

static double *cell(const struct tableau *t, size_t row, size_t column)
{
    return &t->at[row * (t->columns + 1) + column];
}

static void pivot(struct tableau *t, size_t row, size_t column)
{
    double by = *cell(t, row, column);
    for (size_t k = 0; k <= t->columns; k++)
        *cell(t, row, k) /= by;
    for (size_t i = 0; i <= t->rows; i++) {
        double factor = *cell(t, i, column);
        if (i == row || factor == 0)
            continue;
        for (size_t k = 0; k <= t->columns; k++)
            *cell(t, i, k) -= factor * *cell(t, row, k);
    }
    t->basis[row] = column;
}

static size_t entering(const struct tableau *t)
{
    for (size_t k = 0; k < t->columns; k++)
        if (*cell(t, t->rows, k) < -tolerance)
            return k;
    return SIZE_MAX;
}

static size_t leaving(const struct tableau *t, size_t column)
{
    size_t best = SIZE_MAX;
    double least = INFINITY;
    for (size_t i = 0; i < t->rows; i++) {
        double by = *cell(t, i, column);
        if (by <= tolerance)
            continue;
        double ratio = *cell(t, i, t->columns) / by;
        if (ratio < least - tolerance ||
            (ratio < least + tolerance && best != SIZE_MAX && t->basis[i] < t->basis[best])) {
            least = fmin(least, ratio);
            best = i;
        }
    }
    return best;
}

static void optimise(struct tableau *t)
{
    for (size_t column, row; (column = entering(t)) != SIZE_MAX; pivot(t, row, column))
        if ((row = leaving(t, column)) == SIZE_MAX)
            return;
}

/* Phase 1: every row begins with an artificial variable of its own, whose sum is made 0. */
static void find_basis(struct tableau *t)
{
    for (size_t k = 0; k <= t->columns; k++) {
        double sum = 0;
        for (size_t i = 0; i < t->rows; i++)
            sum += *cell(t, i, k);
        *cell(t, t->rows, k) = -sum;
    }
    for (size_t i = 0; i < t->rows; i++)
        t->basis[i] = SIZE_MAX;
    optimise(t);
}

/* Artificial variables still in the basis are 0: others take their place, or the row says nothing
 * and is made empty. */
static size_t drop_artificial(struct tableau *t)
{
    size_t rank = 0;
    for (size_t i = 0; i < t->rows; i++) {
        size_t k = 0;
        rank++;
        if (t->basis[i] != SIZE_MAX)
            continue;
        while (k < t->columns && fabs(*cell(t, i, k)) <= tolerance)
            k++;
        if (k < t->columns) {
            pivot(t, i, k);
            continue;
        }
        rank--;
        for (k = 0; k <= t->columns; k++)
            *cell(t, i, k) = 0;
    }
    return rank;
}

/* Phase 2: s is the last variable. */
static double maximise_least(struct tableau *t)
{
    size_t s = t->columns - 1;
    for (size_t k = 0; k <= t->columns; k++)
        *cell(t, t->rows, k) = k == s ? -1 : 0;
    for (size_t i = 0; i < t->rows; i++)
        if (t->basis[i] == s)
            for (size_t k = 0; k <= t->columns; k++)
                *cell(t, t->rows, k) += *cell(t, i, k);
    optimise(t);
    for (size_t i = 0; i < t->rows; i++)
        if (t->basis[i] == s)
            return *cell(t, i, t->columns);
    return 0;
}

static void fill(struct tableau *t, const struct fitter *f)
{
    for (size_t i = 0; i < t->rows; i++) {
        size_t column = 0;
        for (size_t set = 1; set < f->sets; set++) {
            if (!f->open[set])
                continue;
            bool in = (set & f->terms[i]) == f->terms[i];
            *cell(t, i, column++) = in;
            *cell(t, i, t->columns - 1) += in;
            *cell(t, i, t->columns) += in ? f->counts[set] : 0;
        }
    }
}

static bool has_empty(const struct fitter *f)
{
    for (size_t set = 1; set < f->sets; set++)
        if (f->open[set] && !(f->counts[set] > 0))
            return true;
    return false;
}

/* whether AAᵀ has an inverse; its entries are numbers of cells */
static bool has_full_rank(struct fitter *f)
{
    size_t size = f->terms_count;
    for (size_t set = 0; set < f->sets; set++)
        f->work[set] = f->open[set];
    sum_supersets(f->work, f->lists);
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j <= i; j++)
            f->matrix[i * size + j] = f->work[f->terms[i] | f->terms[j]];
    return matrix_factor(f->matrix, size);
}

enum existence fitter_existence(struct fitter *f, const double *counts, const struct model *model)
{
    size_t cells = 0;
    fitter_prepare(f, counts, model);
    if (!has_empty(f)) /* the counts themselves are x, and the least of them is above 0 */
        return has_full_rank(f) ? EXISTS : EXISTS_MANY;
    for (size_t set = 1; set < f->sets; set++)
        cells += f->open[set];
    struct tableau t = {.rows = f->terms_count, .columns = cells + 1};
    t.at = mem_alloc((t.rows + 1) * (t.columns + 1) * sizeof *t.at);
    t.basis = mem_alloc(t.rows * sizeof *t.basis);
    fill(&t, f);
    find_basis(&t);
    size_t rank = drop_artificial(&t);
    double least = maximise_least(&t);
    mem_free(t.at);
    mem_free(t.basis);
    return (enum existence)((least > 1e-7 ? EXISTS : EXISTS_NOT) +
                            (rank < f->terms_count ? EXISTS_MANY : EXISTS));
}
