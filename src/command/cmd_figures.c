#include "account/corroboration.h"
#include "account/definitions.h"
#include "account/incidents.h"
#include "command/ledger.h"

const char cmd_figures_usage[] =
    "usage: govah figures [--event E] [--source S] [--incident I] [--since DATE] [--as-of DATE]\n"
    "                     [--all] [--chart] [--json]\n"
    "\n"
    "  --event E      only this event: killed, arrested, \"sentenced to death\"...\n"
    "  --source S     only sources with this in their name, in any case\n"
    "  --incident I   only this incident: its id, a part of its name, or none\n"
    "  --since DATE   only what was counted up to this day or later\n"
    "  --as-of DATE   only what documents had said by then\n"
    "  --all          every figure with its quote: earlier counts, repeats and the rejected too\n"
    "  --chart        draw them to scale\n"
    "  --json         a line of JSON for each figure\n"
    "\n"
    "Who counts what, by event and incident: the latest count of each source and what it counted\n"
    "before, the range over sources that have it from nobody else, official beside independent\n"
    "beside UN, and what cannot be. Who merely passes a count on stands with it as a repeat.\n"
    "Nothing is added up. Of sources that are people it says who probably is the same, by another\n"
    "spelling. Dates are EDTF: 2022, 2022-11, 2022-11-15.\n"
    "\n"
    "  28 exact   ≥ 527 at least   > 400 more than   ≤ 12,000 up to   ~ 1,500 about   ≲ 20,000 "
    "nearly\n"
    "  ○ proposed   ● accepted   ◐ disputed   × rejected\n"
    "\n"
    "  govah figures --event killed --chart\n";

struct question {
    struct figure_filter filter;
    bool all, chart;
};

static struct question question_of(int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct question q = {0};
    const struct {
        const char *name;
        struct str *value;
    } valued[] = {
        {"event", &q.filter.event}, {"source", &q.filter.source},     {"since", &q.filter.since},
        {"as-of", &q.filter.as_of}, {"incident", &q.filter.incident},
    };
    const char *option;
    while ((option = option_next(&o, "event source since as-of incident", "all chart"))) {
        q.all |= strcmp(option, "all") == 0;
        q.chart |= strcmp(option, "chart") == 0;
        for (size_t i = 0; i < COUNT_OF(valued); i++)
            if (strcmp(option, valued[i].name) == 0)
                *valued[i].value = str_of(o.value);
    }
    if (operand_next(&o))
        die(EXIT_USAGE, "figures takes options alone; see govah figures --help");
    q.filter.rejected = q.all;
    return q;
}

/* ---- JSON ---- */

static json_t *flags_of(const struct group *group, const struct count *count)
{
    static const char *const names[] = {"falls", "part_larger", "ahead", "definition"};
    json_t *out = json_array();
    for (size_t i = 0; i < group->flags_count; i++)
        if (group->flags[i].count == count)
            json_array_append_new(out, json_string(names[group->flags[i].kind]));
    return out;
}

/* What stands behind the count. */
static void print_standing(json_t *out, const struct group *group, const struct count *count)
{
    json_put(out, "class", str_of(source_class_name(count->class)));
    json_put(out, "corroboration", str_of(corroboration_name(count_corroboration(count))));
    list_json_text(out, "weighed", weighing_name(count_weighing(count)));
    list_json_count(out, "said_by", count->said_by ? (int64_t)count->said_by : COUNT_NONE);
    list_json_text(out, "stands", count->stand.date);
    json_put_new(out, "passes_on", json_null());
    list_json_text(out, "passes_on_why", str_of(lead_why_name(count->why)));
    if (count->leads_to)
        list_json_id(out, "passes_on", &count->leads_to->id);
    json_put_new(out, "flags", flags_of(group, count));
}

