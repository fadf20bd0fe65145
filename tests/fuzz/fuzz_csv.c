/* Rows of a list: in pieces and as a whole they end in the same places, and no field has a NUL. */
#include "base/csv.h"
#include "fuzz.h"

static size_t end_in_pieces(struct str bytes, struct csv_format format, size_t size)
{
    struct csv_splitter s;
    struct fault why;
    size_t end, last = 0;
    csv_splitter_init(&s, format);
    for (size_t at = 0; at < bytes.len; at += size) {
        if (csv_split(&s, str_slice(bytes, at, at + size), &end, &why))
            return SIZE_MAX;
        last = end ? at + end : last;
    }
    return last;
}

static void rows_read(struct str bytes, struct csv_format format, struct arena *arena)
{
    struct str copy = arena_copy(arena, bytes);
    char *at = (char *)(uintptr_t)copy.at;
    struct csv_rows rows = {.format = format, .at = at, .end = at + copy.len};
    struct csv_row *row = arena_alloc(arena, sizeof *row);
    struct fault why;
    bool more = true;
    enum outcome outcome = OK;
    while (!outcome && more) {
        outcome = csv_row_next(&rows, row, &more, &why);
        must_be_said(outcome, &why);
        for (size_t i = 0; !outcome && more && i < row->count; i++)
            MUST(!row->fields[i].len || !memchr(row->fields[i].at, 0, row->fields[i].len));
    }
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct csv_format format = csv_format_of(bytes);
    MUST(end_in_pieces(bytes, format, bytes.len + 1) == end_in_pieces(bytes, format, 7));
    rows_read(bytes, format, arena);
}
