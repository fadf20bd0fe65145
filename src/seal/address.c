#include "seal/address.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

#include "base/fault.h"
#include "base/hex.h"

enum { BLOCK = ADDRESS_DIGITS / 2 };

static void cipher(const struct address_key *key, bool hide, const uint8_t in[BLOCK],
                   uint8_t out[BLOCK])
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int len = 0;
    if (!context ||
        EVP_CipherInit_ex(context, EVP_aes_128_ecb(), NULL, key->bytes, NULL, hide) != 1 ||
        EVP_CIPHER_CTX_set_padding(context, 0) != 1 ||
        EVP_CipherUpdate(context, out, &len, in, BLOCK) != 1 || len != BLOCK)
        bug("a block that AES-128 does not take");
    EVP_CIPHER_CTX_free(context);
}

void address_key_make(struct address_key *key)
{
    randombytes_buf(key->bytes, sizeof key->bytes);
}

void address_hide(const struct address_key *key, const struct hash *id,
                  char out[ADDRESS_DIGITS + 1])
{
    uint8_t hidden[BLOCK];
    cipher(key, true, id->bytes, hidden);
    hex_write(hidden, BLOCK, out);
}

bool address_show(const struct address_key *key, struct str address,
                  char digits[ADDRESS_DIGITS + 1])
{
    uint8_t hidden[BLOCK], shown[BLOCK];
    if (address.len != ADDRESS_DIGITS || !hex_read(address, hidden, BLOCK))
        return false;
    cipher(key, false, hidden, shown);
    hex_write(shown, BLOCK, digits);
    return true;
}
