#include "intake/pdf_int.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
    const char *written, *kept;
} cases[] = {
    {"", ""},
    {"\f", ""},
    {"One.\n\n\f", "One.\n"},
    {"One\n\n\fTwo\n\n\f", "One\n\fTwo\n"},
    {"One\n\n\f\n\f  Three\n\f", "One\n\f\fThree\n"},
    {"\fTwo\n\f", "\fTwo\n"},
    {"One", "One\n"},
    {"\u202Bسلام\u202C\x07\n\f", "سلام\n"},
    {"a\xFF"
     "b\f",
     "a\xEF\xBF\xBD"
     "b\n"},
};

static void tidies_pages(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena a;
        arena_init(&a);
        struct str kept = pdf_tidy(&a, str_of(cases[i].written));
        if (!str_equal(kept, str_of(cases[i].kept)))
            fail_msg("case %zu: %.*s", i, STR_ARG(kept));
        arena_release(&a);
    }
}

static void misses_the_end(void **state)
{
    (void)state;
    char bytes[4000];
    memset(bytes, ' ', sizeof bytes);
    struct str s = {bytes, sizeof bytes};
    assert_int_equal(pdf_check_whole(s, NULL), REFUSED);
    memcpy(bytes + sizeof bytes - 5, "%%EOF", 5);
    assert_int_equal(pdf_check_whole(s, NULL), OK);
    assert_int_equal(pdf_check_whole(str_slice(s, 0, s.len - 1), NULL), REFUSED);
    assert_int_equal(pdf_check_whole(STR("%%EOF"), NULL), OK);
}

static void notices_complaints(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    assert_int_equal(pdf_find_doubt(&a, STR("")).len, 0);
    assert_int_equal(pdf_find_doubt(&a, STR("Syntax Warning: odd\n")).len, 0);
    assert_int_not_equal(pdf_find_doubt(&a, STR("Letters left: 3 strings\n")).len, 0);
    assert_true(str_equal(
        pdf_find_doubt(&a, STR("Syntax Warning: odd\nSyntax Error (17): bad\x1B stream\nmore\n")),
        STR("damaged in places, the text may not be whole (Syntax Error (17): bad stream)")));
    arena_release(&a);
}

static void says_what_to_install(void **state)
{
    (void)state;
    struct fault why;
    int fd;
    const char *const none[] = {"/nonexistent/pdftotext"};
    const char *const second[] = {"/nonexistent/pdftotext", "/dev/null"};
    assert_int_equal(pdf_open_converter(none, COUNT_OF(none), &fd, &why), FAILED);
    assert_non_null(strstr(why.text, "poppler-utils"));
    assert_int_equal(pdf_open_converter(second, COUNT_OF(second), &fd, &why), OK);
    assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tidies_pages),
        cmocka_unit_test(misses_the_end),
        cmocka_unit_test(notices_complaints),
        cmocka_unit_test(says_what_to_install),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
