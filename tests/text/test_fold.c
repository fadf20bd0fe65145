#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "text/utf8.h"

static const struct {
    const char *text, *folded;
} folds[] = {
    {"Evin PRISON 209", "evin prison 209"},
    {"Café Straße Øster Łódź", "cafe strasse oster lodz"},
    {"Cafe\u0301", "cafe"},
    {"İstanbul ığdır", "istanbul igdir"},
    {"Đặng Vũ", "dang vu"},
    {"Ёлка Й", "елка и"},
    {"ΆΣς", "ασσ"},
    {"كريم علي مصطفى", "کریم علی مصطفی"},
    {"آزادی أحمد إيران ٱلله", "ازادی احمد ایران الله"},
    {"ا\u0653زاد", "ازاد"},
    {"رؤیا رئیس خانهٔ خانۀ فاطمة", "رویا رییس خانه خانه فاطمه"},
    {"مُحَمَّد مـــرگ", "محمد مرگ"},
    {"می\u200cشود", "میشود"},
    {"\u200fسلام\u200e \u2067x\u2069", "سلام x"},
    {"۱۴۰۱/٠٨/۲۴", "1401/08/24"},
    {"ﻛﺘﺎﺏ ﻻ", "کتاب لا"},
    {"ﬁle ＡＢ", "file ab"},
    {"“x” ‘y’ «z» 2019–2022 ʿAlī", "\"x\" 'y' \"z\" 2019-2022 'ali"},
    {"a\u00A0b\u2009c", "a b c"},
    {"हिन्दी မြန်မာ が", "हिन्दी မြန်မာ が"},
    {"½ m²", "½ m²"},
    {"中文 한국어", "中文 한국어"},
    {"a\nb", "a\nb"},
    {"", ""},
    {"\u200c", ""},
};

static void folds_text(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(folds); i++) {
        struct str got = fold_text(&arena, str_of(folds[i].text));
        assert_string_equal(got.at, folds[i].folded);
        assert_int_equal(got.len, strlen(folds[i].folded));
        assert_true(fold_equal(str_of(folds[i].text), str_of(folds[i].folded)));
    }
    assert_false(fold_equal(STR("ab"), STR("abc")));
    assert_false(fold_equal(STR("abc"), STR("ab")));
    assert_false(fold_equal(STR("abd"), STR("abc")));
    arena_release(&arena);
}

/* A second folding would make the index and the query differ. */
static void folds_once_for_all(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x20000 ? 1 : 61) {
        uint32_t first[4], again[4];
        size_t count = fold_char(c, first);
        assert_true(count <= 4);
        for (size_t i = 0; i < count; i++) {
            size_t more = fold_char(first[i], again);
            if (more != 1 || again[0] != first[i])
                fail_msg("U+%04X folds to U+%04X, which folds on", c, first[i]);
        }
    }
}

static void survives_broken_bytes(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct str got = fold_text(&arena, STR("A\xFF\xD9"));
    assert_string_equal(got.at, "a\uFFFD\uFFFD");
    arena_release(&arena);
}

static const struct {
    const char *text, *words; /* joined by '|' */
} splits[] = {
    {"Mehran Raoof, 64.", "Mehran|Raoof|64"},
    {"  ", ""},
    {"don't 'quoted' rock’n’roll O''Neill", "don't|quoted|rock’n’roll|O|Neill"},
    {"James' book", "James|book"},
    {"می\u200cشود، رفت.", "می\u200cشود|رفت"},
    {"\u200fایران\u200f", "ایران"},
    {"مُحَمَّد", "مُحَمَّد"},
    {"۱۴۰۱/۰۸/۲۴", "۱۴۰۱|۰۸|۲۴"},
    {"1990s-style", "1990s|style"},
    {"မြန်မာ။", "မြန်မာ"},
    {"a\xFFz", "a|z"},
};

static void splits_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(splits); i++) {
        struct str text = str_of(splits[i].text);
        struct buf joined;
        struct word word;
        size_t at = 0;
        buf_init(&joined, 1000);
        while (word_next(text, &at, &word)) {
            if (joined.len)
                buf_add_byte(&joined, '|');
            buf_add(&joined, str_slice(text, word.from, word.to));
            assert_true(at >= word.to);
        }
        assert_int_equal(at, text.len);
        assert_string_equal(joined.at ? joined.at : "", splits[i].words);
        buf_release(&joined);
    }
}

static void names_scripts(void **state)
{
    (void)state;
    assert_int_equal(script_of(STR("«Évin»")), SCRIPT_LATIN);
    assert_int_equal(script_of(STR("12 É")), SCRIPT_LATIN);
    assert_int_equal(script_of(STR("۱۲ ایران")), SCRIPT_ARABIC);
    assert_int_equal(script_of(STR("Минск")), SCRIPT_CYRILLIC);
    assert_int_equal(script_of(STR("မြန်မာ")), SCRIPT_OTHER);
    assert_int_equal(script_of(STR("123")), SCRIPT_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_text),
        cmocka_unit_test(folds_once_for_all),
        cmocka_unit_test(survives_broken_bytes),
        cmocka_unit_test(splits_words),
        cmocka_unit_test(names_scripts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
