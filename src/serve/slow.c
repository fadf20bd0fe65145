#include "serve/slow.h"

#include <pthread.h>

#include "base/mem.h"

struct work {
    slow_work *run;
    void *context;
    struct work *next;
};

struct slow {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct work *first, **last;
    bool ends;
    pthread_t threads[SLOW_THREADS];
    unsigned count;
};

/* NULL at the end */
static struct work *next_work(struct slow *slow, bool *ends)
{
    pthread_mutex_lock(&slow->lock);
    while (!slow->first && !slow->ends)
        pthread_cond_wait(&slow->changed, &slow->lock);
    struct work *work = slow->first;
    *ends = slow->ends;
    if (work) {
        slow->first = work->next;
        if (!slow->first)
            slow->last = &slow->first;
    }
    pthread_mutex_unlock(&slow->lock);
    return work;
}

static void *work_on(void *context)
{
    struct work *work;
    bool ends;
    while ((work = next_work(context, &ends))) {
        work->run(work->context, ends);
        mem_free(work);
    }
    return NULL;
}

struct slow *slow_new(unsigned threads)
{
    struct slow *slow = mem_alloc(sizeof *slow);
    pthread_mutex_init(&slow->lock, NULL);
    pthread_cond_init(&slow->changed, NULL);
    slow->last = &slow->first;
    while (slow->count < threads && slow->count < SLOW_THREADS &&
           !pthread_create(&slow->threads[slow->count], NULL, work_on, slow))
        slow->count++;
    if (slow->count)
        return slow;
    slow_free(slow);
    return NULL;
}

bool slow_take(struct slow *slow, slow_work *run, void *context)
{
    if (!slow)
        return false;
    struct work *work = mem_alloc(sizeof *work);
    *work = (struct work){.run = run, .context = context};
    pthread_mutex_lock(&slow->lock);
    bool taken = !slow->ends;
    if (taken) {
        *slow->last = work;
        slow->last = &work->next;
        pthread_cond_signal(&slow->changed);
    }
    pthread_mutex_unlock(&slow->lock);
    if (!taken)
        mem_free(work);
    return taken;
}

void slow_end(struct slow *slow)
{
    if (!slow)
        return;
    pthread_mutex_lock(&slow->lock);
    slow->ends = true;
    pthread_cond_broadcast(&slow->changed);
    pthread_mutex_unlock(&slow->lock);
    for (; slow->count; slow->count--)
        pthread_join(slow->threads[slow->count - 1], NULL);
}

void slow_free(struct slow *slow)
{
    if (!slow)
        return;
    slow_end(slow);
    pthread_cond_destroy(&slow->changed);
    pthread_mutex_destroy(&slow->lock);
    mem_free(slow);
}
