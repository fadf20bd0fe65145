#include <errno.h>

#include "base/in_order.h"
#include "command/match_archive.h"
#include "command/match_report.h"
#include "match/names.h"
#include "match/write.h"

const char cmd_match_usage[] =
    "usage: govah match [--json]\n"
    "       govah match --same A B --why TEXT\n"
    "       govah match --different A B --why TEXT\n"
    "       govah match --undo A B [--why TEXT]\n"
    "       govah match --same-above default|P --why TEXT [--yes]\n"
    "       govah match --relearn\n"
    "       govah match --csv FILE [FILE...] [--out FILE] [--fields COLUMN=KIND,...] [--id COLUMN]\n"
    "                   [--pairs FILE] [--report FILE] [--threads N] [--json]\n"
    "       govah match --names FILE\n"
    "\n"
    "  --same A B       decide that two people on record are one: a signed decision, which can be\n"
    "                   taken back; A and B are ids as govah match shows them, or their first digits\n"
    "  --different A B  decide that they are not\n"
    "  --undo A B       take back what was decided about the two; when others join them, shows which\n"
    "                   decisions do\n"
    "  --same-above P   decide at once that all pairs are one person that are probably so, with a\n"
    "                   probability of P or more, from 0.5 to 1; default is 0.5. They are listed first,\n"
    "                   and all of them are one signed decision, after a question or with --yes\n"
    "  --why TEXT       the reason, which is kept with the decision\n"
    "  --relearn        learn what evidence weighs in this archive, from who is named and from what was\n"
    "                   decided; shows what moved; decides nothing\n"
    "  --csv FILE       a list of people: comma, semicolon, tab or bar between its columns; with\n"
    "                   several lists, people are linked across them too; - is standard input\n"
    "  --out FILE       write id,cluster there: records of one person have one cluster; with several\n"
    "                   lists, the list's name too; without it, on standard output\n"
    "  --fields LIST    what columns hold, where their headings do not tell: full_name, given_name,\n"
    "                   family_name, father_name, birth_date, birth_year, birth_month, birth_day,\n"
    "                   age, date, gender, place, region, postcode, address, number, occupation,\n"
    "                   group, text, identifier, phone, email, none\n"
    "  --id COLUMN      the column of ids; else one called id, unique_id or rec_id, else a record\n"
    "                   is called by its number\n"
    "  --pairs FILE     write the pairs that are near or above even odds, each with its reasons\n"
    "  --report FILE    write a page: odds, pairs near the threshold, weights, clusters, blocks\n"
    "  --threads N      work in so many threads; by default one a processor\n"
    "  --names FILE     compare names instead: two on each line, a tab between them; prints how\n"
    "                   likely they are one name, from 0 to 1, and why\n"
    "  --json           what was read and found, as a line of JSON\n"
    "\n"
    "Without a list, shows who on record is probably or perhaps one person, with the reasons and\n"
    "their weights in bits; nothing is joined until somebody decides.\n"
    "\n"
    "With lists, finds the records that are one person, across spellings and scripts. What it\n"
    "assumed of them is said on standard error, and nothing enters an archive. Nobody is joined on\n"
    "a name alone.\n"
    "\n"
    "  govah match\n"
    "  printf 'Mehran Raoof\\tMehran Raouf\\n' | govah match --names -\n"
    "  govah match --csv arrested.csv --out clusters.csv --report report.html\n";

struct run {
    const char *out, *pairs, *report, *names; /* paths, or NULL */
    struct list_wishes wishes;
    const char *lists[LIST_FILES];
    size_t lists_count;
    bool unique; /* no two records have one id */
    bool json;
    const char *left, *right; /* people to decide about, or NULL */
    int above;                /* per mille, or -1 */
    bool sure, relearn;
    enum verdict verdict;
    struct str why;
};

static size_t threads_of(const char *value)
{
    int64_t count;
    if (!str_to_int(str_of(value), &count) || count < 1 || count > BLOCK_THREADS)
        die(EXIT_USAGE, "match: --threads takes a number from 1 to %d", BLOCK_THREADS);
    return (size_t)count;
}

/* "default", or 0.5 to 1 with at most three digits behind the point */
static int per_mille_of(const char *value)
{
    int64_t digits;
    size_t len = strlen(value);
    if (strcmp(value, "default") == 0)
        return 500;
    if (strcmp(value, "1") == 0 || strcmp(value, "1.0") == 0)
        return 1000;
    bool fraction = len > 2 && len <= 5 && strncmp(value, "0.", 2) == 0 && value[2] != '-';
    if (!fraction || !str_to_int(str_of(value + 2), &digits))
        die(EXIT_USAGE, "match: --same-above takes default, or a probability from 0.5 to 1");
    for (size_t i = len; i < 5; i++)
        digits *= 10;
    if (digits < 500)
        die(EXIT_USAGE, "match: what is less likely than even is decided pair by pair: --same A B");
    return (int)digits;
}

static void list_named(struct run *run, const char *path)
{
    if (run->lists_count == LIST_FILES)
        die(EXIT_USAGE, "match: at most %d lists", LIST_FILES);
    run->lists[run->lists_count++] = path;
}

