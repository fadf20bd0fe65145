/* figures_cases.tsv: sentences, and the figures that they state. */
#include "reading_cases.h"

#include "base/arena.h"
#include "read/read.h"

static struct reader *reader;

static void print_figures(struct arena *arena, struct str text, struct buf *out)
{
    struct reading reading;
    struct document_facts facts = {.published = STR("2024-12-31")};
    reader_read(reader, text, &facts, arena, &reading);
    for (size_t i = 0; i < reading.proposals_count; i++) {
        const struct statement *s = &reading.proposals[i].statement;
        if (s->form != FORM_FIGURE)
            continue;
        const struct figure *f = &s->figure;
        buf_print(out, "%s%jd, %s, %.*s, %.*s, %.*s", out->len ? " ; " : "",
                  (intmax_t)(f->low == COUNT_NONE ? f->high : f->low),
                  figure_bound_name(f->bound), STR_ARG(f->what), STR_ARG(f->event),
                  STR_ARG(f->source));
    }
    if (!out->len)
        buf_add_text(out, "-");
}

static void states_the_figures(void **state)
{
    const struct reading_case *c = *state;
    struct arena arena;
    struct buf found;
    arena_init(&arena);
    buf_init(&found, 65536);
    print_figures(&arena, c->text, &found);
    struct str expected = str_trim(c->expected), got = str_trim(buf_str(&found));
    if (!str_equal(expected, got))
        print_error("%.*s: expected \"%.*s\", read \"%.*s\"\n", STR_ARG(c->name),
                    STR_ARG(expected), STR_ARG(got));
    assert_true(str_equal(expected, got));
    buf_release(&found);
    arena_release(&arena);
}

int main(void)
{
    struct fault why;
    if (reader_new(&reader, &why) != OK) {
        fprintf(stderr, "%s\n", why.text);
        return 1;
    }
    int failed = run_reading_cases(FIGURES, states_the_figures);
    reader_free(reader);
    return failed;
}
