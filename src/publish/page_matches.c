#include "publish/match_part_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"

enum { PER_PAGE = 40, FROM_LIMIT = 10000000, REASONS_BESIDE = 4 };

struct asked {
    bool decided;
    size_t from;
};

static struct asked read_asked(const struct page *page)
{
    int64_t from = 0;
    struct asked asked = {.decided = str_equal(page_field(page, "kind"), STR("decided"))};
    if (str_to_int(page_field(page, "from"), &from) && from > 0 && from < FROM_LIMIT)
        asked.from = (size_t)from;
    return asked;
}

/* ---- head of the page ---- */

static void write_choice(struct page *page, const char *address, struct str name, bool current)
{
    OUT(page->out, "<li><a href=\"{}\"", str_of(address));
    out_raw(page->out, current ? " aria-current=\"true\">" : ">");
    OUT(page->out, "{}</a></li>", name);
}

static void write_tally(struct page *page, const struct matches *m)
{
    const struct voice *v = &page->voice;
    int64_t waiting = (int64_t)m->waiting, probable = (int64_t)m->probable;
    out_raw(page->out, "<p class=\"standfirst\">");
    markup_write(page,
                 SENTENCE(page,
                          SAY_COUNT(v, "{1} pair waits, {2} of them probably one person.",
                                    "{1} pairs wait, {2} of them probably one person.", waiting),
                          MARKUP(page, "{}", voice_number(v, page->arena, waiting)),
                          MARKUP(page, "{}", voice_number(v, page->arena, probable))));
    OUT(page->out, " {}</p>\n", SAY(v, "Nothing is joined until somebody decides."));
}

static void write_head(struct page *page, const struct matches *m, const struct asked *asked)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<div class=\"lead\"><h1>{}</h1>\n", page->title);
    if (m->waiting)
        OUT(page->out, "<p><a class=\"button primary\" href=\"{}\">{}</a></p>",
            match_place(page, &m->all[0]), SAY(v, "Begin with the likeliest"));
    out_raw(page->out, "</div>\n");
    write_tally(page, m);
    out_raw(page->out, "<ul class=\"choices\">");
    write_choice(page, "/matches", SAY(v, "Those that wait"), !asked->decided);
    write_choice(page, "/matches?kind=decided", SAY(v, "Decided"), asked->decided);
    out_raw(page->out, "</ul>\n");
}

/* ---- a row ---- */

static struct markup bearer_said(struct page *page, const struct bearer *b)
{
    return MARKUP(page, "<bdi>{}</bdi>", b->named.name);
}

static void write_documents(struct page *page, const struct match *one)
{
    out_raw(page->out, "<p class=\"meta parts\">");
    OUT(page->out, "<span><bdi>{}</bdi></span>",
        part_document_name(page, one->left->document_title, one->left->document_name));
    if (!hash_equal(&one->left->document, &one->right->document))
        OUT(page->out, "<span><bdi>{}</bdi></span>",
            part_document_name(page, one->right->document_title, one->right->document_name));
    out_raw(page->out, "</p>");
}

/* what speaks for it most */
static void write_reasons(struct page *page, const struct match *one)
{
    out_raw(page->out, "<p class=\"meta parts\">");
    size_t shown = 0;
    for (size_t i = 0; i < one->pair->reasons_count && shown < REASONS_BESIDE; i++) {
        const struct likely_reason *r = &one->pair->reasons[i];
        if (r->tenths < 10 && r->tenths > -10)
            continue;
        shown++;
        OUT(page->out, "<span>{} <bdi dir=\"ltr\">{}</bdi></span>", trait_said(page, r),
            weight_said(page, r->tenths));
    }
    out_raw(page->out, "</p>");
}

static void write_row(struct page *page, const struct match *one)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<li><a class=\"title\" href=\"{}\">", match_place(page, one));
    markup_write(page, SENTENCE(page, SAY(v, "{1} and {2}"), bearer_said(page, one->left),
                                bearer_said(page, one->right)));
    out_raw(page->out, "</a>");
    write_documents(page, one);
    if (one->pair)
        write_reasons(page, one);
    else if (one->why.len)
        OUT(page->out, "<p class=\"meta\"><q class=\"reason\"><bdi>{}</bdi></q></p>", one->why);
    out_raw(page->out, "<p class=\"tally\">");
    match_state_write(page, one);
    out_raw(page->out, "</p></li>\n");
}

/* ---- the list ---- */

static struct str turn_address(struct page *page, const struct asked *asked, size_t from)
{
    return arena_print(page->arena, "/matches?%sfrom=%zu", asked->decided ? "kind=decided&" : "",
                       from);
}

static void write_turns(struct page *page, const struct asked *asked, size_t total)
{
    size_t from = asked->from, behind = total > from ? total - from : 0;
    part_turns(page, &(struct turns){
                         .from = from,
                         .count = behind < PER_PAGE ? behind : PER_PAGE,
                         .total = total,
                         .before = turn_address(page, asked, turns_before(from, PER_PAGE, total)),
                         .next = turn_address(page, asked, from + PER_PAGE)});
}

static void write_none(struct page *page, const struct asked *asked)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<div class=\"notice\"><p>{}</p></div>\n",
        asked->decided ? SAY(v, "Nobody was decided about yet.")
                       : SAY(v, "No two people on record look like one whom nobody decided "
                                "about."));
}

static void write_list(struct page *page, const struct matches *m, const struct asked *asked)
{
    size_t first = asked->decided ? m->waiting : 0;
    size_t total = asked->decided ? m->count - m->waiting : m->waiting;
    if (!total)
        write_none(page, asked);
    out_raw(page->out, "<ol class=\"entries matches\">\n");
    for (size_t i = asked->from; i < total && i < asked->from + PER_PAGE; i++)
        write_row(page, &m->all[first + i]);
    out_raw(page->out, "</ol>\n");
    write_turns(page, asked, total);
}

static enum outcome write_done(struct page *page, const struct matches *m, struct fault *why)
{
    const struct match *done;
    struct str address = page_field(page, "done");
    enum outcome result = address.len ? match_at(page, m, address, &done, why) : OK;
    if (result == OK && address.len) {
        result = match_done_write(page, m, done, true, why);
        out_raw(page->out, "<script src=\"/assets/matches.js\" defer></script>\n");
    }
    return result;
}

enum outcome page_matches(struct page *page, struct fault *why)
{
    struct matches_held held;
    const struct matches *m;
    struct asked asked = read_asked(page);
    enum outcome result = matches_hold(page, &held, &m, why);
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/matches.css\">\n");
    if (result == OK)
        result = write_done(page, m, why);
    if (result == OK) {
        page->title = SAY(&page->voice, "Who is whom");
        write_head(page, m, &asked);
        write_list(page, m, &asked);
    }
    matches_release(page, &held);
    return result;
}
