/* Comma-, semicolon-, tab- or bar-separated values (RFC 4180) from outside, whole or in pieces.
 *
 * A field may stand in double quotes, "" within them being one; a quote elsewhere is a character
 * like any other. Lines end in LF, CR LF, or CR alone where a file has no LF. Row 1 is the first.
 * What encoding the bytes have is the reader's concern, but for NUL, which no text has.
 */
#ifndef GOVAH_BASE_CSV_H
#define GOVAH_BASE_CSV_H

#include "base/buf.h"
#include "base/fault.h"

enum {
    CSV_COLUMNS = 256,
    CSV_FIELD = 1 << 20, /* bytes of the longest field */
};

struct csv_format {
    char separator, line_end;
};

/* Of the beginning of a list: the separator that its first line has most of. */
struct csv_format csv_format_of(struct str beginning);

/* Finds where rows end, over any number of pieces. */
struct csv_splitter {
    struct csv_format format;
    bool quoted, field_begins;
    size_t field; /* bytes of the field that is open */
};

void csv_splitter_init(struct csv_splitter *, struct csv_format);

/* Goes on over more bytes: *end is behind the last row that ends in them, 0 where none does. A
 * field of more than CSV_FIELD bytes is REFUSED. */
MUST_USE enum outcome csv_split(struct csv_splitter *, struct str more, size_t *end,
                                struct fault *why);

/* Rows out of whole rows. */
struct csv_rows {
    struct csv_format format;
    char *at, *end; /* what is left; quoted fields are unquoted in place */
    size_t row;     /* of the row just read, counted from its owner's first */
    size_t line;    /* in which that row begins */
    size_t ends;    /* of lines, read up to here */
};

struct csv_row {
    struct str fields[CSV_COLUMNS];
    size_t count;
};

/* The next row that is not empty, its fields trimmed; *more is false at the end. Text behind a
 * closing quote, a quote that does not close, a NUL and more than CSV_COLUMNS are REFUSED, `at`
 * being the column from 1. */
MUST_USE enum outcome csv_row_next(struct csv_rows *, struct csv_row *, bool *more,
                                   struct fault *why);

#endif
