#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/table.h"

#define TABLE(path, text)                                                                          \
    {                                                                                              \
        path,                                                                                      \
        {                                                                                          \
            text, sizeof(text) - 1                                                                 \
        }                                                                                          \
    }

/* in place of the program's own; in byte order of the path */
const struct data_file data_files[] = {
    TABLE("bad/columns.tsv", "a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl\tm\tn\to\tp\tq\n"),
    TABLE("bad/empty.tsv", ""),
    TABLE("bad/header.tsv", "# note\nword\tmeanings\n"),
    TABLE("bad/row.tsv", "word\tmeaning\none\tyek\n\n# note\ntwo\tdo\tmore\nthree\tse\n"),
    TABLE("bad/unknown.tsv", "word\tmeaning\n"),
    TABLE("good.tsv", "# note\n\nword\tmeaning\textra\r\n#x\ty\none\tyek\r\n\ntwo\n\t\tlast"),
    TABLE("header.tsv", "word\tmeaning"),
};
const size_t data_files_count = COUNT_OF(data_files);

static void files_are_found_by_their_path(void **state)
{
    (void)state;
    for (size_t i = 0; i < data_files_count; i++)
        assert_ptr_equal(data_find(data_files[i].path), &data_files[i]);
    assert_null(data_find("good"));
    assert_null(data_find(""));
    assert_null(data_find("zzz"));
}

static void rows_are_read_with_their_lines(void **state)
{
    static const struct {
        size_t line;
        const char *cells[3];
    } rows[] = {{5, {"one", "yek", ""}}, {7, {"two", "", ""}}, {8, {"", "", "last"}}};
    struct table t;
    struct row row;
    struct fault why;
    bool more;
    (void)state;
    assert_int_equal(table_open(&t, "good.tsv", "word meaning extra", &why), OK);
    assert_int_equal(t.columns, 3);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_int_equal(table_next(&t, &row, &more, &why), OK);
        assert_true(more);
        assert_int_equal(t.line, rows[i].line);
        for (size_t k = 0; k < 3; k++)
            assert_true(str_equal(row.cells[k], str_of(rows[i].cells[k])));
        assert_int_equal(row.cells[3].len, 0);
    }
    assert_int_equal(table_next(&t, &row, &more, &why), OK);
    assert_false(more);
    assert_int_equal(table_open(&t, "header.tsv", "word meaning", &why), OK);
    assert_int_equal(table_next(&t, &row, &more, &why), OK);
    assert_false(more);
}

static void faults_name_file_and_line(void **state)
{
    static const struct {
        const char *path, *header;
        enum outcome code;
        const char *text;
    } cases[] = {
        {"nowhere.tsv", "word", NOT_FOUND, "data/nowhere.tsv is missing"},
        {"bad/empty.tsv", "word", REFUSED,
         "data/bad/empty.tsv, line 1: no header row; expected \"word\""},
        {"bad/header.tsv", "word meaning", REFUSED,
         "data/bad/header.tsv, line 2: the header lacks the column \"meaning\""},
        {"header.tsv", "word meaning more", REFUSED,
         "data/header.tsv, line 1: the header lacks the column \"more\""},
        {"bad/unknown.tsv", "word", REFUSED,
         "data/bad/unknown.tsv, line 1: an unknown column \"meaning\""},
        {"bad/columns.tsv", "a", REFUSED, "data/bad/columns.tsv, line 1: more columns than \"16\""},
    };
    struct table t;
    struct row row;
    struct fault why;
    bool more;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(table_open(&t, cases[i].path, cases[i].header, &why), cases[i].code);
        assert_string_equal(why.text, cases[i].text);
    }
    assert_int_equal(table_open(&t, "bad/row.tsv", "word meaning", &why), OK);
    assert_int_equal(table_next(&t, &row, &more, &why), OK);
    assert_int_equal(table_next(&t, &row, &more, &why), REFUSED);
    assert_int_equal(why.at, 5);
    assert_string_equal(why.text,
                        "data/bad/row.tsv, line 5: more cells than columns: \"two?do?more\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_found_by_their_path),
        cmocka_unit_test(rows_are_read_with_their_lines),
        cmocka_unit_test(faults_name_file_and_line),
    };
    return cmocka_run_group_tests_name("base table", tests, NULL, NULL);
}
