#include <math.h>

#include "estimate/catalogue.h"

/* P(X ≤ count) for X Poisson, and the probability of exactly that. */
static double poisson_below(double mean, double count, double *exactly)
{
    int sign;
    double term = exp(count * log(mean) - mean - lgamma_r(count + 1, &sign)), sum = term;
    *exactly = term;
    if (count < mean) {
        for (double k = count; k > 0 && term > 1e-18 * sum; k--)
            sum += term *= k / mean;
        return sum;
    }
    double above = 0;
    for (double k = count + 1; term > 1e-18 * (above + 1e-300); k++)
        above += term *= mean / k;
    return 1 - above;
}

static double chance_of(double mean, double count)
{
    double exactly;
    if (!(mean > 0))
        return count > 0 ? 0 : 1;
    double below = poisson_below(mean, count, &exactly);
    return fmin(below, 1 - below + exactly);
}

struct pair {
    uint32_t lists;
    double counted, chance;
    bool used; /* in the model, or not admissible with it */
};

static size_t least_likely(struct fitter *f, struct pair *pairs, size_t count, size_t lists)
{
    double margins[OVERLAP_LISTS_LIMIT][OVERLAP_LISTS_LIMIT] = {0};
    const double *fitted = fitter_fitted(f);
    size_t best = SIZE_MAX, at = 0;
    for (uint32_t set = 1; set < UINT32_C(1) << lists; set++)
        for (size_t i = 0; fitted[set] > 0 && i < lists; i++)
            for (size_t k = set >> i & 1 ? 0 : i; k < i; k++)
                margins[k][i] += set >> k & 1 ? fitted[set] : 0;
    for (size_t i = 1; i < lists; i++)
        for (size_t k = 0; k < i; k++, at++) {
            struct pair *p = &pairs[at];
            if (p->used)
                continue;
            p->chance = chance_of(margins[k][i], p->counted);
            if (best == SIZE_MAX || p->chance < pairs[best].chance)
                best = at;
        }
    (void)count;
    return best;
}

static size_t list_pairs(const double *counts, size_t lists, struct pair *pairs)
{
    size_t count = 0;
    for (size_t i = 1; i < lists; i++)
        for (size_t k = 0; k < i; k++) {
            uint32_t both = UINT32_C(1) << i | UINT32_C(1) << k;
            struct pair p = {.lists = both};
            for (uint32_t set = both; set < UINT32_C(1) << lists; set++)
                p.counted += (set & both) == both ? counts[set] : 0;
            pairs[count++] = p;
        }
    return count;
}

/* Where every cell that is fitted has somebody in it, a maximum exists; else it is looked for. */
void stepwise_fit(struct fitter *f, const double *counts, double threshold, struct candidate *c)
{
    struct pair pairs[OVERLAP_LISTS_LIMIT * (OVERLAP_LISTS_LIMIT - 1) / 2];
    size_t lists = fitter_lists(f), count = list_pairs(counts, lists, pairs);
    *c = (struct candidate){0};
    fitter_fit(f, counts, &c->model, &c->fit);
    while (c->fit.converged && c->model.count < MODEL_TERMS_LIMIT) {
        size_t best = least_likely(f, pairs, count, lists);
        if (best == SIZE_MAX || pairs[best].chance >= threshold)
            break;
        struct model next = c->model;
        struct fit fit;
        next.terms[next.count++] = pairs[best].lists;
        pairs[best].used = true;
        if (fitter_existence(f, counts, &next) != EXISTS)
            continue;
        fitter_fit(f, counts, &next, &fit);
        if (!fit.converged)
            continue;
        c->model = next;
        c->fit = fit;
    }
    c->existence = fitter_existence(f, counts, &c->model);
}
