/* Open archives for the threads that show pages. An archive is used by one thread at a time; it is
 * opened for reading when there is none free, and kept. */
#ifndef GOVAH_SERVE_POOL_H
#define GOVAH_SERVE_POOL_H

#include "store/archive.h"

struct pool;

/* Which archive, and how it is opened. What it points to outlives what is made with it; the key is
 * copied into memory that is not swapped out. */
struct pool_source {
    const char *dir;
    const struct master_key *key;
    const struct archive_reader *reader;
};

/* The caller owns it (pool_free, when no thread has an archive of it any more). */
MUST_USE struct pool *pool_new(const struct pool_source *);
void pool_free(struct pool *);

/* An archive for reading, until pool_give. *generation is the pool's own count of how often the
 * record was seen to change: what is made from the archive from then on may be shown again as long
 * as the count stays. */
MUST_USE enum outcome pool_take(struct pool *, struct archive **, uint64_t *generation,
                                struct fault *why);
void pool_give(struct pool *, struct archive *);

/* The one archive for writing, opened for this decision alone, so that other programs can write in
 * between: BUSY, and who holds it, when one does. Waits while another thread has it. */
MUST_USE enum outcome pool_take_writer(struct pool *, struct archive **, struct fault *why);
void pool_give_writer(struct pool *, struct archive *);

#endif
