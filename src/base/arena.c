#include "base/arena.h"

#include <stdarg.h>

struct arena_block {
    struct arena_block *before;
    size_t size;
    max_align_t bytes[];
};

enum { BLOCK_SIZE = 64 * 1024, ALIGNMENT = sizeof(max_align_t) };

void arena_init(struct arena *a)
{
    *a = (struct arena){0};
}

void arena_release(struct arena *a)
{
    struct arena_block *block = a->last;
    while (block) {
        struct arena_block *before = block->before;
        mem_free(block);
        block = before;
    }
    arena_init(a);
}

void *arena_room(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        mem_exhausted(size);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!a->last || a->last->size - a->used < size) {
        size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        struct arena_block *block = mem_resize(NULL, sizeof *block + room);
        block->before = a->last;
        block->size = room;
        a->last = block;
        a->used = 0;
    }
    void *got = (char *)a->last->bytes + a->used;
    a->used += size;
    a->total += size;
    return got;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *got = arena_room(a, size);
    return memset(got, 0, size);
}

struct str arena_copy(struct arena *a, struct str s)
{
    char *copy = arena_room(a, s.len + 1);
    if (s.len)
        memcpy(copy, s.at, s.len);
    copy[s.len] = '\0';
    return (struct str){copy, s.len};
}

/* Most texts fit into what the block has left, and are printed only once. */
struct str arena_print(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t left = a->last ? a->last->size - a->used : 0;
    char *text = left ? (char *)a->last->bytes + a->used : NULL;
    int len = vsnprintf(text, left, format, args);
    va_end(args);
    if (len < 0)
        bug("a format that cannot be printed");
    bool fits = (size_t)len < left;
    text = arena_room(a, (size_t)len + 1);
    if (!fits)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return (struct str){text, (size_t)len};
}

void *arena_double(struct arena *a, void *array, size_t count, size_t *room, size_t size)
{
    size_t wanted = *room ? *room * 2 : 16;
    if (wanted > SIZE_MAX / 2 / size)
        mem_exhausted(SIZE_MAX);
    char *grown = arena_room(a, wanted * size);
    if (count)
        memcpy(grown, array, count * size);
    memset(grown + count * size, 0, (wanted - count) * size);
    *room = wanted;
    return grown;
}
