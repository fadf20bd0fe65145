#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/csv.h"

/* All records as "a|b\nc|d\n", or the fault. */
static const char *all_of(struct str bytes)
{
    static char out[1000];
    struct arena arena;
    struct csv csv;
    struct csv_record record = {0};
    struct fault why = {0};
    struct buf text;
    bool more = true;
    arena_init(&arena);
    buf_init(&text, sizeof out - 1);
    enum outcome outcome = csv_open(&csv, bytes, &why);
    while (outcome == OK && more) {
        outcome = csv_next(&csv, &arena, &record, &more, &why);
        for (size_t i = 0; outcome == OK && i < record.count; i++) {
            buf_add(&text, record.cells[i]);
            buf_add_text(&text, i + 1 < record.count ? "|" : "\n");
        }
    }
    snprintf(out, sizeof out, "%.*s", STR_ARG(buf_str(&text)));
    if (outcome != OK)
        snprintf(out, sizeof out, "%s", why.text);
    buf_release(&text);
    arena_release(&arena);
    return out;
}

static void test_records(void **state)
{
    (void)state;
    assert_string_equal(all_of(STR("a,b\nc,d\n")), "a|b\nc|d\n");
    assert_string_equal(all_of(STR("a,b\r\nc,d")), "a|b\nc|d\n");
    assert_string_equal(all_of(STR("\xEF\xBB\xBF"
                                   "a,b\n\n\nc,d\n\n")),
                        "a|b\nc|d\n");
    assert_string_equal(all_of(STR("a,,\n,b,\n")), "a||\n|b|\n");
    assert_string_equal(all_of(STR("\"\"\n")), "\n");
    assert_string_equal(all_of(STR("")), "");
    assert_string_equal(all_of(STR("a;b\n1,5;2\n")), "a|b\n1,5|2\n");
    assert_string_equal(all_of(STR("a\tb\nc\td\n")), "a|b\nc|d\n");
    assert_string_equal(all_of(STR("a\rb,c\n")), "a\rb|c\n");
}

static void test_quotes(void **state)
{
    (void)state;
    assert_string_equal(all_of(STR("\"a, b\",c\n")), "a, b|c\n");
    assert_string_equal(all_of(STR("\"a \"\"b\"\"\",c\n")), "a \"b\"|c\n");
    assert_string_equal(all_of(STR("\"\"\"\"\n")), "\"\n");
    assert_string_equal(all_of(STR("\"a\r\nb\",c\r\nd,e")), "a\r\nb|c\nd|e\n");
    assert_string_equal(all_of(STR("\"a;b\";c\n")), "a;b|c\n");
}

static void test_faults(void **state)
{
    (void)state;
    assert_string_equal(all_of(STR("a\n\"b\nc\n")), "line 2: a quote that is not closed");
    assert_string_equal(all_of(STR("\"a\nb\"\n\"c\"d\n")), "line 3: text behind a closing quote");
    assert_string_equal(all_of(STR("a\nb\"c\n")),
                        "line 2: a quote inside a cell that does not begin with one");
    assert_string_equal(all_of(STR("a\0b\n")), "not a table: it holds a NUL byte");
    assert_string_equal(all_of(STR("a,\xFF\n")), "not a table in UTF-8");
}

static void test_too_many_cells(void **state)
{
    char line[CSV_COLUMNS_LIMIT + 1];
    (void)state;
    memset(line, ',', sizeof line);
    assert_string_equal(all_of((struct str){line, sizeof line}), "line 1: more than 1024 cells");
    assert_string_not_equal(all_of((struct str){line, 3}), "line 1: more than 1024 cells");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_too_many_cells),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
