#include "base/hex.h"
#include "publish/figure_chart_int.h"
#include "publish/figure_standing_int.h"
#include "publish/figure_words_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"

/* Of the list, on a page of it: counts, contradictions, documents that repeat a count; and what of
 * the latter stands beside the counts. */
enum {
    COUNTS_PER_PAGE = 50,
    CONFLICTS_PER_PAGE = 40,
    REPEATS_PER_PAGE = 100,
    CONFLICTS_BESIDE = 12,
    REPEATS_BESIDE = 8,
    FROM_LIMIT = 100000000,
};

struct sheet {
    struct page *page;
    const struct group *group;
    struct source_list sources;
    size_t from;  /* the first of the list on this page */
    size_t until; /* behind the last */
    size_t at;    /* counts that lie behind, written or not */
    bool charts;
};

/* ---- turning the page ---- */

/* `view` is empty or a field of the address, and "&". */
static struct str turn_address(struct page *page, struct str view, size_t from)
{
    return arena_print(page->arena, "%.*s?%.*sfrom=%zu", STR_ARG(page->here), STR_ARG(view), from);
}

static void write_turns(const struct sheet *sheet, struct str view, size_t per_page, size_t total)
{
    struct page *page = sheet->page;
    size_t before = turns_before(sheet->from, per_page, total);
    part_turns(page, &(struct turns){.from = sheet->from,
                                     .count = sheet->until - sheet->from,
                                     .total = total,
                                     .before = turn_address(page, view, before),
                                     .next = turn_address(page, view, sheet->until)});
}

/* Sets what of the list is on the page; false when the address asks for what lies behind its end.
 */
static bool read_from(struct sheet *sheet, size_t per_page, size_t total)
{
    int64_t from = 0;
    if (str_to_int(page_field(sheet->page, "from"), &from) && from > 0 && from < FROM_LIMIT)
        sheet->from = (size_t)from / per_page * per_page;
    sheet->until = sheet->from + per_page < total ? sheet->from + per_page : total;
    return sheet->from < total || !sheet->from;
}

static void write_part(struct page *page, size_t from, size_t until, size_t total)
{
    const struct voice *v = &page->voice;
    if (until - from == total)
        return;
    out_raw(page->out, "<p class=\"soft\">");
    OUT_SENTENCE(
        page->out, SAY(v, "{1} to {2} of {3}"), voice_number(v, page->arena, (int64_t)from + 1),
        voice_number(v, page->arena, (int64_t)until), voice_number(v, page->arena, (int64_t)total));
    out_raw(page->out, "</p>\n");
}

/* ---- one count ---- */

static void write_document(struct page *page, const struct figure_document *d)
{
    OUT(page->out, "<a href=\"{}\"><bdi>{}</bdi></a>", page_link(page, "/documents/", &d->id),
        part_document_name(page, d->title, d->name));
}

