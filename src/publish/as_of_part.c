#include "publish/as_of_part_int.h"

#include "store/stays.h"
#include "text/edtf.h"

static void take_day(struct page *page, struct as_of *out, int64_t day)
{
    char written[16];
    edtf_write_day(day, written);
    out->known = true;
    out->day = day;
    out->written = arena_copy(page->arena, str_of(written));
}

void as_of_asked(struct page *page, struct as_of *out)
{
    struct str asked = str_trim(page_field(page, "as-of"));
    int64_t first, day;
    *out = (struct as_of){.known = false};
    if (!asked.len)
        return;
    if (edtf_range(asked, &first, &day, NULL) == OK && day != INT64_MAX) {
        out->asked = asked;
        take_day(page, out, day);
        return;
    }
    out->refused = asked;
    page->status = 422;
}

void as_of_else(struct page *page, struct as_of *out, int64_t day)
{
    if (!out->known)
        take_day(page, out, day);
}

enum outcome as_of_read(struct page *page, struct as_of *out, struct fault *why)
{
    int64_t day;
    as_of_asked(page, out);
    if (out->known)
        return OK;
    enum outcome result = archive_last_day(page->archive, &day, why);
    if (result == OK && day != INT64_MIN)
        as_of_else(page, out, day);
    return result;
}

struct str as_of_label(const struct page *page)
{
    return SAY(&page->voice, "As it stood on the day (Gregorian: 2022-11-15)");
}

void as_of_field(struct page *page, const struct as_of *a, struct str label)
{
    const struct voice *v = &page->voice;
    OUT(page->out,
        "<label for=\"as-of\">{}</label>"
        "<span class=\"row\"><input id=\"as-of\" type=\"text\" name=\"as-of\" dir=\"ltr\" value=\"{}\"",
        label, a->refused.len ? a->refused : a->written);
    if (a->refused.len)
        out_raw(page->out, " aria-invalid=\"true\" aria-describedby=\"as-of-refused\"");
    OUT(page->out, "> <button type=\"submit\">{}</button></span>", SAY(v, "Show"));
    if (a->refused.len)
        OUT(page->out, "<span id=\"as-of-refused\" class=\"soft\">{}</span>",
            SAY(v, "This is no date."));
}

void as_of_write(struct page *page, const struct as_of *a, const char *field, struct str value)
{
    OUT(page->out, "<form class=\"ask\" method=\"get\" action=\"{}\">", page->here);
    if (value.len)
        OUT(page->out, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", str_of(field), value);
    as_of_field(page, a, as_of_label(page));
    out_raw(page->out, "</form>\n");
}
