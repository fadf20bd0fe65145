#include "serve/warm.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/mem.h"

enum { PAGES = 3 };

/* What was made, and a gate behind which the maker waits in page 1 of the first round. */
struct kitchen {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct warm *warm;
    unsigned made[16];
    size_t count;
    bool open;
};

static void make(void *context, unsigned page)
{
    struct kitchen *k = context;
    pthread_mutex_lock(&k->lock);
    if (k->count < 16)
        k->made[k->count++] = page;
    pthread_cond_broadcast(&k->changed);
    while (page == 1 && !k->open)
        pthread_cond_wait(&k->changed, &k->lock);
    pthread_mutex_unlock(&k->lock);
}

static void wait_for(struct kitchen *k, size_t count)
{
    pthread_mutex_lock(&k->lock);
    while (k->count < count)
        pthread_cond_wait(&k->changed, &k->lock);
    pthread_mutex_unlock(&k->lock);
}

static void open_gate(struct kitchen *k)
{
    pthread_mutex_lock(&k->lock);
    k->open = true;
    pthread_cond_broadcast(&k->changed);
    pthread_mutex_unlock(&k->lock);
}

static struct kitchen *kitchen_new(void)
{
    struct kitchen *k = mem_alloc(sizeof *k);
    pthread_mutex_init(&k->lock, NULL);
    pthread_cond_init(&k->changed, NULL);
    k->warm = warm_new(&(struct warm_work){make, PAGES, k});
    assert_non_null(k->warm);
    return k;
}

static void kitchen_free(struct kitchen *k)
{
    pthread_cond_destroy(&k->changed);
    pthread_mutex_destroy(&k->lock);
    mem_free(k);
}

static void assert_made(const struct kitchen *k, const unsigned *pages, size_t count)
{
    assert_int_equal(k->count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(k->made[i], pages[i]);
}

static void a_change_begins_anew(void **state)
{
    static const unsigned pages[] = {0, 1, 0, 1, 2};
    struct kitchen *k = kitchen_new();
    (void)state;
    warm_ask(k->warm, 7);
    wait_for(k, 2);
    warm_ask(k->warm, 8);
    open_gate(k);
    wait_for(k, COUNT_OF(pages));
    warm_free(k->warm);
    assert_made(k, pages, COUNT_OF(pages));
    kitchen_free(k);
}

static void the_same_again_is_no_work(void **state)
{
    static const unsigned pages[] = {0, 1, 2};
    struct kitchen *k = kitchen_new();
    (void)state;
    warm_ask(NULL, 7);
    open_gate(k);
    warm_ask(k->warm, 7);
    wait_for(k, COUNT_OF(pages));
    warm_ask(k->warm, 7);
    warm_free(k->warm);
    assert_made(k, pages, COUNT_OF(pages));
    kitchen_free(k);
}

static void nothing_is_made_unasked(void **state)
{
    struct kitchen *k = kitchen_new();
    (void)state;
    warm_free(k->warm);
    assert_made(k, NULL, 0);
    kitchen_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_begins_anew),
        cmocka_unit_test(the_same_again_is_no_work),
        cmocka_unit_test(nothing_is_made_unasked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
