#include "tables.h"

#include "base/file.h"

struct overlap table_of(const char *name, struct arena *arena)
{
    struct overlap *tables;
    struct fault why;
    struct buf bytes;
    size_t count;
    char path[200];
    buf_init(&bytes, 1 << 20);
    snprintf(path, sizeof path, "examples/overlap/%s.csv", name);
    if (file_read(path, 1 << 20, &bytes, &why) != OK ||
        overlap_read(arena_copy(arena, buf_str(&bytes)), &(struct overlap_columns){0}, arena,
                     &tables, &count, &why) != OK ||
        count != 1)
        bug(why.text);
    buf_release(&bytes);
    return tables[0];
}
