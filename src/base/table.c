#include "base/table.h"

#include "base/json.h"

enum outcome table_refuse(const struct table *t, struct fault *why, const char *what,
                          struct str cell)
{
    return refuse_at(why, REFUSED, t->line, "%s%s, line %zu: %s \"%.*s\"", t->folder, t->file->path,
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

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static enum outcome check_cell(const struct table *t, struct str cell, struct fault *why)
{
    if (!json_is_text(cell))
        return refuse_at(why, REFUSED, t->line, "%s%s, line %zu: not UTF-8", t->folder,
                         t->file->path, t->line);
    for (size_t i = 0; i < cell.len; i++)
        if ((unsigned char)cell.at[i] < ' ' || cell.at[i] == 0x7F)
            return table_refuse(t, why, "a control character in", cell);
    if (cell.len && (is_blank(cell.at[0]) || is_blank(cell.at[cell.len - 1])))
        return table_refuse(t, why, "a blank at an end of", cell);
    return OK;
}

static enum outcome check_cells(const struct table *t, const struct str *cells, size_t count,
                                struct fault *why)
{
    enum outcome result = OK;
    for (size_t i = 0; i < count && result == OK; i++)
        result = check_cell(t, cells[i], why);
    return result;
}

enum outcome table_open(struct table *t, const char *path, const char *expected, struct fault *why)
{
    const struct data_file *file = data_find(path);
    if (!file)
        return refuse(why, NOT_FOUND, "data/%s is missing", path);
    return table_open_file(t, file, expected, why);
}

static enum outcome open_header(struct table *t, const char *expected, struct fault *why)
{
    t->rest = t->file->bytes;
    struct str line, cells[TABLE_COLUMNS_LIMIT + 1], name, wanted = str_of(expected);
    if (!next_line(t, &line))
        return table_refuse(t, why, "no header row; expected", wanted);
    t->columns = split(line, cells);
    if (t->columns > TABLE_COLUMNS_LIMIT)
        return table_refuse(t, why, "more columns than", STR("16"));
    enum outcome result = check_cells(t, cells, t->columns, why);
    if (result != OK)
        return result;
    memcpy(t->names, cells, sizeof t->names);
    size_t known = 0;
    for (; str_cut(&wanted, ' ', &name); known++)
        if (known >= t->columns || !str_equal(t->names[known], name))
            return table_refuse(t, why, "the header lacks the column", name);
    if (known < t->columns)
        return table_refuse(t, why, "an unknown column", t->names[known]);
    return OK;
}

enum outcome table_open_file(struct table *t, const struct data_file *file, const char *expected,
                             struct fault *why)
{
    *t = (struct table){.file = file, .folder = "data/"};
    return open_header(t, expected, why);
}

enum outcome table_open_outside(struct table *t, const struct data_file *file, const char *expected,
                                struct fault *why)
{
    *t = (struct table){.file = file, .folder = ""};
    return open_header(t, expected, why);
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
    return check_cells(t, cells, count, why);
}
