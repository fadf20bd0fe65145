#include "publish/page_int.h"
#include "publish/sheet_int.h"

/* the first of the choice; the way stays empty when there is none */
static enum outcome find_next(struct page *page, struct str after, struct fault *why)
{
    struct document_page found;
    struct statement_view *waiting;
    size_t count;
    enum outcome result = archive_document_page(
        page->archive, &(struct document_choice){.waiting = true, .after = after, .limit = 1},
        page->arena, &found, why);
    if (result != OK || !found.count)
        return result;
    const struct document_view *d = &found.documents[0];
    struct statement_filter filter = {.text = &d->text, .waiting = true};
    result = archive_statements(page->archive, &filter, page->arena, &waiting, &count, why);
    if (result == OK)
        page->location = count ? part_place(page, &d->id, &waiting[0].id)
                               : page_link(page, "/documents/", &d->id);
    return result;
}

enum outcome page_next(struct page *page, struct fault *why)
{
    char digits[ADDRESS_DIGITS + 1] = "";
    struct str after = page_field(page, "after");
    if (after.len && !address_show(&page->site->addresses, after, digits))
        return refuse(why, NOT_FOUND, "%s", SAID("no document has this address"));
    enum outcome result = find_next(page, str_of(digits), why);
    if (result == OK && !page->location.len && after.len)
        result = find_next(page, STR_NONE, why);
    if (result == OK && !page->location.len)
        page->location = STR("/documents");
    page->status = 303;
    return result;
}
