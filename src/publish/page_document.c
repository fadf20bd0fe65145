#include "publish/page_int.h"
#include "publish/sheet_int.h"
#include "store/trace.h"

/* ---- the head ---- */

static void begin_fact(struct page *page, struct str label)
{
    OUT(page->out, "<dt>{}</dt><dd>", label);
}

static void write_code(struct page *page, struct str label, struct str value)
{
    if (value.len)
        OUT(page->out, "<dt>{}</dt><dd><code><bdi dir=\"ltr\">{}</bdi></code></dd>", label, value);
}

static void write_hash(struct page *page, struct str label, const struct hash *hash)
{
    char digits[HASH_DIGITS + 1];
    hash_write(hash, digits);
    write_code(page, label, str_of(digits));
}

static enum outcome write_facts(struct page *page, const struct document_view *d, struct fault *why)
{
    const struct voice *v = &page->voice;
    struct holder holder;
    enum outcome result = archive_captured(page->archive, &d->id, page->arena, &holder, why);
    if (result != OK)
        return result;
    OUT(page->out, "<details class=\"about\"><summary>{}</summary><dl class=\"facts\">",
        SAY(v, "About this document"));
    begin_fact(page, SAY(v, "Taken in"));
    part_moment(page, d->at);
    if (holder.author_name.len)
        OUT(page->out, ", <bdi>{}</bdi>", holder.author_name);
    out_raw(page->out, "</dd>");
    write_code(page, SAY(v, "File"), d->name);
    write_code(page, SAY(v, "Address, as found"), d->facts.url);
    begin_fact(page, SAY(v, "Size"));
    OUT_SENTENCE(page->out, SAY_COUNT(v, "{} byte", "{} bytes", d->size),
                 voice_number(v, page->arena, d->size));
    OUT(page->out, " <code>{}</code></dd>", d->media);
    write_hash(page, SAY(v, "SHA-256 of the bytes"), &d->id);
    write_hash(page, SAY(v, "SHA-256 of the text"), &d->sha256);
    write_code(page, SAY(v, "Read by"), d->extractor);
    out_raw(page->out, "</dl></details>\n");
    return OK;
}

static void write_key(struct page *page, const char *keys, struct str meaning)
{
    struct str rest = str_of(keys), key;
    out_raw(page->out, "<div><dt>");
    while (str_cut(&rest, ' ', &key))
        OUT(page->out, "<kbd>{}</kbd> ", key);
    OUT(page->out, "</dt><dd>{}</dd></div>", meaning);
}

static void write_keys(struct page *page)
{
    const struct voice *v = &page->voice;
    OUT(page->out,
        "<details class=\"keys\" id=\"keys\"><summary>{} <kbd>?</kbd></summary>"
        "<dl>",
        SAY(v, "Keys"));
    write_key(page, "j k", SAY(v, "next, previous that waits"));
    write_key(page, "n p", SAY(v, "next, previous of all"));
    write_key(page, "a r", SAY(v, "accept, reject it"));
    write_key(page, "A R", SAY(v, "accept, reject all of the sentence that wait"));
    write_key(page, "e Esc", SAY(v, "edit it, leave it as it was"));
    write_key(page, "u", SAY(v, "undo: take back what was decided about it, or what was last"));
    write_key(page, "w", SAY(v, "why: open the reasons"));
    write_key(page, "?", SAY(v, "show these keys"));
    out_raw(page->out, "</dl></details>\n");
}

static size_t count_waiting(const struct sheet *s)
{
    size_t waiting = 0;
    for (size_t i = 0; i < s->count; i++)
        waiting += s->statements[i].state == VIEW_PROPOSED || s->statements[i].undecided;
    return waiting;
}

