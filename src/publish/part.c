#include "publish/part_int.h"

#include <inttypes.h>

struct str part_state_class(enum view_state state, bool undecided)
{
    return str_of(state_word(state, undecided));
}

static struct str state_said(const struct voice *v, enum view_state state, bool undecided)
{
    if (undecided)
        return SAY(v, "disputed");
    switch (state) {
    case VIEW_PROPOSED:
        return SAY(v, "proposed");
    case VIEW_ACCEPTED:
        return SAY(v, "accepted");
    case VIEW_REJECTED:
        return SAY(v, "rejected");
    }
    bug("a state that is none");
}

void part_state(struct page *page, enum view_state state, bool undecided)
{
    OUT(page->out,
        "<span class=\"state {}\"><span class=\"sign\" aria-hidden=\"true\">{}</span> {}</span>",
        part_state_class(state, undecided), str_of(state_sign(state, undecided)),
        state_said(&page->voice, state, undecided));
}

struct str weighing_said(const struct voice *v, enum weigh_verdict weighed)
{
    return weighed == WEIGHED_NOT            ? STR_NONE
           : weighed == WEIGHED_CORROBORATED ? SAY(v, "verified by decision")
                                             : SAY(v, "disputed by decision");
}

void part_date(struct page *page, struct str edtf)
{
    if (edtf.len)
        OUT(page->out, "<abbr class=\"date\" title=\"{}\">{}</abbr>",
            voice_date_other(&page->voice, page->arena, edtf),
            voice_date(&page->voice, page->arena, edtf));
}

void part_moment(struct page *page, struct str utc)
{
    OUT(page->out, "<time datetime=\"{}\">{}</time>", utc,
        voice_moment(&page->voice, page->arena, utc));
}

void part_text(struct page *page, struct str text)
{
    OUT(page->out, "<bdi>{}</bdi>", text);
}

struct str part_document_name(const struct page *page, struct str title, struct str name)
{
    return title.len ? title : name.len ? name : SAY(&page->voice, "Without a title");
}

struct str part_anchor(const struct page *page, const struct hash *statement)
{
    char address[ADDRESS_DIGITS + 1];
    address_hide(&page->site->addresses, statement, address);
    return arena_print(page->arena, "s-%.*s", ANCHOR_DIGITS, address);
}

struct str part_place(const struct page *page, const struct hash *document,
                      const struct hash *statement)
{
    return arena_print(page->arena, "%.*s#%.*s", STR_ARG(page_link(page, "/documents/", document)),
                       STR_ARG(part_anchor(page, statement)));
}

void part_value_link(struct page *page, const struct figure *f, const struct hash *document,
                     const struct hash *statement)
{
    OUT(page->out, "<a class=\"value\" href=\"{}\"><bdi>{}</bdi></a>",
        part_place(page, document, statement), voice_value(&page->voice, page->arena, f));
}

void part_empty_archive(struct page *page)
{
    const struct voice *v = &page->voice;
    OUT(page->out,
        "<div class=\"notice\"><h2>{}</h2><p>{}</p>"
        "<p><code dir=\"ltr\">govah add report.pdf article.html notes.txt</code></p><p>{}</p>"
        "</div>\n",
        SAY(v, "Nothing is here yet"),
        SAY(v, "Take reports in, in a terminal, with the files that you have:"),
        SAY(v, "Then come back and load this page again. What they say is proposed here, sentence "
               "by sentence, for you to accept or reject."));
}

/* ---- the parts of a list ---- */

size_t turns_before(size_t from, size_t step, size_t total)
{
    size_t last = total ? (total - 1) / step * step : 0;
    size_t before = from > step ? from - step : 0;
    return before < last ? before : last;
}

