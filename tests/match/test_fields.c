#include "match/fields.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "match/spelling.h"

static void dates_are_read(void **state)
{
    static const struct {
        const char *text;
        struct date_style style;
        int year, month, day;
    } cases[] = {
        {"1956-01-02", {0}, 1956, 1, 2},
        {"19560102", {0}, 1956, 1, 2},
        {"02/01/1956", {0}, 1956, 1, 2},
        {"01/02/1956", {.month_first = true}, 1956, 1, 2},
        {"25.12.1980", {.month_first = true}, 1980, 12, 25},
        {"12/25/1980", {0}, 1980, 12, 25},
        {"1956-01-02T10:20:30", {0}, 1956, 1, 2},
        {"1956", {0}, 1956, 0, 0},
        {"1956-03", {0}, 1956, 3, 0},
        {"03/1956", {0}, 1956, 3, 0},
        {"۱۳۹۹/۰۷/۲۵", {.jalali = true}, 2020, 10, 16},
        {"1399", {.jalali = true}, 2020, 0, 0},
        {"1956", {.jalali = true}, 1956, 0, 0},
        {"12 May 1980", {0}, 1980, 0, 0},
        {"12 اردیبهشت 1359", {.jalali = true}, 1980, 0, 0},
        {"circa 1900", {0}, 1900, 0, 0},
        {"", {0}, 0, 0, 0},
        {"unknown", {0}, 0, 0, 0},
        {"12", {0}, 0, 0, 0},
        {"123456789", {0}, 0, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t got = date_of_text(str_of(cases[i].text), cases[i].style);
        uint32_t wanted =
            (uint32_t)cases[i].year << 9 | (uint32_t)cases[i].month << 5 | (uint32_t)cases[i].day;
        if (got != wanted)
            fail_msg("\"%s\" gives %u-%u-%u", cases[i].text, got >> 9, got >> 5 & 15, got & 31);
    }
}

static void a_column_tells_its_style(void **state)
{
    static const char *const jalali[] = {"1399/07/25", "1360/01/01", ""};
    static const char *const american[] = {"01/02/1956", "12/25/1980", "03/04/1999"};
    struct date_census c = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(jalali); i++)
        date_census_add(&c, str_of(jalali[i]));
    assert_true(date_census_end(&c).jalali);
    c = (struct date_census){0};
    for (size_t i = 0; i < COUNT_OF(american); i++)
        date_census_add(&c, str_of(american[i]));
    assert_true(date_census_end(&c).month_first);
    assert_false(date_census_end(&c).jalali);
}

static void headings_are_known(void **state)
{
    static const struct {
        const char *heading;
        enum field field;
    } cases[] = {
        {"given_name", FIELD_GIVEN_NAME},
        {"First Name", FIELD_GIVEN_NAME},
        {"نام خانوادگی", FIELD_FAMILY_NAME},
        {"DOB", FIELD_BIRTH_DATE},
        {"date_of_birth", FIELD_BIRTH_DATE},
        {"soc_sec_id", FIELD_IDENTIFIER},
        {"نام پدر", FIELD_FATHER_NAME},
        {"cluster", FIELD_NONE},
        {"src", FIELD_NONE},
        {"", FIELD_NONE},
        {"unique_id", FIELD_ID},
        {"by", FIELD_BIRTH_YEAR},
    };
    enum field field;
    struct fault why;
    (void)state;
    assert_int_equal(spelling_start(&why), OK);
    assert_int_equal(fields_start(&why), OK);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(field_of_heading(str_of(cases[i].heading), &field, &why), OK);
        assert_int_equal(field, cases[i].field);
    }
    assert_int_equal(gender_of(STR("Female")), 'f');
    assert_int_equal(gender_of(STR("مرد")), 'm');
    assert_int_equal(gender_of(STR("?")), 0);
    assert_true(field_is_missing(STR("NA")));
    assert_true(field_is_missing(STR("نامعلوم")));
    assert_false(field_is_missing(STR("Na")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(a_column_tells_its_style),
        cmocka_unit_test(headings_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
