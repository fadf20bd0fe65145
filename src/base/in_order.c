#include "base/in_order.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>

enum stage { STAGE_ADDED, STAGE_BEGUN, STAGE_DONE };

struct place {
    void *piece;
    enum stage stage; /* under the lock */
    size_t weight;
};

struct in_order {
    in_order_work *work;
    void *context;
    in_order_weigh *weigh; /* or NULL */
    size_t bound;
    struct place *places; /* a ring */
    size_t places_count;
    size_t first, count; /* under the lock; changed by the caller's thread alone */
    size_t weight;       /* under the lock: of those that are done */
    bool over;           /* under the lock */
    pthread_mutex_t lock;
    pthread_cond_t added, done;
    pthread_t workers[IN_ORDER_THREADS];
    size_t workers_count;
};

size_t in_order_processors_within(size_t limit)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set))
        return 1;
    size_t count = (size_t)CPU_COUNT(&set);
    return count < limit ? count : limit;
}

size_t in_order_processors(void)
{
    return in_order_processors_within(IN_ORDER_THREADS);
}

static struct place *place_at(struct in_order *all, size_t i)
{
    return &all->places[(all->first + i) % all->places_count];
}

/* with the lock: the first that nobody has begun, or NULL */
static struct place *claim(struct in_order *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (place_at(all, i)->stage == STAGE_ADDED) {
            place_at(all, i)->stage = STAGE_BEGUN;
            return place_at(all, i);
        }
    return NULL;
}

/* with the lock, which it gives up for as long as it works */
static void work_on(struct in_order *all, struct place *p)
{
    pthread_mutex_unlock(&all->lock);
    all->work(all->context, p->piece);
    pthread_mutex_lock(&all->lock);
    p->stage = STAGE_DONE;
    if (all->weigh)
        p->weight = all->weigh(p->piece);
    all->weight += p->weight;
    pthread_cond_signal(&all->done);
}

static void *run(void *context)
{
    struct in_order *all = context;
    pthread_mutex_lock(&all->lock);
    while (!all->over) {
        struct place *p = all->weight < all->bound ? claim(all) : NULL;
        if (p)
            work_on(all, p);
        else
            pthread_cond_wait(&all->added, &all->lock);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

struct in_order *in_order_with_places(size_t places, in_order_work *work, void *context)
{
    struct in_order *all = mem_alloc(sizeof *all);
    all->work = work;
    all->context = context;
    all->bound = SIZE_MAX;
    all->places_count = places;
    all->places = mem_alloc(places * sizeof *all->places);
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->added, NULL);
    pthread_cond_init(&all->done, NULL);
    return all;
}

void in_order_start(struct in_order *all, size_t threads)
{
    while (all->workers_count + 1 < threads &&
           pthread_create(&all->workers[all->workers_count], NULL, run, all) == 0)
        all->workers_count++;
}

struct in_order *in_order_new(size_t threads, in_order_work *work, void *context)
{
    struct in_order *all = in_order_with_places(threads * IN_ORDER_AHEAD, work, context);
    in_order_start(all, threads);
    return all;
}

void in_order_bound(struct in_order *all, size_t bound, in_order_weigh *weigh)
{
    all->bound = bound;
    all->weigh = weigh;
}

size_t in_order_count(const struct in_order *all)
{
    return all->count;
}

bool in_order_has_room(const struct in_order *all)
{
    return all->count < all->places_count;
}

void in_order_add(struct in_order *all, void *piece)
{
    if (!in_order_has_room(all))
        bug("more pieces of work than places");
    pthread_mutex_lock(&all->lock);
    *place_at(all, all->count) = (struct place){.piece = piece};
    all->count++;
    pthread_cond_signal(&all->added);
    pthread_mutex_unlock(&all->lock);
}

/* with the lock */
static void *forget_first(struct in_order *all)
{
    struct place *first = place_at(all, 0);
    if (all->weight >= all->bound)
        pthread_cond_broadcast(&all->added);
    all->weight -= first->weight;
    all->first = (all->first + 1) % all->places_count;
    all->count--;
    return first->piece;
}

/* with the lock, which it gives up meanwhile */
static void finish_first(struct in_order *all)
{
    while (all->count && place_at(all, 0)->stage != STAGE_DONE) {
        struct place *p = claim(all);
        if (p)
            work_on(all, p);
        else
            pthread_cond_wait(&all->done, &all->lock);
    }
}

void *in_order_first(struct in_order *all)
{
    pthread_mutex_lock(&all->lock);
    finish_first(all);
    void *piece = all->count ? place_at(all, 0)->piece : NULL;
    pthread_mutex_unlock(&all->lock);
    return piece;
}

void *in_order_take(struct in_order *all)
{
    pthread_mutex_lock(&all->lock);
    finish_first(all);
    void *piece = all->count ? forget_first(all) : NULL;
    pthread_mutex_unlock(&all->lock);
    return piece;
}

void *in_order_cancel(struct in_order *all)
{
    pthread_mutex_lock(&all->lock);
    all->over = true;
    while (all->count && place_at(all, 0)->stage == STAGE_BEGUN)
        pthread_cond_wait(&all->done, &all->lock);
    void *piece = all->count ? forget_first(all) : NULL;
    pthread_mutex_unlock(&all->lock);
    return piece;
}

void in_order_free(struct in_order *all)
{
    if (!all)
        return;
    if (all->count)
        bug("work that nobody took back");
    pthread_mutex_lock(&all->lock);
    all->over = true;
    pthread_cond_broadcast(&all->added);
    pthread_mutex_unlock(&all->lock);
    for (size_t i = 0; i < all->workers_count; i++)
        pthread_join(all->workers[i], NULL);
    pthread_cond_destroy(&all->done);
    pthread_cond_destroy(&all->added);
    pthread_mutex_destroy(&all->lock);
    mem_free(all->places);
    mem_free(all);
}
