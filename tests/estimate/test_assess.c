#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "estimate/assess.h"
#include "tables.h"

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static bool has_reason(const struct assessment *a, enum reason_kind kind)
{
    for (size_t i = 0; i < a->reasons_count; i++)
        if (a->reasons[i].kind == kind)
            return true;
    return false;
}

/* a light assessment: few draws and resamples */
static struct assessment assess_lightly(const struct overlap *o)
{
    struct assess_options options = assess_defaults();
    struct assessment a;
    options.latent.classes = 4;
    options.latent.chains = 2;
    options.latent.enough = options.latent.least = 500;
    options.latent.most = 3000;
    options.resamples = 200;
    options.threads = 2;
    assess(o, &options, &arena, &a);
    return a;
}

static struct assessment assess_cells(size_t lists, struct overlap_cell *cells, size_t count)
{
    static struct str names[] = {{"A", 1}, {"B", 1}, {"C", 1}, {"D", 1}};
    struct overlap *o = arena_alloc(&arena, sizeof *o);
    *o = (struct overlap){.names = names, .lists = lists, .cells = cells, .cells_count = count};
    for (size_t i = 0; i < count; i++)
        o->total += cells[i].count;
    return assess_lightly(o);
}

/* the interval of the latent classes, as far out as another prior of α brings its ends */
static void assert_reported(const struct assessment *a)
{
    struct estimate span = a->estimates[METHOD_LATENT];
    size_t priors = 0;
    for (size_t i = 0; i < a->scenarios_count; i++) {
        const struct scenario *s = &a->scenarios[i];
        if (s->change != CHANGE_PRIOR)
            continue;
        priors++;
        assert_true(s->settled && s->latent.high != span.high);
        span.low = s->latent.low < span.low ? s->latent.low : span.low;
        span.high = s->latent.high > span.high ? s->latent.high : span.high;
    }
    assert_int_equal(priors, 1);
    assert_near(a->reported.value, a->estimates[METHOD_LATENT].value, 0);
    assert_near(a->reported.low, span.low, 0);
    assert_near(a->reported.high, span.high, 0);
}

/* three lists that reach half, half and two fifths of a thousand, each for itself */
static void test_a_sound_table(void **state)
{
    static struct overlap_cell cells[] = {{1, 150}, {2, 150}, {3, 150}, {4, 100},
                                          {5, 100}, {6, 100}, {7, 100}};
    struct assessment a = assess_cells(3, cells, 7);
    (void)state;
    assert_int_equal(a.ruling, RULING_REPORT);
    assert_int_equal(a.reasons_count, 0);
    for (size_t i = 0; i < METHODS; i++)
        assert_near(a.estimates[i].value, 1000, 25);
    assert_true(a.estimates[METHOD_LATENT].low > 850 && a.estimates[METHOD_LATENT].high < 1200);
    assert_reported(&a);
}

static void test_two_modes(void **state)
{
    struct overlap o = table_of("ukdat_5", &arena);
    struct assessment a = assess_lightly(&o);
    (void)state;
    assert_int_equal(a.ruling, RULING_DO_NOT_CITE);
    assert_true(has_reason(&a, REASON_MODELS) && has_reason(&a, REASON_METHODS));
    assert_true(has_reason(&a, REASON_TWO_MODES));
    assert_int_equal(a.modes_count[METHOD_GRAPHS], 2);
    assert_near(a.modes[METHOD_GRAPHS][0], 12000, 1500);
    assert_near(a.modes[METHOD_GRAPHS][1], 24000, 2000);
}

static void test_two_lists(void **state)
{
    static struct overlap_cell cells[] = {{1, 40}, {2, 30}, {3, 20}};
    struct assessment a = assess_cells(2, cells, 3);
    (void)state;
    assert_int_equal(a.ruling, RULING_REFUSE);
    assert_int_equal(a.reasons[0].kind, REASON_TWO_LISTS);
    for (size_t i = 0; i < METHODS; i++)
        assert_true(isnan(a.estimates[i].value));
    for (size_t i = 0; i < DEPENDENCES; i++)
        assert_near(a.dependences[i].people, 90 + a.dependences[i].ratio * 60, 1e-9);
}

static void test_no_overlap(void **state)
{
    static struct overlap_cell cells[] = {{1, 40}, {2, 30}, {4, 20}};
    struct assessment a = assess_cells(3, cells, 3);
    (void)state;
    assert_int_equal(a.ruling, RULING_REFUSE);
    assert_int_equal(a.reasons[0].kind, REASON_NO_OVERLAP);
    assert_int_equal(a.latent.count, 0);
}

