#include "seal/keys.h"

#include <ctype.h>
#include <sodium.h>

#include "base/hex.h"
#include "base/json.h"

enum {
    NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    WRAPPED_SIZE = MASTER_KEY_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    SALT_SIZE = crypto_pwhash_SALTBYTES,
    FILE_LIMIT = 64 * 1024,
};

static const uint64_t memory_limit = UINT64_C(4) << 30, passes_limit = 64;

_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == MASTER_KEY_SIZE, "slot key");

static const char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's */

void master_key_forget(struct master_key *key)
{
    sodium_memzero(key, sizeof *key);
}

struct master_key *master_key_keep(const struct master_key *key)
{
    struct master_key *kept = sodium_malloc(sizeof *kept);
    if (!kept)
        mem_exhausted(sizeof *kept);
    *kept = *key;
    sodium_mprotect_readonly(kept);
    return kept;
}

void master_key_drop(struct master_key *key)
{
    sodium_free(key);
}

void secret_release(struct buf *b)
{
    if (b->at)
        sodium_memzero(b->at, b->room);
    buf_release(b);
}

static void recovery_write(const uint8_t bytes[32], char out[RECOVERY_TEXT_SIZE])
{
    size_t at = 0;
    for (size_t digit = 0; digit < 52; digit++) {
        unsigned value = 0;
        for (size_t bit = digit * 5; bit < digit * 5 + 5; bit++)
            value = value << 1 | (bit < 256 ? (unsigned)bytes[bit / 8] >> (7 - bit % 8) & 1u : 0u);
        if (digit && digit % 4 == 0)
            out[at++] = '-';
        out[at++] = base32[value];
    }
    out[at] = 0;
}

static bool recovery_read(struct str text, uint8_t bytes[32])
{
    size_t digit = 0;
    memset(bytes, 0, 32);
    for (size_t i = 0; i < text.len; i++) {
        int c = toupper((unsigned char)text.at[i]);
        if (c == '-' || c == ' ' || c == '\t')
            continue;
        c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
        const char *hit = c ? strchr(base32, c) : NULL;
        if (!hit || digit == 52)
            return false;
        unsigned value = (unsigned)(hit - base32);
        for (size_t k = 0; k < 5; k++) {
            size_t bit = digit * 5 + k;
            if (value >> (4 - k) & 1u) {
                if (bit >= 256)
                    return false;
                bytes[bit / 8] |= (uint8_t)(1u << (7 - bit % 8));
            }
        }
        digit++;
    }
    return digit == 52;
}

/* the key that a slot's parameters make of a secret */
static enum outcome slot_key(const json_t *slot, struct key_secret secret, uint8_t out[32],
                             struct fault *why)
{
    if (secret.recovery) {
        uint8_t raw[32];
        bool read = recovery_read(secret.text, raw);
        if (read)
            crypto_generichash(out, 32, raw, sizeof raw, (const unsigned char *)"govah recovery",
                               14);
        sodium_memzero(raw, sizeof raw);
        return read ? OK : refuse(why, DENIED, "that is not a recovery key of Govah's");
    }
    uint8_t salt[SALT_SIZE];
    json_int_t memory = json_integer_value(json_object_get(slot, "memory"));
    json_int_t passes = json_integer_value(json_object_get(slot, "passes"));
    if (!str_equal(json_text(slot, "kdf"), STR("argon2id13")) ||
        !hex_read(json_text(slot, "salt"), salt, sizeof salt) || memory < 8192 ||
        (uint64_t)memory > memory_limit || passes < 1 || (uint64_t)passes > passes_limit)
        return refuse(why, DAMAGED, "keys.json: a passphrase slot that Govah does not know");
    if (crypto_pwhash(out, 32, secret.text.at ? secret.text.at : "", secret.text.len, salt,
                      (unsigned long long)passes, (size_t)memory, crypto_pwhash_ALG_ARGON2ID13))
        return refuse(why, FAILED, "not enough memory to derive the key (%jd MiB)",
                      (intmax_t)memory >> 20);
    return OK;
}

