#include "publish/part_int.h"
#include "publish/page_int.h"

enum { PER_PAGE = 50 };

static void write_tally(struct page *page, const struct document_view *d)
{
    const struct voice *v = &page->voice;
    const struct {
        size_t count;
        enum view_state state;
    } parts[] = {
        {d->proposed, VIEW_PROPOSED}, {d->accepted, VIEW_ACCEPTED}, {d->rejected, VIEW_REJECTED}};
    out_raw(page->out, "<p class=\"tally parts\">");
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i].count) {
            OUT(page->out, "<span><span class=\"value\">{}</span> ",
                voice_number(v, page->arena, (int64_t)parts[i].count));
            part_state(page, parts[i].state, false);
            out_raw(page->out, "</span>");
        }
    out_raw(page->out, "</p>");
}

static void write_entry(struct page *page, const struct document_view *d)
{
    OUT(page->out, "<li><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a>",
        page_link(page, "/documents/", &d->id), part_document_name(page, d->facts.title, d->name));
    out_raw(page->out, "<p class=\"meta parts\">");
    if (d->facts.publisher.len)
        OUT(page->out, "<bdi>{}</bdi>", d->facts.publisher);
    part_date(page, d->facts.published);
    if (d->facts.lang.len)
        OUT(page->out, "<span lang=\"en\">{}</span>", d->facts.lang);
    out_raw(page->out, "</p>");
    write_tally(page, d);
    out_raw(page->out, "</li>\n");
}

enum outcome page_documents(struct page *page, struct fault *why)
{
    struct document_view *documents;
    size_t count;
    const struct voice *v = &page->voice;
    enum outcome result = archive_documents(page->archive, page->arena, &documents, &count, why);
    if (result != OK)
        return result;
    page->title = SAY(v, "Documents");
    OUT(page->out, "<h1>{}</h1>\n<ol class=\"entries\">", page->title);
    for (size_t i = 0; i < count && i < PER_PAGE; i++)
        write_entry(page, &documents[count - 1 - i]);
    out_raw(page->out, "</ol>\n");
    return OK;
}
