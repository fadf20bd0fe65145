#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/fault.h"
#include "base/hex.h"

static void a_fault_is_one_line_without_control_characters(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"plain", "plain"},
        {"two\nlines\ttab\r\x1B[31mred\x7F", "two?lines?tab??[31mred?"},
        {"a\xC2\x9B"
         "31mred\xC2\x80",
         "a??31mred??"},
        {"naïve گواه ½", "naïve گواه ½"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct fault why;
        assert_int_equal(refuse(&why, DENIED, "%s", cases[i].text), DENIED);
        assert_int_equal(why.code, DENIED);
        assert_int_equal(why.at, 0);
        assert_string_equal(why.text, cases[i].wanted);
    }
}

static void a_long_fault_is_cut_at_a_whole_character(void **state)
{
    struct fault why;
    char text[3000];
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        size_t len = 0;
        while (len < shift)
            text[len++] = 'x';
        while (len + 3 < sizeof text) {
            memcpy(text + len, "€", 3);
            len += 3;
        }
        text[len] = 0;
        refuse(&why, REFUSED, "%s", text);
        size_t cut = strlen(why.text);
        assert_true(cut < sizeof why.text && cut > sizeof why.text - 8);
        assert_int_equal((cut - shift) % 3, 0);
        assert_memory_equal(why.text, text, cut);
    }
}

static void a_long_fault_of_bytes_that_are_no_text_is_not_cut_away(void **state)
{
    struct fault why;
    char bytes[3000];
    (void)state;
    memset(bytes, 0xA6, sizeof bytes - 1);
    bytes[sizeof bytes - 1] = 0;
    refuse(&why, REFUSED, "%s", bytes);
    assert_true(strlen(why.text) > sizeof why.text - 8);
}

static void a_fault_knows_its_place(void **state)
{
    struct fault why;
    (void)state;
    assert_int_equal(refuse_at(&why, DAMAGED, 77, "line %d", 77), DAMAGED);
    assert_int_equal(why.at, 77);
    assert_int_equal(refuse(NULL, BUSY, "nobody %s", "asks"), BUSY);
    assert_int_equal(refuse_at(NULL, FAILED, 1, "nobody asks"), FAILED);
}

static void hex_has_one_spelling(void **state)
{
    static const struct {
        const char *digits;
        bool good;
    } cases[] = {{"00ff7f", true},    {"00FF7f", false}, {"00ff7", false},  {"00ff7f0", false},
                 {"", false},         {"00ff7g", false}, {"00ff 7", false}, {"0x00ff", false},
                 {"00ff7f00", false}, {"۰۰ff", false},   {"00ff/:", false}, {"00ff`a", false}};
    uint8_t bytes[3];
    char digits[7];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (hex_read(str_of(cases[i].digits), bytes, 3) != cases[i].good)
            fail_msg("\"%s\"", cases[i].digits);
    assert_true(hex_read(STR("00ff7f"), bytes, 3));
    assert_memory_equal(bytes, "\x00\xFF\x7F", 3);
    hex_write(bytes, 3, digits);
    assert_string_equal(digits, "00ff7f");
    for (int i = 0; i < 256; i++) {
        uint8_t one = (uint8_t)i, back;
        hex_write(&one, 1, digits);
        assert_true(hex_read(str_of(digits), &back, 1));
        assert_int_equal(back, one);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_is_one_line_without_control_characters),
        cmocka_unit_test(a_long_fault_is_cut_at_a_whole_character),
        cmocka_unit_test(a_long_fault_of_bytes_that_are_no_text_is_not_cut_away),
        cmocka_unit_test(a_fault_knows_its_place),
        cmocka_unit_test(hex_has_one_spelling),
    };
    return cmocka_run_group_tests_name("base fault", tests, NULL, NULL);
}
