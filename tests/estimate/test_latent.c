#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "estimate/latent_int.h"
#include "tables.h"

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void draw_point(const struct target *t, struct point *p, struct random *r)
{
    memset(p, 0, sizeof *p);
    for (size_t k = 0; k < t->classes; k++) {
        for (size_t j = 0; j < t->overlap->lists; j++)
            *lane_of(p->odds[j], k) = 2 * random_normal(r);
        if (k + 1 < t->classes)
            *lane_of(p->sticks, k) = 2 * random_normal(r) - 1;
    }
}

/* the density straight from the formulas of latent.h, one class after the other */
static double plain_density(const struct target *t, struct point *p)
{
    const struct overlap *o = t->overlap;
    double value = 0, length = 0, rest = 1, weights[LATENT_CLASSES_LIMIT];
    for (size_t k = 0; k < t->classes; k++) {
        double stick = exp(*lane_of(p->sticks, k));
        bool last = k + 1 == t->classes;
        weights[k] = last ? rest : rest * -expm1(-stick);
        rest *= exp(-stick);
        length += last ? 0 : stick;
        value += last ? 0 : *lane_of(p->sticks, k);
        for (size_t j = 0; j < o->lists; j++) {
            double on = 1 / (1 + exp(-*lane_of(p->odds[j], k)));
            value += log(on) + log(1 - on);
        }
    }
    for (size_t i = 0; i <= o->cells_count; i++) {
        uint32_t lists = i < o->cells_count ? o->cells[i].lists : 0;
        double share = 0;
        for (size_t k = 0; k < t->classes; k++) {
            double part = weights[k];
            for (size_t j = 0; j < o->lists; j++) {
                double on = 1 / (1 + exp(-*lane_of(p->odds[j], k)));
                part *= lists >> j & 1 ? on : 1 - on;
            }
            share += part;
        }
        value +=
            lists ? (double)o->cells[i].count * log(share) : -(double)o->total * log(1 - share);
    }
    return value - (t->shape + (double)t->classes - 1) * log(t->rate + length);
}

static void test_density(void **state)
{
    struct overlap o = table_of("kosovo", &arena);
    struct random r = random_of(5, 1);
    (void)state;
    for (size_t classes = 1; classes < 12; classes++) {
        struct target t = {&o, classes, (classes + LANES - 1) / LANES, 0.25, 0.25};
        struct point p;
        draw_point(&t, &p, &r);
        double wanted = plain_density(&t, &p);
        assert_near(target_density(&t, &p), wanted, 1e-9 * fabs(wanted));
    }
}

static void assert_slope(const struct target *t, struct point *p, double *at, double slope)
{
    double middle = *at, step = 1e-5;
    *at = middle + step;
    double above = target_density(t, p);
    *at = middle - step;
    double below = target_density(t, p);
    *at = middle;
    assert_near((above - below) / (2 * step), slope, 1e-3 + 1e-6 * fabs(slope));
}

static void test_gradient_by_finite_differences(void **state)
{
    struct overlap o = table_of("ukdat_5", &arena);
    struct target t = {&o, 7, 4, 0.25, 0.25};
    struct random r = random_of(5, 2);
    (void)state;
    for (int i = 0; i < 5; i++) {
        struct point p, gradient;
        draw_point(&t, &p, &r);
        target_gradient(&t, &p, &gradient);
        for (size_t k = 0; k < t.classes; k++) {
            for (size_t j = 0; j < o.lists; j++)
                assert_slope(&t, &p, lane_of(p.odds[j], k), *lane_of(gradient.odds[j], k));
            if (k + 1 < t.classes)
                assert_slope(&t, &p, lane_of(p.sticks, k), *lane_of(gradient.sticks, k));
        }
    }
}

/* an exchange of labels must leave the mixture: π of every cell */
static void test_labels_leave_the_mixture(void **state)
{
    struct overlap o = table_of("kosovo", &arena);
    struct target t = {&o, 6, 3, 0.25, 0.25};
    struct random r = random_of(5, 3);
    double before[16], after[16];
    struct point p, old;
    (void)state;
    draw_point(&t, &p, &r);
    old = p;
    target_cells(&t, &p, before);
    move_labels(&t, &p, 200, &r);
    target_cells(&t, &p, after);
    assert_memory_not_equal(&p, &old, sizeof p);
    for (size_t set = 0; set < 16; set++)
        assert_near(before[set], after[set], 1e-9);
}

static struct latent run(const struct overlap *o, struct latent_options options)
{
    struct latent out;
    latent_run(o, &options, &arena, &out);
    return out;
}

static void test_kosovo(void **state)
{
    struct overlap o = table_of("kosovo", &arena);
    struct latent_options options = latent_defaults();
    (void)state;
    options.classes = 15;
    options.enough = 1000;
    options.least = 800;
    struct latent l = run(&o, options);
    /* R's package: 10,431 [9,022-13,815] */
    assert_true(l.settled);
    assert_near(l.median, 10431, 0.01 * 10431);
    assert_near(l.low, 9022, 0.02 * 9022);
    assert_near(l.high, 13815, 0.04 * 13815);
    assert_true(l.predictive > 0.05 && l.predictive < 0.95);
}

