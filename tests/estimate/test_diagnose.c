#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "estimate/diagnose.h"
#include "estimate/random.h"
#include "tables.h"

enum { CHAINS = 4, COUNT = 5000 };

static double draws[CHAINS * COUNT];

/* x' = rho x + noise, started anew in each chain, moved by `apart` times the chain's number */
static struct diagnosis of_chains(double rho, double apart)
{
    struct random r = random_of(11, 1);
    for (size_t c = 0; c < CHAINS; c++) {
        double x = random_normal(&r);
        for (size_t i = 0; i < COUNT; i++) {
            x = rho * x + sqrt(1 - rho * rho) * random_normal(&r);
            draws[c * COUNT + i] = x + apart * (double)c;
        }
    }
    return diagnose(draws, CHAINS, COUNT);
}

static void test_effective_size(void **state)
{
    (void)state;
    /* an autoregression's effective size is (1 - rho) / (1 + rho) of its draws */
    for (int i = 0; i < 3; i++) {
        double rho = 0.3 * i, wanted = CHAINS * COUNT * (1 - rho) / (1 + rho);
        struct diagnosis d = of_chains(rho, 0);
        assert_near(d.bulk, wanted, 0.25 * wanted);
        assert_true(d.shrink < 1.005);
        assert_near(d.error, 1 / sqrt(wanted), 0.15 / sqrt(wanted));
        assert_true(d.tail > 0.7 * wanted);
    }
}

static void test_chains_apart(void **state)
{
    struct diagnosis near = of_chains(0, 0.2), far = of_chains(0, 2);
    (void)state;
    assert_true(near.shrink > 1.01 && near.shrink < 1.2);
    assert_true(far.shrink > 1.5 && far.bulk < 20);
}

/* chains of the same middle and another width: only the folded draws tell */
static void test_chains_of_another_width(void **state)
{
    struct random r = random_of(11, 2);
    (void)state;
    for (size_t i = 0; i < CHAINS * COUNT; i++)
        draws[i] = random_normal(&r) * (i < COUNT ? 3 : 1);
    assert_true(diagnose(draws, CHAINS, COUNT).shrink > 1.05);
}

static void test_nothing_moves(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHAINS * COUNT; i++)
        draws[i] = 7;
    assert_true(isnan(diagnose(draws, CHAINS, COUNT).shrink));
}

static void test_modes(void **state)
{
    double places[100], one[100], two[100], low[100], modes[4];
    (void)state;
    for (size_t i = 0; i < 100; i++) {
        double x = (double)i;
        places[i] = 10 * x;
        one[i] = exp(-(x - 40) * (x - 40) / 200);
        two[i] = exp(-(x - 20) * (x - 20) / 50) + 0.5 * exp(-(x - 70) * (x - 70) / 50);
        low[i] = exp(-(x - 20) * (x - 20) / 50) + 0.05 * exp(-(x - 70) * (x - 70) / 50);
    }
    assert_int_equal(find_modes(places, one, 100, modes, 4), 1);
    assert_near(modes[0], 400, 1e-9);
    assert_int_equal(find_modes(places, two, 100, modes, 4), 2);
    assert_near(modes[0], 200, 1e-9);
    assert_near(modes[1], 700, 1e-9);
    assert_int_equal(find_modes(places, low, 100, modes, 4), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effective_size),
        cmocka_unit_test(test_chains_apart),
        cmocka_unit_test(test_chains_of_another_width),
        cmocka_unit_test(test_nothing_moves),
        cmocka_unit_test(test_modes),
    };
    return cmocka_run_group_tests_name("diagnose", tests, NULL, NULL);
}
