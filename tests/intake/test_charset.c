#include "intake/charset.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define BYTES(literal)                                                                             \
    {                                                                                              \
        ("" literal), sizeof(literal) - 1                                                          \
    }

/* An empty charset: refused. */
static const struct {
    const char *note;
    struct str bytes;
    const char *charset, *text;
} cases[] = {
    {"ASCII", BYTES("Five people\r\n"), "utf-8", "Five people\r\n"},
    {"UTF-8", BYTES("caf\xC3\xA9"), "utf-8", "café"},
    {"UTF-8 with its mark", BYTES("\xEF\xBB\xBFone"), "utf-8", "one"},
    {"UTF-16LE with its mark", BYTES("\xFF\xFEo\0k\0"), "utf-16le", "ok"},
    {"UTF-16BE with its mark", BYTES("\xFE\xFF\0o\0k"), "utf-16be", "ok"},
    {"UTF-16LE without", BYTES("a\0 \0b\0"), "utf-16le", "a b"},
    {"UTF-16BE without", BYTES("\0a\0 \0b"), "utf-16be", "a b"},
    {"Persian in UTF-16LE without", BYTES("\x33\x06\x44\x06\x27\x06\x45\x06 \0\x28\x06\x47\x06"),
     "utf-16le", "سلام به"},
    {"a pair of surrogates", BYTES("\xFF\xFE\x3D\xD8\0\xDE"), "utf-16le", "😀"},
    {"half a pair",
     BYTES("\xFF\xFE\x3D\xD8"
           "a\0"),
     "", NULL},
    {"half a unit",
     BYTES("\xFF\xFE"
           "a\0b"),
     "", NULL},
    {"NUL bytes in text", BYTES("ab\0cd"), "", NULL},
    {"NUL bytes only", BYTES("\0\0\0\0\0\0"), "", NULL},
    {"Windows-1256, Persian",
     BYTES("\x98\xD4\xCA\xE5 \xD4\xCF\xE4\xCF \xCF\xD1 \xCA\xE5\xD1\xC7\xE4"), "windows-1256",
     "کشته شدند در تهران"},
    {"Windows-1256, Arabic", BYTES("\xDE\xCA\xE1 \xE6 \xC7\xDA\xCA\xDE\xE1\xA1 527"),
     "windows-1256", "قتل و اعتقل، 527"},
    {"Windows-1252, French", BYTES("d\xE9tenus \xE0 T\xE9h\xE9ran \x97 \x93lib\xE9r\xE9s\x94"),
     "windows-1252", "détenus à Téhéran — “libérés”"},
    {"Windows-1252, German",
     BYTES("\xDC"
           "ber f\xFCnf Gef\xE4ngnisse, Stra\xDF"
           "e"),
     "windows-1252", "Über fünf Gefängnisse, Straße"},
    {"Windows-1252, marks only",
     BYTES("the \x93"
           "court\x94 fined him \x80 500"),
     "windows-1252", "the “court” fined him € 500"},
    {"bytes that begin nothing", BYTES("five \xFF\xFE killed"), "", NULL},
    {"a stray continuation", BYTES("five\x80killed"), "", NULL},
    {"a lead without continuation", BYTES("five \xC3( killed"), "", NULL},
    {"an encoded surrogate", BYTES("five \xED\xA0\x80 killed"), "", NULL},
    {"an overlong slash", BYTES("five \xC0\xAF killed"), "", NULL},
    {"UTF-8 with one broken byte", BYTES("مهران \xD8 رئوف"), "", NULL},
    {"high bytes without order", BYTES("\x8F\xD0\xFE\xFF\xF0\x81\xDD\x90"), "", NULL},
};

static void tells_and_decodes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena a;
        struct charset charset = {0};
        struct str text = STR_NONE;
        struct fault why = {0};
        arena_init(&a);
        enum outcome result = charset_detect(cases[i].bytes, &charset, &why);
        if (result == OK)
            result = charset_decode(&a, cases[i].bytes, &charset, &text, &why);
        if ((result == OK) != (cases[i].charset[0] != 0))
            fail_msg("%s: %s", cases[i].note, result == OK ? charset.name.at : why.text);
        if (result == OK) {
            assert_string_equal(charset.name.at, cases[i].charset);
            if (!str_equal(text, str_of(cases[i].text)))
                fail_msg("%s: %.*s", cases[i].note, STR_ARG(text));
        } else {
            assert_int_equal(result, REFUSED);
            assert_true(strlen(why.text) > 0);
        }
        arena_release(&a);
    }
}

static const struct {
    const char *html, *charset, *text;
} pages[] = {
    {"<meta charset=windows-1256>\xC7\xC8", "windows-1256", "<meta charset=windows-1256>اب"},
    {"<META http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>\xE9", "windows-1252",
     "<META http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>é"},
    {"<meta charset=\"windows-1251\">\xCF", "windows-1251", "<meta charset=\"windows-1251\">П"},
    {"<meta charset=utf-8>\xC3\xA9 \xFF", "utf-8", "<meta charset=utf-8>é \xEF\xBF\xBD"},
    {"<meta charset=utf-7>caf\xE9", "windows-1252", "<meta charset=utf-7>café"},
    {"<meta charset=nonesuch>\xC3\xA9", "utf-8", "<meta charset=nonesuch>é"},
    {"\xEF\xBB\xBF<meta charset=windows-1252>\xC3\xA9", "utf-8", "<meta charset=windows-1252>é"},
    {"<meta charset=iso-8859-1>\xC3\xA9", "utf-8", "<meta charset=iso-8859-1>é"},
    {"<meta charset=iso-8859-1>e", "windows-1252", "<meta charset=iso-8859-1>e"},
    {"<p>\xFF\xFE\xFD", "utf-8", "<p>\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
};

static void believes_what_a_page_declares(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        struct arena a;
        struct charset charset;
        struct str text;
        arena_init(&a);
        assert_int_equal(charset_detect_html(&a, str_of(pages[i].html), &charset, NULL), OK);
        assert_string_equal(charset.name.at, pages[i].charset);
        assert_int_equal(charset.damaged, strstr(pages[i].text, "\xEF\xBF\xBD") != NULL);
        assert_int_equal(charset_decode(&a, str_of(pages[i].html), &charset, &text, NULL), OK);
        if (!str_equal(text, str_of(pages[i].text)))
            fail_msg("page %zu: %.*s", i, STR_ARG(text));
        arena_release(&a);
    }
}

static void copies_nothing_that_is_utf8(void **state)
{
    (void)state;
    struct arena a;
    struct charset charset;
    struct str bytes = STR("as it is\r\n"), text;
    arena_init(&a);
    assert_int_equal(charset_detect(bytes, &charset, NULL), OK);
    assert_int_equal(charset_decode(&a, bytes, &charset, &text, NULL), OK);
    assert_ptr_equal(text.at, bytes.at);
    assert_int_equal(a.total, 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_and_decodes),
        cmocka_unit_test(believes_what_a_page_declares),
        cmocka_unit_test(copies_nothing_that_is_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
