#include "publish/part_int.h"
#include "publish/page_int.h"

static const char *const themes[] = {
    [THEME_AUTO] = "auto", [THEME_LIGHT] = "light", [THEME_DARK] = "dark"};

static void write_head(const struct page *page, struct buf *html)
{
    const struct language *l = page->voice.language;
    OUT(html, "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\" data-theme=\"{}\">\n<head>\n",
        language_code(l), str_of(language_right_to_left(l) ? "rtl" : "ltr"),
        str_of(themes[page->theme]));
    OUT(html,
        "<meta charset=\"utf-8\">\n<title>{} · Govah</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"htmx-config\" content=\"{}\">\n"
        "<link rel=\"icon\" href=\"/assets/govah.svg\" type=\"image/svg+xml\">\n"
        "<link rel=\"stylesheet\" href=\"/assets/govah.css\">\n</head>\n",
        page->title, STR("{\"history\":false,\"includeIndicatorCSS\":false}"));
}

/* "page" for the page itself, "true" for one below it */
static const char *current(const struct page *page, const char *path)
{
    struct str place = str_of(path);
    if (str_equal(page->here, place))
        return "page";
    bool below = place.len > 1 && str_starts(page->here, place) && page->here.at[place.len] == '/';
    return below ? "true" : NULL;
}

static void write_waiting(const struct page *page, struct buf *html)
{
    struct archive_state state;
    const struct voice *v = &page->voice;
    if (!page->archive || archive_summary(page->archive, &state, NULL) != OK)
        return;
    int64_t waiting = state.proposed + state.undecided;
    if (!waiting)
        return;
    struct str number = voice_number(v, page->arena, waiting);
    OUT(html,
        " <span class=\"waiting\"><span aria-hidden=\"true\">○ {}</span><span class=\"unseen\">",
        number);
    OUT_SENTENCE(html, SAY_COUNT(v, "{} waits", "{} wait", waiting), number);
    out_raw(html, "</span></span>");
}

static void write_navigation(const struct page *page, struct buf *html)
{
    const struct voice *v = &page->voice;
    const struct {
        const char *path;
        struct str name;
    } places[] = {
        {"/", SAY(v, "Overview")},           {"/documents", SAY(v, "Documents")},
        {"/figures", SAY(v, "Figures")},     {"/people", SAY(v, "People")},
        {"/alerts", SAY(v, "Urgent")},       {"/calendar", SAY(v, "Agenda")},
        {"/matches", SAY(v, "Who is whom")}, {"/institutions", SAY(v, "Institutions")},
        {"/search", SAY(v, "Search")},       {"/estimate", SAY(v, "Estimate")},
        {"/about", SAY(v, "This archive")},
    };
    OUT(html, "<nav class=\"pages\" aria-label=\"{}\"><ul>", SAY(v, "Pages"));
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct str address;
        const char *is = current(page, places[i].path);
        if (!page_find(str_of(places[i].path), &address))
            continue;
        OUT(html, "<li><a href=\"{}\"", str_of(places[i].path));
        if (is)
            OUT(html, " aria-current=\"{}\"", str_of(is));
        OUT(html, ">{}", places[i].name);
        if (str_equal(str_of(places[i].path), STR("/documents")))
            write_waiting(page, html);
        out_raw(html, "</a></li>");
    }
    out_raw(html, "</ul></nav>\n");
}

static void write_search(const struct page *page, struct buf *html)
{
    const struct voice *v = &page->voice;
    OUT(html,
        "<form class=\"find\" role=\"search\" aria-label=\"{}\" method=\"post\""
        " action=\"/search\">"
        "<input type=\"hidden\" name=\"token\" value=\"{}\">"
        "<label class=\"unseen\" for=\"words\">{}</label>"
        "<input id=\"words\" type=\"search\" name=\"words\" dir=\"auto\" autocomplete=\"off\""
        " spellcheck=\"false\" placeholder=\"{}\"><button type=\"submit\">{}</button></form>\n",
        SAY(v, "Search the record"), page->site->form_token, SAY(v, "Words to search for"),
        SAY(v, "A name, a place, a number"), SAY(v, "Search"));
}

/* ---- preferences ---- */

static void begin_choice(struct buf *html, const char *name, struct str label)
{
    OUT(html, "<p><label for=\"choose-{}\">{}</label><select id=\"choose-{1}\" name=\"{1}\">",
        str_of(name), label);
}

