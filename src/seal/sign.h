/* Ed25519 (RFC 8032) through libsodium: who made a commit. */
#ifndef GOVAH_SEAL_SIGN_H
#define GOVAH_SEAL_SIGN_H

#include "base/str.h"

enum { PUBLIC_KEY_SIZE = 32, PUBLIC_KEY_DIGITS = 64, SECRET_SEED_SIZE = 32, SIGNATURE_SIZE = 64 };

struct public_key {
    uint8_t bytes[PUBLIC_KEY_SIZE];
};

/* A device's key. The seed is a secret: key_forget when done. */
struct signing_key {
    uint8_t seed[SECRET_SEED_SIZE];
    uint8_t secret[64];
    struct public_key public_key;
};

struct signature {
    uint8_t bytes[SIGNATURE_SIZE];
};

/* Once, before anything of the seal room: libsodium's start, and libcrypto's
 * memory from base/mem.h. */
void seal_start(void);

void signing_key_new(struct signing_key *);
void signing_key_of_seed(const uint8_t seed[SECRET_SEED_SIZE], struct signing_key *);
void signing_key_forget(struct signing_key *);

/* Over `context`, a NUL byte and the bytes: a signature made for one purpose fits no other. */
struct signature sign_bytes(const struct signing_key *, const char *context, struct str bytes);
MUST_USE bool sign_verify(const struct public_key *, const char *context, struct str bytes,
                          const struct signature *);

bool public_key_equal(const struct public_key *, const struct public_key *);
void public_key_write(const struct public_key *, char out[PUBLIC_KEY_DIGITS + 1]);
MUST_USE bool public_key_read(struct str digits, struct public_key *out);

#endif
