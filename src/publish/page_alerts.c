#include "publish/alert_part_int.h"
#include "publish/as_of_part_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "publish/person_words_int.h"

/* Alerts of one name that a page shows; the command lists all. */
enum { EACH_SHOWN = 20, ONE_SHOWN = 200 };

struct board_page {
    struct page *page;
    struct as_of as_of;
    struct str alert; /* the one that was chosen, or empty */
    struct str day;   /* as asked for, for addresses; empty: the record's own */
    struct alert_board board;
};

static void write_facet(const struct board_page *b, struct str alert, struct str words,
                        size_t count)
{
    struct page *page = b->page;
    OUT(page->out, "<li><a href=\"{}\"", alerts_address(page, alert, b->day));
    out_raw(page->out, str_equal(alert, b->alert) ? " aria-current=\"true\">" : ">");
    OUT(page->out, "{} <span class=\"soft\">{}</span></a></li>", words,
        voice_number(&page->voice, page->arena, (int64_t)count));
}

static void write_facets(const struct board_page *b)
{
    struct page *page = b->page;
    size_t all = 0;
    for (size_t i = 0; i < b->board.tallies_count; i++)
        all += b->board.tallies[i].count;
    out_raw(page->out, "<ul class=\"choices\">");
    write_facet(b, STR_NONE, SAY(&page->voice, "All"), all);
    for (size_t i = 0; i < b->board.tallies_count; i++) {
        const struct alert_tally *t = &b->board.tallies[i];
        if (t->count || str_equal(t->alert, b->alert))
            write_facet(b, t->alert, voice_label(&page->voice, page->arena, t->alert), t->count);
    }
    out_raw(page->out, "</ul>\n");
}

static struct markup events_said(struct page *page, struct str sentence, struct str events)
{
    struct str names[16], event;
    size_t count = 0;
    while (events.len && count < COUNT_OF(names) && str_cut(&events, '|', &event))
        names[count++] = voice_label(&page->voice, page->arena, event);
    return SENTENCE(page, sentence,
                    MARKUP(page, "{}", voice_list(&page->voice, page->arena, names, count)));
}

static void write_part(struct page *page, struct markup words)
{
    out_raw(page->out, "<span>");
    markup_write(page, words);
    out_raw(page->out, "</span>");
}

static void write_ends(struct page *page, const struct alert_rule *rule)
{
    const struct voice *v = &page->voice;
    if (!rule->lifts.len && !rule->ends.len)
        return;
    out_raw(page->out, "<p class=\"meta parts\">");
    if (rule->lifts.len)
        write_part(page, events_said(page, SAY(v, "Would be lifted by: {}"), rule->lifts));
    if (rule->ends.len)
        write_part(page, events_said(page, SAY(v, "Shown no more after: {}"), rule->ends));
    out_raw(page->out, "</p>");
}

static void write_row(const struct board_page *b, const struct alert_row *row)
{
    struct page *page = b->page;
    const struct alert *a = &row->alert;
    enum view_state state = a->proposed && !a->since->undecided ? VIEW_PROPOSED : a->since->state;
    OUT(page->out,
        "<li class=\"{}\"><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a>"
        "<p class=\"meta parts\"><span><b>{}</b></span>",
        part_state_class(state, a->since->undecided),
        page_link(page, "/person/", &row->person->views[0]->id), row->person->name,
        voice_label(&page->voice, page->arena, a->rule->alert));
    write_part(page, alert_day_said(page, a));
    write_part(page, occurrence_said(page, a->since));
    write_part(page, alert_sources_said(page, row));
    out_raw(page->out, "</p>");
    write_ends(page, a->rule);
    out_raw(page->out, "<p class=\"tally\">");
    part_state(page, state, a->since->undecided);
    out_raw(page->out, "</p></li>\n");
}

static void write_more(const struct board_page *b, struct str alert, size_t more)
{
    struct page *page = b->page;
    struct markup count =
        MARKUP(page, "{}", voice_number(&page->voice, page->arena, (int64_t)more));
    out_raw(page->out, "<p class=\"turn\">");
    if (b->alert.len)
        markup_write(page, SENTENCE(page, SAY(&page->voice, "{1} more are listed by: {2}"), count,
                                    MARKUP(page,
                                           "<bdi dir=\"ltr\"><code>govah alerts --as-of "
                                           "{}</code></bdi>",
                                           b->as_of.written)));
    else
        markup_write(
            page,
            SENTENCE(page,
                     SAY_COUNT(&page->voice, "{1} more of {2}", "{1} more of {2}", (int64_t)more),
                     count,
                     MARKUP(page, "<a href=\"{}\">{}</a>", alerts_address(page, alert, b->day),
                            voice_label(&page->voice, page->arena, alert))));
    out_raw(page->out, "</p>\n");
}

static size_t tally_of(const struct alert_board *b, struct str alert)
{
    for (size_t i = 0; i < b->tallies_count; i++)
        if (str_equal(b->tallies[i].alert, alert))
            return b->tallies[i].count;
    return 0;
}

static void write_rows(const struct board_page *b)
{
    struct page *page = b->page;
    const struct alert_board *board = &b->board;
    size_t end;
    for (size_t i = 0; i < board->count; i = end) {
        struct str alert = board->rows[i].alert.rule->alert;
        out_raw(page->out, "<ol class=\"entries alerts\">\n");
        for (end = i; end < board->count && str_equal(board->rows[end].alert.rule->alert, alert);)
            write_row(b, &board->rows[end++]);
        out_raw(page->out, "</ol>\n");
        size_t all = tally_of(board, alert);
        if (all > end - i)
            write_more(b, alert, all - (end - i));
    }
    if (!board->count)
        OUT(page->out, "<div class=\"notice\"><p>{}</p></div>\n",
            SAY(&page->voice, "Nothing on record is urgent on that day."));
}

enum outcome page_alerts(struct page *page, struct fault *why)
{
    struct board_page b = {.page = page, .alert = page_field(page, "alert")};
    const struct voice *v = &page->voice;
    enum outcome result = as_of_read(page, &b.as_of, why);
    if (result != OK)
        return result;
    b.day = page_field(page, "as-of").len && !b.as_of.refused.len ? b.as_of.written : STR_NONE;
    const struct alert_choice choice = {b.as_of.day, b.alert, b.alert.len ? ONE_SHOWN : EACH_SHOWN};
    if (b.as_of.known)
        result = alerts_read(page, &choice, &b.board, why);
    if (result != OK)
        return result;
    page->title = SAY(v, "What is urgent");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    OUT(page->out, "<h1>{}</h1>\n<p class=\"standfirst\">{} <a href=\"/calendar\">{}</a></p>\n",
        page->title,
        SAY(v, "What the record says of people that asks for somebody to act, by fixed rules. "
               "Nothing is sent."),
        SAY(v, "What is expected, and when, stands in the agenda."));
    as_of_write(page, &b.as_of, "alert", b.alert);
    write_facets(&b);
    write_rows(&b);
    return OK;
}