static void write_option(struct buf *html, struct str value, struct str text, struct str lang,
                         bool chosen)
{
    OUT(html, "<option value=\"{}\"", value);
    if (lang.len)
        OUT(html, " lang=\"{}\"", lang);
    out_raw(html, chosen ? " selected>" : ">");
    out_text(html, text);
    out_raw(html, "</option>");
}

static void write_languages(const struct page *page, struct buf *html)
{
    begin_choice(html, "language", SAY(&page->voice, "Language"));
    for (size_t i = 0; i < languages_count(page->site->languages); i++) {
        const struct language *l = language_at(page->site->languages, i);
        write_option(html, language_code(l), language_own_name(l), language_code(l),
                     l == page->voice.language);
    }
    out_raw(html, "</select></p>");
}

static void write_preferences(const struct page *page, struct buf *html)
{
    const struct voice *v = &page->voice;
    OUT(html,
        "<details class=\"preferences\"><summary>{}</summary>"
        "<form method=\"post\" action=\"/preferences\" autocomplete=\"off\">"
        "<input type=\"hidden\" name=\"token\" value=\"{}\">"
        "<input type=\"hidden\" name=\"back\" value=\"{}\">",
        SAY(v, "Preferences"), page->site->form_token, page->here);
    write_languages(page, html);
    begin_choice(html, "calendar", SAY(v, "Calendar"));
    write_option(html, STR("gregorian"), SAY(v, "Gregorian"), STR_NONE,
                 v->calendar == CALENDAR_GREGORIAN);
    write_option(html, STR("jalali"), SAY(v, "Jalali"), STR_NONE, v->calendar == CALENDAR_JALALI);
    out_raw(html, "</select></p>");
    begin_choice(html, "theme", SAY(v, "Light or dark"));
    write_option(html, STR("auto"), SAY(v, "as this computer has it"), STR_NONE,
                 page->theme == THEME_AUTO);
    write_option(html, STR("light"), SAY(v, "light"), STR_NONE, page->theme == THEME_LIGHT);
    write_option(html, STR("dark"), SAY(v, "dark"), STR_NONE, page->theme == THEME_DARK);
    OUT(html, "</select></p><p><button type=\"submit\">{}</button></p></form></details>\n",
        SAY(v, "Use these"));
}

/* ---- head and foot of the sheet ---- */

static void write_masthead(const struct page *page, struct buf *html)
{
    OUT(html,
        "<header class=\"masthead\">\n<a class=\"wordmark\" href=\"/\" aria-label=\"{}\">"
        "<span lang=\"en\" dir=\"ltr\">Govah</span> <span lang=\"fa\" dir=\"rtl\">گواه</span>"
        "</a>\n",
        SAY(&page->voice, "Govah, to the overview"));
    write_search(page, html);
    write_preferences(page, html);
    write_navigation(page, html);
    out_raw(html, "</header>\n");
}

static void write_sign(struct buf *html, const char *kind, const char *sign, struct str word,
                       struct str meaning)
{
    OUT(html,
        "<div><dt class=\"state {}\"><span class=\"sign\" aria-hidden=\"true\">{}</span> {}</dt>"
        "<dd>{}</dd></div>",
        str_of(kind), str_of(sign), word, meaning);
}

static void write_foot(const struct page *page, struct buf *html)
{
    const struct voice *v = &page->voice;
    OUT(html, "<footer class=\"foot\"><h2 class=\"unseen\">{}</h2><dl class=\"legend\">",
        SAY(v, "What the signs say"));
    write_sign(html, "proposed", "○", SAY(v, "proposed"),
               SAY(v, "a reader found it; nobody has decided"));
    write_sign(html, "accepted", "●", SAY(v, "accepted"), SAY(v, "the document says this"));
    write_sign(html, "disputed", "◐", SAY(v, "disputed"),
               SAY(v, "decisions contradict each other"));
    write_sign(html, "rejected", "×", SAY(v, "rejected"), SAY(v, "the document does not say this"));
    out_raw(html, "</dl></footer>\n");
}

void frame_write(const struct page *page, struct str inside, struct buf *html)
{
    write_head(page, html);
    OUT(html, "<body>\n<a class=\"skip\" href=\"#main\">{}</a>\n",
        SAY(&page->voice, "To the content"));
    write_masthead(page, html);
    out_raw(html, "<main id=\"main\" tabindex=\"-1\">\n");
    buf_add(html, inside);
    out_raw(html, "\n</main>\n");
    write_foot(page, html);
    out_raw(html, "</body>\n</html>\n");
}
