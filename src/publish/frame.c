#include "publish/page_int.h"

static const struct {
    const char *path, *name;
} places[] = {
    {"/about", SAID("About this archive")},
};

static void write_head(const struct page *page, struct buf *html)
{
    static const char *const themes[] = {"auto", "light", "dark"};
    const struct language *l = page->voice.language;
    OUT(html, "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\" data-theme=\"{}\">\n<head>\n",
        language_code(l), str_of(language_right_to_left(l) ? "rtl" : "ltr"),
        str_of(themes[page->theme]));
    OUT(html,
        "<meta charset=\"utf-8\">\n<title>{} · Govah</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<link rel=\"stylesheet\" href=\"/assets/govah.css\">\n</head>\n",
        page->title);
}

static void write_navigation(const struct page *page, struct buf *html)
{
    OUT(html, "<nav aria-label=\"{}\"><ul>", SAY(&page->voice, "Pages"));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        OUT(html, "<li><a href=\"{}\"", str_of(places[i].path));
        if (str_equal(page->here, str_of(places[i].path)))
            out_raw(html, " aria-current=\"page\"");
        OUT(html, ">{}</a></li>", voice_say(&page->voice, places[i].name));
    }
    out_raw(html, "</ul></nav>");
}

void frame_write(const struct page *page, struct str inside, struct buf *html)
{
    write_head(page, html);
    OUT(html, "<body>\n<a class=\"skip\" href=\"#main\">{}</a>\n<header>",
        SAY(&page->voice, "To the content"));
    write_navigation(page, html);
    out_raw(html, "</header>\n<main id=\"main\">\n");
    buf_add(html, inside);
    out_raw(html, "\n</main>\n</body>\n</html>\n");
}
