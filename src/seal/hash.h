/* SHA-256 (FIPS 180-4) through libcrypto: the name of every byte string and object. */
#ifndef GOVAH_SEAL_HASH_H
#define GOVAH_SEAL_HASH_H

#include "base/str.h"

enum { HASH_SIZE = 32, HASH_DIGITS = 64 };

struct hash {
    uint8_t bytes[HASH_SIZE];
};

struct hash hash_of(struct str bytes);

bool hash_equal(const struct hash *, const struct hash *);
int hash_compare(const struct hash *, const struct hash *);

/* All zero: "none". */
bool hash_is_none(const struct hash *);

/* 64 lower-case hexadecimal digits and a NUL. */
void hash_write(const struct hash *, char out[HASH_DIGITS + 1]);
MUST_USE bool hash_read(struct str digits, struct hash *out);

/* Over a stream of pieces: init, add..., end. */
struct hasher {
    void *context; /* the hasher owns it until hasher_end */
};
void hasher_init(struct hasher *);
void hasher_add(struct hasher *, struct str bytes);
struct hash hasher_end(struct hasher *);

#endif
