#include "read/date_check.h"
#include "text/edtf.h"

enum {
    HEADING_REST_LIMIT = 30, /* bytes beside a date on a line that is its heading */
    AHEAD_DAYS = 45,         /* how far ahead a month without a year may lie */
    FOLLOWING_DAYS = 31,     /* how far a day goes on from a full date before it */
    NARRATIVE_DAYS = 330,    /* the same where the document has no date of its own */
};

/* What an expression leans on. */
struct base {
    int64_t first, last; /* days */
    enum precision precision;
    bool nearest; /* the document's own day is unknown: what is nearest in time is meant */
};

struct resolver {
    const struct date_expressions *all;
    struct str text;
    struct arena *arena;
    struct base published, heading, fallback;
    struct date_range recent; /* the last explicit date of this paragraph */
    size_t recent_paragraph;
    struct date_range told; /* what was told last, relative dates too */
    enum calendar told_calendar;
    size_t told_paragraph;
    size_t gregorian_paragraph; /* 1 + the last one with a Gregorian year, or 0 */
    int named_years[3][13];     /* by calendar and month: the last year it was named with, or 0 */
    bool full_years[2200];      /* the years that the text writes in full */
    bool jalali_text;           /* its months or digits stand in it */
};

static int year_of_base(enum calendar calendar, const struct base *base)
{
    return calendar_of_days(calendar, base->first).year;
}

