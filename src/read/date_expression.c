#include "read/date_grammar.h"

enum { COUNT_LIMIT = 200 };

static bool is_dash(const struct date_grammar *g, size_t i)
{
    return date_is_mark(g, i, '-');
}

/* A count of units: "two", "12", «پنج»; 0 when there is none. */
static int read_count(const struct date_grammar *g, size_t i)
{
    const struct date_meaning *number = date_is(g, i, DATE_NUMBER);
    if (number)
        return number->value;
    if (date_is_number(g, i) && g->at[i].number <= COUNT_LIMIT)
        return g->at[i].number;
    return 0;
}

static const struct date_meaning *unit_at(const struct date_grammar *g, size_t i)
{
    return date_goes_on(g, i) ? date_is(g, i, DATE_UNIT) : NULL;
}

/* «هفته گذشته»: the turn stands behind, which it does not in Latin script. */
static const struct date_meaning *turn_behind(const struct date_grammar *g, size_t i)
{
    return date_goes_on(g, i) ? date_is(g, i, DATE_TURN_BEHIND) : NULL;
}

static size_t set_unit(struct date_expression *e, enum date_form form, int unit, int turn,
                       int count, size_t end)
{
    e->form = form;
    e->unit = (enum date_unit)unit;
    e->turn = (enum date_turn)turn;
    e->count = count;
    return end;
}

/* last week, this year; «روز گذشته» is yesterday */
static size_t whole_unit(const struct date_grammar *g, size_t i, int unit, int turn,
                         struct date_expression *e, size_t end)
{
    if (unit == UNIT_DECADE || (unit == UNIT_DAY && g->at[i].latin))
        return 0;
    if (unit == UNIT_DAY)
        return set_unit(e, DATE_OFFSET, unit, turn, turn - TURN_THIS, end);
    const struct date_meaning *era = g->at[i].latin ? NULL : date_is(g, end, DATE_ERA);
    e->gregorian = era && era->value == CALENDAR_GREGORIAN && date_goes_on(g, end);
    return set_unit(e, DATE_WHOLE_UNIT, unit, turn, 0, end + e->gregorian);
}

/* two years ago, the past two months is read by read_turned; دو سال پیش, دو ماه گذشته, سال پیش */
static size_t read_counted(const struct date_grammar *g, size_t i, struct date_expression *e)
{
    int count = read_count(g, i);
    size_t at = count ? i + 1 : i;
    const struct date_meaning *unit = count ? unit_at(g, at) : date_is(g, at, DATE_UNIT), *turn;
    if (!unit)
        return 0;
    bool ago = date_goes_on(g, at + 1) && date_is(g, at + 1, DATE_AGO);
    if (ago && count)
        return set_unit(e, DATE_AGO_UNITS, unit->value, TURN_LAST, count, at + 2);
    const struct date_meaning *later =
        date_goes_on(g, at + 1) ? date_is(g, at + 1, DATE_LATER) : NULL;
    bool bare = later && date_is(g, at + 1, DATE_PREPOSITION);
    bool alone =
        !bare || at + 2 >= g->count || g->at[at + 2].shape == DATE_MARK || !date_goes_on(g, at + 2);
    const struct date_meaning *than = date_is(g, at + 2, DATE_PREPOSITION);
    if (later && count && alone && !(than && than->value == 0))
        return set_unit(e, DATE_SAME_UNIT, unit->value, TURN_NONE, count * later->value, at + 2);
    bool some = i > 0 && date_is(g, i - 1, DATE_BAR_BEFORE);
    if (ago || some)
        return some || g->at[i].latin ? 0 : whole_unit(g, i, unit->value, TURN_LAST, e, at + 2);
    if (!(turn = turn_behind(g, at + 1)))
        return 0;
    if (count)
        return turn->value == TURN_THIS
                   ? 0
                   : set_unit(e, DATE_PAST_UNITS, unit->value, turn->value, count, at + 2);
    return whole_unit(g, i, unit->value, turn->value, e, at + 2);
}

static bool has_number(const struct date_point *p)
{
    return p->day || p->year || p->decade;
}

static bool bar_stands(const struct date_grammar *g, size_t first, size_t end)
{
    bool before = first > 0 && date_goes_on(g, first) && date_is(g, first - 1, DATE_BAR_BEFORE);
    return before || (date_goes_on(g, end) && date_is(g, end, DATE_BAR_AFTER));
}

