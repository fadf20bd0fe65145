/* Workbooks -> text: "xlsx/2" (Office Open XML, ECMA-376) and "ods/2" (OpenDocument 1.3).
 *
 * Each sheet with words is a part (grid_int.h). A cell is what it says: a text as it is written
 * (so does a Jalali date that is written as text), without the runs that only tell how it is
 * pronounced; TRUE or FALSE; a formula's value as it was last reckoned, never the formula; a number
 * in up to 15 digits. A number that is shown as a date or a time is one, in the Gregorian calendar
 * and as exact as it is shown: "2022-10-16", "2022-10", "2022", "14:30", "2022-10-16 14:30"; the
 * day 60 of the system of 1900, which never was (ECMA-376, 18.17.4.1), stays a number. In an ODS a
 * date before 1700, which is a Jalali one that was taken for another, is as it is shown.
 * Notes and shapes are left out. What is hidden is read, and said in `doubt`. */
#ifndef GOVAH_INTAKE_WORKBOOK_INT_H
#define GOVAH_INTAKE_WORKBOOK_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"

enum workbook_format { WORKBOOK_XLSX, WORKBOOK_ODS };

/* "an Excel table", "an OpenDocument table": for faults. */
const char *workbook_name(enum workbook_format);

struct workbook {
    struct str text;
    struct str doubt; /* one line of what is hidden; or empty */
};

/* In the arena. REFUSED, with one line, for what is encrypted, cut short or not what it says. */
MUST_USE enum outcome workbook_read(struct arena *, enum workbook_format, struct str bytes,
                                    struct workbook *, struct fault *why);

/* The answer of the child, and the reverse, for bytes that may come from a child that was taken
 * over: REFUSED unless they are valid UTF-8 without control characters other than line feeds and
 * form feeds. Slices of it. */
void workbook_write(const struct workbook *, struct buf *);
MUST_USE enum outcome workbook_parse(struct str bytes, struct workbook *, struct fault *why);

/* The child's whole life: enters the sandbox, reads descriptor 0, writes descriptor 1. */
_Noreturn void workbook_child(enum workbook_format);

#endif
