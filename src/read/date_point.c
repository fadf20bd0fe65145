#include "read/date_grammar.h"

static bool is_digits(const struct date_grammar *g, size_t i)
{
    return i < g->count && g->at[i].shape == DATE_DIGITS;
}

bool date_goes_on(const struct date_grammar *g, size_t i)
{
    if (i >= g->count || i == 0)
        return false;
    if (g->at[i].lines < 2)
        return true;
    bool list_item = i + 1 < g->count && g->at[i + 1].glued && g->at[i + 1].shape == DATE_MARK &&
                     !date_is_mark(g, i - 1, '.');
    return g->at[i].lines == 2 && is_digits(g, i) && !list_item;
}

static bool is_comma(const struct date_grammar *g, size_t i)
{
    return date_is_mark(g, i, ',') || date_is_mark(g, i, 0x60C);
}

static bool splits_numbers(const struct date_grammar *g, size_t i)
{
    static const uint32_t marks[] = {'.', ',', '/', ':', 0x60C, 0x66A, 0x66B, 0x66C};
    if (i >= g->count || g->at[i].shape != DATE_MARK || !g->at[i].glued)
        return false;
    for (size_t k = 0; k < COUNT_OF(marks); k++)
        if (g->at[i].mark == marks[k])
            return true;
    return false;
}

static bool is_sign_of_no_date(uint32_t mark)
{
    static const uint32_t marks[] = {'$', '#', '%',    '/',  '_',    '@',   '&',
                                     '+', '=', 0x20AC, 0xA3, 0x2116, 0x66A, 0xA7};
    for (size_t k = 0; k < COUNT_OF(marks); k++)
        if (mark == marks[k])
            return true;
    return false;
}

static bool left_is_free(const struct date_grammar *g, size_t i)
{
    if (i == 0 || !g->at[i].glued)
        return true;
    const struct date_token *before = &g->at[i - 1];
    if (before->shape != DATE_MARK)
        return before->phrase != NULL && !before->latin;
    if (i >= 2 && splits_numbers(g, i - 1) && is_digits(g, i - 2))
        return before->mark == ',' && g->at[i].digits == 4;
    return !is_sign_of_no_date(before->mark);
}

static bool right_is_free(const struct date_grammar *g, size_t i)
{
    if (i + 1 >= g->count || !g->at[i + 1].glued)
        return true;
    const struct date_token *next = &g->at[i + 1];
    if (next->shape == DATE_WORD) {
        bool suffix =
            date_is(g, i + 1, DATE_ORDINAL_SUFFIX) || date_is(g, i + 1, DATE_DECADE_SUFFIX);
        return suffix || (next->phrase && !next->latin);
    }
    if (splits_numbers(g, i + 1) && is_digits(g, i + 2) && g->at[i + 2].glued)
        return next->mark == ',' && g->at[i + 2].digits == 4;
    return !is_sign_of_no_date(next->mark);
}

bool date_is_number(const struct date_grammar *g, size_t i)
{
    return is_digits(g, i) && g->at[i].number >= 0 && left_is_free(g, i) && right_is_free(g, i);
}

static size_t read_day(const struct date_grammar *g, size_t i, int *day)
{
    const struct date_meaning *ordinal = date_is(g, i, DATE_ORDINAL);
    if (ordinal) {
        *day = ordinal->value;
        return i + 1;
    }
    if (!date_is_number(g, i) || g->at[i].digits > 2 || g->at[i].number < 1 || g->at[i].number > 31)
        return 0;
    *day = g->at[i].number;
    bool suffix = i + 1 < g->count && g->at[i + 1].glued && date_is(g, i + 1, DATE_ORDINAL_SUFFIX);
    return suffix ? i + 2 : i + 1;
}