static void test_one_list_inside_another(void **state)
{
    static struct overlap_cell cells[] = {{1, 60}, {3, 30}, {4, 50}, {5, 30}, {7, 15}};
    struct assessment a = assess_cells(3, cells, 5);
    (void)state;
    assert_true(a.ruling >= RULING_DO_NOT_CITE);
    assert_true(has_reason(&a, REASON_INSIDE));
    for (size_t i = 0; i < a.reasons_count; i++)
        if (a.reasons[i].kind == REASON_INSIDE) {
            assert_int_equal(a.reasons[i].list, 1);
            assert_int_equal(a.reasons[i].other, 0);
        }
}

static void test_a_list_apart(void **state)
{
    static struct overlap_cell cells[] = {{1, 60}, {2, 50}, {3, 30}, {4, 50}};
    struct assessment a = assess_cells(3, cells, 4);
    (void)state;
    assert_true(a.ruling >= RULING_DO_NOT_CITE);
    assert_true(has_reason(&a, REASON_APART));
}

/* the rules themselves, on numbers put in by hand */
static void test_rules(void **state)
{
    static struct overlap_cell cells[] = {{1, 150}, {2, 150}, {3, 150}, {4, 100},
                                          {5, 100}, {6, 100}, {7, 100}};
    struct assessment sound = assess_cells(3, cells, 7), a = sound;
    (void)state;
    a.latent.settled = false;
    assess_judge(&a);
    assert_true(a.ruling == RULING_REFUSE && has_reason(&a, REASON_NOT_SETTLED));
    a = sound;
    a.graphs.at_bound = 0.02;
    assess_judge(&a);
    assert_true(a.ruling == RULING_REFUSE && has_reason(&a, REASON_AT_BOUND));
    a = sound;
    a.estimates[METHOD_LOGLINEAR].value = 1600;
    assess_judge(&a);
    assert_true(a.ruling == RULING_DO_NOT_CITE && has_reason(&a, REASON_METHODS));
    a = sound;
    a.stepwise.most = 1.3 * a.estimates[METHOD_STEPWISE].value;
    assess_judge(&a);
    assert_true(a.ruling == RULING_DO_NOT_CITE && has_reason(&a, REASON_ONE_CASE));
    a = sound;
    a.estimates[METHOD_STEPWISE].high = INFINITY;
    assess_judge(&a);
    assert_true(a.ruling == RULING_DO_NOT_CITE && has_reason(&a, REASON_UNBOUNDED));
    a = sound;
    a.scenarios[0] = (struct scenario){.change = CHANGE_LIST, .list = 2, .latent = {1300, 1, 2}};
    assess_judge(&a);
    assert_true(a.ruling == RULING_DO_NOT_CITE && has_reason(&a, REASON_ONE_LIST));
    a = sound;
    a.scenarios[0] = (struct scenario){.change = CHANGE_DELTA, .amount = 2, .latent = {700, 1, 2}};
    assess_judge(&a);
    assert_true(a.ruling == RULING_DO_NOT_CITE && has_reason(&a, REASON_DELTA));
    a = sound;
    a.estimates[METHOD_STEPWISE].value = a.estimates[METHOD_LOGLINEAR].value = NAN;
    assess_judge(&a);
    assert_true(a.ruling == RULING_REFUSE && has_reason(&a, REASON_NO_MAXIMUM));
}

static void test_matches_missed_and_false(void **state)
{
    static struct overlap_cell cells[] = {{1, 100}, {2, 200}, {3, 90}, {4, 50},
                                          {5, 30},  {6, 30},  {7, 60}};
    struct overlap o = {.lists = 3, .cells = cells, .cells_count = 7, .total = 560};
    struct overlap more = overlap_rematch(&o, 0.1, 0, &arena);
    struct overlap fewer = overlap_rematch(&o, 0, 0.1, &arena);
    (void)state;
    /* of 100 true matches of two, 90 were found: ten more on both, ten fewer on each alone */
    assert_int_equal(overlap_margin(&more, 3), 90 + 10 + 60 + 7 - 2);
    assert_true(more.total < o.total && fewer.total > o.total);
    for (size_t list = 1; list < 8; list <<= 1) {
        /* records are neither made nor lost, but for rounding */
        assert_near((double)overlap_margin(&more, (uint32_t)list),
                    (double)overlap_margin(&o, (uint32_t)list), 2);
        assert_near((double)overlap_margin(&fewer, (uint32_t)list),
                    (double)overlap_margin(&o, (uint32_t)list), 2);
    }
    struct overlap same = overlap_rematch(&o, 0, 0, &arena);
    assert_int_equal(same.total, o.total);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sound_table),
        cmocka_unit_test(test_two_modes),
        cmocka_unit_test(test_two_lists),
        cmocka_unit_test(test_no_overlap),
        cmocka_unit_test(test_one_list_inside_another),
        cmocka_unit_test(test_a_list_apart),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_matches_missed_and_false),
    };
    return cmocka_run_group_tests_name("assess", tests, NULL, release);
}
