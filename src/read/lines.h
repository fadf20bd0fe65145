/* JSON Lines: documents in, a line each, and what was read in them out. docs/format.md describes
 * both for whoever writes or reads them. */
#ifndef GOVAH_READ_LINES_H
#define GOVAH_READ_LINES_H

#include "read/read.h"

struct document_line {
    struct str id; /* JSON: a string or an integer, as it goes into each line about the document */
    struct str text; /* valid UTF-8, no NUL, not empty */
    struct document_facts facts;
};

/* Reads one line, without its line feed. REFUSED, with the reason, for what is not a JSON object
 * with an id and a text, for a member that is not of its kind, invalid UTF-8 and NULs. Members that
 * have no meaning here, and those that are null, are left alone. All that comes out lives in the
 * arena. */
MUST_USE enum outcome document_line_read(struct str line, struct arena *, struct document_line *out,
                                         struct fault *why);

/* Appends a line for each proposal, each date and each finding, and the document's own as the last.
 * `id` is as in document_line. */
void reading_write_lines(struct buf *out, struct str id, struct str text, const struct reading *);

#endif
