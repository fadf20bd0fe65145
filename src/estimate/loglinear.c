#include "estimate/loglinear_int.h"

#include <math.h>

enum { STEPS_LIMIT = 60, HALVINGS_LIMIT = 30 };

struct fitter *fitter_new(size_t lists)
{
    struct fitter *f = mem_alloc(sizeof *f);
    f->lists = lists;
    f->sets = (size_t)1 << lists;
    f->counts = mem_alloc(4 * f->sets * sizeof *f->counts);
    f->fitted = f->counts + f->sets;
    f->work = f->fitted + f->sets;
    f->sums = f->work + f->sets;
    f->open = mem_alloc(f->sets * sizeof *f->open);
    return f;
}

void fitter_free(struct fitter *f)
{
    if (!f)
        return;
    mem_free(f->counts);
    mem_free(f->open);
    mem_free(f);
}

size_t fitter_lists(const struct fitter *f)
{
    return f->lists;
}

/* ---- small matrices ---- */

bool matrix_factor(double *m, size_t size)
{
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = m[i * size + j], whole = sum;
            for (size_t k = 0; k < j; k++)
                sum -= m[i * size + k] * m[j * size + k];
            if (i != j)
                m[i * size + j] = sum / m[j * size + j];
            else if (sum <= 1e-13 * whole || !(sum > 0))
                return false;
            else
                m[i * size + i] = sqrt(sum);
        }
    return true;
}

void matrix_solve(const double *factor, size_t size, double *x)
{
    for (size_t i = 0; i < size; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= factor[i * size + k] * x[k];
        x[i] /= factor[i * size + i];
    }
    for (size_t i = size; i-- > 0;) {
        for (size_t k = i + 1; k < size; k++)
            x[i] -= factor[k * size + i] * x[k];
        x[i] /= factor[i * size + i];
    }
}

/* ---- sums over sets ---- */

void sum_supersets(double *values, size_t lists)
{
    size_t sets = (size_t)1 << lists;
    for (size_t bit = 1; bit < sets; bit <<= 1)
        for (size_t block = 0; block < sets; block += 2 * bit)
            for (size_t i = block; i < block + bit; i++)
                values[i] += values[i + bit];
}

static void sum_subsets(double *values, size_t lists)
{
    size_t sets = (size_t)1 << lists;
    for (size_t bit = 1; bit < sets; bit <<= 1)
        for (size_t block = 0; block < sets; block += 2 * bit)
            for (size_t i = block; i < block + bit; i++)
                values[i + bit] += values[i];
}

static void close_supersets(struct fitter *f, uint32_t term)
{
    for (size_t set = 0; set < f->sets; set++)
        if ((set & term) == term)
            f->open[set] = false;
}

static void take_term(struct fitter *f, uint32_t term)
{
    if (f->sums[term] > 0) {
        f->terms[f->terms_count++] = term;
        return;
    }
    f->dropped++;
    close_supersets(f, term);
}

void fitter_prepare(struct fitter *f, const double *counts, const struct model *model)
{
    memcpy(f->counts, counts, f->sets * sizeof *counts);
    f->counts[0] = 0;
    memcpy(f->sums, f->counts, f->sets * sizeof *counts);
    sum_supersets(f->sums, f->lists);
    for (size_t set = 0; set < f->sets; set++)
        f->open[set] = set > 0;
    f->terms[0] = 0;
    f->terms_count = 1;
    f->constant = 0;
    f->dropped = 0;
    for (size_t i = 0; i < f->lists; i++)
        take_term(f, UINT32_C(1) << i);
    for (size_t i = 0; i < model->count; i++)
        take_term(f, model->terms[i]);
}

/* ---- Newton's method ---- */

/* the expected counts at the parameters, and the part of the log likelihood that they change */
static double expect(struct fitter *f)
{
    double value = 0;
    memset(f->work, 0, f->sets * sizeof *f->work);
    f->work[0] = f->constant;
    for (size_t i = 0; i < f->terms_count; i++)
        f->work[f->terms[i]] += f->alpha[i];
    sum_subsets(f->work, f->lists);
    for (size_t set = 0; set < f->sets; set++) {
        f->fitted[set] = f->open[set] ? exp(f->work[set]) : 0;
        value += f->open[set] ? f->counts[set] * f->work[set] - f->fitted[set] : 0;
    }
    return value;
}

static void fill_matrix(struct fitter *f)
{
    size_t size = f->terms_count;
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j <= i; j++)
            f->matrix[i * size + j] = f->sums[f->terms[i] | f->terms[j]];
}

static bool weigh(struct fitter *f)
{
    memcpy(f->sums, f->fitted, f->sets * sizeof *f->sums);
    sum_supersets(f->sums, f->lists);
    fill_matrix(f);
    return matrix_factor(f->matrix, f->terms_count);
}

/* least squares on logarithms, from which few steps are left */
static bool begin(struct fitter *f)
{
    for (size_t set = 0; set < f->sets; set++) {
        f->fitted[set] = f->open[set] ? f->counts[set] + 0.1 : 0;
        f->work[set] =
            f->open[set] ? f->fitted[set] * (log(f->fitted[set]) - f->constant) - 0.1 : 0;
    }
    sum_supersets(f->work, f->lists);
    for (size_t i = 0; i < f->terms_count; i++)
        f->alpha[i] = f->work[f->terms[i]];
    if (!weigh(f))
        return false;
    matrix_solve(f->matrix, f->terms_count, f->alpha);
    return true;
}

