/* The tables of cases: sentences, and the figures, numbers, people and life events they state. */
#include "reading_cases.h"

#include "base/arena.h"
#include "read/read.h"

static struct reader *reader;

typedef void print_statement(struct buf *out, const struct statement *);

static void print_figure(struct buf *out, const struct statement *s)
{
    const struct figure *f = &s->figure;
    buf_print(out, "%jd, %s, %.*s, %.*s, %.*s", (intmax_t)(f->low == COUNT_NONE ? f->high : f->low),
              figure_bound_name(f->bound), STR_ARG(f->what), STR_ARG(f->event), STR_ARG(f->source));
}

static void print_count(struct buf *out, int64_t count)
{
    if (count == COUNT_NONE)
        buf_add_text(out, "- ");
    else
        buf_print(out, "%jd ", (intmax_t)count);
}

static void print_number(struct buf *out, const struct statement *s)
{
    print_count(out, s->figure.low);
    print_count(out, s->figure.high);
    buf_add_text(out, figure_bound_name(s->figure.bound));
}

static void print_party(struct buf *out, const struct statement *s)
{
    if (str_equal(s->fact.property, STR("role")))
        buf_print(out, "%.*s, %.*s, %.*s", STR_ARG(s->fact.subject), STR_ARG(s->fact.subject_kind),
                  STR_ARG(s->fact.value));
}

static void print_fact(struct buf *out, const struct statement *s)
{
    if (!str_equal(s->fact.property, STR("role")))
        buf_print(out, "%.*s, %.*s, %.*s", STR_ARG(s->fact.subject), STR_ARG(s->fact.property),
                  STR_ARG(s->fact.value));
    if (s->fact.since.len || s->fact.until.len)
        buf_print(out, ", %.*s..%.*s", STR_ARG(s->fact.since), STR_ARG(s->fact.until));
}

static void print_event(struct buf *out, const struct statement *s)
{
    const struct life_event *e = &s->life_event;
    buf_print(out, "%.*s, %.*s, %.*s", STR_ARG(e->person), STR_ARG(e->event), STR_ARG(e->date));
    for (size_t i = 0; i < e->details_count; i++)
        buf_print(out, ", %.*s=%.*s", STR_ARG(e->details[i].name), STR_ARG(e->details[i].value));
    if (e->place.len)
        buf_print(out, ", place=%.*s", STR_ARG(e->place));
}

static void check(const struct reading_case *c, enum statement_form form, print_statement *print,
                  const char *none)
{
    struct reading reading;
    struct document_facts facts = {.published = STR("2024-12-31")};
    struct arena arena;
    struct buf found;
    arena_init(&arena);
    buf_init(&found, 65536);
    reader_read(reader, c->text, &facts, &arena, &reading);
    for (size_t i = 0; i < reading.proposals_count; i++) {
        if (reading.proposals[i].statement.form != form)
            continue;
        size_t before = found.len, separated = before ? strlen(" ; ") : 0;
        buf_add_text(&found, separated ? " ; " : "");
        print(&found, &reading.proposals[i].statement);
        if (found.len == before + separated)
            found.len = before;
    }
    if (!found.len)
        buf_add_text(&found, none);
    struct str expected = str_trim(c->expected), got = str_trim(buf_str(&found));
    bool same = str_equal(expected, got);
    if (!same)
        print_error("%.*s: expected \"%.*s\", read \"%.*s\"\n", STR_ARG(c->name), STR_ARG(expected),
                    STR_ARG(got));
    buf_release(&found);
    arena_release(&arena);
    assert_true(same);
}

static void print_period(struct buf *out, const struct statement *s)
{
    const struct figure *f = &s->figure;
    buf_print(out, "%.*s..%.*s @%.*s", STR_ARG(f->since), STR_ARG(f->until), STR_ARG(f->as_of));
}

static void finds_the_dates(const struct reading_case *c)
{
    struct reading reading;
    struct document_facts facts = {.published = STR("2024-12-31")};
    struct arena arena;
    struct buf found;
    arena_init(&arena);
    buf_init(&found, 65536);
    reader_read(reader, c->text, &facts, &arena, &reading);
    for (size_t i = 0; i < reading.dates_count; i++) {
        const struct date_mention *d = &reading.dates[i];
        buf_print(&found, "%s%.*s=%.*s", i ? " ; " : "",
                  STR_ARG(str_slice(c->text, d->quote.from, d->quote.to)), STR_ARG(d->iso));
    }
    bool same = str_equal(c->expected, buf_str(&found));
    if (!same)
        print_error("%.*s: expected \"%.*s\", read \"%.*s\"\n", STR_ARG(c->name),
                    STR_ARG(c->expected), STR_ARG(buf_str(&found)));
    buf_release(&found);
    arena_release(&arena);
    assert_true(same);
}

