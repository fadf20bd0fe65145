/* How a lexicon is filled, table by table. */
#ifndef GOVAH_READ_LEXICON_INT_H
#define GOVAH_READ_LEXICON_INT_H

#include "base/table.h"
#include "read/lexicon.h"

MUST_USE struct lexicon *lexicon_empty(void);

/* Adds data/PATH. Faults name the file and the line. */
MUST_USE enum outcome lexicon_add_table(struct lexicon *, const char *path, struct fault *why);

/* Whether the row's kind and value are such as its class has; reads a value that is a number.
 * `kind` is the cell. Faults are about the current row. */
MUST_USE enum outcome lexicon_check_entry(const struct table *, struct str kind, struct entry *,
                                          struct fault *why);

/* Letters a to z, digits and '_', perhaps behind "other:". */
bool lexicon_is_label(struct str);

/* After the last table: each phrase learns the next shorter one that begins with the same words,
 * and what of both is left within each language. */
void lexicon_link(struct lexicon *);

#endif
