#include "publish/sheet_int.h"

static bool waits(const struct statement_view *s)
{
    return s->undecided || s->state == VIEW_PROPOSED;
}

/* ---- the words ---- */

static void write_words(struct page *page, const struct sheet *s, const struct passage *p)
{
    struct marked *marks = arena_alloc(page->arena, (p->count + 1) * sizeof *marks);
    for (size_t i = 0; i < p->count; i++) {
        const struct statement_view *v = &s->statements[p->first + i];
        marks[i] =
            (struct marked){v->statement.quote, v->state, v->undecided,
                            voice_number(&page->voice, page->arena, (int64_t)(p->first + i + 1))};
    }
    OUT(page->out, "<p class=\"words\" dir=\"{}\"",
        str_of(text_direction(str_slice(s->text, p->at.from, p->at.to))));
    if (s->document.facts.lang.len)
        OUT(page->out, " lang=\"{}\"", s->document.facts.lang);
    out_raw(page->out, ">");
    marks_write(page->out, s->text, p->at, marks, p->count, page->arena);
    out_raw(page->out, "</p>");
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

static void write_reasons(struct page *page, const struct statement_view *s, struct str about,
                          const struct judgement_view *judgements, size_t count)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<details class=\"reasons\"><summary>{}</summary>", SAY(v, "Why"));
    if (any_active(judgements, count)) /* else it stands beside them */
        write_confidence(page, s);
    if (s->why.len)
        OUT(page->out, "<p><bdi lang=\"en\">{}</bdi></p>", s->why);
    if (s->incident.why.len)
        OUT(page->out, "<p>{}: <bdi lang=\"en\">{}</bdi></p>", SAY(v, "incident"), s->incident.why);
    (void)judgements_write(page, judgements, count, false);
    OUT(page->out,
        "<p><label>{} <input type=\"text\" name=\"why\" dir=\"auto\" autocomplete=\"off\"></label>"
        "</p><p><a href=\"/statements/{}\">{}</a></p></details>",
        SAY(v, "Your reason, kept with the decision"), about, SAY(v, "How this is known"));
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
    part_state(page, view->state, view->undecided);
    if (waits(view) || view->state == VIEW_REJECTED)
        write_verdict(page, "accept", SAY(v, "Accept"), "a");
    if (waits(view) || view->state == VIEW_ACCEPTED)
        write_verdict(page, "reject", SAY(v, "Reject"), "r");
    write_edit_link(page, s, about, anchor);
    if (!waits(view) || view->undecided)
        write_verdict(page, "retract", SAY(v, "Undo"), "u");
    write_reasons(page, view, about, judgements, count);
    out_raw(page->out, "</form>");
    if (!judgements_write(page, judgements, count, true))
        write_confidence(page, view);
}

static void write_statement(struct page *page, const struct sheet *s, size_t at,
                            const struct editing *editing)
{
    const struct statement_view *view = &s->statements[at];
    char about[ADDRESS_DIGITS + 1];
    address_hide(&page->site->addresses, &view->id, about);
    struct str anchor = arena_print(page->arena, "s-%.*s", ANCHOR_DIGITS, about);
    OUT(page->out, "<li class=\"statement {}\" id=\"{}\" tabindex=\"-1\" data-about=\"{}\">",
        part_state_class(view->state, view->undecided), anchor, str_of(about));
    OUT(page->out, "<span class=\"index\">{}</span>",
        voice_number(&page->voice, page->arena, (int64_t)at + 1));
    statement_part_write(page, view, s->incidents, s->incidents_count);
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
    if (p->count) {
        out_raw(page->out, "<div class=\"beside\"><ol class=\"statements\">");
        for (size_t i = 0; i < p->count; i++)
            write_statement(page, s, p->first + i, editing);
        out_raw(page->out, "</ol>");
        write_for_all(page, s, p);
        out_raw(page->out, "</div>");
    }
    out_raw(page->out, "</div>\n");
}