static int64_t distance(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

static int nearest_year(const struct date_point *p, const struct base *base)
{
    int year = year_of_base(p->calendar, base), best = year;
    int64_t best_distance = INT64_MAX;
    for (int y = year - 1; y <= year + 1; y++) {
        struct date_range range = date_range_in_year(p, p->calendar, y);
        if (range.known && distance(range.first, base->first) < best_distance) {
            best_distance = distance(range.first, base->first);
            best = y;
        }
    }
    return best;
}

/* Where the document's day is unknown, a month that it names with its year is the one meant. */
static int likely_year(const struct resolver *r, const struct date_point *p,
                       const struct base *base, bool future)
{
    int year = year_of_base(p->calendar, base), named = r->named_years[p->calendar][p->month];
    if (base->nearest && named)
        return named;
    if (base->nearest && base->precision != TO_YEAR)
        return nearest_year(p, base);
    if (base->precision == TO_YEAR)
        return year;
    struct date_range range = date_range_in_year(p, p->calendar, year);
    if (future)
        return range.known && range.last < base->first ? year + 1 : year;
    return range.known && range.first > base->last + AHEAD_DAYS ? year - 1 : year;
}

static struct date_range range_with_likely_year(const struct resolver *r,
                                                const struct date_point *p, const struct base *base,
                                                bool future)
{
    int year = likely_year(r, p, base, future);
    struct date_range range = date_range_in_year(p, p->calendar, year);
    static const int others[] = {-1, 1};
    for (size_t i = 0; p->day && i < COUNT_OF(others) && !date_range_fits(p, &range); i++) {
        struct date_range other = date_range_in_year(p, p->calendar, year + others[i]);
        if (other.known && date_range_fits(p, &other))
            return other;
    }
    return range;
}

/* A day that goes on from a full date a little before, in the same paragraph. */
static struct date_range following_range(const struct resolver *r, const struct date_point *p,
                                         const struct base *base)
{
    if (!r->recent.known || (r->recent.precision == TO_MONTH && !p->day))
        return date_range_unknown();
    int year = calendar_of_days(p->calendar, r->recent.first).year;
    struct date_range range = date_range_in_year(p, p->calendar, year);
    if (range.known && range.last < r->recent.first)
        range = date_range_in_year(p, p->calendar, year + 1);
    int days = base->nearest ? NARRATIVE_DAYS : FOLLOWING_DAYS;
    int64_t limit = r->recent.precision == TO_DAY ? r->recent.last + days : r->recent.last;
    bool follows = range.known && range.first >= r->recent.first && range.first <= limit;
    if (!follows || !p->day ||
        (!base->nearest && base->precision >= TO_MONTH && range.first > base->last))
        return date_range_unknown();
    return range;
}

/* The month or season at its turn: last November, this summer. */
static struct date_range turned_range(const struct date_point *p, enum date_turn turn,
                                      const struct base *base)
{
    if (base->precision < TO_MONTH)
        return date_range_unknown();
    int year = year_of_base(p->calendar, base);
    struct date_range range = date_range_in_year(p, p->calendar, year);
    if (!range.known || p->season)
        range = p->season ? date_range_season(CALENDAR_JALALI, year_of_base(CALENDAR_JALALI, base),
                                              p->season)
                          : range;
    bool over = range.known && range.last < base->first, begun = range.first <= base->last;
    int step = turn == TURN_LAST ? (over ? 0 : -1) : turn == TURN_NEXT ? (begun ? 1 : 0) : 0;
    return date_range_in_year(p, p->calendar, year + step);
}

static struct date_range point_range(const struct resolver *r, const struct date_point *p,
                                     enum date_turn turn, const struct base *base, bool future)
{
    if (p->year)
        return date_range_said(p);
    if (p->same_year)
        return r->recent.known
                   ? date_range_in_year(p, p->calendar,
                                        calendar_of_days(p->calendar, r->recent.first).year)
                   : date_range_unknown();
    if (base->precision == UNKNOWN)
        return date_range_unknown();
    if (p->relative_year)
        return date_range_in_year(p, p->calendar, year_of_base(p->calendar, base) + p->year_offset);
    if (turn != TURN_NONE)
        return turned_range(p, turn, base);
    struct date_range following = following_range(r, p, base);
    return following.known ? following : range_with_likely_year(r, p, base, future);
}

static enum precision precision_for(enum date_unit unit)
{
    bool day = unit <= UNIT_WEEK || unit == UNIT_WEEKEND;
    return day ? TO_DAY : unit == UNIT_MONTH ? TO_MONTH : TO_YEAR;
}

/* The last Saturday and Sunday; "last weekend", said on one, is the one before. */
static struct date_range weekend_range(int64_t steps, const struct base *base)
{
    int64_t since = (calendar_weekday(base->last) + 2) % 7;
    int64_t saturday = base->last - since + (steps > 0 || (steps < 0 && since < 2) ? 7 * steps : 0);
    struct date_range range = date_range_day(saturday);
    range.last = saturday + 1;
    return range;
}

/* The unit that lies `steps` of its kind from the base's. */
static struct date_range unit_range(enum date_unit unit, int64_t steps, const struct base *base,
                                    enum calendar calendar)
{
    if (base->precision < precision_for(unit))
        return date_range_unknown();
    switch (unit) {
    case UNIT_DAY:
        return date_range_day(base->last + steps);
    case UNIT_WEEKEND:
        return weekend_range(steps, base);
    case UNIT_WEEK:
        return date_range_week(base->last + 7 * steps, calendar);
    case UNIT_MONTH:
        if (calendar == CALENDAR_GREGORIAN)
            return date_range_month(base->last, (int)steps);
        struct day d = calendar_of_days(calendar, base->last);
        int index = d.year * 12 + d.month - 1 + (int)steps;
        return date_range_months(calendar, index / 12, index % 12 + 1, 1);
    case UNIT_YEAR:
        return date_range_months(calendar, calendar_of_days(calendar, base->last).year + (int)steps,
                                 1, 12);
    case UNIT_DECADE:
        break;
    }
    return date_range_months(calendar,
                             calendar_of_days(calendar, base->last).year + 10 * (int)steps, 1, 12);
}

/* "last Friday" is no day of this week, nor yesterday; «جمعه گذشته» may be. */
static bool is_too_near(int64_t back, int weekday, enum calendar calendar)
{
    return back == 0 || (calendar == CALENDAR_GREGORIAN && (back == 1 || back <= weekday));
}

static struct date_range weekday_range(const struct date_expression *e, const struct base *base,
                                       enum calendar calendar)
{
    if (base->precision < TO_DAY || base->nearest)
        return date_range_unknown();
    int64_t back = (calendar_weekday(base->last) - e->point.weekday + 7) % 7;
    if (e->turn == TURN_NEXT || (e->future && e->turn != TURN_LAST))
        return date_range_day(base->last + 7 - back);
    if (e->turn == TURN_LAST && is_too_near(back, calendar_weekday(base->last), calendar))
        back += 7;
    return date_range_day(base->last - back);
}

/* Early last week is its Monday; the start of the year its first month. */
static struct date_range narrow_to_part(struct date_range range, const struct date_expression *e)
{
    if (!range.known || e->part == PART_NONE || e->part == PART_MIDDLE)
        return range;
    bool start = e->part == PART_START;
    if (e->unit == UNIT_WEEK && start)
        return date_range_day(range.first);
    if (e->whole_part || (e->opening && e->unit == UNIT_YEAR && range.gregorian))
        return date_range_month(start ? range.first : range.last, 0);
    return range;
}

static struct date_range same_unit_range(const struct resolver *r, const struct date_expression *e)
{
    bool far = e->paragraph > r->told_paragraph + 1;
    if (far || !r->told.known || r->told.precision < precision_for(e->unit))
        return date_range_unknown();
    struct base base = {r->told.first, r->told.last, r->told.precision, false};
    return unit_range(e->unit, e->count, &base, r->told_calendar);
}

static struct date_range past_units_range(const struct date_expression *e, const struct base *base,
                                          enum calendar calendar)
{
    int64_t steps = e->turn == TURN_NEXT ? e->count : -e->count;
    struct date_range here =
        unit_range(e->unit == UNIT_WEEK ? UNIT_DAY : e->unit, 0, base, calendar);
    struct date_range there = e->unit == UNIT_WEEK ? unit_range(UNIT_DAY, 7 * steps, base, calendar)
                                                   : unit_range(e->unit, steps, base, calendar);
    if (!here.known || !there.known)
        return date_range_unknown();
    if (e->turn == TURN_NEXT)
        here.last = there.last;
    else
        here.first = there.first;
    return here;
}

static bool is_full(const struct date_expression *e)
{
    return e->form == DATE_POINT && e->point.year && e->point.day && !e->point.last_day;
}

static struct base base_of_range(const struct date_range *range, bool nearest)
{
    return (struct base){range->first, range->last, range->precision, nearest};
}

/* Whether hardly anything else stands on the line, or it opens the first one. */
static bool is_heading(const struct resolver *r, const struct date_expression *e)
{
    if (date_is_dateline(r->text, (struct span){e->from, e->to}))
        return true;
    size_t from = e->from, to = e->to;
    while (from > 0 && e->from - from <= HEADING_REST_LIMIT && r->text.at[from - 1] != '\n')
        from--;
    while (to < r->text.len && to - e->to <= HEADING_REST_LIMIT && r->text.at[to] != '\n')
        to++;
    return to - from - (e->to - e->from) <= HEADING_REST_LIMIT;
}

static struct base published_base(const struct date_context *context)
{
    struct base base = {0};
    if (!context || !context->published.len ||
        edtf_range(context->published, &base.first, &base.last, NULL) || base.first == INT64_MIN ||
        base.last == INT64_MAX)
        return (struct base){0};
    int64_t length = base.last - base.first;
    base.precision = length == 0 ? TO_DAY : length <= 31 ? TO_MONTH : TO_YEAR;
    return base;
}

/* A bare "in 1367" in Latin script is a year only in a text that knows the Jalali calendar. */
static bool is_doubtful(const struct resolver *r, const struct date_expression *e)
{
    if (e->point.short_year)
        return !r->full_years[e->point.year];
    return e->form == DATE_POINT && e->point.bare_year &&
           e->point.year_calendar != CALENDAR_GREGORIAN && !r->jalali_text;
}

/* The point of an expression that says its year, or NULL. */
static const struct date_point *dated_point(const struct date_expression *e)
{
    if (e->form == DATE_INTERVAL && e->last.year)
        return &e->last;
    bool dated = (e->form == DATE_POINT || e->form == DATE_INTERVAL) && e->point.year;
    return dated ? &e->point : NULL;
}

/* A document that says no more than a year: its latest year, and in it the first day it names. */
static struct base base_in_latest_year(const struct resolver *r, struct date_range year)
{
    struct base base = base_of_range(&year, true);
    for (size_t i = 0; i < r->all->count; i++) {
        const struct date_expression *e = &r->all->at[i];
        if (e->form != DATE_POINT || e->point.year || !e->point.month || !e->point.day)
            continue;
        struct date_range day = range_with_likely_year(r, &e->point, &base, false);
        return day.known ? base_of_range(&day, true) : base;
    }
    return base;
}

/* For a document without a date: its first heading; else the first of its fullest dates. */
static struct base find_fallback(const struct resolver *r)
{
    struct base best = {0};
    struct date_range latest = date_range_unknown();
    for (size_t i = 0; i < r->all->count; i++) {
        const struct date_expression *e = &r->all->at[i];
        const struct date_point *dated = dated_point(e);
        if (!dated || dated->decade || is_doubtful(r, e))
            continue;
        struct date_range range = date_range_said(dated);
        if (!range.known)
            continue;
        if (is_full(e) && is_heading(r, e))
            return base_of_range(&range, false);
        if (range.precision > best.precision && range.precision > TO_YEAR)
            best = base_of_range(&range, true);
        if (!latest.known || range.last > latest.last)
            latest = range;
    }
    return best.precision == UNKNOWN && latest.known ? base_in_latest_year(r, latest) : best;
}

static void remember(struct resolver *r, const struct date_expression *e,
                     const struct date_range *range)
{
    if (e->form != DATE_POINT || !range->known || !e->point.month)
        return;
    if (e->point.year && e->point.year_calendar == e->point.calendar)
        r->named_years[e->point.calendar][e->point.month] = e->point.year;
    if (e->point.year || e->point.day) {
        r->recent = *range;
        r->recent_paragraph = e->paragraph;
    }
    if (is_full(e) && is_heading(r, e))
        r->heading = base_of_range(range, false);
    if (is_full(e) && r->published.precision == UNKNOWN && r->heading.precision == UNKNOWN)
        r->fallback = base_of_range(range, r->fallback.nearest);
}

static const struct base *base_for(const struct resolver *r)
{
    if (r->heading.precision != UNKNOWN)
        return &r->heading;
    return r->published.precision != UNKNOWN ? &r->published : &r->fallback;
}

/* What counts from a day needs the document's own, or a full date in the same paragraph. */
static struct base base_for_relative(const struct resolver *r)
{
    const struct base *base = base_for(r);
    if (!base->nearest)
        return *base;
    if (r->recent.known && r->recent.precision == TO_DAY)
        return base_of_range(&r->recent, true);
    return (struct base){.nearest = true};
}

/* Years and months of relative expressions in Arabic script are those of the Jalali calendar. */
static enum calendar relative_calendar(const struct resolver *r, const struct date_expression *e)
{
    bool gregorian = e->gregorian || (e->form == DATE_WHOLE_UNIT && e->unit == UNIT_YEAR &&
                                      r->gregorian_paragraph == e->paragraph + 1);
    return gregorian || (unsigned char)r->text.at[e->from] < 0x80 ? CALENDAR_GREGORIAN
                                                                  : CALENDAR_JALALI;
}

static struct date_range relative_range(const struct resolver *r, const struct date_expression *e)
{
    struct base base = base_for_relative(r);
    enum calendar calendar = relative_calendar(r, e);
    switch (e->form) {
    case DATE_ONLY_WEEKDAY:
        return weekday_range(e, &base, calendar);
    case DATE_OFFSET:
        return unit_range(UNIT_DAY, e->count, &base, calendar);
    case DATE_WHOLE_UNIT:
        return narrow_to_part(unit_range(e->unit, (int)e->turn - TURN_THIS, &base, calendar), e);
    case DATE_AGO_UNITS:
        return unit_range(e->unit, -e->count, &base,
                          e->unit == UNIT_MONTH ? CALENDAR_GREGORIAN : calendar);
    case DATE_PAST_UNITS:
        return past_units_range(e, &base, calendar);
    case DATE_SAME_UNIT:
        return same_unit_range(r, e);
    case DATE_POINT:
    case DATE_INTERVAL:
        break;
    }
    bug("a date that is not relative");
}

static bool is_relative_point(const struct date_expression *e)
{
    return e->turn != TURN_NONE || e->point.relative_year || e->point.same_year;
}

struct str date_calendar_name(enum calendar calendar)
{
    return calendar == CALENDAR_JALALI    ? STR("jalali")
           : calendar == CALENDAR_ISLAMIC ? STR("islamic")
                                          : STR("gregorian");
}

static struct str calendar_label(const struct date_expression *e)
{
    if ((e->form != DATE_POINT && e->form != DATE_INTERVAL) || is_relative_point(e) ||
        (e->form == DATE_INTERVAL && e->last.relative_year))
        return STR("relative");
    enum calendar calendar = e->point.calendar;
    if (e->point.year && e->point.year_calendar != CALENDAR_GREGORIAN)
        calendar = e->point.year_calendar;
    return date_calendar_name(calendar);
}

/* An end without a year has the other's, the start's the year before where it would come later. */
static struct str interval_iso(struct resolver *r, const struct date_expression *e,
                               const struct base *base)
{
    struct date_point from = e->point, to = e->last;
    bool from_open = !from.year && !from.relative_year, to_open = !to.year && !to.relative_year;
    if (from_open && !to_open) {
        struct date_range last = point_range(r, &to, TURN_NONE, base, false);
        int year = last.known ? calendar_of_days(from.calendar, last.first).year : 0;
        struct date_range first = date_range_in_year(&from, from.calendar, year);
        if (first.known && last.known && first.first > last.last)
            first = date_range_in_year(&from, from.calendar, year - 1);
        return date_range_write(r->arena, &first, &last);
    }
    struct date_range first = point_range(r, &from, TURN_NONE, base, e->future);
    struct date_range last = date_range_unknown();
    if (!to_open) {
        last = point_range(r, &to, TURN_NONE, base, false);
    } else if (first.known) {
        int year = calendar_of_days(to.calendar, first.first).year;
        last = date_range_in_year(&to, to.calendar, year);
        if (last.known && last.last < first.first)
            last = date_range_in_year(&to, to.calendar, year + 1);
    }
    return date_range_write(r->arena, &first, &last);
}

/* The Gregorian day in brackets behind a Jalali one says which day it is. */
static void heed_bracket(const struct resolver *r, size_t i, struct date_range *range)
{
    const struct date_expression *e = &r->all->at[i], *next = e + 1;
    bool mixed = e->form == DATE_POINT && e->point.day && e->point.year &&
                 e->point.calendar != e->point.year_calendar;
    if (!mixed || i + 1 >= r->all->count || !is_full(next) || next->from - e->to > 4)
        return;
    struct date_range other = date_range_said(&next->point);
    if (range->known && other.known &&
        (distance(range->first, other.first) <= DATE_TWO_CALENDARS_DAYS ||
         date_is_own_day(&e->point, other.first)))
        *range = other;
}

static void survey(struct resolver *r)
{
    for (size_t i = 0; i < r->all->count; i++) {
        const struct date_point *p = &r->all->at[i].point, *dated = dated_point(&r->all->at[i]);
        bool arabic = (unsigned char)r->text.at[r->all->at[i].from] >= 0x80;
        r->jalali_text |= p->calendar == CALENDAR_JALALI && (p->month || arabic);
        if (dated)
            r->full_years[dated->year] |= !dated->short_year;
    }
}

/* "the early 1990s" are their first half; the very start of a year is its first month. */
static struct date_range part_of_point(const struct date_expression *e, struct date_range range)
{
    const struct date_point *p = &e->point;
    if (range.known && p->decade && (e->part == PART_START || e->part == PART_END))
        return date_range_months(p->year_calendar, p->year + (e->part == PART_END ? 5 : 0), 1, 60);
    bool year = range.known && p->year && !p->month && !p->season && !p->months && !p->decade;
    if (year && e->opening && p->year_calendar == CALENDAR_GREGORIAN)
        return date_range_month(range.first, 0);
    return range;
}

static void tell(struct resolver *r, const struct date_expression *e,
                 const struct date_range *range)
{
    const struct date_point *p = &e->point;
    if (e->form == DATE_POINT && p->year && p->year_calendar == CALENDAR_GREGORIAN)
        r->gregorian_paragraph = e->paragraph + 1;
    if (!range->known || e->cited)
        return;
    r->told = *range;
    r->told_paragraph = e->paragraph;
    r->told_calendar = e->form == DATE_POINT ? p->calendar : relative_calendar(r, e);
}

/* *meant is left unknown for an interval */
static struct str resolve_one(struct resolver *r, size_t i, struct date_range *meant)
{
    const struct date_expression *e = &r->all->at[i];
    *meant = date_range_unknown();
    if (e->paragraph != r->recent_paragraph)
        r->recent = date_range_unknown();
    if (e->form == DATE_INTERVAL)
        return interval_iso(r, e, base_for(r));
    struct date_range range;
    if (e->form != DATE_POINT) {
        range = relative_range(r, e);
    } else {
        struct base relative = base_for_relative(r);
        bool counts = e->turn != TURN_NONE || e->point.relative_year;
        range = point_range(r, &e->point, e->turn, counts ? &relative : base_for(r), e->future);
        heed_bracket(r, i, &range);
        remember(r, e, &range);
        range = part_of_point(e, range);
    }
    tell(r, e, &range);
    if (e->form == DATE_SAME_UNIT && !range.known)
        return STR_NONE;
    *meant = range;
    return date_range_write(r->arena, &range, &range);
}

/* when the document was there */
static struct date_range document_range(const struct resolver *r)
{
    const struct base *base = r->published.precision != UNKNOWN ? &r->published : &r->heading;
    if (base->precision == UNKNOWN || base->nearest)
        return date_range_unknown();
    return (struct date_range){base->first, base->last, base->precision, true, true};
}

size_t date_expressions_resolve(const struct date_expressions *all, struct str text,
                                const struct date_context *context, struct arena *arena,
                                struct date_mention *out)
{
    struct resolver r = {.all = all, .text = text, .arena = arena};
    size_t count = 0;
    r.published = published_base(context);
    survey(&r);
    r.fallback = find_fallback(&r);
    for (size_t i = 0; i < all->count; i++) {
        const struct date_expression *e = &all->at[i];
        if (is_doubtful(&r, e))
            continue;
        struct date_question question = {
            e, i + 1 < all->count ? e + 1 : NULL, text, {0}, document_range(&r)};
        struct str iso = resolve_one(&r, i, &question.meant);
        if (!iso.len)
            continue;
        out[count] = (struct date_mention){.quote = {e->from, e->to},
                                           .iso = iso,
                                           .calendar = calendar_label(e),
                                           .future = e->future};
        date_check(&question, arena, &out[count++]);
    }
    return count;
}
