#include "base/file.h"
#include "command/audit_print.h"
#include "text/edtf.h"

enum { AMNESTY_LIMIT = 1 << 20 };

const char cmd_audit_usage[] =
    "usage: govah audit [ID|FILE] [--as-of DATE] [--json]\n"
    "\n"
    "  ID             an amnesty that is built in; without one they are listed\n"
    "  FILE           a table of an amnesty's conditions, as data/amnesties has them\n"
    "  --as-of DATE   what came after it up to this day; else up to the last day on record\n"
    "  --json         a line of JSON for each person, and a last one with the sums\n"
    "\n"
    "An amnesty against the record. Everybody who is on record in prison on its eve stands under one\n"
    "of three headings: qualifies, excluded and by which condition, or cannot be told and what the\n"
    "record lacks; with who came out since, on what terms, and who was taken again. The announced\n"
    "number stands beside what the record can show. Each line ends in the statement that says so.\n"
    "\n"
    "  govah audit ir-2023-02 --as-of 2023-06-30\n";

static const struct amnesty *amnesty_named(const struct amnesty *all, size_t count, struct str id)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(all[i].id, id))
            return &all[i];
    return NULL;
}

/* Of a file from outside, which stays in the arena. */
static struct amnesty *amnesty_of_file(const char *path, const struct case_rules *rules,
                                       struct arena *arena)
{
    struct amnesty *out = arena_alloc(arena, sizeof *out);
    struct data_file *file = arena_alloc(arena, sizeof *file);
    struct buf bytes;
    struct fault why;
    buf_init(&bytes, AMNESTY_LIMIT);
    enum outcome result = file_read(path, AMNESTY_LIMIT, &bytes, &why);
    *file = (struct data_file){path, arena_copy(arena, buf_str(&bytes))};
    buf_release(&bytes);
    if (result == NOT_FOUND)
        die(EXIT_PROBLEM, "no amnesty is called %s, and there is no such file; see govah audit",
            path);
    if (result == OK)
        result = amnesty_read(file, true, rules, arena, out, &why);
    if (result != OK)
        die(EXIT_PROBLEM, "%s", why.text);
    return out;
}

static void audit(struct session *s, const struct amnesty *amnesty, const struct case_rules *rules,
                  int64_t as_of, struct arena *arena)
{
    struct case_record record;
    struct audit out;
    struct fault why;
    if (case_record_read(s->archive, arena, &record, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    audit_make(rules, amnesty, record.people, record.people_count, as_of, arena, &out);
    if (s->json)
        audit_print_json(&out);
    else
        audit_print(&out, arena);
}

int cmd_audit(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct str as_of = STR_NONE;
    int64_t first, day = INT64_MIN;
    struct arena arena;
    struct fault why;
    const struct case_rules *rules;
    struct amnesty *known;
    size_t count;
    const char *asked = NULL;
    for (const char *operand;;) {
        while (option_next(&o, "as-of", ""))
            as_of = str_of(o.value);
        if (!(operand = operand_next(&o)))
            break;
        if (asked)
            die(EXIT_USAGE, "one amnesty at a time; see govah audit --help");
        asked = operand;
    }
    if (as_of.len && edtf_range(as_of, &first, &day, &why) != OK)
        die(EXIT_USAGE, "%s", why.text);
    arena_init(&arena);
    if (case_rules_new(&arena, &rules, &why) != OK ||
        amnesties_known(rules, &arena, &known, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    const struct amnesty *amnesty = asked ? amnesty_named(known, count, str_of(asked)) : NULL;
    if (!asked)
        amnesties_print(known, count, s->json, &arena);
    else
        audit(s, amnesty ? amnesty : amnesty_of_file(asked, rules, &arena), rules, day, &arena);
    arena_release(&arena);
    return EXIT_DONE;
}
