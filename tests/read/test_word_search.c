#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "read/word_search.h"

/* of these the texts are made: letters that fold to themselves, to others, to several, to nothing,
 * and what separates words */
static const char *const parts[] = {"a", "B", "b",   "9",  " ",  ".", "ا",  "ب", "ي", "ك",
                                    "ـ", "َ",  "‌", "ﷲ",  "ﻻ",  "ß", "İ",  "é", "۴", "日",
                                    "’", "'", "\n",  "ab", "اب", "ﬁ", "fi", "م", "ن", "-"};

static const char *const words[] = {"ab",    "aba", "b9ab",  "abab", "fi", "اب", "ابن", "باب",
                                    "fi ab", "یک",  "اب اب", "a-b",  "ss", "9",  "ab b"};

/* the text folded, and for each byte and the end the place in the text that it is from */
static size_t fold_whole(struct str text, char *folded, size_t *source)
{
    size_t len = 0, size = 0;
    for (size_t at = 0; at < text.len; at += size) {
        char bytes[FOLD_BYTES];
        size_t count = fold_bytes(utf8_at(text, at, &size), bytes);
        for (size_t i = 0; i < count; i++) {
            folded[len] = bytes[i];
            source[len++] = at;
        }
    }
    source[len] = text.len;
    return len;
}

static bool is_within(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 128 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

static size_t count_plainly(const struct word_search *all, struct str text, struct sighting *out)
{
    static char folded[8192];
    static size_t source[8192];
    size_t len = fold_whole(text, folded, source), count = 0;
    for (size_t i = 0; i < len; i++)
        for (size_t w = 0; w < all->count; w++) {
            struct str word = all->words[w].word;
            size_t end = i + word.len, behind = end;
            if ((i && is_within(folded[i - 1])) || end > len ||
                memcmp(folded + i, word.at, word.len) != 0 || (end < len && is_within(folded[end])))
                continue;
            while (behind < len && source[behind] == source[end - 1])
                behind++;
            out[count++] = (struct sighting){source[i], source[behind], w};
        }
    return count;
}

static bool has(const struct sightings *all, const struct sighting *sought)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].from == sought->from && all->at[i].to == sought->to &&
            all->at[i].word == sought->word)
            return true;
    return false;
}

static struct str random_text(struct arena *arena, uint32_t *seed)
{
    struct str text = STR_NONE;
    for (size_t i = 0; i < 60; i++) {
        *seed = *seed * 1664525 + 1013904223;
        text = arena_print(arena, "%.*s%s", STR_ARG(text), parts[(*seed >> 16) % COUNT_OF(parts)]);
    }
    return text;
}

/* with and without words too short for a shelf */
static void finds_what_a_plain_search_finds(void **state)
{
    (void)state;
    enum { TEXTS = 3000 };
    static struct sighting expected[4096];
    uint32_t seed = 7;
    size_t found = 0;
    for (size_t shortest = 1; shortest <= HEAD_SIZE; shortest += HEAD_SIZE - 1) {
        struct word_search search = {0};
        struct arena lasting;
        arena_init(&lasting);
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (strlen(words[i]) >= shortest)
                word_search_add(&search, &lasting, str_of(words[i]));
        word_search_finish(&search);
        for (size_t i = 0; i < TEXTS; i++) {
            struct arena arena;
            arena_init(&arena);
            struct str text = random_text(&arena, &seed);
            struct sightings seen = word_search_text(&search, text, &arena);
            size_t count = count_plainly(&search, text, expected);
            assert_int_equal(seen.count, count);
            for (size_t k = 0; k < count; k++)
                assert_true(has(&seen, &expected[k]));
            found += count;
            arena_release(&arena);
        }
        arena_release(&lasting);
    }
    assert_true(found > TEXTS / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_a_plain_search_finds),
    };
    text_use_memory();
    return cmocka_run_group_tests_name("word search", tests, NULL, NULL);
}
