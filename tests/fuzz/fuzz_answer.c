/* What comes back from the HTML child, which may have been taken over. */
#include "fuzz.h"
#include "intake/html_int.h"

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct html_page page;
    struct fault why;
    struct buf again;
    (void)arena;
    enum outcome result = html_page_parse(bytes, &page, &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    must_be_plain(page.text);
    must_be_plain(page.facts.title);
    must_be_plain(page.facts.url);
    buf_init(&again, SIZE_MAX / 4);
    html_page_write(&page, &again);
    MUST(str_equal(buf_str(&again), bytes));
    buf_release(&again);
}
