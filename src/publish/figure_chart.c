#include "publish/figure_chart_int.h"

#include <inttypes.h>

#include "account/chart.h"
#include "publish/part_int.h"
#include "text/edtf.h"
#include "case/decided.h"

enum { TICKS_MOST = 7, CHART_COLUMNS = 60, MORE_MOST = 100 };

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
        part_state_class(view->state, figure_is_hatched(view)));
}

/* ---- marks of other pages ---- */

/* A text as a field: what would part fields or lines is a space. */
static void add_field(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_add_byte(out, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
}

static void add_mark(struct page *page, struct buf *out, const struct count *c, size_t source,
                     size_t number)
{
    const struct figure_view *view = c->figures[0];
    struct interval interval = figure_interval(&view->figure);
    int64_t at = view->figure.bound == BOUND_UP_TO ? view->figure.high : view->figure.low;
    buf_print(out, "%s%zu\t%" PRId64 "\t%" PRId64 "\t%s\t%" PRId64 "\t%" PRId64 "\t%" PRId64,
              out->len ? "\n" : "", source, c->stand.first, c->stand.last,
              figure_bound_name(view->figure.bound), at, interval.low, interval.high);
    buf_print(out, "\t%.*s\t%zu\t", STR_ARG(part_state_class(view->state, figure_is_hatched(view))),
              number);
    add_field(out, voice_value(&page->voice, page->arena, &view->figure));
    buf_add_byte(out, '\t');
    add_field(out, c->source);
    buf_add_byte(out, '\t');
    add_field(out, voice_date(&page->voice, page->arena, c->stand.date));
}

/* By stand and source, as the counts of a series lie. */
static bool later_on_its_day(const struct series *s, size_t at)
{
    return at && s->counts[at - 1].source_rank == s->counts[at].source_rank &&
           s->counts[at - 1].stand.last == s->counts[at].stand.last;
}

static bool is_elsewhere(const struct series *s, const struct chart_rows *rows, size_t at)
{
    return (at < rows->from || at >= rows->from + rows->count) && is_dated(&s->counts[at]) &&
           !later_on_its_day(s, at);
}

/* That the chart draws some of the counts alone. */
static void write_thinned(struct page *page, size_t drawn, size_t counts)
{
    const struct voice *v = &page->voice;
    if (drawn == counts)
        return;
    out_raw(page->out, " data-thinned=\"");
    OUT_SENTENCE(page->out,
                 SAY_COUNT(v, "The chart draws {1} of {2} count; the tables have all of them.",
                           "The chart draws {1} of {2} counts; the tables have all of them.",
                           (int64_t)counts),
                 voice_number(v, page->arena, (int64_t)drawn),
                 voice_number(v, page->arena, (int64_t)counts));
    out_raw(page->out, "\"");
}

static size_t count_dated(const struct series *s, const struct chart_rows *rows)
{
    size_t dated = 0;
    for (size_t i = rows->from; i < rows->from + rows->count; i++)
        dated += is_dated(&s->counts[i]);
    return dated;
}

static size_t write_more(struct page *page, const struct series *s, const struct chart_rows *rows,
                         struct source_list *sources)
{
    struct buf out;
    size_t there = 0, seen = 0, drawn = 0;
    for (size_t i = 0; i < s->counts_count; i++)
        there += is_elsewhere(s, rows, i);
    if (!there)
        return 0;
    size_t most = there < MORE_MOST ? there : MORE_MOST;
    buf_init(&out, 256 * 1024);
    for (size_t i = 0; i < s->counts_count; i++) {
        if (!is_elsewhere(s, rows, i) || seen++ * most / there != drawn)
            continue;
        drawn++;
        add_mark(page, &out, &s->counts[i],
                 source_number(sources, page->arena, s->counts[i].source_key),
                 rows->number + i - rows->from);
    }
    OUT(page->out, " data-more=\"{}\"", buf_str(&out));
    buf_release(&out);
    return drawn;
}

void chart_more(struct page *page, const struct series *s, const struct chart_rows *rows,
                struct source_list *sources)
{
    size_t drawn = count_dated(s, rows) + write_more(page, s, rows, sources);
    write_thinned(page, drawn, s->counts_count);
}
