/* Sealed files: libsodium's secretstream (XChaCha20-Poly1305) in chunks of 64 KiB, each file under
 * a random key of its own. */
#ifndef GOVAH_SEAL_STREAM_H
#define GOVAH_SEAL_STREAM_H

#include "base/buf.h"
#include "base/fault.h"

enum { STREAM_KEY_SIZE = 32 };

struct stream_key {
    uint8_t bytes[STREAM_KEY_SIZE];
};

void stream_key_new(struct stream_key *);
void stream_key_forget(struct stream_key *);

/* Writes the bytes, sealed, to an open descriptor. */
MUST_USE enum outcome stream_write(int fd, const struct stream_key *, struct str bytes,
                                   struct fault *why);

/* Appends the opened bytes. DAMAGED when a chunk is altered, missing, added or out of order;
 * `out` then holds what could be opened before it and is not to be used. */
MUST_USE enum outcome stream_read(int fd, const struct stream_key *, struct buf *out,
                                  struct fault *why);

/* Random bytes, as `2 * count` hexadecimal digits and a NUL. */
void random_name(char *out, size_t count);

#endif
