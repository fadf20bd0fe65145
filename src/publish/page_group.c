#include "account/groups.h"
#include "account/incidents.h"
#include "publish/figure_chart_int.h"
#include "publish/figure_words_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"

/* Unless all are asked for, so that the page of a long record comes at once. */
enum { COUNTS_SHOWN = 60, ALONE_SHOWN = 120, CONFLICTS_SHOWN = 40 };

struct sheet {
    struct page *page;
    const struct group *group;
    struct source_list sources;
    bool charts, all;
};

static size_t shown_of(const struct sheet *sheet, size_t count, size_t limit)
{
    return sheet->all || count < limit ? count : limit;
}

static void write_left_out(struct sheet *sheet, size_t count)
{
    struct page *page = sheet->page;
    const struct voice *v = &page->voice;
    if (!count)
        return;
    out_raw(page->out, "<p class=\"soft\">");
    OUT_SENTENCE(page->out,
                 SAY_COUNT(v, "{} more count is not shown.", "{} more counts are not shown.",
                           (int64_t)count),
                 voice_number(v, page->arena, (int64_t)count));
    OUT(page->out, " <a href=\"{}?all=1\">{}</a></p>\n", page->here, SAY(v, "Show all counts"));
}

/* ---- one count ---- */

static void write_document(struct page *page, const struct figure_document *d)
{
    OUT(page->out, "<a href=\"{}\"><bdi>{}</bdi></a>", page_link(page, "/documents/", &d->id),
        part_document_name(page, d->title, d->name));
}

static void write_repeats(struct page *page, const struct count *c)
{
    const struct voice *v = &page->voice;
    int64_t repeats = (int64_t)c->figures_count - 1;
    if (repeats < 1)
        return;
    out_raw(page->out, "<details class=\"repeats\"><summary>");
    OUT_SENTENCE(page->out, SAY_COUNT(v, "repeated by {} other", "repeated by {} others", repeats),
                 voice_number(v, page->arena, repeats));
    out_raw(page->out, "</summary><ul>");
    for (size_t i = 1; i < c->figures_count; i++) {
        const struct figure_document *d = c->figures[i]->document;
        OUT(page->out, "<li><a href=\"{}\"><bdi>{}</bdi></a> ",
            part_place(page, &d->id, &c->figures[i]->id),
            part_document_name(page, d->title, d->name));
        part_date(page, d->published);
        out_raw(page->out, "</li>");
    }
    out_raw(page->out, "</ul></details>");
}

static void write_note(struct page *page, struct markup note)
{
    out_raw(page->out, "<p class=\"note\">");
    markup_write(page, note);
    out_raw(page->out, "</p>");
}

static void write_notes(struct page *page, const struct group *group, const struct count *c)
{
    const struct voice *v = &page->voice;
    const struct figure_view *view = c->figures[0];
    if (!str_equal(view->figure.event, group->event))
        write_note(page, MARKUP(page, "{}", voice_happened(v, page->arena, view->figure.event)));
    if (view->whole)
        write_note(page, SENTENCE(page, SAY(v, "part of {1}"),
                                  MARKUP(page, "<a href=\"{}\">{}</a>",
                                         part_place(page, &view->document->id, &view->whole->id),
                                         voice_counted(v, page->arena, view->whole->what))));
    if (c->ahead)
        write_note(page, SENTENCE(page, SAY(v, "stands later than its document of {1}"),
                                  markup_date(page, view->document->published)));
}

static void write_source(struct page *page, const struct count *c)
{
    OUT(page->out, "<td class=\"source\"><bdi>{}</bdi>", c->source);
    if (c->own_voice)
        OUT(page->out, " <small>{}</small>", SAY(&page->voice, "in its own voice"));
    write_repeats(page, c);
    out_raw(page->out, "</td>");
}

