#include "publish/as_of_part_int.h"
#include "publish/agenda_feed.h"
#include "publish/agenda_words.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "publish/person_words_int.h"
#include "text/edtf.h"

/* Whose parts are shown, how much of them at once, and what a file holds. */
enum { DAYS_SHOWN = 90, ITEMS_SHOWN = 25, DAYS_IN_FILE = 366 };

struct agenda_page {
    struct page *page;
    struct as_of as_of;
    int64_t from, to;
    struct agenda_place begin;
    struct agenda calendar;
};

static struct str day_written(struct page *page, int64_t day)
{
    char text[16];
    edtf_write_day(day, text);
    return arena_copy(page->arena, str_of(text));
}

/* ---- what is asked ---- */

static void read_from(struct agenda_page *a)
{
    struct str from = str_trim(page_field(a->page, "from"));
    int64_t last;
    if (!from.len || edtf_range(from, &a->from, &last, NULL) != OK || a->from == INT64_MIN)
        a->from = a->as_of.day;
}

/* where the page before ended */
static void read_place(struct agenda_page *a)
{
    struct str at = str_trim(page_field(a->page, "at"));
    int64_t last, passed;
    a->begin = AGENDA_BEGIN;
    if (!at.len || edtf_range(at, &a->begin.day, &last, NULL) != OK)
        a->begin = AGENDA_BEGIN;
    else if (str_to_int(page_field(a->page, "passed"), &passed) && passed > 0)
        a->begin.passed = (size_t)passed;
}

static enum outcome read_items(struct agenda_page *a, int64_t days, size_t limit, struct fault *why)
{
    struct page *page = a->page;
    const struct case_rules *rules;
    struct agenda_rules agenda_rules;
    a->to = a->from + days - 1;
    const struct agenda_choice choice = {a->as_of.day, a->from, a->to, a->begin, limit};
    enum outcome result = case_rules_new(page->arena, &rules, why);
    if (result == OK)
        result = agenda_rules_new(rules, page->arena, &agenda_rules, why);
    return result == OK ? agenda_read(page->archive, &agenda_rules, rules, &choice, page->arena,
                                      &a->calendar, why)
                        : result;
}

/* ---- the agenda ---- */

static struct markup reckoned_said(struct page *page, const struct agenda_item *item)
{
    const struct voice *v = &page->voice;
    struct markup since = occurrence_said(page, item->since);
    return item->from && item->from != item->since
               ? SENTENCE(page, SAY(v, "by {1} and {2}"), since, occurrence_said(page, item->from))
               : SENTENCE(page, SAY(v, "by {}"), since);
}

static void write_item(struct page *page, const struct agenda_item *item)
{
    const struct voice *v = &page->voice;
    struct str basis = agenda_basis_said(v, item);
    enum view_state state = item->proposed ? VIEW_PROPOSED : VIEW_ACCEPTED;
    OUT(page->out,
        "<li class=\"{}\"><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a>"
        "<p class=\"meta parts\"><span><b>{}</b></span><span>",
        part_state_class(state, item->since->undecided),
        page_link(page, "/person/", &item->person->views[0]->id), item->person->name,
        agenda_item_said(v, page->arena, item));
    markup_write(page, reckoned_said(page, item));
    out_raw(page->out, "</span>");
    if (item->last != item->first) {
        out_raw(page->out, "<span>");
        markup_write(page, days_between_said(page, item->first, item->last));
        out_raw(page->out, "</span>");
    }
    if (basis.len)
        OUT(page->out, "<span>{}</span>", basis);
    out_raw(page->out, "</p><p class=\"tally\">");
    part_state(page, state, item->since->undecided);
    out_raw(page->out, "</p></li>\n");
}

static void write_days(const struct agenda_page *a)
{
    struct page *page = a->page;
    const struct agenda *c = &a->calendar;
    size_t end;
    for (size_t i = 0; i < c->count; i = end) {
        out_raw(page->out, "<section class=\"expected\"><h2>");
        part_date(page, day_written(page, c->items[i].first));
        out_raw(page->out, "</h2>\n<ol class=\"entries\">\n");
        for (end = i; end < c->count && c->items[end].first == c->items[i].first;)
            write_item(page, &c->items[end++]);
        out_raw(page->out, "</ol></section>\n");
    }
    if (!c->count && !c->more)
        OUT(page->out, "<div class=\"notice\"><p>{}</p></div>\n",
            SAY(&page->voice, "Nothing on record is expected in these days."));
}

static struct str turn_address(const struct agenda_page *a, int64_t from,
                               const struct agenda_place *at)
{
    struct page *page = a->page;
    struct str out = arena_print(page->arena, "/calendar?as-of=%.*s&from=%.*s",
                                 STR_ARG(a->as_of.written), STR_ARG(day_written(page, from)));
    if (at)
        out = arena_print(page->arena, "%.*s&at=%.*s", STR_ARG(out),
                          STR_ARG(day_written(page, at->day)));
    return at && at->passed ? arena_print(page->arena, "%.*s&passed=%zu", STR_ARG(out), at->passed)
                            : out;
}

