#include "account/people.h"
#include "account/shelf.h"
#include "publish/asked_int.h"
#include "publish/cases_int.h"
#include "publish/figure_words_int.h"
#include "publish/match_part_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "text/fold.h"

enum { PER_PAGE = 40, FROM_LIMIT = 10000000, ALSO_SHOWN = 3 };

struct asked {
    struct str name;
    bool organisations;
    size_t from;
};

static enum outcome read_asked(struct page *page, struct asked *asked, struct fault *why)
{
    int64_t from = 0;
    *asked =
        (struct asked){.organisations = str_equal(page_field(page, "kind"), STR("organisations"))};
    if (str_to_int(page_field(page, "from"), &from) && from > 0 && from < FROM_LIMIT)
        asked->from = (size_t)from;
    return asked_words(page, "named", &asked->name, why);
}

static struct str list_address(bool organisations)
{
    return organisations ? STR("/people?kind=organisations") : STR("/people");
}

/* ---- head of the page ---- */

static void write_choice(struct page *page, struct str address, struct str name, bool current)
{
    OUT(page->out, "<li><a href=\"{}\"", address);
    out_raw(page->out, current ? " aria-current=\"true\">" : ">");
    OUT(page->out, "{}</a></li>", name);
}

static void write_form(struct page *page, const struct asked *asked)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<form class=\"ask\" method=\"post\" action=\"/people\" "
                       "autocomplete=\"off\">");
    page_form_token(page);
    if (asked->organisations)
        out_raw(page->out, "<input type=\"hidden\" name=\"kind\" value=\"organisations\">");
    OUT(page->out,
        "<label for=\"name\">{}</label><span class=\"row\"><input id=\"name\" type=\"search\" "
        "name=\"name\" dir=\"auto\" spellcheck=\"false\" value=\"{}\"> "
        "<button type=\"submit\">{}</button></span></form>\n",
        SAY(v, "A part of the name"), asked->name, SAY(v, "Show"));
}

static void write_head(struct page *page, const struct asked *asked)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<h1>{}</h1>\n<p class=\"standfirst\">{}</p>\n", page->title,
        SAY(v, "Whoever was decided to be one person stands in one row. Else a row is one name as "
               "documents write it, and people of one name share it."));
    out_raw(page->out, "<ul class=\"choices\">");
    write_choice(page, list_address(false), SAY(v, "Names"), !asked->organisations);
    write_choice(page, STR("/people?kind=cases"), SAY(v, "Cases"), false);
    write_choice(page, list_address(true), SAY(v, "Organisations"), asked->organisations);
    write_choice(page, STR("/audits"), SAY(v, "Amnesties"), false);
    out_raw(page->out, "</ul>\n");
    write_form(page, asked);
}

/* ---- a row ---- */

static void write_spellings(struct page *page, const struct person_row *row)
{
    const struct voice *v = &page->voice;
    struct markup others = {STR_NONE};
    for (size_t i = 0; i < row->spellings_count; i++) {
        struct markup one = markup_text(page, row->spellings[i]);
        if (str_equal(row->spellings[i], row->name))
            continue;
        others = others.html.len ? SENTENCE(page, SAY(v, "{1}, {2}"), others, one) : one;
    }
    if (!others.html.len)
        return;
    out_raw(page->out, "<span>");
    markup_write(page, SENTENCE(page, SAY(v, "also written {1}"), others));
    out_raw(page->out, "</span>");
}

static void write_meta(struct page *page, const struct person_row *row)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<p class=\"meta parts\">");
    for (size_t i = 0; i < row->roles_count; i++)
        if (!str_equal(row->roles[i], STR("other")))
            OUT(page->out, "<span>{}</span>", voice_happened(v, page->arena, row->roles[i]));
    write_spellings(page, row);
    out_raw(page->out, "<span>");
    OUT_SENTENCE(page->out,
                 SAY_COUNT(v, "in {} document", "in {} documents", (int64_t)row->documents),
                 voice_number(v, page->arena, (int64_t)row->documents));
    out_raw(page->out, "</span></p>");
}

