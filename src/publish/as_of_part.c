#include "publish/as_of_part_int.h"

#include "store/stays.h"
#include "text/edtf.h"

static void take_day(struct page *page, struct as_of *out, int64_t day)
{
    char written[16];
    edtf_write_day(day, written);
    *out = (struct as_of){true, day, arena_copy(page->arena, str_of(written)), out->refused};
}

enum outcome as_of_read(struct page *page, struct as_of *out, struct fault *why)
{
    struct str asked = str_trim(page_field(page, "as-of"));
    int64_t first, day;
    *out = (struct as_of){.known = false};
    if (asked.len && edtf_range(asked, &first, &day, NULL) == OK && day != INT64_MAX) {
        take_day(page, out, day);
        return OK;
    }
    if (asked.len) {
        out->refused = asked;
        page->status = 422;
    }
    enum outcome result = archive_last_day(page->archive, &day, why);
    if (result == OK && day != INT64_MIN)
        take_day(page, out, day);
    return result;
}

void as_of_write(struct page *page, const struct as_of *a, const char *field, struct str value)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<form class=\"ask\" method=\"get\" action=\"{}\">", page->here);
    if (value.len)
        OUT(page->out, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", str_of(field), value);
    OUT(page->out,
        "<label for=\"as-of\">{}</label>"
        "<span class=\"row\"><input id=\"as-of\" type=\"text\" name=\"as-of\" dir=\"ltr\" value=\"{}\"",
        SAY(v, "As it stood on the day (Gregorian: 2022-11-15)"),
        a->refused.len ? a->refused : a->written);
    if (a->refused.len)
        out_raw(page->out, " aria-invalid=\"true\" aria-describedby=\"as-of-refused\"");
    OUT(page->out, "> <button type=\"submit\">{}</button></span>", SAY(v, "Show"));
    if (a->refused.len)
        OUT(page->out, "<span id=\"as-of-refused\" class=\"soft\">{}</span>",
            SAY(v, "This is no date."));
    out_raw(page->out, "</form>\n");
}
