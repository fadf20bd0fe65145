#include "intake/delimited_int.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *before, *text; /* the text NULL: no table; "" : refused */
} cases[] = {
    {"Name,Age,Place\nSara Karimi,24,Shiraz\n", "Name | Age | Place\nSara Karimi | 24 | Shiraz\n"},
    {"Name;Place\nSara;Shiraz\nAli;Tabriz\n", "Name | Place\nSara | Shiraz\nAli | Tabriz\n"},
    {"Name\tPlace\r\nSara\tShiraz\r\n", "Name | Place\nSara | Shiraz\n"},
    {"نام,سن,شهر\nسارا کریمی,۲۴,شیراز\n", "نام | سن | شهر\nسارا کریمی | ۲۴ | شیراز\n"},
    {"Name,Age,Note\n\"Karimi, Sara\",24,\"said \"\"no\"\"\n and left\"\n",
     "Name | Age | Note\nKarimi, Sara | 24 | said \"no\" and left\n"},
    {"Name,Age,Note\nSara,,a|b\n\n,,\nAli,30,\n",
     "Name | Age | Note\nSara |  | a\u00A6b\nAli | 30 | \n"},
    {"Name,Age,Place\n", NULL},
    {"Name,Place\nSara,Shiraz\n", NULL},
    {"Name,Age,Place\nSara Karimi was arrested.\n", NULL},
    {"In Tehran, Shiraz, Tabriz.\nIn Qom, Yazd, Rasht.\n", NULL},
    {"Sara | 24 | Shiraz\nAli | 30 | Tabriz\n", NULL},
    {"Name,,Place\nSara,24,Shiraz\n", NULL},
    {"", NULL},
    {"\n\n", NULL},
};

static void tables_become_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena a;
        struct fault why;
        struct str out;
        arena_init(&a);
        struct str before = str_of(cases[i].before);
        if (delimited_is(before) != (cases[i].text != NULL))
            fail_msg("%s: %s", cases[i].before, cases[i].text ? "no table" : "a table");
        if (cases[i].text) {
            assert_int_equal(delimited_text(&a, before, &out, &why), OK);
            assert_string_equal(arena_copy(&a, out).at, cases[i].text);
        }
        arena_release(&a);
    }
}

/* What is wrong behind the beginning is said with its line, and is no text instead. */
static void says_where_rows_break(void **state)
{
    static const struct {
        const char *row, *why;
    } broken[] = {
        {"a,b,c,d\n", "a table whose line 82 has 4 cells, but 3 columns"},
        {"a,\"b,c\n", "a table whose line 82 cannot be read: "},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        struct arena a;
        struct fault why;
        struct str out, text = STR("Name,Age,Place\n");
        arena_init(&a);
        for (size_t k = 0; k < 80; k++)
            text = arena_print(&a, "%.*sSara,24,Shiraz\n", STR_ARG(text));
        text = arena_print(&a, "%.*s%s", STR_ARG(text), broken[i].row);
        assert_true(delimited_is(text));
        assert_int_equal(delimited_text(&a, text, &out, &why), REFUSED);
        if (!str_starts(str_of(why.text), str_of(broken[i].why)))
            fail_msg("\"%s\" is said", why.text);
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_become_rows),
        cmocka_unit_test(says_where_rows_break),
    };
    return cmocka_run_group_tests_name("delimited", tests, NULL, NULL);
}
