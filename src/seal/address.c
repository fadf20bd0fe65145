#include "seal/address.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "base/fault.h"
#include "base/hex.h"
#include "base/mem.h"
#include "seal/box.h"

enum { BLOCK = ADDRESS_DIGITS / 2, WORDS_STEP = 64, WORDS_LIMIT = 1 << 20 };

/* OpenSSL 3 looks a cipher up anew, behind a lock, for each who names it otherwise */
static EVP_CIPHER *aes;
static pthread_key_t own_ciphers;
static pthread_once_t aes_fetched = PTHREAD_ONCE_INIT;

/* A thread's own, with the key that it used last: a page hides hundreds of ids under one, and to
 * begin costs ten times what a block does. */
struct ciphers {
    EVP_CIPHER_CTX *contexts[2]; /* that show, that hide */
    uint8_t keys[2][16];
};

static void ciphers_free(void *own)
{
    struct ciphers *ciphers = own;
    for (size_t i = 0; i < COUNT_OF(ciphers->contexts); i++)
        EVP_CIPHER_CTX_free(ciphers->contexts[i]);
    secret_forget(ciphers, sizeof *ciphers);
    mem_free(ciphers);
}

static void fetch_aes(void)
{
    aes = EVP_CIPHER_fetch(NULL, "AES-128-ECB", NULL);
    if (!aes)
        bug("an OpenSSL without AES-128");
    if (pthread_key_create(&own_ciphers, ciphers_free))
        bug("more than a hundred kinds of data that are a thread's own");
}

static EVP_CIPHER_CTX *context_of(const struct address_key *key, bool hide)
{
    pthread_once(&aes_fetched, fetch_aes);
    struct ciphers *own = pthread_getspecific(own_ciphers);
    if (!own) {
        own = mem_alloc(sizeof *own);
        if (pthread_setspecific(own_ciphers, own))
            mem_exhausted(sizeof *own);
    }
    EVP_CIPHER_CTX **context = &own->contexts[hide];
    if (*context && memcmp(own->keys[hide], key->bytes, sizeof key->bytes) == 0)
        return *context;
    EVP_CIPHER_CTX_free(*context);
    *context = EVP_CIPHER_CTX_new();
    if (!*context || EVP_CipherInit_ex2(*context, aes, key->bytes, NULL, hide, NULL) != 1 ||
        EVP_CIPHER_CTX_set_padding(*context, 0) != 1)
        bug("a key that AES-128 does not take");
    memcpy(own->keys[hide], key->bytes, sizeof key->bytes);
    return *context;
}

static void cipher(const struct address_key *key, bool hide, const uint8_t in[BLOCK],
                   uint8_t out[BLOCK])
{
    int len = 0;
    if (EVP_CipherUpdate(context_of(key, hide), out, &len, in, BLOCK) != 1 || len != BLOCK)
        bug("a block that AES-128 does not take");
}

void address_key_make(struct address_key *key)
{
    randombytes_buf(key->bytes, sizeof key->bytes);
    stream_key_new(&key->words);
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

void address_seal(const struct address_key *key, struct str words, struct buf *out)
{
    struct buf padded, sealed;
    buf_init(&padded, WORDS_LIMIT);
    buf_init(&sealed, WORDS_LIMIT);
    buf_add(&padded, words);
    do
        buf_add_byte(&padded, 0);
    while (padded.len % WORDS_STEP);
    box_seal(&key->words, buf_str(&padded), &sealed);
    char *digits = mem_alloc(2 * sealed.len + 1);
    hex_write((const uint8_t *)sealed.at, sealed.len, digits);
    buf_add(out, str_of(digits));
    mem_free(digits);
    buf_release(&sealed);
    buf_release(&padded);
}

bool address_open(const struct address_key *key, struct str sealed, struct buf *out)
{
    struct buf opened;
    size_t size = sealed.len / 2;
    uint8_t *bytes = mem_alloc(size + 1);
    buf_init(&opened, WORDS_LIMIT);
    bool whole = size <= WORDS_LIMIT && size * 2 == sealed.len && hex_read(sealed, bytes, size) &&
                 box_open(&key->words, (struct str){(const char *)bytes, size}, &opened);
    if (whole)
        buf_add(out, str_slice(buf_str(&opened), 0, str_find(buf_str(&opened), STR("\0"), 0)));
    buf_release(&opened);
    mem_free(bytes);
    return whole;
}
