/* Blocking: which pairs of records are looked at, out of all.
 *
 * A rule gives each record a key, such as that of its given and family name's consonants; records
 * with equal keys form a block, and pairs within a block are visited, each once whatever the number
 * of rules that find it. Rules are independent, so that a slip in one field leaves the others; the
 * last takes every word of a name by itself. A block of more than blocking.limit records says too
 * little and is left to the other rules. Pairs are never kept. */
#ifndef GOVAH_MATCH_BLOCK_H
#define GOVAH_MATCH_BLOCK_H

#include "match/list.h"

enum { BLOCK_RULES = 18, BLOCK_THREADS = 64 };

/* What a key is made of: a feature's whole, or one of these. */
enum atom {
    ATOM_NONE,
    ATOM_GIVEN, /* the first word of the given name */
    ATOM_FAMILY,
    ATOM_FATHER,
    ATOM_BIRTH, /* to the day */
    ATOM_YEAR,  /* of birth */
    ATOM_DAY,   /* of birth, without the year */
    ATOM_FEATURE,
};

struct block_rule {
    uint8_t first, second, third;    /* enum atom, from ATOM_FEATURE on plus the feature's number */
    bool words;                      /* each word of the name is a key */
    size_t blocks, pairs, too_large; /* what it gave */
    char name[96];
};

struct blocking {
    const struct list *list;
    struct block_rule rules[BLOCK_RULES];
    size_t rules_count, limit, threads;
    uint32_t *keys; /* rules_count a record; 0 for none or for too large a block */
};

/* A pair that blocking found; the slots of both lie close to each other. */
typedef void block_visit(void *context, uint32_t left, uint32_t right, const uint32_t *left_slots,
                         const uint32_t *right_slots);

/* Chooses the rules for a list, and makes the keys. */
void blocking_init(struct blocking *, const struct list *, size_t threads);
void blocking_release(struct blocking *);

/* Visits the pairs of a part (0 to 1) of the blocks, in this thread. */
void blocking_sample(const struct blocking *, double part, block_visit *, void *context);

/* Visits all; contexts are one a thread. */
void blocking_visit(struct blocking *, block_visit *, void *const contexts[]);

#endif
