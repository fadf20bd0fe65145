#include "account/chart.h"
#include "account/incidents.h"
#include "account/overview.h"
#include "publish/alert_part_int.h"
#include "publish/as_of_part_int.h"
#include "publish/figure_chart_int.h"
#include "publish/figure_words_int.h"
#include "publish/finding_part_int.h"
#include "publish/match_part_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "case/decided.h"

/* ---- what waits ---- */

static void write_lead(struct page *page, const struct overview *o)
{
    const struct voice *v = &page->voice;
    int64_t waiting = (int64_t)o->came_in.total_waiting;
    int64_t documents = (int64_t)o->came_in.documents_wait;
    OUT(page->out, "<div class=\"lead\"><h1>{}</h1>\n", page->title);
    if (!o->waits) {
        OUT(page->out, "<p class=\"standfirst\">{}</p></div>\n",
            SAY(v, "Nothing waits for a decision."));
        return;
    }
    OUT(page->out, "<p><a class=\"button primary\" id=\"review\" href=\"/next\">{}</a></p>",
        o->state.accepted + o->state.rejected ? SAY(v, "Go on reviewing")
                                              : SAY(v, "Begin to review"));
    out_raw(page->out, "<p class=\"soft\">");
    markup_write(page,
                 SENTENCE(page,
                          SAY_COUNT(v, "{1} statement waits, in {2}", "{1} statements wait, in {2}",
                                    waiting),
                          MARKUP(page, "{}", voice_number(v, page->arena, waiting)),
                          SENTENCE(page, SAY_COUNT(v, "{} document", "{} documents", documents),
                                   MARKUP(page, "{}", voice_number(v, page->arena, documents)))));
    out_raw(page->out, "</p></div>\n");
}

/* ---- who counts what ---- */

static struct markup count_value(struct page *page, const struct overview_count *c)
{
    return MARKUP(page, "<a class=\"value\" href=\"{}\"><bdi>{}</bdi></a>",
                  part_place(page, &c->document, &c->statement),
                  voice_value(&page->voice, page->arena, &c->figure));
}

static void write_count(struct page *page, const struct overview_count *c, int64_t largest)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<tr class=\"{}\"><th scope=\"row\" class=\"number\">",
        part_state_class(c->state, c->undecided));
    markup_write(page, count_value(page, c));
    out_raw(page->out, "</th><td class=\"drawn\">");
    part_bar(page, &c->figure, largest, c->state, c->undecided);
    OUT(page->out, "</td><td><bdi>{}</bdi>", c->source);
    if (c->repeats) {
        out_raw(page->out, " <small>");
        OUT_SENTENCE(
            page->out,
            SAY_COUNT(v, "repeated by {} other", "repeated by {} others", (int64_t)c->repeats),
            voice_number(v, page->arena, (int64_t)c->repeats));
        out_raw(page->out, "</small>");
    }
    out_raw(page->out, "</td><td class=\"stand\">");
    markup_write(page, stand_said(page, &c->stand));
    out_raw(page->out, "</td><td class=\"standing\">");
    part_state(page, c->state, c->undecided);
    out_raw(page->out, "</td></tr>\n");
}

static int64_t largest_of(const struct overview_group *g)
{
    int64_t largest = 1;
    for (size_t i = 0; i < g->counts_count; i++) {
        int64_t one = chart_largest(&g->counts[i].figure);
        largest = one > largest ? one : largest;
    }
    return largest;
}

static struct markup group_title(struct page *page, struct str event, struct str id,
                                 struct str incident)
{
    const struct voice *v = &page->voice;
    return SENTENCE(page, SAY(v, "{1}: {2}"),
                    MARKUP(page, "{}", voice_counted(v, page->arena, event)),
                    markup_text(page, incident_said(page, id, incident)));
}

