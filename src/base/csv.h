/* Comma-separated values (RFC 4180) from outside, one record after the other.
 *
 * Records end with LF or CRLF, the last one perhaps with nothing; a cell in double quotes may hold
 * commas, line breaks and doubled quotes. A byte order mark at the start and empty lines are passed
 * over. The separator is a comma, or else the semicolon or the tab that the first line has. */
#ifndef GOVAH_BASE_CSV_H
#define GOVAH_BASE_CSV_H

#include "base/arena.h"
#include "base/fault.h"

enum { CSV_COLUMNS_LIMIT = 1024 };

struct csv {
    struct str rest; /* what was not read yet */
    size_t line;     /* where the current record begins, from 1 */
    size_t next;     /* where the next one begins */
    char separator;
};

struct csv_record {
    struct str *cells; /* with quotes taken away; nothing else is trimmed */
    size_t count, room;
};

/* The bytes outlive the reader. REFUSED when they are not UTF-8 or hold a NUL. */
MUST_USE enum outcome csv_open(struct csv *, struct str bytes, struct fault *why);

/* The next record into *record, whose array is used again; cells lie in the bytes or in the arena.
 * *more is false at the end. REFUSED, naming the line: a quote that is not closed, bytes behind a
 * closing quote, a quote inside a cell that is not quoted, more than CSV_COLUMNS_LIMIT cells. */
MUST_USE enum outcome csv_next(struct csv *, struct arena *, struct csv_record *, bool *more,
                               struct fault *why);

#endif
