#include "account/chart.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/json.h"

#include "views.h"

/* 80 columns, from 0 to 2,000: about 25 a column. */
static const char axis[] =
    "└───────────────────┴───────────────────┴──────────────────┴───────────────────┘";
static const char ticks[] =
    "0                  500                1,000              1,500             2,000";

static const struct {
    const char *value, *bar;
} bars[] = {
    {"≥ 527", "                     ├──▶                                                       "},
    {"> 400", "                ╟──▶                                                            "},
    {"~ 1,500", "                                                     ┄┄┄┄┄┄│┄┄┄┄┄┄              "},
    {"≲ 1,000", "                                    ┄┄┄┄│                                       "},
    {"≤ 1,200", "                                            ◀──┤                                "},
    {"28", " │                                                                              "},
    {"500–1,500",
     "                    ├──────────────────────────────────────┤                    "},
    {"0", "│                                                                               "},
    {"≤ 20", "◀┤                                                                              "},
    {"> 1,500", "                                                           ╟──▶                 "},
};

static void bars_are_drawn_to_scale(void **state)
{
    (void)state;
    struct arena arena;
    struct buf out;
    arena_init(&arena);
    buf_init(&out, 4096);
    struct chart chart = chart_of(1500, 80);
    assert_int_equal(chart.end, 2000);
    for (size_t i = 0; i < COUNT_OF(bars); i++) {
        struct figure_row row = {.value = bars[i].value};
        buf_clear(&out);
        chart_bar(&out, &chart, &views_of(&arena, &row, 1)->figure);
        assert_string_equal(out.at, bars[i].bar);
    }
    buf_clear(&out);
    chart_axis(&out, &chart);
    assert_string_equal(out.at, axis);
    buf_clear(&out);
    chart_ticks(&out, &chart, &arena);
    assert_string_equal(out.at, ticks);
    buf_release(&out);
    arena_release(&arena);
}

static const struct {
    int64_t largest;
    size_t width;
    int64_t step, end;
} scales[] = {
    {0, 40, 1, 2},
    {1, 40, 1, 2},
    {28, 40, 10, 40},
    {400, 40, 100, 500},
    {360, 40, 100, 400},
    {30000, 40, 10000, 40000},
    {85000, 3, 50000, 150000},
    {JSON_INTEGER_LIMIT, 200, INT64_C(5000000000000000), INT64_C(10000000000000000)},
};

static void a_scale_has_room_for_an_arrow(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(scales); i++) {
        struct chart chart = chart_of(scales[i].largest, scales[i].width);
        assert_int_equal(chart.step, scales[i].step);
        assert_int_equal(chart.end, scales[i].end);
        struct figure f = {.low = scales[i].largest, .high = COUNT_NONE, .bound = BOUND_AT_LEAST};
        struct buf out;
        buf_init(&out, 4096);
        chart_bar(&out, &chart, &f);
        assert_non_null(strstr(out.at, "├──▶"));
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_drawn_to_scale),
        cmocka_unit_test(a_scale_has_room_for_an_arrow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
