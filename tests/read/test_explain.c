/* Explanations: for a field the words, the rule and the table; and that no field goes without. */
#include "reading_cases.h"

#include "base/arena.h"
#include "read/read.h"

static struct reader *reader;

static const struct document_facts facts = {.published = {"2024-12-31", 10}};

static void print_steps(struct buf *out, struct str text, const struct proposal *p,
                        struct str field)
{
    size_t count = 0;
    for (const struct explained *e = p->explained; e; e = e->next) {
        if (!str_equal(str_of(e->field), field))
            continue;
        buf_add_text(out, count++ ? " ; " : "");
        if (e->words.to)
            buf_print(out, "%.*s ", STR_ARG(str_slice(text, e->words.from, e->words.to)));
        buf_print(out, "| %s |", e->rule);
        if (e->table)
            buf_print(out, " %s", e->table);
    }
}

static const struct proposal *of_form(const struct reading *r, struct str form, bool last)
{
    const struct proposal *found = NULL;
    for (size_t i = 0; i < r->proposals_count; i++) {
        const struct proposal *p = &r->proposals[i];
        if (str_equal(form, str_of(statement_form_name(p->statement.form))) && (!found || last))
            found = p;
    }
    return found;
}

static void explains(void **state)
{
    const struct reading_case *c = *state;
    struct str rest = c->expected, form, field;
    struct reading reading;
    struct arena arena;
    struct buf found;
    arena_init(&arena);
    buf_init(&found, 65536);
    assert_true(str_cut(&rest, '\t', &form) && str_cut(&rest, '\t', &field));
    bool last = str_starts(field, STR("*"));
    field = str_slice(field, last, field.len);
    reader_explain(reader, c->text, &facts, &arena, &reading);
    const struct proposal *p = of_form(&reading, form, last);
    if (p)
        print_steps(&found, c->text, p, field);
    bool same = str_equal(str_trim(rest), buf_str(&found));
    if (!same)
        print_error("%.*s: expected \"%.*s\", explained \"%.*s\"\n", STR_ARG(c->name),
                    STR_ARG(rest), STR_ARG(buf_str(&found)));
    buf_release(&found);
    arena_release(&arena);
    assert_true(same);
}

static bool is_explained(const struct proposal *p, const char *field)
{
    for (const struct explained *e = p->explained; e; e = e->next)
        if (strcmp(e->field, field) == 0 && e->rule)
            return true;
    return false;
}

static size_t unexplained(struct arena *arena, struct str text, const struct proposal *p)
{
    size_t count = 0;
    for (const char *const *field = explained_fields(p->statement.form); *field; field++)
        if (explained_value(arena, text, &p->statement, *field).len && !is_explained(p, *field)) {
            print_error("\"%.*s\": nothing explains %s\n", STR_ARG(text), *field);
            count++;
        }
    for (size_t i = 0;
         p->statement.form == FORM_LIFE_EVENT && i < p->statement.life_event.details_count; i++)
        if (!is_explained(p, p->statement.life_event.details[i].name.at)) {
            print_error("\"%.*s\": nothing explains %s\n", STR_ARG(text),
                        p->statement.life_event.details[i].name.at);
            count++;
        }
    return count;
}

/* over all texts of the table, whatever they are cases of */
static void leaves_no_field_out(void **state)
{
    const struct reading_case *c = *state;
    struct reading reading;
    struct arena arena;
    size_t count = 0;
    arena_init(&arena);
    reader_explain(reader, c->text, &facts, &arena, &reading);
    for (size_t i = 0; i < reading.proposals_count; i++)
        count += unexplained(&arena, c->text, &reading.proposals[i]);
    arena_release(&arena);
    assert_int_equal(count, 0);
}

int main(int argc, char **argv)
{
    struct fault why;
    if (argc != 3 || reader_new(&reader, &why) != OK) {
        fprintf(stderr, "%s\n", argc == 3 ? why.text : "test_read_explain steps|fields TABLE");
        return 1;
    }
    bool steps = strcmp(argv[1], "steps") == 0;
    int failed = run_reading_cases(argv[2], steps ? explains : leaves_no_field_out);
    reader_free(reader);
    return failed;
}
