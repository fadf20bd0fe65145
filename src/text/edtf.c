#include "text/edtf.h"

#include <ctype.h>
#include <inttypes.h>

#include "text/calendar.h"

struct date_parts {
    int first_year, last_year;
    int month, day; /* 0 when missing or unspecified; 21 to 24 are seasons */
};

static bool read_digits(struct str s, int *out)
{
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        *out = *out * 10 + (s.at[i] - '0');
    }
    return s.len > 0;
}

static bool read_year(struct str s, struct date_parts *out)
{
    size_t known = s.len;
    int scale = 1;
    while (known > 0 && s.at[known - 1] == 'X') {
        known--;
        scale *= 10;
    }
    if (s.len != 4 || known < 2 || !read_digits(str_slice(s, 0, known), &out->first_year))
        return false;
    out->first_year *= scale;
    out->last_year = out->first_year + scale - 1;
    return true;
}

static bool read_two(struct str s, int *out)
{
    if (str_equal(s, STR("XX"))) {
        *out = 0;
        return true;
    }
    return s.len == 2 && read_digits(s, out) && *out > 0;
}

static bool read_parts(struct str s, struct date_parts *out)
{
    *out = (struct date_parts){0};
    if (s.len && (s.at[s.len - 1] == '?' || s.at[s.len - 1] == '~' || s.at[s.len - 1] == '%'))
        s.len--;
    if (!read_year(str_slice(s, 0, 4), out))
        return false;
    bool plain_year = out->first_year == out->last_year;
    if (s.len == 4)
        return true;
    if (!plain_year || s.at[4] != '-' || !read_two(str_slice(s, 5, 7), &out->month))
        return false;
    if (s.len == 7)
        return out->month <= 12 || (out->month >= 21 && out->month <= 24);
    if (s.len != 10 || s.at[7] != '-' || !read_two(str_slice(s, 8, 10), &out->day))
        return false;
    return out->month ? out->month <= 12 : out->day == 0;
}

static int64_t month_start(int year, int month)
{
    int64_t days = 0;
    if (!calendar_to_days(CALENDAR_GREGORIAN, (struct day){year, month, 1}, &days))
        bug("a month that does not exist");
    return days;
}

static int64_t month_end(int year, int month)
{
    return month_start(year, month) + calendar_month_days(CALENDAR_GREGORIAN, year, month) - 1;
}

/* Seasons are those of the north; a winter may be the one that began or the one that ended. */
static void season_range(int year, int season, int64_t *first, int64_t *last)
{
    int month = season == 24 ? 1 : 3 * (season - 20);
    *first = month_start(year, month);
    *last = season == 24 && year < 9999 ? month_end(year + 1, 2)
                                        : month_end(year, season == 24 ? 12 : month + 2);
}

static bool date_range(struct str s, int64_t *first, int64_t *last)
{
    struct date_parts p;
    if (!read_parts(s, &p))
        return false;
    if (p.month > 12) {
        season_range(p.first_year, p.month, first, last);
    } else if (p.day) {
        if (!calendar_to_days(CALENDAR_GREGORIAN, (struct day){p.first_year, p.month, p.day},
                              first))
            return false;
        *last = *first;
    } else {
        *first = month_start(p.first_year, p.month ? p.month : 1);
        *last = month_end(p.last_year, p.month ? p.month : 12);
    }
    return true;
}

static bool is_open(struct str s)
{
    return s.len == 0 || str_equal(s, STR(".."));
}

static bool interval_range(struct str from, struct str to, int64_t *first, int64_t *last)
{
    int64_t inner;
    *first = INT64_MIN;
    *last = INT64_MAX;
    if (is_open(from) && is_open(to))
        return false;
    if (!is_open(from) && !date_range(from, first, &inner))
        return false;
    if (!is_open(to) && !date_range(to, &inner, last))
        return false;
    return *first <= *last;
}

enum outcome edtf_range(struct str date, int64_t *first, int64_t *last, struct fault *why)
{
    size_t slash = str_find(date, STR("/"), 0);
    bool good = slash == SIZE_MAX
                    ? date_range(date, first, last)
                    : interval_range(str_slice(date, 0, slash),
                                     str_slice(date, slash + 1, date.len), first, last);
    if (good)
        return OK;
    return refuse(why, REFUSED,
                  "\"%.*s\" is not a date in EDTF, such as 2022, 2022-11 or "
                  "2022-11-15",
                  STR_ARG(date));
}

bool edtf_apart(struct str a, struct str b)
{
    int64_t first_a, last_a, first_b, last_b;
    return edtf_range(a, &first_a, &last_a, NULL) == OK &&
           edtf_range(b, &first_b, &last_b, NULL) == OK && (last_a < first_b || last_b < first_a);
}

static bool is_date(struct str s)
{
    int64_t first, last;
    return s.len && edtf_range(s, &first, &last, NULL) == OK;
}

struct str edtf_stated(struct str written)
{
    enum { DAY_LENGTH = 10 };
    struct str s = str_trim(written);
    if (is_date(s))
        return s;
    bool has_time = s.len > DAY_LENGTH && (s.at[DAY_LENGTH] == 'T' || s.at[DAY_LENGTH] == ' ');
    struct str day = str_slice(s, 0, DAY_LENGTH);
    return has_time && isdigit((unsigned char)day.at[0]) && is_date(day) ? day : STR_NONE;
}

static void write_digits(char *out, int number, int digits)
{
    for (int i = digits; i > 0; i--, number /= 10)
        out[i - 1] = (char)('0' + number % 10);
}

void edtf_write_day(int64_t days, char out[16])
{
    edtf_write(calendar_of_days(CALENDAR_GREGORIAN, days), out);
}

void edtf_write(struct day day, char out[16])
{
    if (day.year < 0 || day.year > 9999)
        bug("a day that EDTF cannot write");
    write_digits(out, day.year, 4);
    out[4] = out[7] = '-';
    write_digits(out + 5, day.month, 2);
    write_digits(out + 8, day.day, 2);
    out[10] = '\0';
}