static bool year_of_four(int number, enum calendar calendar, struct date_point *p)
{
    if (number >= 1800 && number <= 2100)
        p->year_calendar = CALENDAR_GREGORIAN;
    else if (number >= 1200 && number <= 1480)
        p->year_calendar = calendar == CALENDAR_ISLAMIC ? CALENDAR_ISLAMIC : CALENDAR_JALALI;
    else
        return false;
    p->year = number;
    return true;
}

/* "'88" is 1988, «۶۷» 1367. */
static bool year_of_two(int number, enum calendar calendar, struct date_point *p)
{
    p->year_calendar = calendar;
    if (calendar == CALENDAR_JALALI)
        p->year = number < 20 ? 1400 + number : 1300 + number;
    else if (calendar == CALENDAR_GREGORIAN)
        p->year = number < 40 ? 2000 + number : 1900 + number;
    return calendar != CALENDAR_ISLAMIC;
}

static bool ends_here(const struct date_grammar *g, size_t i)
{
    return i >= g->count || g->at[i].shape != DATE_WORD || g->at[i].phrase || g->at[i].lines > 0;
}

static size_t read_era(const struct date_grammar *g, size_t i, struct date_point *p)
{
    const struct date_meaning *era = date_goes_on(g, i) ? date_is(g, i, DATE_ERA) : NULL;
    if (!era)
        return i;
    if (era->value < 0)
        return 0;
    p->year_calendar = (enum calendar)era->value;
    return i + 1;
}

size_t date_read_year(const struct date_grammar *g, size_t i, enum calendar calendar,
                      bool may_be_short, struct date_point *p)
{
    bool apostrophe = date_is_mark(g, i, '\'') && i + 1 < g->count && g->at[i + 1].glued;
    size_t number = apostrophe ? i + 1 : i;
    if (!date_is_number(g, number))
        return 0;
    const struct date_token *t = &g->at[number];
    bool suffixed = number + 1 < g->count && g->at[number + 1].glued &&
                    g->at[number + 1].shape == DATE_WORD && g->at[number + 1].latin;
    if (suffixed)
        return 0;
    if (t->digits == 4 && !apostrophe && year_of_four(t->number, calendar, p))
        return read_era(g, number + 1, p);
    bool is_short = apostrophe ||
                    (may_be_short && calendar == CALENDAR_JALALI &&
                     (t->number >= 30 || t->number < 10) && !date_is(g, number + 1, DATE_COUNTED));
    if (t->digits == 2 && is_short && year_of_two(t->number, calendar, p))
        return read_era(g, number + 1, p);
    return 0;
}

/* The year behind a month, a day or a season: "March of 2022", "May 4, 2021", «دی ماه سال ۹۶». */
static size_t read_year_behind(const struct date_grammar *g, size_t i, struct date_point *p)
{
    size_t at = i;
    bool plain = true;
    if (is_comma(g, at) && g->at[at].glued) {
        at++;
        plain = false;
    }
    bool dash = date_is_mark(g, at, '-') && g->at[at].glued && at + 1 < g->count &&
                g->at[at + 1].glued && g->at[at + 1].digits == 4;
    if (date_goes_on(g, at) && (dash || date_is(g, at, DATE_OF)))
        at++;
    if (date_is(g, at, DATE_THE) && date_is(g, at + 1, DATE_UNIT))
        at++;
    const struct date_meaning *unit = date_is(g, at, DATE_UNIT);
    if (unit && unit->value == UNIT_YEAR)
        at++;
    if (!date_goes_on(g, at))
        return 0;
    return date_read_year(g, at, p->calendar, plain, p);
}

static bool joins_days(const struct date_grammar *g, size_t i)
{
    return date_is_mark(g, i, '-') || date_is(g, i, DATE_TO) || date_is(g, i, DATE_AND);
}

