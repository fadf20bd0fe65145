#include "seal/box.h"

#include <sodium.h>

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == STREAM_KEY_SIZE, "box key");

void secret_forget(void *at, size_t size)
{
    sodium_memzero(at, size);
}

void box_seal(const struct stream_key *key, struct str bytes, struct buf *out)
{
    unsigned char nonce[NONCE];
    unsigned char *sealed = mem_alloc(bytes.len + TAG);
    randombytes_buf(nonce, sizeof nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, NULL, (const unsigned char *)bytes.at,
                                               bytes.len, NULL, 0, NULL, nonce, key->bytes);
    buf_add(out, (struct str){(char *)nonce, sizeof nonce});
    buf_add(out, (struct str){(char *)sealed, bytes.len + TAG});
    mem_free(sealed);
}

bool box_open(const struct stream_key *key, struct str box, struct buf *out)
{
    if (box.len < NONCE + TAG)
        return false;
    size_t size = box.len - NONCE - TAG;
    unsigned char *opened = mem_alloc(size);
    bool good = crypto_aead_xchacha20poly1305_ietf_decrypt(
                    opened, NULL, NULL, (const unsigned char *)box.at + NONCE, box.len - NONCE,
                    NULL, 0, (const unsigned char *)box.at, key->bytes) == 0;
    if (good)
        good = buf_add(out, (struct str){(char *)opened, size});
    mem_free(opened);
    return good;
}

void base64_write(struct buf *out, struct str bytes)
{
    size_t room = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_ORIGINAL);
    char *text = mem_alloc(room);
    sodium_bin2base64(text, room, (const unsigned char *)(bytes.at ? bytes.at : ""), bytes.len,
                      sodium_base64_VARIANT_ORIGINAL);
    buf_add(out, (struct str){text, room - 1});
    mem_free(text);
}

bool base64_read(struct buf *out, struct str text)
{
    struct buf again;
    size_t size = 0;
    unsigned char *bytes = mem_alloc(text.len / 4 * 3 + 3);
    bool good = sodium_base642bin(bytes, text.len / 4 * 3 + 3, text.at ? text.at : "", text.len,
                                  NULL, &size, NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
    /* libsodium takes some bytes above 0x7F for digits */
    buf_init(&again, text.len);
    if (good)
        base64_write(&again, (struct str){(char *)bytes, size});
    good = good && str_equal(buf_str(&again), text);
    if (good)
        good = buf_add(out, (struct str){(char *)bytes, size});
    buf_release(&again);
    mem_free(bytes);
    return good;
}
