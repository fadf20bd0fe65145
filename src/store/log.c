#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "seal/stream.h"
#include "store/store_int.h"

enum outcome log_has(struct archive *a, const struct hash *id, bool *has, struct fault *why)
{
    struct query q = query_begin(a, "SELECT 1 FROM log_object WHERE id = ?1");
    query_bind_hash(&q, 1, id);
    *has = query_step(&q);
    return query_end(&q, why);
}

enum outcome log_has_bytes(struct archive *a, const struct hash *id, bool *has, struct fault *why)
{
    struct query q = query_begin(a, "SELECT 1 FROM log_bytes WHERE id = ?1");
    query_bind_hash(&q, 1, id);
    *has = query_step(&q);
    return query_end(&q, why);
}

static enum outcome insert_object(struct archive *a, const struct hash *id, enum object_kind kind,
                                  struct str body, struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO log_object (id, kind) VALUES (?1, ?2)");
    query_bind_hash(&q, 1, id);
    query_bind_int(&q, 2, kind);
    query_step(&q);
    enum outcome result = query_end(&q, why);
    if (result != OK)
        return result;
    q = query_begin(a, "INSERT INTO payload_object (seq, body) VALUES (?1, ?2)");
    query_bind_int(&q, 1, sqlite3_last_insert_rowid(a->db));
    query_bind_blob(&q, 2, body);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome log_put_object(struct archive *a, const json_t *object, struct hash *id, bool *fresh,
                            struct fault *why)
{
    struct buf body;
    enum object_kind kind;
    bool has = false;
    buf_init(&body, OBJECT_LIMIT);
    enum outcome result = object_kind_of(object, &kind, why);
    if (result == OK)
        result = object_write(&body, object, why);
    if (result == OK) {
        *id = hash_of(buf_str(&body));
        result = log_has(a, id, &has, why);
    }
    if (result == OK && !has)
        result = insert_object(a, id, kind, buf_str(&body), why);
    *fresh = !has;
    buf_release(&body);
    return result;
}

enum outcome log_put_commit(struct archive *a, const struct hash *id, struct fault *why)
{
    struct head_state state;
    enum outcome result = head_of_log(a, &state, why);
    if (result != OK)
        return result;
    uint8_t link[2 * HASH_SIZE];
    memcpy(link, state.chain.bytes, HASH_SIZE);
    memcpy(link + HASH_SIZE, id->bytes, HASH_SIZE);
    struct hash chain = hash_of((struct str){(char *)link, sizeof link});
    struct query q = query_begin(a, "INSERT INTO log_commit (seq, id, chain) VALUES (?1, ?2, ?3)");
    query_bind_int(&q, 1, state.commits + 1);
    query_bind_hash(&q, 2, id);
    query_bind_hash(&q, 3, &chain);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome log_get_object(struct archive *a, const struct hash *id, struct buf *out,
                            struct fault *why)
{
    struct query q = query_begin(a, "SELECT p.body FROM log_object o JOIN payload_object p"
                                    " ON p.seq = o.seq WHERE o.id = ?1");
    query_bind_hash(&q, 1, id);
    bool found = query_step(&q);
    if (found)
        buf_add(out, query_str(&q, 0));
    enum outcome result = query_end(&q, why);
    if (result == OK && !found) {
        char digits[HASH_DIGITS + 1];
        hash_write(id, digits);
        return refuse(why, NOT_FOUND, "the object %.12s is not here", digits);
    }
    return result;
}

/* ---- bytes: small ones in the database, large ones sealed beside it ---- */

static enum outcome evidence_write(struct archive *a, struct str bytes, char name[33],
                                   struct stream_key *key, struct fault *why)
{
    random_name(name, 16);
    stream_key_new(key);
    int fd = openat(a->evidence, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return refuse(why, FAILED, "evidence cannot be written: %s", strerror(errno));
    if (a->files_count == a->files_room) {
        a->files_room = a->files_room ? 2 * a->files_room : 8;
        a->files = mem_resize_array(a->files, a->files_room, sizeof *a->files);
    }
    memcpy(a->files[a->files_count++], name, 33);
    enum outcome result = stream_write(fd, key, bytes, why);
    if (result == OK && fsync(fd))
        result = refuse(why, FAILED, "evidence cannot be synced: %s", strerror(errno));
    if (close(fd) && result == OK)
        result = refuse(why, FAILED, "evidence cannot be closed: %s", strerror(errno));
    if (result == OK && fsync(a->evidence))
        result = refuse(why, FAILED, "the evidence folder cannot be synced: %s", strerror(errno));
    return result;
}

static enum outcome insert_bytes(struct archive *a, const struct hash *id, struct str bytes,
                                 struct fault *why)
{
    struct stream_key key;
    char file[33] = "";
    enum outcome result = OK;
    bool sealed = bytes.len >= EVIDENCE_FROM;
    if (sealed)
        result = evidence_write(a, bytes, file, &key, why);
    if (result != OK)
        return result;
    struct query q = query_begin(a, "INSERT INTO log_bytes (id, size) VALUES (?1, ?2)");
    query_bind_hash(&q, 1, id);
    query_bind_int(&q, 2, (int64_t)bytes.len);
    query_step(&q);
    result = query_end(&q, why);
    if (result != OK)
        return result;
    q = query_begin(a, "INSERT INTO payload_bytes (seq, body, file, key)"
                       " VALUES (?1, ?2, ?3, ?4)");
    query_bind_int(&q, 1, sqlite3_last_insert_rowid(a->db));
    if (sealed) {
        query_bind_text(&q, 3, str_of(file));
        query_bind_blob(&q, 4, (struct str){(char *)key.bytes, sizeof key.bytes});
    } else {
        query_bind_blob(&q, 2, bytes);
    }
    query_step(&q);
    result = query_end(&q, why);
    if (sealed)
        stream_key_forget(&key);
    return result;
}

enum outcome log_put_bytes(struct archive *a, struct str bytes, const struct hash *id,
                           struct fault *why)
{
    bool has;
    if (bytes.len > BYTES_LIMIT)
        return refuse(why, REFUSED, "more than %d bytes", BYTES_LIMIT);
    enum outcome result = log_has_bytes(a, id, &has, why);
    return result != OK || has ? result : insert_bytes(a, id, bytes, why);
}

static enum outcome evidence_read(struct archive *a, struct str file, struct str key,
                                  struct buf *out, struct fault *why)
{
    struct stream_key opened;
    char name[33];
    if (file.len != 32 || key.len != sizeof opened.bytes)
        return refuse(why, DAMAGED, "evidence without a name or a key");
    snprintf(name, sizeof name, "%.*s", STR_ARG(file));
    memcpy(opened.bytes, key.at, sizeof opened.bytes);
    int fd = openat(a->evidence, name, O_RDONLY | O_CLOEXEC);
    enum outcome result;
    struct fault inner;
    if (fd < 0)
        result = refuse(why, DAMAGED, "the evidence file %s is missing: %s", name, strerror(errno));
    else if ((result = stream_read(fd, &opened, out, &inner)) != OK)
        result = refuse(why, result, "the evidence file %s: %s", name, inner.text);
    if (fd >= 0)
        close(fd);
    stream_key_forget(&opened);
    return result;
}

enum outcome log_get_bytes(struct archive *a, const struct hash *id, struct buf *out,
                           struct fault *why)
{
    enum outcome inner = OK;
    struct query q = query_begin(a, "SELECT p.body, p.file, p.key FROM log_bytes b"
                                    " JOIN payload_bytes p ON p.seq = b.seq WHERE b.id = ?1");
    query_bind_hash(&q, 1, id);
    bool found = query_step(&q);
    if (found && !query_null(&q, 1))
        inner = evidence_read(a, query_str(&q, 1), query_str(&q, 2), out, why);
    else if (found)
        buf_add(out, query_str(&q, 0));
    struct fault ended;
    enum outcome result = query_end(&q, &ended);
    if (result != OK) {
        if (why)
            *why = ended;
        return result;
    }
    if (!found) {
        char digits[HASH_DIGITS + 1];
        hash_write(id, digits);
        return refuse(why, NOT_FOUND, "the bytes %.12s are not here", digits);
    }
    return inner;
}

/* ---- reading back ---- */

static struct hash bytes_named(const json_t *object, enum object_kind kind)
{
    struct hash out = {0};
    const char *member = kind == OBJECT_CAPTURE ? "bytes" : kind == OBJECT_TEXT ? "sha256" : NULL;
    if (member && !hash_read(json_text(object, member), &out))
        bug("an object that was checked and names no bytes");
    return out;
}

enum outcome log_check_object(struct archive *a, const struct hash *id, struct hash *bytes,
                              struct fault *why)
{
    *bytes = (struct hash){0};
    struct buf body;
    json_t *object = NULL;
    enum object_kind kind;
    struct fault inner;
    char digits[HASH_DIGITS + 1];
    hash_write(id, digits);
    buf_init(&body, OBJECT_LIMIT);
    enum outcome result = log_get_object(a, id, &body, why);
    if (result == OK) {
        struct hash now = hash_of(buf_str(&body));
        if (!hash_equal(&now, id))
            result =
                refuse(why, DAMAGED, "the object %.12s has other bytes than its name says", digits);
        else if (object_read(buf_str(&body), &object, &kind, &inner) != OK)
            result = refuse(why, DAMAGED, "the object %.12s: %s", digits, inner.text);
        else
            *bytes = bytes_named(object, kind);
    }
    json_decref(object);
    buf_release(&body);
    return result;
}

enum outcome log_check_bytes(struct archive *a, const struct hash *id, struct fault *why)
{
    struct buf body;
    buf_init(&body, BYTES_LIMIT);
    enum outcome result = log_get_bytes(a, id, &body, why);
    if (result == OK) {
        struct hash now = hash_of(buf_str(&body));
        if (!hash_equal(&now, id)) {
            char digits[HASH_DIGITS + 1];
            hash_write(id, digits);
            result = refuse(why, DAMAGED, "the bytes %.12s are not what was kept", digits);
        }
    }
    buf_release(&body);
    return result;
}
