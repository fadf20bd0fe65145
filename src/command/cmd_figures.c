#include "account/chart.h"
#include "account/incidents.h"
#include "command/list.h"
#include "command/probable.h"
#include "text/fold.h"

const char cmd_figures_usage[] =
    "usage: govah figures [--event E] [--source S] [--incident I] [--since DATE] [--as-of DATE]\n"
    "                     [--all] [--chart] [--json]\n"
    "\n"
    "  --event E      only this event: killed, arrested, \"sentenced to death\"...\n"
    "  --source S     only sources with this in their name, in any case\n"
    "  --incident I   only this incident: its id, a part of its name, or none\n"
    "  --since DATE   only what was counted up to this day or later\n"
    "  --as-of DATE   only what documents had said by then\n"
    "  --all          every figure with its quote: earlier counts, repeats and the rejected too\n"
    "  --chart        draw them to scale\n"
    "  --json         a line of JSON for each figure\n"
    "\n"
    "Who counts what: by event and incident the latest count of each source, the range, and the\n"
    "counts that cannot both be true; and of sources that are people who probably is the same, by\n"
    "another spelling. Dates are EDTF: 2022, 2022-11, 2022-11-15.\n"
    "\n"
    "  28 exact   ≥ 527 at least   > 400 more than   ≤ 12,000 up to   ~ 1,500 about   ≲ 20,000 "
    "nearly\n"
    "  ○ proposed   ● accepted   ◐ disputed   × rejected\n"
    "\n"
    "  govah figures --event killed --chart\n";

struct question {
    struct figure_filter filter;
    bool all, chart;
};

static struct question question_of(int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct question q = {0};
    const struct {
        const char *name;
        struct str *value;
    } valued[] = {
        {"event", &q.filter.event}, {"source", &q.filter.source},     {"since", &q.filter.since},
        {"as-of", &q.filter.as_of}, {"incident", &q.filter.incident},
    };
    const char *option;
    while ((option = option_next(&o, "event source since as-of incident", "all chart"))) {
        q.all |= strcmp(option, "all") == 0;
        q.chart |= strcmp(option, "chart") == 0;
        for (size_t i = 0; i < COUNT_OF(valued); i++)
            if (strcmp(option, valued[i].name) == 0)
                *valued[i].value = str_of(o.value);
    }
    if (operand_next(&o))
        die(EXIT_USAGE, "figures takes options alone; see govah figures --help");
    q.filter.rejected = q.all;
    return q;
}