static void test_threads_change_nothing(void **state)
{
    struct overlap o = table_of("kosovo", &arena);
    struct latent_options options = latent_defaults();
    (void)state;
    options.least = options.most = 60;
    struct latent one = run(&o, options);
    options.threads = 3;
    struct latent three = run(&o, options);
    options.seed = 2;
    struct latent other = run(&o, options);
    assert_int_equal(one.count, 60);
    assert_memory_equal(one.draws, three.draws, 240 * sizeof *one.draws);
    assert_memory_not_equal(one.draws, other.draws, 240 * sizeof *one.draws);
}

/* With one class the posterior is that of independent lists, by plain Gibbs and by trajectories. */
static void test_plain_and_integrated_agree(void **state)
{
    struct overlap_cell cells[] = {{1, 60}, {2, 50}, {3, 22}, {4, 40}, {5, 18}, {6, 15}, {7, 6}};
    struct overlap o = {.lists = 3, .cells = cells, .cells_count = 7, .total = 211};
    struct latent_options options = latent_defaults();
    (void)state;
    options.classes = 3;
    options.enough = 1000;
    struct latent integrated = run(&o, options);
    options.plain = true;
    struct latent plain = run(&o, options);
    assert_true(integrated.settled && plain.settled);
    assert_near(integrated.median, plain.median, 0.03 * plain.median);
    assert_near(integrated.low, plain.low, 0.03 * plain.low);
}

/* the tenth in which the truth lies among the draws; where it equals some, anywhere among them */
static int64_t tenth_of(const struct latent *l, double people, struct random *r)
{
    size_t below = 0, equal = 0, all = l->chains * l->count;
    for (size_t i = 0; i < all; i++) {
        below += l->draws[i] < people;
        equal += l->draws[i] == people;
    }
    double rank = (double)below + floor(random_uniform(r) * (double)(equal + 1));
    return (int64_t)(rank * 10 / (double)(all + 1));
}

/* Simulation-based calibration (Talts and others 2018), a light sample: tables drawn from the
 * prior, the truth's rank among the draws uniform over ten. The whole is in script/bench estimate.
 */
static void test_calibration(void **state)
{
    enum { TABLES = 40 };
    struct latent_options options = latent_defaults();
    struct random random = random_of(5, 4);
    int64_t ranks[10] = {0}, counted = 0;
    double squares = 0;
    (void)state;
    options.classes = 3;
    options.chains = 2;
    options.least = options.most = 150;
    for (uint64_t i = 0; i < TABLES; i++) {
        int64_t counts[8] = {0};
        struct overlap_cell cells[7];
        struct overlap o = {.lists = 3, .cells = cells, .total = 100};
        int64_t unseen = latent_draw_prior(3, 100, &options, i, counts);
        for (uint32_t set = 1; set < 8; set++)
            if (counts[set])
                cells[o.cells_count++] = (struct overlap_cell){set, counts[set]};
        struct latent l = run(&o, options);
        ranks[tenth_of(&l, 100 + (double)unseen, &random)]++;
        counted++;
    }
    for (size_t i = 0; i < 10; i++)
        squares += pow((double)ranks[i] - TABLES / 10.0, 2) / (TABLES / 10.0);
    assert_int_equal(counted, TABLES);
    assert_true(squares < 27.9); /* 99.9% of χ² with nine degrees of freedom */
}

/* Populations of two classes, one easily recorded, one not: most intervals hold the truth. A light
 * sample; the whole is in script/bench estimate. */
static void test_coverage(void **state)
{
    enum { POPULATIONS = 12, PEOPLE = 1000 };
    struct latent_options options = latent_defaults();
    struct random r = random_of(5, 5);
    int covered = 0;
    (void)state;
    options.classes = 4;
    options.chains = 2;
    options.least = options.most = 250;
    for (int i = 0; i < POPULATIONS; i++) {
        double weights[16] = {0};
        int64_t counts[16];
        struct overlap_cell cells[15];
        struct overlap o = {.lists = 4, .cells = cells};
        for (int class = 0; class < 2; class ++) {
            double on[4];
            for (size_t j = 0; j < 4; j++)
                on[j] = (class ? 0.1 : 0.4) + 0.3 * random_uniform(&r);
            for (uint32_t set = 0; set < 16; set++) {
                double part = 0.5;
                for (size_t j = 0; j < 4; j++)
                    part *= set >> j & 1 ? on[j] : 1 - on[j];
                weights[set] += part;
            }
        }
        random_multinomial(&r, PEOPLE, weights, 16, counts);
        for (uint32_t set = 1; set < 16; set++)
            if (counts[set]) {
                cells[o.cells_count++] = (struct overlap_cell){set, counts[set]};
                o.total += counts[set];
            }
        struct latent l = run(&o, options);
        covered += l.low <= PEOPLE && PEOPLE <= l.high;
        assert_true(l.high < 3 * PEOPLE);
    }
    assert_true(covered >= 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_density),
        cmocka_unit_test(test_gradient_by_finite_differences),
        cmocka_unit_test(test_labels_leave_the_mixture),
        cmocka_unit_test(test_kosovo),
        cmocka_unit_test(test_threads_change_nothing),
        cmocka_unit_test(test_plain_and_integrated_agree),
        cmocka_unit_test(test_calibration),
        cmocka_unit_test(test_coverage),
    };
    return cmocka_run_group_tests_name("latent", tests, NULL, release);
}
