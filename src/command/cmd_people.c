#include "account/case_list.h"
#include "account/people.h"
#include "command/list.h"
#include "command/person_print.h"
#include "command/probable.h"
#include "store/pairs.h"

const char cmd_people_usage[] =
    "usage: govah people [NAME] [--organisations] [--json]\n"
    "       govah people [NAME] [--state S] [--group G] [--charge C] [--place P] [--as-of DATE] "
    "[--json]\n"
    "\n"
    "  NAME              only names with this in them, in any case and letter variant\n"
    "  --organisations   organisations instead of people\n"
    "  --state S         people who were in that state: detained, imprisoned, free, on_bail,\n"
    "                    dead...; held: detained, imprisoned, in their house\n"
    "  --group G         of whom this role or occupation is said, such as journalist\n"
    "  --charge C        charged so, in these words or as propaganda_against_state\n"
    "  --place P         a place or prison that what happened to them names\n"
    "  --as-of DATE      on that day; else today\n"
    "\n"
    "Lists the names on record, with their roles, what happened to them, and the number of "
    "documents\n"
    "that name them. Who was decided to be one person (govah match) is one row, with all spellings.\n"
    "Other rows are names as written, not persons: people of the same name stand together, and\n"
    "different spellings of one person apart. Below stands who is probably the same, hollow, as long\n"
    "as nobody decided it.\n"
    "\n"
    "With any of the other options a row is a case, with the state on the day (govah person).\n"
    "\n"
    "  govah people mohammadi\n"
    "  govah people --state held --as-of 2022-11-24\n";

static void print_name(const struct name_row *row, const struct likely *likely, struct arena *arena)
{
    size_t bearers_count;
    const struct bearer **bearers = probable_bearers(likely, row, arena, &bearers_count);
    json_t *out = json_object(), *spellings = json_array(), *roles = json_array();
    json_t *events = json_array(), *documents = json_array();
    for (size_t i = 0; i < row->spellings_count; i++)
        json_append_text(spellings, row->spellings[i]);
    for (size_t i = 0; i < row->roles_count; i++)
        json_append_text(roles, row->roles[i]);
    for (size_t i = 0; i < row->events_count; i++) {
        const struct statement_view *view = row->events[i];
        const struct life_event *e = &view->statement.life_event;
        json_t *event = json_object();
        list_json_id(event, "id", &view->id);
        list_json_text(event, "event", e->event);
        list_json_text(event, "date", e->date);
        list_json_text(event, "place", e->place);
        list_json_id(event, "document", &view->document);
        list_json_text(event, "quote", view->quote);
        json_put(event, "state", str_of(view_state_name(view->state)));
        json_put_new(event, "undecided", json_boolean(view->undecided));
        json_append(events, event);
    }
    for (size_t i = 0; i < row->documents_count; i++) {
        char digits[HASH_DIGITS + 1];
        hash_write(&row->documents[i], digits);
        json_append_text(documents, str_of(digits));
    }
    json_put(out, "name", row->name);
    if (row->decided)
        list_json_id(out, "person", &row->person);
    json_put_new(out, "spellings", spellings);
    json_put_new(out, "roles", roles);
    json_put_new(out, "events", events);
    json_put_new(out, "documents", documents);
    json_put_new(out, "probably", probable_json(likely, bearers, bearers_count, arena));
    print_json(out);
}

/* "other" is a label for what no word was found for, and says nothing about a person */
static struct str join_roles(struct arena *arena, const struct name_row *row)
{
    struct str out = STR("");
    for (size_t i = 0; i < row->roles_count; i++) {
        struct str role = label_words(arena, row->roles[i]);
        if (str_equal(row->roles[i], STR("other")))
            continue;
        out = out.len ? arena_print(arena, "%.*s, %.*s", STR_ARG(out), STR_ARG(role)) : role;
    }
    return out;
}

/* What several documents say of one day stands once. */
static struct str join_events(struct arena *arena, const struct name_row *row)
{
    struct str out = STR("");
    const struct life_event *before = NULL;
    for (size_t i = 0; i < row->events_count; i++) {
        const struct life_event *e = &row->events[i]->statement.life_event;
        if (before && str_equal(before->event, e->event) && str_equal(before->date, e->date))
            continue;
        struct str words = label_words(arena, e->event);
        out = arena_print(arena, "%.*s%s%.*s%s%.*s", STR_ARG(out), before ? ", " : "",
                          STR_ARG(words), e->date.len ? " " : "", STR_ARG(e->date));
        before = e;
    }
    return out;
}

