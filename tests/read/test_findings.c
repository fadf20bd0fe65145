/* The findings of a text: what cannot be in it, and that nothing else of the reading moves for it.
 */
#include "reading_cases.h"

#include "base/arena.h"
#include "read/read.h"

static struct reader *reader;

static struct str with_line_ends(struct arena *arena, struct str cell)
{
    char *out = arena_alloc(arena, cell.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < cell.len; i++) {
        bool escape = cell.at[i] == '\\' && i + 1 < cell.len && cell.at[i + 1] == 'n';
        out[len++] = escape ? '\n' : cell.at[i];
        i += escape;
    }
    return (struct str){out, len};
}

static void print_finding(struct buf *out, struct str text, const struct finding *f)
{
    buf_add_text(out, finding_kind_name(f->kind));
    for (size_t i = 0; i < FINDING_PARTS; i++)
        if (finding_part_name(f->kind, i))
            buf_print(out, " %.*s", STR_ARG(f->parts[i]));
    buf_print(out, ": %.*s", STR_ARG(str_slice(text, f->quote.from, f->quote.to)));
    if (f->other.to)
        buf_print(out, " <> %.*s", STR_ARG(str_slice(text, f->other.from, f->other.to)));
}

static void finds(void **state)
{
    const struct reading_case *c = *state;
    struct reading reading;
    struct document_facts facts = {0};
    struct str expected = c->expected;
    struct arena arena;
    struct buf found;
    arena_init(&arena);
    buf_init(&found, 65536);
    assert_true(str_cut(&expected, '\t', &facts.published));
    struct str text = with_line_ends(&arena, c->text);
    reader_read(reader, text, &facts, &arena, &reading);
    for (size_t i = 0; i < reading.findings_count; i++) {
        buf_add_text(&found, i ? " ; " : "");
        print_finding(&found, text, &reading.findings[i]);
    }
    if (!found.len)
        buf_add_byte(&found, '-');
    bool same = str_equal(str_trim(expected), buf_str(&found));
    if (!same)
        print_error("%.*s: expected \"%.*s\", found \"%.*s\"\n", STR_ARG(c->name),
                    STR_ARG(expected), STR_ARG(buf_str(&found)));
    buf_release(&found);
    arena_release(&arena);
    assert_true(same);
}

int main(int argc, char **argv)
{
    struct fault why;
    if (argc != 2 || reader_new(&reader, &why) != OK) {
        fprintf(stderr, "%s\n", argc == 2 ? why.text : "test_read_findings TABLE");
        return 1;
    }
    int failed = run_reading_cases(argv[1], finds);
    reader_free(reader);
    return failed;
}
