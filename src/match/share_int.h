/* One piece of work shared out among threads. */
#ifndef GOVAH_MATCH_SHARE_INT_H
#define GOVAH_MATCH_SHARE_INT_H

#include <stddef.h>

/* Does the part `mine` of `of` parts. */
typedef void share_work(void *context, size_t mine, size_t of);

/* Runs all parts, one in this thread, and comes back when all are done; `threads` at most
 * BLOCK_THREADS. */
void shares_run(size_t threads, share_work *, void *context);

/* Where the part begins of `count` things in a row. */
static inline size_t share_begin(size_t count, size_t mine, size_t of)
{
    return count / of * mine + (mine < count % of ? mine : count % of);
}

#endif
