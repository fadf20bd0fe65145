#include "account/shelf.h"
#include "publish/asked_int.h"
#include "publish/cases_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "publish/person_words_int.h"
#include "text/fold.h"

enum { PER_PAGE = 40 };

struct cases {
    struct page *page;
    const struct case_rules *rules;
    struct cases_asked asked;
    struct account_hold held;
    struct crowd own; /* where there is no shelf */
    struct census census;
    struct case_record record;
    struct case_row *rows;
    size_t count;
};

/* ---- words ---- */

static struct str facet_said(const struct page *page, enum facet facet)
{
    static const char *const names[FACETS] = {
        SAID("State"),  SAID("Role or occupation"), SAID("Charge"),      SAID("Place"),
        SAID("Prison"), SAID("Sex, as stated"),     SAID("Nationality"), SAID("Taken into prison")};
    return voice_say(&page->voice, names[facet]);
}

static struct str state_value_said(struct page *page, const struct case_rules *rules,
                                   struct str value)
{
    size_t state;
    if (str_equal(value, STR("held")))
        return SAY(&page->voice, "held, in prison or at home");
    return case_state_find(rules, value, &state) ? state_said(page, &rules->states[state]) : value;
}

static struct str charge_said(const struct page *page, const struct case_rules *rules,
                              struct str value)
{
    for (size_t i = 0; i < rules->charges_count; i++)
        if (str_equal(rules->charges[i].id, value))
            return voice_told(&page->voice, rules->charges[i].english, rules->charges[i].persian);
    return value;
}

static struct str facet_value_said(struct page *page, const struct case_rules *rules,
                                   enum facet facet, struct str value)
{
    const struct voice *v = &page->voice;
    switch (facet) {
    case FACET_STATE:
        return state_value_said(page, rules, value);
    case FACET_GROUP:
        return voice_happened(v, page->arena, value);
    case FACET_CHARGE:
        return charge_said(page, rules, value);
    case FACET_SEX:
    case FACET_NATIONALITY:
        return voice_detail(v, page->arena, value);
    case FACET_ARRESTED:
        return voice_date(v, page->arena, value);
    case FACET_PLACE:
    case FACET_PRISON:
    case FACETS:
        break;
    }
    return value;
}

static struct markup count_said(struct page *page, size_t count)
{
    return MARKUP(page, "<data value=\"{}\">{}</data>", arena_print(page->arena, "%zu", count),
                  voice_number(&page->voice, page->arena, (int64_t)count));
}

/* ---- head ---- */

static void write_choices(struct page *page)
{
    const struct voice *v = &page->voice;
    const struct {
        struct str address, name;
        bool current;
    } choices[] = {{STR("/people"), SAY(v, "Names"), false},
                   {STR("/people?kind=cases"), SAY(v, "Cases"), true},
                   {STR("/people?kind=organisations"), SAY(v, "Organisations"), false},
                   {STR("/audits"), SAY(v, "Amnesties"), false}};
    out_raw(page->out, "<ul class=\"choices\">");
    for (size_t i = 0; i < COUNT_OF(choices); i++) {
        OUT(page->out, "<li><a href=\"{}\"", choices[i].address);
        out_raw(page->out, choices[i].current ? " aria-current=\"true\">" : ">");
        OUT(page->out, "{}</a></li>", choices[i].name);
    }
    out_raw(page->out, "</ul>\n");
}

static void write_sum(struct cases *c)
{
    struct page *page = c->page;
    const struct voice *v = &page->voice;
    struct markup fit = count_said(page, c->census.fit),
                  all = count_said(page, c->census.everybody);
    out_raw(page->out, "<p class=\"standfirst\" id=\"sum\">");
    markup_write(page, c->asked.as_of.known
                           ? SENTENCE(page, SAY(v, "{1} of {2} people on record, as of {3}"), fit,
                                      all, day_said(page, c->asked.question.day))
                           : SENTENCE(page, SAY(v, "{1} of {2} people on record"), fit, all));
    out_raw(page->out, "</p>\n");
}

static void write_chip(struct page *page, struct str label, struct str value, struct str address)
{
    OUT(page->out,
        "<li><span class=\"soft\">{}:</span> <bdi>{}</bdi> <a href=\"{}\" class=\"off\">"
        "<span aria-hidden=\"true\">×</span><span class=\"unseen\">{}</span></a></li>",
        label, value, address, SAY(&page->voice, "do not ask this"));
}

