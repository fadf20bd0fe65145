#include "publish/finding_part_int.h"
#include "publish/sheet_int.h"

static bool waits(const struct statement_view *s)
{
    return s->undecided || s->state == VIEW_PROPOSED;
}

/* ---- the words ---- */

/* of its statements and findings, in order of their start */
static struct marked *marks_of(struct page *page, const struct sheet *s, const struct passage *p,
                               size_t *count)
{
    size_t statements = 0, doubts = 0;
    *count = p->count + p->doubts;
    struct marked *marks = arena_alloc(page->arena, (*count + 1) * sizeof *marks);
    for (size_t i = 0; i < *count; i++) {
        const struct statement_view *v =
            statements < p->count ? &s->statements[p->first + statements] : NULL;
        const struct finding *f =
            doubts < p->doubts ? &s->findings[p->first_doubt + doubts].finding : NULL;
        if (f && (!v || f->quote.from < v->statement.quote.from)) {
            marks[i] = (struct marked){.at = f->quote, .finding = true};
            doubts++;
            continue;
        }
        int64_t number = (int64_t)(p->first + ++statements);
        marks[i] = (struct marked){.at = v->statement.quote,
                                   .state = v->state,
                                   .undecided = statement_is_hatched(v),
                                   .number = voice_number(&page->voice, page->arena, number)};
    }
    return marks;
}

static void write_words(struct page *page, const struct sheet *s, const struct passage *p)
{
    size_t count;
    const struct marked *marks = marks_of(page, s, p, &count);
    OUT(page->out, "<p class=\"words\" dir=\"{}\"",
        str_of(text_direction(str_slice(s->text, p->at.from, p->at.to))));
    if (s->document.facts.lang.len)
        OUT(page->out, " lang=\"{}\"", s->document.facts.lang);
    out_raw(page->out, ">");
    marks_write(page->out, s->text, p->at, marks, count, page->arena);
    out_raw(page->out, "</p>");
}

/* ---- a figure and its whole ---- */

/* whether one figure is said to be a part of the other */
static bool is_part_of(const struct statement_view *part, const struct statement_view *whole)
{
    const struct span *of = &part->statement.figure.subset_of, *quote = &whole->statement.quote;
    return part->statement.form == FORM_FIGURE && whole->statement.form == FORM_FIGURE && of->to &&
           part != whole && of->from == quote->from && of->to == quote->to;
}

static void write_figure_link(struct page *page, const struct statement_view *s)
{
    const struct voice *v = &page->voice;
    const struct figure *f = &s->statement.figure;
    OUT(page->out, "<a href=\"#{}\"><bdi>{}</bdi> {}</a>", part_anchor(page, &s->id),
        voice_value(v, page->arena, f), voice_label(v, page->arena, f->what));
}

/* the first of the sheet that a part is of; not one that was rejected where there is another */
static const struct statement_view *whole_of(const struct sheet *s,
                                             const struct statement_view *part)
{
    const struct statement_view *rejected = NULL;
    for (size_t i = 0; i < s->count; i++) {
        if (!is_part_of(part, &s->statements[i]))
            continue;
        if (s->statements[i].state != VIEW_REJECTED)
            return &s->statements[i];
        rejected = rejected ? rejected : &s->statements[i];
    }
    return rejected;
}

static void write_whole(struct page *page, const struct sheet *s, const struct statement_view *part)
{
    struct span of =
        part->statement.form == FORM_FIGURE ? part->statement.figure.subset_of : (struct span){0};
    const struct statement_view *whole = of.to ? whole_of(s, part) : NULL;
    if (!of.to)
        return;
    OUT(page->out, "<p class=\"breakdown\">{} ", SAY(&page->voice, "part of"));
    if (whole)
        write_figure_link(page, whole);
    else
        OUT(page->out, "<q><bdi>{}</bdi></q>", str_slice(s->text, of.from, of.to));
    out_raw(page->out, "</p>");
}

static void write_parts(struct page *page, const struct sheet *s,
                        const struct statement_view *whole)
{
    bool any = false;
    for (size_t i = 0; i < s->count; i++) {
        if (s->statements[i].state == VIEW_REJECTED || !is_part_of(&s->statements[i], whole))
            continue;
        if (any)
            out_raw(page->out, " · ");
        else
            OUT(page->out, "<p class=\"breakdown\">{} ", SAY(&page->voice, "of them"));
        any = true;
        write_figure_link(page, &s->statements[i]);
    }
    if (any)
        out_raw(page->out, "</p>");
}

/* ---- dates ---- */

static bool is_same_date(const struct sheet *s, const struct date_mention *a,
                         const struct date_mention *b)
{
    return str_equal(a->iso, b->iso) && str_equal(str_slice(s->text, a->quote.from, a->quote.to),
                                                  str_slice(s->text, b->quote.from, b->quote.to));
}

