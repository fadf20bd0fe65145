/* The key of an archive, and the file of slots that wrap it.
 *
 * keys.json names every algorithm and cost it uses, so that they can change:
 *   passphrase slot: Argon2id 1.3 (RFC 9106) of the passphrase gives the slot's key;
 *   recovery slot: 32 random bytes, shown once in Crockford's base 32, are the slot's key after
 *   BLAKE2b;
 *   each slot wraps the master key with XChaCha20-Poly1305, whose associated data is everything
 *   else in the slot, the archive's name and its cipher. */
#ifndef GOVAH_SEAL_KEYS_H
#define GOVAH_SEAL_KEYS_H

#include "base/buf.h"
#include "base/fault.h"

enum { MASTER_KEY_SIZE = 32, ARCHIVE_NAME_DIGITS = 32, RECOVERY_TEXT_SIZE = 72 };

/* A secret: master_key_forget when done. */
struct master_key {
    uint8_t bytes[MASTER_KEY_SIZE];
};

struct key_cost {
    uint64_t memory; /* bytes */
    uint64_t passes;
};

/* What a new slot costs; the program's own. Test programs link another definition. */
struct key_cost key_cost_default(void);

/* What opens an archive. The text is borrowed and a secret. */
struct key_secret {
    struct str text;
    bool recovery; /* the recovery key, not the passphrase */
};

/* Makes a master key and a file of two slots for it. `recovery` receives the recovery key as text,
 * to be shown once. `cipher` names the database's cipher. */
MUST_USE enum outcome keys_new(struct str passphrase, const char *cipher, struct buf *file,
                               struct master_key *key, char recovery[RECOVERY_TEXT_SIZE],
                               struct fault *why);

/* Opens a slot: DENIED for a wrong secret, DAMAGED for a file that is not one of ours. */
MUST_USE enum outcome keys_open(struct str file, struct key_secret, struct master_key *key,
                                struct fault *why);

/* The file with the passphrase slot made anew; appended to `out`. */
MUST_USE enum outcome keys_change(struct str file, struct str passphrase,
                                  const struct master_key *key, struct buf *out, struct fault *why);

/* The archive's random name, and its cipher's ("aegis"). DAMAGED as above. */
MUST_USE enum outcome keys_describe(struct str file, char name[ARCHIVE_NAME_DIGITS + 1],
                                    char cipher[16], struct fault *why);

void master_key_forget(struct master_key *);

/* A copy for a program that runs for long: in memory that is not swapped out (as far as the system
 * lets it be locked) and lies between guards. master_key_drop wipes and frees it; NULL is none. */
MUST_USE struct master_key *master_key_keep(const struct master_key *);
void master_key_drop(struct master_key *);

/* Wipes a buffer that held a secret, and releases it. */
void secret_release(struct buf *);

#endif
