#include "publish/figure_chart_int.h"

#include <inttypes.h>

#include "account/chart.h"
#include "publish/part_int.h"
#include "text/edtf.h"

enum { TICKS_MOST = 7, CHART_COLUMNS = 60 };

size_t source_number(struct source_list *list, struct arena *arena, struct str key)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->keys[i], key))
            return i;
    list->keys = arena_grow(arena, list->keys, list->count, &list->room, sizeof *list->keys);
    list->keys[list->count] = key;
    return list->count++;
}

static bool is_dated(const struct count *c)
{
    return c->stand.from != STAND_UNKNOWN && c->stand.first != INT64_MIN &&
           c->stand.last != INT64_MAX;
}

bool chart_is_worth(const struct series *s)
{
    size_t dated = 0;
    for (size_t i = 0; i < s->counts_count; i++)
        dated += is_dated(&s->counts[i]);
    return s->comparable && dated >= 2;
}

struct extent {
    int64_t first, last, largest;
};

static struct extent extent_of(const struct series *s)
{
    struct extent e = {INT64_MAX, INT64_MIN, 1};
    for (size_t i = 0; i < s->counts_count; i++) {
        const struct count *c = &s->counts[i];
        if (!is_dated(c))
            continue;
        int64_t largest = chart_largest(&c->figures[0]->figure);
        e.first = c->stand.first < e.first ? c->stand.first : e.first;
        e.last = c->stand.last > e.last ? c->stand.last : e.last;
        e.largest = largest > e.largest ? largest : e.largest;
    }
    return e;
}

/* ---- ticks of time, where days, months and years of the voice's calendar begin ---- */

struct tick_step {
    int days, months, years; /* one of them */
};

static const struct tick_step steps[] = {
    {1, 0, 0}, {2, 0, 0}, {5, 0, 0}, {10, 0, 0}, {0, 1, 0},  {0, 2, 0},  {0, 3, 0},  {0, 6, 0},
    {0, 0, 1}, {0, 0, 2}, {0, 0, 5}, {0, 0, 10}, {0, 0, 20}, {0, 0, 50}, {0, 0, 100}};

static int64_t length_of(const struct tick_step *step)
{
    return step->days ? step->days : step->months ? step->months * 30 : (int64_t)step->years * 365;
}

static const struct tick_step *step_for(const struct extent *e)
{
    size_t i = 0;
    while (i + 1 < COUNT_OF(steps) && (e->last - e->first) / length_of(&steps[i]) > TICKS_MOST)
        i++;
    return &steps[i];
}

static bool is_tick(const struct tick_step *step, struct day day, int64_t days)
{
    if (step->days == 10)
        return day.day == 1 || day.day == 11 || day.day == 21;
    if (step->days)
        return days % step->days == 0;
    if (day.day != 1)
        return false;
    return step->months ? (day.month - 1) % step->months == 0
                        : day.month == 1 && day.year % step->years == 0;
}

/* the first day of the next month, or the next day where ticks are days */
static int64_t next_day(const struct page *page, const struct tick_step *step, struct day day,
                        int64_t days)
{
    if (step->days)
        return days + 1;
    return days + calendar_month_days(page->voice.calendar, day.year, day.month) - day.day + 1;
}

/* the day as an EDTF date, or the month or year of the voice's calendar as an interval of days */
static struct str tick_date(const struct page *page, const struct tick_step *step, struct day day,
                            int64_t days)
{
    char first[16], last[16];
    enum calendar calendar = page->voice.calendar;
    int64_t end = days;
    edtf_write_day(days, first);
    if (step->days)
        return arena_copy(page->arena, str_of(first));
    if (step->months)
        end = days + calendar_month_days(calendar, day.year, day.month) - 1;
    else if (calendar_to_days(calendar, (struct day){day.year + 1, 1, 1}, &end))
        end--;
    edtf_write_day(end, last);
    return arena_print(page->arena, "%s/%s", first, last);
}

static void add_tick(struct buf *out, int64_t at, struct str label)
{
    buf_print(out, "%s%" PRId64 "=%.*s", out->len ? "|" : "", at, STR_ARG(label));
}

static void write_days(struct page *page, const struct extent *e)
{
    struct buf out;
    const struct tick_step *step = step_for(e);
    buf_init(&out, 64 * 1024);
    for (int64_t days = e->first; days <= e->last;) {
        struct day day = calendar_of_days(page->voice.calendar, days);
        if (is_tick(step, day, days))
            add_tick(&out, days,
                     voice_date(&page->voice, page->arena, tick_date(page, step, day, days)));
        days = next_day(page, step, day, days);
    }
    OUT(page->out, " data-days=\"{}\"", buf_str(&out));
    buf_release(&out);
}

static void write_counts(struct page *page, const struct chart *chart)
{
    struct buf out;
    buf_init(&out, 64 * 1024);
    for (int64_t count = 0; count <= chart->end; count += chart->step)
        add_tick(&out, count, voice_number(&page->voice, page->arena, count));
    OUT(page->out, " data-counts=\"{}\"", buf_str(&out));
    buf_release(&out);
}

static struct str integer(struct page *page, int64_t number)
{
    return arena_print(page->arena, "%" PRId64, number);
}

void chart_scales(struct page *page, const struct series *series)
{
    struct extent e = extent_of(series);
    struct chart chart = chart_of(e.largest, CHART_COLUMNS);
    OUT(page->out, " data-chart=\"{}\"",
        SAY(&page->voice, "Chart of these counts over time; the table below says the same."));
    OUT(page->out, " data-first=\"{}\" data-last=\"{}\" data-top=\"{}\"", integer(page, e.first),
        integer(page, e.last), integer(page, chart.end));
    write_days(page, &e);
    write_counts(page, &chart);
}

void chart_mark(struct page *page, const struct count *c, size_t source)
{
    const struct figure_view *view = c->figures[0];
    struct interval interval = figure_interval(&view->figure);
    if (!is_dated(c))
        return;
    OUT(page->out, " data-source=\"{}\" data-first=\"{}\" data-last=\"{}\" data-bound=\"{}\"",
        integer(page, (int64_t)source), integer(page, c->stand.first), integer(page, c->stand.last),
        str_of(figure_bound_name(view->figure.bound)));
    OUT(page->out, " data-at=\"{}\" data-low=\"{}\" data-high=\"{}\" data-state=\"{}\"",
        integer(page, view->figure.bound == BOUND_UP_TO ? view->figure.high : view->figure.low),
        integer(page, interval.low), integer(page, interval.high),
        part_state_class(view->state, view->undecided));
}
