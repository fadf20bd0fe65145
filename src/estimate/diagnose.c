#include "estimate/diagnose.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fft_halfcomplex.h>
#include <gsl/gsl_fft_real.h>
#include <math.h>

#include "base/str.h"

/* Chains cut in halves: `chains` of `count` draws each. */
struct halves {
    double *draws;
    size_t chains, count;
};

static struct halves split(const double *draws, size_t chains, size_t count)
{
    struct halves h = {.chains = 2 * chains, .count = count / 2};
    h.draws = mem_alloc(h.chains * h.count * sizeof *h.draws);
    for (size_t c = 0; c < chains; c++) {
        memcpy(h.draws + 2 * c * h.count, draws + c * count, h.count * sizeof *draws);
        memcpy(h.draws + (2 * c + 1) * h.count, draws + (c + 1) * count - h.count,
               h.count * sizeof *draws);
    }
    return h;
}

static int compare(const void *a, const void *b)
{
    double x = **(const double *const *)a, y = **(const double *const *)b;
    return (x > y) - (x < y);
}

/* each draw becomes the normal quantile of its rank; equal ones share theirs */
static void normalise(struct halves *h)
{
    size_t all = h->chains * h->count;
    double **sorted = mem_alloc(all * sizeof *sorted);
    double *ranked = mem_alloc(all * sizeof *ranked);
    for (size_t i = 0; i < all; i++)
        sorted[i] = &h->draws[i];
    qsort(sorted, all, sizeof *sorted, compare);
    for (size_t i = 0, next; i < all; i = next) {
        for (next = i; next < all && *sorted[next] == *sorted[i];)
            next++;
        double rank = ((double)i + 1 + (double)next) / 2;
        double value = gsl_cdf_ugaussian_Pinv((rank - 0.375) / ((double)all + 0.25));
        for (size_t k = i; k < next; k++)
            ranked[sorted[k] - h->draws] = value;
    }
    memcpy(h->draws, ranked, all * sizeof *ranked);
    mem_free(ranked);
    mem_free(sorted);
}

static double quantile(const struct halves *h, double share)
{
    size_t all = h->chains * h->count;
    double **sorted = mem_alloc(all * sizeof *sorted);
    for (size_t i = 0; i < all; i++)
        sorted[i] = &h->draws[i];
    qsort(sorted, all, sizeof *sorted, compare);
    double value = *sorted[(size_t)(share * (double)(all - 1))];
    mem_free(sorted);
    return value;
}

/* the mean within the chains of their variances, and the variance over all of them */
static void variances(const struct halves *h, double *within, double *over)
{
    double n = (double)h->count, m = (double)h->chains, mean = 0, between = 0;
    *within = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t c = 0; c < h->chains; c++) {
            const double *x = h->draws + c * h->count;
            double own = 0, squares = 0;
            for (size_t i = 0; i < h->count; i++)
                own += x[i] / n;
            for (size_t i = 0; pass && i < h->count; i++)
                squares += (x[i] - own) * (x[i] - own);
            if (!pass)
                mean += own / m;
            *within += squares / (n - 1) / m;
            between += pass ? (own - mean) * (own - mean) / (m - 1) : 0;
        }
    *over = (n - 1) / n * *within + between;
}

static double shrink_of(const struct halves *h)
{
    double within, over;
    variances(h, &within, &over);
    return within > 0 ? sqrt(over / within) : NAN;
}

/* ---- effective sample size ---- */

/* adds a chain's autocovariances, by the Fourier transform */
static void add_covariances(const double *x, size_t count, double *work, size_t room, double *sums)
{
    double mean = 0;
    for (size_t i = 0; i < count; i++)
        mean += x[i] / (double)count;
    for (size_t i = 0; i < room; i++)
        work[i] = i < count ? x[i] - mean : 0;
    gsl_fft_real_radix2_transform(work, 1, room);
    work[0] *= work[0];
    work[room / 2] *= work[room / 2];
    for (size_t i = 1; i < room / 2; i++) {
        work[i] = work[i] * work[i] + work[room - i] * work[room - i];
        work[room - i] = 0;
    }
    gsl_fft_halfcomplex_radix2_inverse(work, 1, room);
    for (size_t i = 0; i < count; i++)
        sums[i] += work[i] / (double)count;
}

/* Geyer's initial monotone sequence over the autocorrelations of all chains */
static double effective(const struct halves *h)
{
    size_t room = 2;
    double within, over, sum = 0, before = INFINITY, all = (double)(h->chains * h->count);
    variances(h, &within, &over);
    if (!(within > 0))
        return NAN;
    while (room < 2 * h->count)
        room *= 2;
    double *work = mem_alloc(room * sizeof *work);
    double *sums = mem_alloc(h->count * sizeof *sums);
    for (size_t c = 0; c < h->chains; c++)
        add_covariances(h->draws + c * h->count, h->count, work, room, sums);
    double scale = (double)h->count / ((double)h->count - 1) / (double)h->chains;
    for (size_t lag = 0; lag + 1 < h->count; lag += 2) {
        double first = 1 - (within - sums[lag] * scale) / over;
        double second = 1 - (within - sums[lag + 1] * scale) / over;
        double pair = fmin(lag ? first + second : 1 + second, before);
        if (pair < 0)
            break;
        sum += pair;
        before = pair;
    }
    mem_free(sums);
    mem_free(work);
    return fmin(all / (2 * sum - 1), all * log10(all));
}

static double effective_below(const struct halves *h, double share)
{
    struct halves below = *h;
    size_t all = h->chains * h->count;
    double limit = quantile(h, share);
    below.draws = mem_alloc(all * sizeof *below.draws);
    for (size_t i = 0; i < all; i++)
        below.draws[i] = h->draws[i] <= limit;
    double size = effective(&below);
    mem_free(below.draws);
    return size;
}

struct diagnosis diagnose(const double *draws, size_t chains, size_t count)
{
    struct halves h = split(draws, chains, count);
    size_t all = h.chains * h.count;
    struct diagnosis d;
    double within, over, middle = quantile(&h, 0.5), plain = effective(&h);
    variances(&h, &within, &over);
    d.error = sqrt(over / plain);
    d.tail = fmin(effective_below(&h, 0.05), effective_below(&h, 0.95));
    struct halves folded = split(draws, chains, count);
    for (size_t i = 0; i < all; i++)
        folded.draws[i] = fabs(folded.draws[i] - middle);
    normalise(&h);
    normalise(&folded);
    d.bulk = effective(&h);
    d.shrink = fmax(shrink_of(&h), shrink_of(&folded));
    mem_free(folded.draws);
    mem_free(h.draws);
    return d;
}

/* ---- modes ---- */

size_t find_modes(const double *places, const double *densities, size_t count, double *modes,
                  size_t limit)
{
    double greatest = 0, top = 0, valley = 0;
    size_t found = 0, at = 0;
    bool rising = true;
    for (size_t i = 0; i < count; i++)
        greatest = fmax(greatest, densities[i]);
    for (size_t i = 0; i < count && found < limit; i++) {
        double here = densities[i];
        valley = fmin(valley, here);
        if (!rising && valley < 0.8 * here) {
            rising = true;
            top = 0;
        }
        if (here > top) {
            top = here;
            at = i;
        }
        bool last = i + 1 == count;
        if (rising && top >= 0.1 * greatest && (here < 0.8 * top || last)) {
            modes[found++] = places[at];
            rising = false;
            valley = here;
        }
    }
    return found;
}