static const struct date_meaning *read_month(const struct date_grammar *g, size_t *i)
{
    size_t at = *i;
    bool dash =
        date_is_mark(g, at, '-') && g->at[at].glued && at + 1 < g->count && g->at[at + 1].glued;
    if (date_goes_on(g, at) && (dash || date_is(g, at, DATE_OF)))
        at++;
    const struct date_meaning *month = date_goes_on(g, at) ? date_is(g, at, DATE_MONTH) : NULL;
    if (!month)
        return NULL;
    *i = at + 1;
    if (date_is_mark(g, *i, '.') && g->at[*i].glued)
        ++*i;
    return month;
}

static void take_month(const struct date_meaning *month, struct date_point *p)
{
    p->month = month->value;
    p->calendar = p->year_calendar = month->calendar;
}

/* «در ۱۸ تیر» is a day, where «۱۸ تیر» may be bullets. */
static bool opens_day(const struct date_grammar *g, size_t i)
{
    if (i == 0 || !date_goes_on(g, i))
        return false;
    const struct date_meaning *preposition = date_is(g, i - 1, DATE_PREPOSITION);
    const struct date_meaning *unit = date_is(g, i - 1, DATE_UNIT);
    return (preposition && preposition->value == 1) || (unit && unit->value == UNIT_DAY) ||
           date_is(g, i - 1, DATE_WEEKDAY);
}

/* 14 June 2021, 15-18 November, the fourteenth of June, ۲۴ آبان ۱۴۰۱ */
static size_t read_day_month(const struct date_grammar *g, size_t i, struct date_point *p)
{
    int day, last = 0;
    size_t at = read_day(g, i, &day);
    if (!at)
        return 0;
    if (joins_days(g, at) && date_goes_on(g, at)) {
        size_t behind = read_day(g, at + 1, &last);
        if (behind && last > day)
            at = behind;
        else
            last = 0;
    }
    const struct date_meaning *month = read_month(g, &at);
    if (!month)
        return 0;
    p->day = day;
    p->last_day = last;
    take_month(month, p);
    size_t behind = read_year_behind(g, at, p);
    if (month->strength == FAINT && !behind && !opens_day(g, i))
        return 0;
    return behind ? behind : date_is_mark(g, at - 1, '.') ? at - 1 : at;
}

/* In "in January 12 people died" the number is no day. */
static bool counts_something(const struct date_grammar *g, size_t month, size_t behind)
{
    bool in = month > 0 && date_is(g, month - 1, DATE_PREPOSITION);
    if (!in || behind >= g->count)
        return false;
    const struct date_token *t = &g->at[behind];
    return t->shape == DATE_WORD && !t->phrase && !t->capital && t->lines == 0;
}

static size_t read_last_day(const struct date_grammar *g, size_t i, struct date_point *p)
{
    int last;
    if (!joins_days(g, i))
        return i;
    size_t behind = read_day(g, i + 1, &last);
    if (!behind || last <= p->day || date_is(g, behind, DATE_MONTH))
        return i;
    struct date_point probe = *p;
    bool listed = date_is(g, i, DATE_AND) && !read_year_behind(g, behind, &probe);
    if (listed && behind < g->count && g->at[behind].shape == DATE_WORD)
        return i;
    p->last_day = last;
    return behind;
}

/* June 14, 2021; Nov. 10-14; November 2019; آبان ۱۴۰۱; June */
static size_t read_month_first(const struct date_grammar *g, size_t i, struct date_point *p)
{
    const struct date_meaning *month = date_is(g, i, DATE_MONTH);
    if (!month || month->strength == FAINT)
        return 0;
    size_t at = i + 1;
    if (date_is_mark(g, at, '.') && g->at[at].glued)
        at++;
    take_month(month, p);
    size_t behind = read_year_behind(g, at, p);
    if (behind)
        return behind;
    size_t day_at = date_is(g, at, DATE_THE) ? at + 1 : at;
    size_t day_end = g->at[i].latin && date_goes_on(g, at) ? read_day(g, day_at, &p->day) : 0;
    if (!day_end || counts_something(g, i, day_end)) {
        p->day = 0;
        return date_is_mark(g, at - 1, '.') ? at - 1 : at;
    }
    day_end = read_last_day(g, day_end, p);
    behind = read_year_behind(g, day_end, p);
    return behind ? behind : day_end;
}

