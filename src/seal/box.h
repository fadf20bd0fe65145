/* Small secrets and encodings: a sealed box, wiping, base 64. */
#ifndef GOVAH_SEAL_BOX_H
#define GOVAH_SEAL_BOX_H

#include "base/buf.h"
#include "seal/stream.h"

/* Appends a random nonce and the bytes, sealed with XChaCha20-Poly1305. */
void box_seal(const struct stream_key *, struct str bytes, struct buf *out);

/* Appends the opened bytes; false when the box is altered or of another key. */
MUST_USE bool box_open(const struct stream_key *, struct str box, struct buf *out);

/* Overwrites what held a secret, even where the compiler sees no reader. */
void secret_forget(void *, size_t size);

/* Appends the bytes in base 64 (RFC 4648, with padding). */
void base64_write(struct buf *, struct str bytes);

/* Appends what base 64 says; false for any other spelling than base64_write's. */
MUST_USE bool base64_read(struct buf *, struct str text);

#endif
