/* The arena that the tests of one program share; arena_begin and arena_end are what cmocka's groups
 * want to set up and take down. */
#ifndef GOVAH_TESTS_BASE_ARENA_GROUP_H
#define GOVAH_TESTS_BASE_ARENA_GROUP_H

#include "base/arena.h"

static struct arena arena;

static inline int arena_begin(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static inline int arena_end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

#endif
