#include <errno.h>
#include <unistd.h>

#include "record/hash_set.h"
#include "seal/box.h"
#include "store/exchange_int.h"

struct import {
    struct archive *archive;
    struct hash_set loose; /* new objects and bytes that nothing has named yet */
    struct hash_set named;
    struct hash_list fresh; /* new objects, to be read back */
    size_t fresh_room;
    struct hasher digest;
    struct exchange_count *count;
    size_t line;
    bool ended;
};

static enum outcome take_bytes(struct import *in, const json_t *object, struct fault *why)
{
    struct buf body;
    struct hash id, now;
    bool has;
    if (json_object_size(object) != 3 || !hash_read(json_text(object, "id"), &id) ||
        !json_is_string(json_object_get(object, "base64")))
        return refuse(why, REFUSED, "bytes without an id or a body");
    buf_init(&body, BYTES_LIMIT);
    bool good = base64_read(&body, json_text(object, "base64"));
    enum outcome result = OK;
    now = hash_of(buf_str(&body));
    if (!good || !hash_equal(&now, &id))
        result = refuse(why, REFUSED, "bytes that are not what their id says");
    if (result == OK)
        result = log_has_bytes(in->archive, &id, &has, why);
    if (result == OK && has) {
        in->count->known++;
    } else if (result == OK) {
        in->count->bytes++;
        hash_set_add(&in->loose, &id);
        result = archive_put_bytes(in->archive, buf_str(&body), &id, why);
    }
    buf_release(&body);
    return result;
}

static enum outcome name_holdings(struct import *in, const json_t *commit, struct fault *why)
{
    const json_t *holds = json_object_get(commit, "holds");
    struct hash id;
    for (size_t i = 0; i < json_array_size(holds); i++) {
        const json_t *item = json_array_get(holds, i);
        if (!hash_read((struct str){json_string_value(item), json_string_length(item)}, &id))
            return refuse(why, REFUSED, "a commit that holds no id");
        hash_set_add(&in->named, &id);
    }
    return OK;
}

static enum outcome take_object(struct import *in, struct str line, struct fault *why)
{
    json_t *object = NULL;
    enum object_kind kind;
    struct hash id, bytes;
    bool fresh = false;
    enum outcome result = object_read(line, &object, &kind, why);
    if (result != OK)
        return result;
    result = log_put_object(in->archive, object, &id, &fresh, why);
    if (result == OK && fresh) {
        if (in->fresh.count == in->fresh_room) {
            in->fresh_room = in->fresh_room ? 2 * in->fresh_room : 256;
            in->fresh.at = mem_resize_array(in->fresh.at, in->fresh_room, sizeof *in->fresh.at);
        }
        in->fresh.at[in->fresh.count++] = id;
    }
    in->count->known += result == OK && !fresh;
    in->count->objects += fresh && kind != OBJECT_COMMIT;
    in->count->commits += fresh && kind == OBJECT_COMMIT;
    if (result == OK && fresh && kind == OBJECT_COMMIT)
        result = log_put_commit(in->archive, &id, why);
    else if (result == OK && fresh)
        hash_set_add(&in->loose, &id);
    if (result == OK && kind == OBJECT_COMMIT)
        result = name_holdings(in, object, why);
    const char *member = kind == OBJECT_CAPTURE ? "bytes" : kind == OBJECT_TEXT ? "sha256" : NULL;
    if (result == OK && member && hash_read(json_text(object, member), &bytes))
        hash_set_add(&in->named, &bytes);
    json_decref(object);
    return result;
}

static enum outcome take_end(struct import *in, struct str line, struct fault *why)
{
    json_t *head;
    struct hash said, now = hasher_end(&in->digest);
    hasher_init(&in->digest);
    enum outcome result = head_line_read(line, &head, why);
    if (result != OK)
        return result;
    if (!hash_read(json_text(head, "digest"), &said) || !hash_equal(&said, &now) ||
        json_integer_value(json_object_get(head, "lines")) != (json_int_t)(in->line - 1))
        result = refuse(why, REFUSED,
                        "the signed head is not that of the lines before it: lines"
                        " are missing, added or altered");
    json_decref(head);
    in->ended = true;
    return result;
}

static enum outcome take_line(struct import *in, struct str line, struct fault *why)
{
    json_t *object = NULL;
    if (in->ended)
        return refuse(why, REFUSED, "a line behind the signed head");
    /* the kind is looked at before the whole is parsed, by canonical JSON's order of members */
    static const struct str bytes_start = {"{\"base64\":", 10};
    enum outcome result;
    if (str_starts(line, bytes_start)) {
        result = json_read_canonical(line, &object, why);
        if (result == OK)
            result = take_bytes(in, object, why);
        json_decref(object);
    } else if (str_find(line, STR("\"kind\":\"export\""), 0) != SIZE_MAX &&
               str_starts(line, STR("{\"author\":"))) {
        return take_end(in, line, why);
    } else {
        result = take_object(in, line, why);
    }
    hasher_add(&in->digest, line);
    hasher_add(&in->digest, STR("\n"));
    return result;
}

