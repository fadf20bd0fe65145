/* Addresses that tell nothing: the first half of an id under a key that lasts as long as one run of
 * the workspace, so that no browser's history can be matched with a document or a statement. */
#ifndef GOVAH_SEAL_ADDRESS_H
#define GOVAH_SEAL_ADDRESS_H

#include "seal/hash.h"
#include "seal/stream.h"

enum { ADDRESS_DIGITS = 32 }; /* hexadecimal; AES-128 (FIPS 197) over one block */

struct address_key {
    uint8_t bytes[16];
    struct stream_key words;
};

/* A random one. */
void address_key_make(struct address_key *);

/* The address of an id, NUL-terminated. */
void address_hide(const struct address_key *, const struct hash *id, char out[ADDRESS_DIGITS + 1]);

/* The first ADDRESS_DIGITS digits of the id, NUL-terminated; false when it has not the form of an
 * address. What was never hidden gives digits that no id begins with. */
MUST_USE bool address_show(const struct address_key *, struct str address,
                           char digits[ADDRESS_DIGITS + 1]);

/* Appends words that somebody searched for as they may stand in an address: sealed, in hexadecimal,
 * never twice the same, and of one length for up to 64 bytes, for up to 128, and so on. The words
 * hold no NUL. */
void address_seal(const struct address_key *, struct str words, struct buf *out);

/* Appends the words; false for what was not sealed under this key. */
MUST_USE bool address_open(const struct address_key *, struct str sealed, struct buf *out);

#endif
