#include <unistd.h>

#include "account/finding_words.h"
#include "base/in_order.h"
#include "command/command.h"
#include "command/explain.h"
#include "command/filter.h"
#include "read/tsv.h"

const char cmd_read_usage[] =
    "usage: govah read [--json] [--threads N] FILE...\n"
    "       govah read --tsv DIR FILE...\n"
    "       govah read --explain WORDS [--json] FILE...\n"
    "       govah read [--threads N] [-]\n"
    "\n"
    "  --tsv DIR        write figures.tsv, people.tsv, dates.tsv and events.tsv into DIR\n"
    "  --explain WORDS  explain the proposals whose quotes hold these words; '' for all: for each\n"
    "                   field the words, the rule and the entry of data/ that made it\n"
    "  --json           print each proposal as a JSON line\n"
    "  --threads N      read so many documents at once; by default one a processor\n"
    "\n"
    "Reads documents without an archive and prints what they say, as proposals: figures, people,\n"
    "events, dates, each with its sentence's words, and findings: what cannot be as it is written.\n"
    "A file that cannot be read is named, and the others are read.\n"
    "\n"
    "Without a file, or with -, it is a filter: a JSON object a line on standard input is a\n"
    "document, with its \"id\", \"text\" and, where they are known, \"lang\", \"published\",\n"
    "\"source\", \"url\" and \"title\"; on standard output each proposal is a line of JSON, and the\n"
    "last line of each document says that it was read. They come in the order of the input. A line\n"
    "that cannot be read is named by its number, and the others are read.\n"
    "\n"
    "  govah read --explain 'killed' report.html\n"
    "  govah read --json report.html | grep '\"form\":\"figure\"'\n"
    "  echo '{\"id\": 1, \"text\": \"At least 31 people were killed.\"}' | govah read\n";

struct run {
    struct session *session;
    struct reader *reader;
    struct intake intake;
    struct tsv tables;
    const char *tsv_dir; /* or NULL */
    const char *explain; /* or NULL */
    size_t threads, refused;
};

static const char *const bound_signs[] = {"", "\u2265 ", "> ", "\u2248 ", "\u2272 ", "\u2264 ", ""};

static struct str base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str name = str_of(slash ? slash + 1 : path);
    for (size_t i = name.len; i-- > 1;)
        if (name.at[i] == '.')
            return str_slice(name, 0, i);
    return name;
}

static struct str quote_of(struct str text, const struct statement *s)
{
    return str_slice(text, s->quote.from, s->quote.to);
}

static void add_count(struct buf *line, const struct figure *f)
{
    buf_add_text(line, bound_signs[f->bound]);
    if (f->bound == BOUND_RANGE)
        buf_print(line, "%jd\u2013%jd", (intmax_t)f->low, (intmax_t)f->high);
    else
        buf_print(line, "%jd", (intmax_t)(f->low == COUNT_NONE ? f->high : f->low));
}

static void add_labelled(struct buf *line, const char *label, struct str value)
{
    if (!value.len)
        return;
    buf_print(line, "  %s ", label);
    show(line, value);
}

static void add_figure(struct buf *line, const struct figure *f)
{
    add_count(line, f);
    buf_print(line, " %.*s %.*s", STR_ARG(f->what), STR_ARG(f->event));
    add_labelled(line, "according to", f->source);
    add_labelled(line, "since", f->since);
    add_labelled(line, "until", f->until);
    add_labelled(line, "as of", f->as_of);
}

static void add_life_event(struct buf *line, const struct life_event *e)
{
    show(line, e->person);
    buf_print(line, ": %.*s", STR_ARG(e->event));
    add_labelled(line, "on", e->date);
    for (size_t i = 0; i < e->details_count; i++) {
        buf_print(line, "  %.*s ", STR_ARG(e->details[i].name));
        show(line, e->details[i].value);
    }
}

static void add_fact(struct buf *line, const struct fact *f)
{
    show(line, f->subject);
    buf_print(line, "  %.*s, ",
              STR_ARG(str_equal(f->property, STR("role")) ? f->subject_kind : f->property));
    show(line, f->value);
}

static void print_form(struct str text, const struct reading *r, enum statement_form form,
                       const char *heading)
{
    struct buf line;
    bool any = false;
    buf_init(&line, 1024 * 1024);
    for (size_t i = 0; i < r->proposals_count; i++) {
        const struct statement *s = &r->proposals[i].statement;
        if (s->form != form)
            continue;
        if (!any)
            printf("%s%s%s\n", paint(PAINT_BOLD), heading, paint(PAINT_NONE));
        any = true;
        buf_clear(&line);
        buf_add_text(&line, "  ");
        if (form == FORM_FIGURE)
            add_figure(&line, &s->figure);
        else if (form == FORM_LIFE_EVENT)
            add_life_event(&line, &s->life_event);
        else
            add_fact(&line, &s->fact);
        printf("%.*s\n", STR_ARG(buf_str(&line)));
        if (form == FORM_FACT)
            continue;
        buf_clear(&line);
        show(&line, quote_of(text, s));
        printf("      %s\u201c%.*s\u201d%s\n", paint(PAINT_DIM), STR_ARG(buf_str(&line)),
               paint(PAINT_NONE));
    }
    buf_release(&line);
}

