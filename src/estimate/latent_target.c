#include <math.h>

#include "estimate/latent_int.h"

typedef int64_t bits __attribute__((vector_size(16)));

static lanes all(double x)
{
    return (lanes){x, x};
}

static double sum_of(lanes x)
{
    return x[0] + x[1];
}

/* exp within ±700, by halving the logarithm's whole part off and a Taylor polynomial; the same
 * bits on every machine */
static lanes exp_of(lanes x)
{
    static const double factors[] = {1.0 / 479001600,
                                     1.0 / 39916800,
                                     1.0 / 3628800,
                                     1.0 / 362880,
                                     1.0 / 40320,
                                     1.0 / 5040,
                                     1.0 / 720,
                                     1.0 / 120,
                                     1.0 / 24,
                                     1.0 / 6,
                                     0.5,
                                     1,
                                     1};
    const double shift = 6755399441055744.0; /* 1.5 · 2^52 */
    bits low = x<all(-700), high = x> all(700);
    x = (lanes)(((bits)x & ~(low | high)) | ((bits)all(-700) & low) | ((bits)all(700) & high));
    lanes whole = x * 1.4426950408889634 + shift, times = whole - shift;
    lanes rest = (x - times * 0.693147180369123816490) - times * 1.90821492927058770002e-10;
    lanes sum = all(1.0 / 6227020800.0);
    for (size_t i = 0; i < COUNT_OF(factors); i++)
        sum = sum * rest + factors[i];
    return (lanes)((bits)sum + ((bits)whole << 52));
}

/* ---- what a point means ---- */

/* Odds, their q = ∏ 1/(1+odds), and ν, of all classes. */
struct mixture {
    lanes odds[OVERLAP_LISTS_LIMIT][GROUPS];
    lanes one_less[OVERLAP_LISTS_LIMIT][GROUPS]; /* 1 − λ */
    lanes none[GROUPS];                          /* q: on no list */
    lanes sticks[GROUPS], kept[GROUPS];          /* s and e^−s */
    lanes weights[GROUPS];                       /* ν */
    double length;                               /* Σ s */
};

static void mix_sticks(const struct target *t, const struct point *p, struct mixture *m)
{
    double rest = 1;
    m->length = 0;
    for (size_t g = 0; g < t->groups; g++) {
        m->sticks[g] = exp_of(p->sticks[g]);
        m->kept[g] = exp_of(-m->sticks[g]);
        m->weights[g] = all(0);
        for (size_t i = 0; i < LANES && g * LANES + i < t->classes; i++) {
            bool last = g * LANES + i + 1 == t->classes;
            double stick = m->sticks[g][i];
            double taken = stick < 1e-3
                               ? stick * (1 - stick / 2 * (1 - stick / 3 * (1 - stick / 4)))
                               : 1 - m->kept[g][i];
            m->weights[g][i] = last ? rest : rest * taken;
            rest *= m->kept[g][i];
            m->length += last ? 0 : stick;
        }
    }
}

static void mix(const struct target *t, const struct point *p, struct mixture *m)
{
    for (size_t g = 0; g < t->groups; g++) {
        m->none[g] = all(1);
        for (size_t j = 0; j < t->overlap->lists; j++) {
            m->odds[j][g] = exp_of(p->odds[j][g]);
            m->one_less[j][g] = 1 / (1 + m->odds[j][g]);
            m->none[g] *= m->one_less[j][g];
        }
    }
    mix_sticks(t, p, m);
}

/* ν_k p_mk of each class, and their sum: π_m */
static double cell_parts(const struct target *t, const struct mixture *m, uint32_t lists,
                         lanes parts[GROUPS])
{
    lanes sum = all(0);
    for (size_t g = 0; g < t->groups; g++)
        parts[g] = m->weights[g] * m->none[g];
    for (uint32_t left = lists; left; left &= left - 1) {
        const lanes *odds = m->odds[__builtin_ctz(left)];
        for (size_t g = 0; g < t->groups; g++)
            parts[g] *= odds[g];
    }
    for (size_t g = 0; g < t->groups; g++)
        sum += parts[g];
    return sum_of(sum);
}

/* ---- the density ---- */

