#include "text/edtf.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *date, *first, *last; /* "" is open */
} ranges[] = {
    {"2022", "2022-01-01", "2022-12-31"},
    {"2024-02", "2024-02-01", "2024-02-29"},
    {"2022-11-15", "2022-11-15", "2022-11-15"},
    {"2022?", "2022-01-01", "2022-12-31"},
    {"2022-11~", "2022-11-01", "2022-11-30"},
    {"2022-11-15%", "2022-11-15", "2022-11-15"},
    {"197X", "1970-01-01", "1979-12-31"},
    {"19XX", "1900-01-01", "1999-12-31"},
    {"2022-XX", "2022-01-01", "2022-12-31"},
    {"2022-XX-XX", "2022-01-01", "2022-12-31"},
    {"2022-11-XX", "2022-11-01", "2022-11-30"},
    {"2022-21", "2022-03-01", "2022-05-31"},
    {"2022-23", "2022-09-01", "2022-11-30"},
    {"2022-24", "2022-01-01", "2023-02-28"},
    {"2022-09-16/2022-11-22", "2022-09-16", "2022-11-22"},
    {"2022-10-23/2022-11", "2022-10-23", "2022-11-30"},
    {"1988/1989", "1988-01-01", "1989-12-31"},
    {"2019-11-15/..", "2019-11-15", ""},
    {"2019-11-15/", "2019-11-15", ""},
    {"../2019-11-15", "", "2019-11-15"},
    {"/2019", "", "2019-12-31"},
    {"0000", "0000-01-01", "0000-12-31"},
    {"9999", "9999-01-01", "9999-12-31"},
    {"9999-24", "9999-01-01", "9999-12-31"},
};

static const char *const refused[] = {
    "",
    "20",
    "20220",
    "2022-",
    "2022-1",
    "2022-13",
    "2022-00",
    "2022-25",
    "2022-11-00",
    "2022-11-31",
    "2023-02-29",
    "2022-11-15T10:00",
    "2022-11-15/2022-11-14",
    "../..",
    "/",
    "..",
    "2022/2021",
    "1XXX",
    "X",
    "XXXX",
    "197X-05",
    "2022-XX-05",
    "2022-21-05",
    "2022-11-15??",
    "2022/11",
    "-2022",
    "+2022",
    " 2022",
    "2022-11-15 ",
    "٢٠٢٢",
    "2022-1a",
    "a/b",
    "2022/2023/2024",
    "?",
    "1401.8",
};

static void gives_ranges(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ranges); i++) {
        int64_t first, last;
        char day[16];
        struct fault why;
        if (edtf_range(str_of(ranges[i].date), &first, &last, &why))
            fail_msg("%s", why.text);
        if (first == INT64_MIN)
            assert_string_equal(ranges[i].first, "");
        else {
            edtf_write_day(first, day);
            assert_string_equal(day, ranges[i].first);
        }
        if (last == INT64_MAX)
            assert_string_equal(ranges[i].last, "");
        else {
            edtf_write_day(last, day);
            assert_string_equal(day, ranges[i].last);
        }
    }
}

static void refuses_what_is_not_edtf(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        int64_t first, last;
        struct fault why = {0};
        if (edtf_range(str_of(refused[i]), &first, &last, &why) != REFUSED)
            fail_msg("\"%s\" was taken for a date", refused[i]);
        assert_non_null(strstr(why.text, refused[i]));
    }
}

static void days_in_common(void **state)
{
    static const struct {
        const char *a, *b;
        bool apart;
    } pairs[] = {{"2022", "2022-11-15", false},
                 {"2022", "2023-01-01", true},
                 {"2022-11", "2022-10-23/2022-11-01", false},
                 {"1990/..", "1989", true},
                 {"1990", "autumn", false},
                 {"", "1990", false}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        assert_int_equal(edtf_apart(str_of(pairs[i].a), str_of(pairs[i].b)), pairs[i].apart);
        assert_int_equal(edtf_apart(str_of(pairs[i].b), str_of(pairs[i].a)), pairs[i].apart);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_ranges),
        cmocka_unit_test(refuses_what_is_not_edtf),
        cmocka_unit_test(days_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
