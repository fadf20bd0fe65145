/* Proposals explained, on standard output. */
#ifndef GOVAH_COMMAND_EXPLAIN_H
#define GOVAH_COMMAND_EXPLAIN_H

#include "read/read.h"

/* Those whose quotes hold the words, as they are written (empty: all), with each field, the words
 * of the text that made it, the rule, and the table's entry. As lines of JSON: the proposal, its
 * "quote" and "explained", of document `doc`. How many there were. */
size_t explain_print(struct str doc, struct str text, const struct reading *, struct str words,
                     bool json);

#endif
