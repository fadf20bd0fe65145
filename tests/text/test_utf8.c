#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *bytes;
    uint32_t c;
    size_t size;
} cases[] = {
    {"a", 'a', 1},
    {"\xC3\xA9", 0xE9, 2},
    {"\xD9\x85", 0x645, 2},
    {"\xE2\x80\x8C", 0x200C, 3},
    {"\xF0\x9F\x98\x80", 0x1F600, 4},
    {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
    {"\xC0\x80", 0xFFFD, 1},
    {"\xE0\x80\x80", 0xFFFD, 1},
    {"\xED\xA0\x80", 0xFFFD, 1},
    {"\xF4\x90\x80\x80", 0xFFFD, 1},
    {"\x80", 0xFFFD, 1},
    {"\xD9", 0xFFFD, 1},
    {"\xE2\x80", 0xFFFD, 1},
    {"\xF0\x9F\x98", 0xFFFD, 1},
    {"\xFF", 0xFFFD, 1},
};

static void decodes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t size;
        struct str bytes = str_of(cases[i].bytes);
        assert_int_equal(utf8_at(bytes, 0, &size), cases[i].c);
        assert_int_equal(size, cases[i].size);
        if (cases[i].c == 0xFFFD) {
            assert_int_equal(utf8_first_invalid(bytes), 0);
            continue;
        }
        assert_int_equal(utf8_first_invalid(bytes), SIZE_MAX);
        assert_int_equal(utf8_before(bytes, bytes.len, &size), cases[i].c);
        assert_int_equal(size, cases[i].size);
    }
}

static void writes_what_it_reads(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110100; c += c < 0x3000 ? 1 : 97) {
        char bytes[4];
        size_t size, read;
        bool real = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
        size = utf8_write(c, bytes);
        assert_int_equal(utf8_at((struct str){bytes, size}, 0, &read), real ? c : 0xFFFD);
        assert_int_equal(read, size);
    }
}

static void goes_back_over_broken_bytes(void **state)
{
    (void)state;
    struct str s = STR("a\xD9\x85\x85\xE2\x80z");
    static const struct {
        size_t at;
        uint32_t c;
        size_t size;
    } steps[] = {{7, 'z', 1},    {6, 0xFFFD, 1}, {5, 0xFFFD, 1},
                 {4, 0xFFFD, 1}, {3, 0x645, 2},  {1, 'a', 1}};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        size_t size;
        assert_int_equal(utf8_before(s, steps[i].at, &size), steps[i].c);
        assert_int_equal(size, steps[i].size);
    }
    assert_int_equal(utf8_first_invalid(s), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes),
        cmocka_unit_test(writes_what_it_reads),
        cmocka_unit_test(goes_back_over_broken_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
