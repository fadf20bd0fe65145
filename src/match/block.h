/* Blocking: which pairs of records are looked at, out of all.
 *
 * A rule gives each record a key, such as that of its given and family name's consonants; records
 * with equal keys form a block, and pairs within a block are looked at. Rules are independent, so
 * that a slip in one field leaves the others; the last takes every word of a name by itself. A
 * block of more than blocking.limit records says too little and is left to the other rules. Pairs
 * are never kept.
 *
 * Keys are made of atoms: numbers that stand for what a record's given name sounds like, for its
 * day of birth and the like, a row of them for each record. Keys with their records are parted by
 * the keys' highest bits, by all threads together; each thread then sorts parts and walks their
 * blocks. */
#ifndef GOVAH_MATCH_BLOCK_H
#define GOVAH_MATCH_BLOCK_H

#include "match/list.h"

enum { BLOCK_RULES = 18, BLOCK_ATOMS = 11, BLOCK_THREADS = 64, BLOCK_LIMIT_MOST = 500 };

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
    uint32_t atoms; /* a bit for each of blocking.atoms */
    uint8_t of[3];  /* their places among them; the last again where there are fewer */
    bool words;     /* each word of the name is a key */
    size_t limit;   /* records of its largest block; at most that of blocking */
    size_t blocks, pairs, too_large; /* what it gave; pairs of several rules count for each */
    char name[96];
};

struct blocking {
    const struct list *list;
    struct block_rule rules[BLOCK_RULES];
    size_t rules_count, limit, threads;
    uint8_t atoms[BLOCK_ATOMS]; /* enum atom, from ATOM_FEATURE on plus the feature's number */
    size_t atoms_count;
    uint32_t *rows;      /* atoms_count a record; 0 for missing */
    uint32_t *left_out;  /* of each record, bit r: its block under rule r is too large */
    uint32_t *found;     /* of each set of atoms in common, the rules that find such a pair */
    uint8_t *rare_words; /* of each name, bit i: word i is rare enough for a block */
};

/* Records with one key; what of them is asked for lies close together. */
struct block {
    const struct blocking *blocking;
    size_t rule, count;
    const uint32_t *records, *left_out;
    const uint32_t *slots, *rows;
};

/* In any order, by any thread. */
typedef void block_visit(void *context, const struct block *);

static inline const uint32_t *block_slots(const struct block *b, size_t i)
{
    return b->slots + i * b->blocking->list->features_count;
}

/* Whether no rule before this one found the pair. */
bool block_pair_is_new(const struct block *, size_t i, size_t j);

/* Chooses the rules for a list, and makes the atoms. */
void blocking_init(struct blocking *, const struct list *, size_t threads);
void blocking_release(struct blocking *);

/* Visits a part (0 to 1) of the blocks, in this thread. */
void blocking_sample(const struct blocking *, double part, block_visit *, void *context);

/* Visits all, and counts; contexts are one a thread. */
void blocking_visit(struct blocking *, block_visit *, void *const contexts[]);

/* Once all were visited: the blocks of some records alone, in this thread. */
void blocking_visit_some(const struct blocking *, const uint32_t *records, size_t count,
                         block_visit *, void *context);

#endif
