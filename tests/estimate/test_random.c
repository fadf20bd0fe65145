#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "estimate/random.h"

enum { DRAWS = 100000 };

struct moments {
    double mean, variance;
};

typedef double draw(struct random *, double, double);

static struct moments moments_of(draw *one, double a, double b)
{
    struct random r = random_of(1, 2);
    double sum = 0, squares = 0;
    for (int i = 0; i < DRAWS; i++) {
        double x = one(&r, a, b);
        sum += x;
        squares += x * x;
    }
    return (struct moments){sum / DRAWS, squares / DRAWS - sum / DRAWS * sum / DRAWS};
}

static double draw_binomial(struct random *r, double a, double b)
{
    return (double)random_binomial(r, (int64_t)a, b);
}

static double draw_poisson(struct random *r, double a, double b)
{
    (void)b;
    return (double)random_poisson(r, a);
}

static double draw_negative(struct random *r, double a, double b)
{
    return (double)random_negative_binomial(r, a, b);
}

static double draw_gamma(struct random *r, double a, double b)
{
    (void)b;
    return exp(random_log_gamma(r, a));
}

static double draw_normal(struct random *r, double a, double b)
{
    (void)a, (void)b;
    return random_normal(r);
}

static void assert_moments(draw *one, double a, double b, double mean, double variance)
{
    struct moments m = moments_of(one, a, b);
    assert_true(fabs(m.mean - mean) < 5 * sqrt(variance / DRAWS));
    assert_true(fabs(m.variance - variance) < 0.05 * variance);
}

static void test_moments(void **state)
{
    (void)state;
    assert_moments(draw_normal, 0, 0, 0, 1);
    assert_moments(draw_gamma, 0.25, 0, 0.25, 0.25);
    assert_moments(draw_gamma, 7, 0, 7, 7);
    assert_moments(draw_binomial, 20, 0.1, 2, 1.8);
    assert_moments(draw_binomial, 5000, 0.3, 1500, 1050);
    assert_moments(draw_binomial, 5000, 0.9, 4500, 450);
    assert_moments(draw_poisson, 3, 0, 3, 3);
    assert_moments(draw_poisson, 500, 0, 500, 500);
    assert_moments(draw_negative, 40, 0.25, 120, 480);
}

static void test_multinomial(void **state)
{
    const double weights[] = {1, 0, 3, 6, 0};
    struct random r = random_of(3, 4);
    int64_t out[5], sums[5] = {0};
    (void)state;
    for (int i = 0; i < 1000; i++) {
        random_multinomial(&r, 100, weights, 5, out);
        assert_int_equal(out[0] + out[2] + out[3], 100);
        assert_int_equal(out[1] + out[4], 0);
        for (size_t k = 0; k < 5; k++)
            sums[k] += out[k];
    }
    assert_true(llabs(sums[0] - 10000) < 500 && llabs(sums[3] - 60000) < 800);
}

static void test_streams(void **state)
{
    struct random a = random_of(1, 1), b = random_of(1, 1), c = random_of(1, 2),
                  d = random_of(2, 1);
    uint64_t first = random_bits(&a);
    (void)state;
    assert_true(first == random_bits(&b));
    assert_true(first != random_bits(&c) && first != random_bits(&d));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_multinomial),
        cmocka_unit_test(test_streams),
    };
    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
