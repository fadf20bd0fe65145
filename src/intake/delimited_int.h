/* A list of people, of figures: a table in separated values -> text.
 *
 * "csv/1" is the table's rows, a line each, in their order, with " | " between the cells, which is
 * how the reader knows the rows of a table below its head. White space within a cell becomes one
 * blank, and a bar in it a broken one (U+00A6). Nothing else changes, so that every row is a range
 * of the text that can be quoted; empty rows are left out. */
#ifndef GOVAH_INTAKE_DELIMITED_INT_H
#define GOVAH_INTAKE_DELIMITED_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"

/* Whether a decoded text is one, by its beginning: a head of short cells, none empty, which makes
 * no sentence, and below it rows of as many cells (base/csv.h). Two columns are enough when tabs or
 * semicolons part them, three when commas do. */
bool delimited_is(struct str text);

/* The text in the arena. A row that cannot be read, or with more cells than the head, is REFUSED
 * with its line. */
MUST_USE enum outcome delimited_text(struct arena *, struct str text, struct str *out,
                                     struct fault *why);

/* Appends a cell's words as above; a control character is white space. */
void delimited_cell(struct buf *, struct str cell);

#endif
