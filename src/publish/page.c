#include "publish/page_int.h"

#include "store/page.h"

const struct page_entry page_table[] = {
    {"/", PAGE_GET, false, page_overview},
    {"/documents", PAGE_GET, false, page_documents},
    {"/documents/{id}", PAGE_GET, false, page_document},
    {"/statements/{id}", PAGE_GET, false, page_statement},
    {"/next", PAGE_GET, false, page_next},
    {"/decide", PAGE_POST, true, page_decide},
    {"/edit", PAGE_POST, true, page_edit},
    {"/figures", PAGE_GET, false, page_figures},
    {"/figures/{id}", PAGE_GET, false, page_group},
    {"/alerts", PAGE_GET, false, page_alerts},
    {"/calendar", PAGE_GET, false, page_calendar},
    {"/calendar/file", PAGE_POST, false, page_calendar_file},
    {"/people", PAGE_GET | PAGE_POST, false, page_people},
    {"/lists", PAGE_POST, true, page_lists},
    {"/matches", PAGE_GET | PAGE_SLOW, false, page_matches},
    {"/matches/decide", PAGE_POST, true, page_match_decide},
    {"/matches/{id}", PAGE_GET | PAGE_SLOW, false, page_match},
    {"/person/{id}", PAGE_GET, false, page_person},
    {"/audits", PAGE_GET, false, page_audits},
    {"/audits/{id}", PAGE_GET | PAGE_SLOW, false, page_audit},
    {"/institutions", PAGE_GET, false, page_institutions},
    {"/institutions/{id}", PAGE_GET, false, page_institution},
    {"/officials", PAGE_GET, false, page_officials},
    {"/officials/{id}", PAGE_GET, false, page_official},
    {"/estimate", PAGE_GET | PAGE_POST | PAGE_SLOW, false, page_estimate},
    {"/search", PAGE_GET | PAGE_POST, false, page_search},
    {"/about", PAGE_GET, false, page_about},
    {NULL, 0, false, NULL},
};

/* whether the path has the pattern's form; what stands for {id} goes to *address */
static bool path_fits(struct str pattern, struct str path, struct str *address)
{
    size_t place = str_find(pattern, STR("{id}"), 0);
    *address = STR_NONE;
    if (place == SIZE_MAX)
        return str_equal(pattern, path);
    struct str before = str_slice(pattern, 0, place);
    if (!str_starts(path, before))
        return false;
    *address = str_slice(path, before.len, path.len);
    return address->len && str_find(*address, STR("/"), 0) == SIZE_MAX;
}

const struct page_entry *page_find(struct str path, struct str *address)
{
    for (const struct page_entry *e = page_table; e->path; e++)
        if (path_fits(str_of(e->path), path, address))
            return e;
    return NULL;
}

/* What pages and their frames usually take; they may take more. */
enum { PAGE_BYTES = 64 * 1024, FRAME_BYTES = 8 * 1024 };

static int status_for(enum outcome outcome)
{
    switch (outcome) {
    case OK:
        return 200;
    case REFUSED:
        return 422;
    case NOT_FOUND:
        return 404;
    case DENIED:
        return 403;
    case BUSY:
        return 409;
    case FAILED:
    case DAMAGED:
        return 500;
    }
    bug("an outcome that is none");
}

static struct str title_for(const struct voice *v, int status)
{
    switch (status) {
    case 403:
        return SAY(v, "Not allowed");
    case 404:
        return SAY(v, "Nothing is here");
    case 405:
    case 422:
        return SAY(v, "That was not understood");
    case 409:
        return SAY(v, "Somebody else is writing");
    case 413:
        return SAY(v, "Too much at once");
    default:
        return SAY(v, "Something went wrong");
    }
}

static void write_answer(struct page *page, struct buf *html)
{
    if (page->location.len)
        return;
    buf_reserve(html, page->out->len + FRAME_BYTES);
    if (page->partial || page->file)
        buf_add(html, buf_str(page->out));
    else
        frame_write(page, buf_str(page->out), html);
}

void page_refusal(struct page *page, int status, struct str text, struct buf *html)
{
    struct buf inside;
    buf_init(&inside, OUT_LIMIT);
    page->out = &inside;
    page->status = status;
    page->location = STR_NONE;
    page->file = NULL;
    page->title = title_for(&page->voice, status);
    OUT(&inside, "<div class=\"refusal\" role=\"alert\"><h1>{}</h1><p>{}</p>", page->title, text);
    OUT(&inside, "<p><a href=\"/\">{}</a></p></div>", SAY(&page->voice, "To the overview"));
    write_answer(page, html);
    buf_release(&inside);
}

void page_answer(const struct page_entry *entry, struct page *page, struct buf *html)
{
    struct buf inside;
    struct fault why = {0};
    buf_init(&inside, OUT_LIMIT);
    buf_reserve(&inside, PAGE_BYTES);
    page->out = &inside;
    page->status = 200;
    bool snapshot = !entry->decides && page->archive;
    enum outcome result = snapshot ? archive_snapshot_begin(page->archive, &why) : OK;
    snapshot = snapshot && result == OK;
    if (result == OK)
        result = entry->show(page, &why);
    if (result == OK && inside.full)
        result = refuse(&why, REFUSED, "the page would be larger than %d bytes", OUT_LIMIT);
    if (result == OK)
        write_answer(page, html);
    buf_release(&inside);
    if (snapshot)
        archive_snapshot_end(page->archive);
    if (result != OK)
        page_refusal(page, status_for(result), voice_say(&page->voice, why.text), html);
}

struct str page_field(const struct page *page, const char *name)
{
    for (size_t i = 0; i < page->fields_count; i++)
        if (str_equal(page->fields[i].name, str_of(name)))
            return page->fields[i].value;
    return STR_NONE;
}

struct str page_link(const struct page *page, const char *path, const struct hash *id)
{
    char address[ADDRESS_DIGITS + 1];
    address_hide(&page->site->addresses, id, address);
    return arena_print(page->arena, "%s%s", path, address);
}

void page_form_token(struct page *page)
{
    OUT(page->out, "<input type=\"hidden\" name=\"token\" value=\"{}\">", page->site->form_token);
}
