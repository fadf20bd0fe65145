#include "text/sketch.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/arena.h"

/* Words nobody wrote, the same in each run: `seed` chooses them. */
static struct str words_drawn(struct arena *arena, uint64_t seed, size_t count)
{
    struct str out = STR("");
    for (size_t i = 0; i < count; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        unsigned a = (unsigned)(seed >> 33) % 26, b = (unsigned)(seed >> 40) % 26,
                 c = (unsigned)(seed >> 50) % 26;
        out = arena_print(arena, "%.*s%c%c%c%c%s", STR_ARG(out), 'a' + (int)a, 'a' + (int)b,
                          'a' + (int)c, 'a' + (int)((a + c) % 26), i % 12 == 11 ? ".\n" : " ");
    }
    return out;
}

static struct str joined(struct arena *arena, struct str a, struct str b)
{
    return arena_print(arena, "%.*s %.*s", STR_ARG(a), STR_ARG(b));
}

static struct likeness likeness_of(struct str a, struct str b, bool *same)
{
    struct sketch x, y;
    sketch_make(&x, a);
    sketch_make(&y, b);
    *same = sketch_same_text(&x, &y);
    assert_int_equal(*same, sketch_same_text(&y, &x));
    return sketch_compare(&x, &y);
}

static void copies_are_known_and_others_are_not(void **unused)
{
    (void)unused;
    struct arena arena;
    arena_init(&arena);
    struct str story = words_drawn(&arena, 1, 300), other = words_drawn(&arena, 2, 300);
    struct str tail = words_drawn(&arena, 3, 60), frame = words_drawn(&arena, 4, 500);
    struct str head = str_slice(story, 0, story.len / 2), end = str_slice(tail, 0, 100);
    const struct {
        struct str a, b;
        bool same;
        int least, most; /* alike */
    } cases[] = {
        {story, story, true, 1000, 1000},
        {story, other, false, 0, 0},
        {story, joined(&arena, story, tail), true, 700, 950},
        {story, joined(&arena, head, end), true, 300, 650},
        {story, joined(&arena, head, frame), false, 150, 350},
        {story, joined(&arena, frame, story), true, 250, 550},
        {story, joined(&arena, frame, other), false, 0, 20},
        {joined(&arena, frame, story), joined(&arena, frame, other), false, 300, 500},
        {STR("at least 12 people were killed in the city on Monday"),
         STR("at least 12 people were killed in the city on Monday"), false, 1000, 1000},
        {STR(""), STR(""), false, 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        bool same;
        struct likeness l = likeness_of(cases[i].a, cases[i].b, &same);
        if (same != cases[i].same || l.alike < cases[i].least || l.alike > cases[i].most)
            fail_msg("case %zu: alike %d, contained %d, shared %zu", i, l.alike, l.contained,
                     l.shared);
    }
    arena_release(&arena);
}

static void writing_changes_nothing(void **unused)
{
    (void)unused;
    static const struct {
        const char *a, *b;
    } pairs[] = {
        {"دست‌کم سیصد و سی و شش نفر در اعتراض‌ها کشته شده‌اند، گزارش می‌دهد كانون",
         "دستکم سیصد و سی و شش نفر در اعتراض ها کشته شده اند گزارش می دهد کانون"},
        {"At least 336 people\nhave been KILLED, a monitor said on Tuesday.",
         "at least ۳۳۶ people have been killed a monitor said on tuesday"},
        {"据人权组织统计，至少有三百三十六人被打死，其中包括五十名未成年人，组织说",
         "据人权组织统计 至少有三百三十六人被打死 其中包括五十名未成年人 组织说"},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct sketch a, b;
        sketch_make(&a, str_of(pairs[i].a));
        sketch_make(&b, str_of(pairs[i].b));
        assert_true(a.count > 0);
        assert_int_equal(sketch_compare(&a, &b).alike, 1000);
    }
}

/* So that no change of the code changes what archives hold. */
static void the_numbers_are_these(void **unused)
{
    (void)unused;
    struct sketch s;
    sketch_make(&s, STR("abcdefghijklmnopqrstuvwxyz0123"));
    assert_int_equal(s.count, 7);
    static const uint32_t expected[] = {0x1cf73b95, 0x330ecb85, 0x6466864b, 0xa0ee6055,
                                        0xaea6369a, 0xbb013223, 0xe391f448};
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_int_equal(s.numbers[i], expected[i]);
}

static void bytes_give_the_sketch_back(void **unused)
{
    (void)unused;
    struct arena arena;
    arena_init(&arena);
    struct sketch s, back;
    char bytes[SKETCH_BYTES];
    sketch_make(&s, words_drawn(&arena, 9, 80));
    size_t len = sketch_write(&s, bytes);
    assert_true(sketch_read((struct str){bytes, len}, &back));
    assert_int_equal(back.count, s.count);
    assert_memory_equal(back.numbers, s.numbers, sizeof s.numbers);
    assert_false(sketch_read((struct str){bytes, 7}, &back));
    bytes[4] = bytes[0];
    bytes[5] = bytes[1];
    bytes[6] = bytes[2];
    bytes[7] = bytes[3];
    assert_false(sketch_read((struct str){bytes, len}, &back));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_known_and_others_are_not),
        cmocka_unit_test(writing_changes_nothing),
        cmocka_unit_test(the_numbers_are_these),
        cmocka_unit_test(bytes_give_the_sketch_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
