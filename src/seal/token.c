#include "seal/token.h"

#include <sodium.h>

#include "base/hex.h"

void token_make(char text[TOKEN_DIGITS + 1], struct hash *kept)
{
    uint8_t bytes[TOKEN_DIGITS / 2];
    randombytes_buf(bytes, sizeof bytes);
    hex_write(bytes, sizeof bytes, text);
    sodium_memzero(bytes, sizeof bytes);
    *kept = hash_of((struct str){text, TOKEN_DIGITS});
}

bool token_fits(const struct hash *kept, struct str shown)
{
    if (shown.len != TOKEN_DIGITS)
        return false;
    struct hash hash = hash_of(shown);
    return sodium_memcmp(hash.bytes, kept->bytes, HASH_SIZE) == 0;
}
