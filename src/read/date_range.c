#include "read/date_range.h"

#include "text/edtf.h"

static int64_t first_day(enum calendar calendar, int year, int month, int day)
{
    int64_t days;
    return calendar_to_days(calendar, (struct day){year, month, day}, &days) ? days : INT64_MIN;
}

struct date_range date_range_unknown(void)
{
    return (struct date_range){.known = false};
}

/* Unknown unless first <= last. */
static struct date_range range_make(enum calendar calendar, int64_t first, int64_t last,
                                    enum precision precision)
{
    if (first == INT64_MIN || last == INT64_MIN || first > last)
        return date_range_unknown();
    return (struct date_range){.first = first,
                               .last = last,
                               .precision = precision,
                               .gregorian = calendar == CALENDAR_GREGORIAN,
                               .known = true};
}

struct date_range date_range_months(enum calendar calendar, int year, int month, int count)
{
    int end_year = year + (month + count - 2) / 12, end_month = (month + count - 2) % 12 + 1;
    int64_t first = first_day(calendar, year, month, 1);
    int length = calendar_month_days(calendar, end_year, end_month);
    int64_t last = first_day(calendar, end_year, end_month, length);
    return range_make(calendar, first, last, count == 1 ? TO_MONTH : TO_YEAR);
}

/* A Gregorian season is kept as its year. */
struct date_range date_range_season(enum calendar calendar, int year, int season)
{
    if (calendar == CALENDAR_GREGORIAN)
        return date_range_months(calendar, year, 1, 12);
    struct date_range range = date_range_months(calendar, year, 3 * season - 2, 3);
    range.precision = TO_MONTH;
    return range;
}

struct date_range date_range_in_year(const struct date_point *p, enum calendar calendar, int year)
{
    if (p->decade)
        return date_range_months(calendar, year, 1, 120);
    if (p->season)
        return date_range_season(calendar, year, p->season);
    if (p->months) {
        struct date_range range = date_range_months(calendar, year, 1, p->months);
        range.precision = TO_MONTH;
        return range;
    }
    if (!p->month)
        return date_range_months(calendar, year, 1, 12);
    if (!p->day)
        return date_range_months(calendar, year, p->month, 1);
    int64_t first = first_day(calendar, year, p->month, p->day);
    int64_t last = p->last_day ? first_day(calendar, year, p->month, p->last_day) : first;
    return range_make(calendar, first, last, TO_DAY);
}

bool date_range_fits(const struct date_point *p, const struct date_range *range)
{
    return p->weekday < 0 || !range->known || calendar_weekday(range->first) == p->weekday;
}

/* The year of one calendar in which a month of another calendar begins. */
static int year_for_month(const struct date_point *p)
{
    int low = p->year, high = p->year + 1;
    if (p->year_calendar == CALENDAR_JALALI) {
        low = p->year + 621;
        high = low + 1;
    } else if (p->calendar == CALENDAR_JALALI) {
        low = p->year - 622;
        high = low + 1;
    } else {
        return p->year;
    }
    struct date_range range = date_range_in_year(p, p->calendar, low);
    if (!range.known)
        return high;
    return calendar_of_days(p->year_calendar, range.last).year == p->year ? low : high;
}

struct date_range date_range_written(const struct date_point *p)
{
    bool mixed = p->calendar != p->year_calendar && (p->month || p->season);
    return mixed ? date_range_in_year(p, p->calendar, year_for_month(p))
                 : date_range_in_year(p, p->year_calendar, p->year);
}

/* "Sunday, June 23, 1400": the month alone was put into the other calendar, and it is the 23rd of
 * the month that ran into it. */
static struct date_range range_of_own_day(const struct date_point *p)
{
    struct date_point month = *p;
    month.day = month.last_day = 0;
    struct date_range range = date_range_written(&month);
    for (int64_t day = range.first; range.known && day <= range.last; day++) {
        struct date_range one = range_make(p->calendar, day, day, TO_DAY);
        if (date_is_own_day(p, day) && date_range_fits(p, &one))
            return one;
    }
    return date_range_unknown();
}

bool date_is_own_day(const struct date_point *p, int64_t day)
{
    struct day own = calendar_of_days(p->year_calendar, day);
    return own.day == p->day && own.year == p->year;
}

/* "Sunday, June 14, 1400 [June 13, 2021]": converted by hand, it may be off by days. */
static struct date_range mixed_range(const struct date_point *p)
{
    struct date_range range = date_range_written(p);
    if (p->day && !p->last_day && !date_range_fits(p, &range)) {
        struct date_range own = range_of_own_day(p);
        if (own.known)
            return own;
    }
    for (int off = 1; p->day && off <= DATE_TWO_CALENDARS_DAYS && !date_range_fits(p, &range);
         off++)
        for (int sign = -1; sign <= 1; sign += 2) {
            struct date_range moved = range;
            moved.first += sign * off;
            moved.last += sign * off;
            if (date_range_fits(p, &moved))
                return moved;
        }
    return range;
}

struct date_range date_range_said(const struct date_point *p)
{
    if (p->calendar != p->year_calendar && (p->month || p->season))
        return mixed_range(p);
    return date_range_in_year(p, p->year_calendar, p->year);
}

struct date_range date_range_day(int64_t day)
{
    return (struct date_range){
        .first = day, .last = day, .precision = TO_DAY, .gregorian = true, .known = true};
}

struct date_range date_range_month(int64_t day, int months)
{
    struct day d = calendar_of_days(CALENDAR_GREGORIAN, day);
    int index = d.year * 12 + d.month - 1 + months;
    return date_range_months(CALENDAR_GREGORIAN, index / 12, index % 12 + 1, 1);
}

/* From Monday, in the Jalali calendar from Saturday. */
struct date_range date_range_week(int64_t day, enum calendar calendar)
{
    int64_t first = day - (calendar_weekday(day) + (calendar == CALENDAR_JALALI ? 2 : 0)) % 7;
    return (struct date_range){
        .first = first, .last = first + 6, .precision = TO_DAY, .gregorian = true, .known = true};
}

static size_t write_length(const struct date_range *range)
{
    bool day = !range->gregorian || range->precision == TO_DAY;
    return day ? 10 : range->precision == TO_MONTH ? 7 : 4;
}

static struct str write_end(struct arena *arena, int64_t days, const struct date_range *range)
{
    char day[16];
    struct day d = calendar_of_days(CALENDAR_GREGORIAN, days);
    if (d.year < 1 || d.year > 9999)
        return STR_NONE;
    edtf_write(d, day);
    return arena_copy(arena, (struct str){day, write_length(range)});
}

struct str date_range_write(struct arena *arena, const struct date_range *first,
                            const struct date_range *last)
{
    if (!first->known || !last->known || first->first > last->last)
        return STR("unresolved");
    struct str from = write_end(arena, first->first, first);
    if (from.len && first->first == last->last && write_length(first) == write_length(last))
        return from;
    struct str to = write_end(arena, last->last, last);
    if (!from.len || !to.len)
        return STR("unresolved");
    if (str_equal(from, to))
        return from;
    return arena_print(arena, "%.*s/%.*s", STR_ARG(from), STR_ARG(to));
}