static void print_figure(struct archive *archive, const struct group *group,
                         const struct count *count, size_t at)
{
    struct arena arena;
    const struct figure_view *view = count->figures[at];
    const struct figure *f = &view->figure;
    json_t *out = json_object();
    arena_init(&arena);
    list_json_id(out, "id", &view->id);
    list_json_count(out, "low", f->low);
    list_json_count(out, "high", f->high);
    json_put(out, "bound", str_of(figure_bound_name(f->bound)));
    json_put(out, "event", f->event);
    json_put(out, "what", f->what);
    list_json_text(out, "source", f->source);
    list_json_text(out, "since", f->since);
    list_json_text(out, "until", f->until);
    list_json_text(out, "as_of", f->as_of);
    list_json_text(out, "place", f->place);
    list_json_id(out, "document", &view->document->id);
    list_json_text(out, "document_name", view->document->name);
    list_json_text(out, "publisher", view->document->publisher);
    list_json_text(out, "published", view->document->published);
    list_json_text(out, "quote", ledger_quote(archive, view, &arena));
    json_put(out, "state", str_of(view_state_name(view->state)));
    json_put_new(out, "undecided", json_boolean(view->undecided));
    list_json_text(out, "incident", view->incident);
    list_json_text(out, "incident_name", group->incident_name);
    list_json_count(out, "confidence", view->confidence ? view->confidence : COUNT_NONE);
    json_put_new(out, "subset_of", json_null());
    if (view->whole)
        list_json_id(out, "subset_of", &view->whole->id);
    json_put_new(out, "latest", json_boolean(count->latest));
    json_put_new(out, "repeats", json_null());
    if (at)
        list_json_id(out, "repeats", &count->figures[0]->id);
    print_standing(out, group, count);
    print_json(out);
    arena_release(&arena);
}

static void print_figures(struct archive *archive, const struct figure_account *account)
{
    for (size_t g = 0; g < account->groups_count; g++)
        for (size_t s = 0; s < account->groups[g].series_count; s++) {
            const struct series *series = &account->groups[g].series[s];
            for (size_t c = 0; c < series->counts_count; c++)
                for (size_t i = 0; i < series->counts[c].figures_count; i++)
                    print_figure(archive, &account->groups[g], &series->counts[c], i);
        }
}

static void say_undated(const struct figure_account *account)
{
    if (account->undated)
        printf("%zu figure%s without any date %s left out.\n", account->undated,
               account->undated == 1 ? "" : "s", account->undated == 1 ? "was" : "were");
}

static void say_nothing(struct session *s, const struct figure_account *account)
{
    struct archive_state state;
    struct fault why;
    if (archive_summary(s->archive, &state, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (!state.documents)
        puts("Nothing is here yet. Take in reports: govah add FILE...");
    else
        puts("No figure is like that. What was read: govah documents, govah review");
    if (account->undated)
        printf("%zu without any date left out.\n", account->undated);
}

int cmd_figures(struct session *s, int argc, char **argv)
{
    struct question q = question_of(argc, argv);
    struct figure_view *views;
    struct figure_account account;
    struct arena arena;
    struct fault why;
    size_t count, incidents_count;
    arena_init(&arena);
    if (archive_figures(s->archive, NULL, 0, &arena, &views, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    const struct incident_facts *incidents =
        incidents_known(reader_of_store()->context, STR("en"), &arena, &incidents_count);
    if (figures_account(views, count, &q.filter, incidents, incidents_count, &arena, &account,
                        &why) != OK)
        die(EXIT_USAGE, "%s", why.text);
    const struct definitions *definitions = definitions_known();
    for (size_t i = 0; i < account.groups_count; i++)
        if (definitions_flag(s->archive, definitions, &account.groups[i], &arena, &why) != OK)
            die(status_of(why.code), "%s", why.text);
    if (s->json)
        print_figures(s->archive, &account);
    else if (account.groups_count) {
        ledger_print(s, &account, q.all, q.chart, &arena);
        say_undated(&account);
    } else
        say_nothing(s, &account);
    arena_release(&arena);
    return EXIT_DONE;
}
