#include "account/alerts.h"

#include <inttypes.h>

#include "account/value.h"
#include "command/list.h"
#include "command/person_print.h"

const char cmd_alerts_usage[] =
    "usage: govah alerts [--as-of DATE] [--json]\n"
    "\n"
    "  --as-of DATE   what was urgent on that day; else today\n"
    "  --json         a line of JSON for each alert\n"
    "\n"
    "What is urgent: about whom, why, since when, how many documents say so, and what would end it.\n"
    "Nothing is sent. An alert that rests on what nobody decided is hollow.\n"
    "\n"
    "  govah alerts --as-of 2022-11-24\n";

struct board {
    struct session *session;
    const struct case_rules *rules;
    struct alert_rules alerts;
    struct case_record record;
    int64_t day;
    struct found {
        const struct case_person *person;
        struct alert alert;
    } * at;
    size_t count, room;
    struct arena *arena;
};

/* ---- words ---- */

static struct str day_words(struct arena *arena, const struct alert *a)
{
    if (!a->dated)
        return STR("since when is not on record");
    if (a->low < 0)
        return arena_print(arena, "in %" PRId64 " day%s", -a->low, a->low == -1 ? "" : "s");
    if (a->low == a->high)
        return arena_print(arena, "day %" PRId64, a->low);
    return arena_print(arena, "day %" PRId64 " to %" PRId64, a->low, a->high);
}

static struct str ends_words(struct arena *arena, struct str ends)
{
    struct str out = STR(""), event;
    while (ends.len && str_cut(&ends, '|', &event))
        out = arena_print(arena, "%.*s%s%.*s", STR_ARG(out),
                          out.len ? ", " : "would end it: ", STR_ARG(label_words(arena, event)));
    return out;
}

static void print_alert(const struct board *b, struct list *list, const struct case_person *p,
                        const struct alert *a)
{
    struct list_row *row = list_add(list);
    row->cells[0] =
        str_of(state_sign(a->proposed ? VIEW_PROPOSED : VIEW_ACCEPTED, a->since->undecided));
    row->cells[1] = label_words(b->arena, a->rule->alert);
    row->cells[2] = p->name;
    row->cells[3] = list_id(b->arena, &p->address, LIST_ID_DIGITS);
    row->cells[4] = occurrence_date(a->since);
    row->cells[5] = day_words(b->arena, a);
    row->cells[6] = arena_print(b->arena, "%zu document%s", a->since->documents,
                                a->since->documents == 1 ? "" : "s");
    row->cells[7] = list_id(b->arena, &a->since->views[0]->id, LIST_ID_DIGITS);
    row->below = ends_words(b->arena, a->rule->ends);
}

static json_t *alert_json(const struct case_person *p, const struct alert *a)
{
    json_t *out = json_object(), *ids = json_array(), *ends = json_array();
    struct str rest = a->rule->ends, event;
    for (size_t i = 0; i < a->since->views_count; i++) {
        char digits[HASH_DIGITS + 1];
        hash_write(&a->since->views[i]->id, digits);
        json_append_text(ids, str_of(digits));
    }
    while (rest.len && str_cut(&rest, '|', &event))
        json_append_text(ends, event);
    json_put(out, "alert", a->rule->alert);
    list_json_id(out, "person", &p->address);
    json_put(out, "name", p->name);
    json_put(out, "event", a->since->event);
    list_json_text(out, "since", a->since->date);
    json_put_new(out, "day_low", a->dated ? json_integer(a->low) : json_null());
    json_put_new(out, "day_high", a->dated ? json_integer(a->high) : json_null());
    json_put_int(out, "documents", (int64_t)a->since->documents);
    json_put_new(out, "proposed", json_boolean(a->proposed));
    json_put_new(out, "ends", ends);
    json_put_new(out, "statements", ids);
    return out;
}

/* ---- all of them ---- */

static void find_alerts(struct board *b, const struct case_person *p)
{
    const struct case_around around = {.views = NULL};
    struct case_account *account = arena_alloc(b->arena, sizeof *account);
    size_t count;
    case_account_make(b->rules, p, &around, b->day, b->arena, account);
    struct alert *alerts = case_alerts(&b->alerts, account, b->arena, &count);
    for (size_t i = 0; i < count; i++) {
        b->at = arena_grow(b->arena, b->at, b->count, &b->room, sizeof *b->at);
        b->at[b->count++] = (struct found){p, alerts[i]};
    }
}

/* the most urgent first, then the latest, then by name */
static int compare_found(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    if (a->alert.rule != b->alert.rule)
        return a->alert.rule < b->alert.rule ? -1 : 1;
    if (a->alert.since->first != b->alert.since->first)
        return a->alert.since->first > b->alert.since->first ? -1 : 1;
    int order = str_compare(a->person->name, b->person->name);
    return order ? order : hash_compare(&a->person->address, &b->person->address);
}

static void show_alerts(const struct board *b)
{
    struct list list = {.arena = b->arena, .flexible = 1u << 2};
    for (size_t i = 0; i < b->count; i++) {
        if (b->session->json)
            print_json(alert_json(b->at[i].person, &b->at[i].alert));
        else
            print_alert(b, &list, b->at[i].person, &b->at[i].alert);
    }
    list_print(&list);
    if (!b->session->json)
        puts(b->count ? "\n○ proposed  ● accepted   govah person ID shows the case"
                      : "Nothing on record is urgent on that day.");
}

int cmd_alerts(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct str as_of = STR_NONE;
    struct arena arena;
    struct fault why;
    arena_init(&arena);
    while (option_next(&o, "as-of", ""))
        as_of = str_of(o.value);
    if (operand_next(&o))
        die(EXIT_USAGE, "alerts takes options alone; see govah alerts --help");
    struct board board = {.session = s, .arena = &arena, .day = day_asked(as_of)};
    enum outcome result = case_rules_new(&arena, &board.rules, &why);
    if (result == OK)
        result = alert_rules_new(board.rules, &arena, &board.alerts, &why);
    if (result == OK)
        result = case_record_read(s->archive, &arena, &board.record, &why);
    if (result != OK)
        die(status_of(result), "%s", why.text);
    for (size_t i = 0; i < board.record.people_count; i++)
        find_alerts(&board, &board.record.people[i]);
    if (board.count)
        qsort(board.at, board.count, sizeof *board.at, compare_found);
    show_alerts(&board);
    arena_release(&arena);
    return EXIT_DONE;
}