static void write_chips(struct cases *c)
{
    struct page *page = c->page;
    bool begun = c->asked.question.name.len > 0;
    for (enum facet f = 0; f < FACETS; f++)
        begun |= c->asked.question.of[f].len > 0;
    if (!begun)
        return;
    out_raw(page->out, "<ul class=\"chips\">");
    for (enum facet f = 0; f < FACETS; f++)
        if (c->asked.question.of[f].len)
            write_chip(page, facet_said(page, f),
                       facet_value_said(page, c->rules, f, c->asked.question.of[f]),
                       cases_address(page, &c->asked, f, STR_NONE, 0));
    if (c->asked.question.name.len) {
        struct cases_asked without = c->asked;
        without.question.name = STR_NONE;
        write_chip(page, SAY(&page->voice, "Name"), c->asked.question.name,
                   cases_address(page, &without, FACETS, STR_NONE, 0));
    }
    out_raw(page->out, "</ul>\n");
}

static void write_day(struct cases *c)
{
    struct page *page = c->page;
    out_raw(page->out, "<form class=\"ask\" method=\"get\" action=\"/people\">");
    cases_hidden(page, &c->asked, false, true);
    as_of_field(page, &c->asked.as_of, as_of_label(page));
    out_raw(page->out, "</form>\n");
}

static void write_name(struct cases *c)
{
    struct page *page = c->page;
    const struct voice *v = &page->voice;
    out_raw(page->out, "<form class=\"ask\" method=\"post\" action=\"/people\" "
                       "autocomplete=\"off\">");
    page_form_token(page);
    cases_hidden(page, &c->asked, true, false);
    OUT(page->out,
        "<label for=\"name\">{}</label><span class=\"row\"><input id=\"name\" type=\"search\" "
        "name=\"name\" dir=\"auto\" spellcheck=\"false\" value=\"{}\"> "
        "<button type=\"submit\">{}</button></span></form>\n",
        SAY(v, "A part of the name"), c->asked.question.name, SAY(v, "Show"));
}

/* ---- facets ---- */

static void write_value(struct cases *c, enum facet facet, const struct census_value *value)
{
    struct page *page = c->page;
    OUT(page->out, "<li><a href=\"{}\"",
        cases_address(page, &c->asked, facet, value->asked ? STR_NONE : value->value, 0));
    out_raw(page->out, value->asked ? " aria-current=\"true\">" : ">");
    OUT(page->out, "<bdi>{}</bdi></a> ", facet_value_said(page, c->rules, facet, value->value));
    markup_write(page, count_said(page, value->people));
    out_raw(page->out, "</li>\n");
}

static void write_facet(struct cases *c, enum facet facet)
{
    struct page *page = c->page;
    const struct voice *v = &page->voice;
    const struct census_facet *f = &c->census.facets[facet];
    if (!f->count)
        return;
    OUT(page->out, "<details class=\"facet\" id=\"{}\"", str_of(facet_name(facet)));
    out_raw(page->out, facet == FACET_STATE || c->asked.question.of[facet].len ? " open>" : ">");
    OUT(page->out, "<summary>{} <span class=\"soft\">", facet_said(page, facet));
    markup_write(page, SENTENCE(page, SAY(v, "of {1}"), count_said(page, f->of)));
    out_raw(page->out, "</span></summary><ul>\n");
    for (size_t i = 0; i < f->count; i++)
        write_value(c, facet, &f->values[i]);
    if (f->more) {
        out_raw(page->out, "<li class=\"soft\">");
        OUT_SENTENCE(page->out, SAY_COUNT(v, "and {} more", "and {} more", (int64_t)f->more),
                     voice_number(v, page->arena, (int64_t)f->more));
        out_raw(page->out, "</li>\n");
    }
    out_raw(page->out, "</ul></details>\n");
}

static void write_facets(struct cases *c)
{
    struct page *page = c->page;
    OUT(page->out, "<nav class=\"facets\" aria-label=\"{}\">\n",
        SAY(&page->voice, "How many are what"));
    for (enum facet f = 0; f < FACETS; f++)
        write_facet(c, f);
    out_raw(page->out, "</nav>\n");
}

/* ---- the list ---- */