static void decision_named(struct run *run, const char *option, const char *left)
{
    if (run->left)
        die(EXIT_USAGE, "match: one decision at a time");
    run->left = left;
    run->verdict = strcmp(option, "same") == 0   ? VERDICT_SAME
                   : strcmp(option, "undo") == 0 ? VERDICT_RETRACT
                                                 : VERDICT_DIFFERENT;
}

static void operand_named(struct run *run, const char *operand)
{
    if (run->lists_count)
        list_named(run, operand);
    else if (run->left && !run->right)
        run->right = operand;
    else
        die(EXIT_USAGE, "match: lists stand behind --csv; see govah match --help");
}

static void run_check(const struct run *run)
{
    bool decides = run->left || run->above >= 0;
    if (!!run->lists_count + !!run->names + !!run->left + (run->above >= 0) + run->relearn > 1)
        die(EXIT_USAGE, "match takes --csv, --names or a decision; see govah match --help");
    if (!run->left != !run->right)
        die(EXIT_USAGE, "match: a decision is about two people");
    if (decides && run->verdict != VERDICT_RETRACT && !run->why.len)
        die(EXIT_USAGE, "match: a decision needs a reason: --why TEXT");
    if (run->why.len && !decides)
        die(EXIT_USAGE, "match: --why belongs to a decision");
    if (run->sure && run->above < 0)
        die(EXIT_USAGE, "match: --yes belongs to --same-above");
    if (!run->lists_count &&
        (run->out || run->pairs || run->report || run->wishes.fields.len || run->wishes.id.len))
        die(EXIT_USAGE, "match: that belongs to a list; see govah match --help");
}

static struct run run_of(struct session *session, int argc, char **argv)
{
    struct run run = {.json = session->json,
                      .wishes.threads = in_order_processors(),
                      .verdict = VERDICT_SAME,
                      .above = -1};
    struct options o = options_of(argc, argv);
    const char *option, *operand;
    do {
        while ((option = option_next(&o,
                                     "csv out fields id pairs report threads names same different "
                                     "undo why same-above",
                                     "yes relearn"))) {
            const struct {
                const char *name, **to;
            } paths[] = {{"out", &run.out},
                         {"pairs", &run.pairs},
                         {"report", &run.report},
                         {"names", &run.names}};
            for (size_t i = 0; i < COUNT_OF(paths); i++)
                if (strcmp(option, paths[i].name) == 0)
                    *paths[i].to = o.value;
            if (strcmp(option, "csv") == 0)
                list_named(&run, o.value);
            else if (strcmp(option, "fields") == 0)
                run.wishes.fields = str_of(o.value);
            else if (strcmp(option, "id") == 0)
                run.wishes.id = str_of(o.value);
            else if (strcmp(option, "threads") == 0)
                run.wishes.threads = threads_of(o.value);
            else if (strcmp(option, "why") == 0)
                run.why = str_of(o.value);
            else if (strcmp(option, "same-above") == 0)
                run.above = per_mille_of(o.value);
            else if (strcmp(option, "yes") == 0)
                run.sure = true;
            else if (strcmp(option, "relearn") == 0)
                run.relearn = true;
            else if (strcmp(option, "same") == 0 || strcmp(option, "different") == 0 ||
                     strcmp(option, "undo") == 0)
                decision_named(&run, option, o.value);
        }
        operand = operand_next(&o);
        if (operand)
            operand_named(&run, operand);
    } while (operand);
    run_check(&run);
    return run;
}

/* ---- names ---- */

static void names_line(struct str line)
{
    struct arena arena;
    struct name_likeness likeness;
    struct str left;
    arena_init(&arena);
    if (line.len && line.at[line.len - 1] == '\r')
        line.len--;
    str_cut(&line, '\t', &left);
    names_compare(&arena, left, line, &likeness);
    printf("%.3f\t%.*s\n", likeness.score, STR_ARG(likeness.explanation));
    arena_release(&arena);
}

static int names_run(const char *path)
{
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t len;
    int status = EXIT_DONE;
    FILE *in = strcmp(path, "-") ? fopen(path, "re") : stdin;
    if (!in)
        die(EXIT_PROBLEM, "%s: %s", path, strerror(errno));
    while ((len = getline(&line, &room, in)) >= 0) {
        struct str text = {line, (size_t)len};
        number++;
        if (text.len && text.at[text.len - 1] == '\n')
            text.len--;
        if (memchr(line, '\t', text.len)) {
            names_line(text);
            continue;
        }
        fprintf(stderr, "govah: line %zu: no tab between two names\n", number);
        status = EXIT_PROBLEM;
    }
    free(line);
    if (in != stdin)
        fclose(in);
    return status;
}

/* ---- lists ---- */

static FILE *file_open(const char *path)
{
    FILE *file = fopen(path, "we");
    if (!file)
        die(EXIT_PROBLEM, "%s: cannot be written: %s", path, strerror(errno));
    return file;
}

static void file_finish(FILE *file, const char *path)
{
    bool bad = ferror(file) != 0;
    if (fclose(file) || bad)
        die(EXIT_PROBLEM, "%s: cannot be written: %s", path, strerror(errno));
}

