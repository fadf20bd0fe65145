#include "seal/stream.h"

#include <sodium.h>
#include <unistd.h>
#include <errno.h>

#include "base/file.h"
#include "base/hex.h"

enum {
    CHUNK = 64 * 1024,
    SEALED_CHUNK = CHUNK + crypto_secretstream_xchacha20poly1305_ABYTES,
    HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
};

static const char magic[16] = "govah sealed 1\n";

_Static_assert(crypto_secretstream_xchacha20poly1305_KEYBYTES == STREAM_KEY_SIZE, "stream key");

void stream_key_new(struct stream_key *key)
{
    crypto_secretstream_xchacha20poly1305_keygen(key->bytes);
}

void stream_key_forget(struct stream_key *key)
{
    sodium_memzero(key, sizeof *key);
}

void random_name(char *out, size_t count)
{
    uint8_t bytes[64];
    if (count > sizeof bytes)
        bug("a random name of more than 64 bytes");
    randombytes_buf(bytes, count);
    hex_write(bytes, count, out);
}

enum outcome stream_write(int fd, const struct stream_key *key, struct str bytes, struct fault *why)
{
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char header[HEADER];
    unsigned char *sealed = mem_alloc(SEALED_CHUNK);
    crypto_secretstream_xchacha20poly1305_init_push(&state, header, key->bytes);
    enum outcome result = file_write_fd(fd, (struct str){magic, sizeof magic}, why);
    if (result == OK)
        result = file_write_fd(fd, (struct str){(char *)header, sizeof header}, why);
    for (size_t at = 0; result == OK; at += CHUNK) {
        size_t len = bytes.len - at < CHUNK ? bytes.len - at : CHUNK;
        bool last = at + len == bytes.len;
        unsigned long long made;
        crypto_secretstream_xchacha20poly1305_push(
            &state, sealed, &made, (const unsigned char *)bytes.at + at, len,
            (const unsigned char *)magic, sizeof magic,
            last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                 : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
        result = file_write_fd(fd, (struct str){(char *)sealed, (size_t)made}, why);
        if (last)
            break;
    }
    sodium_memzero(&state, sizeof state);
    mem_free(sealed);
    return result;
}

static ssize_t read_full(int fd, void *into, size_t size)
{
    size_t have = 0;
    while (have < size) {
        ssize_t got = read(fd, (char *)into + have, size - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        have += (size_t)got;
    }
    return (ssize_t)have;
}

enum outcome stream_read(int fd, const struct stream_key *key, struct buf *out, struct fault *why)
{
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char head[sizeof magic + HEADER], tag = 0;
    if (read_full(fd, head, sizeof head) != (ssize_t)sizeof head ||
        memcmp(head, magic, sizeof magic) != 0 ||
        crypto_secretstream_xchacha20poly1305_init_pull(&state, head + sizeof magic, key->bytes))
        return refuse(why, DAMAGED, "not a sealed file");
    unsigned char *sealed = mem_alloc(SEALED_CHUNK), *open = mem_alloc(CHUNK);
    enum outcome result = OK;
    while (result == OK && tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
        unsigned long long len;
        ssize_t got = read_full(fd, sealed, SEALED_CHUNK);
        if (got < 0)
            result = refuse(why, FAILED, "cannot be read: %s", strerror(errno));
        else if (crypto_secretstream_xchacha20poly1305_pull(
                     &state, open, &len, &tag, sealed, (unsigned long long)got,
                     (const unsigned char *)magic, sizeof magic))
            result = refuse(why, DAMAGED, "altered or cut off at byte %zu", out->len);
        else if (!buf_add(out, (struct str){(char *)open, (size_t)len}))
            result = refuse(why, DAMAGED, "larger than it was");
    }
    if (result == OK && read_full(fd, sealed, 1) != 0)
        result = refuse(why, DAMAGED, "bytes behind its end");
    sodium_memzero(&state, sizeof state);
    sodium_memzero(open, CHUNK);
    mem_free(open);
    mem_free(sealed);
    return result;
}
