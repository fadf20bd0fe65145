#include <pthread.h>
#include <sched.h>

#include "store/telling_int.h"

/* As in reading_ahead.c: what the first thread waits for and nobody has begun, it tells itself. */

enum { AHEAD = 16, WORKERS_LIMIT = 3 };

enum stage { STAGE_FOUND, STAGE_TELLING, STAGE_TOLD };

struct place {
    struct telling telling;
    enum stage stage; /* under the lock */
};

struct telling_ahead {
    struct place places[AHEAD]; /* a ring */
    size_t first, count;        /* under the lock; changed by the first thread alone */
    bool over;
    pthread_mutex_t lock;
    pthread_cond_t found, told;
    pthread_t workers[WORKERS_LIMIT];
    size_t workers_count;
};

static struct place *place_at(struct telling_ahead *t, size_t i)
{
    return &t->places[(t->first + i) % AHEAD];
}

/* with the lock: the first that nobody tells, or NULL */
static struct place *claim(struct telling_ahead *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (place_at(t, i)->stage == STAGE_FOUND) {
            place_at(t, i)->stage = STAGE_TELLING;
            return place_at(t, i);
        }
    return NULL;
}

/* with the lock, which it gives up for as long as it tells */
static void tell_claimed(struct telling_ahead *t, struct place *p)
{
    pthread_mutex_unlock(&t->lock);
    stays_tell(&p->telling.about, &p->telling.arena, &p->telling.told);
    pthread_mutex_lock(&t->lock);
    p->stage = STAGE_TOLD;
    pthread_cond_signal(&t->told);
}

static void *work(void *context)
{
    struct telling_ahead *t = context;
    pthread_mutex_lock(&t->lock);
    while (!t->over) {
        struct place *p = claim(t);
        if (p)
            tell_claimed(t, p);
        else
            pthread_cond_wait(&t->found, &t->lock);
    }
    pthread_mutex_unlock(&t->lock);
    return NULL;
}

static size_t further_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set))
        return 0;
    size_t count = (size_t)CPU_COUNT(&set) - 1;
    return count < WORKERS_LIMIT ? count : WORKERS_LIMIT;
}

struct telling_ahead *telling_ahead_begin(void)
{
    struct telling_ahead *t = mem_alloc(sizeof *t);
    size_t wanted = further_processors();
    for (size_t i = 0; i < AHEAD; i++)
        arena_init(&t->places[i].telling.arena);
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->found, NULL);
    pthread_cond_init(&t->told, NULL);
    while (t->workers_count < wanted &&
           pthread_create(&t->workers[t->workers_count], NULL, work, t) == 0)
        t->workers_count++;
    return t;
}

void telling_ahead_end(struct telling_ahead *t)
{
    if (!t)
        return;
    pthread_mutex_lock(&t->lock);
    t->over = true;
    pthread_cond_broadcast(&t->found);
    pthread_mutex_unlock(&t->lock);
    for (size_t i = 0; i < t->workers_count; i++)
        pthread_join(t->workers[i], NULL);
    for (size_t i = 0; i < AHEAD; i++)
        arena_release(&t->places[i].telling.arena);
    pthread_cond_destroy(&t->told);
    pthread_cond_destroy(&t->found);
    pthread_mutex_destroy(&t->lock);
    mem_free(t);
}

struct telling *telling_ahead_place(struct telling_ahead *t)
{
    if (t->count == AHEAD)
        return NULL;
    struct telling *one = &place_at(t, t->count)->telling;
    *one = (struct telling){.arena = one->arena};
    return one;
}

void telling_ahead_add(struct telling_ahead *t)
{
    pthread_mutex_lock(&t->lock);
    place_at(t, t->count)->stage = STAGE_FOUND;
    t->count++;
    pthread_cond_signal(&t->found);
    pthread_mutex_unlock(&t->lock);
}

struct telling *telling_ahead_first(struct telling_ahead *t)
{
    if (!t->count)
        return NULL;
    pthread_mutex_lock(&t->lock);
    while (place_at(t, 0)->stage != STAGE_TOLD) {
        struct place *p = claim(t);
        if (p)
            tell_claimed(t, p);
        else
            pthread_cond_wait(&t->told, &t->lock);
    }
    pthread_mutex_unlock(&t->lock);
    return &place_at(t, 0)->telling;
}

void telling_ahead_forget(struct telling_ahead *t)
{
    arena_release(&place_at(t, 0)->telling.arena);
    pthread_mutex_lock(&t->lock);
    t->first = (t->first + 1) % AHEAD;
    t->count--;
    pthread_mutex_unlock(&t->lock);
}