static enum outcome take_lines(struct import *in, int fd, archive_progress *progress, void *context,
                               struct fault *why)
{
    struct buf pending;
    struct fault inner;
    enum outcome result = OK;
    size_t scanned = 0;
    char *chunk = mem_alloc(READ_SIZE);
    buf_init(&pending, (size_t)LINE_LIMIT + READ_SIZE);
    for (ssize_t got = 1; result == OK && got;) {
        got = read(fd, chunk, READ_SIZE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            result = refuse(why, FAILED, "the export cannot be read: %s", strerror(errno));
            break;
        }
        if (!buf_add(&pending, (struct str){chunk, (size_t)got}))
            result =
                refuse(why, REFUSED, "line %zu is longer than any line of an export", in->line + 1);
        size_t start = 0, end;
        while (result == OK && (end = str_find(buf_str(&pending), STR("\n"),
                                               start > scanned ? start : scanned)) != SIZE_MAX) {
            in->line++;
            result = take_line(in, str_slice(buf_str(&pending), start, end), &inner);
            if (result != OK)
                result = refuse_at(why, result, in->line, "line %zu: %s", in->line, inner.text);
            start = end + 1;
            scanned = start;
            if (progress)
                progress(context, in->line, 0);
        }
        struct str rest = str_slice(buf_str(&pending), start, pending.len);
        if (start && rest.len)
            memmove(pending.at, rest.at, rest.len);
        pending.len = rest.len;
        scanned = rest.len;
    }
    if (result == OK && (pending.len || !in->ended))
        result = refuse(why, REFUSED,
                        "cut off after line %zu: the signed head at its end is missing", in->line);
    buf_release(&pending);
    mem_free(chunk);
    return result;
}

static enum outcome check_loose(const struct import *in, struct fault *why)
{
    for (size_t i = 0; i < in->loose.room; i++) {
        const struct hash *id = &in->loose.slots[i];
        if (!hash_is_none(id) && !hash_set_has(&in->named, id)) {
            char digits[HASH_DIGITS + 1];
            hash_write(id, digits);
            return refuse(why, REFUSED, "%.12s belongs to no commit of this export", digits);
        }
    }
    return OK;
}

static enum outcome check_fresh(struct import *in, struct fault *why)
{
    enum outcome result = OK;
    struct hash bytes;
    for (size_t i = 0; i < in->fresh.count && result == OK; i++)
        result = log_check_object(in->archive, &in->fresh.at[i], &bytes, why);
    for (size_t i = 0; i < in->loose.room && result == OK; i++) {
        const struct hash *id = &in->loose.slots[i];
        bool has = false;
        if (hash_is_none(id))
            continue;
        result = log_has_bytes(in->archive, id, &has, why);
        if (result == OK && has)
            result = log_check_bytes(in->archive, id, why);
    }
    return result;
}

static enum outcome count_standings(struct import *in, struct fault *why)
{
    enum outcome result = OK;
    struct query q = query_begin(in->archive, "SELECT standing FROM derived_commit WHERE id = ?1");
    for (size_t i = 0; i < in->fresh.count && result == OK; i++) {
        query_bind_hash(&q, 1, &in->fresh.at[i]);
        if (query_step(&q)) {
            in->count->quarantined += query_int(&q, 0) == COMMIT_QUARANTINED;
            in->count->waiting += query_int(&q, 0) == COMMIT_WAITS;
        }
        query_again(&q);
    }
    enum outcome ended = query_end(&q, why);
    return result == OK ? ended : result;
}

enum outcome archive_import(struct archive *a, int fd, archive_progress *progress, void *context,
                            struct exchange_count *count, struct fault *why)
{
    struct import in = {.archive = a, .count = count};
    *count = (struct exchange_count){0};
    hash_set_init(&in.loose);
    hash_set_init(&in.named);
    hasher_init(&in.digest);
    enum outcome result = archive_begin(a, why);
    if (result == OK)
        result = take_lines(&in, fd, progress, context, why);
    if (result == OK)
        result = check_loose(&in, why);
    if (result == OK && (in.fresh.count || count->bytes))
        result = derive_all(a, NULL, NULL, why);
    if (result == OK)
        result = check_fresh(&in, why);
    if (result == OK)
        result = count_standings(&in, why);
    if (result == OK)
        result = batch_end(a, why);
    else
        archive_abandon(a);
    if (result == OK)
        result = head_write(a, why);
    hasher_end(&in.digest);
    hash_set_release(&in.loose);
    hash_set_release(&in.named);
    mem_free(in.fresh.at);
    return result;
}
