/* How a lexicon is filled, table by table. */
#ifndef GOVAH_READ_LEXICON_INT_H
#define GOVAH_READ_LEXICON_INT_H

#include "read/lexicon.h"

MUST_USE struct lexicon *lexicon_empty(void);

/* Adds data/PATH. Faults name the file and the line. */
MUST_USE enum outcome lexicon_add_table(struct lexicon *, const char *path, struct fault *why);

/* After the last table: each phrase learns the next shorter one that begins with the same words. */
void lexicon_link(struct lexicon *);

#endif
