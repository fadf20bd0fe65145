#include "publish/voice_int.h"
#include "text/edtf.h"

/* One side of a date, as exact as it is. */
enum shape { SHAPE_DAY, SHAPE_MONTH, SHAPE_SEASON, SHAPE_YEAR, SHAPE_DECADE, SHAPE_CENTURY };

struct speech {
    const struct voice *voice;
    struct arena *arena;
    enum calendar calendar;
};

static bool is_unknown(struct str s, size_t at)
{
    return s.len > at && s.at[at] == 'X';
}

static enum shape shape_of(struct str s)
{
    if (s.len == 4)
        return is_unknown(s, 2) ? SHAPE_CENTURY : is_unknown(s, 3) ? SHAPE_DECADE : SHAPE_YEAR;
    if (is_unknown(s, 5))
        return SHAPE_YEAR;
    if (s.len == 7)
        return s.at[5] == '2' ? SHAPE_SEASON : SHAPE_MONTH;
    return is_unknown(s, 8) ? SHAPE_MONTH : SHAPE_DAY;
}

static struct str year_words(const struct speech *s, int year)
{
    return digits_write(s->voice, s->arena, year, 1);
}

static struct str month_name(const struct speech *s, int month)
{
    return s->voice->language->months[s->calendar][month - 1];
}

static struct str month_words(const struct speech *s, struct day day)
{
    return FILL(s->voice, s->arena, PATTERN_MONTH, month_name(s, day.month),
                year_words(s, day.year));
}

static struct str day_words(const struct speech *s, int64_t days)
{
    struct day day = calendar_of_days(s->calendar, days);
    return FILL(s->voice, s->arena, PATTERN_DAY, digits_write(s->voice, s->arena, day.day, 1),
                month_name(s, day.month), year_words(s, day.year));
}

static struct str years_within(const struct speech *s, int first, int last)
{
    if (first == last)
        return year_words(s, first);
    return FILL(s->voice, s->arena, PATTERN_WITHIN, year_words(s, first), year_words(s, last));
}

static struct str months_within(const struct speech *s, struct day first, struct day last)
{
    if (first.year != last.year)
        return FILL(s->voice, s->arena, PATTERN_WITHIN, month_words(s, first),
                    month_words(s, last));
    if (first.month == last.month)
        return month_words(s, first);
    struct str both = FILL(s->voice, s->arena, PATTERN_WITHIN, month_name(s, first.month),
                           month_name(s, last.month));
    return FILL(s->voice, s->arena, PATTERN_MONTH, both, year_words(s, first.year));
}

/* what lies between two days that begin and end a month, season or year of the Gregorian calendar
 */
static struct str shape_words(const struct speech *s, struct str side, int64_t from, int64_t to)
{
    struct day first = calendar_of_days(s->calendar, from);
    struct day last = calendar_of_days(s->calendar, to);
    enum shape shape = shape_of(side);
    bool gregorian = s->calendar == CALENDAR_GREGORIAN;
    switch (shape) {
    case SHAPE_DAY:
        return day_words(s, from);
    case SHAPE_MONTH:
        return months_within(s, first, last);
    case SHAPE_SEASON: {
        size_t season = (size_t)(side.at[6] - '1');
        bool winter = season == 3;
        int year = gregorian || winter ? first.year : last.year;
        struct str years = years_within(s, year, winter && !gregorian ? last.year : year);
        return FILL(s->voice, s->arena, PATTERN_SEASON, s->voice->language->seasons[season], years);
    }
    case SHAPE_DECADE:
    case SHAPE_CENTURY:
        if (gregorian)
            return FILL(s->voice, s->arena,
                        shape == SHAPE_DECADE ? PATTERN_DECADE : PATTERN_CENTURY,
                        year_words(s, first.year));
        break;
    case SHAPE_YEAR:
        break;
    }
    return years_within(s, first.year, last.year);
}

