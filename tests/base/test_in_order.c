#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "base/in_order.h"

enum { PIECES = 4000 };

static uint64_t pieces[PIECES];

/* longer for some than for others */
static void count_down(void *context, void *piece)
{
    uint64_t *number = piece, sum = 0;
    (void)context;
    for (uint64_t i = 0; i < *number % 7 * 1000; i++)
        sum += i ^ *number;
    *number = sum + *number;
}

static void begin_numbers(void)
{
    for (size_t i = 0; i < PIECES; i++)
        pieces[i] = i * 31;
}

static void assert_in_order(size_t threads)
{
    struct in_order *all = in_order_new(threads, count_down, NULL);
    size_t taken = 0;
    begin_numbers();
    assert_null(in_order_take(all));
    for (size_t i = 0; i < PIECES; i++) {
        if (!in_order_has_room(all))
            assert_ptr_equal(in_order_take(all), &pieces[taken++]);
        in_order_add(all, &pieces[i]);
    }
    assert_int_equal(in_order_count(all), PIECES - taken);
    while (taken < PIECES)
        assert_ptr_equal(in_order_take(all), &pieces[taken++]);
    assert_null(in_order_take(all));
    in_order_free(all);
    for (size_t i = 0; i < PIECES; i++) {
        uint64_t wanted = i * 31;
        count_down(NULL, &wanted);
        assert_int_equal(pieces[i], wanted);
    }
}

static void pieces_come_back_done_and_in_order(void **state)
{
    (void)state;
    assert_in_order(1);
    assert_in_order(2);
    assert_in_order(IN_ORDER_THREADS);
}

/* nobody goes on before two are at it */
static void meet(void *context, void *piece)
{
    (void)piece;
    pthread_barrier_wait(context);
}

static void two_threads_work_at_the_same_time(void **state)
{
    (void)state;
    pthread_barrier_t both;
    pthread_barrier_init(&both, NULL, 2);
    struct in_order *all = in_order_new(2, meet, &both);
    in_order_add(all, &pieces[0]);
    in_order_add(all, &pieces[1]);
    assert_ptr_equal(in_order_take(all), &pieces[0]);
    assert_ptr_equal(in_order_take(all), &pieces[1]);
    in_order_free(all);
    pthread_barrier_destroy(&both);
}

static void what_is_given_up_comes_back(void **state)
{
    (void)state;
    for (size_t threads = 1; threads <= 3; threads++) {
        struct in_order *all = in_order_new(threads, count_down, NULL);
        begin_numbers();
        for (size_t i = 0; in_order_has_room(all); i++)
            in_order_add(all, &pieces[i]);
        for (size_t i = 0; i < threads * IN_ORDER_AHEAD; i++)
            assert_ptr_equal(in_order_cancel(all), &pieces[i]);
        assert_null(in_order_cancel(all));
        in_order_free(all);
    }
    in_order_free(NULL);
}

static void there_is_a_processor(void **state)
{
    (void)state;
    assert_in_range(in_order_processors(), 1, IN_ORDER_THREADS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_come_back_done_and_in_order),
        cmocka_unit_test(two_threads_work_at_the_same_time),
        cmocka_unit_test(what_is_given_up_comes_back),
        cmocka_unit_test(there_is_a_processor),
    };
    return cmocka_run_group_tests_name("base in order", tests, NULL, NULL);
}
