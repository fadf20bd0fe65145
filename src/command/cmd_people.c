#include "account/people.h"
#include "command/list.h"
#include "command/people_cases.h"
#include "command/probable.h"
#include "store/pairs.h"
#include "case/decided.h"

const char cmd_people_usage[] =
    "usage: govah people [NAME] [--organisations] [--json]\n"
    "       govah people [NAME] [--state S] [--group G] [--charge C] [--place P] [--prison P]\n"
    "                    [--sex S] [--nationality N] [--arrested DATE] [--as-of DATE] [--limit N]\n"
    "                    [--facets] [--json]\n"
    "       govah people ... --save NAME | --list NAME | --lists | --forget NAME\n"
    "\n"
    "  NAME              only names with this in them, in any case and letter variant\n"
    "  --organisations   organisations instead of people\n"
    "  --state S         people who were in that state: detained, imprisoned, free, on_bail,\n"
    "                    dead...; held: detained, imprisoned, in their house\n"
    "  --group G         of whom this role or occupation is said, such as journalist\n"
    "  --charge C        charged so, in these words or as propaganda_against_state\n"
    "  --place P         a place or prison that what happened to them names\n"
    "  --prison P        a prison that it names\n"
    "  --sex S           as it is stated of them, never guessed\n"
    "  --nationality N   likewise\n"
    "  --arrested DATE   taken into prison then: 2022, 2022-09 or 2022-09-16/2022-12\n"
    "  --as-of DATE      on that day; else today\n"
    "  --limit N         the first N of them by name; else all\n"
    "  --facets          how many of them are what, instead of who they are\n"
    "  --save NAME       keep this question under a name\n"
    "  --list NAME       ask it again; other options ask for more\n"
    "  --lists           the questions that are kept\n"
    "  --forget NAME     keep one no longer\n"
    "\n"
    "Lists the names on record, with their roles, what happened to them, and the number of "
    "documents\n"
    "that name them. Who was decided to be one person (govah match) is one row, with all spellings.\n"
    "Other rows are names as written, not persons: people of the same name stand together, and\n"
    "different spellings of one person apart. Below stands who is probably the same, hollow, as long\n"
    "as nobody decided it.\n"
    "\n"
    "With any of the other options a row is a case, with the state on the day (govah person).\n"
    "A list that is kept is the question, not its answer, and stays in this archive.\n"
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

#define LIST_OPTIONS "save list forget "
#define FACET_OPTIONS "state group charge place prison sex nationality arrested as-of limit"

static size_t limit_of(const char *value)
{
    int64_t limit;
    if (!str_to_int(str_of(value), &limit) || limit < 1)
        die(EXIT_USAGE, "--limit takes a number from 1");
    return (size_t)limit;
}

static void take_option(struct people_asked *a, const char *option, const char *value,
                        bool *organisations)
{
    enum facet facet = facet_find(str_of(option));
    const struct {
        const char *name;
        struct str *field;
    } fields[] = {
        {"as-of", &a->as_of}, {"save", &a->save}, {"list", &a->list}, {"forget", &a->forget}};
    *organisations |= strncmp(option, "organi", 6) == 0;
    a->facets |= strcmp(option, "facets") == 0;
    a->lists |= strcmp(option, "lists") == 0;
    if (strcmp(option, "limit") == 0)
        a->limit = limit_of(value);
    if (facet != FACETS)
        a->question.of[facet] = str_of(value);
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (strcmp(option, fields[i].name) == 0)
            *fields[i].field = str_of(value);
}

static bool asks_for_cases(const struct people_asked *a)
{
    bool any = a->facets || a->limit || a->lists || a->as_of.len || a->save.len || a->list.len ||
               a->forget.len;
    for (enum facet f = 0; f < FACETS; f++)
        any |= a->question.of[f].len > 0;
    return any;
}

int cmd_people(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct people_asked asked = {.facets = false};
    struct str name = STR_NONE;
    struct arena arena;
    bool organisations = false;
    const char *operand, *option;
    arena_init(&arena);
    do {
        while ((option = option_next(&o, LIST_OPTIONS FACET_OPTIONS,
                                     "organisations organizations facets lists")))
            take_option(&asked, option, o.value, &organisations);
        operand = operand_next(&o);
        if (operand)
            name =
                name.len ? arena_print(&arena, "%.*s %s", STR_ARG(name), operand) : str_of(operand);
    } while (operand);
    bool cases = asks_for_cases(&asked);
    if (cases && organisations)
        die(EXIT_USAGE, "organisations have no state; see govah people --help");
    asked.question.name = name;
    struct people_filter filter = {.name = name, .organisations = organisations};
    session_open(s, asked.save.len || asked.forget.len ? ARCHIVE_WRITE : ARCHIVE_READ);
    if (cases)
        people_cases(s, &asked, &arena);
    else
        show_names(s, &filter, &arena);
    arena_release(&arena);
    return EXIT_DONE;
}