/* last week, the past two months, last November, next Friday, this summer */
static size_t read_turned(const struct date_grammar *g, size_t i, struct date_expression *e)
{
    const struct date_meaning *turn = date_is(g, i, DATE_DIRECTION), *unit, *weekday;
    size_t at = i + 1;
    if (!turn || !date_goes_on(g, at))
        return 0;
    int count = read_count(g, at);
    if (count && (unit = unit_at(g, at + 1)) && turn->value != TURN_THIS)
        return set_unit(e, DATE_PAST_UNITS, unit->value, turn->value, count, at + 2);
    if ((unit = unit_at(g, at)))
        return whole_unit(g, i, unit->value, turn->value, e, at + 1);
    e->turn = (enum date_turn)turn->value;
    if ((weekday = date_is(g, at, DATE_WEEKDAY)) && weekday->strength == STRONG) {
        e->form = DATE_ONLY_WEEKDAY;
        e->point = (struct date_point){.weekday = weekday->value};
        return at + 1;
    }
    size_t end = date_read_point(g, at, &e->point);
    if (!end || has_number(&e->point) || bar_stands(g, i, end))
        return 0;
    e->form = DATE_POINT;
    return end;
}

/* "Today, ..." at the head of a sentence, "even today", "today's": these times, no day. */
static bool means_nowadays(const struct date_grammar *g, size_t i)
{
    bool head = g->at[i].latin && (i == 0 || g->at[i].lines || g->at[i - 1].shape == DATE_MARK) &&
                g->at[i].capital;
    bool possessive = date_is_mark(g, i + 1, '\'') && g->at[i + 1].glued;
    return head || (i > 0 && date_is(g, i - 1, DATE_NOWADAYS)) ||
           (possessive &&
            (date_is(g, i + 3, DATE_NOWADAYS) || i + 3 >= g->count || g->at[i + 3].capital));
}

/* yesterday, امسال, year's end, the same day, the following day */
static size_t read_word(const struct date_grammar *g, size_t i, struct date_expression *e)
{
    const struct date_meaning *m;
    if ((m = date_is(g, i, DATE_DAY_OFFSET))) {
        bool nowadays = m->value == 0 && means_nowadays(g, i);
        bool named = i > 0 && date_goes_on(g, i) && date_is(g, i - 1, DATE_BAR_BEFORE);
        return nowadays || named ? 0
                                 : set_unit(e, DATE_OFFSET, UNIT_DAY, TURN_THIS, m->value, i + 1);
    }
    if ((m = date_is(g, i, DATE_YEAR_OFFSET))) {
        e->form = DATE_POINT;
        e->point = (struct date_point){.weekday = -1,
                                       .calendar = CALENDAR_JALALI,
                                       .relative_year = true,
                                       .year_offset = m->value};
        return i + 1;
    }
    if (date_is(g, i, DATE_END_OF)) {
        e->part = PART_END;
        e->whole_part = true;
        return set_unit(e, DATE_WHOLE_UNIT, UNIT_YEAR, TURN_THIS, 0, i + 1);
    }
    const struct date_meaning *unit = unit_at(g, i + 1);
    if ((m = date_is(g, i, DATE_SAME)) && unit && unit->strength == STRONG &&
        !(m->value == 2 && unit->value == UNIT_DAY))
        return set_unit(e, DATE_SAME_UNIT, unit->value, TURN_NONE, m->value % 2, i + 2);
    unit = date_is(g, i, DATE_UNIT);
    bool named = i > 0 && (date_is(g, i - 1, DATE_THE) || date_is(g, i - 1, DATE_NUMBER));
    if (unit && unit->value == UNIT_WEEKEND && named && date_goes_on(g, i))
        return set_unit(e, DATE_WHOLE_UNIT, UNIT_WEEKEND, TURN_THIS, 0, i + 1);
    return 0;
}

