#include "command/command.h"
#include "intake/intake.h"
#include "read/incident.h"
#include "read/tsv.h"

const char cmd_read_usage[] =
    "usage: govah read [--tsv DIR] FILE...\n"
    "\n"
    "  --tsv DIR   write figures.tsv, people.tsv, dates.tsv and events.tsv into DIR\n"
    "  --json      print each proposal as a JSON line\n"
    "\n"
    "Reads documents without an archive and prints what they say, as proposals: figures, people,\n"
    "events, dates, each with its sentence's words. A file that cannot be read is named, and the\n"
    "others are read.\n"
    "\n"
    "  govah read report.html\n";

struct run {
    struct session *session;
    struct reader *reader;
    struct intake intake;
    struct tsv tables;
    const char *tsv_dir; /* or NULL */
    size_t read, refused;
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
    buf_print(line, "  %.*s, %.*s", STR_ARG(f->subject_kind), STR_ARG(f->value));
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
    if (!r->proposals_count && !r->dates_count)
        puts("  The reader found nothing that it understands.");
    putchar('\n');
}

static void print_proposals_json(struct str doc, struct str text, const struct reading *r)
{
    for (size_t i = 0; i < r->proposals_count; i++) {
        const struct proposal *p = &r->proposals[i];
        json_t *line = statement_to_json(&p->statement);
        json_object_del(line, "kind");
        json_object_del(line, "text");
        json_put(line, "document", doc);
        json_put(line, "quote", quote_of(text, &p->statement));
        json_put_int(line, "confidence", p->confidence);
        json_put(line, "why", p->why);
        print_json(line);
    }
    for (size_t i = 0; i < r->dates_count; i++) {
        const struct date_mention *d = &r->dates[i];
        json_t *line = json_object();
        json_put(line, "form", STR("date"));
        json_put(line, "document", doc);
        json_put_int(line, "from", (int64_t)d->quote.from);
        json_put_int(line, "to", (int64_t)d->quote.to);
        json_put(line, "quote", str_slice(text, d->quote.from, d->quote.to));
        json_put(line, "iso", d->iso);
        json_put(line, "calendar", d->calendar);
        print_json(line);
    }
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
    reader_read(run->reader, found.text, &found.facts, &arena, &reading);
    if (run->tsv_dir)
        tsv_add(&run->tables, doc, found.text, &reading);
    else if (run->session->json)
        print_proposals_json(doc, found.text, &reading);
    else
        print_reading(doc, found.text, &reading);
    run->read++;
    arena_release(&arena);
}

static void write_tables(struct run *run)
{
    struct fault why;
    if (run->tsv_dir && tsv_write(&run->tables, run->tsv_dir, &why) != OK)
        die(status_of(why.code), "%s", why.text);
}

int cmd_read(struct session *session, int argc, char **argv)
{
    struct run run = {.session = session};
    struct fault why;
    struct options options = options_of(argc, argv);
    while (option_next(&options, "tsv", ""))
        run.tsv_dir = options.value;
    const char *path = operand_next(&options);
    if (!path)
        die(EXIT_USAGE, "read needs a file; see govah read --help");
    if (intake_start(&run.intake, &why) != OK || reader_new(&run.reader, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    tsv_init(&run.tables);
    for (; path; path = operand_next(&options))
        read_file(&run, path);
    write_tables(&run);
    tsv_release(&run.tables);
    reader_free(run.reader);
    intake_stop(&run.intake);
    finish_output();
    return run.refused ? EXIT_PROBLEM : EXIT_DONE;
}
