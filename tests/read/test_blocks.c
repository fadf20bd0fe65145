/* A list of more rows than a block says of each row what a short list says of it, in its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "read/read.h"

enum { ROWS = 20000, SHORT = 40, NAMESAKES = 3 };

static const char title[] = "Those arrested in Shiraz\n\n";
static const char head[] = "Name | Date of arrest | Place\n";

static void row_write(struct buf *out, size_t i)
{
    static const char *const given[] = {"Sara", "Omid", "Nima", "Leila", "Reza"};
    char family[] = "Kaaaami";
    for (size_t k = 1, rest = i; k < 4; k++, rest /= 26)
        family[k] = (char)('a' + rest % 26);
    buf_print(out, "%s %s | 2022-%02zu-%02zu | Shiraz\n", given[i % COUNT_OF(given)], family,
              i % 12 + 1, i % 28 + 1);
}

static struct str list_of(struct arena *arena, size_t rows)
{
    struct buf out;
    buf_init(&out, SIZE_MAX / 4);
    buf_add_text(&out, title);
    buf_add_text(&out, head);
    for (size_t i = 0; i < rows; i++)
        row_write(&out, i);
    struct str text = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static const struct life_event *event_of(const struct reading *r, struct str text, size_t i)
{
    const struct statement *s = &r->proposals[i].statement;
    if (s->form != FORM_LIFE_EVENT)
        return NULL;
    assert_true(s->quote.to <= text.len);
    assert_true(str_equal(str_slice(text, s->life_event.person_at.from, s->life_event.person_at.to),
                          s->life_event.person));
    return &s->life_event;
}

static size_t arrests(const struct reading *r, struct str text)
{
    size_t count = 0, from = 0;
    for (size_t i = 0; i < r->proposals_count; i++) {
        const struct life_event *e = event_of(r, text, i);
        assert_true(r->proposals[i].statement.quote.from >= from);
        from = r->proposals[i].statement.quote.from;
        if (e && str_equal(e->event, STR("arrested")) && e->date.len)
            count++;
    }
    return count;
}

static void test_every_row_is_read_once_in_its_place(void **state)
{
    struct reader *reader;
    struct arena arena;
    struct reading few, many;
    struct fault why;
    (void)state;
    arena_init(&arena);
    assert_int_equal(reader_new(&reader, &why), OK);
    struct str short_list = list_of(&arena, SHORT), long_list = list_of(&arena, ROWS);
    reader_read(reader, short_list, NULL, &arena, &few);
    reader_read(reader, long_list, NULL, &arena, &many);
    assert_int_equal(arrests(&few, short_list), SHORT);
    assert_int_equal(arrests(&many, long_list), ROWS);
    assert_int_equal(many.dates_count, few.dates_count - SHORT + ROWS);
    assert_int_equal(many.sentences_count, few.sentences_count - SHORT + ROWS);
    assert_int_equal(many.sentences[many.sentences_count - 1].at.to, long_list.len - 1);
    reader_free(reader);
    arena_release(&arena);
}

/* the roles of the name, in order of the text */
static size_t roles_of(const struct reading *r, struct str name, struct span *at, struct str *roles)
{
    size_t count = 0;
    for (size_t i = 0; i < r->proposals_count; i++) {
        const struct statement *s = &r->proposals[i].statement;
        if (s->form != FORM_FACT || !str_equal(s->fact.subject, name) ||
            !str_equal(s->fact.property, STR("role")))
            continue;
        assert_true(count < NAMESAKES);
        at[count] = s->fact.subject_at;
        roles[count++] = s->fact.value;
    }
    return count;
}

/* two rows of different blocks bear the name, and somebody below the list */
static struct str list_with_namesakes(struct arena *arena)
{
    struct buf out;
    buf_init(&out, SIZE_MAX / 4);
    buf_add_text(&out, title);
    buf_add_text(&out, head);
    for (size_t i = 0; i < ROWS; i++) {
        if (i == ROWS / 4 || i == ROWS - 1)
            buf_add_text(&out, "Hamid Bazargan | 2022-10-01 | Shiraz\n");
        row_write(&out, i);
    }
    buf_add_text(&out, "\nHamid Bazargan was killed in Karaj.\n");
    struct str text = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static void test_namesakes_of_several_blocks_are_apart(void **state)
{
    struct reader *reader;
    struct arena arena;
    struct reading r;
    struct fault why;
    struct span at[NAMESAKES];
    struct str roles[NAMESAKES];
    (void)state;
    arena_init(&arena);
    assert_int_equal(reader_new(&reader, &why), OK);
    struct str text = list_with_namesakes(&arena);
    reader_read(reader, text, NULL, &arena, &r);
    assert_int_equal(r.entries_count, ROWS + 2);
    for (size_t i = 0, from = 0; i < r.entries_count; i++) {
        const struct list_entry *e = &r.entries[i];
        assert_true(e->at.from >= from && e->at.to > e->at.from && e->at.to <= text.len);
        assert_null(memchr(text.at + e->at.from, '\n', e->at.to - e->at.from));
        assert_int_equal(e->name.from, e->at.from);
        from = e->at.to;
    }
    assert_int_equal(roles_of(&r, STR("Hamid Bazargan"), at, roles), NAMESAKES);
    assert_true(str_equal(roles[0], STR("prisoner")) && str_equal(roles[1], STR("prisoner")));
    assert_true(str_equal(roles[2], STR("killed")));
    assert_true(at[2].from > r.entries[r.entries_count - 1].at.to);
    reader_free(reader);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_is_read_once_in_its_place),
        cmocka_unit_test(test_namesakes_of_several_blocks_are_apart),
    };
    return cmocka_run_group_tests_name("blocks", tests, NULL, NULL);
}