/* behind "the first six months": "of the year", "of 2024", «سال جاری» */
static size_t read_year_of_months(const struct date_grammar *g, size_t i, struct date_point *p)
{
    size_t at = i + (date_is(g, i, DATE_OF) != NULL);
    at += date_is(g, at, DATE_THE) != NULL;
    const struct date_meaning *unit = unit_at(g, at);
    bool year = unit && unit->value == UNIT_YEAR;
    enum calendar calendar = g->at[i].latin ? CALENDAR_GREGORIAN : CALENDAR_JALALI;
    p->calendar = p->year_calendar = calendar;
    if (!date_goes_on(g, at))
        return 0;
    size_t end = date_read_year(g, at + year, calendar, false, p);
    if (end) {
        p->calendar = p->year_calendar;
        return end;
    }
    const struct date_meaning *turn = year ? turn_behind(g, at + 1) : NULL;
    if (!year || (!turn && !g->at[at].latin))
        return 0;
    p->relative_year = true;
    p->year_offset = turn ? turn->value - TURN_THIS : 0;
    return at + 1 + (turn != NULL);
}

/* "the first six months of the year", «شش ماه نخست سال ۲۰۲۶» */
static size_t read_first_months(const struct date_grammar *g, size_t i, struct date_expression *e)
{
    const struct date_meaning *first = date_is(g, i, DATE_ORDINAL);
    size_t at = first ? i + 1 : i;
    int count = read_count(g, at);
    const struct date_meaning *unit = count > 1 && count < 12 ? unit_at(g, at + 1) : NULL;
    if (!unit || unit->value != UNIT_MONTH)
        return 0;
    at += 2;
    if (!first) {
        first = date_goes_on(g, at) ? date_is(g, at, DATE_ORDINAL) : NULL;
        at++;
    }
    if (!first || first->value != 1 || at >= g->count)
        return 0;
    e->form = DATE_POINT;
    e->point = (struct date_point){.weekday = -1, .months = count};
    return read_year_of_months(g, at, &e->point);
}

/* Friday; Friday, 14 June 2021; on Saturday morning; جمعه گذشته */
static size_t read_weekday(const struct date_grammar *g, size_t i, struct date_expression *e)
{
    const struct date_meaning *weekday = date_is(g, i, DATE_WEEKDAY), *turn;
    if (!weekday || !(g->at[i].capital || weekday->small))
        return 0;
    size_t at = i + 1;
    if (weekday->strength == WEAK && date_is_mark(g, at, '.') && g->at[at].glued)
        at++;
    if (date_is_mark(g, at, ',') || date_is_mark(g, at, 0x60C))
        at++;
    if (date_is(g, at, DATE_DAY_PART))
        at++;
    if (date_is(g, at, DATE_ON) || date_is(g, at, DATE_THE))
        at++;
    size_t end = date_goes_on(g, at) ? date_read_point(g, at, &e->point) : 0;
    if (end && e->point.day) {
        e->form = DATE_POINT;
        e->point.weekday = weekday->value;
        return end;
    }
    if (weekday->strength != STRONG)
        return 0;
    e->form = DATE_ONLY_WEEKDAY;
    e->point = (struct date_point){.weekday = weekday->value};
    if ((turn = turn_behind(g, i + 1))) {
        e->turn = (enum date_turn)turn->value;
        return i + 2;
    }
    return date_goes_on(g, i + 1) && date_is(g, i + 1, DATE_DAY_PART) ? i + 2 : i + 1;
}

/* "of last year", "this year", «سال گذشته», «امسال» behind a point without a year */
static size_t read_relative_year(const struct date_grammar *g, size_t i, struct date_point *p)
{
    size_t at = i;
    if (date_is_mark(g, at, ',') && g->at[at].glued)
        at++;
    if (date_is(g, at, DATE_OF))
        at++;
    if (!date_goes_on(g, at))
        return 0;
    if (date_is(g, at, DATE_THE))
        at++;
    const struct date_meaning *turn = date_is(g, at, DATE_DIRECTION), *offset, *unit;
    if ((offset = date_is(g, at, DATE_YEAR_OFFSET))) {
        p->relative_year = true;
        p->year_offset = offset->value;
        return at + 1;
    }
    size_t unit_place = turn ? at + 1 : at;
    if (!(unit = date_is(g, unit_place, DATE_UNIT)) || unit->value != UNIT_YEAR)
        return date_is(g, at, DATE_SAME) && (unit = date_is(g, at + 1, DATE_UNIT)) &&
                       unit->value == UNIT_YEAR
                   ? (p->same_year = true, at + 2)
                   : 0;
    bool behind = !turn;
    if (behind && !(turn = turn_behind(g, at + 1)) &&
        !(!g->at[at].latin && date_is(g, at + 1, DATE_AGO)))
        return 0;
    p->relative_year = true;
    p->year_offset = turn ? turn->value - TURN_THIS : -1;
    return at + 2;
}

