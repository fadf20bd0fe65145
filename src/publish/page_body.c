#include "publish/body_words_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "publish/person_words_int.h"
#include "publish/sheet_int.h"
#include "text/edtf.h"

enum { CASES_SHOWN = 25, FROM_LIMIT = 10000000, ABOUT_SHOWN = 60 };

struct body_page {
    struct page *page;
    const struct case_rules *rules;
    struct body_question question;
    struct str since, until; /* as asked */
    bool refused;            /* one of them is no date */
    struct body_account account;
};

static void write_heading(const struct body_page *b, struct str words)
{
    OUT(b->page->out, "<h2>{}</h2>\n", words);
}

static void write_item(struct page *page, struct markup markup)
{
    out_raw(page->out, "<li>");
    markup_write(page, markup);
    out_raw(page->out, "</li>\n");
}

/* "in REPORT": the sentence that says so. */
static struct markup source_said(struct page *page, const struct statement_view *view)
{
    struct str name = view->document_publisher.len
                          ? view->document_publisher
                          : part_document_name(page, view->document_title, view->document_name);
    return MARKUP(page, "<a href=\"{}\"><bdi>{}</bdi></a>",
                  part_place(page, &view->document, &view->id), name);
}

/* ---- what it is ---- */

static void write_relations(const struct body_page *b)
{
    struct page *page = b->page;
    const struct voice *v = &page->voice;
    const struct body_account *a = &b->account;
    const struct body_row *row = a->row;
    if (row && row->part_of) {
        const struct body_view whole = {.id = body_id(row->part_of->id, false),
                                        .key = row->part_of->id};
        write_item(page, SENTENCE(page, SAY(v, "a part of {1}"), body_link(page, &whole)));
    }
    if (row && row->under) {
        const struct body_view over = {.key = row->under->id};
        write_item(page, SENTENCE(page, SAY(v, "answers to: {1}"), body_said(page, &over)));
    }
    if (row && !row->checked)
        write_item(page, MARKUP(page, "{}",
                                SAY(v, "What the program's tables say of it was not checked.")));
    for (size_t i = 0; i < a->also_count; i++)
        write_item(page, SENTENCE(page, SAY(v, "decided to be the same person: {1}"),
                                  markup_text(page, a->also[i])));
    if (a->several)
        write_item(page, MARKUP(page, "{}",
                                SAY(v, "Decisions make several people of this name. The cases here "
                                       "are those of all of them.")));
}

static void write_written(const struct body_page *b)
{
    struct page *page = b->page;
    const struct body_view *view = &b->account.view;
    const struct voice *v = &page->voice;
    for (size_t i = 0; i < view->spellings_count; i++) {
        const struct body_spelling *s = &view->spellings[i];
        struct markup number = MARKUP(page, "{}", voice_number(v, page->arena, s->passages));
        struct str written = body_spelling_words(s, page->arena);
        if (!s->written)
            continue;
        write_item(page, SENTENCE(page,
                                  SAY_COUNT(v, "written {1}, in {2} statement",
                                            "written {1}, in {2} statements", s->passages),
                                  markup_text(page, written), number));
    }
}

static void write_head(const struct body_page *b)
{
    struct page *page = b->page;
    const struct voice *v = &page->voice;
    const struct body_account *a = &b->account;
    bool official = a->view.official;
    OUT(page->out, "<p class=\"back\"><a href=\"{}\">{}</a></p>\n<h1>",
        official ? STR("/officials") : STR("/institutions"),
        official ? SAY(v, "Officials") : SAY(v, "Institutions"));
    markup_write(page, body_said(page, &a->view));
    OUT(page->out, "</h1>\n<p class=\"standfirst parts\"><span>{}</span><span>",
        body_kind_said(page, &a->view));
    markup_write(page, body_cases_said(page, &a->cases));
    out_raw(page->out, "</span></p>\n");
    if (official)
        OUT(page->out, "<p class=\"soft\">{}</p>\n",
            SAY(v, "Everything here is what somebody says, with its source. Nothing here finds "
                   "anybody guilty."));
    out_raw(page->out, "<ul class=\"said\">\n");
    write_relations(b);
    write_written(b);
    out_raw(page->out, "</ul>\n");
}

