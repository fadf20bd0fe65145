#include "publish/body_words_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"

enum { PER_PAGE = 40, FROM_LIMIT = 10000000 };

static void write_choices(struct page *page, bool official)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<ul class=\"choices\"><li><a href=\"/institutions\"");
    out_raw(page->out, official ? ">" : " aria-current=\"true\">");
    OUT(page->out, "{}</a></li><li><a href=\"/officials\"", SAY(v, "Institutions"));
    out_raw(page->out, official ? " aria-current=\"true\">" : ">");
    OUT(page->out, "{}</a></li></ul>\n", SAY(v, "Officials"));
}

static void write_head(struct page *page, bool official)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<h1>{}</h1>\n<p class=\"standfirst\">{}</p>\n", page->title,
        official ? SAY(v, "Through whose hands cases passed, by what statements. What is said of "
                          "somebody here is said by its source, and finds nobody guilty.")
                 : SAY(v, "Courts and their branches, prisons and their wards, commissions: whose "
                          "cases passed through them, by what statements."));
    write_choices(page, official);
}

static void write_spellings(struct page *page, const struct body_view *view)
{
    const struct voice *v = &page->voice;
    struct str written[BODY_SPELLINGS];
    size_t count = 0;
    for (size_t i = 0; i < view->spellings_count; i++)
        if (view->spellings[i].written)
            written[count++] = body_spelling_words(&view->spellings[i], page->arena);
    if (!count)
        return;
    out_raw(page->out, "<span>");
    markup_write(page, SENTENCE(page, SAY(v, "written: {1}"),
                                markup_text(page, voice_list(v, page->arena, written, count))));
    out_raw(page->out, "</span>");
}

static void write_row(struct page *page, const struct body_view *view)
{
    OUT(page->out, "<li><a class=\"title\" href=\"{}\">",
        page_link(page, view->official ? "/officials/" : "/institutions/", &view->id));
    markup_write(page, body_said(page, view));
    OUT(page->out, "</a><p class=\"meta parts\"><span>{}</span>", body_kind_said(page, view));
    write_spellings(page, view);
    out_raw(page->out, "</p><p class=\"tally\"><span>");
    markup_write(page, body_cases_said(page, &view->cases));
    out_raw(page->out, "</span></p></li>\n");
}

static struct str turn_address(struct page *page, size_t from)
{
    return arena_print(page->arena, "%.*s?from=%zu", STR_ARG(page->here), from);
}

static enum outcome show_list(struct page *page, bool official, struct fault *why)
{
    const struct voice *v = &page->voice;
    struct body_choice choice = {official, 0, PER_PAGE};
    struct body_view *views;
    size_t count, total;
    int64_t from = 0;
    if (str_to_int(page_field(page, "from"), &from) && from > 0 && from < FROM_LIMIT)
        choice.from = (size_t)from;
    enum outcome result =
        archive_bodies(page->archive, &choice, page->arena, &views, &count, &total, why);
    if (result != OK)
        return result;
    page->title = official ? SAY(v, "Officials") : SAY(v, "Institutions");
    write_head(page, official);
    if (!total)
        OUT(page->out, "<div class=\"notice\"><p>{}</p></div>\n",
            official ? SAY(v, "Nothing on record names an official.")
                     : SAY(v, "Nothing on record names an institution."));
    out_raw(page->out, "<ol class=\"entries\">\n");
    for (size_t i = 0; i < count; i++)
        write_row(page, &views[i]);
    out_raw(page->out, "</ol>\n");
    part_turns(page, &(struct turns){
                         .from = choice.from,
                         .count = count,
                         .total = total,
                         .before = turn_address(page, turns_before(choice.from, PER_PAGE, total)),
                         .next = turn_address(page, choice.from + PER_PAGE)});
    return OK;
}

enum outcome page_institutions(struct page *page, struct fault *why)
{
    return show_list(page, false, why);
}

enum outcome page_officials(struct page *page, struct fault *why)
{
    return show_list(page, true, why);
}