static bool lacks_year(const struct date_point *p)
{
    return !p->year && !p->relative_year && !p->same_year && (p->month || p->season);
}

static void share_year(struct date_point *to, const struct date_point *from)
{
    to->year = from->year;
    to->year_calendar = from->year_calendar;
    to->relative_year = from->relative_year;
    to->year_offset = from->year_offset;
    to->same_year = from->same_year;
}

static int granularity(const struct date_point *p)
{
    return p->day ? 3 : p->month ? 2 : p->season ? 1 : 0;
}

/* "1980-88": the years of one century */
static size_t read_short_end(const struct date_grammar *g, size_t i, const struct date_point *first,
                             struct date_point *last)
{
    if (!first->year || first->month || first->season || !date_is_number(g, i) ||
        g->at[i].digits != 2 || !g->at[i].glued)
        return 0;
    *last = *first;
    last->year = first->year / 100 * 100 + g->at[i].number;
    return last->year > first->year ? i + 1 : 0;
}

static size_t read_end_point(const struct date_grammar *g, size_t i, const struct date_point *first,
                             struct date_point *last)
{
    size_t at = i;
    while (date_goes_on(g, at) &&
           (date_is(g, at, DATE_THE) || date_is(g, at, DATE_ON) || date_is(g, at, DATE_PART)))
        at++;
    const struct date_meaning *weekday = date_is(g, at, DATE_WEEKDAY);
    if (weekday)
        at += date_is_mark(g, at + 1, ',') ? 2 : 1;
    if (!date_goes_on(g, at))
        return 0;
    size_t end = date_read_point(g, at, last);
    if (!end && !first->month && !first->season)
        end = date_read_bare_year(g, at, last);
    if (end && first->decade != last->decade)
        return 0;
    if (end && weekday)
        last->weekday = weekday->value;
    return end;
}

/* Whether "A and B" is one stretch of time rather than two days of it. */
static bool and_is_interval(const struct date_grammar *g, const struct date_expression *e,
                            const struct date_point *last)
{
    bool between = e->first > 0 && date_is(g, e->first - 1, DATE_BETWEEN);
    bool months = e->point.month && last->month && !e->point.day && !last->day;
    bool seasons = e->point.season && last->season;
    return between || ((months || seasons) && !e->point.year);
}

static size_t read_interval(const struct date_grammar *g, size_t end, struct date_expression *e)
{
    struct date_point last;
    bool dash = is_dash(g, end), to = date_is(g, end, DATE_TO), and = date_is(g, end, DATE_AND);
    if ((!dash && !to && !and) || !date_goes_on(g, end) || e->point.last_day)
        return 0;
    size_t behind = dash ? read_short_end(g, end + 1, &e->point, &last) : 0;
    if (!behind)
        behind = read_end_point(g, end + 1, &e->point, &last);
    if (!behind)
        return 0;
    size_t relative = lacks_year(&last) ? read_relative_year(g, behind, &last) : 0;
    bool shares = granularity(&e->point) == granularity(&last);
    if ((dash && !shares) || (and&&!and_is_interval(g, e, &last))) {
        if (and&&shares && lacks_year(&e->point) && last.year)
            share_year(&e->point, &last);
        return 0;
    }
    if (to && !shares && granularity(&e->point) == 0)
        return 0;
    e->form = DATE_INTERVAL;
    e->last = last;
    return relative ? relative : behind;
}

static bool opened_by_time(const struct date_grammar *g, size_t i, enum calendar calendar)
{
    if (i == 0)
        return false;
    const struct date_meaning *preposition = date_is(g, i - 1, DATE_PREPOSITION);
    if (preposition && (preposition->value == 1 || calendar == CALENDAR_GREGORIAN))
        return true;
    if (date_is(g, i - 1, DATE_THE) && i >= 2)
        return date_is(g, i - 2, DATE_PREPOSITION) != NULL;
    return date_is(g, i - 1, DATE_BETWEEN) != NULL;
}

