#include "estimate/overlap.h"

#include "estimate/overlap_int.h"

static uint32_t all_lists(const struct overlap *o)
{
    return (UINT32_C(1) << o->lists) - 1;
}

int64_t overlap_margin(const struct overlap *o, uint32_t lists)
{
    int64_t sum = 0;
    for (size_t i = 0; i < o->cells_count; i++)
        if ((o->cells[i].lists & lists) == lists)
            sum += o->cells[i].count;
    return sum;
}

double *overlap_counts(const struct overlap *o, struct arena *arena)
{
    double *counts = arena_alloc(arena, sizeof *counts << o->lists);
    for (size_t i = 0; i < o->cells_count; i++)
        counts[o->cells[i].lists] = (double)o->cells[i].count;
    return counts;
}

struct str overlap_name(const struct overlap *o, uint32_t lists, struct arena *arena)
{
    struct str name = STR("");
    for (size_t i = 0; i < o->lists; i++)
        if (lists >> i & 1)
            name = name.len ? arena_print(arena, "%.*s × %.*s", STR_ARG(name), STR_ARG(o->names[i]))
                            : o->names[i];
    return name;
}

/* The bits of `lists` that stand in `kept`, moved together. */
static uint32_t squeeze(uint32_t lists, uint32_t kept)
{
    uint32_t out = 0;
    size_t to = 0;
    for (size_t i = 0; i < 32; i++)
        if (kept >> i & 1)
            out |= (lists >> i & 1) << to++;
    return out;
}

struct overlap overlap_keep(const struct overlap *o, uint32_t kept, struct arena *arena)
{
    struct overlap part = {.stratum = o->stratum};
    part.names = arena_alloc(arena, o->lists * sizeof *part.names);
    for (size_t i = 0; i < o->lists; i++)
        if (kept >> i & 1)
            part.names[part.lists++] = o->names[i];
    int64_t *counts = arena_alloc(arena, sizeof *counts << part.lists);
    for (size_t i = 0; i < o->cells_count; i++)
        counts[squeeze(o->cells[i].lists, kept)] += o->cells[i].count;
    overlap_fill(&part, counts, arena);
    return part;
}

void overlap_fill(struct overlap *o, const int64_t *counts, struct arena *arena)
{
    size_t sets = (size_t)1 << o->lists;
    o->cells = arena_alloc(arena, sets * sizeof *o->cells);
    o->cells_count = 0;
    o->total = 0;
    for (uint32_t set = 1; set < sets; set++) {
        if (!counts[set])
            continue;
        o->cells[o->cells_count++] = (struct overlap_cell){set, counts[set]};
        o->total += counts[set];
    }
}

struct overlap overlap_without_empty(const struct overlap *o, struct arena *arena)
{
    uint32_t kept = 0;
    for (size_t i = 0; i < o->cells_count; i++)
        kept |= o->cells[i].lists;
    return kept == all_lists(o) ? *o : overlap_keep(o, kept, arena);
}
