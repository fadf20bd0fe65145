#include "seal/sign.h"

#include <openssl/crypto.h>
#include <sodium.h>

#include "base/hex.h"

_Static_assert(crypto_sign_PUBLICKEYBYTES == PUBLIC_KEY_SIZE, "Ed25519 public key");
_Static_assert(crypto_sign_SEEDBYTES == SECRET_SEED_SIZE, "Ed25519 seed");
_Static_assert(crypto_sign_BYTES == SIGNATURE_SIZE, "Ed25519 signature");
_Static_assert(crypto_sign_SECRETKEYBYTES == 64, "Ed25519 secret key");

static void *crypto_resize(void *old, size_t size, const char *file, int line)
{
    (void)file, (void)line;
    return mem_resize(old, size);
}

static void *crypto_alloc(size_t size, const char *file, int line)
{
    return crypto_resize(NULL, size, file, line);
}

static void crypto_free(void *old, const char *file, int line)
{
    (void)file, (void)line;
    mem_free(old);
}

void seal_start(void)
{
    /* libcrypto 3.0 crashes, or computes nothing, where its own start finds no memory. It refuses
     * when it has begun already: a test that did not start the room first */
    CRYPTO_set_mem_functions(crypto_alloc, crypto_resize, crypto_free);
    if (sodium_init() < 0)
        bug("libsodium does not start");
}

void signing_key_of_seed(const uint8_t seed[SECRET_SEED_SIZE], struct signing_key *key)
{
    memcpy(key->seed, seed, SECRET_SEED_SIZE);
    crypto_sign_seed_keypair(key->public_key.bytes, key->secret, seed);
}

void signing_key_new(struct signing_key *key)
{
    uint8_t seed[SECRET_SEED_SIZE];
    randombytes_buf(seed, sizeof seed);
    signing_key_of_seed(seed, key);
    sodium_memzero(seed, sizeof seed);
}

void signing_key_forget(struct signing_key *key)
{
    sodium_memzero(key, sizeof *key);
}

static unsigned char *message_of(const char *context, struct str bytes, size_t *len)
{
    size_t before = strlen(context) + 1;
    unsigned char *message = mem_alloc(before + bytes.len);
    memcpy(message, context, before);
    if (bytes.len)
        memcpy(message + before, bytes.at, bytes.len);
    *len = before + bytes.len;
    return message;
}

struct signature sign_bytes(const struct signing_key *key, const char *context, struct str bytes)
{
    size_t len;
    unsigned char *message = message_of(context, bytes, &len);
    struct signature out;
    crypto_sign_detached(out.bytes, NULL, message, len, key->secret);
    mem_free(message);
    return out;
}

bool sign_verify(const struct public_key *key, const char *context, struct str bytes,
                 const struct signature *signature)
{
    size_t len;
    unsigned char *message = message_of(context, bytes, &len);
    int wrong = crypto_sign_verify_detached(signature->bytes, message, len, key->bytes);
    mem_free(message);
    return wrong == 0;
}

bool public_key_equal(const struct public_key *a, const struct public_key *b)
{
    return memcmp(a->bytes, b->bytes, PUBLIC_KEY_SIZE) == 0;
}

void public_key_write(const struct public_key *key, char out[PUBLIC_KEY_DIGITS + 1])
{
    hex_write(key->bytes, PUBLIC_KEY_SIZE, out);
}

bool public_key_read(struct str digits, struct public_key *out)
{
    return hex_read(digits, out->bytes, PUBLIC_KEY_SIZE);
}
