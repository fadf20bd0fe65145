/* keys.json: its description, and its recovery slot. (The passphrase slot costs memory by its own
 * numbers; the first line is a secret, the rest the file.) */
#include "fuzz.h"
#include "seal/box.h"
#include "seal/keys.h"

void fuzz_one(struct str bytes, struct arena *arena)
{
    char name[ARCHIVE_NAME_DIGITS + 1] = "", cipher[16] = "";
    struct master_key key;
    struct fault why;
    struct str file = bytes, secret;
    struct buf decoded, encoded;
    (void)arena;
    str_cut(&file, '\n', &secret);
    enum outcome result = keys_describe(file, name, cipher, &why);
    must_be_said(result, &why);
    MUST(result == OK || result == DAMAGED);
    if (result == OK)
        MUST(strlen(name) == ARCHIVE_NAME_DIGITS && strlen(cipher) > 0);
    result = keys_open(file, (struct key_secret){secret, true}, &key, &why);
    must_be_said(result, &why);
    MUST(result == OK || result == DAMAGED || result == DENIED);
    buf_init(&decoded, 1 << 20);
    buf_init(&encoded, 1 << 20);
    if (base64_read(&decoded, secret)) {
        base64_write(&encoded, buf_str(&decoded));
        MUST(str_equal(buf_str(&encoded), secret));
    }
    buf_release(&decoded);
    buf_release(&encoded);
}