static struct str quote_of(struct archive *archive, const struct figure_view *view,
                           struct arena *arena)
{
    struct str quote;
    struct fault why;
    if (archive_quotes(archive, &view->id, 1, arena, &quote, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    return quote;
}

/* ---- JSON ---- */

static void print_figure(struct archive *archive, const struct group *group,
                         const struct count *count, size_t at)
{
    struct arena arena;
    const struct figure_view *view = count->figures[at];
    const struct figure *f = &view->figure;
    json_t *out = json_object();
    arena_init(&arena);
    list_json_id(out, "id", &view->id);
    list_json_count(out, "low", f->low);
    list_json_count(out, "high", f->high);
    json_put(out, "bound", str_of(figure_bound_name(f->bound)));
    json_put(out, "event", f->event);
    json_put(out, "what", f->what);
    list_json_text(out, "source", f->source);
    list_json_text(out, "since", f->since);
    list_json_text(out, "until", f->until);
    list_json_text(out, "as_of", f->as_of);
    list_json_text(out, "place", f->place);
    list_json_id(out, "document", &view->document->id);
    list_json_text(out, "document_name", view->document->name);
    list_json_text(out, "publisher", view->document->publisher);
    list_json_text(out, "published", view->document->published);
    list_json_text(out, "quote", quote_of(archive, view, &arena));
    json_put(out, "state", str_of(view_state_name(view->state)));
    json_put_new(out, "undecided", json_boolean(view->undecided));
    list_json_text(out, "incident", view->incident);
    list_json_text(out, "incident_name", group->incident_name);
    list_json_count(out, "confidence", view->confidence ? view->confidence : COUNT_NONE);
    json_put_new(out, "subset_of", json_null());
    if (view->whole)
        list_json_id(out, "subset_of", &view->whole->id);
    json_put_new(out, "latest", json_boolean(count->latest));
    json_put_new(out, "repeats", json_null());
    if (at)
        list_json_id(out, "repeats", &count->figures[0]->id);
    print_json(out);
    arena_release(&arena);
}

static void print_figures(struct archive *archive, const struct figure_account *account)
{
    for (size_t g = 0; g < account->groups_count; g++)
        for (size_t s = 0; s < account->groups[g].series_count; s++) {
            const struct series *series = &account->groups[g].series[s];
            for (size_t c = 0; c < series->counts_count; c++)
                for (size_t i = 0; i < series->counts[c].figures_count; i++)
                    print_figure(archive, &account->groups[g], &series->counts[c], i);
        }
}

/* ---- words ---- */

static struct str series_words(struct arena *arena, const struct series *s)
{
    struct str out = label_words(arena, s->what);
    if (s->part)
        out = arena_print(arena, "%.*s, in part", STR_ARG(out));
    if (s->place.len)
        out = arena_print(arena, "%.*s, %.*s", STR_ARG(out), STR_ARG(s->place));
    if (s->since.len && str_equal(s->since, s->until))
        return arena_print(arena, "%.*s in %.*s", STR_ARG(out), STR_ARG(s->since));
    if (s->since.len)
        out = arena_print(arena, "%.*s from %.*s", STR_ARG(out), STR_ARG(s->since));
    if (s->until.len)
        out = arena_print(arena, "%.*s to %.*s", STR_ARG(out), STR_ARG(s->until));
    return out;
}

/* In brackets where the text itself says no date. */
static struct str date_words(struct arena *arena, const struct stand *stand)
{
    if (stand->from == STAND_UNKNOWN)
        return STR("no date");
    if (stand->from == STAND_PUBLISHED)
        return arena_print(arena, "(%.*s)", STR_ARG(stand->date));
    return stand->date;
}

static struct str document_words(struct arena *arena, const struct count *c,
                                 const struct figure_view *view)
{
    struct str title = list_document(view->document->title, view->document->name);
    if (c->own_voice)
        return arena_print(arena, "own voice: %.*s", STR_ARG(title));
    if (!view->document->publisher.len)
        return title;
    return arena_print(arena, "%.*s: %.*s", STR_ARG(view->document->publisher), STR_ARG(title));
}

static struct str count_words(struct arena *arena, const struct count *c)
{
    struct str value = figure_value(arena, &c->figures[0]->figure);
    struct str stand = stand_words(arena, &c->stand);
    return arena_print(arena, "%.*s (%.*s, %.*s)", STR_ARG(value), STR_ARG(c->source),
                       STR_ARG(stand));
}

static bool is_shown(const struct count *c, bool all)
{
    return all || c->latest || c->figures[0]->undecided;
}

/* ---- the list ---- */

static struct list_row *add_figure(struct list *list, struct str event, const struct series *s,
                                   const struct count *c, size_t at, size_t digits)
{
    struct arena *arena = list->arena;
    const struct figure_view *view = c->figures[at];
    struct stand stand = c->stand;
    struct list_row *row = list_add(list);
    struct str sign = str_of(state_sign(view->state, view->undecided));
    struct str value = figure_value(arena, &view->figure);
    row->cells[0] = arena_print(arena, "%.*s %.*s", STR_ARG(sign), STR_ARG(value));
    row->cells[1] = series_words(arena, s);
    if (!str_equal(view->figure.event, event)) {
        struct str other = label_words(arena, view->figure.event);
        row->cells[1] = arena_print(arena, "%.*s, %.*s", STR_ARG(row->cells[1]), STR_ARG(other));
    }
    row->cells[2] = c->source;
    row->cells[3] = date_words(arena, &stand);
    row->cells[4] = document_words(arena, c, view);
    row->cells[5] = list_id(arena, &view->id, digits);
    return row;
}

static void add_count(struct archive *archive, struct list *list, struct str event,
                      const struct series *s, const struct count *c, bool all)
{
    struct arena *arena = list->arena;
    if (!all) {
        struct list_row *row = add_figure(list, event, s, c, 0, LIST_ID_DIGITS);
        size_t repeats = c->figures_count - 1;
        if (repeats)
            row->cells[6] = arena_print(arena, "+%zu repeat%s", repeats, repeats == 1 ? "" : "s");
        return;
    }
    for (size_t i = 0; i < c->figures_count; i++) {
        struct list_row *row = add_figure(list, event, s, c, i, LIST_DOCUMENT_DIGITS);
        struct str first = list_id(arena, &c->figures[0]->id, LIST_ID_DIGITS);
        struct str quote = quote_of(archive, c->figures[i], arena);
        row->below = arena_print(arena, "\"%.*s\"", STR_ARG(quote));
        if (i)
            row->cells[6] = arena_print(arena, "repeats %.*s", STR_ARG(first));
        else if (!c->latest && c->counts)
            row->cells[6] = STR("earlier");
    }
}

static void list_group(struct archive *archive, const struct group *group, bool all,
                       struct arena *arena)
{
    struct list list = {.arena = arena, .indent = 2, .flexible = 1u << 1 | 1u << 2 | 1u << 4};
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++)
            if (is_shown(&group->series[i].counts[k], all))
                add_count(archive, &list, group->event, &group->series[i],
                          &group->series[i].counts[k], all);
    list_print(&list);
}

/* ---- the chart ---- */

enum { SOURCE_WIDTH = 26, VALUE_WIDTH = 16, CHART_DEFAULT = 80 };

static int64_t largest_of(const struct group *group, bool all)
{
    int64_t largest = 0;
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++) {
            const struct count *c = &group->series[i].counts[k];
            int64_t count = chart_largest(&c->figures[0]->figure);
            if (is_shown(c, all) && count > largest)
                largest = count;
        }
    return largest;
}

