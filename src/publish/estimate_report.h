/* The report of an estimate: one HTML file that needs nothing else, made for print, with all that a
 * reader needs to judge it and to repeat it. */
#ifndef GOVAH_PUBLISH_ESTIMATE_REPORT_H
#define GOVAH_PUBLISH_ESTIMATE_REPORT_H

#include "estimate/assess.h"
#include "publish/voice.h"

/* Counts from 1 to this are not shown in a report that is public. */
enum { SMALL_CELL = 4 };

struct estimate_source {
    struct str name;    /* of the file */
    struct str hash;    /* SHA-256 of its bytes, 64 digits */
    struct str command; /* that makes the same report again */
    uint64_t seed;
    bool small_cells; /* shows counts of every size: not for the public */
};

/* The reports of all strata, one behind the other, on one page. */
void estimate_report(const struct voice *, const struct estimate_source *,
                     const struct assessment *, size_t count, struct buf *out);

/* The same without a frame and its style: headings from the third level, for a page that has its
 * own. */
void estimate_body(const struct voice *, const struct estimate_source *, const struct assessment *,
                   size_t count, struct buf *out);

/* Which cells of a table are not to be shown, true by the cell's place: those of SMALL_CELL and
 * fewer and, where that is one alone, the next greater one, so that no sum gives it away. */
void cells_hide(const struct overlap *, bool *hidden);

#endif
