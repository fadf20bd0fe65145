#include "base/mem.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

_Noreturn void mem_exhausted(size_t wanted)
{
    char line[96];
    int len = snprintf(line, sizeof line, "govah: out of memory (%zu bytes wanted)\n", wanted);
    if (len > 0 && write(STDERR_FILENO, line, (size_t)len) < 0)
        _exit(EXIT_MEMORY);
    _exit(EXIT_MEMORY);
}

void *mem_alloc(size_t size)
{
    void *got = calloc(1, size ? size : 1);
    if (!got)
        mem_exhausted(size);
    return got;
}

void *mem_alloc_table(size_t size)
{
    enum { LINE = 64, LARGE_PAGE = 2 * 1024 * 1024 };
    size_t alignment = size < LARGE_PAGE ? LINE : LARGE_PAGE;
    size_t whole = (size + alignment - 1) / alignment * alignment;
    void *got = whole < size ? NULL : aligned_alloc(alignment, whole ? whole : alignment);
    if (!got)
        mem_exhausted(size);
    if (alignment == LARGE_PAGE)
        (void)madvise(got, whole, MADV_HUGEPAGE);
    return memset(got, 0, whole);
}

void *mem_resize(void *old, size_t size)
{
    void *got = realloc(old, size ? size : 1);
    if (!got)
        mem_exhausted(size);
    return got;
}

void *mem_resize_array(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        mem_exhausted(SIZE_MAX);
    return mem_resize(old, count * size);
}

void mem_keep_freed(void)
{
    enum { KEPT = 32 * 1024 * 1024, LARGE = 1024 * 1024 };
    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_MMAP_THRESHOLD, LARGE);
}

void mem_free(void *old)
{
    free(old);
}

_Noreturn void bug_at(const char *file, int line, const char *text)
{
    fprintf(stderr, "govah: bug at %s:%d: %s\n", file, line, text);
    abort();
}