static void draw_count(const struct chart *chart, const struct count *c, struct arena *arena)
{
    const struct figure_view *view = c->figures[0];
    struct buf line;
    buf_init(&line, 1 << 16);
    struct str value = figure_value(arena, &view->figure);
    struct str signed_value =
        arena_print(arena, "%s %.*s", state_sign(view->state, view->undecided), STR_ARG(value));
    buf_add_text(&line, "  ");
    show_column(&line, signed_value, VALUE_WIDTH);
    list_column(&line, c->source, SOURCE_WIDTH);
    buf_add_byte(&line, ' ');
    chart_bar(&line, chart, &view->figure);
    while (line.len && line.at[line.len - 1] == ' ')
        line.len--;
    printf("%.*s\n", STR_ARG(buf_str(&line)));
    buf_release(&line);
}

static void draw_group(const struct group *group, bool all, struct arena *arena)
{
    size_t width = list_width(), labels = 2 + VALUE_WIDTH + SOURCE_WIDTH + 1;
    width = width ? width : CHART_DEFAULT;
    struct chart chart = chart_of(largest_of(group, all), width > labels ? width - labels : 0);
    struct buf axis;
    for (size_t i = 0; i < group->series_count; i++) {
        const struct series *series = &group->series[i];
        bool any = false;
        for (size_t k = 0; k < series->counts_count; k++) {
            if (!is_shown(&series->counts[k], all))
                continue;
            if (!any)
                list_paragraph(series_words(arena, series), 2, NULL, 0);
            any = true;
            draw_count(&chart, &series->counts[k], arena);
        }
    }
    buf_init(&axis, 1 << 16);
    buf_print(&axis, "%*s", (int)labels, "");
    chart_axis(&axis, &chart);
    buf_print(&axis, "\n%*s", (int)labels, "");
    chart_ticks(&axis, &chart, arena);
    printf("%.*s\n", STR_ARG(buf_str(&axis)));
    buf_release(&axis);
}

/* ---- what they say together ---- */

static void say_paragraph(struct arena *arena, const char *title, struct str text)
{
    list_paragraph(arena_print(arena, "%s %.*s", title, STR_ARG(text)), 2, NULL, 0);
}

static void say_ranges(const struct group *group, struct arena *arena)
{
    for (size_t i = 0; i < group->series_count; i++) {
        const struct series *s = &group->series[i];
        if (s->range.counts < 2)
            continue;
        struct str words = range_words(arena, &s->range), what = series_words(arena, s);
        say_paragraph(arena, "range:",
                      arena_print(arena, "%.*s %.*s (latest of %zu source%s)", STR_ARG(what),
                                  STR_ARG(words), s->range.sources,
                                  s->range.sources == 1 ? "" : "s"));
    }
}

static void say_conflicts(const struct group *group, struct arena *arena)
{
    for (size_t i = 0; i < group->conflicts_count; i++) {
        const struct conflict *c = &group->conflicts[i];
        struct str a = count_words(arena, c->a), b = count_words(arena, c->b);
        struct str what = series_words(arena, c->a_series), why = conflict_words(arena, c);
        struct str more =
            c->more ? arena_print(arena, " (and %zu more such pairs of theirs)", c->more) : STR("");
        say_paragraph(arena, "conflict:",
                      arena_print(arena, "%.*s and %.*s, %.*s, cannot both be true: %.*s%.*s",
                                  STR_ARG(a), STR_ARG(b), STR_ARG(what), STR_ARG(why),
                                  STR_ARG(more)));
    }
    if (group->conflicts_total > group->conflicts_count)
        say_paragraph(arena, "conflict:",
                      arena_print(arena, "between %zu more pairs of sources, not listed",
                                  group->conflicts_total - group->conflicts_count));
}

static void say_dates(const struct group *group, bool all, struct arena *arena)
{
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++) {
            const struct count *c = &group->series[i].counts[k];
            if (!c->ahead || !is_shown(c, all))
                continue;
            struct str words = count_words(arena, c);
            say_paragraph(arena, "date:",
                          arena_print(arena, "%.*s stands later than its document of %.*s",
                                      STR_ARG(words), STR_ARG(c->figures[0]->document->published)));
        }
}

