/* Stretches of days that expressions mean, and how they are written. */
#ifndef GOVAH_READ_DATE_RANGE_H
#define GOVAH_READ_DATE_RANGE_H

#include "read/date_int.h"

/* A date given in two calendars, converted by hand, may be off by so many days. */
enum { DATE_TWO_CALENDARS_DAYS = 3 };

enum precision { UNKNOWN, TO_YEAR, TO_MONTH, TO_DAY };

struct date_range {
    int64_t first, last;
    enum precision precision;
    bool gregorian; /* written as a year or month rather than as days */
    bool known;
};

struct date_range date_range_unknown(void);

/* `count` whole months, a whole season. A Gregorian season is kept as its year. */
struct date_range date_range_months(enum calendar, int year, int month, int count);
struct date_range date_range_season(enum calendar, int year, int season);

/* What the point means in that year. */
struct date_range date_range_in_year(const struct date_point *, enum calendar, int year);

/* Of a point that says its year. A month of another calendar than the year's ("June 14, 1400") is
 * the one that begins in that year; where the weekday that is said with it is another, its day is
 * that of the year's calendar, or moved. */
struct date_range date_range_said(const struct date_point *);

/* The same, the day as it is written. */
struct date_range date_range_written(const struct date_point *);

/* Whether the range begins on the weekday that the point says, if it says one. */
bool date_range_fits(const struct date_point *, const struct date_range *);

/* Whether the day has the number that the point says in the calendar of the point's year, and is of
 * that year. */
bool date_is_own_day(const struct date_point *, int64_t day);

struct date_range date_range_day(int64_t day);

/* The week around the day: from Monday, in the Jalali calendar from Saturday. */
struct date_range date_range_week(int64_t day, enum calendar);

/* The Gregorian month so many months from the day's. */
struct date_range date_range_month(int64_t day, int months);

/* EDTF: from the first of the one to the last of the other, or "unresolved". */
struct str date_range_write(struct arena *, const struct date_range *first,
                            const struct date_range *last);

#endif
