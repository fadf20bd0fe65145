#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "estimate/bootstrap.h"
#include "estimate/chao.h"
#include "tables.h"

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct catalogue catalogue_of(const char *name)
{
    struct overlap o = table_of(name, &arena);
    struct catalogue c;
    catalogue_fit(&o, 2, NULL, &arena, &c);
    return c;
}

static void test_every_hierarchical_model(void **state)
{
    struct catalogue kosovo = catalogue_of("kosovo"), small = catalogue_of("artificial_3");
    (void)state;
    assert_int_equal(kosovo.count, 113);
    assert_int_equal(kosovo.estimable, 113);
    for (size_t i = 0; i < kosovo.count; i++)
        assert_int_equal(kosovo.candidates[i].existence, EXISTS);
    assert_near(kosovo.candidates[0].fit.estimate, 10356.52, 0.005);
    assert_int_equal(small.count, 8);
    for (size_t i = 1; i < kosovo.estimable; i++)
        assert_true(kosovo.candidates[i - 1].fit.bic <= kosovo.candidates[i].fit.bic);
}

static void test_order_two(void **state)
{
    struct catalogue c = catalogue_of("ukdat_5");
    (void)state;
    assert_int_equal(c.count, 1024);
    assert_near(c.candidates[0].fit.estimate, 22991.33, 0.005);
    assert_near(c.candidates[1].fit.estimate, 12262, 0.5);
    assert_near(c.candidates[1].fit.bic - c.candidates[0].fit.bic, 0.96, 0.005);
    assert_int_equal(catalogue_of("neworl_2021").count, 0);
}

static void test_models_have_names(void **state)
{
    struct overlap o = table_of("kosovo", &arena);
    struct model m = {{0x3, 0x5, 0x6, 0x7, 0xC}, 5}, none = {0};
    (void)state;
    assert_string_equal(model_name(&o, &m, &arena).at, "EXH × ABA × OSCE, OSCE × HRW");
    assert_string_equal(model_name(&o, &none, &arena).at, "independence");
}

static void test_stepwise(void **state)
{
    const struct {
        const char *name;
        double estimate, within;
    } cases[] = {
        {"kosovo", 14342, 0.5}, {"ukdat", 11418, 0.5},  {"ukdat_5", 11313, 0.5},
        {"ned", 111139, 0.5},   {"ned_5", 121522, 0.5}, {"neworl_2021", 1183.692, 0.0005},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct overlap o = table_of(cases[i].name, &arena);
        struct fitter *f = fitter_new(o.lists);
        struct candidate c;
        stepwise_fit(f, overlap_counts(&o, &arena), STEPWISE_THRESHOLD, &c);
        assert_int_equal(c.existence, EXISTS);
        assert_near(c.fit.estimate, cases[i].estimate, cases[i].within);
        fitter_free(f);
    }
}

static void test_chao(void **state)
{
    struct overlap o = table_of("kosovo", &arena);
    struct chao_bounds b = chao_bounds(&o);
    (void)state;
    assert_near(b.alike, 8787.243, 0.0005);
    assert_near(b.unlike, 8591.184, 0.0005);
    assert_near(b.corrected, 4400 + 3.0 * 3218 * 3217 / (8 * 883), 1e-6);
}

static void test_quantiles(void **state)
{
    const double values[] = {1, 2, 3, 4, 10};
    (void)state;
    /* R: quantile(c(1, 2, 3, 4, 10), c(0, 0.1, 0.5, 0.8, 1), type = 8) */
    assert_near(quantile_of(values, 5, 0), 1, 1e-12);
    assert_near(quantile_of(values, 5, 0.5), 3, 1e-12);
    assert_near(quantile_of(values, 5, 0.8), 4 + 6 * 0.6, 1e-12);
    assert_near(quantile_of(values, 5, 1), 10, 1e-12);
}

static struct bootstrap bootstrap_of(const char *name, size_t resamples, size_t threads)
{
    struct overlap o = table_of(name, &arena);
    struct bootstrap b;
    struct bootstrap_options options = {.resamples = resamples, .seed = 7, .threads = threads};
    bootstrap_stepwise(&o, &options, &b);
    return b;
}

static void test_bootstrap(void **state)
{
    struct bootstrap one = bootstrap_of("ukdat_5", 300, 1), three = bootstrap_of("ukdat_5", 300, 3);
    (void)state;
    assert_near(one.chosen.fit.estimate, 11313, 0.5);
    assert_true(one.low == three.low && one.high == three.high && one.bias == three.bias);
    assert_true(one.low < one.chosen.fit.estimate && one.chosen.fit.estimate < one.high);
    /* another seed's thousand resamples gave 9,287.6 to 14,825.8 */
    assert_true(one.low > 8000 && one.low < 10500 && one.high > 13000 && one.high < 17000);
    assert_int_equal(one.unbounded, 0);
    assert_true(one.least < one.chosen.fit.estimate && one.most > one.chosen.fit.estimate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_hierarchical_model),
        cmocka_unit_test(test_order_two),
        cmocka_unit_test(test_models_have_names),
        cmocka_unit_test(test_stepwise),
        cmocka_unit_test(test_chao),
        cmocka_unit_test(test_quantiles),
        cmocka_unit_test(test_bootstrap),
    };
    return cmocka_run_group_tests_name("catalogue", tests, NULL, release);
}
