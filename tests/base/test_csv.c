#include "base/csv.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/buf.h"

/* rows and fields as "a|b;c|d" */
static enum outcome read_all(struct buf *out, const char *text, size_t len,
                             struct csv_format format, struct fault *why)
{
    struct csv_rows rows = {.format = format};
    struct csv_row *row = mem_alloc(sizeof *row);
    bool more = true;
    enum outcome outcome = OK;
    char *copy = mem_alloc(len + 1);
    memcpy(copy, text, len);
    rows.at = copy;
    rows.end = copy + len;
    buf_clear(out);
    while (!outcome && more) {
        outcome = csv_row_next(&rows, row, &more, why);
        for (size_t i = 0; !outcome && more && i < row->count; i++) {
            if (out->len)
                buf_add_byte(out, i ? '|' : ';');
            buf_add(out, row->fields[i]);
        }
    }
    if (outcome && why)
        why->at += rows.row * 1000;
    mem_free(copy);
    mem_free(row);
    return outcome;
}

static void rows_are_read(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"a,b\nc,d\n", "a|b;c|d"},
        {"a,b\r\nc,d", "a|b;c|d"},
        {"a;b\nc;d\n", "a|b;c|d"},
        {"a\tb\nc\td\n", "a|b;c|d"},
        {"a|b\nc|d\n", "a|b;c|d"},
        {"a,b\rc,d\r", "a|b;c|d"},
        {"\"a,1\",\"b \"\"x\"\"\"\nc,\"d\nd\"\n", "a,1|b \"x\";c|d\nd"},
        {"\"a;a\";b\n", "a;a|b"},
        {"a,5\" pipe\n", "a|5\" pipe"},
        {"a,\n,b\n", "a|;|b"},
        {"\n\na,b\n\n", "a|b"},
        {" a , b \n", "a|b"},
        {"a,\"b\" \n", "a|b"},
    };
    struct buf out;
    struct fault why;
    (void)state;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str text = str_of(cases[i].text);
        assert_int_equal(read_all(&out, text.at, text.len, csv_format_of(text), &why), OK);
        assert_string_equal(out.at, cases[i].wanted);
    }
    buf_release(&out);
}

static void faults_have_their_place(void **state)
{
    static const struct {
        struct str text;
        size_t at; /* row * 1000 + column */
        const char *why;
    } cases[] = {
        {{"a,b\nc,\"d\n", 9}, 2002, "a quote that is never closed"},
        {{"a,b\n\"c\"c,d\n", 11}, 2001, "text behind a closing quote"},
        {{"a,b\nc,d\0d\n", 10}, 2002, "a NUL byte"},
    };
    struct buf out;
    struct fault why;
    (void)state;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct csv_format format = {',', '\n'};
        why = (struct fault){0};
        assert_int_equal(read_all(&out, cases[i].text.at, cases[i].text.len, format, &why),
                         REFUSED);
        assert_string_equal(why.text, cases[i].why);
        assert_int_equal(why.at, cases[i].at);
    }
    buf_release(&out);
}

/* the line in which a row begins, whatever lines its fields and those before it have */
static void rows_know_their_line(void **state)
{
    static const size_t wanted[] = {1, 2, 5, 7};
    char text[] = "a,b\n\"x\ny\n\",c\nd,\"e\nf\"\ng,h\n";
    struct csv_rows rows = {.format = {',', '\n'}, .at = text, .end = text + strlen(text)};
    struct csv_row *row = mem_alloc(sizeof *row);
    bool more;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        assert_int_equal(csv_row_next(&rows, row, &more, NULL), OK);
        assert_true(more);
        assert_int_equal(rows.row, i + 1);
        assert_int_equal(rows.line, wanted[i]);
    }
    mem_free(row);
}

static void too_many_columns_are_refused(void **state)
{
    char text[CSV_COLUMNS + 1];
    struct csv_rows rows = {.format = {',', '\n'}, .at = text, .end = text + sizeof text};
    struct csv_row *row = mem_alloc(sizeof *row);
    struct fault why = {0};
    bool more;
    (void)state;
    memset(text, ',', sizeof text);
    assert_int_equal(csv_row_next(&rows, row, &more, &why), REFUSED);
    assert_string_equal(why.text, "more than 256 columns");
    memset(text, ',', sizeof text);
    rows = (struct csv_rows){.format = {',', '\n'}, .at = text, .end = text + CSV_COLUMNS - 1};
    assert_int_equal(csv_row_next(&rows, row, &more, &why), OK);
    assert_int_equal(row->count, CSV_COLUMNS);
    mem_free(row);
}

/* however the text comes in pieces, rows end where they end */
static void pieces_change_nothing(void **state)
{
    static const char text[] = "a,b\n\"x\ny\",c\n5\" pipe,\"q\"\"\nq\"\nlast,\"\"\n";
    struct csv_format format = {',', '\n'};
    struct csv_splitter whole, parts;
    struct fault why;
    size_t wanted, end, total = 0;
    (void)state;
    csv_splitter_init(&whole, format);
    assert_int_equal(csv_split(&whole, str_of(text), &wanted, &why), OK);
    assert_int_equal(wanted, strlen(text));
    for (size_t size = 1; size < strlen(text); size++) {
        csv_splitter_init(&parts, format);
        total = 0;
        for (size_t at = 0; at < strlen(text); at += size) {
            struct str piece = str_slice(str_of(text), at, at + size);
            assert_int_equal(csv_split(&parts, piece, &end, &why), OK);
            total = end ? at + end : total;
        }
        assert_int_equal(total, wanted);
    }
}

static void a_field_without_end_is_refused(void **state)
{
    struct csv_splitter s;
    struct fault why;
    size_t end, len = (size_t)CSV_FIELD + 2;
    char *text = mem_alloc(len);
    (void)state;
    memset(text, 'x', len);
    csv_splitter_init(&s, (struct csv_format){',', '\n'});
    assert_int_equal(csv_split(&s, (struct str){text, len}, &end, &why), REFUSED);
    text[0] = '"';
    csv_splitter_init(&s, (struct csv_format){',', '\n'});
    assert_int_equal(csv_split(&s, (struct str){text, len}, &end, &why), REFUSED);
    assert_non_null(strstr(why.text, "a quote that is never closed?"));
    mem_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read),         cmocka_unit_test(faults_have_their_place),
        cmocka_unit_test(rows_know_their_line),  cmocka_unit_test(too_many_columns_are_refused),
        cmocka_unit_test(pieces_change_nothing), cmocka_unit_test(a_field_without_end_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
