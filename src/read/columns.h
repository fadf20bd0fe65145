/* The tables of a kept text: lines of cells parted by " | ", as lists and spreadsheets become them,
 * and what their columns are.
 *
 * A table is lines that follow each other, empty ones left aside, with equally many bars. Its head
 * is the first of its HEAD_LINES first lines with a cell for names, else the first line. A column's
 * field is what the tables of languages say of the words of its head (WORD_FIELD), or what somebody
 * said who took the list in: "Gefangener ⟦name⟧" is the head "Gefangener", read as names, and
 * "Datum ⟦-⟧" a column that is not read. */
#ifndef GOVAH_READ_COLUMNS_H
#define GOVAH_READ_COLUMNS_H

#include "read/read.h"

enum { TABLE_HEAD_LINES = 20 };

struct listed_column {
    struct str head;  /* as it is written, without what was said of it */
    struct str field; /* "name", "arrested", "birth_date"...; empty: nobody knows */
    bool unread;      /* the field is known, and nothing is made of it */
    bool said;        /* by somebody, in the kept text */
    struct span at;   /* of the head's cell */
};

struct listed_table {
    size_t begin, head, rows_begin, end; /* bytes; each the beginning of a line */
    struct listed_column *columns;
    size_t count;
    size_t rows; /* below the head */
    bool named;  /* a column is one of names: the table is a list of people */
};

/* In order of the text; slices of it. */
void tables_find(const struct reader *, struct str text, struct arena *, struct listed_table **,
                 size_t *count);

/* The cells of a line, at most `room`, as ranges of the text without blanks around them. */
size_t table_cells(struct str text, size_t line, struct span *cells, size_t room);

/* The next line of a table with as many cells; *at moves behind it. False at the end. */
bool table_row_next(const struct listed_table *, struct str text, size_t *at, size_t *line);

/* ---- fields ---- */

/* All fields that data has, in byte order, and the one that words mean: its name, or the words of a
 * column's head in any language; empty for none. */
const struct str *reader_fields(const struct reader *, size_t *count);
struct str reader_field(const struct reader *, struct str words, struct arena *);

/* That a column is a field, or with "-" none. */
struct column_said {
    struct str column, field;
};

/* The text with what is said of columns in its heads. REFUSED, with the columns that there are,
 * when no table has such a column, and when there is no table. */
MUST_USE enum outcome columns_say(const struct reader *, struct str text,
                                  const struct column_said *, size_t count, struct arena *,
                                  struct str *out, struct fault *why);

#endif
