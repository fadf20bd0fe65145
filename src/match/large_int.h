/* Memory that is looked at here and there: in large pages where the kernel has them, because the
 * tables that find small ones do not fit the processor. */
#ifndef GOVAH_MATCH_LARGE_INT_H
#define GOVAH_MATCH_LARGE_INT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

/* Of memory that was just allocated and not yet written; a wish that may fail. */
static inline void large_pages(void *at, size_t size)
{
    const uintptr_t page = 4096;
    uintptr_t from = ((uintptr_t)at + page - 1) / page * page, to = (uintptr_t)at + size;
    if (size >= 4u << 20 && to > from)
        (void)!madvise((void *)from, (to - from) / page * page, MADV_HUGEPAGE);
}

#endif
