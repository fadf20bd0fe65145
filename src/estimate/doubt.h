/* How far the matches behind a table may be wrong, by the scores of who made them. */
#ifndef GOVAH_ESTIMATE_DOUBT_H
#define GOVAH_ESTIMATE_DOUBT_H

#include "base/arena.h"
#include "base/fault.h"

/* Expected shares: of the true matches those that were missed, of the matches made those that are
 * false. With p the probability of a pair, and a match made where p is 1/2 or more: the sum of p
 * over the pairs that were not joined, over the sum of p over all; the mean of 1 - p over those
 * that were. */
struct match_doubt {
    bool known;
    double missed, wrong;
};

/* From the pairs as `govah match --pairs` writes them: CSV with a column "probability". REFUSED in
 * one line: no such column, a probability that is none, no pair at all. Pairs that the list leaves
 * out, being less likely than its least, count as not being of one person. */
MUST_USE enum outcome match_doubt_read(struct str bytes, struct match_doubt *, struct arena *,
                                       struct fault *why);

#endif
