#include "account/agenda.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "command/list.h"
#include "command/person_print.h"
#include "publish/agenda_feed.h"
#include "publish/agenda_words.h"
#include "text/edtf.h"

/* Without --to it ends so many days after it begins. */
enum { DAYS_AHEAD = 90, FEED_LIMIT = 1 << 28 };

const char cmd_calendar_usage[] =
    "usage: govah calendar [--as-of DATE] [--from DATE] [--to DATE] [--person ID|NAME]\n"
    "                      [--limit N] [--at PLACE] [--ics FILE] [--lang CODE] [--json]\n"
    "\n"
    "  --as-of DATE      what was expected on that day; else today\n"
    "  --from DATE       from this day on; else from the day of --as-of\n"
    "  --to DATE         up to this day; else 90 days in all, and of one person all there is\n"
    "  --person ID|NAME  of one person, as govah person takes it\n"
    "  --limit N         about N items, the first ones; else all\n"
    "  --at PLACE        from the place on at which they ended before, such as 2021-11-05+20\n"
    "  --ics FILE        write it as a calendar file for other programs; FILE must not be there yet\n"
    "  --lang CODE       the language of that file: en, fa\n"
    "  --json            a line of JSON for each item\n"
    "\n"
    "What is expected, and when: hearings, deadlines, the end of each sentence in each way to reckon\n"
    "it, the end of furloughs, and the days that are kept, such as 100 days in prison. Each line ends\n"
    "in the statement that it rests on; what rests on something nobody decided is hollow. The file\n"
    "holds names and what happened to them, unencrypted; its dates are those of both calendars.\n"
    "Where --limit ends them, the last line says at which place they go on.\n"
    "\n"
    "  govah calendar --as-of 2021-11-05 --limit 20\n"
    "  govah calendar --as-of 2021-11-05 --to 2022-06-30 --ics hearings.ics\n";

struct asked {
    struct str as_of, from, to, person, lang, limit, at;
    const char *ics;
};

/* ---- what is asked ---- */

static struct asked read_options(int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct asked a = {.lang = STR("en")};
    const char *option;
    while ((option = option_next(&o, "as-of from to person limit at ics lang", ""))) {
        const struct {
            const char *name;
            struct str *field;
        } fields[] = {{"as-of", &a.as_of},   {"from", &a.from},   {"to", &a.to},
                      {"person", &a.person}, {"limit", &a.limit}, {"at", &a.at},
                      {"lang", &a.lang}};
        for (size_t i = 0; i < COUNT_OF(fields); i++)
            if (strcmp(option, fields[i].name) == 0)
                *fields[i].field = str_of(o.value);
        if (strcmp(option, "ics") == 0)
            a.ics = o.value;
    }
    if (operand_next(&o))
        die(EXIT_USAGE, "calendar takes options alone; see govah calendar --help");
    if ((a.limit.len || a.at.len) && (a.ics || a.person.len))
        die(EXIT_USAGE, "--limit and --at are for the calendar of all people; a file has it whole");
    return a;
}

static int64_t day_of(const char *option, struct str date, bool last)
{
    int64_t first, end;
    if (edtf_range(date, &first, &end, NULL) != OK || first == INT64_MIN || end == INT64_MAX)
        die(EXIT_USAGE, "--%s takes a date such as 2021-11-05, not \"%.*s\"", option,
            STR_ARG(date));
    return last ? end : first;
}

static size_t limit_of(struct str limit)
{
    int64_t number;
    if (!limit.len)
        return SIZE_MAX;
    if (!str_to_int(limit, &number) || number < 1)
        die(EXIT_USAGE, "--limit takes a number from 1");
    return (size_t)number;
}

/* "2021-11-05+20" */
static struct agenda_place place_of(struct str at)
{
    struct str day, passed = at;
    int64_t number = 0;
    if (!at.len)
        return AGENDA_BEGIN;
    str_cut(&passed, '+', &day);
    if (passed.len && (!str_to_int(passed, &number) || number < 0))
        die(EXIT_USAGE, "--at takes a place such as 2021-11-05+20, not \"%.*s\"", STR_ARG(at));
    return (struct agenda_place){day_of("at", day, false), (size_t)number};
}

