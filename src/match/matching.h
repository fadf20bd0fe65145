/* From lists to clusters: blocking, learning, scoring, clustering in one go. */
#ifndef GOVAH_MATCH_MATCHING_H
#define GOVAH_MATCH_MATCHING_H

#include "match/block.h"
#include "match/cluster.h"

/* A pair of even odds: the default threshold, the same for every list (docs/matching.md). Pairs
 * down to PAIR_SHOWN are kept beside those, to show what is near. */
enum { PAIR_THRESHOLD = 0, PAIR_SHOWN = -4 };

struct matching {
    const struct list *list;
    struct model model;
    struct blocking blocking;
    struct edges edges; /* the pairs at or above PAIR_SHOWN, in an order that is theirs */
    struct clustering clusters;
    size_t pairs_seen;
    double seconds[3]; /* of blocking and learning, of scoring, of clustering */
};

/* Of a clock that only goes forward. */
double seconds_now(void);

/* Reads the tables that matching needs; once. */
MUST_USE enum outcome matching_start(struct fault *why);

/* The result depends on the records alone, not on their order or the number of threads. */
void matching_run(struct matching *, const struct list *, size_t threads);

/* The same clusters, in less time and memory, without the pairs. */
void matching_run_clusters(struct matching *, const struct list *, size_t threads);
void matching_release(struct matching *);

#endif
