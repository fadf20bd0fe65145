#include "publish/cases_int.h"
#include "publish/page_int.h"

static void write_kept(struct page *page, const struct kept_list *list)
{
    const struct voice *v = &page->voice;
    struct cases_asked asked;
    if (cases_of_list(list, &asked, NULL) != OK)
        return;
    OUT(page->out, "<li><a href=\"{}\"><bdi>{}</bdi></a> ",
        cases_address(page, &asked, FACETS, STR_NONE, 0), list->name);
    out_raw(page->out, "<form method=\"post\" action=\"/lists\" class=\"kept\">");
    page_form_token(page);
    OUT(page->out,
        "<input type=\"hidden\" name=\"forget\" value=\"{}\"><button type=\"submit\" "
        "class=\"quiet\">{}<span class=\"unseen\"> <bdi>{}</bdi></span></button></form></li>\n",
        list->name, SAY(v, "Forget"), list->name);
}

static bool asks_anything(const struct cases_asked *asked)
{
    bool any = asked->question.name.len || asked->as_of.asked.len;
    for (enum facet f = 0; f < FACETS; f++)
        any |= asked->question.of[f].len > 0;
    return any;
}

static void write_form(struct page *page, const struct cases_asked *asked)
{
    const struct voice *v = &page->voice;
    out_raw(page->out,
            "<form class=\"ask\" method=\"post\" action=\"/lists\" autocomplete=\"off\">");
    page_form_token(page);
    cases_hidden(page, asked, true, true);
    OUT(page->out,
        "<label for=\"list-name\">{}</label><span class=\"row\"><input id=\"list-name\" type=\"text\" "
        "name=\"keep\" dir=\"auto\" required maxlength=\"60\"> "
        "<button type=\"submit\">{}</button></span></form>\n",
        SAY(v, "Keep this question under a name"), SAY(v, "Keep"));
}

enum outcome kept_lists_write(struct page *page, const struct cases_asked *asked, struct fault *why)
{
    const struct voice *v = &page->voice;
    struct kept_list *lists;
    size_t count;
    enum outcome result = archive_lists(page->archive, page->arena, &lists, &count, why);
    if (result != OK || (!count && !asks_anything(asked)))
        return result;
    OUT(page->out, "<section class=\"lists\"><h2>{}</h2>\n", SAY(v, "Kept lists"));
    if (count)
        out_raw(page->out, "<ul>\n");
    for (size_t i = 0; i < count; i++)
        write_kept(page, &lists[i]);
    if (count)
        out_raw(page->out, "</ul>\n");
    if (asks_anything(asked))
        write_form(page, asked);
    OUT(page->out, "<p class=\"soft\">{}</p></section>\n",
        SAY(v, "A list keeps the question, not its answer. It stays in this archive and is no part "
               "of the record."));
    return OK;
}

/* ---- deciding ---- */

/* What the store refuses, in words that the page's language has. */
static enum outcome keep(struct page *page, const struct cases_asked *asked, struct str name,
                         struct fault *why)
{
    struct fault inner;
    struct kept_list list = cases_list(page, asked, name), other;
    enum outcome result = archive_list(page->archive, name, page->arena, &other, &inner);
    if (result == OK)
        return refuse(why, REFUSED, "%s",
                      SAID("a list has this name already; forget that first, or give another"));
    if (result == NOT_FOUND)
        result = archive_list_keep(page->archive, &list, &inner);
    if (result == REFUSED)
        return refuse(why, REFUSED, "%s",
                      SAID("a list has a name of one line, at most 120 bytes long, and asks "
                           "something; at most 200 are kept"));
    if (result != OK)
        *why = inner;
    return result;
}

enum outcome page_lists(struct page *page, struct fault *why)
{
    struct cases_asked asked;
    struct str forget = page_field(page, "forget");
    enum outcome result = cases_read(page, &asked, why);
    if (result == OK && forget.len)
        result = archive_list_forget(page->archive, forget, why);
    else if (result == OK)
        result = keep(page, &asked, str_trim(page_field(page, "keep")), why);
    if (result != OK)
        return result;
    page->status = 303;
    page->location = cases_address(page, &asked, FACETS, STR_NONE, 0);
    return OK;
}