static void dates_the_figures(void **state)
{
    check(*state, FORM_FIGURE, print_period, "-");
}

static void states_the_figures(void **state)
{
    check(*state, FORM_FIGURE, print_figure, "-");
}

static void states_the_number(void **state)
{
    check(*state, FORM_FIGURE, print_number, "-");
}

struct tally {
    struct str label;
    size_t count;
};

enum { TALLIES_LIMIT = 32 };

static void tally_add(struct tally *tallies, size_t *count, struct str label)
{
    size_t i = 0;
    while (i < *count && !str_equal(tallies[i].label, label))
        i++;
    if (i == *count && *count < TALLIES_LIMIT)
        tallies[(*count)++] = (struct tally){label, 0};
    tallies[i].count++;
}

static int label_order(const void *a, const void *b)
{
    const struct tally *l = a, *r = b;
    return str_compare(l->label, r->label);
}

/* persons, then each event, each event's date as date:EVENT, and each fact, by label */
static void counts_the_list(void **state)
{
    const struct reading_case *c = *state;
    struct reading reading;
    struct tally tallies[TALLIES_LIMIT];
    size_t count = 0, people = 0;
    struct document_facts facts = {.published = STR("2024-12-31")};
    struct arena arena;
    struct buf found;
    arena_init(&arena);
    buf_init(&found, 65536);
    reader_read(reader, c->text, &facts, &arena, &reading);
    for (size_t i = 0; i < reading.proposals_count; i++) {
        const struct statement *s = &reading.proposals[i].statement;
        bool role = s->form == FORM_FACT && str_equal(s->fact.property, STR("role"));
        people += role && str_equal(s->fact.subject_kind, STR("person"));
        if (s->form == FORM_LIFE_EVENT)
            tally_add(tallies, &count, s->life_event.event);
        if (s->form == FORM_LIFE_EVENT && s->life_event.date.len)
            tally_add(tallies, &count,
                      arena_print(&arena, "date:%.*s", STR_ARG(s->life_event.event)));
        for (size_t k = 0; s->form == FORM_LIFE_EVENT && k < s->life_event.details_count; k++)
            tally_add(tallies, &count, s->life_event.details[k].name);
        if (s->form == FORM_FACT && !role)
            tally_add(tallies, &count, s->fact.property);
    }
    qsort(tallies, count, sizeof *tallies, label_order);
    buf_print(&found, "%zu persons", people);
    for (size_t i = 0; i < count; i++)
        buf_print(&found, ", %zu %.*s", tallies[i].count, STR_ARG(tallies[i].label));
    bool same = str_equal(str_trim(c->expected), buf_str(&found));
    if (!same)
        print_error("%.*s: expected \"%.*s\", read \"%.*s\"\n", STR_ARG(c->name),
                    STR_ARG(c->expected), STR_ARG(buf_str(&found)));
    buf_release(&found);
    arena_release(&arena);
    assert_true(same);
}

static void names_the_people(void **state)
{
    check(*state, FORM_FACT, print_party, "");
}

static void tells_the_facts(void **state)
{
    check(*state, FORM_FACT, print_fact, "");
}

static void tells_the_events(void **state)
{
    check(*state, FORM_LIFE_EVENT, print_event, "");
}

/* the first word of the case's name says which */
static void reads_the_language(void **state)
{
    const struct reading_case *c = *state;
    if (str_starts(c->name, STR("figures ")))
        states_the_figures(state);
    else if (str_starts(c->name, STR("people ")))
        names_the_people(state);
    else if (str_starts(c->name, STR("events ")))
        tells_the_events(state);
    else if (str_starts(c->name, STR("dates ")))
        finds_the_dates(c);
    else
        fail_msg("no kind of case: %.*s", STR_ARG(c->name));
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*check)(void **);
    } tables[] = {{"figures", states_the_figures},  {"number", states_the_number},
                  {"period", dates_the_figures},    {"people", names_the_people},
                  {"facts", tells_the_facts},       {"event", tells_the_events},
                  {"language", reads_the_language}, {"list", counts_the_list}};
    struct fault why;
    int failed = 1;
    if (argc != 3 || reader_new(&reader, &why) != OK) {
        fprintf(stderr, "%s\n", argc == 3 ? why.text : "test_read_cases NAME TABLE");
        return 1;
    }
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (strcmp(argv[1], tables[i].name) == 0)
            failed = run_reading_cases(argv[2], tables[i].check);
    reader_free(reader);
    return failed;
}