static struct str side_words(const struct speech *s, struct str side)
{
    int64_t first, last;
    enum pattern doubt = PATTERNS;
    if (edtf_range(side, &first, &last, NULL) != OK)
        return arena_copy(s->arena, side);
    switch (side.at[side.len - 1]) {
    case '?':
        doubt = PATTERN_UNCERTAIN;
        break;
    case '~':
        doubt = PATTERN_APPROXIMATE;
        break;
    case '%':
        doubt = PATTERN_DOUBTFUL;
        break;
    default:
        return shape_words(s, side, first, last);
    }
    side.len--;
    return FILL(s->voice, s->arena, doubt, shape_words(s, side, first, last));
}

static bool is_open(struct str side)
{
    return !side.len || str_equal(side, STR(".."));
}

/* whether the days make up whole months or years of the calendar, and then their words: what was
 * said in a month of one calendar is an interval of days in the other */
static bool whole_words(const struct speech *s, int64_t from, int64_t to, struct str *out)
{
    struct day first = calendar_of_days(s->calendar, from);
    struct day last = calendar_of_days(s->calendar, to);
    if (first.day != 1 || first.year != last.year ||
        last.day != calendar_month_days(s->calendar, last.year, last.month))
        return false;
    bool year = first.month == 1 && last.month == 12;
    if (!year && first.month != last.month)
        return false;
    *out = year ? year_words(s, first.year) : month_words(s, first);
    return true;
}

static struct str interval_words(const struct speech *s, struct str from, struct str to)
{
    int64_t first, last, ignored;
    struct str whole;
    if (is_open(to))
        return FILL(s->voice, s->arena, PATTERN_SINCE, side_words(s, from));
    if (is_open(from))
        return FILL(s->voice, s->arena, PATTERN_UNTIL, side_words(s, to));
    if (from.len == 10 && to.len == 10 && shape_of(from) == SHAPE_DAY &&
        shape_of(to) == SHAPE_DAY && edtf_range(from, &first, &ignored, NULL) == OK &&
        edtf_range(to, &ignored, &last, NULL) == OK && whole_words(s, first, last, &whole))
        return whole;
    return FILL(s->voice, s->arena, PATTERN_INTERVAL, side_words(s, from), side_words(s, to));
}

static struct str date_words(const struct speech *s, struct str edtf)
{
    int64_t first, last;
    size_t slash = str_find(edtf, STR("/"), 0);
    if (edtf_range(edtf, &first, &last, NULL) != OK)
        return arena_copy(s->arena, edtf);
    if (slash == SIZE_MAX)
        return side_words(s, edtf);
    return interval_words(s, str_slice(edtf, 0, slash), str_slice(edtf, slash + 1, edtf.len));
}

struct str voice_date(const struct voice *v, struct arena *arena, struct str edtf)
{
    struct speech s = {v, arena, v->calendar};
    return date_words(&s, edtf);
}

struct str voice_date_other(const struct voice *v, struct arena *arena, struct str edtf)
{
    struct speech s = {v, arena,
                       v->calendar == CALENDAR_GREGORIAN ? CALENDAR_JALALI : CALENDAR_GREGORIAN};
    return date_words(&s, edtf);
}

/* two digits of a time of day, -1 when they are none */
static int two_digits(struct str s, size_t at)
{
    int64_t number;
    return s.len >= at + 2 && str_to_int(str_slice(s, at, at + 2), &number) && number >= 0
               ? (int)number
               : -1;
}

struct str voice_moment(const struct voice *v, struct arena *arena, struct str utc)
{
    int hour = two_digits(utc, 11), minute = two_digits(utc, 14);
    int64_t first, last;
    struct str day = str_slice(utc, 0, 10);
    if (edtf_range(day, &first, &last, NULL) != OK || utc.len < 20 || utc.at[10] != 'T' ||
        hour < 0 || minute < 0)
        return arena_copy(arena, utc);
    struct str time = arena_print(arena, "%.*s:%.*s", STR_ARG(digits_write(v, arena, hour, 2)),
                                  STR_ARG(digits_write(v, arena, minute, 2)));
    return FILL(v, arena, PATTERN_MOMENT, voice_date(v, arena, day), time);
}