static void write_range(struct page *page, const struct overview_group *g)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<p class=\"range parts\"><span>{}</span>",
        voice_counted(v, page->arena, g->what));
    if (g->place.len)
        OUT(page->out, "<span><bdi>{}</bdi></span>", g->place);
    if (g->range.counts > 1) {
        out_raw(page->out, "<span>");
        markup_write(page, range_said(page, &g->range));
        out_raw(page->out, "</span>");
    }
    if (g->conflicts) {
        out_raw(page->out, "<span>");
        OUT_SENTENCE(page->out,
                     SAY_COUNT(v, "{} contradiction", "{} contradictions", (int64_t)g->conflicts),
                     voice_number(v, page->arena, (int64_t)g->conflicts));
        out_raw(page->out, "</span>");
    }
    out_raw(page->out, "</p>\n");
}

static void write_group(struct page *page, const struct overview_group *g, size_t number)
{
    const struct voice *v = &page->voice;
    struct hash key = group_hash(g->key);
    struct str id = arena_print(page->arena, "group-%zu", number);
    OUT(page->out, "<div class=\"group\"><h3 id=\"{}\"><a href=\"{}\">", id,
        page_link(page, "/figures/", &key));
    markup_write(page, group_title(page, g->event, g->incident, g->incident_name));
    out_raw(page->out, "</a></h3>\n");
    write_range(page, g);
    OUT(page->out,
        "<table class=\"stacks latest\" aria-labelledby=\"{}\"><colgroup>"
        "<col class=\"value-column\"><col class=\"drawn-column\"><col>"
        "<col class=\"stand-column\"><col class=\"standing-column\"></colgroup><thead class=\"unseen\"><tr>"
        "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
        "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
        id, SAY(v, "Count"), SAY(v, "Drawn"), SAY(v, "Source"), SAY(v, "As of"), SAY(v, "State"));
    for (size_t i = 0; i < g->counts_count; i++)
        write_count(page, &g->counts[i], largest_of(g));
    out_raw(page->out, "</tbody></table></div>\n");
}

static void write_groups(struct page *page, const struct overview *o)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<section aria-labelledby=\"latest\"><h2 id=\"latest\">{}</h2>\n",
        SAY(v, "The latest of each source"));
    if (!o->groups_count)
        OUT(page->out, "<p class=\"soft\">{}</p>", SAY(v, "No count is here yet."));
    for (size_t i = 0; i < o->groups_count; i++)
        write_group(page, &o->groups[i], i + 1);
    if (o->groups_total > o->groups_count)
        OUT(page->out, "<p class=\"turn\"><a href=\"/figures\">{}</a></p>", SAY(v, "All figures"));
    out_raw(page->out, "</section>\n");
}

/* ---- what contradicts ---- */

static struct str reason_of(const struct voice *v, enum conflict_why why)
{
    switch (why) {
    case CONFLICT_SAME_TIME:
        return SAY(v, "Both cannot be true: they stand at the same time.");
    case CONFLICT_OVER:
        return SAY(v, "Both cannot be true: it was over when both were counted.");
    case CONFLICT_FALLING:
        return SAY(v, "Both cannot be true: the earlier count is the greater one, and such counts "
                      "do not fall.");
    case CONFLICT_PART:
        return SAY(v, "Both cannot be true: the first are a part of the second.");
    }
    bug("a conflict without a reason");
}

static void write_side(struct page *page, const struct overview_count *c, struct str what)
{
    out_raw(page->out, "<p>");
    markup_write(page, count_value(page, c));
    OUT(page->out, " {}<br><bdi>{}</bdi><br><small>", voice_label(&page->voice, page->arena, what),
        c->source);
    markup_write(page, stand_said(page, &c->stand));
    out_raw(page->out, "</small></p>");
}

