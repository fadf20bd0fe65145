/* EDTF level 1 (ISO 8601-2): the dates of the record, Gregorian. What is kept is what was said:
 * "2022", "2022-11", "2022-11-15", "2022-09-16/2022-11-22", "2019-11-15/..", "197X", "2022?". */
#ifndef GOVAH_TEXT_EDTF_H
#define GOVAH_TEXT_EDTF_H

#include "base/fault.h"
#include "text/calendar.h"

/* Years are 0000 to 9999, without a time of day; seasons (2022-21 is spring) are those of the
 * north, and an interval with an empty side is open there. */

/* First and last day it may mean, as days since 1970-01-01; an open end is INT64_MIN or
 * INT64_MAX. REFUSED when it is not EDTF or names a day that does not exist. */
MUST_USE enum outcome edtf_range(struct str date, int64_t *first, int64_t *last, struct fault *why);

/* Whether both are dates, and have no day in common. */
bool edtf_apart(struct str, struct str);

/* The EDTF date that `written` is, or its day where a time of day follows it
 * ("2022-11-22T08:30:00+03:30" gives "2022-11-22"); empty when it is neither. A slice of it. */
struct str edtf_stated(struct str written);

/* Writes "2022-11-15" (NUL-terminated). */
void edtf_write_day(int64_t days, char out[16]);

/* The same of a day of the Gregorian calendar in the years 0 to 9999. */
void edtf_write(struct day, char out[16]);

#endif
