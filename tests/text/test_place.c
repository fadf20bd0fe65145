#include "text/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define TEXT "Arrested\nName | Age\nSara | 24\n\fKilled\n\nAli | 30\n\f"

static void says_where_a_byte_stands(void **state)
{
    static const struct {
        const char *at, *name;
        size_t part, line;
    } cases[] = {{"Arrested", "Arrested", 1, 0},
                 {"Name", "Arrested", 1, 1},
                 {"24", "Arrested", 1, 2},
                 {"Killed", "Killed", 2, 0},
                 {"Ali", "Killed", 2, 2}};
    struct text_place moved = {0};
    const char *text = TEXT;
    size_t from = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t at = (size_t)(strstr(text, cases[i].at) - text);
        struct text_place place = text_place_find(STR(TEXT), at);
        text_place_move(&moved, STR(TEXT), from, at);
        from = at;
        assert_int_equal(place.part, cases[i].part);
        assert_int_equal(place.line, cases[i].line);
        assert_true(str_equal(place.name, str_of(cases[i].name)));
        assert_true(moved.part == place.part && moved.line == place.line);
        assert_true(str_equal(moved.name, place.name));
    }
    struct text_place behind = text_place_find(STR(TEXT), sizeof TEXT + 9);
    assert_int_equal(behind.part, 3);
    assert_int_equal(behind.name.len, 0);
    assert_int_equal(text_place_find(STR_NONE, 0).part, 1);
}

static void extractors_say_what_parts_are(void **state)
{
    (void)state;
    assert_int_equal(text_parts_of(STR("pdf/2")), PARTS_PAGES);
    assert_int_equal(text_parts_of(STR("csv/1 map 001 A=name")), PARTS_ROWS);
    assert_int_equal(text_parts_of(STR("xlsx/1")), PARTS_SHEETS);
    assert_int_equal(text_parts_of(STR("ods/1 map 002 A=-")), PARTS_SHEETS);
    assert_int_equal(text_parts_of(STR("html/1")), PARTS_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_where_a_byte_stands),
        cmocka_unit_test(extractors_say_what_parts_are),
    };
    return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
