#include "text/calendar.h"

enum {
    DAYS_PER_400_YEARS = 146097,
    JALALI_EPOCH = -492268, /* 1 Farvardin 1, in days since 1970-01-01 */
    ISLAMIC_EPOCH = -492148,
    YEAR_LIMIT = 9999,
};

static int64_t floor_divide(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return quotient * b > a ? quotient - 1 : quotient;
}

/* The three systems count days alike: those before a year, and those before a month in it. */
static int64_t days_before_year(enum calendar calendar, int64_t year)
{
    int64_t before = year - 1;
    switch (calendar) {
    case CALENDAR_JALALI:
        return JALALI_EPOCH + 365 * before + floor_divide(8 * year + 21, 33);
    case CALENDAR_ISLAMIC:
        return ISLAMIC_EPOCH + 354 * before + floor_divide(3 + 11 * year, 30);
    case CALENDAR_GREGORIAN:
        break;
    }
    return 365 * before + floor_divide(before, 4) - floor_divide(before, 100) +
           floor_divide(before, 400) - 719162;
}

static int year_days(enum calendar calendar, int year)
{
    return (int)(days_before_year(calendar, (int64_t)year + 1) - days_before_year(calendar, year));
}

int calendar_month_days(enum calendar calendar, int year, int month)
{
    static const int8_t gregorian[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    switch (calendar) {
    case CALENDAR_JALALI:
        return month <= 6 ? 31 : month <= 11 ? 30 : year_days(calendar, year) - 336;
    case CALENDAR_ISLAMIC:
        return month == 12 ? year_days(calendar, year) - 325 : month % 2 ? 30 : 29;
    case CALENDAR_GREGORIAN:
        break;
    }
    return gregorian[month - 1] + (month == 2 && year_days(calendar, year) == 366);
}

bool calendar_to_days(enum calendar calendar, struct day day, int64_t *days)
{
    int first_year = calendar == CALENDAR_GREGORIAN ? 0 : 1;
    if (day.year < first_year || day.year > YEAR_LIMIT || day.day < 1 ||
        day.day > calendar_month_days(calendar, day.year, day.month))
        return false;
    *days = days_before_year(calendar, day.year) + day.day - 1;
    for (int month = 1; month < day.month; month++)
        *days += calendar_month_days(calendar, day.year, month);
    return true;
}

int calendar_year_of_days(enum calendar calendar, int64_t days)
{
    int64_t year = 0;
    switch (calendar) {
    case CALENDAR_JALALI:
        year = floor_divide((days - JALALI_EPOCH) * 33, 12053);
        break;
    case CALENDAR_ISLAMIC:
        year = floor_divide((days - ISLAMIC_EPOCH) * 30, 10631);
        break;
    case CALENDAR_GREGORIAN:
        year = floor_divide((days + 719162) * 400, DAYS_PER_400_YEARS);
        break;
    }
    while (days_before_year(calendar, year) > days)
        year--;
    while (days_before_year(calendar, year + 1) <= days)
        year++;
    return (int)year;
}

struct day calendar_of_days(enum calendar calendar, int64_t days)
{
    struct day day = {.year = calendar_year_of_days(calendar, days), .month = 1};
    int64_t left = days - days_before_year(calendar, day.year);
    while (day.month < 12 && left >= calendar_month_days(calendar, day.year, day.month))
        left -= calendar_month_days(calendar, day.year, day.month++);
    day.day = (int)left + 1;
    return day;
}

int calendar_weekday(int64_t days)
{
    return (int)(days + 3 - 7 * floor_divide(days + 3, 7));
}
