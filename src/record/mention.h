/* A mention: where a document names somebody. Who is whom is decided about pairs of mentions. */
#ifndef GOVAH_RECORD_MENTION_H
#define GOVAH_RECORD_MENTION_H

#include "record/object.h"
#include "record/statement.h"

/* Bytes of a kept text. */
struct mention {
    struct hash text;
    struct span at;
};

/* By text, then by where it begins, then by where it ends. */
int mention_compare(const struct mention *, const struct mention *);

/* Whether both have a byte of one text in common: two readers may draw the ends of one mention
 * differently. */
bool mentions_overlap(const struct mention *, const struct mention *);

/* SHA-256 of the canonical {"from":…,"text":…,"to":…}: a person's address. */
struct hash mention_id(const struct mention *);

/* Two mentions that do not overlap, the lesser one left. */
struct mention_pair {
    struct mention left, right;
};

struct mention_pairs {
    struct mention_pair *at; /* by left, then by right; no doubles */
    size_t count;
};

int mention_pair_compare(const struct mention_pair *, const struct mention_pair *);

/* Puts the two sides of each pair, and the pairs, in order and drops doubles; in place. */
void mention_pairs_sort(struct mention_pairs *);

/* SHA-256 of the canonical list of the two mentions: what decisions about the pair are judged
 * under. */
struct hash mention_pair_id(const struct mention_pair *);

/* Sets a member to the pairs, unless there are none. */
void json_put_mention_pairs(json_t *object, const char *key, const struct mention_pairs *);

/* From such a member, in the arena. REFUSED for what is no list of pairs in order, and for a pair
 * whose mentions overlap: nobody can be told apart from themselves. */
MUST_USE enum outcome mention_pairs_of_json(const json_t *list, struct arena *,
                                            struct mention_pairs *, struct fault *why);

#endif