static void associated(const json_t *slot, const json_t *root, struct buf *out)
{
    json_t *bare = json_copy((json_t *)(uintptr_t)slot); /* shallow; the slot is not written */
    struct fault why;
    json_object_del(bare, "wrapped");
    json_put(bare, "archive", json_text(root, "archive"));
    json_put(bare, "cipher", json_text(root, "cipher"));
    if (json_write(out, bare, &why) != OK)
        buf_clear(out);
    json_decref(bare);
}

static void put_hex(json_t *object, const char *key, const uint8_t *bytes, size_t count)
{
    char digits[2 * 64 + 1];
    hex_write(bytes, count, digits);
    json_put(object, key, str_of(digits));
}

static enum outcome slot_new(const char *kind, struct key_secret secret, const json_t *root,
                             const struct master_key *key, json_t **out, struct fault *why)
{
    uint8_t nonce[NONCE_SIZE], wrapped[WRAPPED_SIZE], wrapping[32];
    json_t *slot = json_object();
    json_put(slot, "kind", str_of(kind));
    json_put(slot, "wrap", STR("xchacha20poly1305"));
    if (!secret.recovery) {
        uint8_t salt[SALT_SIZE];
        struct key_cost cost = key_cost_default();
        randombytes_buf(salt, sizeof salt);
        json_put(slot, "kdf", STR("argon2id13"));
        json_put_int(slot, "memory", (int64_t)cost.memory);
        json_put_int(slot, "passes", (int64_t)cost.passes);
        put_hex(slot, "salt", salt, sizeof salt);
    } else {
        json_put(slot, "kdf", STR("blake2b"));
    }
    randombytes_buf(nonce, sizeof nonce);
    put_hex(slot, "nonce", nonce, sizeof nonce);
    enum outcome result = slot_key(slot, secret, wrapping, why);
    if (result == OK) {
        struct buf ad;
        buf_init(&ad, FILE_LIMIT);
        associated(slot, root, &ad);
        crypto_aead_xchacha20poly1305_ietf_encrypt(wrapped, NULL, key->bytes, sizeof key->bytes,
                                                   (const unsigned char *)ad.at, ad.len, NULL,
                                                   nonce, wrapping);
        put_hex(slot, "wrapped", wrapped, sizeof wrapped);
        buf_release(&ad);
        *out = slot;
    } else {
        json_decref(slot);
    }
    sodium_memzero(wrapping, sizeof wrapping);
    return result;
}

enum outcome keys_new(struct str passphrase, const char *cipher, struct buf *file,
                      struct master_key *key, char recovery[RECOVERY_TEXT_SIZE], struct fault *why)
{
    uint8_t random[32], name_bytes[ARCHIVE_NAME_DIGITS / 2];
    char name[ARCHIVE_NAME_DIGITS + 1];
    json_t *first = NULL, *second = NULL, *slots = json_array(), *root = json_object();
    randombytes_buf(key->bytes, sizeof key->bytes);
    randombytes_buf(random, sizeof random);
    randombytes_buf(name_bytes, sizeof name_bytes);
    hex_write(name_bytes, sizeof name_bytes, name);
    recovery_write(random, recovery);
    sodium_memzero(random, sizeof random);
    json_put(root, "kind", STR("keys"));
    json_put_int(root, "version", 1);
    json_put(root, "archive", str_of(name));
    json_put(root, "cipher", str_of(cipher));
    enum outcome result =
        slot_new("passphrase", (struct key_secret){passphrase, false}, root, key, &first, why);
    if (result == OK)
        result = slot_new("recovery", (struct key_secret){str_of(recovery), true}, root, key,
                          &second, why);
    if (result == OK) {
        json_append(slots, first);
        json_append(slots, second);
        json_put_new(root, "slots", json_incref(slots));
        result = json_write(file, root, why);
        buf_add_byte(file, '\n');
    } else {
        json_decref(first);
    }
    json_decref(slots);
    json_decref(root);
    return result;
}

