#include "match/share_int.h"

#include <pthread.h>

#include "match/block.h"

struct share {
    share_work *work;
    void *context;
    size_t mine, of;
};

static void *share_run(void *context)
{
    struct share *s = context;
    s->work(s->context, s->mine, s->of);
    return NULL;
}

void shares_run(size_t threads, share_work *work, void *context)
{
    struct share shares[BLOCK_THREADS] = {{work, context, 0, threads}};
    pthread_t others[BLOCK_THREADS];
    for (size_t i = 1; i < threads; i++) {
        shares[i] = (struct share){work, context, i, threads};
        if (pthread_create(&others[i], NULL, share_run, &shares[i]))
            bug("a thread that cannot be started");
    }
    share_run(&shares[0]);
    for (size_t i = 1; i < threads; i++)
        pthread_join(others[i], NULL);
}
