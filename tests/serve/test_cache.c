#include "serve/cache.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct hash key_of(int number)
{
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    return hash_of(str_of(text));
}

static struct answer *page_of(int number, size_t size)
{
    struct buf html;
    buf_init(&html, 1 << 20);
    buf_print(&html, "%d ", number);
    while (html.len < size)
        buf_add_byte(&html, 'x');
    return answer_new(&html);
}

/* 'f'ound or 'm'ade */
static char ask(struct cache *cache, int number, size_t size)
{
    struct hash key = key_of(number);
    struct answer *answer = cache_begin(cache, &key);
    char how = answer ? 'f' : 'm';
    char wanted[16];
    if (!answer) {
        answer = page_of(number, size);
        cache_end(cache, &key, answer);
    }
    snprintf(wanted, sizeof wanted, "%d ", number);
    assert_true(str_starts(answer_bytes(answer), str_of(wanted)));
    answer_release(answer);
    return how;
}

static void a_page_is_found_again(void **state)
{
    (void)state;
    struct cache *cache = cache_new(1000);
    assert_int_equal(ask(cache, 1, 100), 'm');
    assert_int_equal(ask(cache, 1, 100), 'f');
    assert_int_equal(ask(cache, 2, 100), 'm');
    assert_int_equal(ask(cache, 1, 100), 'f');
    cache_free(cache);
}

static void the_longest_unasked_goes_first(void **state)
{
    (void)state;
    struct cache *cache = cache_new(1000);
    for (int i = 0; i < 5; i++)
        ask(cache, i, 200);
    assert_int_equal(ask(cache, 0, 200), 'f');
    assert_int_equal(ask(cache, 5, 200), 'm');
    assert_int_equal(ask(cache, 0, 200), 'f');
    assert_int_equal(ask(cache, 1, 200), 'm');
    cache_free(cache);
}

static void what_is_large_is_not_kept(void **state)
{
    (void)state;
    struct cache *cache = cache_new(1000);
    ask(cache, 1, 100);
    assert_int_equal(ask(cache, 2, 251), 'm');
    assert_int_equal(ask(cache, 2, 251), 'm');
    assert_int_equal(ask(cache, 1, 100), 'f');
    cache_free(cache);
}

static void many_small_pages_fit_in_turn(void **state)
{
    (void)state;
    struct cache *cache = cache_new(1 << 20);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(ask(cache, i, 10), 'm');
    assert_int_equal(ask(cache, 9999, 10), 'f');
    assert_int_equal(ask(cache, 0, 10), 'm');
    cache_free(cache);
}

static void a_page_outlives_its_place(void **state)
{
    (void)state;
    struct cache *cache = cache_new(1000);
    struct hash key = key_of(1);
    assert_null(cache_begin(cache, &key));
    struct answer *held = page_of(1, 200);
    cache_end(cache, &key, held);
    for (int i = 2; i < 20; i++)
        ask(cache, i, 200);
    cache_free(cache);
    assert_int_equal(answer_bytes(held).len, 200);
    answer_release(held);
}

static void a_page_that_failed_is_made_again(void **state)
{
    (void)state;
    struct cache *cache = cache_new(1000);
    struct hash key = key_of(1);
    assert_null(cache_begin(cache, &key));
    cache_end(cache, &key, NULL);
    assert_int_equal(ask(cache, 1, 10), 'm');
    assert_int_equal(ask(cache, 1, 10), 'f');
    cache_free(cache);
}

/* ---- several at once ---- */

enum { THREADS = 8, ROUNDS = 2000, PAGES = 40 };

static atomic_int made;

static void *ask_often(void *context)
{
    for (int i = 0; i < ROUNDS; i++)
        if (ask(context, (i * 7) % PAGES, 100) == 'm')
            atomic_fetch_add(&made, 1);
    return NULL;
}

static void each_page_is_made_once_for_all(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    struct cache *cache = cache_new(1 << 20);
    atomic_store(&made, 0);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, cache), 0);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&made), PAGES);
    cache_free(cache);
}

static void *take(void *context)
{
    struct cache *cache = context;
    struct hash key = key_of(1);
    return cache_begin(cache, &key);
}

static void those_who_wait_get_a_page_that_is_not_kept(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    struct cache *cache = cache_new(1 << 20);
    struct hash key = key_of(1);
    assert_null(cache_begin(cache, &key));
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, take, cache), 0);
    while (cache_waiting(cache, &key) < THREADS)
        sched_yield();
    struct answer *page = page_of(1, 100);
    cache_pass(cache, &key, page);
    for (size_t i = 0; i < THREADS; i++) {
        void *got;
        assert_int_equal(pthread_join(threads[i], &got), 0);
        assert_ptr_equal(got, page);
        answer_release(got);
    }
    answer_release(page);
    assert_null(cache_begin(cache, &key));
    page = page_of(1, 100);
    cache_pass(cache, &key, page);
    answer_release(page);
    assert_int_equal(ask(cache, 1, 10), 'm');
    assert_int_equal(ask(cache, 1, 10), 'f');
    cache_free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_found_again),
        cmocka_unit_test(the_longest_unasked_goes_first),
        cmocka_unit_test(what_is_large_is_not_kept),
        cmocka_unit_test(many_small_pages_fit_in_turn),
        cmocka_unit_test(a_page_outlives_its_place),
        cmocka_unit_test(a_page_that_failed_is_made_again),
        cmocka_unit_test(each_page_is_made_once_for_all),
        cmocka_unit_test(those_who_wait_get_a_page_that_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
