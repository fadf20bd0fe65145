#include "publish/marks_int.h"

#include <stdlib.h>

#include "case/decided.h"

/* of the ranges that reach over a piece, their indexes in order */
struct open_ranges {
    size_t *at;
    size_t count;
};

static int offset_order(const void *a, const void *b)
{
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    return left < right ? -1 : left > right;
}

static size_t clip(size_t offset, struct span part)
{
    return offset < part.from ? part.from : offset > part.to ? part.to : offset;
}

static size_t *offsets_of(struct span part, const struct marked *marks, size_t count,
                          struct arena *arena)
{
    size_t *offsets = arena_alloc(arena, (2 * count + 2) * sizeof *offsets);
    offsets[0] = part.from;
    offsets[1] = part.to;
    for (size_t i = 0; i < count; i++) {
        offsets[2 + 2 * i] = clip(marks[i].at.from, part);
        offsets[3 + 2 * i] = clip(marks[i].at.to, part);
    }
    qsort(offsets, 2 * count + 2, sizeof *offsets, offset_order);
    return offsets;
}

static int urgency(const struct marked *m)
{
    if (m->undecided)
        return 3;
    return m->state == VIEW_PROPOSED ? 2 : m->state == VIEW_ACCEPTED ? 1 : 0;
}

static void write_piece(struct buf *out, struct str piece, size_t end, const struct marked *marks,
                        const struct open_ranges *open)
{
    const struct marked *chief = NULL;
    bool numbered = false, doubted = false, named = false;
    for (size_t i = 0; i < open->count; i++) {
        const struct marked *m = &marks[open->at[i]];
        doubted = doubted || m->finding;
        named = named || m->named;
        if (!m->finding && !m->named && (!chief || urgency(m) > urgency(chief)))
            chief = m;
    }
    if (!chief && !doubted && !named) {
        out_text(out, piece);
        return;
    }
    OUT(out, "<mark class=\"{}{}{}\"",
        chief ? str_of(state_word(chief->state, chief->undecided)) : STR_NONE,
        !doubted ? STR_NONE
        : chief  ? STR(" doubted")
                 : STR("doubted"),
        !named             ? STR_NONE
        : chief || doubted ? STR(" named")
                           : STR("named"));
    for (size_t i = 0; i < open->count; i++) {
        const struct marked *m = &marks[open->at[i]];
        if (m->at.to != end || !m->number.len)
            continue;
        out_raw(out, numbered ? " " : " data-number=\"");
        out_text(out, m->number);
        numbered = true;
    }
    out_raw(out, numbered ? "\">" : ">");
    out_text(out, piece);
    out_raw(out, "</mark>");
}

void marks_write(struct buf *out, struct str text, struct span part, const struct marked *marks,
                 size_t count, struct arena *arena)
{
    struct open_ranges open = {arena_alloc(arena, (count + 1) * sizeof *open.at), 0};
    const size_t *offsets = offsets_of(part, marks, count, arena);
    size_t next = 0;
    for (size_t i = 0; i + 1 < 2 * count + 2; i++) {
        size_t from = offsets[i], to = offsets[i + 1], kept = 0;
        if (from == to)
            continue;
        while (next < count && marks[next].at.from <= from)
            open.at[open.count++] = next++;
        for (size_t k = 0; k < open.count; k++)
            if (marks[open.at[k]].at.to > from)
                open.at[kept++] = open.at[k];
        open.count = kept;
        write_piece(out, str_slice(text, from, to), to, marks, &open);
    }
}