static void write_conflicts(struct page *page, const struct overview *o)
{
    const struct voice *v = &page->voice;
    if (!o->conflicts_count)
        return;
    OUT(page->out, "<section aria-labelledby=\"contradicts\"><h2 id=\"contradicts\">{}</h2>\n",
        SAY(v, "What contradicts"));
    for (size_t i = 0; i < o->conflicts_count; i++) {
        const struct overview_conflict *c = &o->conflicts[i];
        struct hash key = group_hash(c->key);
        OUT(page->out, "<div class=\"conflict\"><h3><a href=\"{}#conflicts\">",
            page_link(page, "/figures/", &key));
        markup_write(page, group_title(page, c->event, STR_NONE, c->incident_name));
        out_raw(page->out, "</a></h3><div class=\"versus\">");
        write_side(page, &c->a, c->a_what);
        write_side(page, &c->b, c->b_what);
        OUT(page->out, "</div><p class=\"soft\">{}</p></div>\n", reason_of(v, c->why));
    }
    out_raw(page->out, "</section>\n");
}

/* ---- what cannot be ---- */

static void write_findings(struct page *page, const struct overview *o)
{
    const struct voice *v = &page->voice;
    int64_t total = (int64_t)o->findings_total;
    if (!o->findings_count)
        return;
    OUT(page->out, "<section aria-labelledby=\"doubts\"><h2 id=\"doubts\">{}</h2>\n",
        SAY(v, "What is wrong or doubtful as it is written"));
    findings_write_listed(page, o->findings, o->findings_count);
    if (o->findings_total > o->findings_count) {
        out_raw(page->out, "<p class=\"soft\">");
        OUT_SENTENCE(
            page->out,
            SAY_COUNT(v, "{} of these in all documents", "{} of these in all documents", total),
            voice_number(v, page->arena, total));
        out_raw(page->out, "</p>");
    }
    out_raw(page->out, "</section>\n");
}

/* ---- what is urgent ---- */

enum { URGENT_SHOWN = 6 };

static void write_urgent_row(struct page *page, const struct alert_row *row)
{
    const struct voice *v = &page->voice;
    const struct alert *a = &row->alert;
    enum view_state state = a->proposed && !a->since->undecided ? VIEW_PROPOSED : a->since->state;
    OUT(page->out, "<li class=\"{}\"><a href=\"{}\"><bdi>{}</bdi></a><p class=\"parts\"><span>",
        part_state_class(state, a->since->undecided),
        page_link(page, "/person/", &row->person->views[0]->id), row->person->name);
    OUT(page->out,
        "<span class=\"sign\" aria-hidden=\"true\">{}</span><span class=\"unseen\">{}</span> ",
        str_of(state_sign(state, a->since->undecided)),
        voice_label(v, page->arena, str_of(state_word(state, a->since->undecided))));
    OUT(page->out, "{}</span><span>", voice_label(v, page->arena, a->rule->alert));
    markup_write(page, alert_day_said(page, a));
    out_raw(page->out, "</span></p></li>\n");
}

static enum outcome write_urgent(struct page *page, struct fault *why)
{
    const struct voice *v = &page->voice;
    struct as_of as_of;
    struct alert_board board = {0};
    enum outcome result = as_of_read(page, &as_of, why);
    const struct alert_choice choice = {as_of.day, STR_NONE, URGENT_SHOWN};
    if (result == OK && as_of.known)
        result = alerts_read(page, &choice, &board, why);
    if (result != OK || !board.count)
        return result;
    OUT(page->out,
        "<section aria-labelledby=\"urgent\"><h2 id=\"urgent\">{}</h2>\n<p class=\"soft\">",
        SAY(v, "What is urgent"));
    markup_write(page, SENTENCE(page, SAY(v, "as of {}"), markup_date(page, as_of.written)));
    out_raw(page->out, "</p>\n<ul class=\"brief\">\n");
    for (size_t i = 0; i < board.count && i < URGENT_SHOWN; i++)
        write_urgent_row(page, &board.rows[i]);
    OUT(page->out, "</ul><p class=\"turn\"><a href=\"/alerts\">{}</a></p></section>\n",
        SAY(v, "All that is urgent"));
    return OK;
}

