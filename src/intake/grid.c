#include "intake/grid_int.h"

#include <stdlib.h>

#include "intake/delimited_int.h"

void grid_init(struct grid *g)
{
    *g = (struct grid){0};
}

void grid_release(struct grid *g)
{
    mem_free(g->cells);
    mem_free(g->joins);
    *g = (struct grid){0};
}

static void flag(struct grid *g, enum grid_fault fault)
{
    if (g->fault == GRID_SOUND)
        g->fault = fault;
}

static void cell_add(struct grid *g, struct grid_cell cell)
{
    if (g->count == GRID_CELLS) {
        flag(g, GRID_TOO_LARGE);
        return;
    }
    if (g->count == g->room) {
        g->room = g->room ? 2 * g->room : 1024;
        g->cells = mem_resize_array(g->cells, g->room, sizeof *g->cells);
    }
    g->cells[g->count++] = cell;
}

void grid_put(struct grid *g, uint32_t row, uint32_t column, struct str text)
{
    const struct grid_cell *last = g->count ? &g->cells[g->count - 1] : NULL;
    text = str_trim(text);
    if (!text.len || g->fault != GRID_SOUND)
        return;
    if (row >= GRID_ROWS)
        flag(g, GRID_TOO_LARGE);
    else if (column >= GRID_COLUMNS)
        flag(g, GRID_TOO_WIDE);
    else if (last && (row < last->row || (row == last->row && column <= last->column)))
        flag(g, GRID_UNORDERED);
    else
        cell_add(g, (struct grid_cell){row, column, text});
}

void grid_join(struct grid *g, uint32_t row, uint32_t column, uint32_t last_row)
{
    if (last_row <= row || last_row >= GRID_ROWS || column >= GRID_COLUMNS)
        return;
    if (g->joins_count == GRID_JOINS) {
        flag(g, GRID_TOO_LARGE);
        return;
    }
    if (g->joins_count == g->joins_room) {
        g->joins_room = g->joins_room ? 2 * g->joins_room : 64;
        g->joins = mem_resize_array(g->joins, g->joins_room, sizeof *g->joins);
    }
    g->joins[g->joins_count++] = (struct grid_join){row, column, last_row};
}

void grid_hide(struct grid *g, uint32_t row, uint32_t rows)
{
    if (!g->count || g->cells[g->count - 1].row < row)
        return;
    if (!g->hidden_rows)
        g->first_hidden = row;
    g->hidden_rows += rows;
}

/* ---- joined cells ---- */

static int compare_cells(const void *left, const void *right)
{
    const struct grid_cell *a = left, *b = right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return 0;
}

static int compare_filled(const void *left, const void *right)
{
    const struct grid_cell *a = left, *b = right;
    int order = compare_cells(a, b);
    return order ? order : str_compare(a->text, b->text);
}

/* among the first `count`, which are in order */
static const struct grid_cell *cell_at(const struct grid *g, size_t count, uint32_t row,
                                       uint32_t column)
{
    struct grid_cell wanted = {.row = row, .column = column};
    return count ? bsearch(&wanted, g->cells, count, sizeof *g->cells, compare_cells) : NULL;
}

static void joins_fill(struct grid *g)
{
    size_t own = g->count;
    uint32_t last_row = own ? g->cells[own - 1].row : 0;
    for (size_t i = 0; i < g->joins_count && g->fault == GRID_SOUND; i++) {
        const struct grid_join *j = &g->joins[i];
        const struct grid_cell *cell = cell_at(g, own, j->row, j->column);
        struct str text = cell ? cell->text : STR_NONE;
        uint32_t end = j->last_row < last_row ? j->last_row : last_row;
        for (uint32_t row = j->row + 1; text.len && row <= end && g->fault == GRID_SOUND; row++)
            if (!cell_at(g, own, row, j->column))
                cell_add(g, (struct grid_cell){row, j->column, text});
    }
    if (g->count > own)
        qsort(g->cells, g->count, sizeof *g->cells, compare_filled);
}

/* ---- lines ---- */

/* the cells of the row at `first` */
static size_t row_end(const struct grid *g, size_t first)
{
    size_t end = first + 1;
    while (end < g->count && g->cells[end].row == g->cells[first].row)
        end++;
    return end;
}

/* the first cell of the first row with two of them */
static size_t table_begin(const struct grid *g)
{
    size_t first = 0;
    for (size_t end; first < g->count; first = end) {
        end = row_end(g, first);
        if (end > first + 1)
            break;
    }
    return first;
}

static uint32_t width_of(const struct grid *g, size_t first)
{
    uint32_t width = 0;
    for (size_t i = first; i < g->count; i++)
        if (g->cells[i].column >= width)
            width = g->cells[i].column + 1;
    return width;
}

/* two joins may reach over one cell: the first of them has it */
static void row_write(const struct grid *g, size_t first, size_t end, uint32_t width,
                      struct buf *out)
{
    uint32_t column = 0;
    for (size_t i = first; i < end; i++) {
        if (i > first && g->cells[i].column == g->cells[i - 1].column)
            continue;
        for (; width && column < g->cells[i].column; column++)
            buf_add_text(out, " | ");
        delimited_cell(out, g->cells[i].text);
    }
    for (; width && column + 1 < width; column++)
        buf_add_text(out, " | ");
}

static void rows_write(const struct grid *g, struct buf *out)
{
    size_t table = table_begin(g);
    uint32_t width = width_of(g, table), row = 0;
    for (size_t i = 0, end; i < g->count && !out->full; i = end) {
        end = row_end(g, i);
        for (; row < g->cells[i].row; row++)
            buf_add_byte(out, '\n');
        row_write(g, i, end, i < table ? 0 : width, out);
    }
    buf_add_byte(out, '\n');
}

static enum outcome grid_check(const struct grid *g, const char *book, struct str sheet,
                               struct fault *why)
{
    switch (g->fault) {
    case GRID_TOO_LARGE:
        return refuse(why, REFUSED, "%s whose sheet \"%.*s\" has more than %d cells or %d rows",
                      book, STR_ARG(sheet), GRID_CELLS, GRID_ROWS);
    case GRID_TOO_WIDE:
        return refuse(why, REFUSED, "%s whose sheet \"%.*s\" has more than %d columns", book,
                      STR_ARG(sheet), GRID_COLUMNS);
    case GRID_UNORDERED:
        return refuse(why, REFUSED,
                      "%s that is damaged: the cells of sheet \"%.*s\" are not in order", book,
                      STR_ARG(sheet));
    case GRID_SOUND:
        break;
    }
    return OK;
}

enum outcome grid_write(struct grid *g, const char *book, struct str sheet, struct buf *out,
                        struct fault *why)
{
    joins_fill(g);
    enum outcome result = grid_check(g, book, sheet, why);
    if (result != OK || !g->count)
        return result;
    if (out->len)
        buf_add_byte(out, '\f');
    buf_add(out, sheet);
    buf_add_byte(out, '\n');
    rows_write(g, out);
    return out->full ? refuse(why, REFUSED, "%s that unfolds into more than %zu bytes of text",
                              book, out->limit)
                     : OK;
}