static bool step(struct fitter *f, double *value)
{
    double before[PARAMETERS_LIMIT], size = 1;
    size_t count = f->terms_count;
    memcpy(before, f->alpha, count * sizeof *before);
    matrix_solve(f->matrix, count, f->score);
    for (int halving = 0; halving < HALVINGS_LIMIT; halving++, size /= 2) {
        for (size_t i = 0; i < count; i++)
            f->alpha[i] = before[i] + size * f->score[i];
        double next = expect(f);
        if (next >= *value - 1e-9 * (1 + fabs(*value))) {
            *value = next;
            return true;
        }
    }
    return false;
}

/* how far the margins are from what was counted, relative to it */
static double find_score(struct fitter *f)
{
    double worst = 0;
    for (size_t set = 0; set < f->sets; set++)
        f->work[set] = f->open[set] ? f->counts[set] - f->fitted[set] : 0;
    sum_supersets(f->work, f->lists);
    for (size_t i = 0; i < f->terms_count; i++) {
        f->score[i] = f->work[f->terms[i]];
        worst = fmax(worst, fabs(f->score[i]) / (1 + f->sums[f->terms[i]]));
    }
    return worst;
}

/* leaves the factor of the information matrix at the maximum */
static bool maximise(struct fitter *f)
{
    if (!begin(f))
        return false;
    double value = expect(f);
    for (int i = 0; i < STEPS_LIMIT; i++) {
        if (!isfinite(value) || !weigh(f))
            return false;
        if (find_score(f) < 1e-11)
            return true;
        if (!step(f, &value))
            return find_score(f) < 1e-8;
    }
    return false;
}

/* ---- what comes of it ---- */

static double log_factorial(double count)
{
    int sign;
    return lgamma_r(count + 1, &sign);
}

static double variance_of_constant(struct fitter *f)
{
    double unit[PARAMETERS_LIMIT] = {1};
    matrix_solve(f->matrix, f->terms_count, unit);
    return unit[0];
}

static double find_deviance(const struct fitter *f)
{
    double sum = 0;
    for (size_t set = 1; set < f->sets; set++) {
        double y = f->counts[set], mean = f->fitted[set];
        if (f->open[set])
            sum += 2 * ((y > 0 ? y * log(y / mean) : 0) - (y - mean));
    }
    return sum;
}

void fitter_fit(struct fitter *f, const double *counts, const struct model *model, struct fit *fit)
{
    double total = 0;
    *fit = (struct fit){0};
    fitter_prepare(f, counts, model);
    fit->converged = maximise(f);
    if (!fit->converged)
        return;
    fit->deviance = find_deviance(f);
    for (size_t set = 1; set < f->sets; set++) {
        double y = f->counts[set], mean = f->fitted[set];
        total += y;
        if (f->open[set])
            fit->likelihood += (y > 0 ? y * log(mean) : 0) - mean - log_factorial(y);
    }
    fit->parameters = f->terms_count + f->dropped;
    fit->freedom = (int)f->sets - 1 - (int)fit->parameters;
    fit->bic = (double)fit->parameters * log(total) - 2 * fit->likelihood;
    fit->unseen = exp(f->alpha[0]);
    fit->estimate = total + fit->unseen;
    fit->error = sqrt(fit->unseen + fit->unseen * fit->unseen * variance_of_constant(f));
}

const double *fitter_fitted(const struct fitter *f)
{
    return f->fitted;
}

double fitter_margin(const struct fitter *f, uint32_t lists)
{
    double sum = 0;
    for (size_t set = 0; set < f->sets; set++)
        sum += (set & lists) == lists ? f->fitted[set] : 0;
    return sum;
}

/* ---- the profile ---- */

double fitter_profile(struct fitter *f, const double *counts, const struct model *model,
                      double unseen)
{
    fitter_prepare(f, counts, model);
    f->constant = log(unseen);
    memmove(f->terms, f->terms + 1, --f->terms_count * sizeof *f->terms);
    return maximise(f) ? find_deviance(f) : INFINITY;
}

struct profile {
    struct fitter *fitter;
    const double *counts;
    const struct model *model;
    double level;
};

static bool is_inside(const struct profile *p, double unseen)
{
    return fitter_profile(p->fitter, p->counts, p->model, unseen) <= p->level;
}

/* between two numbers of the unseen, by halving their ratio */
static double cross(const struct profile *p, double inside, double outside)
{
    while (fabs(outside - inside) > 1e-4 + 1e-10 * inside) {
        double middle = sqrt(inside * outside);
        if (is_inside(p, middle))
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

void fitter_interval(struct fitter *f, const double *counts, const struct model *model, double *low,
                     double *high)
{
    const double quantile = 3.841458820694124; /* of χ², one degree of freedom, 95% */
    const double least = 1e-3, most = 1e12;
    struct fit fit;
    double total = 0, outside;
    *low = *high = NAN;
    fitter_fit(f, counts, model, &fit);
    if (!fit.converged)
        return;
    for (size_t set = 1; set < f->sets; set++)
        total += counts[set];
    struct profile p = {f, counts, model, fit.deviance + quantile};
    for (outside = fit.unseen / 2; outside > least && is_inside(&p, outside);)
        outside /= 2;
    *low = total + (outside > least ? cross(&p, fit.unseen, outside) : 0);
    for (outside = 2 * fit.unseen; outside < most && is_inside(&p, outside);)
        outside *= 2;
    *high = outside < most ? total + cross(&p, fit.unseen, outside) : INFINITY;
}