static enum date_strength strength_at(const struct date_grammar *g, size_t i)
{
    const struct date_meaning *m = date_is(g, i, DATE_MONTH);
    if (!m)
        m = date_is(g, i, DATE_SEASON);
    return m ? m->strength : STRONG;
}

/* Whether a month or a season is meant, where only its name stands. */
static bool name_is_date(const struct date_grammar *g, size_t name, const struct date_expression *e,
                         size_t end)
{
    const struct date_point *p = &e->point;
    if (e->form != DATE_POINT || has_number(p) || p->relative_year || p->same_year)
        return true;
    if ((!p->month && !p->season) || e->turn != TURN_NONE)
        return true;
    if (bar_stands(g, e->first, end))
        return false;
    const struct date_meaning *month = date_is(g, name, DATE_MONTH);
    if (!g->at[name].capital && !(month && month->small))
        return p->season && strength_at(g, name) == STRONG &&
               opened_by_time(g, name, CALENDAR_JALALI);
    if (e->part != PART_NONE || (strength_at(g, name) == STRONG && p->month))
        return true;
    return opened_by_time(g, e->first, p->calendar);
}

static size_t read_plain(const struct date_grammar *g, size_t i, struct date_expression *e)
{
    size_t end = date_read_point(g, i, &e->point);
    if (!end)
        return 0;
    e->form = DATE_POINT;
    size_t relative = lacks_year(&e->point) ? read_relative_year(g, end, &e->point) : 0;
    const struct date_meaning *turn =
        lacks_year(&e->point) && !relative && !e->point.day ? turn_behind(g, end) : NULL;
    if (turn) {
        e->turn = (enum date_turn)turn->value;
        return end + 1;
    }
    size_t interval = relative ? 0 : read_interval(g, end, e);
    end = interval ? interval : relative ? relative : end;
    return name_is_date(g, i, e, end) ? end : 0;
}

/* A year of its own counts behind a preposition, in brackets, or in a list of such years. */
static bool year_is_date(const struct date_grammar *g, const struct date_expression *e, size_t end,
                         size_t year_end)
{
    size_t i = e->first;
    if (e->part != PART_NONE)
        return true;
    bool label = (i == 0 || g->at[i].lines) && date_is_mark(g, end, ':');
    if (label || i == 0 || !date_goes_on(g, i))
        return label;
    if ((date_is_mark(g, i - 1, '(') && date_is_mark(g, end, ')')) ||
        (date_is_mark(g, i - 1, '[') && date_is_mark(g, end, ']')))
        return true;
    bool listed = (date_is(g, i - 1, DATE_AND) || date_is_mark(g, i - 1, ',') ||
                   date_is_mark(g, i - 1, 0x60C)) &&
                  i - 1 == year_end;
    bool cited = date_is(g, end, DATE_CITED) && date_is(g, i - 1, DATE_NUMBER) && g->at[i].latin;
    return listed || cited || date_is(g, i - 1, DATE_PREPOSITION) || date_is(g, i - 1, DATE_OF) ||
           date_is(g, i - 1, DATE_BETWEEN);
}

struct finder {
    struct date_grammar grammar;
    struct arena *arena;
    struct date_expressions *out;
    size_t year_end; /* behind the last year of its own */
};

static size_t read_bare(const struct finder *f, size_t i, struct date_expression *e)
{
    const struct date_grammar *g = &f->grammar;
    size_t end = date_read_bare_year(g, i, &e->point);
    if (!end)
        return 0;
    e->form = DATE_POINT;
    bool era = date_is(g, end - 1, DATE_ERA) != NULL;
    bool to = date_is(g, end, DATE_TO) != NULL;
    size_t interval = read_interval(g, end, e);
    end = interval ? interval : end;
    return era || (interval && to) || year_is_date(g, e, end, f->year_end) ? end : 0;
}

/* "the start of the year", «پایان سال» */
static size_t read_part_of_year(const struct date_grammar *g, size_t i, struct date_expression *e)
{
    size_t at = date_is(g, i, DATE_THE) ? i + 1 : i;
    const struct date_meaning *unit = date_is(g, at, DATE_UNIT);
    e->whole_part = true;
    if (!unit || unit->value != UNIT_YEAR || (g->at[at].latin && at == i))
        return 0;
    return set_unit(e, DATE_WHOLE_UNIT, UNIT_YEAR, TURN_THIS, 0, at + 1);
}

