#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "fixture.h"
#include "store/store_int.h"
#include "text/fold.h"
#include "text/utf8.h"

static const struct {
    char name;
    const char *text;
} documents[] = {
    {'A', "مهران رئوف در بند است و ۵۲۷ نفر کشته شدند."},
    {'B', "Mehran Raouf was held in ward 2A."},
    {'C', "The court named Raoof and Nahid."},
    {'D', "Nahid spoke of 527 killed; a roof fell."},
    {'E', "می‌خواهند كتاب علي را پس بگیرند"},
    {'F', "Café CAFE naïve"},
};

static struct archive *archive;
static struct hash ids[COUNT_OF(documents)];

static int fill(void **state)
{
    if (fixture_begin(state))
        return -1;
    archive = fixture_make("search", NULL);
    for (size_t i = 0; i < COUNT_OF(documents); i++) {
        struct document_facts facts = {.title = i == 3 ? STR("Ward report") : STR_NONE};
        ids[i] = fixture_add(archive, str_of(documents[i].text), &facts, NULL);
    }
    return 0;
}

static int close_all(void **state)
{
    archive_close(archive);
    return fixture_end(state);
}

static char name_of(const struct hash *id)
{
    for (size_t i = 0; i < COUNT_OF(ids); i++)
        if (hash_equal(id, &ids[i]))
            return documents[i].name;
    return '?';
}

static const char *text_of(const struct hash *id)
{
    for (size_t i = 0; i < COUNT_OF(ids); i++)
        if (hash_equal(id, &ids[i]))
            return documents[i].text;
    return "";
}

static const struct {
    const char *words;
    const char *exact, *alike; /* documents, in any order */
} cases[] = {
    {"رئوف", "A", "BC"},
    {"Raouf", "B", "AC"},
    {"raouf", "B", "AC"},
    {"Raoof", "C", "AB"},
    {"Rauf", "", "ABC"},
    {"روف", "", "ABC"},
    {"roof", "D", "ABC"}, /* without a capital a word of a document is no name */
    {"Mehran Raouf", "B", "A"},
    {"مهران", "A", "B"},
    {"Raouf nahid", "", "C"},
    {"nahid", "CD", ""},
    {"NAHID ward", "D", ""}, /* a title's words count too */
    {"na*", "CDF", ""},
    {"mehr*", "B", ""},
    {"raou* ward", "B", ""},
    {"527", "AD", ""},
    {"۵۲۷", "AD", ""},
    {"٥٢٧", "AD", ""},
    {"52*", "AD", ""},
    {"52", "", ""},
    {"می‌خواهند", "E", ""},
    {"میخواهند", "E", ""},
    {"ميخواهند", "E", ""},
    {"کتاب", "E", ""},
    {"كتاب", "E", ""},
    {"علی", "E", ""},
    {"cafe", "F", ""},
    {"CAFÉ", "F", ""},
    {"naive", "F", ""},
    {"nowhere", "", ""},
    {"nahid nowhere", "", ""},
    {"\"nahid\" OR NOT (ward", "", ""}, /* no query language: words */
    {"nahid\" spoke", "D", ""},
    {"title:nahid", "", ""},
    {"~lrf", "", ""},
};

static void words_find_their_documents(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct search_hit *hits;
        size_t count, wanted = strlen(cases[i].exact) + strlen(cases[i].alike);
        struct fault why = {0};
        bool alike = false, more = true;
        arena_init(&arena);
        if (archive_search(archive, str_of(cases[i].words), 20, &arena, &hits, &count, &more,
                           &why) != OK)
            fail_msg("%s: %s", cases[i].words, why.text);
        assert_false(more);
        for (size_t k = 0; k < count; k++) {
            char name = name_of(&hits[k].document.id);
            if (!strchr(hits[k].exact ? cases[i].exact : cases[i].alike, name))
                fail_msg("\"%s\" finds %c", cases[i].words, name);
            assert_false(alike && hits[k].exact); /* what is as written stands first */
            alike = !hits[k].exact;
        }
        if (count != wanted)
            fail_msg("\"%s\" finds %zu, not %zu", cases[i].words, count, wanted);
        arena_release(&arena);
    }
}

