/* Calendar expressions: "14 June 2021", «۲۴ آبان ۱۴۰۱», "last week", and the EDTF dates they mean.
 *
 * The words of all languages are data/lang/CODE/dates.tsv (columns: kind, value, forms; the kinds
 * are in date_lexicon.c). A text may mix languages, calendars and digits. Linear in the text.
 *
 * What is missing in an expression comes from the nearest date heading before it (a full date that
 * stands on a line nearly alone), else from the document's date, else from the first heading, the
 * nearest full date or the copyright year; a year also from a full date shortly before in the same
 * paragraph. Weekdays, "yesterday" and the like need the document's own day or a heading (or, but
 * for weekdays, a full date before them in the paragraph). What none of these resolves is
 * "unresolved". A Gregorian day-month under a Jalali year ("June 14, 1400") is a Gregorian day of
 * that Jalali year: never the year 1400 AD. Jalali and Islamic months, seasons and years become
 * intervals of Gregorian days. */
#ifndef GOVAH_READ_DATE_H
#define GOVAH_READ_DATE_H

#include "base/arena.h"
#include "base/fault.h"
#include "read/read.h"
#include "read/token.h"

struct date_lexicon;

/* Reads every lang/CODE/dates.tsv of data/. Faults name the file and the line. The caller owns *out
 * (date_lexicon_free); it is read-only and may be shared. */
MUST_USE enum outcome date_lexicon_new(struct date_lexicon **out, struct fault *why);
void date_lexicon_free(struct date_lexicon *);

struct date_context {
    struct str published; /* EDTF, of any precision, or empty */
};

/* The expressions of `text` (valid or not, any bytes), in order of their place and not overlapping;
 * one that is repeated comes out each time. A quote holds the expression and nothing else that
 * matters: neither white space around it nor a preposition. All memory is the arena's. `words` are
 * the text's tokens, which save looking at its words again and change nothing, or NULL. */
void dates_find(const struct date_lexicon *, struct str text, const struct tokens *words,
                const struct date_context *, struct arena *, struct date_mention **out,
                size_t *count);

/* "GENEVA (6 May 2024) – ": whether the date stands behind a place at the opening of the text or
 * behind an empty line, and a dash behind it; then it is the day of the report. */
bool date_is_dateline(struct str text, struct span date);

#endif