static void write_row(struct cases *c, const struct case_row *row)
{
    struct page *page = c->page;
    const struct voice *v = &page->voice;
    const struct case_occurrence *by = row->standing.count ? row->standing.at[0].by : NULL;
    struct str address = page_link(page, "/person/", &row->person->views[0]->id);
    if (c->asked.as_of.asked.len)
        address = arena_print(page->arena, "%.*s?as-of=%.*s", STR_ARG(address),
                              STR_ARG(c->asked.as_of.asked));
    OUT(page->out, "<li><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a><p class=\"meta parts\">",
        address, row->person->name);
    out_raw(page->out, "<span>");
    markup_write(page, standing_said(page, c->rules, &row->standing));
    out_raw(page->out, "</span>");
    if (by) {
        out_raw(page->out, "<span>");
        markup_write(page, occurrence_said(page, by));
        out_raw(page->out, "</span>");
    }
    if (row->doubtful)
        OUT(page->out, "<span>{}</span>", SAY(v, "something on record contradicts"));
    out_raw(page->out, "<span>");
    OUT_SENTENCE(page->out,
                 SAY_COUNT(v, "in {} document", "in {} documents", (int64_t)row->documents),
                 voice_number(v, page->arena, (int64_t)row->documents));
    out_raw(page->out, "</span></p><p class=\"tally\">");
    part_state(page, row->proposed ? VIEW_PROPOSED : VIEW_ACCEPTED, false);
    out_raw(page->out, "</p></li>\n");
}

static void write_turns(struct cases *c)
{
    size_t from = c->asked.from, before = turns_before(from, PER_PAGE, c->census.fit);
    part_turns(c->page,
               &(struct turns){
                   .from = from,
                   .count = c->count,
                   .total = c->census.fit,
                   .before = cases_address(c->page, &c->asked, FACETS, STR_NONE, before),
                   .next = cases_address(c->page, &c->asked, FACETS, STR_NONE, from + PER_PAGE)});
}

static void write_list(struct cases *c)
{
    struct page *page = c->page;
    const struct voice *v = &page->voice;
    if (!c->census.fit)
        OUT(page->out, "<div class=\"notice\"><p>{}</p><p>{}</p></div>\n",
            c->census.everybody ? SAY(v, "Nobody on record fits.")
                                : SAY(v, "Nobody is named here yet."),
            c->census.everybody ? SAY(v, "Ask for less: each of the words above can be taken away.")
                                : SAY(v, "Names come with the documents that are taken in."));
    out_raw(page->out, "<ol class=\"entries people\">\n");
    for (size_t i = 0; i < c->count; i++)
        write_row(c, &c->rows[i]);
    out_raw(page->out, "</ol>\n");
    write_turns(c);
}

/* ---- the page ---- */

static enum outcome hold_crowd(struct cases *c, const struct crowd **out, struct fault *why)
{
    struct page *page = c->page;
    *out = &c->own;
    if (!page->site->accounts)
        return crowd_read(page->archive, c->rules, page->arena, &c->own, why);
    const struct account_wish wish = {.kind = ACCOUNT_CROWD};
    enum outcome result = account_hold(page->site->accounts, page->archive, &wish, &c->held, why);
    *out = c->held.crowd;
    return result;
}

static enum outcome read_cases(struct cases *c, struct fault *why)
{
    struct page *page = c->page;
    const struct crowd *crowd;
    enum outcome result = case_rules_known(&c->rules, why);
    if (result == OK)
        result = hold_crowd(c, &crowd, why);
    if (result == OK)
        result = census_take(crowd, c->rules, &c->asked.question, c->asked.from, PER_PAGE,
                             page->arena, &c->census, why);
    return result == OK ? census_cases(page->archive, c->rules, &c->asked.question, &c->census,
                                       page->arena, &c->record, &c->rows, &c->count, why)
                        : result;
}

static void write_cases(struct cases *c)
{
    struct page *page = c->page;
    page->title = SAY(&page->voice, "People");
    OUT(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n<h1>{}</h1>\n",
        page->title);
    write_choices(page);
    write_sum(c);
    write_chips(c);
    out_raw(page->out, "<div class=\"asks\">");
    write_day(c);
    write_name(c);
    out_raw(page->out, "</div>\n<div class=\"faceted\">\n");
    write_facets(c);
    out_raw(page->out, "<div>\n");
    write_list(c);
    out_raw(page->out, "</div></div>\n");
}

enum outcome page_cases(struct page *page, struct fault *why)
{
    struct cases c = {.page = page};
    struct str typed = str_trim(page_field(page, "name"));
    enum outcome result = cases_read(page, &c.asked, why);
    if (result == OK && (typed.len || page_field(page, "token").len)) {
        c.asked.question.name = STR_NONE;
        return asked_lead(page, cases_address(page, &c.asked, FACETS, STR_NONE, 0), "named", typed,
                          why);
    }
    if (result == OK)
        result = read_cases(&c, why);
    if (result == OK)
        write_cases(&c);
    if (c.held.shelved)
        account_release(page->site->accounts, &c.held);
    return result == OK ? kept_lists_write(page, &c.asked, why) : result;
}