static void write_parts(const struct body_page *b)
{
    struct page *page = b->page;
    if (!b->account.parts_count)
        return;
    write_heading(b, SAY(&page->voice, "Parts of it"));
    out_raw(page->out, "<ul class=\"said\">\n");
    for (size_t i = 0; i < b->account.parts_count; i++)
        write_item(page, SENTENCE(page, SAY(&page->voice, "{1}: {2}"),
                                  body_link(page, &b->account.parts[i]),
                                  body_cases_said(page, &b->account.parts[i].cases)));
    out_raw(page->out, "</ul>\n");
}

/* ---- posts ---- */

static struct markup tenure_said(struct page *page, const struct body_post *p)
{
    const struct voice *v = &page->voice;
    if (p->since.len && p->until.len && !str_equal(p->since, p->until))
        return SENTENCE(page, SAY(v, "from {1} to {2}"), markup_date(page, p->since),
                        markup_date(page, p->until));
    if (p->since.len && p->until.len)
        return markup_date(page, p->since);
    if (p->since.len)
        return SENTENCE(page, SAY(v, "from {1}"), markup_date(page, p->since));
    if (p->until.len)
        return SENTENCE(page, SAY(v, "until {1}"), markup_date(page, p->until));
    return MARKUP(page, "<span class=\"soft\">{}</span>", SAY(v, "no dates"));
}

static struct markup post_said(struct page *page, const struct body_post *p)
{
    if (!p->post.len)
        return MARKUP(page, "{}", SAY(&page->voice, "a post"));
    return p->claim ? markup_told(page, p->post, p->claim->post_fa) : markup_text(page, p->post);
}

static void write_claim(struct page *page, const struct body_claim *claim)
{
    const struct voice *v = &page->voice;
    struct markup by = markup_told(page, claim->said_by, claim->said_by_fa);
    markup_write(
        page,
        claim->checked
            ? SENTENCE(page,
                       SAY(v, "Not on record: a table of the program says so. Its source: {1}. "
                              "Its dates were not checked."),
                       by)
            : SENTENCE(page,
                       SAY(v, "Not on record: a table of the program says so. Its source: {1}. "
                              "It was not checked."),
                       by));
}

static void write_post(struct page *page, const struct body_post *p, bool on_own_page)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<li>");
    if (on_own_page)
        out_raw(page->out, "<span class=\"title\">");
    else
        OUT(page->out, "<a class=\"title\" href=\"{}\">",
            page_link(page, "/officials/", &p->official));
    if (!on_own_page) {
        markup_write(page, official_said(page, p->name));
        out_raw(page->out, "</a><p class=\"meta\">");
    }
    markup_write(page, post_said(page, p));
    out_raw(page->out, on_own_page ? "</span><p class=\"meta\">" : " · ");
    markup_write(page, tenure_said(page, p));
    out_raw(page->out, "</p><p class=\"meta\">");
    if (p->claim) {
        write_claim(page, p->claim);
    } else {
        OUT(page->out, "<q><bdi>{}</bdi></q> ", p->view->quote);
        markup_write(page, SENTENCE(page, SAY(v, "in {1}"), source_said(page, p->view)));
    }
    out_raw(page->out, "</p>");
    if (p->view) {
        out_raw(page->out, "<p class=\"tally\">");
        part_state(page, p->view->state, p->view->undecided);
        out_raw(page->out, "</p>");
    }
    out_raw(page->out, "</li>\n");
}

static struct markup told_said(struct page *page, const struct body_post *p)
{
    return SENTENCE(page, SAY(&page->voice, "{1} ({2})"), post_said(page, p), tenure_said(page, p));
}

