#include "intake/facts_int.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *note, *whole, *kept, *title, *publisher, *published, *lang, *url;
} cases[] = {
    {"every key",
     "URL: https://example.org/a\nDATE: 2022-11-15\nTITLE: Two  counts\nSOURCE: A\n"
     "LANG: en\n\nBody.\n",
     "Body.\n", "Two counts", "A", "2022-11-15", "en", "https://example.org/a"},
    {"any case, CRLF", "url: u\r\nDate:2022\r\n\r\nBody\r\n", "Body\r\n", "", "", "2022", "", "u"},
    {"a date that is none", "DATE: unknown\n\nBody", "Body", "", "", "", "", ""},
    {"a day that does not exist", "DATE: 2022-02-30\n\nBody", "Body", "", "", "", "", ""},
    {"a time of day", "DATE: 2022-11-22T08:30:00+03:30\n\nBody", "Body", "", "", "2022-11-22", "",
     ""},
    {"an interval", "DATE: 2022-09-16/2022-11-22\n\nBody", "Body", "", "", "2022-09-16/2022-11-22",
     "", ""},
    {"a blank line of spaces", "TITLE: T\n \t\nBody", "Body", "T", "", "", "", ""},
    {"only one blank line goes", "TITLE: T\n\n\nBody", "\nBody", "T", "", "", "", ""},
    {"a language tag", "LANG: fa_IR\n\nBody", "Body", "", "", "", "fa-IR", ""},
    {"no language tag", "LANG: the best one\n\nBody", "Body", "", "", "", "", ""},
    {"the last of two", "TITLE: one\nTITLE: two\n\nBody", "Body", "two", "", "", "", ""},
    {"a control character", "TITLE: a\x1B[31mb\n\nBody", "Body", "a [31mb", "", "", "", ""},
    {"no header", "Body\n\nTITLE: T\n\n", "Body\n\nTITLE: T\n\n", "", "", "", "", ""},
    {"another line in between", "TITLE: T\nBody\n\n", "TITLE: T\nBody\n\n", "", "", "", "", ""},
    {"an unknown key", "TITLE: T\nNOTE: n\n\nBody", "TITLE: T\nNOTE: n\n\nBody", "", "", "", "",
     ""},
    {"no blank line", "SOURCE: Reuters said so\n", "SOURCE: Reuters said so\n", "", "", "", "", ""},
    {"a blank line first", "\nTITLE: T\n\nBody", "\nTITLE: T\n\nBody", "", "", "", "", ""},
    {"nothing behind", "TITLE: T\n\n", "", "T", "", "", "", ""},
    {"a key inside a word", "SUBTITLE: T\n\nBody", "SUBTITLE: T\n\nBody", "", "", "", "", ""},
};

static void check(const char *note, struct str got, const char *expected)
{
    if (!str_equal(got, str_of(expected)))
        fail_msg("%s: \"%.*s\" is not \"%s\"", note, STR_ARG(got), expected);
}

static void cuts_the_header(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena a;
        struct document_facts facts = {.title = STR_NONE};
        struct str whole = str_of(cases[i].whole);
        arena_init(&a);
        struct str kept = facts_cut_header(&a, whole, &facts);
        check(cases[i].note, kept, cases[i].kept);
        assert_ptr_equal(kept.at + kept.len, whole.at + whole.len);
        check(cases[i].note, facts.title, cases[i].title);
        check(cases[i].note, facts.publisher, cases[i].publisher);
        check(cases[i].note, facts.published, cases[i].published);
        check(cases[i].note, facts.lang, cases[i].lang);
        check(cases[i].note, facts.url, cases[i].url);
        arena_release(&a);
    }
}

static void cuts_long_lines_at_a_character(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    char *written = arena_alloc(&a, 3 * FACT_LIMIT);
    for (size_t i = 0; i + 1 < 3 * FACT_LIMIT; i += 2) {
        written[i] = '\xD9';
        written[i + 1] = '\x85';
    }
    struct str line = fact_line(&a, (struct str){written, 3 * FACT_LIMIT - 2});
    assert_int_equal(line.len, FACT_LIMIT);
    line = fact_line(&a, (struct str){written + 1, 3 * FACT_LIMIT - 3});
    assert_true(line.len <= FACT_LIMIT);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_the_header),
        cmocka_unit_test(cuts_long_lines_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