static void write_count(struct sheet *sheet, const struct series *series, const struct count *c,
                        bool alone)
{
    struct page *page = sheet->page;
    const struct figure_view *view = c->figures[0];
    out_raw(page->out, "<tr");
    if (!alone)
        chart_mark(page, c, source_number(&sheet->sources, page->arena, c->source_key));
    out_raw(page->out, "><th scope=\"row\">");
    markup_write(page, value_said(page, view));
    write_notes(page, sheet->group, c);
    out_raw(page->out, "</th>");
    if (alone) {
        out_raw(page->out, "<td>");
        markup_write(page, series_said(page, series));
        out_raw(page->out, "</td>");
    }
    write_source(page, c);
    out_raw(page->out, "<td class=\"stand\">");
    markup_write(page, stand_said(page, &c->stand));
    out_raw(page->out, "</td><td class=\"document\">");
    write_document(page, view->document);
    out_raw(page->out, "</td><td>");
    part_state(page, view->state, view->undecided);
    if (!c->latest && c->counts)
        OUT(page->out, " <small class=\"earlier\">{}</small>",
            SAY(&page->voice, "an earlier count"));
    out_raw(page->out, "</td></tr>\n");
}

/* ---- tables ---- */

static void write_head(struct page *page, bool alone)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<thead><tr><th scope=\"col\">{}</th>", SAY(v, "Count"));
    if (alone)
        OUT(page->out, "<th scope=\"col\">{}</th>", SAY(v, "Who is counted"));
    OUT(page->out,
        "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
        "<th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
        SAY(v, "Source"), SAY(v, "As of"), SAY(v, "Document"), SAY(v, "State"));
}

static void write_range(struct page *page, const struct series *s)
{
    const struct voice *v = &page->voice;
    if (s->range.counts < 2)
        return;
    out_raw(page->out, "<p class=\"range\">");
    struct markup sources =
        MARKUP(page, "{}", voice_number(v, page->arena, (int64_t)s->range.sources));
    struct markup range = {arena_print(page->arena, "<span class=\"value\">%.*s</span>",
                                       STR_ARG(range_said(page, &s->range).html))};
    markup_write(page, SENTENCE(page,
                                SAY_COUNT(v, "{1}, by the latest counts of {2} source",
                                          "{1}, by the latest counts of {2} sources",
                                          (int64_t)s->range.sources),
                                range, sources));
    out_raw(page->out, "</p>\n");
}

/* Series with one count share a table at the end. */
static bool stands_alone(const struct series *s)
{
    return s->counts_count == 1;
}

static void write_series(struct sheet *sheet, const struct series *s, size_t number)
{
    struct page *page = sheet->page;
    struct str id = arena_print(page->arena, "series-%zu", number + 1);
    OUT(page->out, "<section class=\"series\" aria-labelledby=\"{}\"><h2 id=\"{1}\">", id);
    markup_write(page, series_said(page, s));
    out_raw(page->out, "</h2>\n");
    write_range(page, s);
    OUT(page->out, "<table class=\"stacks counts\" aria-labelledby=\"{}\"", id);
    if (chart_is_worth(s)) {
        chart_scales(page, s);
        sheet->charts = true;
    }
    out_raw(page->out, ">\n");
    write_head(page, false);
    size_t shown = shown_of(sheet, s->counts_count, COUNTS_SHOWN);
    for (size_t i = 0; i < shown; i++)
        write_count(sheet, s, &s->counts[i], false);
    out_raw(page->out, "</tbody></table>\n");
    write_left_out(sheet, s->counts_count - shown);
    out_raw(page->out, "</section>\n");
}

static size_t count_alone(const struct group *group)
{
    size_t alone = 0;
    for (size_t i = 0; i < group->series_count; i++)
        alone += stands_alone(&group->series[i]);
    return alone;
}

static void write_rest(struct sheet *sheet)
{
    struct page *page = sheet->page;
    const struct group *group = sheet->group;
    size_t alone = count_alone(group), shown = shown_of(sheet, alone, ALONE_SHOWN), written = 0;
    if (!alone)
        return;
    OUT(page->out,
        "<section class=\"series\" aria-labelledby=\"rest\"><h2 id=\"rest\">{}</h2>\n"
        "<table class=\"stacks counts\" aria-labelledby=\"rest\">\n",
        alone == group->series_count ? SAY(&page->voice, "Counts")
                                     : SAY(&page->voice, "Counted once"));
    write_head(page, true);
    for (size_t i = 0; i < group->series_count && written < shown; i++)
        if (stands_alone(&group->series[i])) {
            write_count(sheet, &group->series[i], &group->series[i].counts[0], true);
            written++;
        }
    out_raw(page->out, "</tbody></table>\n");
    write_left_out(sheet, alone - shown);
    out_raw(page->out, "</section>\n");
}