static void write_conflicts(const struct body_page *b)
{
    struct page *page = b->page;
    const struct voice *v = &page->voice;
    if (!b->account.conflicts_count)
        return;
    write_heading(b, SAY(v, "What contradicts"));
    out_raw(page->out, "<ul class=\"conflicts\">\n");
    for (size_t i = 0; i < b->account.conflicts_count; i++) {
        const struct body_conflict *c = &b->account.conflicts[i];
        struct markup name = official_said(page, c->a->name);
        write_item(page, c->b ? SENTENCE(page, SAY(v, "{1}: {2}, and also {3}"), name,
                                         told_said(page, c->a), told_said(page, c->b))
                              : SENTENCE(page, SAY(v, "{1}: {2} ends before it begins"), name,
                                         told_said(page, c->a)));
    }
    out_raw(page->out, "</ul>\n");
}

static void write_posts(const struct body_page *b)
{
    struct page *page = b->page;
    const struct body_account *a = &b->account;
    if (!a->posts_count)
        return;
    write_heading(b, SAY(&page->voice, "Posts, as somebody says"));
    out_raw(page->out, "<ol class=\"entries\">\n");
    for (size_t i = 0; i < a->posts_count; i++)
        write_post(page, &a->posts[i], a->view.official);
    out_raw(page->out, "</ol>\n");
    write_conflicts(b);
}

/* ---- by year ---- */

static void write_year(struct page *page, const struct body_year *y, int64_t most)
{
    const struct voice *v = &page->voice;
    int64_t all = y->cases.accepted + y->cases.proposed;
    const struct figure drawn = {.bound = BOUND_EXACT, .low = all, .high = all};
    out_raw(page->out, "<tr><th scope=\"row\">");
    if (y->year == INT64_MIN)
        OUT(page->out, "{}", SAY(v, "no date"));
    else
        part_date(page, arena_print(page->arena, "%04d", (int)y->year));
    out_raw(page->out, "</th><td class=\"drawn\">");
    part_bar(page, &drawn, most, y->cases.accepted ? VIEW_ACCEPTED : VIEW_PROPOSED, false);
    out_raw(page->out, "</td><td>");
    markup_write(page, body_cases_said(page, &y->cases));
    out_raw(page->out, "</td></tr>\n");
}

static void write_years(const struct body_page *b)
{
    struct page *page = b->page;
    const struct voice *v = &page->voice;
    const struct body_account *a = &b->account;
    int64_t most = 1;
    if (a->years_count < 2)
        return;
    for (size_t i = 0; i < a->years_count; i++) {
        int64_t all = a->years[i].cases.accepted + a->years[i].cases.proposed;
        most = all > most ? all : most;
    }
    write_heading(b, SAY(v, "Cases by year"));
    OUT(page->out,
        "<section class=\"scroll\" tabindex=\"0\" aria-label=\"{}\">"
        "<table class=\"counts\"><thead><tr><th scope=\"col\">{}</th>"
        "<td></td><th scope=\"col\">{}</th></tr></thead><tbody>\n",
        SAY(v, "Cases by year"), SAY(v, "Year"), SAY(v, "Cases"));
    for (size_t i = 0; i < a->years_count; i++)
        write_year(page, &a->years[i], most);
    out_raw(page->out, "</tbody></table></section>\n");
}

/* ---- cases ---- */

static bool says_so(const struct case_occurrence *o, const struct hash *statement)
{
    for (size_t i = 0; i < o->views_count; i++)
        if (hash_equal(&o->views[i]->id, statement))
            return true;
    return false;
}

/* what happened there, where it is none of the outcomes: those follow */
static void write_passage(struct page *page, const struct body_case *c)
{
    const struct voice *v = &page->voice;
    const struct life_event *e = &c->view->statement.life_event;
    for (size_t i = 0; i < c->outcomes_count; i++)
        if (says_so(c->outcomes[i], &c->view->id))
            return;
    struct markup event =
        MARKUP(page, "<a href=\"{}\">{}</a>", part_place(page, &c->view->document, &c->view->id),
               voice_label(v, page->arena, e->event));
    struct markup date =
        e->date.len ? markup_date(page, e->date) : MARKUP(page, "{}", SAY(v, "no date"));
    out_raw(page->out, "<span>");
    markup_write(page, SENTENCE(page, SAY(v, "{1} ({2})"), event, date));
    out_raw(page->out, "</span>");
}

