/* Columns, while a text is read. */
#ifndef GOVAH_READ_COLUMNS_INT_H
#define GOVAH_READ_COLUMNS_INT_H

#include "read/columns.h"
#include "read/page_int.h"

void tables_find_by(const struct lexicon *, struct str text, struct arena *, struct listed_table **,
                    size_t *count);

/* What was said of a head's cell, where something was: then false for nothing. *head is the rest of
 * the cell. */
bool column_said_in(const struct lexicon *, struct str cell, struct str *head, struct str *field);

/* Values that may stand for "unknown". Of a column for places or days with at least 20 cells that
 * say something:
 *   - one value stands in at least half of them, at least three others do in the rest, and none of
 *     these in more than a quarter as many (FINDING_DEFAULT);
 *   - at least five and at least a twentieth of those that name a day name the first of a
 *     Gregorian or a Jalali year, where chance gives one in 365 (FINDING_FIRST_OF_YEAR).
 * A column with one value throughout, as of all who were killed in one town, is none. Of a table's
 * own values alone: a list of one province with a few from elsewhere is suspected too. In the
 * arena, in order of the text. */
struct finding *columns_suspect(const struct page *, const struct reading *, size_t *count);

#endif
