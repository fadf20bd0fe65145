#include "account/corroboration.h"
#include "account/incidents.h"
#include "account/shelf.h"
#include "publish/page_int.h"
#include "publish/sentence_int.h"
#include "publish/sheet_int.h"
#include "store/trace.h"

enum { OTHERS_SHOWN = 60 };

/* ---- links of the chain, from the sentence back to the file ---- */

static void begin_link(struct page *page, bool holds, struct str title)
{
    OUT(page->out, "<li class=\"{}\"><h3>{}</h3>", str_of(holds ? "holds" : "broken"), title);
}

static void write_holds(struct page *page, bool holds, struct str good, struct str bad)
{
    OUT(page->out, "<p class=\"checked\"><span aria-hidden=\"true\">{}</span> {}</p>",
        str_of(holds ? "✓" : "✗"), holds ? good : bad);
}

static void write_code(struct page *page, struct str label, struct str value)
{
    OUT(page->out, "<dt>{}</dt><dd><code><bdi dir=\"ltr\">{}</bdi></code></dd>", label, value);
}

static void write_hash(struct page *page, struct str label, const struct hash *hash)
{
    char digits[HASH_DIGITS + 1];
    hash_write(hash, digits);
    write_code(page, label, str_of(digits));
}

static void write_holder(struct page *page, const struct holder *h)
{
    const struct voice *v = &page->voice;
    char key[PUBLIC_KEY_DIGITS + 1];
    public_key_write(&h->author, key);
    OUT(page->out, "<dt>{}</dt><dd>", SAY(v, "by"));
    if (h->author_name.len)
        OUT(page->out, "<bdi>{}</bdi> ", h->author_name);
    OUT(page->out, "<code><bdi dir=\"ltr\">{}</bdi></code></dd>", str_of(key));
    write_hash(page, SAY(v, "commit"), &h->id);
}

static void write_signature(struct page *page, const struct holder *h)
{
    const struct voice *v = &page->voice;
    write_holds(page, h->signature_holds, SAY(v, "The signature of the commit holds."),
                SAY(v, "The signature of the commit does not hold."));
}

static void write_statement_link(struct page *page, const struct statement_view *s)
{
    const struct voice *v = &page->voice;
    struct hash now = statement_id(&s->statement);
    bool holds = hash_equal(&now, &s->id);
    begin_link(page, holds, SAY(v, "The statement"));
    write_holds(page, holds, SAY(v, "Its fields and its place in the text have this hash."),
                SAY(v, "Its fields and its place in the text do not have this hash."));
    out_raw(page->out, "<dl class=\"facts\">");
    write_hash(page, SAY(v, "id"), &s->id);
    OUT(page->out, "<dt>{}</dt><dd><bdi dir=\"ltr\">{}–{}</bdi></dd></dl></li>\n",
        SAY(v, "bytes of the text"), arena_print(page->arena, "%zu", s->statement.quote.from),
        arena_print(page->arena, "%zu", s->statement.quote.to));
}

static void write_decisions(struct page *page, const struct trace *t)
{
    const struct voice *v = &page->voice;
    for (size_t i = 0; i < t->decisions_count; i++) {
        const struct decision_view *d = &t->decisions[i];
        struct judgement_view judgement = {.verdict = d->verdict,
                                           .active = d->active,
                                           .bulk = d->bulk,
                                           .why = d->why,
                                           .instead_of = d->instead_of,
                                           .author = d->author,
                                           .author_name = d->author_name,
                                           .at = d->at};
        begin_link(page, t->decided[i].signature_holds, SAY(v, "A decision about it"));
        (void)judgements_write(page, &judgement, 1, d->active);
        write_signature(page, &t->decided[i]);
        out_raw(page->out, "<dl class=\"facts\">");
        write_hash(page, SAY(v, "id"), &d->id);
        write_holder(page, &t->decided[i]);
        out_raw(page->out, "</dl></li>\n");
    }
}

static struct str counted(const struct page *page, size_t number)
{
    return voice_number(&page->voice, page->arena, (int64_t)number);
}

/* where in the document the quote stands, as far as the extractor tells */
static void write_place(struct page *page, const struct trace *t)
{
    const struct voice *v = &page->voice;
    const struct text_place *p = &t->place;
    struct markup said = {0};
    switch (text_parts_of(t->extractor)) {
    case PARTS_PAGES:
        said = SENTENCE(page, SAY(v, "Page {1}"), MARKUP(page, "{}", counted(page, p->part)));
        break;
    case PARTS_ROWS:
        said = SENTENCE(page, SAY(v, "Row {1}"), MARKUP(page, "{}", counted(page, p->line + 1)));
        break;
    case PARTS_SHEETS:
        said = SENTENCE(page, SAY(v, "Sheet {1}, row {2}"), MARKUP(page, "<bdi>{}</bdi>", p->name),
                        MARKUP(page, "{}", counted(page, p->line)));
        break;
    case PARTS_NONE:
        return;
    }
    OUT(page->out, "<dt>{}</dt><dd>", SAY(v, "Place in it"));
    markup_write(page, said);
    out_raw(page->out, "</dd>");
}