static void write_outcome(struct page *page, const struct case_occurrence *o)
{
    const struct voice *v = &page->voice;
    struct markup said = occurrence_said(page, o);
    out_raw(page->out, "<span>");
    markup_write(page, o->sentence.len
                           ? SENTENCE(page, SAY(v, "{1}: {2}"), said,
                                      markup_text(page, voice_detail(v, page->arena, o->sentence)))
                           : said);
    out_raw(page->out, "</span>");
}

static void write_case(struct page *page, const struct body_case *c)
{
    OUT(page->out,
        "<li class=\"{}\"><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a><p class=\"meta parts\">",
        part_state_class(c->view->state, c->view->undecided),
        page_link(page, "/person/", &c->view->id), c->person->name);
    write_passage(page, c);
    for (size_t i = 0; i < c->outcomes_count; i++)
        write_outcome(page, c->outcomes[i]);
    out_raw(page->out, "</p><p class=\"tally\">");
    part_state(page, c->view->state, c->view->undecided);
    out_raw(page->out, "</p></li>\n");
}

static void write_period(const struct body_page *b)
{
    struct page *page = b->page;
    const struct voice *v = &page->voice;
    OUT(page->out,
        "<form class=\"ask\" method=\"get\" action=\"{}\"><label for=\"since\">{}</label>"
        "<span class=\"row\"><input id=\"since\" type=\"text\" name=\"since\" dir=\"ltr\""
        " value=\"{}\"> ",
        page->here, SAY(v, "Between the day (Gregorian: 2021-06-13, or 2021)"), b->since);
    OUT(page->out,
        "<label for=\"until\">{}</label><input id=\"until\" type=\"text\" name=\"until\""
        " dir=\"ltr\" value=\"{}\"> <button type=\"submit\">{}</button></span>",
        SAY(v, "and"), b->until, SAY(v, "Show"));
    if (b->refused)
        OUT(page->out, "<span class=\"soft\" role=\"alert\">{}</span>",
            SAY(v, "This is no period: two dates, the first before the second."));
    out_raw(page->out, "</form>\n");
}

static struct str turn_address(const struct body_page *b, size_t from)
{
    struct page *page = b->page;
    const struct body_question *q = &b->question;
    char since[16] = "", until[16] = "";
    if (q->dated && b->since.len)
        edtf_write_day(q->since, since);
    if (q->dated && b->until.len)
        edtf_write_day(q->until, until);
    return arena_print(page->arena, "%.*s?from=%zu%s%s%s%s", STR_ARG(page->here), from,
                       *since ? "&since=" : "", since, *until ? "&until=" : "", until);
}

static void write_turns(const struct body_page *b)
{
    const struct body_account *a = &b->account;
    size_t from = b->question.from;
    part_turns(b->page,
               &(struct turns){.from = from,
                               .count = a->shown_count,
                               .total = a->total,
                               .at_least = a->more,
                               .before = turn_address(b, turns_before(from, CASES_SHOWN, a->total)),
                               .next = turn_address(b, from + CASES_SHOWN)});
}

static void write_cases(const struct body_page *b)
{
    struct page *page = b->page;
    const struct voice *v = &page->voice;
    const struct body_account *a = &b->account;
    if (!a->total && !b->question.dated && !b->refused)
        return;
    write_heading(b, a->view.official ? SAY(v, "Cases through their hands") : SAY(v, "Cases"));
    write_period(b);
    if (!a->total)
        OUT(page->out, "<p class=\"soft\">{}</p>\n", SAY(v, "No case on record in this time."));
    out_raw(page->out, "<ol class=\"entries\">\n");
    for (size_t i = 0; i < a->shown_count; i++)
        write_case(page, &a->shown[i]);
    out_raw(page->out, "</ol>\n");
    write_turns(b);
}

/* ---- what is said ---- */

