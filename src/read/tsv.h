/* A reading as four tables: figures.tsv, people.tsv, dates.tsv and events.tsv, tab-separated with a
 * header row. In a cell a newline is written \n, a tab \t, a backslash \\. The columns:
 *
 *   figures  doc quote value_low value_high bound what event source since until place subset_of
 *   people   doc mention canonical kind role
 *   dates    doc quote iso calendar
 *   events   doc person event date place detail quote
 *
 * `until` is the end of the period, or else the as-of date; `canonical` repeats the mention. The
 * same expression with the same date stands once for a document. */
#ifndef GOVAH_READ_TSV_H
#define GOVAH_READ_TSV_H

#include "base/buf.h"
#include "read/read.h"

enum tsv_table { TSV_FIGURES, TSV_PEOPLE, TSV_DATES, TSV_EVENTS, TSV_TABLES };

struct tsv {
    struct buf tables[TSV_TABLES];
};

/* With the header rows. */
void tsv_init(struct tsv *);
void tsv_release(struct tsv *);

/* Appends the rows of one document. */
void tsv_add(struct tsv *, struct str doc, struct str text, const struct reading *);

/* Writes the four files into the folder, which is made when it is missing. */
MUST_USE enum outcome tsv_write(const struct tsv *, const char *dir, struct fault *why);

#endif
