#include "account/value.h"
#include "case/decided.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    int64_t low, high;
    enum figure_bound bound;
    const char *value;
    int64_t from, to; /* the interval */
} values[] = {
    {28, 28, BOUND_EXACT, "28", 28, 28},
    {0, 0, BOUND_EXACT, "0", 0, 0},
    {999, 999, BOUND_EXACT, "999", 999, 999},
    {1000, 1000, BOUND_EXACT, "1,000", 1000, 1000},
    {1234567, 1234567, BOUND_EXACT, "1,234,567", 1234567, 1234567},
    {527, COUNT_NONE, BOUND_AT_LEAST, "≥ 527", 527, COUNT_NONE},
    {400, COUNT_NONE, BOUND_MORE_THAN, "> 400", 401, COUNT_NONE},
    {1500, 1500, BOUND_ABOUT, "~ 1,500", 1350, 1650},
    {5, 5, BOUND_ABOUT, "~ 5", 4, 6},
    {20000, 20000, BOUND_NEARLY, "≲ 20,000", 18000, 20000},
    {COUNT_NONE, 12000, BOUND_UP_TO, "≤ 12,000", 0, 12000},
    {5000, 30000, BOUND_RANGE, "5,000–30,000", 5000, 30000},
};

static void values_are_written_and_compared(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        struct figure f = {.low = values[i].low, .high = values[i].high, .bound = values[i].bound};
        assert_string_equal(figure_value(&arena, &f).at, values[i].value);
        struct interval got = figure_interval(&f);
        assert_int_equal(got.low, values[i].from);
        assert_int_equal(got.high, values[i].to);
    }
    arena_release(&arena);
}

static const struct {
    struct interval a, b;
    bool meet;
} meetings[] = {
    {{100, 100}, {120, 120}, false},
    {{100, 100}, {100, 100}, true},
    {{7000, COUNT_NONE}, {0, 12000}, true},
    {{12001, COUNT_NONE}, {0, 12000}, false},
    {{12000, COUNT_NONE}, {0, 12000}, true},
    {{500, COUNT_NONE}, {9000, COUNT_NONE}, true},
    {{10, 20}, {20, 30}, true},
    {{10, 20}, {21, 30}, false},
};

static void intervals_meet_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(meetings); i++) {
        assert_int_equal(intervals_meet(meetings[i].a, meetings[i].b), meetings[i].meet);
        assert_int_equal(intervals_meet(meetings[i].b, meetings[i].a), meetings[i].meet);
    }
}

static void states_have_signs(void **state)
{
    (void)state;
    assert_string_equal(state_sign(VIEW_PROPOSED, false), "○");
    assert_string_equal(state_sign(VIEW_ACCEPTED, false), "●");
    assert_string_equal(state_sign(VIEW_REJECTED, false), "×");
    assert_string_equal(state_sign(VIEW_REJECTED, true), "◐");
    assert_string_equal(state_sign(VIEW_ACCEPTED, true), "◐");
    assert_string_equal(state_word(VIEW_ACCEPTED, true), "disputed");
    assert_string_equal(state_word(VIEW_PROPOSED, false), "proposed");
}

static void labels_become_words(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_string_equal(label_words(&arena, STR("sentenced_to_death")).at, "sentenced to death");
    assert_string_equal(label_words(&arena, STR("other:fled")).at, "fled");
    assert_string_equal(label_words(&arena, STR("killed")).at, "killed");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_and_compared),
        cmocka_unit_test(intervals_meet_or_not),
        cmocka_unit_test(states_have_signs),
        cmocka_unit_test(labels_become_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