static void marks_lie_on_words_inside_the_text(void **state)
{
    size_t marks = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct search_hit *hits;
        size_t count;
        bool more;
        struct fault why;
        arena_init(&arena);
        assert_int_equal(
            archive_search(archive, str_of(cases[i].words), 20, &arena, &hits, &count, &more, &why),
            OK);
        for (size_t k = 0; k < count; k++) {
            struct str text = str_of(text_of(&hits[k].document.id));
            assert_true(hits[k].around.from <= hits[k].around.to && hits[k].around.to <= text.len);
            assert_true(str_equal(hits[k].passage,
                                  str_slice(text, hits[k].around.from, hits[k].around.to)));
            assert_int_equal(utf8_first_invalid(hits[k].passage), SIZE_MAX);
            for (size_t m = 0; m < hits[k].marks_count; m++) {
                struct span mark = hits[k].marks[m];
                assert_true(mark.from < mark.to && mark.to <= text.len);
                assert_true(m == 0 || hits[k].marks[m - 1].to <= mark.from);
                assert_true(m > 0 ||
                            (mark.from >= hits[k].around.from && mark.to <= hits[k].around.to));
                assert_int_equal(utf8_first_invalid(str_slice(text, mark.from, mark.to)), SIZE_MAX);
                marks++;
            }
        }
        arena_release(&arena);
    }
    assert_true(marks > 30);
}

static void a_mark_is_the_word_that_matched(void **state)
{
    static const struct {
        const char *words;
        size_t document;
        const char *marked;
    } wanted[] = {{"Raouf", 0, "رئوف"},
                  {"رئوف", 1, "Raouf"},
                  {"527", 0, "۵۲۷"},
                  {"mehr*", 1, "Mehran"},
                  {"علی", 4, "علي"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        struct arena arena;
        struct search_hit *hits;
        size_t count, seen = 0;
        bool more;
        struct fault why;
        arena_init(&arena);
        assert_int_equal(archive_search(archive, str_of(wanted[i].words), 20, &arena, &hits, &count,
                                        &more, &why),
                         OK);
        for (size_t k = 0; k < count; k++) {
            if (!hash_equal(&hits[k].document.id, &ids[wanted[i].document]))
                continue;
            assert_int_equal(hits[k].marks_count, 1);
            assert_true(str_equal(str_slice(str_of(documents[wanted[i].document].text),
                                            hits[k].marks[0].from, hits[k].marks[0].to),
                                  str_of(wanted[i].marked)));
            seen++;
        }
        assert_int_equal(seen, 1);
        arena_release(&arena);
    }
}

static void a_search_has_words_and_a_limit(void **state)
{
    static const char *const wordless[] = {"", " ", "*", "...", "\"\"", "\xE2\x80\x8C"};
    struct arena arena;
    struct search_hit *hits;
    size_t count;
    bool more;
    struct fault why;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(wordless); i++) {
        assert_int_equal(
            archive_search(archive, str_of(wordless[i]), 20, &arena, &hits, &count, &more, &why),
            REFUSED);
        assert_string_equal(why.text, "no word to search for");
    }
    assert_int_equal(archive_search(archive, STR("a b c d e f g h i j k l m n o p q"), 20, &arena,
                                    &hits, &count, &more, &why),
                     REFUSED);
    assert_string_equal(why.text, "more than 16 words to search for");
    struct str sixteen = STR("Raouf Raouf Raouf Raouf Raouf Raouf Raouf Raouf Raouf Raouf Raouf"
                             " Raouf Raouf Raouf Raouf Raouf");
    assert_int_equal(archive_search(archive, sixteen, 20, &arena, &hits, &count, &more, &why), OK);
    assert_int_equal(count, 3);
    struct buf endless;
    buf_init(&endless, 1 << 20);
    for (int i = 0; i < 80000; i++)
        buf_add_byte(&endless, 'x');
    assert_int_equal(
        archive_search(archive, buf_str(&endless), 20, &arena, &hits, &count, &more, &why),
        REFUSED);
    buf_release(&endless);
    for (size_t limit = 0; limit < 4; limit++) {
        assert_int_equal(
            archive_search(archive, STR("Raouf"), limit, &arena, &hits, &count, &more, &why), OK);
        assert_int_equal(count, limit < 3 ? limit : 3);
        assert_true(count == 0 || hits[0].exact);
    }
    arena_release(&arena);
}

