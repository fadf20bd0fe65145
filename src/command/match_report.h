/* The page that says how a list was matched. */
#ifndef GOVAH_COMMAND_MATCH_REPORT_H
#define GOVAH_COMMAND_MATCH_REPORT_H

#include "base/buf.h"
#include "match/matching.h"

/* One HTML page that needs nothing else; the pairs are sorted (match/write.h). It holds names: it
 * is as secret as the list. */
void match_report_write(struct buf *out, const struct matching *);

#endif
