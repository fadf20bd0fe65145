/* The cells of a sheet, while it is read, and the lines that they become.
 *
 * A sheet is a part of the kept text: its name on a line of its own, and then each row on the line
 * of its number, so that a quote's row is the number of line feeds between the sheet's beginning
 * and the quote. Parts are parted by one form feed; sheets without a cell that says something are
 * left out. Rows are as of "csv/1" (delimited_int.h), each with as many cells as the widest; rows
 * above the first that has two cells with words, which are titles and no table, have no bars. What
 * stands in cells that are joined over several rows is said in each of these rows, in the first
 * column of the join, as it is shown beside them. */
#ifndef GOVAH_INTAKE_GRID_INT_H
#define GOVAH_INTAKE_GRID_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"

enum {
    GRID_ROWS = 1 << 20,
    GRID_COLUMNS = 256,
    GRID_CELLS = 4000000,
    GRID_JOINS = 1 << 16,
};

struct grid_cell {
    uint32_t row, column; /* from 0 */
    struct str text;      /* borrowed; words at its beginning and end */
};

struct grid_join {
    uint32_t row, column, last_row;
};

enum grid_fault { GRID_SOUND, GRID_TOO_LARGE, GRID_TOO_WIDE, GRID_UNORDERED };

struct grid {
    struct grid_cell *cells;
    size_t count, room;
    struct grid_join *joins;
    size_t joins_count, joins_room;
    enum grid_fault fault; /* the first; nothing is taken after it */
    size_t hidden_rows;    /* that say something */
    uint32_t first_hidden;
    size_t hidden_columns;
};

void grid_init(struct grid *);
void grid_release(struct grid *);

/* A cell to the right of, or below, the one before; without words it is nothing. */
void grid_put(struct grid *, uint32_t row, uint32_t column, struct str text);

/* Cells that are one, from this one down to a row. */
void grid_join(struct grid *, uint32_t row, uint32_t column, uint32_t last_row);

/* The rows from this one on, which were put last, are not shown. */
void grid_hide(struct grid *, uint32_t row, uint32_t rows);

/* Appends the part; nothing for a grid without words. REFUSED for one with a fault; `book` is what
 * the file is called. */
MUST_USE enum outcome grid_write(struct grid *, const char *book, struct str sheet, struct buf *out,
                                 struct fault *why);

#endif