static void print_dates(struct str text, const struct reading *r)
{
    struct buf line;
    buf_init(&line, 1024 * 1024);
    for (size_t i = 0; i < r->dates_count; i++) {
        const struct date_mention *d = &r->dates[i];
        if (i == 0)
            printf("%sDates%s\n", paint(PAINT_BOLD), paint(PAINT_NONE));
        buf_clear(&line);
        show(&line, str_slice(text, d->quote.from, d->quote.to));
        printf("  %.*s  %s\u201c%.*s\u201d%s\n", STR_ARG(d->iso), paint(PAINT_DIM),
               STR_ARG(buf_str(&line)), paint(PAINT_NONE));
    }
    buf_release(&line);
}

static void print_findings(struct str text, const struct reading *r)
{
    struct arena arena;
    struct buf line;
    arena_init(&arena);
    buf_init(&line, 1024 * 1024);
    for (size_t i = 0; i < r->findings_count; i++) {
        const struct finding *f = &r->findings[i];
        if (i == 0)
            printf("%sFindings: what cannot be as it is written%s\n", paint(PAINT_BOLD),
                   paint(PAINT_NONE));
        buf_clear(&line);
        show(&line, str_slice(text, f->quote.from, f->quote.to));
        printf("  %.*s  %s\u201c%.*s\u201d%s\n", STR_ARG(finding_words(&arena, f)),
               paint(PAINT_DIM), STR_ARG(buf_str(&line)), paint(PAINT_NONE));
    }
    buf_release(&line);
    arena_release(&arena);
}

static void print_reading(struct str doc, struct str text, const struct reading *r)
{
    struct buf name;
    buf_init(&name, 8192);
    show(&name, doc);
    printf("%s%.*s%s\n", paint(PAINT_BOLD), STR_ARG(buf_str(&name)), paint(PAINT_NONE));
    buf_release(&name);
    print_form(text, r, FORM_FIGURE, "Figures");
    print_form(text, r, FORM_FACT, "People and organisations");
    print_form(text, r, FORM_LIFE_EVENT, "Events");
    print_dates(text, r);
    print_findings(text, r);
    if (!r->proposals_count && !r->dates_count)
        puts("  The reader found nothing that it understands.");
    putchar('\n');
}

static void read_file(struct run *run, const char *path)
{
    struct arena arena;
    struct intake_result found = {0};
    struct reading reading;
    struct fault why;
    arena_init(&arena);
    if (intake_file(&run->intake, path, &arena, &found, &why) != OK) {
        complain(path, why.text);
        run->refused++;
        arena_release(&arena);
        return;
    }
    struct str doc = base_name(path);
    if (run->explain)
        reader_explain(run->reader, found.text, &found.facts, &arena, &reading);
    else
        reader_read(run->reader, found.text, &found.facts, &arena, &reading);
    if (run->explain)
        explain_print(doc, found.text, &reading, str_of(run->explain), run->session->json);
    else if (run->tsv_dir)
        tsv_add(&run->tables, doc, found.text, &reading);
    else
        print_reading(doc, found.text, &reading);
    arena_release(&arena);
}

static void write_tables(struct run *run)
{
    struct fault why;
    if (run->tsv_dir && tsv_write(&run->tables, run->tsv_dir, &why) != OK)
        die(status_of(why.code), "%s", why.text);
}

static void read_printing(struct run *run, const char *path, struct options *options)
{
    tsv_init(&run->tables);
    for (; path; path = operand_next(options))
        read_file(run, path);
    write_tables(run);
    tsv_release(&run->tables);
}

/* `path` is NULL for standard input */
static void read_filtering(struct run *run, const char *path, struct options *options)
{
    struct filter *filter = filter_new(run->reader, run->threads);
    if (!path)
        filter_lines(filter);
    for (; path; path = operand_next(options))
        filter_file(filter, &run->intake, path, base_name(path));
    filter_finish(filter);
    run->refused += filter_refused(filter);
    filter_free(filter);
}

static size_t threads_of(const char *value)
{
    int64_t count = 0;
    if (!str_to_int(str_of(value), &count) || count < 1 || count > IN_ORDER_THREADS)
        die(EXIT_USAGE, "read: --threads takes a number from 1 to %d", IN_ORDER_THREADS);
    return (size_t)count;
}

int cmd_read(struct session *session, int argc, char **argv)
{
    struct run run = {.session = session, .threads = in_order_processors()};
    struct fault why;
    struct options options = options_of(argc, argv);
    for (const char *option; (option = option_next(&options, "tsv threads explain", ""));)
        if (strcmp(option, "tsv") == 0)
            run.tsv_dir = options.value;
        else if (strcmp(option, "explain") == 0)
            run.explain = options.value;
        else
            run.threads = threads_of(options.value);
    const char *path = operand_next(&options);
    bool lines = !path || strcmp(path, "-") == 0;
    if (lines && path && operand_next(&options))
        die(EXIT_USAGE, "read takes files or standard input, not both");
    if (run.tsv_dir && run.explain)
        die(EXIT_USAGE, "read takes --tsv or --explain, not both");
    if (lines && (run.tsv_dir || run.explain))
        die(EXIT_USAGE, "read --tsv and --explain need a file; see govah read --help");
    if (!path && isatty(STDIN_FILENO))
        die(EXIT_USAGE, "read needs a file; see govah read --help");
    if ((!lines && intake_start(&run.intake, &why) != OK) || reader_new(&run.reader, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (lines || (session->json && !run.tsv_dir && !run.explain))
        read_filtering(&run, lines ? NULL : path, &options);
    else
        read_printing(&run, path, &options);
    reader_free(run.reader);
    intake_stop(&run.intake);
    finish_output();
    return run.refused ? EXIT_PROBLEM : EXIT_DONE;
}