/* of the sources that are people's names, who is probably the same */
static void say_sources(const struct group *group, bool all, const struct likely *likely,
                        struct arena *arena)
{
    struct str *said = NULL;
    size_t count = 0, room = 0, found;
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++) {
            const struct count *c = &group->series[i].counts[k];
            bool known = c->own_voice || !is_shown(c, all);
            for (size_t n = 0; n < count && !known; n++)
                known = str_equal(said[n], c->source);
            if (known)
                continue;
            said = arena_grow(arena, said, count, &room, sizeof *said);
            said[count++] = c->source;
            const struct bearer **bearers =
                likely_named(likely, fold_text(arena, c->source), &found);
            struct str words = probable_words(likely, bearers, found, &c->source, 1, arena);
            if (words.len)
                list_paragraph(arena_print(arena, "%.*s: %.*s", STR_ARG(c->source), STR_ARG(words)),
                               2, NULL, 0);
        }
}

/* who may be one with the sources of all the counts that are shown */
static void sources_likely(struct session *s, const struct figure_account *account, bool all,
                           struct arena *arena, struct likely *out)
{
    struct str *names = NULL;
    size_t count = 0, room = 0;
    for (size_t g = 0; g < account->groups_count; g++)
        for (size_t i = 0; i < account->groups[g].series_count; i++)
            for (size_t k = 0; k < account->groups[g].series[i].counts_count; k++) {
                const struct count *c = &account->groups[g].series[i].counts[k];
                if (c->own_voice || !is_shown(c, all))
                    continue;
                names = arena_grow(arena, names, count, &room, sizeof *names);
                names[count++] = c->source;
            }
    probable_take(s, names, count, arena, out);
}

static void say_heading(const struct group *group, struct arena *arena)
{
    struct str event = label_words(arena, group->event);
    struct buf line;
    buf_init(&line, 1 << 16);
    buf_add_text(&line, paint(PAINT_BOLD));
    show(&line, event);
    buf_print(&line, "%s · ", paint(PAINT_NONE));
    if (group->incident.len)
        list_text(&line, group->incident_name);
    else
        buf_add_text(&line, "no incident known: compared only where period or place is the same");
    printf("%.*s\n", STR_ARG(buf_str(&line)));
    buf_release(&line);
}

static void say_end(const struct figure_account *account)
{
    puts("○ proposed  ● accepted  ◐ disputed   (date): of publication, the text has none");
    if (account->undated)
        printf("%zu figure%s without any date %s left out.\n", account->undated,
               account->undated == 1 ? "" : "s", account->undated == 1 ? "was" : "were");
}

static void say_nothing(struct session *s, const struct figure_account *account)
{
    struct archive_state state;
    struct fault why;
    if (archive_summary(s->archive, &state, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (!state.documents)
        puts("Nothing is here yet. Take in reports: govah add FILE...");
    else
        puts("No figure is like that. What was read: govah documents, govah review");
    if (account->undated)
        printf("%zu without any date left out.\n", account->undated);
}

static void say_account(struct session *s, const struct figure_account *account,
                        const struct question *q, struct arena *arena)
{
    struct likely likely;
    sources_likely(s, account, q->all, arena, &likely);
    for (size_t i = 0; i < account->groups_count; i++) {
        const struct group *group = &account->groups[i];
        say_heading(group, arena);
        if (q->chart)
            draw_group(group, q->all, arena);
        else
            list_group(s->archive, group, q->all, arena);
        say_ranges(group, arena);
        say_conflicts(group, arena);
        say_dates(group, q->all, arena);
        say_sources(group, q->all, &likely, arena);
        putchar('\n');
    }
    say_end(account);
}

int cmd_figures(struct session *s, int argc, char **argv)
{
    struct question q = question_of(argc, argv);
    struct figure_view *views;
    struct figure_account account;
    struct arena arena;
    struct fault why;
    size_t count, incidents_count;
    arena_init(&arena);
    if (archive_figures(s->archive, NULL, 0, &arena, &views, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    const struct incident_facts *incidents =
        incidents_known(reader_of_store()->context, STR("en"), &arena, &incidents_count);
    if (figures_account(views, count, &q.filter, incidents, incidents_count, &arena, &account,
                        &why) != OK)
        die(EXIT_USAGE, "%s", why.text);
    if (s->json)
        print_figures(s->archive, &account);
    else if (account.groups_count)
        say_account(s, &account, &q, &arena);
    else
        say_nothing(s, &account);
    arena_release(&arena);
    return EXIT_DONE;
}