static void write_standfirst(struct page *page, const struct sheet *s)
{
    const struct voice *v = &page->voice;
    const struct document_facts *f = &s->document.facts;
    int64_t waiting = (int64_t)count_waiting(s);
    out_raw(page->out, "<p class=\"standfirst parts\">");
    if (f->publisher.len)
        OUT(page->out, "<span><bdi>{}</bdi></span>", f->publisher);
    part_date(page, f->published);
    out_raw(page->out, "<span>");
    if (!s->count)
        out_text(page->out, SAY(v, "no statement was found in it"));
    else if (!waiting)
        out_text(page->out, SAY(v, "everything is decided"));
    else
        OUT_SENTENCE(page->out,
                     SAY_COUNT(v, "{} statement waits for a decision",
                               "{} statements wait for a decision", waiting),
                     voice_number(v, page->arena, waiting));
    out_raw(page->out, "</span></p>\n");
}

/* ---- the text ---- */

static void write_desk(struct page *page, const struct sheet *s, const struct editing *editing)
{
    const struct voice *v = &page->voice;
    OUT(page->out,
        "<p id=\"said\" class=\"unseen\" role=\"status\"></p>\n"
        "<article class=\"desk\" data-unanswered=\"{}\" data-hx-target:inherited=\"closest .passage\""
        " data-hx-swap:inherited=\"outerHTML\">\n",
        SAY(v, "No answer came. Nothing was decided."));
    for (size_t i = 0; i < s->passages_count; i++)
        passage_write(page, s, &s->passages[i], editing, &(struct answered){0});
    OUT(page->out,
        "</article>\n<p class=\"turn\"><a class=\"button\" id=\"onwards\" href=\"{}\">{}</a></p>\n"
        "<script src=\"/assets/htmx.min.js\" defer></script>\n"
        "<script src=\"/assets/govah.js\" defer></script>\n",
        page_link(page, "/next?after=", &s->document.id),
        SAY(v, "On to the next document that waits"));
}

enum outcome document_write(struct page *page, const struct sheet *s, const struct editing *editing,
                            struct fault *why)
{
    const struct voice *v = &page->voice;
    page->title = SAY(v, "Document");
    OUT(page->out, "<h1 class=\"quoted\"><bdi>{}</bdi></h1>\n",
        part_document_name(page, s->document.facts.title, s->document.name));
    write_standfirst(page, s);
    out_raw(page->out, "<div class=\"asides\">");
    enum outcome result = write_facts(page, &s->document, why);
    if (result == OK && s->count)
        write_keys(page);
    out_raw(page->out, "</div>\n");
    if (result == OK)
        write_desk(page, s, editing);
    return result;
}

/* the statement that a field names; NULL when the field is empty */
static enum outcome named(struct page *page, const struct sheet *s, const char *field,
                          const struct statement_view **out, struct fault *why)
{
    char digits[ADDRESS_DIGITS + 1], id[HASH_DIGITS + 1];
    struct str address = page_field(page, field);
    *out = NULL;
    if (!address.len)
        return OK;
    if (!address_show(&page->site->addresses, address, digits))
        return refuse(why, NOT_FOUND, "%s", SAID("no statement has this address"));
    for (size_t i = 0; i < s->count && !*out; i++) {
        hash_write(&s->statements[i].id, id);
        if (str_starts(str_of(id), str_of(digits)))
            *out = &s->statements[i];
    }
    return *out ? OK
                : refuse(why, NOT_FOUND, "%s",
                         SAID("no statement of this document has this address"));
}

enum outcome page_document(struct page *page, struct fault *why)
{
    struct sheet sheet;
    const struct statement_view *edited = NULL, *asked = NULL, *explained = NULL;
    enum outcome result = sheet_read(page, page->id, &sheet, why);
    if (result == OK)
        result = named(page, &sheet, "edit", &edited, why);
    if (result == OK)
        result = named(page, &sheet, "passage", &asked, why);
    if (result == OK)
        result = named(page, &sheet, "explain", &explained, why);
    if (result != OK)
        return result;
    if (explained)
        sheet_explain(page, &sheet, explained);
    asked = explained ? explained : asked;
    struct editing editing = {edited ? &edited->id : NULL, STR_NONE};
    if (!page->partial || (!edited && !asked))
        return document_write(page, &sheet, &editing, why);
    passage_write(page, &sheet, passage_of(&sheet, edited ? edited : asked), &editing,
                  &(struct answered){0});
    return OK;
}