static void a_long_text_gives_a_passage_around_its_word(void **state)
{
    struct arena arena;
    struct search_hit *hits;
    struct buf text;
    size_t count;
    bool more;
    struct fault why;
    (void)state;
    arena_init(&arena);
    buf_init(&text, 1 << 20);
    for (int i = 0; i < 2000; i++)
        buf_add_text(&text, "گزارش ");
    buf_add_text(&text, "Zanjan ");
    for (int i = 0; i < 2000; i++)
        buf_add_text(&text, "گزارش ");
    fixture_add(archive, buf_str(&text), NULL, NULL);
    assert_int_equal(archive_search(archive, STR("zanjan"), 5, &arena, &hits, &count, &more, &why),
                     OK);
    assert_int_equal(count, 1);
    assert_true(hits[0].passage.len < 400);
    assert_true(str_find(hits[0].passage, STR("Zanjan"), 0) != SIZE_MAX);
    assert_int_equal(utf8_first_invalid(hits[0].passage), SIZE_MAX);
    assert_int_equal(archive_search(archive, STR("گزارش"), 5, &arena, &hits, &count, &more, &why),
                     OK);
    assert_true(hits[0].marks_count > 1 && hits[0].marks_count < 100);
    buf_release(&text);
    arena_release(&arena);
}

/* ---- order ---- */

static void the_better_stands_first(void **state)
{
    static const struct {
        const char *title, *text;
    } written[] = {
        {"", "Farzad spoke, and far from there Omidvar wept with them."},        /* apart */
        {"", "Nobody there had ever heard of Farzad Omidvar at all."},           /* together */
        {"", "Farzad Omidvar, said Farzad Omidvar, is Farzad Omidvar, is he."},  /* often */
        {"The trial of Omidvar", "Nobody there heard of Farzad Omidvar again."}, /* in the title */
        {"", "Nobody there had ever heard of Farzad Omidvar; not one."},         /* as good as 1 */
        {"", "نه فرزاد امیدوار"},                                                /* by spelling */
    };
    static const size_t order[] = {3, 2, 4, 1, 0, 5};
    struct hash put[COUNT_OF(written)];
    struct arena arena;
    struct search_hit *hits;
    size_t count;
    bool more;
    struct fault why;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(written); i++) {
        struct document_facts facts = {.title = str_of(written[i].title)};
        put[i] = fixture_add(archive, str_of(written[i].text), &facts, NULL);
    }
    assert_int_equal(
        archive_search(archive, STR("farzad omidvar"), 20, &arena, &hits, &count, &more, &why), OK);
    assert_int_equal(count, COUNT_OF(order));
    for (size_t i = 0; i < COUNT_OF(order); i++)
        if (!hash_equal(&hits[i].document.id, &put[order[i]]))
            fail_msg("place %zu is not document %zu", i, order[i]);
    arena_release(&arena);
}

static void of_equals_the_last_taken_in_stands_first(void **state)
{
    enum { EQUALS = 8 };
    struct hash put[EQUALS];
    struct fault why;
    (void)state;
    for (size_t i = 0; i < EQUALS; i++) {
        char text[] = "Gypsum is in box 0 here";
        text[17] = (char)('0' + i);
        put[i] = fixture_add(archive, str_of(text), NULL, NULL);
    }
    for (int step = 0; step < 2; step++) {
        struct arena arena;
        struct search_hit *hits;
        size_t count;
        bool more;
        arena_init(&arena);
        assert_int_equal(
            archive_search(archive, STR("gypsum"), EQUALS, &arena, &hits, &count, &more, &why), OK);
        assert_int_equal(count, EQUALS);
        for (size_t i = 0; i < EQUALS; i++)
            assert_true(hash_equal(&hits[i].document.id, &put[EQUALS - 1 - i]));
        arena_release(&arena);
        assert_int_equal(archive_rebuild(archive, NULL, NULL, &why), OK);
    }
}

/* `count` documents in one commit, each with a word of its own before the words */
static void add_many(size_t count, const char *words)
{
    struct fault why;
    struct arena arena;
    struct hash bytes, id;
    arena_init(&arena);
    assert_int_equal(archive_begin(archive, &why), OK);
    for (size_t i = 0; i < count; i++) {
        struct str text = arena_print(&arena, "%s and number%zu", words, i);
        assert_int_equal(archive_put_bytes(archive, text, &bytes, &why), OK);
        struct capture capture = {.bytes = bytes,
                                  .size = (int64_t)text.len,
                                  .by = *archive_own_key(archive),
                                  .at = fixture_now(),
                                  .how = STR("add"),
                                  .name = STR("many.txt"),
                                  .media = STR("text/plain")};
        struct kept_text kept = {
            .bytes = bytes, .extractor = STR("text/1"), .sha256 = bytes, .size = (int64_t)text.len};
        assert_int_equal(archive_put_object(archive, capture_to_json(&capture), &id, &why), OK);
        assert_int_equal(archive_put_object(archive, kept_text_to_json(&kept), &id, &why), OK);
    }
    assert_int_equal(archive_commit(archive, STR("many"), fixture_now(), &why), OK);
    arena_release(&arena);
}

