#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static void a_buffer_takes_whole_pieces_or_none(void **state)
{
    struct buf b;
    (void)state;
    buf_init(&b, 8);
    assert_true(buf_add(&b, STR("12345678")));
    assert_false(b.full);
    assert_string_equal(b.at, "12345678");
    assert_true(buf_add(&b, STR_NONE));
    assert_false(buf_add_byte(&b, '9'));
    assert_true(b.full);
    assert_true(str_equal(buf_str(&b), STR("12345678")));
    buf_clear(&b);
    assert_false(b.full);
    assert_int_equal(b.len, 0);
    assert_string_equal(b.at, "");
    assert_true(buf_add_text(&b, "abc"));
    assert_false(buf_print(&b, "%06d", 7));
    assert_true(str_equal(buf_str(&b), STR("abc")));
    assert_true(b.full);
    buf_clear(&b);
    assert_true(buf_print(&b, "%d-%s", 527, "abcd"));
    assert_string_equal(b.at, "527-abcd");
    buf_release(&b);
    assert_int_equal(b.limit, 8);
    assert_true(buf_add(&b, STR("again")));
    buf_release(&b);
}

static void a_piece_near_the_largest_size_does_not_wrap(void **state)
{
    struct buf b;
    (void)state;
    buf_init(&b, 100);
    assert_true(buf_add(&b, STR("x")));
    assert_false(buf_add(&b, (struct str){b.at, SIZE_MAX}));
    assert_false(buf_add(&b, (struct str){b.at, SIZE_MAX - 1}));
    assert_int_equal(b.len, 1);
    buf_release(&b);
    buf_init(&b, 0);
    assert_true(buf_add(&b, STR_NONE));
    assert_false(buf_add_byte(&b, 'x'));
    buf_release(&b);
}

static void a_buffer_grows_and_keeps_what_it_has(void **state)
{
    struct buf b;
    (void)state;
    buf_init(&b, 100000);
    for (int i = 0; i < 100000; i++)
        assert_true(buf_add_byte(&b, (char)('a' + i % 26)));
    assert_false(buf_add_byte(&b, '!'));
    for (int i = 0; i < 100000; i++)
        if (b.at[i] != (char)('a' + i % 26))
            fail_msg("byte %d is another", i);
    assert_int_equal(b.at[100000], 0);
    buf_release(&b);
}

static void an_arena_gives_zeroed_aligned_memory(void **state)
{
    static const size_t sizes[] = {0, 1, 7, 16, 17, 65535, 65536, 65537, 300000, 3};
    struct arena a;
    (void)state;
    arena_init(&a);
    for (int round = 0; round < 2; round++) {
        size_t total = 0;
        for (size_t i = 0; i < COUNT_OF(sizes); i++) {
            unsigned char *got = arena_alloc(&a, sizes[i]);
            assert_int_equal((uintptr_t)got % _Alignof(max_align_t), 0);
            for (size_t k = 0; k < sizes[i]; k++)
                assert_int_equal(got[k], 0);
            memset(got, 0xAA, sizes[i]);
            total += sizes[i];
        }
        assert_true(a.total >= total);
        arena_release(&a);
        assert_int_equal(a.total, 0);
        assert_null(a.last);
    }
}

static void an_arena_copies_prints_and_grows(void **state)
{
    struct arena a;
    size_t room = 0, *array = NULL;
    (void)state;
    arena_init(&a);
    struct str copy = arena_copy(&a, STR("abc"));
    assert_memory_equal(copy.at, "abc", 4);
    assert_int_equal(arena_copy(&a, STR_NONE).len, 0);
    struct str printed = arena_print(&a, "%s %d", "line", 7);
    assert_int_equal(printed.len, 6);
    assert_string_equal(printed.at, "line 7");
    for (size_t i = 0; i < 1000; i++) {
        array = arena_grow(&a, array, i, &room, sizeof *array);
        assert_true(room > i);
        array[i] = i * i;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(array[i], i * i);
    arena_release(&a);
}

static void *wanted;

static void ask_too_much(void)
{
    struct arena a;
    arena_init(&a);
    wanted = arena_alloc(&a, SIZE_MAX - 8);
}

static void ask_for_overflow(void)
{
    wanted = mem_resize_array(NULL, SIZE_MAX / 2, 4);
}

static int status_of(void (*ask)(void))
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        ask();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void memory_that_cannot_be_ends_the_process(void **state)
{
    (void)state;
    assert_int_equal(status_of(ask_too_much), EXIT_MEMORY);
    assert_int_equal(status_of(ask_for_overflow), EXIT_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_buffer_takes_whole_pieces_or_none),
        cmocka_unit_test(a_piece_near_the_largest_size_does_not_wrap),
        cmocka_unit_test(a_buffer_grows_and_keeps_what_it_has),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(an_arena_copies_prints_and_grows),
        cmocka_unit_test(memory_that_cannot_be_ends_the_process),
    };
    return cmocka_run_group_tests_name("base memory", tests, NULL, NULL);
}