static size_t read_season(const struct date_grammar *g, size_t i, struct date_point *p)
{
    const struct date_meaning *season = date_is(g, i, DATE_SEASON);
    if (!season)
        return 0;
    p->season = season->value;
    p->calendar = p->year_calendar = g->at[i].latin ? CALENDAR_GREGORIAN : CALENDAR_JALALI;
    size_t behind = read_year_behind(g, i + 1, p);
    return behind ? behind : i + 1;
}

/* the 1980s, the '80s, دهه ۶۰, دهه شصت */
static size_t read_decade(const struct date_grammar *g, size_t i, struct date_point *p)
{
    const struct date_meaning *unit = date_is(g, i, DATE_UNIT), *number;
    p->decade = true;
    if (unit && unit->value == UNIT_DECADE && date_goes_on(g, i + 1)) {
        if ((number = date_is(g, i + 1, DATE_NUMBER)) && number->value % 10 == 0 &&
            number->value < 100) {
            year_of_two(number->value, CALENDAR_JALALI, p);
            return i + 2;
        }
        if (!date_is_number(g, i + 1) || g->at[i + 1].number % 10)
            return 0;
        if (g->at[i + 1].digits == 2 && year_of_two(g->at[i + 1].number, CALENDAR_JALALI, p))
            return read_era(g, i + 2, p);
        return year_of_four(g->at[i + 1].number, CALENDAR_JALALI, p) ? read_era(g, i + 2, p) : 0;
    }
    bool apostrophe = date_is_mark(g, i, '\'');
    size_t at = apostrophe ? i + 1 : i, suffix = at + 1;
    if (!is_digits(g, at) || g->at[at].number % 10 || !left_is_free(g, at))
        return 0;
    if (date_is_mark(g, suffix, '\'') && g->at[suffix].glued)
        suffix++;
    if (!date_is(g, suffix, DATE_DECADE_SUFFIX) || !g->at[suffix].glued)
        return 0;
    bool known = apostrophe
                     ? g->at[at].digits == 2 && year_of_two(g->at[at].number, CALENDAR_GREGORIAN, p)
                     : g->at[at].digits == 4 && g->at[at].number >= 1800 &&
                           year_of_four(g->at[at].number, CALENDAR_GREGORIAN, p);
    return known ? suffix + 1 : 0;
}

static bool numeric_parts(const struct date_grammar *g, size_t i, const struct date_token *n[3])
{
    if (i + 4 >= g->count)
        return false;
    for (size_t k = 0; k < 3; k++) {
        n[k] = &g->at[i + 2 * k];
        if (n[k]->shape != DATE_DIGITS || (k && !n[k]->glued))
            return false;
    }
    uint32_t mark = g->at[i + 1].mark;
    return (mark == '-' || mark == '/' || mark == '.') && date_is_mark(g, i + 1, mark) &&
           date_is_mark(g, i + 3, mark) && g->at[i + 1].glued && g->at[i + 3].glued &&
           left_is_free(g, i) && right_is_free(g, i + 4) &&
           !(date_is_mark(g, i + 5, mark) && g->at[i + 5].glued && is_digits(g, i + 6) &&
             g->at[i + 6].glued);
}

