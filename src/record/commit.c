#include "record/commit.h"

#include "base/hex.h"
#include "record/capture.h"
#include "record/record_int.h"

static const char commit_context[] = "govah commit 1";

static void unsigned_bytes(const json_t *object, struct buf *out)
{
    json_t *bare = json_copy((json_t *)(uintptr_t)object); /* shallow; the object is not written */
    struct fault why;
    json_object_del(bare, "signature");
    if (object_write(out, bare, &why) != OK)
        buf_clear(out);
    json_decref(bare);
}

void object_sign(json_t *object, const char *context, const struct signing_key *key)
{
    struct buf bytes;
    buf_init(&bytes, OBJECT_LIMIT);
    json_put_public_key(object, "author", &key->public_key);
    unsigned_bytes(object, &bytes);
    struct signature signature = sign_bytes(key, context, buf_str(&bytes));
    char digits[2 * SIGNATURE_SIZE + 1];
    hex_write(signature.bytes, SIGNATURE_SIZE, digits);
    json_put(object, "signature", str_of(digits));
    buf_release(&bytes);
}

enum outcome object_verify(const json_t *object, const char *context, struct public_key *author,
                           struct fault *why)
{
    struct signature signature;
    if (!public_key_read(json_text(object, "author"), author) ||
        !hex_read(json_text(object, "signature"), signature.bytes, SIGNATURE_SIZE))
        return refuse(why, REFUSED, "no author or no signature");
    struct buf bytes;
    buf_init(&bytes, OBJECT_LIMIT);
    unsigned_bytes(object, &bytes);
    bool good = bytes.len && sign_verify(author, context, buf_str(&bytes), &signature);
    buf_release(&bytes);
    if (!good)
        return refuse(why, REFUSED, "the signature is not that of the author %.16s...",
                      json_text(object, "author").at);
    return OK;
}

json_t *commit_sign(struct commit *c, const struct signing_key *key)
{
    json_t *object = json_object();
    json_put(object, "kind", STR("commit"));
    json_put(object, "at", c->at);
    json_put(object, "note", c->note);
    json_put_hashes(object, "parents", &c->parents);
    json_put_hashes(object, "holds", &c->holds);
    object_sign(object, commit_context, key);
    c->author = key->public_key;
    if (!hex_read(json_text(object, "signature"), c->signature.bytes, SIGNATURE_SIZE))
        bug("a signature that cannot be read back");
    return object;
}

enum outcome commit_of_json(const json_t *object, struct arena *arena, struct commit *c,
                            struct fault *why)
{
    struct fields in;
    fields_begin(&in, object, "commit");
    *c = (struct commit){
        .author = fields_public_key(&in, "author"),
        .at = fields_text(&in, "at"),
        .note = fields_text(&in, "note"),
        .parents = fields_hashes(&in, "parents", arena),
        .holds = fields_hashes(&in, "holds", arena),
    };
    if (!hex_read(fields_text(&in, "signature"), c->signature.bytes, SIGNATURE_SIZE))
        fields_refuse(&in, "no signature");
    if (!c->holds.count)
        fields_refuse(&in, "nothing in it");
    enum outcome result = fields_end(&in, why);
    if (result != OK || (result = time_check(c->at, why)) != OK)
        return result;
    struct public_key author;
    return object_verify(object, commit_context, &author, why);
}
