/* Days, in the calendars that reports use. */
#ifndef GOVAH_TEXT_CALENDAR_H
#define GOVAH_TEXT_CALENDAR_H

#include "base/fault.h"

enum calendar { CALENDAR_GREGORIAN, CALENDAR_JALALI, CALENDAR_ISLAMIC };

struct day {
    int year, month, day; /* month and day from 1 */
};

/* Days since 1970-01-01 (Gregorian, proleptic). False when there is no such day in that calendar,
 * or its year is past 9999 or before 1 (Gregorian: 0). Jalali by ICU's arithmetic (33-year cycles);
 * Islamic by the civil (tabular) rule, so it may be off by a day. */
MUST_USE bool calendar_to_days(enum calendar, struct day, int64_t *days);
struct day calendar_of_days(enum calendar, int64_t days);
int calendar_year_of_days(enum calendar, int64_t days);

/* Length of a month in days, 0 when there is no such month. */
int calendar_month_days(enum calendar, int year, int month);

/* 0 = Monday ... 6 = Sunday. */
int calendar_weekday(int64_t days);

#endif