static void write_conflicts(struct sheet *sheet)
{
    struct page *page = sheet->page;
    const struct voice *v = &page->voice;
    const struct group *group = sheet->group;
    size_t shown = shown_of(sheet, group->conflicts_count, CONFLICTS_SHOWN);
    if (!shown)
        return;
    OUT(page->out,
        "<section aria-labelledby=\"conflicts\"><h2 id=\"conflicts\">{}</h2>\n"
        "<ul class=\"conflicts\">\n",
        SAY(v, "What contradicts"));
    for (size_t i = 0; i < shown; i++) {
        out_raw(page->out, "<li>");
        markup_write(page, conflict_said(page, &group->conflicts[i]));
        out_raw(page->out, "</li>\n");
    }
    out_raw(page->out, "</ul>\n");
    if (shown < group->conflicts_count) {
        int64_t more = (int64_t)(group->conflicts_count - shown);
        out_raw(page->out, "<p class=\"soft\">");
        OUT_SENTENCE(page->out,
                     SAY_COUNT(v, "{} more contradiction.", "{} more contradictions.", more),
                     voice_number(v, page->arena, more));
        OUT(page->out, " <a href=\"{}?all=1#conflicts\">{}</a></p>\n", page->here,
            SAY(v, "Show all counts"));
    }
    out_raw(page->out, "</section>\n");
}

static void write_heading(struct page *page, const struct group *group)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<p class=\"back\"><a href=\"/figures\">{}</a></p>\n<h1>",
        SAY(v, "All figures"));
    markup_write(page, SENTENCE(page, SAY(v, "{1}: {2}"),
                                MARKUP(page, "{}", voice_counted(v, page->arena, group->event)),
                                markup_text(page, incident_said(page, group->incident_name))));
    out_raw(page->out, "</h1>\n");
    if (!group->incident.len)
        OUT(page->out, "<p class=\"standfirst\">{}</p>\n",
            SAY(v, "No incident is known for these: they are compared only where the period or "
                   "the place is the same."));
}

/* the key of a group behind an address: its digits, and nothing but zeros after them */
static bool key_of(struct str id, struct str *key)
{
    *key = str_slice(id, 0, GROUP_KEY_DIGITS);
    for (size_t i = GROUP_KEY_DIGITS; i < id.len; i++)
        if (id.at[i] != '0')
            return false;
    return id.len >= GROUP_KEY_DIGITS;
}

enum outcome page_group(struct page *page, struct fault *why)
{
    struct group group;
    struct str key;
    size_t incidents_count;
    const struct voice *v = &page->voice;
    const struct incident_facts *incidents = incidents_known(
        page->site->reader, language_code(v->language), page->arena, &incidents_count);
    if (!key_of(page->id, &key))
        return refuse(why, NOT_FOUND, "%s", SAID("no figures are at this address"));
    enum outcome result =
        group_read(page->archive, key, false, incidents, incidents_count, page->arena, &group, why);
    if (result == NOT_FOUND)
        return refuse(why, NOT_FOUND, "%s", SAID("no figures are at this address"));
    if (result != OK)
        return result;
    struct sheet sheet = {.page = page, .group = &group, .all = page_field(page, "all").len > 0};
    page->title = SAY(v, "Figures");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/uPlot.min.css\">\n"
                       "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    write_heading(page, &group);
    for (size_t i = 0; i < group.series_count; i++)
        if (!stands_alone(&group.series[i]))
            write_series(&sheet, &group.series[i], i);
    write_rest(&sheet);
    write_conflicts(&sheet);
    if (sheet.charts)
        out_raw(page->out, "<script src=\"/assets/uPlot.iife.min.js\"></script>\n"
                           "<script src=\"/assets/chart.js\"></script>\n");
    return OK;
}