static void write_text_link(struct page *page, const struct trace *t)
{
    const struct voice *v = &page->voice;
    begin_link(page, t->text_holds, SAY(v, "The kept text"));
    write_holds(page, t->text_holds,
                SAY(v, "It was hashed again when this page was made, and is the same."),
                SAY(v, "It was hashed again when this page was made, and is another."));
    out_raw(page->out, "<dl class=\"facts\">");
    write_hash(page, STR("SHA-256"), &t->sha256);
    write_code(page, SAY(v, "Read by"), t->extractor);
    write_place(page, t);
    out_raw(page->out, "</dl></li>\n");
}

static void write_document_link(struct page *page, const struct trace *t)
{
    const struct voice *v = &page->voice;
    const struct capture *c = &t->capture;
    begin_link(page, t->bytes_hold && t->captured.signature_holds, SAY(v, "The document"));
    write_holds(page, t->bytes_hold,
                SAY(v, "Its bytes were hashed again when this page was made, and are the same."),
                SAY(v, "Its bytes were hashed again when this page was made, and are others."));
    write_signature(page, &t->captured);
    out_raw(page->out, "<dl class=\"facts\">");
    if (c->name.len)
        write_code(page, SAY(v, "File"), c->name);
    if (c->facts.url.len)
        write_code(page, SAY(v, "Address, as found"), c->facts.url);
    write_hash(page, STR("SHA-256"), &t->bytes);
    OUT(page->out, "<dt>{}</dt><dd>", SAY(v, "Taken in"));
    part_moment(page, c->at);
    out_raw(page->out, "</dd>");
    write_holder(page, &t->captured);
    out_raw(page->out, "</dl></li>\n");
}

/* ---- what others say ---- */

static struct str relation_said(const struct voice *v, const struct other *o)
{
    static const char *const words[OTHER_RELATIONS] = {
        [OTHER_SAME] = SAID("says the same"),
        [OTHER_REPEATS] = SAID("repeats it"),
        [OTHER_PASSES_ON] = SAID("passes it on"),
        [OTHER_ORIGIN] = SAID("this is passed on from"),
        [OTHER_CONTRADICTS] = SAID("contradicts it"),
    };
    return voice_say(v, words[o->relation]);
}

static struct str standing_said(const struct voice *v, const struct corroborated *c)
{
    switch (c->status) {
    case CORROBORATION_SINGLE:
        return SAY(v, "A single source says so.");
    case CORROBORATION_SEVERAL:
        return SAY(v, "Several independent sources say so.");
    case CORROBORATION_DISPUTED:
        return SAY(v, "Others contradict it.");
    case CORROBORATION_UNKNOWN:
        break;
    }
    return SAY(v, "Nobody knows whether others speak of the same.");
}

static void write_other(struct page *page, const struct other *o)
{
    OUT(page->out, "<li>{} <a href=\"{}\"><bdi>{}</bdi></a> ", relation_said(&page->voice, o),
        part_place(page, &o->document, &o->statement), o->says.len ? o->says : o->source);
    if (o->says.len)
        part_text(page, o->source);
    out_raw(page->out, " ");
    part_date(page, o->published);
    out_raw(page->out, "</li>\n");
}

static void write_all(struct page *page, const struct corroborated *c)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<h2>{}</h2>\n<p>{}", SAY(v, "What others say"), standing_said(v, c));
    if (c->weighed != WEIGHED_NOT)
        OUT(page->out, " <strong class=\"weighed\">{}</strong>",
            c->weighed == WEIGHED_DISPUTED ? SAY(v, "Disputed by decision.")
                                           : SAY(v, "Verified by decision."));
    out_raw(page->out, "</p>\n");
    if (!c->count)
        return;
    out_raw(page->out, "<ul>\n");
    for (size_t i = 0; i < c->count && i < OTHERS_SHOWN; i++)
        write_other(page, &c->others[i]);
    out_raw(page->out, "</ul>\n");
}

/* All groups, where they are on the shelf and the figure is in one of them. */
static enum outcome try_groups(struct page *page, const struct statement_view *view,
                               struct account_hold *held, struct fault *why)
{
    struct account_wish wish = {.kind = ACCOUNT_GROUPS, .unless_long = true};
    *held = (struct account_hold){0};
    if (!page->site->accounts || view->statement.form != FORM_FIGURE || statement_is_rejected(view))
        return OK;
    wish.incidents =
        incidents_known(page->site->reader, STR("en"), page->arena, &wish.incidents_count);
    return account_hold(page->site->accounts, page->archive, &wish, held, why);
}

