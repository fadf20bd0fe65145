#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "publish/out.h"

static void check(struct buf *out, const char *wanted)
{
    assert_string_equal(out->at ? out->at : "", wanted);
    buf_release(out);
}

static void text_is_escaped(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"", ""},
        {"plain, with a line\nand a\ttab", "plain, with a line\nand a\ttab"},
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"\" onload='x' & more", "&quot; onload=&#39;x&#39; &amp; more"},
        {"&amp;", "&amp;amp;"},
        {"{} {1}", "{} {1}"},
        {"رئوف «Raouf»", "رئوف «Raouf»"},
        {"a\x01"
         "b\x0C"
         "c\x1B"
         "d\x7F"
         "e\r",
         "a\xEF\xBF\xBD"
         "b\xEF\xBF\xBD"
         "c\xEF\xBF\xBD"
         "d\xEF\xBF\xBD"
         "e\xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out;
        buf_init(&out, OUT_LIMIT);
        out_text(&out, str_of(cases[i].text));
        check(&out, cases[i].wanted);
    }
}

static const char *written_for(unsigned char c)
{
    static char itself[2];
    itself[0] = (char)c;
    return c == '&'                                           ? "&amp;"
           : c == '<'                                         ? "&lt;"
           : c == '>'                                         ? "&gt;"
           : c == '"'                                         ? "&quot;"
           : c == '\''                                        ? "&#39;"
           : (c < 0x20 && c != '\t' && c != '\n') || c == 127 ? "\xEF\xBF\xBD"
                                                              : itself;
}

/* two bytes of every kind beside each other, at every place among others */
static void each_byte_is_seen_wherever_it_stands(void **state)
{
    static const char around[] = "ab cd (!) \xD8\xA7 ef";
    struct buf out, wanted;
    char text[sizeof around];
    (void)state;
    buf_init(&out, OUT_LIMIT);
    buf_init(&wanted, OUT_LIMIT);
    for (unsigned pair = 0; pair < 256 * 256; pair++) {
        size_t at = pair % (sizeof around - 2);
        memcpy(text, around, sizeof around);
        text[at] = (char)(pair & 0xFF);
        text[at + 1] = (char)(pair >> 8);
        buf_clear(&out);
        buf_clear(&wanted);
        for (size_t i = 0; i + 1 < sizeof text; i++)
            if (text[i])
                buf_add_text(&wanted, written_for((unsigned char)text[i]));
            else
                buf_add_text(&wanted, "\xEF\xBF\xBD");
        out_text(&out, (struct str){text, sizeof text - 1});
        assert_true(str_equal(buf_str(&out), buf_str(&wanted)));
    }
    buf_release(&out);
    buf_release(&wanted);
}

static void a_zero_byte_ends_nothing(void **state)
{
    struct buf out;
    (void)state;
    buf_init(&out, OUT_LIMIT);
    out_text(&out, STR("a\0<b"));
    check(&out, "a\xEF\xBF\xBD&lt;b");
}

static void places_are_filled_in_any_order(void **state)
{
    struct buf out;
    (void)state;
    buf_init(&out, OUT_LIMIT);
    OUT(&out, "<a href=\"{}\" title=\"{}\">{1}</a>", STR("/x?a=1&b=\""), STR("<t>"));
    check(&out, "<a href=\"/x?a=1&amp;b=&quot;\" title=\"&lt;t&gt;\">/x?a=1&amp;b=&quot;</a>");
    buf_init(&out, OUT_LIMIT);
    OUT(&out, "{2}{1}{}", STR("one"), STR("two"));
    check(&out, "twoonetwo");
    buf_init(&out, OUT_LIMIT);
    OUT(&out, "{ } {x} {0} {10} {", STR("unused"));
    check(&out, "{ } {x} {0} {10} {");
}

static void what_fills_a_place_is_not_filled_itself(void **state)
{
    struct buf out;
    (void)state;
    buf_init(&out, OUT_LIMIT);
    OUT(&out, "{} {}", STR("{2}"), STR("{1}"));
    check(&out, "{2} {1}");
}

static void a_sentence_is_escaped_around_its_places(void **state)
{
    struct buf out;
    (void)state;
    buf_init(&out, OUT_LIMIT);
    OUT_SENTENCE(&out, STR("<{2}> & {1}"), STR("a<"), STR("b>"));
    check(&out, "&lt;b&gt;&gt; &amp; a&lt;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(each_byte_is_seen_wherever_it_stands),
        cmocka_unit_test(a_zero_byte_ends_nothing),
        cmocka_unit_test(places_are_filled_in_any_order),
        cmocka_unit_test(what_fills_a_place_is_not_filled_itself),
        cmocka_unit_test(a_sentence_is_escaped_around_its_places),
    };
    return cmocka_run_group_tests_name("publish out", tests, NULL, NULL);
}