static void a_word_of_too_many_documents_is_said_to_be_one(void **state)
{
    static const struct {
        const char *words;
        size_t limit, count;
        bool more;
    } wanted[] = {
        {"basalt", 20, 20, false}, /* in as many as are ranked */
        {"feldspar", 20, 20, true},
        {"feldspar", SEARCH_RANKED + 1, SEARCH_RANKED + 1, false},
        {"feldspar", SEARCH_RANKED + 2, SEARCH_RANKED + 1, false},
        {"feldspar", SEARCH_RANKED, SEARCH_RANKED, true},
        {"feld*", 20, 20, true},
        {"feldspar number7", 20, 1, false},
        {"number7", 20, 2, false},
        {"Feldspor", 20, 20, true}, /* by its consonants */
        {"Feldspor", SEARCH_RANKED + 2, SEARCH_RANKED + 1, false},
    };
    (void)state;
    add_many(SEARCH_RANKED, "basalt");
    add_many(SEARCH_RANKED + 1, "Feldspar");
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        struct arena arena;
        struct search_hit *hits;
        size_t count;
        bool more;
        struct fault why = {0};
        arena_init(&arena);
        if (archive_search(archive, str_of(wanted[i].words), wanted[i].limit, &arena, &hits, &count,
                           &more, &why) != OK)
            fail_msg("%s: %s", wanted[i].words, why.text);
        if (count != wanted[i].count || more != wanted[i].more)
            fail_msg("\"%s\", at most %zu: %zu%s", wanted[i].words, wanted[i].limit, count,
                     more ? " and more" : "");
        arena_release(&arena);
    }
}

/* the shortcut for plain words leaves nothing out and puts nothing in */
static void texts_are_cut_into_the_words_they_hold(void **state)
{
    static const char *const pieces[] = {
        "a",        "and", "Raouf", "'",  "’s",     "رئوف",  " ",  " ",    " ",  "\n",
        "-",        "é",   "the",   "12", "iPhone", "don't", ". ", "word", "q9", "\xE2\x80\x8C",
        "\xCC\x81", "_",   "US",    "fi"};
    struct random r = {3};
    (void)state;
    for (size_t i = 0; i < 3000; i++) {
        struct arena arena;
        struct buf text, words;
        struct word word;
        arena_init(&arena);
        buf_init(&text, 1 << 16);
        buf_init(&words, 1 << 16);
        for (size_t k = random_below(&r, 30); k; k--)
            buf_add_text(&text, pieces[random_below(&r, COUNT_OF(pieces))]);
        for (size_t at = 0; word_next(buf_str(&text), &at, &word);) {
            struct str written = str_slice(buf_str(&text), word.from, word.to);
            struct str folded = fold_text(&arena, written);
            struct str skeleton = search_skeleton(&arena, written);
            if (folded.len)
                buf_print(&words, "%s%.*s%s%.*s", words.len ? " " : "", STR_ARG(folded),
                          skeleton.len ? " " : "", STR_ARG(skeleton));
        }
        struct str cut = search_words(&arena, buf_str(&text));
        if (!str_equal(cut, buf_str(&words)))
            fail_msg("\"%s\": %.*s", text.at, STR_ARG(cut));
        buf_release(&text);
        buf_release(&words);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_cut_into_the_words_they_hold),
        cmocka_unit_test(words_find_their_documents),
        cmocka_unit_test(marks_lie_on_words_inside_the_text),
        cmocka_unit_test(a_mark_is_the_word_that_matched),
        cmocka_unit_test(a_search_has_words_and_a_limit),
        cmocka_unit_test(a_long_text_gives_a_passage_around_its_word),
        cmocka_unit_test(the_better_stands_first),
        cmocka_unit_test(of_equals_the_last_taken_in_stands_first),
        cmocka_unit_test(a_word_of_too_many_documents_is_said_to_be_one),
    };
    return cmocka_run_group_tests_name("store search", tests, fill, close_all);
}
