#include "account/lives.h"
#include "account/shelf.h"
#include "base/in_order.h"
#include "publish/asked_int.h"
#include "publish/estimate_report.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "text/edtf.h"

/* Somebody waits for the page: fewer draws than those of the command, which the page names. */
enum { ENOUGH = 1000, LEAST_DRAWS = 400, MOST_DRAWS = 5000 };

struct estimate_asked {
    struct str event, since, until, place, group;
    bool proposed;
    struct str wrong; /* a date that is none, or empty */
};

/* ---- what is asked ---- */

/* the fields of the form, each on a line, as they stand sealed in the address */
static struct str pack(struct page *page)
{
    return arena_print(
        page->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%s",
        STR_ARG(str_trim(page_field(page, "event"))), STR_ARG(str_trim(page_field(page, "since"))),
        STR_ARG(str_trim(page_field(page, "until"))), STR_ARG(str_trim(page_field(page, "place"))),
        STR_ARG(str_trim(page_field(page, "group"))),
        page_field(page, "proposed").len ? "proposed" : "");
}

static void unpack(struct str packed, struct estimate_asked *asked)
{
    struct str proposed = STR_NONE;
    struct str *const lines[] = {&asked->event, &asked->since, &asked->until,
                                 &asked->place, &asked->group, &proposed};
    for (size_t i = 0; i < COUNT_OF(lines) && str_cut(&packed, '\n', lines[i]); i++)
        continue;
    asked->proposed = proposed.len > 0;
}

/* a day's number, the first or the last that the date may mean */
static void take_date(struct estimate_asked *asked, struct str date, bool is_last, int64_t *day)
{
    int64_t first, last;
    struct fault why;
    if (!date.len)
        return;
    if (edtf_range(date, &first, &last, &why) == OK)
        *day = is_last ? last : first;
    else
        asked->wrong = date;
}

static struct lives_question question_of(struct estimate_asked *asked)
{
    struct lives_question q = {.event = asked->event,
                               .place = asked->place,
                               .group = asked->group,
                               .since = INT64_MIN,
                               .until = INT64_MAX,
                               .dated = asked->since.len || asked->until.len,
                               .proposed = asked->proposed};
    take_date(asked, asked->since, false, &q.since);
    take_date(asked, asked->until, true, &q.until);
    return q;
}

/* ---- the form ---- */

static void write_events(struct page *page, const struct estimate_asked *asked,
                         const struct str *events, size_t count)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<p><label for=\"event\">{}</label><select id=\"event\" name=\"event\">",
        SAY(v, "What happened to them"));
    for (size_t i = 0; i < count; i++) {
        OUT(page->out, "<option value=\"{}\"", events[i]);
        out_raw(page->out, str_equal(events[i], asked->event) ? " selected>" : ">");
        OUT(page->out, "{}</option>", voice_label(v, page->arena, events[i]));
    }
    out_raw(page->out, "</select></p>");
}

static void write_field(struct page *page, const char *name, const char *direction,
                        struct str label, struct str value)
{
    OUT(page->out,
        "<p><label for=\"{1}\">{2}</label><input id=\"{1}\" type=\"text\" name=\"{1}\" dir=\"{3}\" "
        "spellcheck=\"false\" value=\"{4}\"></p>",
        str_of(name), label, str_of(direction), value);
}

static void write_form(struct page *page, const struct estimate_asked *asked,
                       const struct str *events, size_t count)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<form class=\"question\" method=\"post\" action=\"/estimate\" "
                       "autocomplete=\"off\">");
    page_form_token(page);
    write_events(page, asked, events, count);
    write_field(page, "since", "ltr", SAY(v, "Since (2022, 2022-11, 2022-11-15)"), asked->since);
    write_field(page, "until", "ltr", SAY(v, "Until"), asked->until);
    write_field(page, "place", "auto", SAY(v, "A part of the place"), asked->place);
    write_field(page, "group", "auto", SAY(v, "A part of their group, occupation or nationality"),
                asked->group);
    OUT(page->out,
        "<p><input id=\"proposed\" type=\"checkbox\" name=\"proposed\" value=\"yes\"{}> "
        "<label for=\"proposed\">{}</label></p>",
        asked->proposed ? STR(" checked") : STR_NONE, SAY(v, "what nobody decided on, too"));
    OUT(page->out, "<p><button type=\"submit\">{}</button></p></form>\n", SAY(v, "Estimate"));
}

/* ---- what comes of it ---- */

static struct str shell_word(struct page *page, struct str word)
{
    struct str out = STR("'"), part, rest = word;
    for (bool later = false; str_cut(&rest, '\'', &part); later = true)
        out = arena_print(page->arena, "%.*s%s%.*s", STR_ARG(out), later ? "'\\''" : "",
                          STR_ARG(part));
    return arena_print(page->arena, "%.*s'", STR_ARG(out));
}

static struct str command_of(struct page *page, const struct estimate_asked *asked)
{
    const struct {
        const char *option;
        struct str value;
    } options[] = {{"event", asked->event},
                   {"since", asked->since},
                   {"until", asked->until},
                   {"place", asked->place},
                   {"group", asked->group}};
    struct str out = STR("govah estimate");
    for (size_t i = 0; i < COUNT_OF(options); i++)
        if (options[i].value.len)
            out = arena_print(page->arena, "%.*s --%s %.*s", STR_ARG(out), options[i].option,
                              STR_ARG(shell_word(page, options[i].value)));
    return arena_print(page->arena, "%.*s%s --report report.html", STR_ARG(out),
                       asked->proposed ? " --proposed" : "");
}

