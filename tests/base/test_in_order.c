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

static void *work_nothing(void *context)
{
    return context;
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

/* a stack that no memory has room for */
static void thread_that_cannot_be_started_is_one_fewer(void **state)
{
    (void)state;
    pthread_attr_t usual, huge;
    pthread_t none;
    assert_int_equal(pthread_getattr_default_np(&usual), 0);
    assert_int_equal(pthread_attr_init(&huge), 0);
    assert_int_equal(pthread_attr_setstacksize(&huge, (size_t)1 << 50), 0);
    assert_int_equal(pthread_setattr_default_np(&huge), 0);
    int refused = pthread_create(&none, NULL, work_nothing, NULL);
    assert_in_order(3);
    assert_int_equal(pthread_setattr_default_np(&usual), 0);
    assert_int_not_equal(refused, 0);
    pthread_attr_destroy(&huge);
    pthread_attr_destroy(&usual);
}

static void first_keeps_its_place(void **state)
{
    (void)state;
    struct in_order *all = in_order_with_places(1, count_down, NULL);
    begin_numbers();
    assert_null(in_order_first(all));
    in_order_add(all, &pieces[6]);
    assert_ptr_equal(in_order_first(all), &pieces[6]);
    uint64_t done = pieces[6];
    assert_int_not_equal(done, 6 * 31);
    assert_false(in_order_has_room(all));
    assert_ptr_equal(in_order_first(all), &pieces[6]);
    assert_ptr_equal(in_order_take(all), &pieces[6]);
    assert_int_equal(pieces[6], done);
    assert_true(in_order_has_room(all));
    in_order_free(all);
}

static void ring_goes_round_places_that_are_no_multiple(void **state)
{
    (void)state;
    size_t taken = 0;
    struct in_order *all = in_order_with_places(5, count_down, NULL);
    begin_numbers();
    for (size_t i = 0; i < PIECES; i++) {
        if (i == 11)
            in_order_start(all, 4);
        if (!in_order_has_room(all))
            assert_ptr_equal(in_order_take(all), &pieces[taken++]);
        in_order_add(all, &pieces[i]);
        assert_in_range(in_order_count(all), 1, 5);
    }
    while (taken < PIECES)
        assert_ptr_equal(in_order_take(all), &pieces[taken++]);
    in_order_free(all);
}

static struct {
    pthread_t first_thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool by_first[6];
    size_t done, weighed;
} noted = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

/* the oldest is done after those that follow it */
static void note_who(void *context, void *piece)
{
    size_t i = (size_t)((uint64_t *)piece - pieces), *others = context;
    pthread_mutex_lock(&noted.lock);
    while (i == 0 && noted.done < *others)
        pthread_cond_wait(&noted.changed, &noted.lock);
    noted.by_first[i] = pthread_equal(pthread_self(), noted.first_thread);
    noted.done++;
    pthread_cond_broadcast(&noted.changed);
    pthread_mutex_unlock(&noted.lock);
}

static size_t note_heavy(const void *piece)
{
    (void)piece;
    pthread_mutex_lock(&noted.lock);
    noted.weighed++;
    pthread_cond_broadcast(&noted.changed);
    pthread_mutex_unlock(&noted.lock);
    return 20;
}

static void wait_until(const size_t *count, size_t wanted)
{
    pthread_mutex_lock(&noted.lock);
    while (*count < wanted)
        pthread_cond_wait(&noted.changed, &noted.lock);
    pthread_mutex_unlock(&noted.lock);
}

static struct in_order *begin_heavy(size_t *others, size_t count, size_t threads)
{
    struct in_order *all = in_order_with_places(6, note_who, others);
    noted.first_thread = pthread_self();
    noted.done = noted.weighed = 0;
    in_order_bound(all, 11, note_heavy);
    for (size_t i = 0; i < count; i++)
        in_order_add(all, &pieces[i]);
    in_order_start(all, threads);
    wait_until(&noted.weighed, 1);
    return all;
}

/* one of two others is at the oldest, the other has done the second */
static void other_threads_stop_at_the_bound(void **state)
{
    (void)state;
    size_t others = 5;
    struct in_order *all = begin_heavy(&others, 6, 3);
    for (size_t i = 0; i < 6; i++)
        assert_ptr_equal(in_order_take(all), &pieces[i]);
    in_order_free(all);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(noted.by_first[i], i >= 2);
}

static void other_threads_go_on_below_the_bound(void **state)
{
    (void)state;
    size_t others = 0;
    struct in_order *all = begin_heavy(&others, 2, 2);
    assert_ptr_equal(in_order_first(all), &pieces[0]);
    assert_int_equal(in_order_count(all), 2);
    assert_ptr_equal(in_order_take(all), &pieces[0]);
    wait_until(&noted.done, 2);
    assert_ptr_equal(in_order_take(all), &pieces[1]);
    in_order_free(all);
    assert_false(noted.by_first[0]);
    assert_false(noted.by_first[1]);
}

static void giving_up_leaves_pieces_untouched(void **state)
{
    (void)state;
    size_t others = 0;
    struct in_order *all = begin_heavy(&others, 4, 2);
    for (size_t i = 0; i < 4; i++)
        assert_ptr_equal(in_order_cancel(all), &pieces[i]);
    assert_null(in_order_cancel(all));
    in_order_free(all);
    assert_int_equal(noted.done, 1);
}

static void there_is_a_processor(void **state)
{
    (void)state;
    assert_int_equal(in_order_processors_within(1), 1);
    assert_in_range(in_order_processors(), 1, IN_ORDER_THREADS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_come_back_done_and_in_order),
        cmocka_unit_test(two_threads_work_at_the_same_time),
        cmocka_unit_test(what_is_given_up_comes_back),
        cmocka_unit_test(thread_that_cannot_be_started_is_one_fewer),
        cmocka_unit_test(first_keeps_its_place),
        cmocka_unit_test(ring_goes_round_places_that_are_no_multiple),
        cmocka_unit_test(other_threads_stop_at_the_bound),
        cmocka_unit_test(other_threads_go_on_below_the_bound),
        cmocka_unit_test(giving_up_leaves_pieces_untouched),
        cmocka_unit_test(there_is_a_processor),
    };
    return cmocka_run_group_tests_name("base in order", tests, NULL, NULL);
}
