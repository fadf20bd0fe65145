#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "account/lives.h"
#include "base/file.h"
#include "base/in_order.h"
#include "command/estimate_print.h"
#include "command/list.h"
#include "seal/hash.h"
#include "text/edtf.h"

const char cmd_estimate_usage[] =
    "usage: govah estimate [--report FILE] [--lang CODE] [--small-cells] [--stratum COLUMN]\n"
    "                      [--list COLUMN --cluster COLUMN [--pairs FILE]] [--seed N] [--classes K]\n"
    "                      [--resamples N] [--threads N] [--json] FILE\n"
    "       govah estimate --event E [--since DATE] [--until DATE] [--place P] [--group G]\n"
    "                      [--proposed] [--report FILE] [...]\n"
    "\n"
    "  --event E         from the archive: of those to whom this happened (killed, arrested...),\n"
    "                    who is named by which source\n"
    "  --since DATE, --until DATE  only what happened between these days\n"
    "  --place P         only where the place has this in it\n"
    "  --group G         only those of whose group, occupation or nationality a fact says this\n"
    "  --proposed        what nobody decided on, too\n"
    "  --list COLUMN     a row is a person on a list: the column that names the list, and\n"
    "  --cluster COLUMN  the column that says who it is; as govah match writes them\n"
    "  --pairs FILE      the pairs of govah match --pairs: what its doubts do to the estimate\n"
    "  --stratum COLUMN  an estimate for each value of this column\n"
    "  --report FILE     write the report, one HTML file for the browser and for print\n"
    "  --lang CODE       its language: en, fa\n"
    "  --small-cells     show cells of fewer than five people in it: not for the public\n"
    "  --seed N          of the draws; 1 without it. The same seed gives the same numbers\n"
    "  --classes K       of the latent classes, from 2 to 32; 10 without it\n"
    "  --resamples N     of the bootstrap, from 100 to 100000; 1000 without it\n"
    "  --threads N       how many at once; does not change a number\n"
    "  --json            a line of JSON for each table\n"
    "\n"
    "How many people are on none of several lists, from who is on which. FILE is CSV: a column of 0\n"
    "and 1 for each list and one called \"count\", or a row for each person on each list. Log-linear\n"
    "models, latent classes and decomposable graphs stand side by side; where the table cannot carry\n"
    "an estimate, it is refused, or not to be cited, and the reasons are said. See docs/estimate.md.\n"
    "\n"
    "  govah estimate --list list --cluster person --report report.html lists.csv\n";

struct asked {
    const char *path, *report, *pairs;
    struct overlap_columns columns;
    struct assess_options options;
    struct str command; /* that says the same again */
    const char *lang;
    bool small_cells;
    struct lives_question lives; /* with an event, of the archive */
};

enum { FILE_LIMIT = 256 * 1024 * 1024 };

static int64_t number_of(const char *option, const char *text, int64_t low, int64_t high)
{
    int64_t number;
    if (!str_to_int(str_of(text), &number) || number < low || number > high)
        die(EXIT_USAGE, "estimate: --%s takes a number from %jd to %jd, not \"%s\"", option,
            (intmax_t)low, (intmax_t)high, text);
    return number;
}

/* the first day of a date, or its last */
static int64_t day_of(const char *option, const char *text, bool is_last)
{
    int64_t first, last;
    struct fault why;
    if (edtf_range(str_of(text), &first, &last, &why) != OK)
        die(EXIT_USAGE, "estimate: --%s: %s", option, why.text);
    return is_last ? last : first;
}

static bool take_question(struct lives_question *q, const char *option, const char *value)
{
    if (strcmp(option, "event") == 0)
        q->event = str_of(value);
    else if (strcmp(option, "place") == 0)
        q->place = str_of(value);
    else if (strcmp(option, "group") == 0)
        q->group = str_of(value);
    else if (strcmp(option, "since") == 0)
        q->since = day_of(option, value, false);
    else if (strcmp(option, "until") == 0)
        q->until = day_of(option, value, true);
    else if (strcmp(option, "proposed") == 0)
        q->proposed = true;
    else
        return false;
    q->dated = q->since != INT64_MIN || q->until != INT64_MAX;
    return true;
}

