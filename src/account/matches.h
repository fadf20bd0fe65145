/* Who may be one person, as pages show it: each pair under an address of its own, and who points at
 * whom in the list of people. */
#ifndef GOVAH_ACCOUNT_MATCHES_H
#define GOVAH_ACCOUNT_MATCHES_H

#include "account/likely.h"

struct match {
    struct hash id; /* mention_pair_id of the first mention of each; lasts whatever is decided */
    const struct bearer *left, *right;
    const struct likely_pair *pair; /* how likely, and why; NULL once decided */
    enum likely_decided decided;    /* by all decisions together */
    struct str why;                 /* of those about these two alone; empty: there are none */
};

/* From a row of the list of people to one that is probably the same person. */
struct match_link {
    struct str row, other; /* keys of rows, as of match_row; one row: people of one name */
    struct str name;       /* of the other, as it is written */
    size_t pair;           /* its place among the pairs that wait: the likeliest of the two rows */
};

struct matches {
    struct likely likely;
    struct match *all; /* the pairs that wait, in the order of likely.pairs; behind them the pairs
                          that decisions name, in the order of the decisions */
    size_t count, waiting;
    size_t probable;            /* of those that wait */
    const struct match **by_id; /* all of them, in order of their ids */
    struct match_link *links;   /* of the probable, by row, then by pair */
    size_t links_count;
};

/* In the arena; `before` is NULL, or what was read before other decisions (likely_again), which
 * outlives it. */
MUST_USE enum outcome matches_read(struct archive *, const struct reader *,
                                   const struct matches *before, struct arena *, struct matches *,
                                   struct fault *why);

/* The pair whose id begins so, or NULL. */
const struct match *matches_find(const struct matches *, struct str digits);

/* The pair to decide after this one: the next that waits, from the last on the first; NULL when no
 * other waits. */
const struct match *matches_next(const struct matches *, const struct match *);

/* The row of the list of people in which the bearer stands: the folded name, or the address of the
 * person that decisions made (account/people.h). In the arena. */
struct str match_row(const struct likely *, const struct bearer *, struct arena *);

/* Those links that begin at the row. */
const struct match_link *matches_links(const struct matches *, struct str row, size_t *count);

/* All whom decisions make one person with the bearer, itself included, in their order. */
const struct bearer **match_company(const struct matches *, const struct bearer *, struct arena *,
                                    size_t *count);

/* The mentions to decide about for the two to become one, or not to. In the arena. */
struct mention_pairs match_mentions(const struct matches *, const struct match *, struct arena *);

/* The pairs of mentions that were decided about these two, to take back; none when others join
 * them or keep them apart. In the arena. */
struct mention_pairs match_decided(const struct matches *, const struct match *, struct arena *);

#endif
