#include "base/table.h"

enum outcome table_refuse(const struct table *t, struct fault *why, const char *what,
                          struct str cell)
{
    return refuse_at(why, REFUSED, t->line, "data/%s, line %zu: %s \"%.*s\"", t->file->path,
                     t->line, what, STR_ARG(cell));
}

static bool next_line(struct table *t, struct str *line)
{
    while (str_cut(&t->rest, '\n', line)) {
        t->line++;
        if (line->len && line->at[line->len - 1] == '\r')
            line->len--;
        if (line->len && line->at[0] != '#')
            return true;
    }
    return false;
}

static size_t split(struct str line, struct str cells[TABLE_COLUMNS_LIMIT + 1])
{
    size_t count = 0;
    struct str cell;
    while (count <= TABLE_COLUMNS_LIMIT && str_cut(&line, '\t', &cell))
        cells[count++] = cell;
    return count;
}

enum outcome table_open(struct table *t, const char *path, const char *expected, struct fault *why)
{
    const struct data_file *file = data_find(path);
    if (!file)
        return refuse(why, NOT_FOUND, "data/%s is missing", path);
    return table_open_file(t, file, expected, why);
}

enum outcome table_open_file(struct table *t, const struct data_file *file, const char *expected,
                             struct fault *why)
{
    *t = (struct table){.file = file};
    t->rest = t->file->bytes;
    struct str line, cells[TABLE_COLUMNS_LIMIT + 1], name, wanted = str_of(expected);
    if (!next_line(t, &line))
        return table_refuse(t, why, "no header row; expected", wanted);
    t->columns = split(line, cells);
    if (t->columns > TABLE_COLUMNS_LIMIT)
        return table_refuse(t, why, "more columns than", STR("16"));
    memcpy(t->names, cells, sizeof t->names);
    for (size_t i = 0; str_cut(&wanted, ' ', &name); i++)
        if (i >= t->columns || !str_equal(t->names[i], name))
            return table_refuse(t, why, "the header lacks the column", name);
    return OK;
}

enum outcome table_next(struct table *t, struct row *row, bool *more, struct fault *why)
{
    struct str line, cells[TABLE_COLUMNS_LIMIT + 1];
    *row = (struct row){0};
    *more = next_line(t, &line);
    if (!*more)
        return OK;
    size_t count = split(line, cells);
    if (count > t->columns)
        return table_refuse(t, why, "more cells than columns:", line);
    memcpy(row->cells, cells, count * sizeof cells[0]);
    return OK;
}