/* ---- who may be one person ---- */

static enum outcome write_pairs(struct page *page, struct fault *why)
{
    const struct voice *v = &page->voice;
    struct matches_held held;
    const struct matches *m;
    enum outcome result = matches_try(page, &held, &m, why);
    if (result != OK || (m && !m->waiting)) {
        matches_release(page, &held);
        return result;
    }
    OUT(page->out,
        "<section aria-labelledby=\"who\"><h2 id=\"who\">{}</h2>\n<p><a href=\"/matches\">",
        SAY(v, "Who is whom"));
    if (m)
        OUT_SENTENCE(
            page->out,
            SAY_COUNT(v, "{} pair of people waits", "{} pairs of people wait", (int64_t)m->waiting),
            voice_number(v, page->arena, (int64_t)m->waiting));
    else
        out_text(page->out, SAY(v, "Who may be one person is being worked out"));
    out_raw(page->out, "</a>");
    if (m) {
        out_raw(page->out, " <small>○ ");
        OUT_SENTENCE(
            page->out,
            SAY_COUNT(v, "{} probably one person", "{} probably one person", (int64_t)m->probable),
            voice_number(v, page->arena, (int64_t)m->probable));
        out_raw(page->out, "</small>");
    }
    out_raw(page->out, "</p></section>\n");
    matches_release(page, &held);
    return OK;
}

/* ---- what came in ---- */

static void write_document(struct page *page, const struct document_view *d, size_t waiting)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<li><a href=\"{}\"><bdi>{}</bdi></a><p class=\"parts\">",
        page_link(page, "/documents/", &d->id), part_document_name(page, d->facts.title, d->name));
    if (d->facts.publisher.len)
        OUT(page->out, "<span><bdi>{}</bdi></span>", d->facts.publisher);
    part_date(page, d->facts.published);
    if (waiting) {
        out_raw(page->out, "<span><span aria-hidden=\"true\">○</span> ");
        OUT_SENTENCE(page->out, SAY_COUNT(v, "{} waits", "{} wait", (int64_t)waiting),
                     voice_number(v, page->arena, (int64_t)waiting));
        out_raw(page->out, "</span>");
    }
    out_raw(page->out, "</p></li>\n");
}

static void write_documents(struct page *page, const struct overview *o)
{
    const struct voice *v = &page->voice;
    OUT(page->out,
        "<section aria-labelledby=\"came-in\"><h2 id=\"came-in\">{}</h2>\n<ul class=\"brief\">\n",
        SAY(v, "What came in"));
    for (size_t i = 0; i < o->came_in.count; i++)
        write_document(page, &o->came_in.documents[i], o->came_in.waiting[i]);
    OUT(page->out, "</ul><p class=\"turn\"><a href=\"/documents\">{}</a></p></section>\n",
        SAY(v, "All documents"));
}

enum outcome page_overview(struct page *page, struct fault *why)
{
    struct overview overview;
    size_t incidents_count;
    const struct voice *v = &page->voice;
    const struct incident_facts *incidents = incidents_known(
        page->site->reader, language_code(v->language), page->arena, &incidents_count);
    enum outcome result =
        overview_make(page->archive, incidents, incidents_count, page->arena, &overview, why);
    if (result != OK)
        return result;
    page->title = SAY(v, "Overview");
    if (!overview.came_in.count) {
        OUT(page->out, "<h1>{}</h1>\n", page->title);
        part_empty_archive(page);
        return OK;
    }
    write_lead(page, &overview);
    out_raw(page->out, "<div class=\"sheet\">\n<div>\n");
    write_groups(page, &overview);
    out_raw(page->out, "</div>\n<div>\n");
    result = write_urgent(page, why);
    write_conflicts(page, &overview);
    write_findings(page, &overview);
    if (result == OK)
        result = write_pairs(page, why);
    write_documents(page, &overview);
    out_raw(page->out, "</div>\n</div>\n");
    return result;
}
