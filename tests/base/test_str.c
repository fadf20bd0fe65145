#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static void integers_are_the_whole_slice(void **state)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"007", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999999", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"+1", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1e3", false, 0},
        {"۱۲", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t got = -77;
        if (str_to_int(str_of(cases[i].text), &got) != cases[i].good)
            fail_msg("\"%s\" is %sread", cases[i].text, cases[i].good ? "not " : "");
        assert_int_equal(got, cases[i].good ? cases[i].value : -77);
    }
}

static void cut_gives_every_part_once(void **state)
{
    static const struct {
        const char *text;
        const char *parts[5];
        size_t count;
    } cases[] = {
        {"a\tb\tc", {"a", "b", "c"}, 3},
        {"a", {"a"}, 1},
        {"", {""}, 1},
        {"\t", {"", ""}, 2},
        {"a\t", {"a", ""}, 2},
        {"\t\ta", {"", "", "a"}, 3},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str rest = str_of(cases[i].text), part;
        size_t count = 0;
        while (str_cut(&rest, '\t', &part)) {
            assert_true(count < cases[i].count);
            assert_true(str_equal(part, str_of(cases[i].parts[count++])));
        }
        assert_int_equal(count, cases[i].count);
        assert_null(rest.at);
    }
    struct str none = STR_NONE, part;
    assert_false(str_cut(&none, ',', &part));
}

static void search_keeps_inside(void **state)
{
    struct str text = STR("one two one");
    (void)state;
    assert_int_equal(str_find(text, STR("one"), 0), 0);
    assert_int_equal(str_find(text, STR("one"), 1), 8);
    assert_int_equal(str_find(text, STR("one"), 9), SIZE_MAX);
    assert_int_equal(str_find(text, STR("one two one!"), 0), SIZE_MAX);
    assert_int_equal(str_find(text, STR(""), 11), 11);
    assert_int_equal(str_find(text, STR(""), 12), SIZE_MAX);
    assert_int_equal(str_find(STR_NONE, STR("x"), 0), SIZE_MAX);
}

static void slices_are_clipped(void **state)
{
    (void)state;
    assert_true(str_equal(str_slice(STR("abc"), 1, 2), STR("b")));
    assert_true(str_equal(str_slice(STR("abc"), 1, 99), STR("bc")));
    assert_int_equal(str_slice(STR("abc"), 3, 1).len, 0);
    assert_int_equal(str_slice(STR("abc"), 99, 100).len, 0);
    assert_null(str_slice(STR_NONE, 1, 2).at);
    assert_true(str_equal(str_trim(STR(" \t\r\n a b \v\f")), STR("a b")));
    assert_int_equal(str_trim(STR(" \n ")).len, 0);
}

static void order_is_that_of_bytes(void **state)
{
    static const char *const ordered[] = {"", "A", "Aa", "B", "a", "z", "\x7F", "é", "ی"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ordered); i++)
        for (size_t k = 0; k < COUNT_OF(ordered); k++) {
            int order = str_compare(str_of(ordered[i]), str_of(ordered[k]));
            assert_int_equal(order < 0, i < k);
            assert_int_equal(order > 0, i > k);
            assert_int_equal(str_equal(str_of(ordered[i]), str_of(ordered[k])), i == k);
        }
    assert_true(str_starts(STR("abc"), STR("ab")) && str_starts(STR("abc"), STR("")));
    assert_false(str_starts(STR("ab"), STR("abc")));
    assert_true(str_ends(STR("abc"), STR("bc")) && str_ends(STR("abc"), STR("")));
    assert_false(str_ends(STR("bc"), STR("abc")));
}

static void a_copy_ends_with_nul(void **state)
{
    struct str with_nul = {"a\0b", 3};
    (void)state;
    char *copy = str_dup(with_nul), *nothing = str_dup(STR_NONE);
    assert_memory_equal(copy, "a\0b", 4);
    assert_string_equal(nothing, "");
    mem_free(copy);
    mem_free(nothing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_the_whole_slice), cmocka_unit_test(cut_gives_every_part_once),
        cmocka_unit_test(search_keeps_inside),          cmocka_unit_test(slices_are_clipped),
        cmocka_unit_test(order_is_that_of_bytes),       cmocka_unit_test(a_copy_ends_with_nul),
    };
    return cmocka_run_group_tests_name("base str", tests, NULL, NULL);
}
