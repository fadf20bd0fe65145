#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../base/arena_group.h"
#include "../base/random.h"
#include "publish/sheet_int.h"

/* sentences end at each '.' and line end; all else but blanks is theirs */
static size_t cut_sentences(struct str text, struct sentence *out)
{
    size_t count = 0, from = SIZE_MAX;
    for (size_t i = 0; i < text.len; i++) {
        bool ends = text.at[i] == '.', blank = text.at[i] == ' ' || text.at[i] == '\n';
        if (from == SIZE_MAX && !blank)
            from = i;
        if (from != SIZE_MAX && (ends || text.at[i] == '\n' || i + 1 == text.len)) {
            out[count++].at = (struct span){from, ends || !blank ? i + 1 : i};
            from = SIZE_MAX;
        }
    }
    return count;
}

static void write_passages(struct str text, const struct passage *all, size_t count,
                           struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        struct str part = str_slice(text, all[i].at.from, all[i].at.to);
        buf_print(out, "%s%.*s:%zu|", all[i].paragraph ? "*" : "", STR_ARG(part), all[i].count);
    }
}

static void passages_of_texts(void **state)
{
    static const struct {
        const char *text, *wanted;
        struct span quotes[3];
        size_t count;
    } cases[] = {
        {"", "", {{0}}, 0},
        {"One. Two.\n\nThree.", "*One. Two.:0|*Three.:0|", {{0}}, 0},
        {"One. Two. Three.", "*One.:0|Two.:1|Three.:0|", {{5, 8}}, 1},
        {"One. Two. Three.", "*One. Two.:1|Three.:0|", {{2, 7}}, 1},
        {"One. Two. Three.", "*One. Two. Three.:2|", {{0, 7}, {6, 12}}, 2},
        {"One. Two.\nThree.", "*One.:1|Two.:1|Three.:1|", {{0, 3}, {5, 8}, {10, 15}}, 3},
        {"One.\n \n Two.", "*One.:0|*Two.:1|", {{8, 11}}, 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str text = str_of(cases[i].text);
        struct sentence sentences[20];
        struct passage *all;
        size_t count, sentences_count = cut_sentences(text, sentences);
        struct buf out;
        buf_init(&out, 4096);
        passages_make(text, sentences, sentences_count, cases[i].quotes, cases[i].count, &arena,
                      &all, &count);
        write_passages(text, all, count, &out);
        assert_string_equal(out.at ? out.at : "", cases[i].wanted);
        buf_release(&out);
    }
}

static int span_order(const void *left, const void *right)
{
    const struct span *a = left, *b = right;
    return a->from < b->from ? -1 : a->from > b->from;
}

static void every_quote_stands_whole_in_one_passage(void **state)
{
    static const char letters[] = "abc.. \n\n";
    struct random r = {7};
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char bytes[60];
        struct sentence sentences[60];
        struct span quotes[8];
        struct passage *all;
        size_t len = 1 + random_below(&r, sizeof bytes), quotes_count = random_below(&r, 9), count;
        for (size_t i = 0; i < len; i++)
            bytes[i] = letters[random_below(&r, sizeof letters - 1)];
        struct str text = {bytes, len};
        for (size_t i = 0; i < quotes_count; i++) {
            size_t from = random_below(&r, len);
            quotes[i] = (struct span){from, from + 1 + random_below(&r, len - from)};
        }
        qsort(quotes, quotes_count, sizeof *quotes, span_order);
        /* a reader that misses sentences loses no text */
        size_t some = cut_sentences(text, sentences) / (1 + random_below(&r, 2));
        passages_make(text, sentences, some, quotes, quotes_count, &arena, &all, &count);
        size_t at = 0, next = 0;
        for (size_t i = 0; i < count; i++) {
            assert_true(all[i].at.from >= at && all[i].at.to > all[i].at.from);
            for (; at < all[i].at.from; at++)
                assert_true(bytes[at] == ' ' || bytes[at] == '\n');
            at = all[i].at.to;
            assert_true(!all[i].count || all[i].first == next);
            for (size_t k = 0; k < all[i].count; k++, next++)
                assert_true(quotes[next].from >= all[i].at.from && quotes[next].to <= at);
        }
        assert_int_equal(next, quotes_count);
        for (; at < len; at++)
            assert_true(bytes[at] == ' ' || bytes[at] == '\n');
    }
}

static void directions_of_texts(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"", "ltr"},
        {"527 people were killed", "ltr"},
        {"دست‌کم ۵۲۷ نفر کشته شدند", "rtl"},
        {"BBC گفت که دست‌کم ۵۲۷ نفر کشته شدند", "rtl"},
        {"The paper رئوف was published in London", "ltr"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(text_direction(str_of(cases[i].text)), cases[i].wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passages_of_texts),
        cmocka_unit_test(every_quote_stands_whole_in_one_passage),
        cmocka_unit_test(directions_of_texts),
    };
    return cmocka_run_group_tests_name("publish passages", tests, arena_begin, arena_end);
}