static void write_turn(const struct agenda_page *a, struct str address, struct str words)
{
    OUT(a->page->out, "<a href=\"{}\">{}</a>", address, words);
}

/* how much of its last day a page leaves to the next one */
static void write_left(const struct agenda_page *a)
{
    struct page *page = a->page;
    const struct voice *v = &page->voice;
    const struct agenda *c = &a->calendar;
    if (!c->more || !c->next.passed)
        return;
    OUT(page->out, "<p class=\"left\"><a href=\"{}\">", turn_address(a, a->from, &c->next));
    markup_write(page, SENTENCE(page,
                                SAY_COUNT(v, "{2}: at most {1} more", "{2}: at most {1} more",
                                          (int64_t)c->left),
                                markup_text(page, voice_number(v, page->arena, (int64_t)c->left)),
                                day_said(page, c->next.day)));
    out_raw(page->out, "</a></p>\n");
}

static int64_t last_shown(const struct agenda_page *a)
{
    const struct agenda *c = &a->calendar;
    return !c->more ? a->to : c->next.passed ? c->next.day : c->next.day - 1;
}

static void write_turns(const struct agenda_page *a)
{
    struct page *page = a->page;
    const struct voice *v = &page->voice;
    const struct agenda *c = &a->calendar;
    bool begun = a->begin.day != INT64_MIN;
    OUT(page->out, "<nav class=\"turn\" aria-label=\"{}\">", SAY(v, "Parts of the calendar"));
    write_turn(a, turn_address(a, begun ? a->from : a->from - DAYS_SHOWN, NULL),
               SAY(v, "Earlier days"));
    out_raw(page->out, "<span class=\"soft\">");
    markup_write(page,
                 SENTENCE(page, SAY(v, "{1} to {2}"),
                          day_said(page, begun && a->begin.day > a->from ? a->begin.day : a->from),
                          day_said(page, last_shown(a))));
    out_raw(page->out, "</span>");
    write_turn(a, c->more ? turn_address(a, a->from, &c->next) : turn_address(a, a->to + 1, NULL),
               c->more && c->next.passed ? SAY(v, "Next") : SAY(v, "Later days"));
    out_raw(page->out, "</nav>\n");
}

static void write_download(const struct agenda_page *a)
{
    struct page *page = a->page;
    const struct voice *v = &page->voice;
    out_raw(page->out, "<form class=\"ask\" method=\"post\" action=\"/calendar/file\">");
    page_form_token(page);
    OUT(page->out,
        "<input type=\"hidden\" name=\"as-of\" value=\"{}\">"
        "<input type=\"hidden\" name=\"from\" value=\"{}\">"
        "<p><button type=\"submit\">{}</button></p><p class=\"soft\">{}</p></form>\n",
        a->as_of.written, day_written(page, a->from), SAY(v, "A year of it as a calendar file"),
        SAY(v, "The file holds names and what happened to them, and is not encrypted."));
}

enum outcome page_calendar(struct page *page, struct fault *why)
{
    struct agenda_page a = {.page = page};
    const struct voice *v = &page->voice;
    enum outcome result = as_of_read(page, &a.as_of, why);
    if (result != OK)
        return result;
    page->title = SAY(v, "Agenda");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    OUT(page->out, "<h1>{}</h1>\n<p class=\"standfirst\">{}</p>\n", page->title,
        SAY(v, "Hearings, deadlines, the ends of sentences in each way to reckon them, and the "
               "days that are kept: what follows from the record, and no more."));
    as_of_write(page, &a.as_of, "from", STR_NONE);
    if (!a.as_of.known) {
        OUT(page->out, "<div class=\"notice\"><p>{}</p></div>\n",
            SAY(v, "Nothing on record is expected in these days."));
        return OK;
    }
    read_from(&a);
    read_place(&a);
    result = read_items(&a, DAYS_SHOWN, ITEMS_SHOWN, why);
    if (result != OK)
        return result;
    write_turns(&a);
    write_days(&a);
    write_left(&a);
    write_download(&a);
    return OK;
}

enum outcome page_calendar_file(struct page *page, struct fault *why)
{
    struct agenda_page a = {.page = page, .begin = AGENDA_BEGIN};
    enum outcome result = as_of_read(page, &a.as_of, why);
    if (result == OK && !a.as_of.known)
        return refuse(why, NOT_FOUND, "%s", SAID("Nothing on record is expected in these days."));
    if (result != OK)
        return result;
    read_from(&a);
    result = read_items(&a, DAYS_IN_FILE, SIZE_MAX, why);
    if (result == OK)
        result = agenda_feed(&page->voice, &a.calendar, a.as_of.day, page->arena, page->out, why);
    page->title = SAY(&page->voice, "Agenda");
    page->file = "govah.ics";
    page->media = "text/calendar; charset=utf-8";
    return result;
}
