#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "estimate/catalogue.h"
#include "tables.h"

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* EXH ABA OSCE HRW: all pairs but two, and the first three lists together */
static const struct model best_of_kosovo = {{0x3, 0x5, 0x6, 0x9, 0xC, 0x7}, 6};

static void test_kosovo(void **state)
{
    struct overlap o = table_of("kosovo", &arena);
    const double *counts = overlap_counts(&o, &arena);
    struct fitter *f = fitter_new(o.lists);
    struct fit fit;
    double low, high;
    (void)state;
    fitter_fit(f, counts, &best_of_kosovo, &fit);
    assert_true(fit.converged);
    assert_near(fit.estimate, 10356.52, 0.005);
    assert_near(fit.error, 785.90, 0.005);
    assert_near(fit.deviance, 9.32267, 0.000005);
    assert_int_equal(fit.freedom, 4);
    assert_near(fit.bic, 203.0296, 0.00005);
    fitter_interval(f, counts, &best_of_kosovo, &low, &high);
    assert_near(low, 9020, 0.5);
    assert_near(high, 12131, 0.5);
    fitter_free(f);
}

/* The log likelihood up to a constant, straight from its definition. */
static double likelihood(const double *counts, size_t lists, const uint32_t *terms, size_t count,
                         const double *alpha)
{
    double sum = 0;
    for (uint32_t set = 1; set < UINT32_C(1) << lists; set++) {
        double eta = 0;
        for (size_t i = 0; i < count; i++)
            eta += (set & terms[i]) == terms[i] ? alpha[i] : 0;
        sum += counts[set] * eta - exp(eta);
    }
    return sum;
}

/* The parameters of a saturated-over-the-model table of expected counts, by inclusion and
 * exclusion of their logarithms. */
static double parameter_of(const double *fitted, uint32_t term, double constant)
{
    double sum = 0;
    for (uint32_t set = term;; set = (set - 1) & term) {
        double value = set ? log(fitted[set]) : constant;
        sum += __builtin_popcount(term ^ set) % 2 ? -value : value;
        if (!set)
            return sum;
    }
}

static void test_top_by_finite_differences(void **state)
{
    struct overlap o = table_of("kosovo", &arena);
    const double *counts = overlap_counts(&o, &arena);
    const uint32_t terms[] = {0, 1, 2, 4, 8, 0x3, 0x5, 0x6, 0x9, 0xC, 0x7};
    double alpha[COUNT_OF(terms)];
    struct fitter *f = fitter_new(o.lists);
    struct fit fit;
    (void)state;
    fitter_fit(f, counts, &best_of_kosovo, &fit);
    for (size_t i = 0; i < COUNT_OF(terms); i++)
        alpha[i] = parameter_of(fitter_fitted(f), terms[i], log(fit.unseen));
    for (size_t i = 0; i < COUNT_OF(terms); i++) {
        double step = 1e-5, middle = alpha[i];
        alpha[i] = middle + step;
        double above = likelihood(counts, 4, terms, COUNT_OF(terms), alpha);
        alpha[i] = middle - step;
        double below = likelihood(counts, 4, terms, COUNT_OF(terms), alpha);
        alpha[i] = middle;
        double top = likelihood(counts, 4, terms, COUNT_OF(terms), alpha);
        assert_true(fabs(above - below) / (2 * step) < 0.01);
        assert_true(above < top && below < top);
    }
    fitter_free(f);
}

static void test_margins_are_kept(void **state)
{
    struct overlap o = table_of("ukdat", &arena);
    struct model m = {{0x3, 0x5, 0x14, 0x24, 0x18}, 5};
    struct fitter *f = fitter_new(o.lists);
    struct fit fit;
    (void)state;
    fitter_fit(f, overlap_counts(&o, &arena), &m, &fit);
    assert_true(fit.converged);
    assert_near(fitter_margin(f, 0), (double)o.total, 1e-6);
    for (size_t i = 0; i < m.count; i++)
        assert_near(fitter_margin(f, m.terms[i]), (double)overlap_margin(&o, m.terms[i]), 1e-6);
    fitter_free(f);
}

static void test_sparse_terms(void **state)
{
    struct overlap o = table_of("artificial_3", &arena);
    const double *counts = overlap_counts(&o, &arena);
    struct fitter *f = fitter_new(o.lists);
    struct fit fit;
    (void)state;
    /* A×C and B×C have nobody: their cells are left out, and four cells are four parameters */
    fitter_fit(f, counts, &(struct model){{0x5, 0x6}, 2}, &fit);
    assert_true(fit.converged);
    assert_int_equal(fit.parameters, 6);
    assert_near(fit.deviance, 0, 1e-9);
    assert_near(fit.unseen, 40.0 * 30 / 6, 1e-6);
    fitter_free(f);
}

static void test_existence(void **state)
{
    struct overlap o = table_of("artificial_3", &arena);
    const double *counts = overlap_counts(&o, &arena);
    struct fitter *f = fitter_new(o.lists);
    (void)state;
    assert_int_equal(fitter_existence(f, counts, &(struct model){{0x3, 0x5, 0x6}, 3}), 2);
    assert_int_equal(fitter_existence(f, counts, &(struct model){{0x3}, 1}), 1);
    assert_int_equal(fitter_existence(f, counts, &(struct model){{0x5, 0x6}, 2}), 0);
    fitter_free(f);
}

/* Where a maximum exists, the expected counts are all above 0; where none does, one of them runs
 * to 0 however long one climbs (Haberman 1974). All tables of three lists with small counts. */
static void test_existence_against_climbing(void **state)
{
    const struct model all = {{0x3, 0x5}, 2};
    struct fitter *f = fitter_new(3);
    size_t none = 0;
    (void)state;
    for (size_t code = 1; code < 2187; code++) {
        double counts[8] = {0};
        struct fit fit;
        size_t rest = code;
        for (size_t set = 1; set < 8; set++, rest /= 3)
            counts[set] = (double)(rest % 3);
        bool thin = counts[3] + counts[7] == 0 || counts[5] + counts[7] == 0;
        if (thin || counts[1] + counts[3] + counts[5] + counts[7] == 0)
            continue;
        enum existence existence = fitter_existence(f, counts, &all);
        fitter_fit(f, counts, &all, &fit);
        double least = INFINITY;
        for (size_t set = 1; fit.converged && set < 8; set++)
            least = fmin(least, fitter_fitted(f)[set]);
        if (existence == EXISTS)
            assert_true(fit.converged && least > 1e-6);
        if (existence == EXISTS_NOT)
            assert_true(!fit.converged || least < 1e-6);
        none += existence == EXISTS_NOT;
    }
    assert_true(none > 100);
    fitter_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kosovo),           cmocka_unit_test(test_top_by_finite_differences),
        cmocka_unit_test(test_margins_are_kept), cmocka_unit_test(test_sparse_terms),
        cmocka_unit_test(test_existence),        cmocka_unit_test(test_existence_against_climbing),
    };
    return cmocka_run_group_tests_name("loglinear", tests, NULL, release);
}
