#include <math.h>
#include <stdlib.h>

#include "intake/book_int.h"
#include "text/calendar.h"

enum {
    DIGITS = 15,
    LEAP_DAY_THAT_NEVER_WAS = 60,
    DAY_MINUTES = 1440,
    LAST_DAY = 2958466, /* 9999-12-31 */
};

/* the code's first section, without what is written as it stands */
static size_t letters_of(struct str code, char *out, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < code.len && code.at[i] != ';' && count < room; i++) {
        char c = code.at[i];
        char closing = c == '"' ? '"' : c == '[' ? ']' : 0;
        if (closing) {
            const char *end = memchr(code.at + i + 1, closing, code.len - i - 1);
            size_t stop = end ? (size_t)(end - code.at) : code.len;
            bool elapsed = closing == ']' && i + 1 < stop && strchr("hmsHMS", code.at[i + 1]);
            if (elapsed)
                return 0; /* a length of time */
            i = stop;
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else {
            out[count++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        }
    }
    return count;
}

struct shown shown_by_code(struct str code)
{
    char letters[256];
    size_t count = letters_of(code, letters, sizeof letters);
    struct str plain = {letters, count};
    struct shown s = {.year = memchr(letters, 'y', count) != NULL,
                      .day = memchr(letters, 'd', count) != NULL,
                      .time = memchr(letters, 'h', count) || memchr(letters, 's', count)};
    if (str_find(plain, STR("general"), 0) != SIZE_MAX || memchr(letters, '0', count) ||
        memchr(letters, '#', count))
        s.year = s.day = false;
    s.month = memchr(letters, 'm', count) && (s.year || s.day || !s.time);
    return s;
}

struct shown shown_by_number(int64_t number)
{
    static const struct {
        int first, last;
        const char *code;
    } known[] = {{14, 16, "yyyy-mm-dd"}, {17, 17, "mmm-yy"},     {18, 21, "h:mm"},
                 {22, 22, "y-m-d h:mm"}, {27, 31, "yyyy-mm-dd"}, {32, 35, "h:mm"},
                 {36, 36, "yyyy-mm-dd"}, {45, 45, "h:mm"},       {47, 47, "h:mm"},
                 {50, 54, "yyyy-mm-dd"}, {55, 56, "h:mm"},       {57, 58, "yyyy-mm-dd"}};
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (number >= known[i].first && number <= known[i].last)
            return shown_by_code(str_of(known[i].code));
    return (struct shown){0};
}

/* days since 1970-01-01; false for none */
static bool day_of(int64_t whole, bool since_1904, int64_t *day)
{
    struct day epoch = since_1904 ? (struct day){1904, 1, 1} : (struct day){1899, 12, 31};
    int64_t first = 0;
    if (!calendar_to_days(CALENDAR_GREGORIAN, epoch, &first))
        bug("an epoch that is no day");
    bool leap = !since_1904 && whole >= LEAP_DAY_THAT_NEVER_WAS;
    *day = first + whole - (leap ? 1 : 0);
    return since_1904 || (whole > 0 && whole != LEAP_DAY_THAT_NEVER_WAS);
}

static struct str date_part(struct arena *arena, struct day d, struct shown s)
{
    if (s.year && !s.month && !s.day)
        return arena_print(arena, "%04d", d.year);
    if (s.year && !s.day)
        return arena_print(arena, "%04d-%02d", d.year, d.month);
    return arena_print(arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

struct str shown_date(struct arena *arena, double number, struct shown s, bool since_1904)
{
    int64_t day;
    bool dated = s.year || s.month || s.day;
    if (!(dated || s.time) || !(number >= 0) || number >= LAST_DAY)
        return STR_NONE;
    /* a time of day is a share of it, hardly ever a whole number of minutes to the last bit */
    int64_t minutes = llround(number * DAY_MINUTES);
    struct str time =
        arena_print(arena, "%02d:%02d", (int)(minutes % DAY_MINUTES / 60), (int)(minutes % 60));
    if (!dated)
        return time;
    if (!day_of(s.time ? minutes / DAY_MINUTES : (int64_t)floor(number), since_1904, &day))
        return STR_NONE;
    struct str date = date_part(arena, calendar_of_days(CALENDAR_GREGORIAN, day), s);
    if (!s.time || minutes % DAY_MINUTES == 0)
        return date;
    return arena_print(arena, "%.*s %.*s", STR_ARG(date), STR_ARG(time));
}

struct str shown_number(struct arena *arena, struct str number)
{
    size_t digits = 0;
    for (size_t i = 0; i < number.len; i++)
        digits += number.at[i] >= '0' && number.at[i] <= '9';
    bool plain =
        str_find(number, STR("E"), 0) == SIZE_MAX && str_find(number, STR("e"), 0) == SIZE_MAX;
    if (digits <= DIGITS && plain)
        return number;
    char *end;
    struct str copy = arena_copy(arena, number);
    double value = strtod(copy.at, &end);
    if (end != copy.at + copy.len || !isfinite(value))
        return number;
    bool whole = fabs(value) < 1e15 && value == floor(value);
    return whole ? arena_print(arena, "%.0f", value) : arena_print(arena, "%.*g", DIGITS, value);
}
