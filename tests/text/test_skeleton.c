#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/file.h"
#include "text/utf8.h"

static void check_line(struct arena *arena, struct str line)
{
    struct str wanted, spelling;
    assert_true(str_cut(&line, '\t', &wanted));
    while (str_cut(&line, '|', &spelling)) {
        struct str got = skeleton_of(arena, spelling);
        if (!str_equal(got, wanted))
            fail_msg("\"%.*s\" gives \"%s\", not \"%.*s\"", STR_ARG(spelling), got.at,
                     STR_ARG(wanted));
    }
}

static void spellings_share_their_skeleton(void **state)
{
    (void)state;
    struct arena arena;
    struct buf bytes;
    struct fault why;
    struct str rest, line;
    size_t lines = 0;
    arena_init(&arena);
    buf_init(&bytes, 1 << 20);
    if (file_read(SKELETONS, 1 << 20, &bytes, &why))
        fail_msg("%s", why.text);
    rest = buf_str(&bytes);
    while (str_cut(&rest, '\n', &line)) {
        if (line.len == 0 || line.at[0] == '#' || lines++ == 0)
            continue;
        check_line(&arena, line);
    }
    assert_true(lines > 25);
    buf_release(&bytes);
    arena_release(&arena);
}

static void different_names_differ(void **state)
{
    static const char *const pairs[][2] = {
        {"Karimi", "Rahimi"}, {"محمدی", "Ahmadi"}, {"Najafi", "Hanafi"}, {"رضا", "Reda"}};
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        assert_false(str_equal(skeleton_of(&arena, str_of(pairs[i][0])),
                               skeleton_of(&arena, str_of(pairs[i][1]))));
    arena_release(&arena);
}

static void stays_ascii_and_bounded(void **state)
{
    struct arena arena;
    char letters[4096];
    uint32_t seed = 1;
    (void)state;
    arena_init(&arena);
    for (int round = 0; round < 2000; round++) {
        size_t len = 0;
        while (len < (size_t)round) {
            seed = seed * 1664525 + 1013904223;
            len += utf8_write(seed >> 8 & (seed >> 30 ? 0x7FF : 0x10FFFF), letters + len);
        }
        struct str got = skeleton_of(&arena, (struct str){letters, len});
        assert_true(got.len <= 256);
        for (size_t i = 0; i < got.len; i++)
            assert_true(got.at[i] >= 'a' && got.at[i] <= 'z');
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_share_their_skeleton),
        cmocka_unit_test(different_names_differ),
        cmocka_unit_test(stays_ascii_and_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