static void lists_read(struct run *run, struct list *list)
{
    struct fault why;
    for (size_t i = 0; i < run->lists_count; i++) {
        size_t noted = list->notes_count;
        if (list_read(list, run->lists[i], &run->wishes, &why) != OK)
            die(status_of(why.code), "%s: %s", run->lists[i], why.text);
        for (; noted < list->notes_count; noted++)
            complain(run->lists[i], list->notes[noted].at);
    }
    size_t first, second, doubled = list_doubled_ids(list, &first, &second);
    run->unique = doubled == 0;
    if (doubled) {
        list_note(list,
                  "%zu records have an id that another has, such as records %zu and %zu \"%.*s\": "
                  "clusters are called by id and number",
                  doubled, first + 1, second + 1, STR_ARG(record_id(list, first)));
        complain(NULL, list->notes[list->notes_count - 1].at);
    }
}

static void milliseconds_put(json_t *out, const char *name, double seconds)
{
    json_put_int(out, name, (int64_t)(1000 * seconds + 0.5));
}

/* where the time went: reading and weighing, blocking and learning, scoring, clustering, writing */
static json_t *time_json(const struct matching *m, double reading, double writing)
{
    json_t *out = json_object();
    milliseconds_put(out, "reading", reading);
    milliseconds_put(out, "learning", m->seconds[0]);
    milliseconds_put(out, "scoring", m->seconds[1]);
    milliseconds_put(out, "clustering", m->seconds[2]);
    milliseconds_put(out, "writing", writing);
    return out;
}

static void print_summary(const struct matching *m, double reading, double writing)
{
    json_t *out = json_object();
    json_t *notes = json_array();
    const struct list *l = m->list;
    for (size_t i = 0; i < l->notes_count; i++)
        json_array_append_new(notes, json_stringn(l->notes[i].at, l->notes[i].len));
    json_object_set_new(out, "records", json_integer((json_int_t)l->records));
    json_object_set_new(out, "clusters", json_integer((json_int_t)m->clusters.count));
    json_object_set_new(out, "joined", json_integer((json_int_t)m->clusters.joined));
    json_object_set_new(out, "largest", json_integer((json_int_t)m->clusters.largest));
    json_object_set_new(out, "pairs", json_integer((json_int_t)m->pairs_seen));
    json_object_set_new(out, "notes", notes);
    json_put_new(out, "milliseconds", time_json(m, reading, writing));
    print_json(out);
}

/* what a list is called: its file's name without its ending */
static struct str list_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str name = str_of(slash ? slash + 1 : path);
    return str_ends(name, STR(".csv")) ? str_slice(name, 0, name.len - 4) : name;
}

static void results_write(const struct run *run, struct matching *m)
{
    struct str lists[LIST_FILES];
    for (size_t i = 0; i < run->lists_count; i++)
        lists[i] = list_name(run->lists[i]);
    if (run->out) {
        FILE *out = file_open(run->out);
        clusters_write(out, m, run->unique, lists);
        file_finish(out, run->out);
    } else if (!run->json) {
        clusters_write(stdout, m, run->unique, lists);
    }
    if (run->pairs || run->report)
        pairs_sort(m);
    if (run->pairs) {
        FILE *out = file_open(run->pairs);
        pairs_write(out, m);
        file_finish(out, run->pairs);
    }
    if (run->report) {
        struct buf page;
        FILE *out = file_open(run->report);
        buf_init(&page, SIZE_MAX / 4);
        match_report_write(&page, m);
        fwrite(page.at, 1, page.len, out);
        buf_release(&page);
        file_finish(out, run->report);
    }
}

static int lists_run(struct run *run)
{
    struct list *list = mem_alloc(sizeof *list);
    struct matching *matching = mem_alloc(sizeof *matching);
    double began = seconds_now();
    list_init(list);
    lists_read(run, list);
    list_weigh(list);
    double reading = seconds_now() - began;
    if (run->pairs || run->report)
        matching_run(matching, list, run->wishes.threads);
    else
        matching_run_clusters(matching, list, run->wishes.threads);
    fprintf(stderr, "govah: %zu records of %zu people; %zu are of somebody who has more than one\n",
            list->records, matching->clusters.count, matching->clusters.joined);
    double found = seconds_now();
    results_write(run, matching);
    if (run->json)
        print_summary(matching, reading, seconds_now() - found);
    matching_release(matching);
    mem_free(matching);
    list_release(list);
    mem_free(list);
    return EXIT_DONE;
}

int cmd_match(struct session *session, int argc, char **argv)
{
    struct run run = run_of(session, argc, argv);
    struct fault why;
    if (matching_start(&why) != OK)
        die(EXIT_PROBLEM, "%s", why.text);
    if (run.names)
        return names_run(run.names);
    if (run.lists_count)
        return lists_run(&run);
    if (run.above >= 0)
        return match_decide_above(session, run.above, run.why, run.sure);
    if (run.relearn)
        match_relearn(session);
    else if (run.left)
        match_decide(session, run.verdict, run.left, run.right, run.why);
    else
        match_propose(session);
    return EXIT_DONE;
}
