/* Records that pairs connect, found by several threads at once: a forest in which every record
 * points at a smaller one of its tree, and roots at themselves. Which trees there are in the end
 * does not depend on the order in which pairs came. */
#ifndef GOVAH_MATCH_UNION_INT_H
#define GOVAH_MATCH_UNION_INT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

static inline uint32_t *union_singles(size_t count)
{
    uint32_t *parents = mem_resize_array(NULL, count + 1, sizeof *parents);
    for (size_t i = 0; i < count; i++)
        parents[i] = (uint32_t)i;
    return parents;
}

static inline uint32_t union_root(uint32_t *parents, uint32_t record)
{
    for (;;) {
        uint32_t parent = __atomic_load_n(&parents[record], __ATOMIC_RELAXED);
        uint32_t above = __atomic_load_n(&parents[parent], __ATOMIC_RELAXED);
        if (parent == record || above == parent)
            return parent;
        /* whatever others did meanwhile, `above` is of the same tree and smaller */
        __atomic_store_n(&parents[record], above, __ATOMIC_RELAXED);
        record = above;
    }
}

/* Whether they were of two trees. */
static inline bool union_join(uint32_t *parents, uint32_t left, uint32_t right)
{
    for (;;) {
        uint32_t a = union_root(parents, left), b = union_root(parents, right);
        if (a == b)
            return false;
        uint32_t smaller = a < b ? a : b, larger = a < b ? b : a;
        if (__atomic_compare_exchange_n(&parents[larger], &(uint32_t){larger}, smaller, false,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            return true;
    }
}

#endif
