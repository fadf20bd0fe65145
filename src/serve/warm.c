#include "serve/warm.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/mem.h"

struct warm {
    struct warm_work work;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t asked_for;
    atomic_uint_least64_t asked; /* written under the lock */
    uint64_t begun;
    bool ends;
};

/* false at the end */
static bool wait_for_work(struct warm *warm)
{
    pthread_mutex_lock(&warm->lock);
    while (!warm->ends && warm->begun == atomic_load(&warm->asked))
        pthread_cond_wait(&warm->asked_for, &warm->lock);
    warm->begun = atomic_load(&warm->asked);
    bool ends = warm->ends;
    pthread_mutex_unlock(&warm->lock);
    return !ends;
}

static bool is_interrupted(struct warm *warm)
{
    pthread_mutex_lock(&warm->lock);
    bool interrupted = warm->ends || warm->begun != atomic_load(&warm->asked);
    pthread_mutex_unlock(&warm->lock);
    return interrupted;
}

static void *run(void *context)
{
    struct warm *warm = context;
    while (wait_for_work(warm))
        for (unsigned i = 0; i < warm->work.pages && !is_interrupted(warm); i++)
            warm->work.make(warm->work.context, i);
    return NULL;
}

struct warm *warm_new(const struct warm_work *work)
{
    struct warm *warm = mem_alloc(sizeof *warm);
    warm->work = *work;
    pthread_mutex_init(&warm->lock, NULL);
    pthread_cond_init(&warm->asked_for, NULL);
    if (!pthread_create(&warm->thread, NULL, run, warm))
        return warm;
    pthread_cond_destroy(&warm->asked_for);
    pthread_mutex_destroy(&warm->lock);
    mem_free(warm);
    return NULL;
}

void warm_ask(struct warm *warm, uint64_t number)
{
    if (!warm || atomic_load(&warm->asked) == number)
        return;
    pthread_mutex_lock(&warm->lock);
    atomic_store(&warm->asked, number);
    pthread_cond_signal(&warm->asked_for);
    pthread_mutex_unlock(&warm->lock);
}

void warm_free(struct warm *warm)
{
    if (!warm)
        return;
    pthread_mutex_lock(&warm->lock);
    warm->ends = true;
    pthread_cond_signal(&warm->asked_for);
    pthread_mutex_unlock(&warm->lock);
    pthread_join(warm->thread, NULL);
    pthread_cond_destroy(&warm->asked_for);
    pthread_mutex_destroy(&warm->lock);
    mem_free(warm);
}
