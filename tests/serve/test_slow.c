#include "serve/slow.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { WORKS = 500 };

struct book {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int begun[WORKS], count, ended;
    bool open; /* what waits at the gate goes on */
    int at_gate;
};

struct task {
    struct book *book;
    int number;
};

static struct book book_new(void)
{
    return (struct book){.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
}

static void note(void *context, bool ends)
{
    struct task *task = context;
    pthread_mutex_lock(&task->book->lock);
    task->book->begun[task->book->count++] = task->number;
    task->book->ended += ends;
    pthread_mutex_unlock(&task->book->lock);
}

static void stand_at_gate(void *context, bool ends)
{
    struct book *book = context;
    (void)ends;
    pthread_mutex_lock(&book->lock);
    book->at_gate++;
    pthread_cond_broadcast(&book->changed);
    while (!book->open)
        pthread_cond_wait(&book->changed, &book->lock);
    pthread_mutex_unlock(&book->lock);
}

static void await_gate(struct book *book, int number)
{
    pthread_mutex_lock(&book->lock);
    while (book->at_gate < number)
        pthread_cond_wait(&book->changed, &book->lock);
    pthread_mutex_unlock(&book->lock);
}

static void open_gate(struct book *book)
{
    pthread_mutex_lock(&book->lock);
    book->open = true;
    pthread_cond_broadcast(&book->changed);
    pthread_mutex_unlock(&book->lock);
}

static void one_thread_keeps_the_order(void **state)
{
    (void)state;
    static struct task tasks[WORKS];
    struct book book = book_new();
    struct slow *slow = slow_new(1);
    for (int i = 0; i < WORKS; i++) {
        tasks[i] = (struct task){&book, i};
        assert_true(slow_take(slow, note, &tasks[i]));
    }
    slow_end(slow);
    assert_int_equal(book.count, WORKS);
    for (int i = 0; i < WORKS; i++)
        assert_int_equal(book.begun[i], i);
    slow_free(slow);
}

/* One is held up, the other thread goes on. */
static void long_work_holds_up_one_thread_alone(void **state)
{
    (void)state;
    struct book gate = book_new(), book = book_new();
    struct task task = {&book, 7};
    struct slow *slow = slow_new(2);
    assert_true(slow_take(slow, stand_at_gate, &gate));
    await_gate(&gate, 1);
    assert_true(slow_take(slow, note, &task));
    assert_true(slow_take(slow, stand_at_gate, &gate));
    await_gate(&gate, 2);
    assert_int_equal(book.count, 1);
    open_gate(&gate);
    slow_free(slow);
}

static void pass(void *context, bool ends)
{
    (void)context, (void)ends;
}

static void *end(void *context)
{
    slow_end(context);
    return NULL;
}

/* What was not begun is told so. */
static void the_end_waits_for_what_was_taken(void **state)
{
    (void)state;
    pthread_t ending;
    struct book gate = book_new(), book = book_new();
    struct task task = {&book, 1};
    struct slow *slow = slow_new(1);
    assert_true(slow_take(slow, stand_at_gate, &gate));
    assert_true(slow_take(slow, note, &task));
    await_gate(&gate, 1);
    assert_int_equal(pthread_create(&ending, NULL, end, slow), 0);
    while (slow_take(slow, pass, NULL))
        sched_yield();
    assert_int_equal(book.count, 0);
    open_gate(&gate);
    assert_int_equal(pthread_join(ending, NULL), 0);
    assert_int_equal(book.count, 1);
    assert_int_equal(book.ended, 1);
    assert_false(slow_take(slow, note, &task));
    assert_int_equal(book.count, 1);
    slow_free(slow);
    assert_false(slow_take(NULL, note, &task));
    slow_end(NULL);
    slow_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_thread_keeps_the_order),
        cmocka_unit_test(long_work_holds_up_one_thread_alone),
        cmocka_unit_test(the_end_waits_for_what_was_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
