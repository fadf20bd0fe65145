/* OpenSSL 3 would look the algorithm up anew for every hash; these functions do not. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "seal/hash.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "base/hex.h"

struct hash hash_of(struct str bytes)
{
    struct hash out;
    SHA256_CTX context;
    if (!SHA256_Init(&context) || (bytes.len && !SHA256_Update(&context, bytes.at, bytes.len)) ||
        !SHA256_Final(out.bytes, &context))
        bug("SHA-256 computes nothing");
    return out;
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
    return memcmp(a->bytes, b->bytes, HASH_SIZE) == 0;
}

int hash_compare(const struct hash *a, const struct hash *b)
{
    return memcmp(a->bytes, b->bytes, HASH_SIZE);
}

bool hash_is_none(const struct hash *h)
{
    static const struct hash none;
    return hash_equal(h, &none);
}

void hash_write(const struct hash *h, char out[HASH_DIGITS + 1])
{
    hex_write(h->bytes, HASH_SIZE, out);
}

bool hash_read(struct str digits, struct hash *out)
{
    return hex_read(digits, out->bytes, HASH_SIZE);
}

void hasher_init(struct hasher *h)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!context || !EVP_DigestInit_ex(context, EVP_sha256(), NULL))
        mem_exhausted(0);
    h->context = context;
}

void hasher_add(struct hasher *h, struct str bytes)
{
    if (bytes.len && !EVP_DigestUpdate(h->context, bytes.at, bytes.len))
        bug("SHA-256 refused bytes");
}

struct hash hasher_end(struct hasher *h)
{
    struct hash out;
    if (!EVP_DigestFinal_ex(h->context, out.bytes, NULL))
        bug("SHA-256 refused its end");
    EVP_MD_CTX_free(h->context);
    h->context = NULL;
    return out;
}
