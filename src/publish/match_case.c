#include "publish/match_part_int.h"
#include "publish/part_int.h"

#include "account/joined.h"

/* Why two may be one person, and what their case would look like. */

/* ---- reasons ---- */

static struct str grade_said(const struct voice *v, const char *grade)
{
    static const struct {
        const char *grade, *said;
    } grades[] = {
        {"same", SAID("the same")},        {"compatible", SAID("fit each other")},
        {"near", SAID("nearly the same")}, {"part", SAID("one is a part of the other")},
        {"conflicting", SAID("differ")},
    };
    for (size_t i = 0; i < COUNT_OF(grades); i++)
        if (str_equal(str_of(grade), str_of(grades[i].grade)))
            return voice_say(v, grades[i].said);
    return str_of(grade);
}

static void write_reason(struct page *page, const struct match *one, const struct likely_reason *r)
{
    OUT(page->out, "<tr class=\"{}\"><th scope=\"row\">{}</th><td>",
        str_of(r->tenths < 0 ? "against" : "for"), trait_said(page, r));
    markup_write(page, trait_value_said(page, r, r->left, one->left));
    out_raw(page->out, "</td><td>");
    markup_write(page, trait_value_said(page, r, r->right, one->right));
    OUT(page->out, "</td><td>{}</td><td class=\"number\"><bdi dir=\"ltr\">{}</bdi></td></tr>\n",
        grade_said(&page->voice, r->grade), weight_said(page, r->tenths));
}

static void write_odds(struct page *page, const struct likely_pair *p)
{
    const struct voice *v = &page->voice;
    int64_t percent = p->per_mille > 990 ? 99 : (p->per_mille + 5) / 10;
    out_raw(page->out, "<p>");
    OUT_SENTENCE(
        page->out,
        p->per_mille > 990
            ? SAY(v, "Together, and as rare as it is that two on record are one person: over {}%.")
            : SAY(v, "Together, and as rare as it is that two on record are one person: {}%."),
        voice_number(v, page->arena, percent));
    out_raw(page->out, "</p>\n");
}

void match_reasons_write(struct page *page, const struct match *one)
{
    const struct voice *v = &page->voice;
    if (!one->pair)
        return;
    OUT(page->out,
        "<section class=\"reasons-why\" aria-labelledby=\"why-heading\"><h2 id=\"why-heading\">{}</h2>\n",
        SAY(v, "What speaks for it, and against"));
    OUT(page->out,
        "<table class=\"stacks weights\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">"
        "<bdi>{}</bdi></th><th scope=\"col\"><bdi>{}</bdi></th><th scope=\"col\">{}</th>",
        SAY(v, "What is compared"), one->left->named.name, one->right->named.name,
        SAY(v, "Beside each other"));
    OUT(page->out, "<th scope=\"col\" class=\"number\">{}</th></tr></thead>\n<tbody>\n",
        SAY(v, "Weight, in bits"));
    for (size_t i = 0; i < one->pair->reasons_count; i++)
        write_reason(page, one, &one->pair->reasons[i]);
    out_raw(page->out, "</tbody></table>\n");
    write_odds(page, one->pair);
    out_raw(page->out, "</section>\n");
}

/* ---- the case ---- */

static void write_source(struct page *page, const struct statement_view *view)
{
    if (!view) {
        out_raw(page->out, "<td></td>");
        return;
    }
    OUT(page->out, "<td><a href=\"{}\"><bdi>{}</bdi></a> ",
        part_place(page, &view->document, &view->id),
        part_document_name(page, view->document_title, view->document_name));
    part_state(page, view->state, view->undecided);
    out_raw(page->out, "</td>");
}

static void write_line(struct page *page, const struct joined_line *line, bool both)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<tr><th scope=\"row\">{}</th><td>", voice_label(v, page->arena, line->label));
    if (line->value.len)
        markup_write(page, markup_text(page, voice_detail(v, page->arena, line->value)));
    part_date(page, line->date);
    if (line->place.len)
        OUT(page->out, "{}<bdi>{}</bdi>", line->date.len ? STR(" · ") : STR_NONE, line->place);
    out_raw(page->out, "</td>");
    write_source(page, line->left);
    if (both)
        write_source(page, line->right);
    out_raw(page->out, "</tr>\n");
}

static void write_lines(struct page *page, const struct match *one, const struct joined_line *lines,
                        size_t count, struct str caption, bool both)
{
    const struct voice *v = &page->voice;
    if (!count)
        return;
    OUT(page->out,
        "<table class=\"stacks joined\"><caption>{}</caption><thead class=\"unseen\"><tr>"
        "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\"><bdi>{}</bdi></th>",
        caption, SAY(v, "What"), SAY(v, "When, where"), one->left->named.name);
    if (both)
        OUT(page->out, "<th scope=\"col\"><bdi>{}</bdi></th>", one->right->named.name);
    out_raw(page->out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count; i++)
        write_line(page, &lines[i], both);
    out_raw(page->out, "</tbody></table>\n");
}

static void write_conflict_side(struct page *page, const struct statement_view *view)
{
    const struct statement *s = &view->statement;
    struct str label, value = STR_NONE;
    if (s->form == FORM_LIFE_EVENT) {
        label = s->life_event.event;
    } else {
        label = s->fact.property;
        value = s->fact.value;
    }
    OUT(page->out, "<p><a href=\"{}\">{}</a> ", part_place(page, &view->document, &view->id),
        voice_label(&page->voice, page->arena, label));
    if (s->form == FORM_LIFE_EVENT)
        part_date(page, s->life_event.date);
    else
        markup_write(page, markup_text(page, value));
    OUT(page->out, "<br><q><bdi>{}</bdi></q></p>", view->quote);
}

static void write_conflicts(struct page *page, const struct joined *j)
{
    const struct voice *v = &page->voice;
    if (!j->conflicts_count)
        return;
    OUT(page->out, "<h3>{}</h3>\n", SAY(v, "What cannot both be true of one person"));
    for (size_t i = 0; i < j->conflicts_count; i++) {
        out_raw(page->out, "<div class=\"conflict\"><div class=\"versus\">");
        write_conflict_side(page, j->conflicts[i].left);
        write_conflict_side(page, j->conflicts[i].right);
        out_raw(page->out, "</div></div>\n");
    }
}

void match_joined_write(struct page *page, const struct matches *m, const struct match *one)
{
    const struct voice *v = &page->voice;
    bool both = one->decided != LIKELY_SAME;
    struct joined joined;
    joined_make(m, one, page->arena, &joined);
    OUT(page->out, "<section aria-labelledby=\"case-heading\"><h2 id=\"case-heading\">{}</h2>\n",
        both ? SAY(v, "If they were one person") : SAY(v, "The case of this one person"));
    write_conflicts(page, &joined);
    write_lines(page, one, joined.events, joined.events_count, SAY(v, "What happened"), both);
    write_lines(page, one, joined.facts, joined.facts_count, SAY(v, "What is said of either"),
                both);
    if (!joined.events_count && !joined.facts_count)
        OUT(page->out, "<p class=\"soft\">{}</p>\n",
            SAY(v, "No statement says more of them than their names."));
    out_raw(page->out, "</section>\n");
}
