#include "text/calendar.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <unicode/ucal.h>

static const struct {
    enum calendar calendar;
    struct day day;
    struct day gregorian;
} pairs[] = {
    {CALENDAR_JALALI, {1400, 3, 23}, {2021, 6, 13}},
    {CALENDAR_JALALI, {1400, 2, 9}, {2021, 4, 29}},
    {CALENDAR_JALALI, {1357, 11, 22}, {1979, 2, 11}},
    {CALENDAR_JALALI, {1401, 8, 1}, {2022, 10, 23}},
    {CALENDAR_JALALI, {1399, 12, 30}, {2021, 3, 20}},
    {CALENDAR_JALALI, {1403, 12, 30}, {2025, 3, 20}},
    {CALENDAR_ISLAMIC, {1445, 9, 1}, {2024, 3, 11}},
    {CALENDAR_GREGORIAN, {1970, 1, 1}, {1970, 1, 1}},
};

static int64_t days_of(enum calendar calendar, struct day day)
{
    int64_t days = 0;
    assert_true(calendar_to_days(calendar, day, &days));
    return days;
}

static void agrees_with_known_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        int64_t days = days_of(pairs[i].calendar, pairs[i].day);
        assert_int_equal(days, days_of(CALENDAR_GREGORIAN, pairs[i].gregorian));
        struct day back = calendar_of_days(pairs[i].calendar, days);
        assert_memory_equal(&back, &pairs[i].day, sizeof back);
    }
    assert_int_equal(days_of(CALENDAR_GREGORIAN, (struct day){1970, 1, 1}), 0);
    assert_int_equal(calendar_weekday(0), 3);
    assert_int_equal(calendar_weekday(-4), 6);
    assert_int_equal(calendar_weekday(days_of(CALENDAR_GREGORIAN, (struct day){2022, 11, 14})), 0);
}

static const struct {
    enum calendar calendar;
    struct day day;
} nowhere[] = {
    {CALENDAR_GREGORIAN, {2023, 2, 29}}, {CALENDAR_GREGORIAN, {1900, 2, 29}},
    {CALENDAR_GREGORIAN, {2022, 13, 1}}, {CALENDAR_GREGORIAN, {2022, 0, 1}},
    {CALENDAR_GREGORIAN, {2022, 6, 0}},  {CALENDAR_GREGORIAN, {2022, 4, 31}},
    {CALENDAR_JALALI, {1400, 12, 30}},   {CALENDAR_JALALI, {1400, 7, 31}},
    {CALENDAR_JALALI, {0, 1, 1}},        {CALENDAR_ISLAMIC, {1445, 2, 30}},
    {CALENDAR_GREGORIAN, {10000, 1, 1}}, {CALENDAR_GREGORIAN, {-1, 1, 1}},
};

static void refuses_days_that_do_not_exist(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(nowhere); i++) {
        int64_t days;
        assert_false(calendar_to_days(nowhere[i].calendar, nowhere[i].day, &days));
    }
}

static UCalendar *icu_open(const char *locale)
{
    static const UChar utc[] = {'U', 'T', 'C', 0};
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = ucal_open(utc, 3, locale, UCAL_DEFAULT, &status);
    assert_true(U_SUCCESS(status));
    ucal_setGregorianChange(calendar, -1e18, &status);
    return calendar;
}

static void compare_with_icu(enum calendar calendar, const char *locale, int first, int last)
{
    UCalendar *icu = icu_open(locale);
    int64_t end = days_of(calendar, (struct day){last, 12, 1});
    for (int64_t days = days_of(calendar, (struct day){first, 1, 1}); days <= end; days++) {
        UErrorCode status = U_ZERO_ERROR;
        ucal_setMillis(icu, (double)days * 86400000.0, &status);
        struct day day = calendar_of_days(calendar, days);
        assert_int_equal(day.year, ucal_get(icu, UCAL_YEAR, &status));
        assert_int_equal(day.month, ucal_get(icu, UCAL_MONTH, &status) + 1);
        assert_int_equal(day.day, ucal_get(icu, UCAL_DAY_OF_MONTH, &status));
        assert_int_equal(days_of(calendar, day), days);
        assert_true(U_SUCCESS(status));
    }
    ucal_close(icu);
}

static void agrees_with_icu_on_every_day(void **state)
{
    (void)state;
    compare_with_icu(CALENDAR_JALALI, "en@calendar=persian", 1, 3000);
    compare_with_icu(CALENDAR_ISLAMIC, "en@calendar=islamic-civil", 1, 3000);
    compare_with_icu(CALENDAR_GREGORIAN, "en@calendar=gregorian", 1, 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_known_days),
        cmocka_unit_test(refuses_days_that_do_not_exist),
        cmocka_unit_test(agrees_with_icu_on_every_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