static enum outcome parse(struct str file, json_t **root, struct fault *why)
{
    struct fault inner;
    struct str body = file;
    if (body.len && body.at[body.len - 1] == '\n')
        body.len--;
    if (json_read_canonical(body, root, &inner) != OK)
        return refuse(why, DAMAGED, "keys.json is damaged: %s", inner.text);
    if (!str_equal(json_text(*root, "kind"), STR("keys")) ||
        json_integer_value(json_object_get(*root, "version")) != 1 ||
        json_text(*root, "archive").len != ARCHIVE_NAME_DIGITS || !json_text(*root, "cipher").len ||
        json_text(*root, "cipher").len > 15 || !json_is_array(json_object_get(*root, "slots"))) {
        json_decref(*root);
        *root = NULL;
        return refuse(why, DAMAGED, "keys.json is not a key file that this Govah knows");
    }
    return OK;
}

static json_t *find_slot(const json_t *root, const char *kind, size_t *index)
{
    const json_t *slots = json_object_get(root, "slots");
    for (size_t i = 0; i < json_array_size(slots); i++)
        if (str_equal(json_text(json_array_get(slots, i), "kind"), str_of(kind))) {
            *index = i;
            return json_array_get(slots, i);
        }
    return NULL;
}

enum outcome keys_open(struct str file, struct key_secret secret, struct master_key *key,
                       struct fault *why)
{
    json_t *root = NULL;
    enum outcome result = parse(file, &root, why);
    if (result != OK)
        return result;
    size_t index;
    uint8_t nonce[NONCE_SIZE], wrapped[WRAPPED_SIZE], wrapping[32];
    const json_t *slot = find_slot(root, secret.recovery ? "recovery" : "passphrase", &index);
    if (!slot || !hex_read(json_text(slot, "nonce"), nonce, sizeof nonce) ||
        !hex_read(json_text(slot, "wrapped"), wrapped, sizeof wrapped) ||
        !str_equal(json_text(slot, "wrap"), STR("xchacha20poly1305")))
        result = refuse(why, DAMAGED, "keys.json has no slot for this kind of key");
    else
        result = slot_key(slot, secret, wrapping, why);
    if (result == OK) {
        struct buf ad;
        buf_init(&ad, FILE_LIMIT);
        associated(slot, root, &ad);
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(key->bytes, NULL, NULL, wrapped,
                                                       sizeof wrapped, (const unsigned char *)ad.at,
                                                       ad.len, nonce, wrapping))
            result =
                refuse(why, DENIED, secret.recovery ? "wrong recovery key" : "wrong passphrase");
        buf_release(&ad);
    }
    sodium_memzero(wrapping, sizeof wrapping);
    json_decref(root);
    return result;
}

enum outcome keys_change(struct str file, struct str passphrase, const struct master_key *key,
                         struct buf *out, struct fault *why)
{
    json_t *root = NULL, *slot = NULL;
    size_t index = 0;
    enum outcome result = parse(file, &root, why);
    if (result != OK)
        return result;
    if (!find_slot(root, "passphrase", &index))
        result = refuse(why, DAMAGED, "keys.json has no passphrase slot");
    else
        result =
            slot_new("passphrase", (struct key_secret){passphrase, false}, root, key, &slot, why);
    if (result == OK) {
        json_array_set_new(json_object_get(root, "slots"), index, slot);
        result = json_write(out, root, why);
        buf_add_byte(out, '\n');
    }
    json_decref(root);
    return result;
}

enum outcome keys_describe(struct str file, char name[ARCHIVE_NAME_DIGITS + 1], char cipher[16],
                           struct fault *why)
{
    json_t *root = NULL;
    enum outcome result = parse(file, &root, why);
    if (result != OK)
        return result;
    snprintf(name, ARCHIVE_NAME_DIGITS + 1, "%.*s", STR_ARG(json_text(root, "archive")));
    snprintf(cipher, 16, "%.*s", STR_ARG(json_text(root, "cipher")));
    json_decref(root);
    return OK;
}
