#include "account/alert_board.h"

#include <inttypes.h>

#include "account/value.h"
#include "command/list.h"
#include "command/person_print.h"

const char cmd_alerts_usage[] =
    "usage: govah alerts [--as-of DATE] [--alert NAME] [--json]\n"
    "\n"
    "  --as-of DATE   what was urgent on that day; else today\n"
    "  --alert NAME   of this kind alone, such as hunger_strike\n"
    "  --json         a line of JSON for each alert\n"
    "\n"
    "What is urgent: about whom, why, since when, how many independent sources say so, and what would\n"
    "end it. Nothing is sent. An alert that rests on what nobody decided is hollow.\n"
    "\n"
    "  govah alerts --as-of 2022-11-24\n";

/* ---- words ---- */

/* empty where no date stands beside it */
static struct str day_words(struct arena *arena, const struct alert *a)
{
    if (!a->dated)
        return STR_NONE;
    if (a->low >= 0 && a->rule->least < 0)
        return STR("on this day");
    if (a->low < 0)
        return arena_print(arena, "in %" PRId64 " day%s", -a->low, a->low == -1 ? "" : "s");
    if (a->low == a->high)
        return arena_print(arena, "day %" PRId64, a->low);
    return arena_print(arena, "day %" PRId64 " to %" PRId64, a->low, a->high);
}

static struct str events_words(struct arena *arena, struct str before, struct str events)
{
    struct str out = STR(""), event;
    while (events.len && str_cut(&events, '|', &event))
        out =
            arena_print(arena, "%.*s%.*s%.*s", STR_ARG(out), STR_ARG(out.len ? STR(", ") : before),
                        STR_ARG(label_words(arena, event)));
    return out;
}

/* by how many, in which statement, and what would end it */
static struct str below_words(struct arena *arena, const struct alert_row *row)
{
    const struct alert *a = &row->alert;
    struct str lifts = events_words(arena, STR("; would be lifted by: "), a->rule->lifts);
    struct str ends = events_words(arena, STR("; shown no more after: "), a->rule->ends);
    struct str id = list_id(arena, &a->since->views[0]->id, LIST_ID_DIGITS);
    return arena_print(arena, "%zu independent source%s [%.*s]%.*s%.*s", row->said_by,
                       row->said_by == 1 ? "" : "s", STR_ARG(id), STR_ARG(lifts), STR_ARG(ends));
}

static void print_alert(struct arena *arena, struct list *list, const struct alert_row *shown)
{
    const struct alert *a = &shown->alert;
    struct list_row *row = list_add(list);
    row->cells[0] =
        str_of(state_sign(a->proposed ? VIEW_PROPOSED : VIEW_ACCEPTED, a->since->undecided));
    row->cells[1] = label_words(arena, a->rule->alert);
    row->cells[2] = shown->person->name;
    row->cells[3] = list_id(arena, &shown->person->address, LIST_ID_DIGITS);
    row->cells[4] = occurrence_date(a->since);
    row->cells[5] = day_words(arena, a);
    row->below = below_words(arena, shown);
}

static json_t *events_json(struct str events)
{
    json_t *out = json_array();
    struct str event;
    while (events.len && str_cut(&events, '|', &event))
        json_append_text(out, event);
    return out;
}

static json_t *alert_json(const struct alert_row *row)
{
    const struct alert *a = &row->alert;
    json_t *out = json_object(), *ids = json_array();
    for (size_t i = 0; i < a->since->views_count; i++) {
        char digits[HASH_DIGITS + 1];
        hash_write(&a->since->views[i]->id, digits);
        json_append_text(ids, str_of(digits));
    }
    json_put(out, "alert", a->rule->alert);
    list_json_id(out, "person", &row->person->address);
    json_put(out, "name", row->person->name);
    json_put(out, "event", a->since->event);
    list_json_text(out, "since", a->since->date);
    json_put_new(out, "day_low", a->dated ? json_integer(a->low) : json_null());
    json_put_new(out, "day_high", a->dated ? json_integer(a->high) : json_null());
    json_put_int(out, "documents", (int64_t)a->since->documents);
    json_put_int(out, "independent_sources", (int64_t)row->said_by);
    json_put_new(out, "proposed", json_boolean(a->proposed));
    json_put_new(out, "lifts", events_json(a->rule->lifts));
    json_put_new(out, "ends", events_json(a->rule->ends));
    json_put_new(out, "statements", ids);
    return out;
}

/* ---- all of them ---- */

static void show_alerts(struct session *s, const struct alert_board *b, struct arena *arena)
{
    struct list list = {.arena = arena, .flexible = 1u << 2};
    for (size_t i = 0; i < b->count; i++) {
        if (s->json)
            print_json(alert_json(&b->rows[i]));
        else
            print_alert(arena, &list, &b->rows[i]);
    }
    list_print(&list);
    if (!s->json)
        puts(b->count ? "\n○ proposed  ● accepted   govah person ID shows the case"
                      : "Nothing on record is urgent on that day.");
}

int cmd_alerts(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct str as_of = STR_NONE;
    struct alert_choice choice = {.limit = SIZE_MAX};
    const struct case_rules *rules;
    struct alert_rules alerts;
    struct alert_board board;
    struct arena arena;
    struct fault why;
    const char *option;
    arena_init(&arena);
    while ((option = option_next(&o, "as-of alert", "")))
        *(option[1] == 's' ? &as_of : &choice.alert) = str_of(o.value);
    if (operand_next(&o))
        die(EXIT_USAGE, "alerts takes options alone; see govah alerts --help");
    choice.day = day_asked(as_of);
    enum outcome result = case_rules_new(&arena, &rules, &why);
    if (result == OK)
        result = alert_rules_new(rules, &arena, &alerts, &why);
    if (result == OK)
        result = alert_board_read(s->archive, rules, &alerts, &choice, &arena, &board, &why);
    if (result != OK)
        die(result == REFUSED ? EXIT_USAGE : status_of(result), "%s", why.text);
    show_alerts(s, &board, &arena);
    arena_release(&arena);
    return EXIT_DONE;
}