/* of a person whom a decision made one row: the address, and the other spellings */
static struct str join_spellings(struct arena *arena, const struct name_row *row)
{
    struct str id = list_id(arena, &row->person, LIST_ID_DIGITS);
    struct str out = arena_print(arena, "one person, %.*s", STR_ARG(id));
    const char *before = "; also ";
    for (size_t i = 0; i < row->spellings_count; i++) {
        if (str_equal(row->spellings[i], row->name))
            continue;
        out = arena_print(arena, "%.*s%s%.*s", STR_ARG(out), before, STR_ARG(row->spellings[i]));
        before = ", ";
    }
    return out;
}

/* who is whom, as it was decided */
static struct persons persons_read(struct session *s, struct arena *arena)
{
    struct persons persons;
    struct fault why;
    if (archive_persons(s->archive, arena, &persons, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    return persons;
}

/* a row of a decided person has the spellings that no statement names, too */
static void spellings_complete(struct name_row *row, const struct likely *likely,
                               struct arena *arena)
{
    size_t count, kept = row->spellings_count;
    const struct bearer **bearers = probable_bearers(likely, row, arena, &count);
    struct str *all = arena_alloc(arena, (kept + count + 1) * sizeof *all);
    if (!row->decided || !kept)
        return;
    memcpy(all, row->spellings, kept * sizeof *all);
    for (size_t i = 0; i < count; i++)
        if (!bearers[i]->named.views_count)
            all[kept++] = bearers[i]->named.name;
    row->spellings = all;
    row->spellings_count = kept;
}

/* The names of the rows; without a name to look for, everybody is looked at. */
static void likely_of_rows(struct session *s, struct name_row *rows, size_t count, bool all,
                           struct arena *arena, struct likely *out)
{
    struct str *names = arena_alloc(arena, (count + 1) * sizeof *names);
    struct fault why;
    for (size_t i = 0; i < count; i++)
        names[i] = rows[i].name;
    if (!all)
        probable_take(s, names, count, arena, out);
    else if (likely_read(s->archive, reader_of_store()->context, NULL, arena, out, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; i < count; i++)
        spellings_complete(&rows[i], out, arena);
}

static struct str words_below(const struct name_row *row, const struct likely *likely,
                              struct arena *arena)
{
    size_t count;
    const struct bearer **bearers = probable_bearers(likely, row, arena, &count);
    struct str probable =
        probable_words(likely, bearers, count, row->spellings, row->spellings_count, arena);
    if (!row->decided)
        return probable;
    struct str decided = join_spellings(arena, row);
    return probable.len ? arena_print(arena, "%.*s; %.*s", STR_ARG(decided), STR_ARG(probable))
                        : decided;
}

static void list_people(const struct name_row *rows, size_t count, const struct likely *likely,
                        struct arena *arena)
{
    struct list list = {.arena = arena, .flexible = 1u << 1 | 1u << 2 | 1u << 3};
    for (size_t i = 0; i < count; i++) {
        struct list_row *row = list_add(&list);
        row->cells[0] = str_of(state_sign(rows[i].state, rows[i].undecided));
        row->cells[1] = rows[i].name;
        row->below = words_below(&rows[i], likely, arena);
        row->cells[2] = join_roles(arena, &rows[i]);
        row->cells[3] = join_events(arena, &rows[i]);
        row->cells[4] = arena_print(arena, "%zu document%s", rows[i].documents_count,
                                    rows[i].documents_count == 1 ? "" : "s");
    }
    list_print(&list);
}

static void say_end(size_t count, bool organisations)
{
    printf("\n%zu name%s   ○ proposed  ● accepted  ◐ disputed\n", count, count == 1 ? "" : "s");
    if (!organisations)
        list_paragraph(
            STR("Nothing is merged that nobody decided: people of the same name may be different "
                "persons, and the spellings of one person stand apart until a decision joins them. "
                "govah match shows who is probably one."),
            0, NULL, 0);
}

/* ---- cases ---- */

static void list_cases(const struct case_rules *rules, const struct case_row *rows, size_t count,
                       struct arena *arena)
{
    struct list list = {.arena = arena, .flexible = 1u << 2 | 1u << 3};
    for (size_t i = 0; i < count; i++) {
        const struct case_row *r = &rows[i];
        const struct case_occurrence *by = r->standing.count ? r->standing.at[0].by : NULL;
        struct list_row *row = list_add(&list);
        row->cells[0] = str_of(state_sign(r->proposed ? VIEW_PROPOSED : VIEW_ACCEPTED, false));
        row->cells[1] = list_id(arena, &r->person->address, LIST_ID_DIGITS);
        row->cells[2] = r->person->name;
        row->cells[3] = standing_words(arena, rules, &r->standing);
        row->cells[4] = by ? occurrence_date(by) : STR_NONE;
        row->cells[5] =
            arena_print(arena, "%zu document%s", r->documents, r->documents == 1 ? "" : "s");
        row->cells[6] = r->doubtful ? STR("contradicted") : STR_NONE;
    }
    list_print(&list);
    printf("\n%zu %s   ○ if what nobody decided holds  ● by what was accepted\n"
           "govah person ID shows the case\n",
           count, count == 1 ? "person" : "people");
}

static void print_case(const struct case_rules *rules, const struct case_row *row)
{
    json_t *out = json_object(), *states = json_array();
    for (size_t i = 0; i < row->standing.count; i++)
        json_append_text(states, rules->states[row->standing.at[i].state].name);
    list_json_id(out, "person", &row->person->address);
    json_put(out, "name", row->person->name);
    json_put_new(out, "states", states);
    json_put_new(out, "proposed", json_boolean(row->proposed));
    json_put_new(out, "contradicted", json_boolean(row->doubtful));
    json_put_int(out, "documents", (int64_t)row->documents);
    print_json(out);
}

/* everybody, or those alone who may have been in the state */
static enum outcome read_cases(struct session *s, const struct case_rules *rules,
                               const struct case_question *q, struct arena *arena,
                               struct case_record *record, struct fault *why)
{
    uint32_t states;
    enum outcome result = case_states_asked(rules, q->state, &states, why);
    if (result != OK)
        return result;
    if (!states || (states >> CASE_UNKNOWN & 1))
        return case_record_read(s->archive, arena, record, why);
    return case_record_in(s->archive, rules, states, q->day, SIZE_MAX, arena, record, why);
}

static void show_cases(struct session *s, const struct case_question *q, struct arena *arena)
{
    const struct case_rules *rules;
    struct case_record record;
    struct case_row *rows;
    struct fault why;
    size_t count;
    enum outcome result = case_rules_new(arena, &rules, &why);
    if (result == OK)
        result = read_cases(s, rules, q, arena, &record, &why);
    if (result == OK)
        result =
            case_list(rules, q, record.people, record.people_count, arena, &rows, &count, &why);
    if (result != OK)
        die(result == REFUSED ? EXIT_USAGE : status_of(result), "%s", why.text);
    for (size_t i = 0; s->json && i < count; i++)
        print_case(rules, &rows[i]);
    if (!s->json && count)
        list_cases(rules, rows, count, arena);
    else if (!s->json)
        puts("Nobody on record fits.");
}

static void show_names(struct session *s, struct people_filter *filter, struct arena *arena)
{
    const struct statement_filter all = {.rejected = true};
    struct statement_view *views;
    struct name_row *rows;
    struct likely likely = {0};
    struct fault why;
    size_t views_count, count;
    if (archive_statements(s->archive, &all, arena, &views, &views_count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    struct persons persons = persons_read(s, arena);
    filter->persons = &persons;
    people_account(views, views_count, filter, arena, &rows, &count);
    if (!filter->organisations && count)
        likely_of_rows(s, rows, count, !filter->name.len, arena, &likely);
    for (size_t i = 0; s->json && i < count; i++)
        print_name(&rows[i], &likely, arena);
    if (!s->json && count) {
        list_people(rows, count, &likely, arena);
        say_end(count, filter->organisations);
    } else if (!s->json) {
        puts(views_count ? "No such name is on record."
                         : "Nobody is on record yet. Take in reports: govah add FILE...");
    }
}

/* ---- what is asked ---- */

struct asked {
    struct case_question question;
    struct str as_of;
    bool cases, organisations;
};

static void take_option(struct asked *a, const char *option, const char *value)
{
    const struct {
        const char *name;
        struct str *field;
    } fields[] = {{"state", &a->question.state},
                  {"group", &a->question.group},
                  {"charge", &a->question.charge},
                  {"place", &a->question.place},
                  {"as-of", &a->as_of}};
    a->organisations |= strncmp(option, "organi", 6) == 0;
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (strcmp(option, fields[i].name) == 0) {
            *fields[i].field = str_of(value);
            a->cases = true;
        }
}

int cmd_people(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct asked asked = {.cases = false};
    struct str name = STR_NONE;
    struct arena arena;
    const char *operand, *option;
    arena_init(&arena);
    do {
        while ((option = option_next(&o, "state group charge place as-of",
                                     "organisations organizations")))
            take_option(&asked, option, o.value);
        operand = operand_next(&o);
        if (operand)
            name =
                name.len ? arena_print(&arena, "%.*s %s", STR_ARG(name), operand) : str_of(operand);
    } while (operand);
    if (asked.cases && asked.organisations)
        die(EXIT_USAGE, "organisations have no state; see govah people --help");
    asked.question.name = name;
    asked.question.day = day_asked(asked.as_of);
    struct people_filter filter = {.name = name, .organisations = asked.organisations};
    if (asked.cases)
        show_cases(s, &asked.question, &arena);
    else
        show_names(s, &filter, &arena);
    arena_release(&arena);
    return EXIT_DONE;
}
