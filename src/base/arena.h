/* An arena: many small allocations that die together. One for each document being read. */
#ifndef GOVAH_BASE_ARENA_H
#define GOVAH_BASE_ARENA_H

#include "base/str.h"

struct arena_block;

struct arena {
    struct arena_block *last; /* newest block; the arena owns the chain */
    size_t used;              /* bytes used in the newest block */
    size_t total;             /* bytes handed out in all */
};

void arena_init(struct arena *);

/* Frees everything that came out of it; the arena may be used again. */
void arena_release(struct arena *);

/* Zeroed, aligned for any type; lives until arena_release. */
MUST_USE void *arena_alloc(struct arena *, size_t size);

/* As arena_alloc, but of whatever content: for what is written before it is read. */
MUST_USE void *arena_room(struct arena *, size_t size);

/* A copy of the bytes, NUL-terminated behind its end. */
struct str arena_copy(struct arena *, struct str);

/* printf into the arena; NUL-terminated behind its end. */
struct str arena_print(struct arena *, const char *format, ...) PRINTF_LIKE(2, 3);

/* Makes room for one more element in a growing array: returns where `*count` elements of `size`
 * bytes are, with place for another, and doubles `*room` when full. The old place stays in the
 * arena until it is released. */
MUST_USE static inline void *arena_grow(struct arena *, void *array, size_t count, size_t *room,
                                        size_t size);

MUST_USE void *arena_double(struct arena *, void *array, size_t count, size_t *room, size_t size);

static inline void *arena_grow(struct arena *a, void *array, size_t count, size_t *room,
                               size_t size)
{
    return count < *room ? array : arena_double(a, array, count, room, size);
}

#endif