void part_turns(struct page *page, const struct turns *t)
{
    const struct voice *v = &page->voice;
    size_t until = t->from + t->count;
    if (!t->from && until >= t->total)
        return;
    OUT(page->out, "<nav class=\"turn\" aria-label=\"{}\">", SAY(v, "Parts of the list"));
    if (t->from)
        OUT(page->out, "<a href=\"{}\">{}</a>", t->before, SAY(v, "Before"));
    if (t->count) {
        out_raw(page->out, "<span class=\"soft\">");
        OUT_SENTENCE(page->out,
                     t->at_least ? SAY(v, "{1} to {2} of at least {3}")
                                 : SAY(v, "{1} to {2} of {3}"),
                     voice_number(v, page->arena, (int64_t)t->from + 1),
                     voice_number(v, page->arena, (int64_t)until),
                     voice_number(v, page->arena, (int64_t)t->total));
        out_raw(page->out, "</span>");
    }
    if (until < t->total)
        OUT(page->out, "<a href=\"{}\">{}</a>", t->next, SAY(v, "Next"));
    out_raw(page->out, "</nav>\n");
}

/* ---- bars ---- */

enum { BAR_WIDTH = 200, BAR_HEIGHT = 12, BAR_ARROW = 26 };

/* 1, 2 or 5 times a power of ten, at least as much as the number */
static int64_t round_above(int64_t number)
{
    static const int64_t steps[] = {1, 2, 5};
    for (int64_t power = 1; power <= INT64_MAX / 10; power *= 10)
        for (size_t i = 0; i < COUNT_OF(steps); i++)
            if (steps[i] * power >= number)
                return steps[i] * power;
    return number;
}

static int bar_at(int64_t count, int64_t end)
{
    return (int)((double)count / (double)end * (BAR_WIDTH - BAR_ARROW)) + 1;
}

static struct str coordinate(struct page *page, int at)
{
    return arena_print(page->arena, "%d", at);
}

/* a box from one count to another; never thinner than the stroke at its ends */
static void bar_box(struct page *page, int from, int to, const char *kind)
{
    OUT(page->out, "<rect class=\"{}\" x=\"{}\" y=\"3\" width=\"{}\" height=\"6\"/>", str_of(kind),
        coordinate(page, from), coordinate(page, to - from < 2 ? 2 : to - from));
}

static void bar_arrow(struct page *page, int from)
{
    OUT(page->out, "<path class=\"open\" d=\"M{} 6h{}m-4 -4l4 4l-4 4\"/>", coordinate(page, from),
        coordinate(page, BAR_ARROW - 4));
}

static void bar_stroke(struct page *page, int at)
{
    OUT(page->out, "<path class=\"stroke\" d=\"M{} 1v10\"/>", coordinate(page, at));
}

void part_bar(struct page *page, const struct figure *f, int64_t largest, enum view_state state,
              bool undecided)
{
    struct interval interval = figure_interval(f);
    int64_t end = round_above(largest > 0 ? largest : 1);
    int low = bar_at(interval.low, end);
    int high = interval.high == COUNT_NONE ? low : bar_at(interval.high, end);
    OUT(page->out,
        "<svg class=\"bar {}\" viewBox=\"0 0 200 12\" aria-hidden=\"true\" focusable=\"false\">"
        "<path class=\"axis\" d=\"M0 11.5h200\"/>",
        part_state_class(state, undecided));
    if (f->bound == BOUND_UP_TO) {
        bar_box(page, 1, high, "open-below");
        bar_stroke(page, high);
    } else if (f->bound == BOUND_RANGE) {
        bar_box(page, low, high, "range");
    } else if (f->bound == BOUND_ABOUT || f->bound == BOUND_NEARLY) {
        bar_box(page, low, high, "near");
        bar_stroke(page, bar_at(f->low, end));
    } else {
        bar_box(page, 1, bar_at(f->low, end), "given");
        bar_stroke(page, bar_at(f->low, end));
    }
    if (interval.high == COUNT_NONE)
        bar_arrow(page, bar_at(f->low, end));
    out_raw(page->out, "</svg>");
}