static void write_repeat(struct page *page, const struct figure_view *view)
{
    const struct figure_document *d = view->document;
    OUT(page->out, "<li><a href=\"{}\"><bdi>{}</bdi></a> ", part_place(page, &d->id, &view->id),
        part_document_name(page, d->title, d->name));
    part_date(page, d->published);
    out_raw(page->out, "</li>");
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
    for (size_t i = 1; i < c->figures_count && i <= REPEATS_BESIDE; i++)
        write_repeat(page, c->figures[i]);
    int64_t more = repeats - REPEATS_BESIDE;
    if (more > 0) {
        OUT(page->out, "<li><a href=\"{}?repeats={}\">", page->here,
            page_link(page, "", &c->figures[0]->id));
        OUT_SENTENCE(page->out, SAY_COUNT(v, "and {} more", "and {} more", more),
                     voice_number(v, page->arena, more));
        out_raw(page->out, "</a></li>");
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
    standing_write(page, c);
}

static void write_source(struct page *page, const struct count *c)
{
    OUT(page->out, "<td class=\"source\"><bdi>{}</bdi>", c->source);
    if (c->own_voice)
        OUT(page->out, " <small>{}</small>", SAY(&page->voice, "in its own voice"));
    if (c->class)
        OUT(page->out, " <small class=\"class\">{}</small>", class_said(&page->voice, c->class));
    write_repeats(page, c);
    out_raw(page->out, "</td>");
}

static void write_count(struct sheet *sheet, const struct series *series, const struct count *c,
                        bool alone)
{
    struct page *page = sheet->page;
    const struct figure_view *view = c->figures[0];
    OUT(page->out, "<tr id=\"count-{}\"", arena_print(page->arena, "%zu", sheet->at));
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
    part_state(page, view->state, figure_is_hatched(view));
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

static void write_chart(struct sheet *sheet, const struct series *s, const struct chart_rows *rows)
{
    struct page *page = sheet->page;
    if (!chart_is_worth(s))
        return;
    chart_scales(page, s);
    chart_more(page, s, rows, &sheet->sources);
    sheet->charts = true;
}

/* The counts of the series that this page shows, if any. */
static void write_series(struct sheet *sheet, const struct series *s, size_t number)
{
    struct page *page = sheet->page;
    size_t end = sheet->at + s->counts_count, begin = sheet->at;
    size_t from = sheet->from > begin ? sheet->from - begin : 0;
    size_t until = (sheet->until < end ? sheet->until : end) - begin;
    if (end <= sheet->from || begin >= sheet->until) {
        sheet->at = end;
        return;
    }
    struct chart_rows rows = {from, until - from, begin + from};
    struct str id = arena_print(page->arena, "series-%zu", number + 1);
    OUT(page->out, "<section class=\"series\" aria-labelledby=\"{}\"><h2 id=\"{1}\">", id);
    markup_write(page, series_said(page, s));
    out_raw(page->out, "</h2>\n");
    write_range(page, s);
    classes_write(page, s);
    write_part(page, from, until, s->counts_count);
    OUT(page->out, "<table class=\"stacks counts\" aria-labelledby=\"{}\"", id);
    write_chart(sheet, s, &rows);
    out_raw(page->out, ">\n");
    write_head(page, false);
    sheet->at += from;
    for (size_t i = from; i < until; i++, sheet->at++)
        write_count(sheet, s, &s->counts[i], false);
    sheet->at = end;
    out_raw(page->out, "</tbody></table>\n</section>\n");
}

static size_t count_alone(const struct group *group)
{
    size_t alone = 0;
    for (size_t i = 0; i < group->series_count; i++)
        alone += stands_alone(&group->series[i]);
    return alone;
}

static size_t count_all(const struct group *group)
{
    size_t all = 0;
    for (size_t i = 0; i < group->series_count; i++)
        all += group->series[i].counts_count;
    return all;
}

/* The series of one count, of which the first is the group's count sheet->at. */
static void write_rest(struct sheet *sheet)
{
    struct page *page = sheet->page;
    const struct group *group = sheet->group;
    size_t alone = count_alone(group), begin = sheet->at;
    if (!alone || sheet->until <= begin)
        return;
    OUT(page->out, "<section class=\"series\" aria-labelledby=\"rest\"><h2 id=\"rest\">{}</h2>\n",
        alone == group->series_count ? SAY(&page->voice, "Counts")
                                     : SAY(&page->voice, "Counted once"));
    write_part(page, sheet->from > begin ? sheet->from - begin : 0, sheet->until - begin, alone);
    out_raw(page->out, "<table class=\"stacks counts\" aria-labelledby=\"rest\">\n");
    write_head(page, true);
    for (size_t i = 0; i < group->series_count && sheet->at < sheet->until; i++) {
        if (!stands_alone(&group->series[i]))
            continue;
        if (sheet->at >= sheet->from)
            write_count(sheet, &group->series[i], &group->series[i].counts[0], true);
        sheet->at++;
    }
    out_raw(page->out, "</tbody></table>\n</section>\n");
}

/* ---- what contradicts ---- */

static void write_conflict_list(struct page *page, const struct group *group, size_t from,
                                size_t until)
{
    out_raw(page->out, "<ul class=\"conflicts\">\n");
    for (size_t i = from; i < until; i++) {
        out_raw(page->out, "<li>");
        markup_write(page, conflict_said(page, &group->conflicts[i]));
        out_raw(page->out, "</li>\n");
    }
    out_raw(page->out, "</ul>\n");
}

static void write_more_conflicts(struct page *page, size_t more)
{
    OUT_SENTENCE(
        page->out,
        SAY_COUNT(&page->voice, "{} more contradiction.", "{} more contradictions.", (int64_t)more),
        voice_number(&page->voice, page->arena, (int64_t)more));
}

static void write_conflicts(struct page *page, const struct group *group)
{
    const struct voice *v = &page->voice;
    size_t count = group->conflicts_count;
    size_t shown = count < CONFLICTS_BESIDE ? count : CONFLICTS_BESIDE;
    if (!shown)
        return;
    OUT(page->out, "<section aria-labelledby=\"conflicts\"><h2 id=\"conflicts\">{}</h2>\n",
        SAY(v, "What contradicts"));
    write_conflict_list(page, group, 0, shown);
    if (shown < group->conflicts_total) {
        out_raw(page->out, "<p class=\"soft\">");
        write_more_conflicts(page, group->conflicts_total - shown);
        OUT(page->out, " <a href=\"{}?conflicts=1\">{}</a></p>\n", page->here,
            SAY(v, "All contradictions"));
    }
    out_raw(page->out, "</section>\n");
}

/* ---- the views ---- */

static void write_title(struct page *page, const struct group *group)
{
    const struct voice *v = &page->voice;
    page->title = SAY(v, "Figures");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    out_raw(page->out, "<p class=\"back\"><a href=\"/figures\">");
    OUT(page->out, "{}</a></p>\n<h1>", SAY(v, "All figures"));
    markup_write(page, SENTENCE(page, SAY(v, "{1}: {2}"),
                                MARKUP(page, "{}", voice_counted(v, page->arena, group->event)),
                                markup_text(page, incident_said(page, group->incident,
                                                                group->incident_name))));
    out_raw(page->out, "</h1>\n");
}

/* The heading of a view beside the counts, and the way back to them. */
static void write_beside(struct page *page, const struct group *group, struct str words)
{
    write_title(page, group);
    OUT(page->out, "<p><a href=\"{}\">{}</a></p>\n<h2 id=\"beside\">{}</h2>\n", page->here,
        SAY(&page->voice, "The counts"), words);
}

static bool show_counts(struct sheet *sheet)
{
    struct page *page = sheet->page;
    const struct group *group = sheet->group;
    const struct voice *v = &page->voice;
    size_t all = count_all(group);
    if (!read_from(sheet, COUNTS_PER_PAGE, all))
        return false;
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/uPlot.min.css\">\n");
    write_title(page, group);
    if (!group->incident.len)
        OUT(page->out, "<p class=\"standfirst\">{}</p>\n",
            SAY(v, "No incident is known for these: they are compared only where the period or "
                   "the place is the same."));
    for (size_t i = 0; i < group->series_count; i++)
        if (!stands_alone(&group->series[i]))
            write_series(sheet, &group->series[i], i);
    write_rest(sheet);
    write_turns(sheet, STR(""), COUNTS_PER_PAGE, all);
    if (!sheet->from)
        write_conflicts(page, group);
    flags_write(page, group);
    if (sheet->charts)
        out_raw(page->out, "<script src=\"/assets/uPlot.iife.min.js\"></script>\n"
                           "<script src=\"/assets/chart.js\"></script>\n");
    return true;
}

static bool show_conflicts(struct sheet *sheet)
{
    struct page *page = sheet->page;
    const struct group *group = sheet->group;
    size_t count = group->conflicts_count;
    if (!read_from(sheet, CONFLICTS_PER_PAGE, count))
        return false;
    write_beside(page, group, SAY(&page->voice, "What contradicts"));
    write_conflict_list(page, group, sheet->from, sheet->until);
    write_turns(sheet, STR("conflicts=1&"), CONFLICTS_PER_PAGE, count);
    if (count < group->conflicts_total && sheet->until == count) {
        out_raw(page->out, "<p class=\"soft\">");
        write_more_conflicts(page, group->conflicts_total - count);
        out_raw(page->out, "</p>\n");
    }
    return true;
}

/* The count that shows the figure an address leads to: of its id the first half. */
static const struct count *count_of(const struct group *group, struct str digits)
{
    unsigned char id[HASH_SIZE];
    if (digits.len > HASH_DIGITS || !hex_read(digits, id, digits.len / 2))
        return NULL;
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++) {
            const struct count *c = &group->series[i].counts[k];
            if (memcmp(c->figures[0]->id.bytes, id, digits.len / 2) == 0)
                return c;
        }
    return NULL;
}