static void notice(struct page *page, struct str text)
{
    OUT(page->out, "<div class=\"notice\"><p>{}</p></div>\n", text);
}

static void write_left_out(struct page *page, const struct lives_table *table)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<p class=\"soft\">{}",
        SAY(v, "A list is a source, and a person is who was decided to be one. Where nobody "
               "decided, people of one name count as one, and spellings of one name as several, "
               "which makes the overlap too small and the estimate too large."));
    if (table->others || table->without_source) {
        out_raw(page->out, " ");
        OUT_SENTENCE(page->out,
                     SAY(v, "Left out: {1} sources that name fewer people, {2} statements without "
                            "a source."),
                     voice_number(v, page->arena, (int64_t)table->others),
                     voice_number(v, page->arena, (int64_t)table->without_source));
    }
    out_raw(page->out, "</p>\n");
}

static enum outcome write_estimate(struct page *page, const struct estimate_asked *asked,
                                   const struct lives_table *table, struct fault *why)
{
    struct overlap_columns columns = {STR("list"), STR("person"), STR_NONE};
    struct assess_options options = assess_defaults();
    struct assessment assessment;
    struct overlap *tables;
    char digits[HASH_DIGITS + 1];
    size_t count;
    enum outcome result = overlap_read(table->csv, &columns, page->arena, &tables, &count, why);
    if (result != OK)
        return result;
    options.threads = in_order_processors();
    options.latent.enough = ENOUGH;
    options.latent.least = LEAST_DRAWS;
    options.latent.most = MOST_DRAWS;
    assess(tables, &options, page->arena, &assessment);
    struct hash hash = hash_of(table->csv);
    hash_write(&hash, digits);
    struct estimate_source source = {
        .name = SAY(&page->voice, "From this archive. The command draws for longer, and its "
                                  "numbers may differ a little."),
        .hash = str_of(digits),
        .command = command_of(page, asked),
        .seed = options.latent.seed};
    write_left_out(page, table);
    estimate_body(&page->voice, &source, &assessment, 1, page->out);
    return OK;
}

static enum outcome write_result(struct page *page, struct estimate_asked *asked, struct fault *why)
{
    const struct voice *v = &page->voice;
    struct lives_question question = question_of(asked);
    struct lives_table table;
    struct statement_view *views;
    struct persons persons;
    size_t count;
    if (asked->wrong.len) {
        out_raw(page->out, "<div class=\"notice\"><p>");
        OUT_SENTENCE(page->out, SAY(v, "This is no date: {1}."), asked->wrong);
        out_raw(page->out, "</p></div>\n");
        return OK;
    }
    enum outcome result = lives_read(page->archive, page->arena, &views, &count, &persons, why);
    if (result != OK)
        return result;
    lives_table(views, count, &persons, &question, OVERLAP_LISTS_LIMIT, page->arena, &table);
    OUT(page->out, "<section class=\"estimate\"><h2>{}</h2>\n",
        voice_label(v, page->arena, asked->event));
    if (!table.statements)
        notice(page,
               asked->proposed
                   ? SAY(v, "Nobody is on record to whom this happened, by a document with a "
                            "publisher.")
                   : SAY(v, "Nobody is on record to whom this happened, by an accepted statement "
                            "of a document with a publisher."));
    else if (table.sources < 2)
        notice(page, SAY(v, "One source alone names them: there is no overlap to estimate from."));
    else
        result = write_estimate(page, asked, &table, why);
    out_raw(page->out, "</section>\n");
    return result;
}

/* From the shelf where there is one. */
static enum outcome events_hold(struct page *page, struct account_hold *held,
                                struct life_labels *out, struct fault *why)
{
    *held = (struct account_hold){0};
    if (!page->site->accounts)
        return archive_life_events(page->archive, page->arena, &out->at, &out->count, why);
    const struct account_wish wish = {.kind = ACCOUNT_EVENTS};
    enum outcome result = account_hold(page->site->accounts, page->archive, &wish, held, why);
    if (result == OK)
        *out = *held->events;
    return result;
}

static enum outcome write_inside(struct page *page, struct estimate_asked *asked,
                                 const struct life_labels *events, struct fault *why)
{
    const struct voice *v = &page->voice;
    page->title = SAY(v, "How many nobody recorded");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/estimate.css\">\n");
    OUT(page->out, "<h1>{}</h1>\n<p class=\"standfirst\">{}</p>\n", page->title,
        SAY(v, "From who is named by which source: how many are named by none. It may take a "
               "minute, and often there is no answer; then the reasons are said."));
    if (!events->count) {
        notice(page, SAY(v, "No event of a life is on record yet."));
        return OK;
    }
    write_form(page, asked, events->at, events->count);
    return asked->event.len ? write_result(page, asked, why) : OK;
}

enum outcome page_estimate(struct page *page, struct fault *why)
{
    struct str packed;
    struct estimate_asked asked = {0};
    struct account_hold held;
    struct life_labels events;
    if (page_field(page, "token").len || page_field(page, "event").len)
        return asked_lead(page, STR("/estimate"), "of", pack(page), why);
    enum outcome result = asked_words(page, "of", &packed, why);
    if (result == OK)
        result = events_hold(page, &held, &events, why);
    if (result != OK)
        return result;
    unpack(packed, &asked);
    result = write_inside(page, &asked, &events, why);
    if (held.events)
        account_release(page->site->accounts, &held);
    return result;
}