static void take_option(struct asked *a, const char *option, const char *value)
{
    struct assess_options *o = &a->options;
    if (take_question(&a->lives, option, value))
        return;
    if (strcmp(option, "report") == 0)
        a->report = value;
    else if (strcmp(option, "pairs") == 0)
        a->pairs = value;
    else if (strcmp(option, "lang") == 0)
        a->lang = value;
    else if (strcmp(option, "list") == 0)
        a->columns.list = str_of(value);
    else if (strcmp(option, "cluster") == 0)
        a->columns.cluster = str_of(value);
    else if (strcmp(option, "stratum") == 0)
        a->columns.stratum = str_of(value);
    else if (strcmp(option, "seed") == 0)
        o->latent.seed = (uint64_t)number_of(option, value, 0, JSON_INTEGER_LIMIT);
    else if (strcmp(option, "classes") == 0)
        o->latent.classes = (size_t)number_of(option, value, 2, LATENT_CLASSES_LIMIT);
    else if (strcmp(option, "resamples") == 0)
        o->resamples = (size_t)number_of(option, value, 100, 100000);
    else if (strcmp(option, "threads") == 0)
        o->threads = (size_t)number_of(option, value, 1, IN_ORDER_THREADS);
    else
        a->small_cells = true;
}

static struct asked read_options(int argc, char **argv, struct arena *arena)
{
    struct options o = options_of(argc, argv);
    struct asked a = {.options = assess_defaults(),
                      .lang = "en",
                      .command = STR("govah"),
                      .lives = {.since = INT64_MIN, .until = INT64_MAX}};
    const char *option;
    for (int i = 0; i < argc; i++)
        a.command = arena_print(arena, "%.*s %s", STR_ARG(a.command), argv[i]);
    a.options.threads = in_order_processors();
    while ((
        option = option_next(
            &o,
            "report lang list cluster stratum seed classes resamples threads event since until place "
            "group pairs",
            "small-cells proposed")))
        take_option(&a, option, o.value);
    a.path = operand_next(&o);
    bool both = a.path && (operand_next(&o) || a.lives.event.len);
    if (both || (!a.path && !a.lives.event.len))
        die(EXIT_USAGE, "estimate takes one file, or --event; see govah estimate --help");
    if (!a.columns.list.len != !a.columns.cluster.len)
        die(EXIT_USAGE, "estimate: --list and --cluster go together");
    if (a.pairs && !a.columns.list.len)
        die(EXIT_USAGE, "estimate: --pairs goes with --list and --cluster");
    return a;
}

static void write_report(const char *path, struct str html)
{
    struct fault why;
    const char *slash = strrchr(path, '/');
    char *folder =
        slash ? str_dup((struct str){path, (size_t)(slash - path) + 1}) : str_dup(STR("."));
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        die(EXIT_PROBLEM, "%s: %s", folder, strerror(errno));
    if (file_replace(dir, slash ? slash + 1 : path, html, &why) != OK)
        die(status_of(why.code), "%s: %s", path, why.text);
    close(dir);
    mem_free(folder);
}

struct assessed {
    struct overlap *tables;
    struct assessment *all;
    size_t count;
};

static void assess_all(struct session *session, const struct asked *asked,
                       const struct voice *english, const struct estimate_source *source,
                       struct assessed *a, struct arena *arena)
{
    a->all = arena_alloc(arena, a->count * sizeof *a->all);
    for (size_t i = 0; i < a->count; i++) {
        a->tables[i] = overlap_without_empty(&a->tables[i], arena);
        assess(&a->tables[i], &asked->options, arena, &a->all[i]);
        if (session->json) {
            estimate_print_json(english, source, &a->all[i]);
            continue;
        }
        if (i)
            putchar('\n');
        estimate_print(english, &a->all[i]);
    }
}

static struct str base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

static bool refused(const struct assessed *a)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->all[i].ruling != RULING_REFUSE)
            return false;
    return true;
}

