#include "publish/page_int.h"
#include "publish/part_int.h"
#include "store/page.h"

enum { PER_PAGE = 50 };

static void write_tally(struct page *page, const struct document_view *d)
{
    const struct {
        size_t count;
        enum view_state state;
    } parts[] = {
        {d->proposed, VIEW_PROPOSED}, {d->accepted, VIEW_ACCEPTED}, {d->rejected, VIEW_REJECTED}};
    out_raw(page->out, "<p class=\"tally\">");
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i].count) {
            OUT(page->out, "<span><span class=\"number\">{}</span> ",
                voice_number(&page->voice, page->arena, (int64_t)parts[i].count));
            part_state(page, parts[i].state, false);
            out_raw(page->out, "</span> ");
        }
    out_raw(page->out, "</p>");
}

static void write_entry(struct page *page, const struct document_view *d)
{
    OUT(page->out, "<li><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a>",
        page_link(page, "/documents/", &d->id), part_document_name(page, d->facts.title, d->name));
    out_raw(page->out, "<p class=\"meta parts\">");
    if (d->facts.publisher.len)
        OUT(page->out, "<span><bdi>{}</bdi></span>", d->facts.publisher);
    part_date(page, d->facts.published);
    if (d->facts.lang.len)
        OUT(page->out, "<span lang=\"en\">{}</span>", d->facts.lang);
    out_raw(page->out, "</p>");
    write_tally(page, d);
    out_raw(page->out, "</li>\n");
}

static void write_choice(struct page *page, const char *path, bool chosen, struct str said,
                         size_t count)
{
    OUT(page->out, "<li><a href=\"{}\"", str_of(path));
    out_raw(page->out, chosen ? " aria-current=\"true\">" : ">");
    OUT(page->out, "{} <span class=\"waiting\">{}</span></a></li>", said,
        voice_number(&page->voice, page->arena, (int64_t)count));
}

static void write_choices(struct page *page, const struct document_page *d, bool waiting,
                          size_t all)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<nav aria-label=\"{}\"><ul class=\"choices\">", SAY(v, "Which documents"));
    write_choice(page, "/documents", !waiting, SAY(v, "All"), all);
    write_choice(page, "/documents?waiting=1", waiting, SAY(v, "With something waiting"),
                 d->documents_wait);
    out_raw(page->out, "</ul></nav>\n");
}

static void write_turn(struct page *page, const struct document_page *d, bool waiting)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<p class=\"turn\">");
    if (d->before)
        OUT(page->out, "<a class=\"button\" href=\"/documents{}\">{}</a>",
            str_of(waiting ? "?waiting=1" : ""), SAY(v, "To the newest"));
    if (d->more)
        OUT(page->out, "<a class=\"button\" rel=\"next\" href=\"{}{}\">{}</a>",
            page_link(page, "/documents?after=", &d->documents[d->count - 1].id),
            str_of(waiting ? "&waiting=1" : ""), SAY(v, "Older ones"));
    out_raw(page->out, "</p>\n");
}

static enum outcome read_choice(struct page *page, struct document_choice *choice,
                                struct fault *why)
{
    char *digits = arena_alloc(page->arena, ADDRESS_DIGITS + 1);
    struct str after = page_field(page, "after");
    *choice =
        (struct document_choice){.waiting = page_field(page, "waiting").len, .limit = PER_PAGE};
    if (!after.len)
        return OK;
    if (!address_show(&page->site->addresses, after, digits))
        return refuse(why, NOT_FOUND, "%s", SAID("no document has this address"));
    choice->after = str_of(digits);
    return OK;
}

enum outcome page_documents(struct page *page, struct fault *why)
{
    struct document_choice choice;
    struct document_page found;
    struct archive_state state;
    const struct voice *v = &page->voice;
    enum outcome result = read_choice(page, &choice, why);
    if (result == OK)
        result = archive_document_page(page->archive, &choice, page->arena, &found, why);
    if (result == OK)
        result = archive_summary(page->archive, &state, why);
    if (result != OK)
        return result;
    page->title = SAY(v, "Documents");
    OUT(page->out, "<h1>{}</h1>\n", page->title);
    if (!state.documents) {
        part_empty_archive(page);
        return OK;
    }
    write_choices(page, &found, choice.waiting, (size_t)state.documents);
    if (!found.count)
        OUT(page->out, "<p class=\"notice\">{}</p>", SAY(v, "Everything is decided."));
    out_raw(page->out, "<ol class=\"entries\">\n");
    for (size_t i = 0; i < found.count; i++)
        write_entry(page, &found.documents[i]);
    out_raw(page->out, "</ol>\n");
    write_turn(page, &found, choice.waiting);
    return OK;
}