/* Every document that gives one count of one source. */
static bool show_repeats(struct sheet *sheet, struct str address)
{
    struct page *page = sheet->page;
    char *digits = arena_alloc(page->arena, ADDRESS_DIGITS + 1);
    if (!address_show(&page->site->addresses, address, digits))
        return false;
    const struct count *c = count_of(sheet->group, str_of(digits));
    if (!c || !read_from(sheet, REPEATS_PER_PAGE, c->figures_count))
        return false;
    write_beside(page, sheet->group, SAY(&page->voice, "Who repeats this count"));
    out_raw(page->out, "<p>");
    markup_write(page, count_said(page, c));
    out_raw(page->out, "</p>\n<ul>\n");
    for (size_t i = sheet->from; i < sheet->until; i++)
        write_repeat(page, c->figures[i]);
    out_raw(page->out, "</ul>\n");
    struct str view = arena_print(page->arena, "repeats=%.*s&", STR_ARG(address));
    write_turns(sheet, view, REPEATS_PER_PAGE, c->figures_count);
    return true;
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

static bool show_group(struct page *page, const struct group *group)
{
    struct sheet sheet = {.page = page, .group = group};
    struct str repeats = page_field(page, "repeats");
    if (repeats.len)
        return show_repeats(&sheet, repeats);
    return page_field(page, "conflicts").len ? show_conflicts(&sheet) : show_counts(&sheet);
}

enum outcome page_group(struct page *page, struct fault *why)
{
    struct figures_held held;
    const struct groups *groups;
    struct str key;
    enum outcome result = figures_hold(page, &held, &groups, why);
    if (result != OK)
        return result;
    const struct group *group = key_of(page->id, &key) ? groups_find(groups, key) : NULL;
    bool shown = group && show_group(page, group);
    figures_release(page, &held);
    return shown ? OK : refuse(why, NOT_FOUND, "%s", SAID("no figures are at this address"));
}
