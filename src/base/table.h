/* Tab-separated tables of data/: UTF-8, a header row, no quoting; lines that begin with '#' and
 * empty lines are comments. No cell holds a control character or begins or ends with a blank. */
#ifndef GOVAH_BASE_TABLE_H
#define GOVAH_BASE_TABLE_H

#include "base/data.h"
#include "base/fault.h"

enum { TABLE_COLUMNS_LIMIT = 16 };

struct table {
    const struct data_file *file;
    const char *folder; /* before its path in faults: "data/", or nothing */
    struct str rest;
    struct str names[TABLE_COLUMNS_LIMIT];
    size_t columns;
    size_t line; /* of the current row, from 1 */
};

struct row {
    struct str cells[TABLE_COLUMNS_LIMIT]; /* missing cells at the end are empty */
};

/* Reads the header and checks that it is exactly `expected` (names joined by one space).
 * Faults name the file and the line. */
MUST_USE enum outcome table_open(struct table *, const char *path, const char *expected,
                                 struct fault *why);

/* The same for a file that is at hand. */
MUST_USE enum outcome table_open_file(struct table *, const struct data_file *,
                                      const char *expected, struct fault *why);

/* The same for a file from outside, whose path is one of its own. */
MUST_USE enum outcome table_open_outside(struct table *, const struct data_file *,
                                         const char *expected, struct fault *why);

/* The next row; *more is false at the end. A row with more cells than columns is REFUSED, and a
 * cell that is no text. */
MUST_USE enum outcome table_next(struct table *, struct row *, bool *more, struct fault *why);

/* A fault about the current row: "data/PATH, line N: ...". */
enum outcome table_refuse(const struct table *, struct fault *why, const char *what,
                          struct str cell);

#endif
