/* A list of more rows than a block says of each row what a short list says of it, in its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "read/read.h"

enum { ROWS = 20000, SHORT = 40 };

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_is_read_once_in_its_place),
    };
    return cmocka_run_group_tests_name("blocks", tests, NULL, NULL);
}
