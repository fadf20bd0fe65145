/* What the readers of XLSX and of ODS share: sheet by sheet into one text. */
#ifndef GOVAH_INTAKE_BOOK_INT_H
#define GOVAH_INTAKE_BOOK_INT_H

#include "base/buf.h"
#include "intake/grid_int.h"
#include "intake/package_int.h"
#include "intake/workbook_int.h"

struct book {
    struct package package;
    struct arena *arena;
    struct buf text, doubt;
};

MUST_USE enum outcome xlsx_read(struct book *, struct fault *why);
MUST_USE enum outcome ods_read(struct book *, struct fault *why);

/* A sheet's name, one line. In the arena. */
struct str book_name(struct arena *, struct str name);

/* Ends a sheet: its part of the text, and what of it is hidden. */
MUST_USE enum outcome book_sheet(struct book *, struct grid *, struct str name, bool hidden,
                                 struct fault *why);

/* How a number is shown. */
struct shown {
    bool year, month, day, time;
};

/* By a format's code (ECMA-376, 18.8.31), or one of those that every file has by its number. */
struct shown shown_by_code(struct str code);
struct shown shown_by_number(int64_t number);

/* A number that stands for a day and a time of it, as it is shown; empty when it is no such number.
 * Day 0 is 1904-01-01 or, else, day 1 is 1900-01-01. */
struct str shown_date(struct arena *, double number, struct shown, bool since_1904);

/* A number in up to 15 digits; the same text where it has no more of them. */
struct str shown_number(struct arena *, struct str number);

#endif