static struct agenda_choice choice_of(const struct asked *a)
{
    struct agenda_choice c = {
        .as_of = day_asked(a->as_of), .begin = place_of(a->at), .limit = limit_of(a->limit)};
    c.from = a->from.len ? day_of("from", a->from, false) : c.as_of;
    c.to = a->to.len       ? day_of("to", a->to, true)
           : a->person.len ? INT64_MAX
                           : c.from + DAYS_AHEAD - 1;
    if (c.to < c.from)
        die(EXIT_USAGE, "the calendar would end before it begins");
    return c;
}

/* ---- on a terminal ---- */

static struct str days_words(struct arena *arena, const struct agenda_item *item)
{
    char first[16], last[16];
    edtf_write_day(item->first, first);
    if (item->last == item->first)
        return arena_copy(arena, str_of(first));
    if (item->last == INT64_MAX)
        return arena_print(arena, "%s/..", first);
    edtf_write_day(item->last, last);
    return arena_print(arena, "%s/%s", first, last);
}

static struct str place_words(struct arena *arena, const struct agenda_place *place)
{
    char day[16];
    edtf_write_day(place->day, day);
    return place->passed ? arena_print(arena, "%s+%zu", day, place->passed)
                         : arena_copy(arena, str_of(day));
}

static void print_more(const struct agenda *c, struct arena *arena)
{
    if (!c->more)
        return;
    struct str place = place_words(arena, &c->next);
    if (c->next.passed)
        printf("\nUp to %zu more on that day; they go on with --at %.*s\n", c->left,
               STR_ARG(place));
    else
        printf("\nLater days go on with --at %.*s\n", STR_ARG(place));
}

static void print_items(const struct agenda *c, const struct voice *english, struct arena *arena)
{
    struct list list = {.arena = arena, .flexible = 1u << 2 | 1u << 4};
    for (size_t i = 0; i < c->count; i++) {
        const struct agenda_item *item = &c->items[i];
        struct list_row *row = list_add(&list);
        row->cells[0] = str_of(
            state_sign(item->proposed ? VIEW_PROPOSED : VIEW_ACCEPTED, item->since->undecided));
        row->cells[1] = days_words(arena, item);
        row->cells[2] = item->person->name;
        row->cells[3] = list_id(arena, &item->person->address, LIST_ID_DIGITS);
        row->cells[4] = agenda_item_said(english, arena, item);
        row->cells[5] = list_id(arena, &item->since->views[0]->id, LIST_ID_DIGITS);
        row->below = agenda_basis_said(english, item);
    }
    list_print(&list);
    print_more(c, arena);
    if (c->count)
        puts("\n○ proposed  ● accepted   govah person ID shows the case");
    else if (!c->more)
        puts("Nothing on record is expected in these days.");
}

static void append_ids(json_t *ids, const struct case_occurrence *o)
{
    for (size_t i = 0; o && i < o->views_count; i++) {
        char digits[HASH_DIGITS + 1];
        hash_write(&o->views[i]->id, digits);
        json_append_text(ids, str_of(digits));
    }
}

static json_t *item_json(const struct agenda_item *item, struct arena *arena)
{
    json_t *out = json_object(), *ids = json_array();
    append_ids(ids, item->since);
    if (item->from != item->since)
        append_ids(ids, item->from);
    json_put(out, "item", item->rule->item);
    json_put(out, "date", days_words(arena, item));
    list_json_id(out, "person", &item->person->address);
    json_put(out, "name", item->person->name);
    json_put(out, "event", item->since->event);
    list_json_text(out, "since", item->since->date);
    list_json_text(out, "after",
                   item->rule->kind == EXPECTED_TERM ? item->since->sentence : item->rule->after);
    list_json_text(out, "from", item->from ? item->from->event : STR_NONE);
    list_json_text(out, "basis", item->rule->basis ? item->rule->basis->english : STR_NONE);
    json_put_new(out, "proposed", json_boolean(item->proposed));
    json_put_new(out, "statements", ids);
    return out;
}