static bool set_day(struct date_point *p, int month, int day)
{
    p->month = month;
    p->day = day;
    p->calendar = p->year_calendar;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* 2022-11-15, 15/11/2022, 11/15/2022, 15.11.2022, ۱۴۰۱/۸/۲۴, ۹۸/۸/۲۴ */
static size_t read_numeric(const struct date_grammar *g, size_t i, struct date_point *p)
{
    const struct date_token *n[3];
    if (!is_digits(g, i) || !numeric_parts(g, i, n) || n[1]->digits > 2)
        return 0;
    int a = n[0]->number, b = n[1]->number, c = n[2]->number;
    bool good = false;
    if (n[0]->digits == 4 && n[2]->digits <= 2) {
        good = year_of_four(a, CALENDAR_JALALI, p) && set_day(p, b, c);
    } else if (n[2]->digits == 4 && n[0]->digits <= 2) {
        bool month_first = b > 12 || (a <= 12 && g->month_first);
        good = year_of_four(c, CALENDAR_JALALI, p) &&
               set_day(p, month_first ? a : b, month_first ? b : a);
    } else if (!n[0]->latin && n[0]->digits == 2 && n[2]->digits <= 2) {
        good = year_of_two(a, CALENDAR_JALALI, p) && set_day(p, b, c);
    }
    return good ? i + 5 : 0;
}

/* "9/25" after "on", "the" or a bracket */
static size_t read_month_slash_day(const struct date_grammar *g, size_t i, struct date_point *p)
{
    if (i == 0 || i + 2 >= g->count || !is_digits(g, i) || !date_is_mark(g, i + 1, '/') ||
        !is_digits(g, i + 2) || !g->at[i + 1].glued || !g->at[i + 2].glued || !left_is_free(g, i) ||
        !right_is_free(g, i + 2) || !g->at[i].latin)
        return 0;
    bool named = date_is(g, i - 1, DATE_ON) || date_is(g, i - 1, DATE_PREPOSITION) ||
                 date_is(g, i - 1, DATE_WEEKDAY) || date_is_mark(g, i - 1, '(') ||
                 date_is_mark(g, i - 1, '"');
    int month = g->at[i].number, day = g->at[i + 2].number;
    if (!named || month > 12 || day <= 12)
        return 0;
    return set_day(p, month, day) ? i + 3 : 0;
}

static size_t read_named_year(const struct date_grammar *g, size_t i, struct date_point *p)
{
    const struct date_meaning *unit = date_is(g, i, DATE_UNIT);
    if (!unit || unit->value != UNIT_YEAR || !date_goes_on(g, i + 1))
        return 0;
    enum calendar calendar = g->at[i].latin ? CALENDAR_GREGORIAN : CALENDAR_JALALI;
    p->calendar = calendar;
    size_t end = date_read_year(g, i + 1, calendar, true, p);
    if (end)
        p->calendar = p->year_calendar;
    return end;
}

size_t date_read_bare_year(const struct date_grammar *g, size_t i, struct date_point *p)
{
    *p = (struct date_point){.weekday = -1, .bare_year = true};
    if (!is_digits(g, i))
        return 0;
    if (g->at[i].digits == 2 && g->at[i].number >= 50 && date_is_number(g, i) &&
        ends_here(g, i + 1)) {
        year_of_two(g->at[i].number, g->at[i].latin ? CALENDAR_GREGORIAN : CALENDAR_JALALI, p);
        p->calendar = p->year_calendar;
        p->short_year = true;
        return i + 1;
    }
    if (g->at[i].digits != 4 || (date_goes_on(g, i + 1) && date_is(g, i + 1, DATE_COUNTED)))
        return 0;
    size_t end = date_read_year(g, i, CALENDAR_JALALI, false, p);
    p->calendar = p->year_calendar;
    return end;
}

size_t date_read_point(const struct date_grammar *g, size_t i, struct date_point *p)
{
    static size_t (*const readers[])(const struct date_grammar *, size_t, struct date_point *) = {
        read_numeric, read_day_month,  read_month_first,     read_season,
        read_decade,  read_named_year, read_month_slash_day,
    };
    for (size_t k = 0; k < COUNT_OF(readers); k++) {
        *p = (struct date_point){.weekday = -1};
        size_t end = readers[k](g, i, p);
        if (end)
            return end;
    }
    return 0;
}