static struct str read_file(const char *path, struct arena *arena)
{
    struct fault why;
    struct buf read;
    buf_init(&read, FILE_LIMIT);
    if (file_read(path, FILE_LIMIT, &read, &why) != OK)
        die(status_of(why.code), "%s: %s", path, why.text);
    struct str bytes = arena_copy(arena, buf_str(&read));
    buf_release(&read);
    return bytes;
}

static void read_pairs(struct asked *asked, struct arena *arena)
{
    struct fault why;
    if (asked->pairs &&
        match_doubt_read(read_file(asked->pairs, arena), &asked->options.doubt, arena, &why) != OK)
        die(status_of(why.code), "%s: %s", asked->pairs, why.text);
}

static void read_archive(struct session *session, struct asked *asked, struct arena *arena,
                         struct str *bytes)
{
    struct lives_table table;
    struct statement_view *views;
    struct persons persons;
    struct fault why;
    size_t count;
    session_open(session, ARCHIVE_READ);
    if (lives_read(session->archive, arena, &views, &count, &persons, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    lives_table(views, count, &persons, &asked->lives, OVERLAP_LISTS_LIMIT, arena, &table);
    if (!table.statements)
        die(EXIT_PROBLEM, "nobody on record to whom this happened%s: \"%.*s\"",
            asked->lives.proposed ? "" : ", by an accepted statement with a source",
            STR_ARG(asked->lives.event));
    *bytes = table.csv;
    asked->columns = (struct overlap_columns){STR("list"), STR("person"), STR_NONE};
    if (session->json)
        return;
    list_paragraph(
        STR("From the archive: a list is a source, and a person is who was decided to be "
            "one. Where nobody decided, people of one name count as one, and spellings "
            "of one name as several: govah match lists them for decision."),
        0, NULL, 0);
    if (table.others || table.without_source)
        printf("%zu sources that name fewer people and %zu statements without a source are left "
               "out.\n",
               table.others, table.without_source);
}

static void estimate_bytes(struct session *session, const struct asked *asked,
                           const struct languages *languages, struct str bytes, struct arena *arena,
                           struct assessed *a)
{
    struct buf html;
    struct fault why;
    char digits[HASH_DIGITS + 1];
    const char *name = asked->path ? asked->path : session->dir;
    struct voice voice = {.language = language_find(languages, str_of(asked->lang))};
    struct voice english = {.language = language_find(languages, STR("en"))};
    if (overlap_read(bytes, &asked->columns, arena, &a->tables, &a->count, &why) != OK)
        die(status_of(why.code), "%s: %s", name, why.text);
    struct hash hash = hash_of(bytes);
    hash_write(&hash, digits);
    struct estimate_source source = {base_name(name), str_of(digits), asked->command,
                                     asked->options.latent.seed, asked->small_cells};
    assess_all(session, asked, &english, &source, a, arena);
    if (!asked->report)
        return;
    buf_init(&html, 64 * 1024 * 1024);
    estimate_report(&voice, &source, a->all, a->count, &html);
    write_report(asked->report, buf_str(&html));
    buf_release(&html);
}

int cmd_estimate(struct session *session, int argc, char **argv)
{
    struct arena arena;
    struct fault why;
    struct languages *languages;
    struct progress bar;
    struct str bytes;
    struct assessed a = {0};
    arena_init(&arena);
    struct asked asked = read_options(argc, argv, &arena);
    asked.options.bar = &bar;
    if (languages_new(&languages, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (!language_find(languages, str_of(asked.lang)))
        die(EXIT_USAGE, "estimate: no report in the language \"%s\"", asked.lang);
    read_pairs(&asked, &arena);
    if (asked.path)
        bytes = read_file(asked.path, &arena);
    else
        read_archive(session, &asked, &arena, &bytes);
    estimate_bytes(session, &asked, languages, bytes, &arena, &a);
    int status = refused(&a) ? EXIT_PROBLEM : EXIT_DONE;
    languages_free(languages);
    arena_release(&arena);
    return status;
}