/* as they are written, and as they were understood; what is repeated stands once */
static void write_dates(struct page *page, const struct sheet *s, const struct passage *p)
{
    const struct voice *v = &page->voice;
    const struct date_mention *dates = s->dates + p->first_date;
    OUT(page->out, "<p class=\"unseen\">{}</p><dl class=\"fields dates\">",
        SAY(v, "Dates as they are written, and as they were understood"));
    for (size_t i = 0; i < p->dates; i++) {
        size_t before = 0;
        while (before < i && !is_same_date(s, &dates[before], &dates[i]))
            before++;
        if (before < i)
            continue;
        OUT(page->out, "<div><dt><q><bdi>{}</bdi></q></dt><dd>",
            str_slice(s->text, dates[i].quote.from, dates[i].quote.to));
        if (str_equal(dates[i].iso, STR("unresolved")))
            out_text(page->out, SAY(v, "which date is meant is not known"));
        else
            part_date(page, dates[i].iso);
        out_raw(page->out, "</dd></div>");
    }
    out_raw(page->out, "</dl>");
}

/* ---- a statement beside them ---- */

static void write_hidden(struct page *page, struct str about)
{
    OUT(page->out, "<input type=\"hidden\" name=\"about\" value=\"{}\">", about);
}

static void begin_form(struct page *page, const char *kind, const char *action)
{
    OUT(page->out,
        "<form class=\"{}\" method=\"post\" action=\"{}\" data-hx-post=\"{2}\""
        " autocomplete=\"off\">",
        str_of(kind), str_of(action));
    page_form_token(page);
}

static void write_verdict(struct page *page, const char *verdict, struct str said, const char *key)
{
    OUT(page->out,
        "<button type=\"submit\" name=\"verdict\" value=\"{}\" aria-keyshortcuts=\"{}\">{}"
        " <kbd aria-hidden=\"true\">{2}</kbd></button>",
        str_of(verdict), str_of(key), said);
}

static void write_edit_link(struct page *page, const struct sheet *s, struct str about,
                            struct str anchor)
{
    struct str place = arena_print(page->arena, "%.*s?edit=%.*s", STR_ARG(s->link), STR_ARG(about));
    OUT(page->out,
        "<a class=\"button edit-link\" href=\"{}#{}\" data-hx-get=\"{1}\" aria-keyshortcuts=\"e\">"
        "{3} <kbd aria-hidden=\"true\">e</kbd></a>",
        place, anchor, SAY(&page->voice, "Edit"));
}

static bool is_explained(const struct sheet *sheet, const struct statement_view *s)
{
    return sheet->explained && hash_equal(sheet->explained, &s->id);
}

static void write_confidence(struct page *page, const struct statement_view *s)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<p class=\"judgements\">");
    if (s->proposed)
        OUT_SENTENCE(page->out, SAY(v, "found by the reader, sure to {} of 100"),
                     voice_number(v, page->arena, (s->confidence + 5) / 10));
    else
        out_text(page->out, SAY(v, "written by a person"));
    out_raw(page->out, "</p>");
}

static bool any_active(const struct judgement_view *judgements, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (judgements[i].active)
            return true;
    return false;
}

static void write_explanation(struct page *page, const struct sheet *sheet,
                              const struct statement_view *s, struct str about, struct str anchor)
{
    if (is_explained(sheet, s)) {
        explanation_write(page, sheet, s);
        return;
    }
    struct str place =
        arena_print(page->arena, "%.*s?explain=%.*s", STR_ARG(sheet->link), STR_ARG(about));
    OUT(page->out, "<p><a href=\"{}#{}\" data-hx-get=\"{1}\">{3}</a></p>", place, anchor,
        SAY(&page->voice, "How each field was read"));
}

static void write_reasons(struct page *page, const struct sheet *sheet,
                          const struct statement_view *s, struct str about, struct str anchor,
                          const struct judgement_view *judgements, size_t count)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<details class=\"reasons\"{}><summary>{}</summary>",
        is_explained(sheet, s) ? STR(" open") : STR_NONE, SAY(v, "Why"));
    if (any_active(judgements, count)) /* else it stands beside them */
        write_confidence(page, s);
    if (s->proposed)
        write_explanation(page, sheet, s, about, anchor);
    if (s->why.len) {
        out_raw(page->out, "<p>");
        reason_write(page, sheet->text, s->why);
        out_raw(page->out, "</p>");
    }
    if (s->incident.why.len) {
        OUT(page->out, "<p>{}: ", SAY(v, "incident"));
        reason_write(page, sheet->text, s->incident.why);
        out_raw(page->out, "</p>");
    }
    (void)judgements_write(page, judgements, count, false);
    OUT(page->out,
        "<p><label>{} <input type=\"text\" name=\"why\" dir=\"auto\" autocomplete=\"off\"></label>"
        "</p></details>",
        SAY(v, "Your reason, kept with the decision"));
}

/* the decisions about a statement, among those about the document's */
static const struct judgement_view *judgements_of(const struct sheet *s,
                                                  const struct hash *statement, size_t *count)
{
    size_t first = 0;
    while (first < s->judgements_count &&
           hash_compare(&s->judgements[first].statement, statement) < 0)
        first++;
    size_t end = first;
    while (end < s->judgements_count && hash_equal(&s->judgements[end].statement, statement))
        end++;
    *count = end - first;
    return s->judgements + first;
}

