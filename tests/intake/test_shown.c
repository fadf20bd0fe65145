/* How spreadsheets show a number: as a day, as exact as it is shown, or as what it is. */
#include "intake/book_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
    const char *code, *number, *shown; /* the last "": no date */
    bool since_1904;
} cases[] = {
    {"yyyy-mm-dd", "44120", "2020-10-16", false},
    {"dd/mm/yyyy", "44120.75", "2020-10-16", false},
    {"d\\.m\\.yy", "44120", "2020-10-16", false},
    {"[$-409]mmmm d, yyyy;@", "44120", "2020-10-16", false},
    {"[$-3000401]yyyy/mm/dd;@", "44120", "2020-10-16", false},
    {"yyyy-mm-dd", "42658", "2020-10-16", true},
    {"yyyy-mm-dd", "0", "1904-01-01", true},
    {"yyyy-mm-dd", "0", "", false},
    {"yyyy-mm-dd", "1", "1900-01-01", false},
    {"yyyy-mm-dd", "59", "1900-02-28", false},
    {"yyyy-mm-dd", "60", "", false},
    {"yyyy-mm-dd", "61", "1900-03-01", false},
    {"yyyy-mm-dd", "2958465", "9999-12-31", false},
    {"yyyy-mm-dd", "2958466", "", false},
    {"yyyy-mm-dd", "-1", "", false},
    {"mmm yyyy", "44120", "2020-10", false},
    {"yyyy", "44120", "2020", false},
    {"d mmmm", "44120", "2020-10-16", false},
    {"h:mm", "0.604166666666667", "14:30", false},
    {"h:mm AM/PM", "44120.604166666664", "14:30", false},
    {"yyyy-mm-dd hh:mm:ss", "44120.604166666664", "2020-10-16 14:30", false},
    {"yyyy-mm-dd hh:mm", "44120", "2020-10-16", false},
    {"yyyy-mm-dd hh:mm", "44119.99999999", "2020-10-16", false},
    {"[h]:mm", "1.5", "", false},
    {"[Red]0.00", "44120", "", false},
    {"0\" days\"", "44120", "", false},
    {"#,##0", "44120", "", false},
    {"General", "44120", "", false},
    {"@", "44120", "", false},
    {"\"", "44120", "", false},
    {"[", "44120", "", false},
    {"", "44120", "", false},
};

static void codes_say_how(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena a;
        arena_init(&a);
        struct shown shown = shown_by_code(str_of(cases[i].code));
        struct str said = shown_date(&a, strtod(cases[i].number, NULL), shown, cases[i].since_1904);
        if (!str_equal(said, str_of(cases[i].shown)))
            fail_msg("%s of %s is \"%.*s\", not \"%s\"", cases[i].code, cases[i].number,
                     STR_ARG(said), cases[i].shown);
        arena_release(&a);
    }
}

/* ECMA-376, 18.8.30: formats that a file uses without telling them */
static void known_numbers_say_how(void **state)
{
    static const struct {
        int number;
        const char *shown;
    } known[] = {{0, ""},
                 {1, ""},
                 {9, ""},
                 {14, "2020-10-16"},
                 {17, "2020-10"},
                 {20, "14:30"},
                 {22, "2020-10-16 14:30"},
                 {46, ""},
                 {49, ""},
                 {164, ""}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        struct arena a;
        arena_init(&a);
        struct str said =
            shown_date(&a, 44120.604166666664, shown_by_number(known[i].number), false);
        if (!str_equal(said, str_of(known[i].shown)))
            fail_msg("format %d is \"%.*s\"", known[i].number, STR_ARG(said));
        arena_release(&a);
    }
}

static void numbers_have_15_digits(void **state)
{
    static const char *const numbers[][2] = {{"24", "24"},
                                             {"0.1", "0.1"},
                                             {"1.1000000000000001", "1.1"},
                                             {"1E3", "1000"},
                                             {"1.5e-7", "1.5e-07"},
                                             {"1e400", "1e400"},
                                             {"12 x", "12 x"},
                                             {"", ""},
                                             {"123456789012345", "123456789012345"},
                                             {"0.30000000000000004", "0.3"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        struct arena a;
        arena_init(&a);
        struct str said = shown_number(&a, str_of(numbers[i][0]));
        if (!str_equal(said, str_of(numbers[i][1])))
            fail_msg("%s is said as \"%.*s\"", numbers[i][0], STR_ARG(said));
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_say_how),
        cmocka_unit_test(known_numbers_say_how),
        cmocka_unit_test(numbers_have_15_digits),
    };
    return cmocka_run_group_tests_name("shown", tests, NULL, NULL);
}
