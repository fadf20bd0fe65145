/* The HTML reader, as its child runs it, and the answer that goes back. */
#include "fuzz.h"
#include "intake/charset.h"
#include "intake/html_int.h"

static void must_come_back(const struct html_page *page)
{
    struct html_page again;
    struct buf answer, twice;
    struct fault why;
    buf_init(&answer, SIZE_MAX / 4);
    buf_init(&twice, SIZE_MAX / 4);
    html_page_write(page, &answer);
    MUST(html_page_parse(buf_str(&answer), &again, &why) == OK);
    html_page_write(&again, &twice);
    MUST(str_equal(buf_str(&answer), buf_str(&twice)));
    buf_release(&answer);
    buf_release(&twice);
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct charset charset;
    struct html_page page;
    struct str html;
    struct fault why;
    if (charset_detect_html(arena, bytes, &charset, &why) != OK ||
        charset_decode(arena, bytes, &charset, &html, &why) != OK)
        return;
    must_be_text(html);
    enum outcome result = html_read(arena, html, &page, &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    must_be_plain(page.text);
    must_come_back(&page);
}