static void write_event(struct page *page, const struct person_event *e)
{
    OUT(page->out,
        "<li class=\"{}\"><span class=\"sign\" aria-hidden=\"true\">{}</span>"
        "<span class=\"unseen\">{}</span> ",
        part_state_class(e->state, e->undecided), str_of(state_sign(e->state, e->undecided)),
        voice_label(&page->voice, page->arena, str_of(state_word(e->state, e->undecided))));
    OUT(page->out, "<a href=\"{}\">{}</a> ", part_place(page, &e->document, &e->statement),
        voice_label(&page->voice, page->arena, e->event));
    part_date(page, e->date);
    out_raw(page->out, "</li>");
}

static void write_events(struct page *page, const struct person_row *row)
{
    const struct voice *v = &page->voice;
    size_t more = row->events_total - row->events_count;
    if (!row->events_count)
        return;
    out_raw(page->out, "<ul class=\"events\">");
    for (size_t i = 0; i < row->events_count; i++)
        write_event(page, &row->events[i]);
    if (more) {
        out_raw(page->out, "<li class=\"soft\">");
        OUT_SENTENCE(page->out, SAY_COUNT(v, "and {} more", "and {} more", (int64_t)more),
                     voice_number(v, page->arena, (int64_t)more));
        out_raw(page->out, "</li>");
    }
    out_raw(page->out, "</ul>");
}

static struct markup also_said(struct page *page, const struct matches *m,
                               const struct match_link *link)
{
    const struct voice *v = &page->voice;
    struct str place = match_place(page, &m->all[link->pair]);
    if (str_equal(link->row, link->other))
        return MARKUP(page, "<a href=\"{}\">{}</a>", place,
                      SAY(v, "probably one person in several documents"));
    return SENTENCE(page, SAY(v, "probably also {1}"),
                    MARKUP(page, "<a href=\"{}\"><bdi>{}</bdi></a>", place, link->name));
}

/* what nobody decided: it is pointed at, and joins nothing */
static void write_probable(struct page *page, const struct person_row *row, const struct matches *m)
{
    char digits[HASH_DIGITS + 1];
    struct str key = row->key;
    size_t count;
    if (!m || row->organisation)
        return;
    hash_write(&row->person, digits);
    const struct match_link *links = matches_links(m, row->decided ? str_of(digits) : key, &count);
    if (!count)
        return;
    out_raw(page->out, "<p class=\"meta parts probable\">");
    for (size_t i = 0; i < count && i < ALSO_SHOWN; i++) {
        out_raw(page->out, "<span><span class=\"sign\" aria-hidden=\"true\">○</span> ");
        markup_write(page, also_said(page, m, &links[i]));
        out_raw(page->out, "</span>");
    }
    int64_t more = (int64_t)count - ALSO_SHOWN;
    if (more > 0) {
        out_raw(page->out, "<span><a href=\"/matches\">");
        OUT_SENTENCE(page->out, SAY_COUNT(&page->voice, "and {} more", "and {} more", more),
                     voice_number(&page->voice, page->arena, more));
        out_raw(page->out, "</a></span>");
    }
    out_raw(page->out, "</p>");
}

static void write_row(struct page *page, const struct person_row *row, const struct matches *m)
{
    OUT(page->out, "<li><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a>",
        row->organisation ? part_place(page, &row->document, &row->statement)
                          : page_link(page, "/person/", &row->statement),
        row->name);
    write_meta(page, row);
    write_events(page, row);
    write_probable(page, row, m);
    out_raw(page->out, "<p class=\"tally\">");
    part_state(page, row->state, row->undecided);
    out_raw(page->out, "</p></li>\n");
}

/* ---- turning the page ---- */

