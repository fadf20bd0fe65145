#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "publish/sentence_shelf.h"

static struct reader *reader;
static struct arena arena;

static struct hash id_numbered(uint64_t number)
{
    return hash_of((struct str){(const char *)&number, sizeof number});
}

/* how many sentences there are, and where the last one ends */
static size_t find(struct sentence_shelf *shelf, uint64_t number, const char *text, size_t *end)
{
    struct reading r;
    struct hash id = id_numbered(number);
    sentences_find(shelf, reader, &id, str_of(text), NULL, &arena, &r);
    *end = r.sentences_count ? r.sentences[r.sentences_count - 1].at.to : 0;
    return r.sentences_count;
}

static void finds_them_once(void **state)
{
    (void)state;
    struct sentence_shelf *shelf = sentence_shelf_new();
    size_t end;
    assert_int_equal(find(shelf, 1, "One came. Two went.", &end), 2);
    assert_int_equal(end, 19);
    /* by the id: the text is not looked at again */
    assert_int_equal(find(shelf, 1, "Nobody.", &end), 2);
    assert_int_equal(end, 19);
    assert_int_equal(find(shelf, 2, "Nobody.", &end), 1);
    assert_int_equal(end, 7);
    sentence_shelf_free(shelf);
}

/* what the text's only date is taken for, where the document is of that day */
static struct str date_on(struct sentence_shelf *shelf, const char *published)
{
    struct reading r;
    struct hash id = id_numbered(7);
    const struct document_facts facts = {.published = str_of(published)};
    sentences_find(shelf, reader, &id, STR("Two came on 14 June."), &facts, &arena, &r);
    assert_int_equal(r.dates_count, 1);
    assert_int_equal(r.dates[0].quote.from, 12);
    assert_int_equal(r.dates[0].quote.to, 19);
    assert_true(str_equal(r.dates[0].calendar, STR("gregorian")));
    return r.dates[0].iso;
}

static void keeps_dates_as_long_as_the_document_has_its_own(void **state)
{
    (void)state;
    struct sentence_shelf *shelf = sentence_shelf_new();
    for (size_t again = 0; again < 2; again++) {
        assert_true(str_equal(date_on(shelf, "2021-07-01"), STR("2021-06-14")));
        assert_true(str_equal(date_on(shelf, "2021-07-01"), STR("2021-06-14")));
        assert_true(str_equal(date_on(shelf, "2022-07-01"), STR("2022-06-14")));
    }
    sentence_shelf_free(shelf);
}

static void finds_none_in_nothing(void **state)
{
    (void)state;
    struct sentence_shelf *shelf = sentence_shelf_new();
    size_t end;
    assert_int_equal(find(shelf, 1, "", &end), 0);
    assert_int_equal(find(shelf, 1, "", &end), 0);
    sentence_shelf_free(shelf);
}

static void without_a_shelf_it_looks_each_time(void **state)
{
    (void)state;
    size_t end;
    assert_int_equal(find(NULL, 1, "One came. Two went.", &end), 2);
    assert_int_equal(find(NULL, 1, "Nobody.", &end), 1);
}

/* more than fit at once: each is right, whatever was forgotten for it */
static void forgets_for_others(void **state)
{
    (void)state;
    enum { TEXTS = 2500, SENTENCES = 300 };
    struct sentence_shelf *shelf = sentence_shelf_new();
    char text[SENTENCES * 6 + 1] = "";
    size_t end;
    for (size_t i = 0; i < SENTENCES; i++)
        memcpy(text + 6 * i, "Came.\n", 7);
    size_t sentences = find(NULL, 0, text, &end);
    assert_true(sentences > SENTENCES / 2);
    for (uint64_t i = 0; i < TEXTS; i++)
        assert_int_equal(find(shelf, i, i % 2 ? text : "Nobody.", &end), i % 2 ? sentences : 1);
    for (uint64_t i = TEXTS; i-- > 0;)
        assert_int_equal(find(shelf, i, i % 2 ? text : "Nobody.", &end), i % 2 ? sentences : 1);
    sentence_shelf_free(shelf);
}

static int begin(void **state)
{
    (void)state;
    struct fault why;
    arena_init(&arena);
    return reader_new(&reader, &why) != OK;
}

static int end(void **state)
{
    (void)state;
    reader_free(reader);
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_them_once),
        cmocka_unit_test(keeps_dates_as_long_as_the_document_has_its_own),
        cmocka_unit_test(finds_none_in_nothing),
        cmocka_unit_test(without_a_shelf_it_looks_each_time),
        cmocka_unit_test(forgets_for_others),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
