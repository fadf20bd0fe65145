#include "command/ledger.h"

#include "account/corroboration.h"
#include "account/chart.h"
#include "account/finding_words.h"
#include "command/probable.h"
#include "store/findings.h"
#include "text/fold.h"
#include "case/decided.h"

struct ledger {
    struct archive *archive;
    struct arena *arena;
    bool all, chart;
};

struct str ledger_quote(struct archive *archive, const struct figure_view *view,
                        struct arena *arena)
{
    struct str quote;
    struct fault why;
    if (archive_quotes(archive, &view->id, 1, arena, &quote, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    return quote;
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

/* "official", "UN"... ; empty where nobody knows. */
static struct str class_words(enum source_class class)
{
    if (class == SOURCE_UNKNOWN)
        return STR("");
    return class == SOURCE_UN ? STR("UN") : str_of(source_class_name(class));
}

static bool is_shown(const struct count *c, bool all)
{
    return all || (c->latest && !c->leads_to) || c->figures[0]->undecided;
}

/* ---- the list ---- */

/* How many figures say it after the first: its own, and those of counts that pass it on. */
static size_t repeats_of(const struct series *s, const struct count *c)
{
    size_t repeats = c->figures_count - 1;
    for (size_t i = 0; i < s->counts_count; i++)
        if (s->counts[i].leads_to == c->figures[0])
            repeats += s->counts[i].figures_count;
    return repeats;
}

static struct str note_join(struct arena *arena, struct str notes, struct str note)
{
    if (!notes.len || !note.len)
        return notes.len ? notes : note;
    return arena_print(arena, "%.*s, %.*s", STR_ARG(notes), STR_ARG(note));
}

static struct str standing_words(struct arena *arena, const struct series *s, const struct count *c)
{
    struct str notes = STR("");
    size_t repeats = repeats_of(s, c);
    if (c->disputed)
        notes = STR("disputed");
    if (count_weighing(c) != WEIGHED_NOT)
        notes = note_join(arena, notes, weighing_words(count_weighing(c)));
    if (c->said_by > 1)
        notes = note_join(arena, notes, arena_print(arena, "%zu independent sources", c->said_by));
    if (repeats)
        notes = note_join(arena, notes,
                          arena_print(arena, "+%zu repeat%s", repeats, repeats == 1 ? "" : "s"));
    return notes;
}

/* What the source counted before: "before: ≥ 336 (2022-11-22), > 300 (2022-11-12)". */
static struct str course_words(struct arena *arena, const struct series *s, const struct count *c)
{
    struct str out = STR("");
    for (size_t i = 0; s->comparable && i < s->counts_count; i++) {
        const struct count *other = &s->counts[i];
        if (other->source_rank != c->source_rank || other->latest || !other->counts)
            continue;
        struct str value = figure_value(arena, &other->figures[0]->figure);
        struct str date = other->stand.from == STAND_UNKNOWN ? STR("no date") : other->stand.date;
        out = arena_print(arena, "%.*s%s%.*s (%.*s)", STR_ARG(out),
                          out.len ? ", " : "before: ", STR_ARG(value), STR_ARG(date));
    }
    return out;
}

static struct list_row *add_figure(struct list *list, struct str event, const struct series *s,
                                   const struct count *c, size_t at, size_t digits)
{
    struct arena *arena = list->arena;
    const struct figure_view *view = c->figures[at];
    struct list_row *row = list_add(list);
    struct str sign = str_of(state_sign(view->state, figure_is_hatched(view)));
    struct str value = figure_value(arena, &view->figure);
    row->cells[0] = arena_print(arena, "%.*s %.*s", STR_ARG(sign), STR_ARG(value));
    row->cells[1] = series_words(arena, s);
    if (!str_equal(view->figure.event, event)) {
        struct str other = label_words(arena, view->figure.event);
        row->cells[1] = arena_print(arena, "%.*s, %.*s", STR_ARG(row->cells[1]), STR_ARG(other));
    }
    row->cells[2] = c->source;
    row->cells[3] = class_words(c->class);
    row->cells[4] = date_words(arena, &c->stand);
    row->cells[5] = document_words(arena, c, view);
    row->cells[6] = list_id(arena, &view->id, digits);
    return row;
}

/* Why a figure is not one to count, where it is not. */
static struct str place_words(struct arena *arena, const struct count *c, size_t at)
{
    if (at) {
        struct str first = list_id(arena, &c->figures[0]->id, LIST_ID_DIGITS);
        return arena_print(arena, "repeats %.*s", STR_ARG(first));
    }
    if (c->leads_to) {
        struct str first = list_id(arena, &c->leads_to->id, LIST_ID_DIGITS),
                   why = lead_words(c->why);
        return arena_print(arena, "passes on %.*s: %.*s", STR_ARG(first), STR_ARG(why));
    }
    return !c->latest && c->counts ? STR("earlier") : STR("");
}

static void add_count(const struct ledger *l, struct list *list, struct str event,
                      const struct series *s, const struct count *c)
{
    struct arena *arena = list->arena;
    if (!l->all) {
        struct list_row *row = add_figure(list, event, s, c, 0, LIST_ID_DIGITS);
        row->cells[7] = standing_words(arena, s, c);
        row->below = course_words(arena, s, c);
        return;
    }
    for (size_t i = 0; i < c->figures_count; i++) {
        struct list_row *row = add_figure(list, event, s, c, i, LIST_DOCUMENT_DIGITS);
        struct str quote = ledger_quote(l->archive, c->figures[i], arena);
        row->below = arena_print(arena, "\"%.*s\"", STR_ARG(quote));
        row->cells[7] = place_words(arena, c, i);
        if (!row->cells[7].len)
            row->cells[7] = standing_words(arena, s, c);
    }
}

static void list_group(const struct ledger *l, const struct group *group)
{
    struct list list = {.arena = l->arena, .indent = 2, .flexible = 1u << 1 | 1u << 2 | 1u << 5};
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++)
            if (is_shown(&group->series[i].counts[k], l->all))
                add_count(l, &list, group->event, &group->series[i], &group->series[i].counts[k]);
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

/* What the source counted before, for steps up to its latest count. */
static int64_t *steps_of(const struct series *s, const struct count *c, struct arena *arena,
                         size_t *count)
{
    int64_t *steps = arena_alloc(arena, (s->counts_count + 1) * sizeof *steps);
    *count = 0;
    for (size_t i = 0; s->comparable && i < s->counts_count; i++) {
        const struct count *other = &s->counts[i];
        if (other->source_rank == c->source_rank && !other->latest && other->counts)
            steps[(*count)++] = chart_largest(&other->figures[0]->figure);
    }
    return steps;
}

static void draw_count(const struct ledger *l, const struct chart *chart, const struct series *s,
                       const struct count *c)
{
    const struct figure_view *view = c->figures[0];
    size_t steps_count = 0;
    int64_t *steps = steps_of(s, c, l->arena, &steps_count);
    struct buf line;
    buf_init(&line, 1 << 16);
    struct str value = figure_value(l->arena, &view->figure);
    struct str signed_value = arena_print(
        l->arena, "%s %.*s", state_sign(view->state, figure_is_hatched(view)), STR_ARG(value));
    buf_add_text(&line, "  ");
    show_column(&line, signed_value, VALUE_WIDTH);
    list_column(&line, c->source, SOURCE_WIDTH);
    buf_add_byte(&line, ' ');
    chart_steps(&line, chart, &view->figure, steps, l->all ? 0 : steps_count);
    while (line.len && line.at[line.len - 1] == ' ')
        line.len--;
    printf("%.*s\n", STR_ARG(buf_str(&line)));
    buf_release(&line);
}

static void draw_group(const struct ledger *l, const struct group *group)
{
    size_t width = list_width(), labels = 2 + VALUE_WIDTH + SOURCE_WIDTH + 1;
    width = width ? width : CHART_DEFAULT;
    struct chart chart = chart_of(largest_of(group, l->all), width > labels ? width - labels : 0);
    struct buf axis;
    for (size_t i = 0; i < group->series_count; i++) {
        const struct series *series = &group->series[i];
        bool any = false;
        for (size_t k = 0; k < series->counts_count; k++) {
            if (!is_shown(&series->counts[k], l->all))
                continue;
            if (!any)
                list_paragraph(series_words(l->arena, series), 2, NULL, 0);
            any = true;
            draw_count(l, &chart, series, &series->counts[k]);
        }
    }
    buf_init(&axis, 1 << 16);
    buf_print(&axis, "%*s", (int)labels, "");
    chart_axis(&axis, &chart);
    buf_print(&axis, "\n%*s", (int)labels, "");
    chart_ticks(&axis, &chart, l->arena);
    printf("%.*s\n", STR_ARG(buf_str(&axis)));
    buf_release(&axis);
}

/* ---- what they say together ---- */

static void say_paragraph(struct arena *arena, const char *title, struct str text)
{
    list_paragraph(arena_print(arena, "%s %.*s", title, STR_ARG(text)), 2, NULL, 0);
}

/* "official 200, no upper end; UN 476" where more than one class counts. */
static struct str classes_words(struct arena *arena, const struct series *s)
{
    static const enum source_class classes[] = {SOURCE_OFFICIAL, SOURCE_UN, SOURCE_INDEPENDENT,
                                                SOURCE_OTHER};
    struct str out = STR("");
    size_t said = 0;
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        struct count_range range = series_range(s, classes[i]);
        if (!range.counts)
            continue;
        struct str words = range_words(arena, &range), class = class_words(classes[i]);
        out = arena_print(arena, "%.*s%s%.*s %.*s", STR_ARG(out), said++ ? "; " : "",
                          STR_ARG(class), STR_ARG(words));
    }
    return said > 1 ? out : STR("");
}

static void say_ranges(const struct group *group, struct arena *arena)
{
    for (size_t i = 0; i < group->series_count; i++) {
        const struct series *s = &group->series[i];
        if (s->range.counts < 2)
            continue;
        struct str words = range_words(arena, &s->range), what = series_words(arena, s);
        struct str classes = classes_words(arena, s);
        say_paragraph(arena, "range:",
                      arena_print(arena, "%.*s %.*s (latest of %zu source%s)", STR_ARG(what),
                                  STR_ARG(words), s->range.sources,
                                  s->range.sources == 1 ? "" : "s"));
        if (classes.len)
            say_paragraph(arena, "classes:",
                          arena_print(arena, "%.*s %.*s", STR_ARG(what), STR_ARG(classes)));
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

static void say_flags(const struct ledger *l, const struct group *group)
{
    for (size_t i = 0; i < group->flags_count; i++) {
        const struct flag *flag = &group->flags[i];
        if (flag->kind != FLAG_AHEAD || is_shown(flag->count, l->all))
            say_paragraph(l->arena, flag->kind == FLAG_AHEAD ? "date:" : "doubt:",
                          flag_words(l->arena, flag));
    }
    if (group->flags_total > group->flags_count)
        say_paragraph(
            l->arena, "doubt:",
            arena_print(l->arena, "%zu more, not listed", group->flags_total - group->flags_count));
}

/* What cannot be as it is written, beside the words of a count. */
static void say_findings(const struct ledger *l, const struct count *c)
{
    struct near_finding *near;
    struct fault why;
    size_t count = 0;
    if (archive_findings_near(l->archive, &c->figures[0]->id, 1, l->arena, &near, &count, &why) !=
        OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; i < count; i++) {
        struct str words = finding_words(l->arena, &near[i].finding);
        struct str said = count_words(l->arena, c);
        say_paragraph(l->arena, "doubt:",
                      arena_print(l->arena, "beside %.*s stands \u201c%.*s\u201d: %.*s",
                                  STR_ARG(said), STR_ARG(near[i].quote), STR_ARG(words)));
    }
}

static void say_group_findings(const struct ledger *l, const struct group *group)
{
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++)
            if (group->series[i].counts[k].counts)
                say_findings(l, &group->series[i].counts[k]);
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

void ledger_print(struct session *s, const struct figure_account *account, bool all, bool chart,
                  struct arena *arena)
{
    struct ledger l = {s->archive, arena, all, chart};
    struct likely likely;
    sources_likely(s, account, all, arena, &likely);
    for (size_t i = 0; i < account->groups_count; i++) {
        const struct group *group = &account->groups[i];
        say_heading(group, arena);
        if (chart)
            draw_group(&l, group);
        else
            list_group(&l, group);
        say_ranges(group, arena);
        say_conflicts(group, arena);
        say_flags(&l, group);
        say_group_findings(&l, group);
        say_sources(group, all, &likely, arena);
        putchar('\n');
    }
    puts("○ proposed  ● accepted  ◐ disputed   (date): of publication, the text has none");
}