double target_density(const struct target *t, const struct point *p)
{
    struct mixture m;
    lanes parts[GROUPS], odds = all(0);
    double value = 0;
    mix(t, p, &m);
    double unseen = cell_parts(t, &m, 0, parts);
    for (size_t i = 0; i < t->overlap->cells_count; i++)
        value += (double)t->overlap->cells[i].count *
                 log(cell_parts(t, &m, t->overlap->cells[i].lists, parts));
    value -= (double)t->overlap->total * log1p(-unseen);
    for (size_t k = 0; k < t->classes; k++) {
        value += 2 * log(m.none[k / LANES][k % LANES]);
        value += k + 1 < t->classes ? p->sticks[k / LANES][k % LANES] : 0;
    }
    for (size_t j = 0; j < t->overlap->lists; j++)
        for (size_t g = 0; g < t->groups; g++)
            odds += p->odds[j][g];
    return value + sum_of(odds) - (t->shape + (double)t->classes - 1) * log(t->rate + m.length);
}

static void stick_gradient(const struct target *t, const struct mixture *m,
                           const lanes members[GROUPS], struct point *out)
{
    double behind = 0;
    double pull = (t->shape + (double)t->classes - 1) / (t->rate + m->length);
    for (size_t g = 0; g < t->groups; g++)
        out->sticks[g] = all(0);
    for (size_t k = t->classes - 1; k-- > 0;) {
        size_t g = k / LANES, i = k % LANES;
        double stick = m->sticks[g][i], kept = m->kept[g][i];
        behind += members[(k + 1) / LANES][(k + 1) % LANES];
        /* s (1−V) / V, which is 1 at 0 */
        double taking = stick < 1e-5 ? 1 - stick / 2 : stick * kept / (1 - kept);
        out->sticks[g][i] = members[g][i] * taking - stick * (behind + pull) + 1;
    }
}

void target_gradient(const struct target *t, const struct point *p, struct point *out)
{
    struct mixture m;
    lanes parts[GROUPS], members[GROUPS];
    size_t lists = t->overlap->lists;
    mix(t, p, &m);
    double unseen = cell_parts(t, &m, 0, parts);
    double factor = (double)t->overlap->total / (1 - unseen);
    for (size_t g = 0; g < t->groups; g++)
        members[g] = parts[g] * factor;
    for (size_t j = 0; j < lists; j++)
        for (size_t g = 0; g < t->groups; g++)
            out->odds[j][g] = all(0);
    for (size_t i = 0; i < t->overlap->cells_count; i++) {
        const struct overlap_cell *cell = &t->overlap->cells[i];
        factor = (double)cell->count / cell_parts(t, &m, cell->lists, parts);
        for (size_t g = 0; g < t->groups; g++) {
            parts[g] *= factor;
            members[g] += parts[g];
        }
        for (uint32_t left = cell->lists; left; left &= left - 1)
            for (size_t g = 0; g < t->groups; g++)
                out->odds[__builtin_ctz(left)][g] += parts[g];
    }
    for (size_t j = 0; j < lists; j++)
        for (size_t g = 0; g < t->groups; g++)
            out->odds[j][g] += 1 - (1 - m.one_less[j][g]) * (members[g] + 2);
    stick_gradient(t, &m, members, out);
}

double target_unseen(const struct target *t, const struct point *p)
{
    struct mixture m;
    lanes parts[GROUPS];
    mix(t, p, &m);
    return cell_parts(t, &m, 0, parts);
}

void target_cells(const struct target *t, const struct point *p, double *cells)
{
    struct mixture m;
    lanes parts[GROUPS];
    mix(t, p, &m);
    for (uint32_t set = 0; set < UINT32_C(1) << t->overlap->lists; set++)
        cells[set] = cell_parts(t, &m, set, parts);
}

void target_weights(const struct target *t, const struct point *p, double *weights, double *rests)
{
    double before = 0;
    for (size_t k = 0; k < t->classes; k++) {
        double log_stick = p->sticks[k / LANES][k % LANES], stick = exp(fmin(log_stick, 700));
        rests[k] = -before;
        weights[k] = k + 1 == t->classes ? -before
                     : stick < 1e-8      ? log_stick - before
                                         : log1p(-exp(-stick)) - before;
        before += stick;
    }
}