static size_t read_at(const struct finder *f, size_t i, struct date_expression *e)
{
    static size_t (*const readers[])(const struct date_grammar *, size_t,
                                     struct date_expression *) = {
        read_first_months, read_weekday, read_turned, read_word, read_plain, read_counted,
    };
    struct date_expression begun = *e;
    for (size_t k = 0; k < COUNT_OF(readers); k++) {
        *e = begun;
        size_t end = readers[k](&f->grammar, i, e);
        if (end)
            return end;
    }
    *e = begun;
    return read_bare(f, i, e);
}

/* "early March", "mid-2022", "the end of last year", "later this month" */
static size_t read_with_part(const struct finder *f, size_t i, struct date_expression *e)
{
    const struct date_grammar *g = &f->grammar;
    const struct date_meaning *part = date_is(g, i, DATE_PART);
    if (!part)
        return 0;
    size_t at = i + 1;
    if (is_dash(g, at) && g->at[at].glued)
        at++;
    while (date_goes_on(g, at) && (date_is(g, at, DATE_OF) || date_is(g, at, DATE_PREPOSITION)))
        at++;
    e->opening = part->value == PART_OPENING;
    e->part = e->opening ? PART_START : (enum date_part)part->value;
    if (!date_goes_on(g, at))
        return 0;
    size_t direct = date_is(g, at, DATE_THE) && at + 1 < g->count ? at + 1 : at;
    size_t end = read_at(f, direct, e);
    if (end && !e->point.day)
        return end;
    *e = (struct date_expression){.first = e->first, .part = e->part};
    return read_part_of_year(g, at, e);
}

static void add_expression(struct finder *f, size_t end, struct date_expression *e)
{
    const struct date_grammar *g = &f->grammar;
    struct date_expressions *out = f->out;
    e->from = g->at[e->first].from;
    e->to = g->at[end - 1].to;
    e->future = date_future_stands(g, e->first, end);
    e->cited = e->point.day && date_cited_stands(g, e->first, end);
    e->paragraph = out->paragraphs;
    if (e->form == DATE_POINT && e->point.bare_year)
        f->year_end = end;
    out->at = arena_grow(f->arena, out->at, out->count, &out->room, sizeof *out->at);
    out->at[out->count++] = *e;
}

/* the kinds of words that an expression begins with */
static const uint32_t beginnings =
    UINT32_C(1) << DATE_MONTH | UINT32_C(1) << DATE_WEEKDAY | UINT32_C(1) << DATE_SEASON |
    UINT32_C(1) << DATE_ORDINAL | UINT32_C(1) << DATE_NUMBER | UINT32_C(1) << DATE_UNIT |
    UINT32_C(1) << DATE_DAY_OFFSET | UINT32_C(1) << DATE_YEAR_OFFSET |
    UINT32_C(1) << DATE_DIRECTION | UINT32_C(1) << DATE_SAME | UINT32_C(1) << DATE_PART |
    UINT32_C(1) << DATE_END_OF;

static bool may_begin(const struct date_token *t)
{
    return t->shape == DATE_DIGITS || t->kinds & beginnings || t->mark == '\'';
}

static size_t read_expression(const struct finder *f, size_t i, struct date_expression *e)
{
    const struct date_grammar *g = &f->grammar;
    *e = (struct date_expression){.first = i};
    size_t end = read_with_part(f, i, e);
    if (end)
        return end;
    *e = (struct date_expression){.first = i};
    end = read_at(f, i, e);
    if (end && e->form == DATE_ONLY_WEEKDAY && e->turn == TURN_NONE && bar_stands(g, i, end))
        return 0;
    return end;
}

void date_expressions_find(const struct date_tokens *tokens, struct arena *arena,
                           struct date_expressions *out)
{
    struct finder f = {
        .grammar = {.at = tokens->at, .count = tokens->count, .month_first = out->month_first},
        .arena = arena,
        .out = out,
        .year_end = SIZE_MAX};
    for (size_t i = 0; i < tokens->count;) {
        struct date_expression e;
        out->paragraphs += tokens->at[i].lines >= 2;
        size_t end = may_begin(&tokens->at[i]) ? read_expression(&f, i, &e) : 0;
        if (end)
            add_expression(&f, end, &e);
        i = end ? end : i + 1;
    }
}
