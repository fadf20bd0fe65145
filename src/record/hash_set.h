/* A set of ids in memory. */
#ifndef GOVAH_RECORD_HASH_SET_H
#define GOVAH_RECORD_HASH_SET_H

#include "seal/hash.h"

struct hash_set {
    struct hash *slots; /* all-zero ids mark empty slots; the set owns them */
    size_t room, count;
};

void hash_set_init(struct hash_set *);
void hash_set_release(struct hash_set *);

/* True when it was not in the set before. The id must not be all zero. */
bool hash_set_add(struct hash_set *, const struct hash *);
bool hash_set_has(const struct hash_set *, const struct hash *);

#endif
