/* Bearer tokens: whoever shows one is let in. 32 random bytes as text; what is kept to compare with
 * is their hash, so that no list and no memory of ours gives one away. */
#ifndef GOVAH_SEAL_TOKEN_H
#define GOVAH_SEAL_TOKEN_H

#include "seal/hash.h"

enum { TOKEN_DIGITS = 64 }; /* lower-case hexadecimal */

/* A new one, NUL-terminated, and its hash. The text is a secret: secret_forget (seal/box.h) when it
 * was handed out. */
void token_make(char text[TOKEN_DIGITS + 1], struct hash *kept);

/* Whether the text shown is the token, in a time that does not tell how much of it fits. */
MUST_USE bool token_fits(const struct hash *kept, struct str shown);

#endif
