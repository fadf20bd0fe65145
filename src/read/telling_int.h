/* Life events told so far, by person and event, so that what is told again is found at once. */
#ifndef GOVAH_READ_TELLING_INT_H
#define GOVAH_READ_TELLING_INT_H

#include "read/page_int.h"

struct telling {
    uint64_t key;    /* of the person and the event */
    uint32_t before; /* the one before of the same bucket, or TELLING_NONE */
};

#define TELLING_NONE UINT32_MAX

/* Numbers count from `first` of the proposals. */
struct tellings {
    struct arena *arena;
    struct proposals *all;
    size_t first;
    struct telling *at;
    size_t count, room;
    uint32_t *latest; /* by bucket */
    size_t buckets;   /* a power of two */
};

/* Of the proposals from all->count on; `names` is how many names the text has. */
void tellings_init(struct tellings *, struct arena *, struct proposals *all, size_t names);

/* The last proposal is one more. */
void tellings_add(struct tellings *);

/* Takes back all proposals from that one on, and removes them. */
void tellings_cut(struct tellings *, size_t from);

/* The first proposal, from `since` on and among the last few hundred, that tells the same of the
 * person and gives no other day; NULL when there is none. */
struct life_event *tellings_find(const struct tellings *, struct str person,
                                 const struct life_event *, size_t since);

/* Removes those that say nothing which another near them does not say with a day that is as narrow:
 * who was killed has also died. */
void tellings_settle(const struct tellings *);

#endif