static struct str turn_address(struct page *page, const struct asked *asked, size_t from)
{
    struct str kind = asked->organisations ? STR("organisations") : STR("people");
    struct str address =
        arena_print(page->arena, "/people?kind=%.*s&from=%zu", STR_ARG(kind), from);
    return asked->name.len ? arena_print(page->arena, "%.*s&named=%.*s", STR_ARG(address),
                                         STR_ARG(asked_sealed(page, asked->name)))
                           : address;
}

static void write_turns(struct page *page, const struct asked *asked, size_t count, size_t total)
{
    size_t before = turns_before(asked->from, PER_PAGE, total);
    part_turns(page, &(struct turns){.from = asked->from,
                                     .count = count,
                                     .total = total,
                                     .before = turn_address(page, asked, before),
                                     .next = turn_address(page, asked, asked->from + PER_PAGE)});
}

static void write_none(struct page *page, const struct asked *asked)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<div class=\"notice\"><p>{}</p><p>{}</p></div>\n",
        asked->name.len ? SAY(v, "No name holds this.") : SAY(v, "Nobody is named here yet."),
        asked->name.len
            ? SAY(v, "Names stand as documents write them. Search finds a name in both scripts.")
            : SAY(v, "Names come with the documents that are taken in."));
}

struct people_held {
    struct matches_held matches;
    struct account_hold list;
    struct people_list own;         /* where there is no shelf */
    const struct matches *probable; /* NULL: they are being worked out */
    struct person_row *rows;
    size_t count, total;
};

static enum outcome hold_list(struct page *page, struct people_held *held,
                              const struct people_list **out, struct fault *why)
{
    *out = &held->own;
    if (!page->site->accounts)
        return people_list_read(page->archive, page->arena, &held->own, why);
    const struct account_wish wish = {.kind = ACCOUNT_PEOPLE};
    enum outcome result =
        account_hold(page->site->accounts, page->archive, &wish, &held->list, why);
    *out = held->list.people;
    return result;
}

/* the list as decisions join it, where there are any */
static enum outcome read_rows(struct page *page, const struct name_choice *choice,
                              struct people_held *held, struct fault *why)
{
    const struct people_list *list = NULL;
    enum outcome result = OK;
    if (!choice->organisations) {
        result = hold_list(page, held, &list, why);
        if (result == OK)
            result = matches_try(page, &held->matches, &held->probable, why);
    }
    if (result != OK)
        return result;
    if (!list || !list->decided)
        return people_page(page->archive, choice, page->arena, &held->rows, &held->count,
                           &held->total, why);
    people_list_page(list, choice, page->arena, &held->rows, &held->count, &held->total);
    return OK;
}

static void let_go(struct page *page, struct people_held *held)
{
    matches_release(page, &held->matches);
    if (held->list.shelved)
        account_release(page->site->accounts, &held->list);
}

static void write_people(struct page *page, const struct asked *asked,
                         const struct people_held *held)
{
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    write_head(page, asked);
    if (!held->total)
        write_none(page, asked);
    out_raw(page->out, "<ol class=\"entries people\">\n");
    for (size_t i = 0; i < held->count; i++)
        write_row(page, &held->rows[i], held->probable);
    out_raw(page->out, "</ol>\n");
    write_turns(page, asked, held->count, held->total);
}

enum outcome page_people(struct page *page, struct fault *why)
{
    struct people_held held = {0};
    struct asked asked;
    if (cases_are_asked(page))
        return page_cases(page, why);
    struct str typed = str_trim(page_field(page, "name"));
    enum outcome result = read_asked(page, &asked, why);
    if (result == OK && (typed.len || page_field(page, "token").len))
        return asked_lead(page, list_address(asked.organisations), "named", typed, why);
    if (result != OK)
        return result;
    struct name_choice choice = {fold_text(page->arena, asked.name), asked.organisations,
                                 asked.from, PER_PAGE};
    result = read_rows(page, &choice, &held, why);
    if (result == OK) {
        page->title = SAY(&page->voice, "People");
        write_people(page, &asked, &held);
    }
    let_go(page, &held);
    return result;
}
