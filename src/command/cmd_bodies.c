#include "command/body_print.h"
#include "text/edtf.h"

const char cmd_institutions_usage[] =
    "usage: govah institutions [ID|NAME] [--from DATE] [--to DATE] [--limit N] [--json]\n"
    "\n"
    "  ID|NAME      one of them; without one they are listed, those with the most cases first\n"
    "  --from DATE  only cases that may have passed on this day or later\n"
    "  --to DATE    only cases that may have passed on this day or before\n"
    "  --limit N    this many cases, or institutions, at most (100)\n"
    "  --json       a line of JSON for each of them, and a last one with the sums\n"
    "\n"
    "Courts, their branches, prisons and their wards, prosecutors, commissions: whose cases passed\n"
    "through them, by which statement, and what became of each. Cases of a branch are its court's,\n"
    "too, and those of a ward its prison's. Who held a post there is always what somebody says.\n"
    "\n"
    "  govah institutions \"Revolutionary Court\" --from 2021 --to 2021\n";

const char cmd_officials_usage[] =
    "usage: govah officials [ID|NAME] [--from DATE] [--to DATE] [--limit N] [--json]\n"
    "\n"
    "  ID|NAME      one of them; without one they are listed, those with the most cases first\n"
    "  --from DATE  only cases that may have passed on this day or later\n"
    "  --to DATE    only cases that may have passed on this day or before\n"
    "  --limit N    this many cases, or officials, at most (100)\n"
    "  --json       a line of JSON for each of them, and a last one with the sums\n"
    "\n"
    "Judges, prosecutors, holders of posts: the cases through their hands with the sentences, their\n"
    "posts and who says so, what contradicts, what they said and what is said of them, each with its\n"
    "sentence and its source. Nothing here says that anybody is guilty of anything.\n"
    "\n"
    "  govah officials \"Iman Afshari\"\n";

enum { LIMIT_USUAL = 100, LIMIT_MOST = 10000 };

struct bodies_asked {
    const char *operand; /* or NULL */
    struct body_question question;
};

static int64_t day_of(const char *date, bool last)
{
    int64_t first, end;
    struct fault why;
    if (edtf_range(str_of(date), &first, &end, &why) != OK)
        die(EXIT_USAGE, "%s", why.text);
    return last ? end : first;
}

static void read_options(int argc, char **argv, struct bodies_asked *out)
{
    struct options o = options_of(argc, argv);
    struct body_question *q = &out->question;
    int64_t limit = LIMIT_USUAL;
    *out = (struct bodies_asked){.question = {.since = INT64_MIN + 1, .until = INT64_MAX}};
    for (const char *operand, *name;;) {
        while ((name = option_next(&o, "from to limit", ""))) {
            if (strcmp(name, "limit") == 0) {
                if (!str_to_int(str_of(o.value), &limit) || limit < 1 || limit > LIMIT_MOST)
                    die(EXIT_USAGE, "--limit takes a number from 1 to %d", LIMIT_MOST);
                continue;
            }
            bool last = strcmp(name, "to") == 0;
            *(last ? &q->until : &q->since) = day_of(o.value, last);
            q->dated = true;
        }
        if (!(operand = operand_next(&o)))
            break;
        if (out->operand)
            die(EXIT_USAGE, "one at a time; see govah %s --help", argv[0]);
        out->operand = operand;
    }
    if (q->since > q->until)
        die(EXIT_USAGE, "--from lies behind --to");
    q->limit = (size_t)limit;
}

static void list_all(struct session *s, bool official, const struct body_question *q,
                     struct arena *arena)
{
    const struct body_choice choice = {official, 0, q->limit};
    struct body_view *views;
    struct fault why;
    size_t count, total;
    if (archive_bodies(s->archive, &choice, arena, &views, &count, &total, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    bodies_print(body_book(), views, count, s->json, arena);
    if (s->json)
        return;
    if (count < total)
        printf("%zu of %zu; --limit shows more\n", count, total);
    if (!total)
        puts(official ? "Nothing on record names an official."
                      : "Nothing on record names an institution.");
}

static void show_one(struct session *s, const struct body_question *q, struct arena *arena)
{
    const struct case_rules *rules;
    struct body_account account;
    struct fault why;
    if (case_rules_new(arena, &rules, &why) != OK ||
        body_account_read(s->archive, body_book(), rules, q, arena, &account, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (s->json)
        body_print_json(&account, arena);
    else
        body_print(body_book(), &account, arena);
}

static int run(struct session *s, int argc, char **argv, bool official)
{
    struct bodies_asked asked;
    struct body_view *views;
    struct arena arena;
    struct fault why;
    size_t count = 0;
    int status = EXIT_DONE;
    read_options(argc, argv, &asked);
    arena_init(&arena);
    if (asked.operand && bodies_asked(s->archive, body_book(), str_of(asked.operand), official,
                                      &arena, &views, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (!asked.operand) {
        list_all(s, official, &asked.question, &arena);
    } else if (count == 1) {
        asked.question.id = views[0].id;
        show_one(s, &asked.question, &arena);
    } else if (count) {
        bodies_print(body_book(), views, count, s->json, &arena);
        complain(NULL, "several are meant; give the id of one");
        status = EXIT_PROBLEM;
    } else {
        die(EXIT_PROBLEM, "nothing on record is called %s; see govah %s", asked.operand, argv[0]);
    }
    arena_release(&arena);
    return status;
}

int cmd_institutions(struct session *s, int argc, char **argv)
{
    return run(s, argc, argv, false);
}

int cmd_officials(struct session *s, int argc, char **argv)
{
    return run(s, argc, argv, true);
}