static void write_statement(struct page *page, const struct statement_view *view)
{
    out_raw(page->out, "<li class=\"statement alone\">");
    statement_part_write(page, view, page->site->incidents, page->site->incidents_count);
    OUT(page->out, "<p class=\"meta\"><q><bdi>{}</bdi></q> ", view->quote);
    markup_write(page, SENTENCE(page, SAY(&page->voice, "in {1}"), source_said(page, view)));
    out_raw(page->out, " ");
    part_state(page, view->state, view->undecided);
    out_raw(page->out, "</p></li>\n");
}

static void write_said(const struct body_page *b)
{
    struct page *page = b->page;
    const struct voice *v = &page->voice;
    const struct body_account *a = &b->account;
    if (a->said_count) {
        write_heading(b, SAY(v, "Figures that documents give as theirs"));
        out_raw(page->out, "<ul class=\"statements\">\n");
        for (size_t i = 0; i < a->said_count; i++)
            write_statement(page, &a->said[i]);
        out_raw(page->out, "</ul>\n");
    }
    if (!a->about_count)
        return;
    write_heading(b, SAY(v, "What is said of them"));
    out_raw(page->out, "<ul class=\"statements\">\n");
    for (size_t i = 0; i < a->about_count && i < ABOUT_SHOWN; i++)
        write_statement(page, a->about[i]);
    out_raw(page->out, "</ul>\n");
}

/* ---- the page ---- */

static void read_period(struct body_page *b)
{
    int64_t first, last, from = 0;
    b->since = str_trim(page_field(b->page, "since"));
    b->until = str_trim(page_field(b->page, "until"));
    b->question.since = INT64_MIN + 1;
    b->question.until = INT64_MAX;
    if (str_to_int(page_field(b->page, "from"), &from) && from > 0 && from < FROM_LIMIT)
        b->question.from = (size_t)from;
    if (b->since.len && edtf_range(b->since, &first, &last, NULL) == OK)
        b->question.since = first;
    else
        b->refused = b->since.len > 0;
    if (b->until.len && edtf_range(b->until, &first, &last, NULL) == OK)
        b->question.until = last;
    else
        b->refused |= b->until.len > 0;
    b->refused |= b->question.since > b->question.until;
    b->question.dated = (b->since.len || b->until.len) && !b->refused;
    if (b->refused)
        b->page->status = 422;
}

/* The id whose first digits the address holds; false for an address that is no body's. */
static bool read_id(const struct page *page, bool official, struct hash *out)
{
    char digits[HASH_DIGITS + 1];
    memset(digits, '0', HASH_DIGITS);
    digits[HASH_DIGITS] = '\0';
    if (page->id.len > HASH_DIGITS)
        return false;
    memcpy(digits, page->id.at, page->id.len);
    if (!hash_read(str_of(digits), out) || (out->bytes[7] & 1) != official)
        return false;
    for (size_t i = 8; i < HASH_SIZE; i++)
        if (out->bytes[i])
            return false;
    return true;
}

static enum outcome show_body(struct page *page, bool official, struct fault *why)
{
    struct body_page *b = arena_alloc(page->arena, sizeof *b);
    *b = (struct body_page){.page = page, .question = {.limit = CASES_SHOWN}};
    if (!read_id(page, official, &b->question.id))
        return refuse(why, NOT_FOUND, "%s", SAID("nothing on record has this address"));
    read_period(b);
    enum outcome result = case_rules_new(page->arena, &b->rules, why);
    if (result == OK)
        result = body_account_read(page->archive, body_book(), b->rules, &b->question, page->arena,
                                   &b->account, why);
    if (result != OK)
        return result;
    page->title = official ? SAY(&page->voice, "An official") : SAY(&page->voice, "An institution");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    write_head(b);
    write_parts(b);
    if (official)
        write_posts(b);
    write_years(b);
    write_cases(b);
    if (!official)
        write_posts(b);
    write_said(b);
    return OK;
}

enum outcome page_institution(struct page *page, struct fault *why)
{
    return show_body(page, false, why);
}

enum outcome page_official(struct page *page, struct fault *why)
{
    return show_body(page, true, why);
}
