/* Which mentions are of one person, as it was decided: pairs, and decisions about them. */
#ifndef GOVAH_STORE_PAIRS_H
#define GOVAH_STORE_PAIRS_H

#include "record/persons.h"
#include "store/query.h"

/* A pair about which a decision is active. */
struct pair_view {
    struct decided_pair decided;
    bool undecided; /* active decisions contradict each other; different rules */
    struct str why; /* of the decisions that rule, each once, joined by "; " */
};

/* All of them, in order of mention_pair_compare; in the arena. */
MUST_USE enum outcome archive_decided_pairs(struct archive *, struct arena *, struct pair_view **,
                                            size_t *count, struct fault *why);

/* The kept texts that name somebody by one of these folded names (text/fold.h) in a role or a life
 * event, each once, sorted; in the arena. */
MUST_USE enum outcome archive_texts_naming(struct archive *, const struct str *keys, size_t count,
                                           struct arena *, struct hash_list *texts,
                                           struct fault *why);

/* Who is whom by all of them (record/persons.h); in the arena. */
MUST_USE enum outcome archive_persons(struct archive *, struct arena *, struct persons *,
                                      struct fault *why);

/* The weights by which this archive proposes pairs (match/weights.h), as they were kept here: empty
 * when none were. Not part of the record. In the arena. */
MUST_USE enum outcome archive_weights(struct archive *, struct arena *, struct str *json,
                                      struct fault *why);

/* Keeps others, or with an empty text none. The archive is open for writing. */
MUST_USE enum outcome archive_keep_weights(struct archive *, struct str json, struct fault *why);

/* Same, different, or a retraction of what was decided: one decision over all the pairs, which
 * mention_pairs_sort has sorted, in a signed commit of its own dated `at` (UTC, ISO 8601). It
 * supersedes what was active about each. A retraction of what nobody decided is REFUSED, and a
 * reason has to be given for same and different. */
MUST_USE enum outcome decide_pairs(struct archive *, const struct mention_pairs *, enum verdict,
                                   struct str why, bool bulk, struct str at, struct fault *fault);

#endif
