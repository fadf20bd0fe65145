/* Clusters: which records are one person, from pairs that are probably so.
 *
 * A chain of pairs is not enough. Within what pairs connect, all records are compared with all, and
 * two groups become one only while the mean of the log odds between their records is above 0, each
 * held within ODDS_LIMIT so that no single pair speaks for many (average linkage); the strongest
 * first. What is connected to more than CLUSTER_LIMIT records is first cut at higher odds. The
 * result does not depend on the order of records or pairs. */
#ifndef GOVAH_MATCH_CLUSTER_H
#define GOVAH_MATCH_CLUSTER_H

#include "match/block.h"
#include "match/model.h"

enum { CLUSTER_LIMIT = 2000, ODDS_LIMIT = 10 };

/* A pair whose odds are not below what is asked for. */
struct edge {
    uint32_t left, right;
    float odds;
};

struct edges {
    struct edge *all;
    size_t count, room;
};

void edges_add(struct edges *, uint32_t left, uint32_t right, float odds);
void edges_release(struct edges *);

struct clustering {
    uint32_t *of;  /* of each record, the record that is first in its cluster */
    size_t count;  /* clusters, those of one record too */
    size_t joined; /* records in clusters of two and more */
    size_t largest;
    size_t cut; /* groups that pairs connect and that did not hold together */
};

/* `connected` is a forest (union_int.h) of what pairs at or above 0 connect, each record's parent;
 * `blocking` has visited all its blocks. */
void cluster_all(struct clustering *, const struct list *, const struct model *,
                 const struct blocking *, uint32_t *connected, size_t threads);
void clustering_release(struct clustering *);

#endif