static json_t *more_json(const struct agenda *c, struct arena *arena)
{
    json_t *out = json_object();
    json_put(out, "at", place_words(arena, &c->next));
    json_put_int(out, "left", (int64_t)c->left);
    return out;
}

/* ---- as a file ---- */

static void write_file(const char *path, struct str bytes)
{
    struct fault why;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        die(EXIT_PROBLEM, "%s: %s", path, strerror(errno));
    enum outcome result = file_write_fd(fd, bytes, &why);
    if (result == OK && fsync(fd))
        result = refuse(&why, FAILED, "cannot be synced: %s", strerror(errno));
    if (close(fd) && result == OK)
        result = refuse(&why, FAILED, "cannot be closed: %s", strerror(errno));
    if (result == OK)
        return;
    unlink(path);
    die(EXIT_PROBLEM, "%s: %s", path, why.text);
}

static void write_feed(const struct asked *a, const struct agenda *c, int64_t as_of,
                       const struct languages *languages, struct arena *arena)
{
    struct voice voice = {.language = language_find(languages, a->lang)};
    struct fault why;
    struct buf out;
    if (!voice.language)
        die(EXIT_USAGE, "calendar: no file in the language \"%.*s\"", STR_ARG(a->lang));
    voice.calendar = language_calendar(voice.language);
    buf_init(&out, FEED_LIMIT);
    if (agenda_feed(&voice, c, as_of, arena, &out, &why) != OK)
        die(EXIT_PROBLEM, "%s: %s", a->ics, why.text);
    write_file(a->ics, buf_str(&out));
    buf_release(&out);
    printf("%zu item%s in %s, readable by anyone who has the file.\n", c->count,
           c->count == 1 ? " is" : "s are", a->ics);
}

/* ---- all of it ---- */

/* false when several people are meant, who were listed */
static bool read_calendar(struct session *s, const struct asked *a,
                          const struct agenda_choice *choice, struct arena *arena,
                          struct agenda *out)
{
    const struct case_rules *rules;
    struct agenda_rules agenda_rules;
    struct fault why;
    *out = (struct agenda){.items = NULL};
    enum outcome result = case_rules_new(arena, &rules, &why);
    if (result == OK)
        result = agenda_rules_new(rules, arena, &agenda_rules, &why);
    if (result == OK && a->person.len) {
        const struct case_person *person = person_asked(s, a->person, arena);
        if (!person)
            return false;
        agenda_of_person(&agenda_rules, rules, person, choice, arena, out);
        agenda_sort(out);
    } else if (result == OK) {
        result = agenda_read(s->archive, &agenda_rules, rules, choice, arena, out, &why);
    }
    if (result != OK)
        die(status_of(result), "%s", why.text);
    return true;
}

static void show_calendar(struct session *s, const struct asked *a, const struct agenda *c,
                          int64_t as_of, struct arena *arena)
{
    struct languages *languages;
    struct fault why;
    if (s->json && !a->ics) {
        for (size_t i = 0; i < c->count; i++)
            print_json(item_json(&c->items[i], arena));
        if (c->more)
            print_json(more_json(c, arena));
        return;
    }
    if (languages_new(&languages, &why) != OK)
        die(EXIT_PROBLEM, "%s", why.text);
    const struct voice english = {language_find(languages, STR("en")), CALENDAR_GREGORIAN};
    if (a->ics)
        write_feed(a, c, as_of, languages, arena);
    else
        print_items(c, &english, arena);
    languages_free(languages);
}

int cmd_calendar(struct session *s, int argc, char **argv)
{
    struct arena arena;
    struct agenda calendar;
    struct asked asked = read_options(argc, argv);
    const struct agenda_choice choice = choice_of(&asked);
    arena_init(&arena);
    bool found = read_calendar(s, &asked, &choice, &arena, &calendar);
    if (found)
        show_calendar(s, &asked, &calendar, choice.as_of, &arena);
    arena_release(&arena);
    return found ? EXIT_DONE : EXIT_PROBLEM;
}