static void write_answers(struct page *page, const struct sheet *s,
                          const struct statement_view *view, struct str about, struct str anchor)
{
    const struct voice *v = &page->voice;
    size_t count;
    const struct judgement_view *judgements = judgements_of(s, &view->id, &count);
    begin_form(page, "answers", "/decide");
    write_hidden(page, about);
    part_state(page, view->state, statement_is_hatched(view));
    if (waits(view) || view->state == VIEW_REJECTED)
        write_verdict(page, "accept", SAY(v, "Accept"), "a");
    if (waits(view) || view->state == VIEW_ACCEPTED)
        write_verdict(page, "reject", SAY(v, "Reject"), "r");
    write_edit_link(page, s, about, anchor);
    if (!waits(view) || view->undecided)
        write_verdict(page, "retract", SAY(v, "Undo"), "u");
    write_reasons(page, s, view, about, anchor, judgements, count);
    out_raw(page->out, "</form>");
    out_raw(page->out, "<div class=\"grounds\">");
    if (!judgements_write(page, judgements, count, true))
        write_confidence(page, view);
    OUT(page->out, "<a class=\"known\" href=\"/statements/{}\">{}</a></div>", about,
        SAY(v, "How this is known"));
}

static void write_statement(struct page *page, const struct sheet *s, size_t at,
                            const struct editing *editing)
{
    const struct statement_view *view = &s->statements[at];
    char about[ADDRESS_DIGITS + 1];
    address_hide(&page->site->addresses, &view->id, about);
    struct str anchor = arena_print(page->arena, "s-%.*s", ANCHOR_DIGITS, about);
    bool part = view->statement.form == FORM_FIGURE && view->statement.figure.subset_of.to;
    OUT(page->out, "<li class=\"statement {}{}\" id=\"{}\" tabindex=\"-1\" data-about=\"{}\">",
        part_state_class(view->state, statement_is_hatched(view)), str_of(part ? " part" : ""),
        anchor, str_of(about));
    OUT(page->out, "<span class=\"index\">{}</span>",
        voice_number(&page->voice, page->arena, (int64_t)at + 1));
    statement_part_write(page, view, s->incidents, s->incidents_count);
    write_whole(page, s, view);
    write_parts(page, s, view);
    if (editing->statement && hash_equal(editing->statement, &view->id))
        edit_form_write(page, s, view, editing->refused);
    else
        write_answers(page, s, view, str_of(about), anchor);
    out_raw(page->out, "</li>");
}

/* ---- the row ---- */

static void write_for_all(struct page *page, const struct sheet *s, const struct passage *p)
{
    const struct voice *v = &page->voice;
    size_t waiting = 0;
    for (size_t i = 0; i < p->count; i++)
        waiting += waits(&s->statements[p->first + i]);
    if (waiting < 2)
        return;
    begin_form(page, "answers for-all", "/decide");
    for (size_t i = 0; i < p->count; i++) {
        const struct statement_view *view = &s->statements[p->first + i];
        char about[ADDRESS_DIGITS + 1];
        if (!waits(view))
            continue;
        address_hide(&page->site->addresses, &view->id, about);
        write_hidden(page, str_of(about));
    }
    out_raw(page->out, "<span class=\"soft\">");
    OUT_SENTENCE(page->out, SAY(v, "All {} that wait:"),
                 voice_number(v, page->arena, (int64_t)waiting));
    out_raw(page->out, "</span> ");
    write_verdict(page, "accept", SAY(v, "Accept"), "A");
    write_verdict(page, "reject", SAY(v, "Reject"), "R");
    out_raw(page->out, "</form>");
}

static void write_beside(struct page *page, const struct sheet *s, const struct passage *p,
                         const struct editing *editing)
{
    out_raw(page->out, "<div class=\"beside\">");
    if (p->count)
        out_raw(page->out, "<ol class=\"statements\">");
    for (size_t i = 0; i < p->count; i++)
        write_statement(page, s, p->first + i, editing);
    if (p->count)
        out_raw(page->out, "</ol>");
    if (p->doubts)
        findings_write(page, s->findings + p->first_doubt, p->doubts);
    if (p->dates)
        write_dates(page, s, p);
    write_for_all(page, s, p);
    out_raw(page->out, "</div>");
}

void passage_write(struct page *page, const struct sheet *s, const struct passage *p,
                   const struct editing *editing, const struct answered *answered)
{
    OUT(page->out, "<div class=\"passage{}\" id=\"p-{}\"", str_of(p->paragraph ? " paragraph" : ""),
        arena_print(page->arena, "%zu", p->at.from));
    if (answered->said.len)
        OUT(page->out, " data-said=\"{}\" data-answered=\"{}\"", answered->said,
            part_anchor(page, answered->statement));
    out_raw(page->out, ">");
    write_words(page, s, p);
    if (p->count || p->doubts || p->dates)
        write_beside(page, s, p, editing);
    out_raw(page->out, "</div>\n");
}