static enum outcome write_others(struct page *page, const struct statement_view *view,
                                 const struct incident_facts *incidents, size_t count,
                                 struct fault *why)
{
    struct corroborated c;
    struct account_hold held;
    enum outcome result = try_groups(page, view, &held, why);
    if (result != OK)
        return result;
    if (held.groups) {
        struct group_key key =
            group_key_of(labels_known(), view->statement.figure.event, view->incident.id);
        corroboration_in_group(view, groups_find(held.groups, str_of(key.digits)), page->arena, &c);
    } else {
        result = corroboration_read(page->archive, view, incidents, count, page->arena, &c, why);
    }
    if (result == OK)
        write_all(page, &c);
    if (held.groups)
        account_release(page->site->accounts, &held);
    return result;
}

/* ---- how it is weighed ---- */

static void write_button(struct page *page, const char *verdict, struct str words, const char *key)
{
    OUT(page->out,
        "<button type=\"submit\" name=\"verdict\" value=\"{}\" accesskey=\"{}\" "
        "aria-keyshortcuts=\"Alt+{}\">{}</button> ",
        str_of(verdict), str_of(key), str_of(key), words);
}

static void write_weighing(struct page *page, const struct statement_view *view)
{
    const struct voice *v = &page->voice;
    char about[ADDRESS_DIGITS + 1];
    address_hide(&page->site->addresses, &view->id, about);
    out_raw(page->out, "<form class=\"weigh\" method=\"post\" action=\"/decide\" "
                       "autocomplete=\"off\">");
    page_form_token(page);
    OUT(page->out,
        "<input type=\"hidden\" name=\"about\" value=\"{}\"><label for=\"weigh-why\">{}</label>"
        "<input id=\"weigh-why\" type=\"text\" name=\"why\" dir=\"auto\"> ",
        str_of(about), SAY(v, "Is what it says true? The reason:"));
    if (view->weighed != WEIGHED_CORROBORATED || view->undecided)
        write_button(page, "corroborated", SAY(v, "Verified"), "c");
    if (view->weighed != WEIGHED_DISPUTED || view->undecided)
        write_button(page, "disputed", SAY(v, "Disputed"), "d");
    if (view->weighed != WEIGHED_NOT)
        write_button(page, "unweighed", SAY(v, "Undo"), "u");
    out_raw(page->out, "</form>\n");
}

/* ---- the page ---- */

static void write_quote(struct page *page, const struct statement_view *s, const struct trace *t)
{
    struct marked mark = {.at = t->quote, .state = s->state, .undecided = statement_is_hatched(s)};
    struct span whole = {0, t->context.len};
    OUT(page->out, "<blockquote dir=\"{}\"", str_of(text_direction(t->context)));
    if (s->document_lang.len)
        OUT(page->out, " lang=\"{}\"", s->document_lang);
    out_raw(page->out, "><p>");
    marks_write(page->out, t->context, whole, &mark, t->quote.to ? 1 : 0, page->arena);
    out_raw(page->out, "</p></blockquote>\n");
}

static void write_origin(struct page *page, const struct statement_view *s)
{
    OUT(page->out, "<p class=\"standfirst parts\"><a href=\"{}\"><bdi>{}</bdi></a>",
        part_place(page, &s->document, &s->id),
        part_document_name(page, s->document_title, s->document_name));
    if (s->document_publisher.len)
        OUT(page->out, "<span><bdi>{}</bdi></span>", s->document_publisher);
    part_date(page, s->document_published);
    out_raw(page->out, "</p>\n");
}

enum outcome page_statement(struct page *page, struct fault *why)
{
    struct statement_view view;
    struct trace trace;
    size_t incidents_count;
    const struct voice *v = &page->voice;
    enum outcome result = archive_statement(page->archive, page->id, page->arena, &view, why);
    if (result == OK)
        result = archive_trace(page->archive, &view, page->arena, &trace, why);
    if (result != OK)
        return result;
    const struct incident_facts *incidents = incidents_known(
        page->site->reader, language_code(v->language), page->arena, &incidents_count);
    page->title = SAY(v, "How this is known");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    OUT(page->out, "<h1>{}</h1>\n", page->title);
    write_origin(page, &view);
    write_quote(page, &view, &trace);
    OUT(page->out, "<div class=\"statement alone {}\">",
        part_state_class(view.state, statement_is_hatched(&view)));
    statement_part_write(page, &view, incidents, incidents_count);
    part_state(page, view.state, statement_is_hatched(&view));
    out_raw(page->out, "</div>\n");
    write_weighing(page, &view);
    result = write_others(page, &view, incidents, incidents_count, why);
    if (result != OK)
        return result;
    OUT(page->out, "<h2>{}</h2>\n<ol class=\"chain\">",
        SAY(v, "From this sentence back to the file"));
    write_statement_link(page, &view);
    write_decisions(page, &trace);
    write_text_link(page, &trace);
    write_document_link(page, &trace);
    OUT(page->out, "</ol>\n<p class=\"soft\">{}</p>\n",
        SAY(v, "A signature is checked once after each change of the record."));
    return OK;
}
