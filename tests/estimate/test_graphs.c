#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "estimate/graphs.h"
#include "tables.h"

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void test_how_many_graphs(void **state)
{
    static struct graph graphs[GRAPHS_LIMIT];
    (void)state;
    assert_int_equal(graphs_list(3, graphs), 8);
    assert_int_equal(graphs_list(4, graphs), 61);
    assert_int_equal(graphs_list(5, graphs), 822);
    for (size_t i = 0; i < 822; i++) {
        assert_int_equal(graphs[i].separators_count + 1, graphs[i].cliques_count);
        for (size_t k = 0; k < i; k++)
            assert_memory_not_equal(&graphs[i].cliques, &graphs[k].cliques,
                                    sizeof graphs[i].cliques);
    }
}

static void test_kosovo(void **state)
{
    struct overlap o = table_of("kosovo", &arena);
    struct graph_posterior p;
    (void)state;
    assert_near(graphs_delta(4), 0.0625, 0);
    graphs_posterior(&o, graphs_delta(4), 440000, &arena, &p);
    assert_int_equal(p.median, 12595);
    assert_int_equal(p.low, 9827);
    assert_int_equal(p.high, 16544);
    assert_true(p.at_bound < 1e-8);
    graphs_posterior(&o, 1, 440000, &arena, &p);
    assert_int_equal(p.median, 4617);
}

/* ---- the same by brute force: every number of unseen, every graph, no interpolation ---- */

static double gamma_of(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

static double margin_part(const struct overlap *o, uint32_t margin, double delta, double unseen)
{
    double counts[32] = {unseen}, sum = 0;
    double in_cell = ldexp(delta, (int)o->lists - __builtin_popcount(margin));
    for (size_t i = 0; i < o->cells_count; i++)
        counts[o->cells[i].lists & margin] += (double)o->cells[i].count;
    for (uint32_t set = 0; set < UINT32_C(1) << o->lists; set++)
        if ((set & margin) == set)
            sum += gamma_of(counts[set] + in_cell) - gamma_of(in_cell);
    return sum;
}

static double brute_mean(const struct overlap *o, double delta, int most, double *median)
{
    static struct graph graphs[GRAPHS_LIMIT];
    size_t count = graphs_list(o->lists, graphs);
    double *weights = arena_alloc(&arena, (size_t)(most + 1) * sizeof *weights);
    double sum = 0, mean = 0, below = 0;
    for (int unseen = 1; unseen <= most; unseen++) {
        double people = (double)o->total + unseen;
        for (size_t g = 0; g < count; g++) {
            double value = gamma_of(people + 1) - gamma_of(unseen + 1) - log(people) -
                           gamma_of(people + ldexp(delta, (int)o->lists));
            for (size_t i = 0; i < graphs[g].cliques_count; i++)
                value += margin_part(o, graphs[g].cliques[i], delta, unseen);
            for (size_t i = 0; i < graphs[g].separators_count; i++)
                value -= margin_part(o, graphs[g].separators[i], delta, unseen);
            weights[unseen] += exp(value + 200);
        }
        sum += weights[unseen];
        mean += weights[unseen] * people;
    }
    for (int unseen = 1; unseen <= most && below < 0.5 * sum; unseen++) {
        below += weights[unseen];
        *median = (double)o->total + unseen;
    }
    return mean / sum;
}

static void test_against_brute_force(void **state)
{
    const struct overlap_cell cells[] = {{1, 13}, {2, 20}, {3, 4}, {4, 9}, {5, 2}, {6, 5}, {7, 1}};
    struct overlap o = {
        .lists = 3, .cells = (struct overlap_cell *)cells, .cells_count = 7, .total = 54};
    struct graph_posterior p;
    double median = 0;
    (void)state;
    for (int i = 0; i < 3; i++) {
        double delta = ldexp(1, -3 * i / 2), mean = brute_mean(&o, delta, 3000, &median);
        graphs_posterior(&o, delta, 3000, &arena, &p);
        assert_true(fabs(p.mean - mean) < 1e-7 * mean);
        assert_int_equal(p.median, median);
    }
}

static void test_a_bound_that_holds_it_back(void **state)
{
    struct overlap o = table_of("ned_5", &arena);
    struct graph_posterior p;
    (void)state;
    graphs_posterior(&o, graphs_delta(5), 120000, &arena, &p);
    assert_true(p.at_bound > 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_how_many_graphs),
        cmocka_unit_test(test_kosovo),
        cmocka_unit_test(test_against_brute_force),
        cmocka_unit_test(test_a_bound_that_holds_it_back),
    };
    return cmocka_run_group_tests_name("graphs", tests, NULL, release);
}
