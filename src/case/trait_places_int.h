/* Where what is known of a trait stands, by the trait's number: asked for each trait of everybody.
 */
#ifndef GOVAH_CASE_TRAIT_PLACES_INT_H
#define GOVAH_CASE_TRAIT_PLACES_INT_H

#include <stdint.h>

#include "base/arena.h"

struct trait_place {
    int64_t id; /* 0: free */
    size_t at;
};

struct trait_places {
    struct trait_place *all; /* a hash table */
    size_t room;
};

static inline struct trait_places trait_places_new(struct arena *arena, size_t count)
{
    struct trait_places out = {NULL, 64};
    while (out.room < 2 * count)
        out.room *= 2;
    out.all = arena_alloc(arena, out.room * sizeof *out.all);
    return out;
}

/* The place of the number, or the free one where it would stand. */
INLINED struct trait_place *trait_place(const struct trait_places *places, int64_t id)
{
    size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (places->room - 1);
    while (places->all[at].id && places->all[at].id != id)
        at = (at + 1) & (places->room - 1);
    return &places->all[at];
}

#endif
