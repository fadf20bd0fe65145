#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "seal/box.h"
#include "store/store_int.h"

enum outcome head_of_log(struct archive *a, struct head_state *out, struct fault *why)
{
    *out = (struct head_state){0};
    struct query q = query_begin(a, "SELECT seq, chain FROM log_commit ORDER BY seq DESC LIMIT 1");
    if (query_step(&q)) {
        out->commits = query_int(&q, 0);
        query_hash(&q, 1, &out->chain);
    }
    return query_end(&q, why);
}

enum outcome log_heads(struct archive *a, struct arena *arena, struct hash_list *out,
                       struct fault *why)
{
    size_t room = 0;
    *out = (struct hash_list){0};
    struct query q = query_begin(a, "SELECT c.id FROM derived_commit c"
                                    " WHERE (c.standing = 1 OR c.author = ?1) AND NOT EXISTS"
                                    " (SELECT 1 FROM derived_parent p JOIN derived_commit k"
                                    " ON k.id = p.child WHERE p.parent = c.id"
                                    " AND (k.standing = 1 OR k.author = ?1)) ORDER BY c.id");
    query_bind_blob(&q, 1, (struct str){(const char *)a->own.public_key.bytes, PUBLIC_KEY_SIZE});
    while (query_step(&q)) {
        out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
        query_hash(&q, 0, &out->at[out->count++]);
    }
    return query_end(&q, why);
}

enum outcome head_write(struct archive *a, struct fault *why)
{
    struct head_state state;
    struct buf bytes, box;
    enum outcome result = head_of_log(a, &state, why);
    if (result != OK)
        return result;
    json_t *head = json_object();
    json_put(head, "kind", STR("head"));
    json_put_int(head, "commits", state.commits);
    json_put_hash(head, "chain", &state.chain);
    object_sign(head, HEAD_CONTEXT, &a->own);
    buf_init(&bytes, OBJECT_LIMIT);
    buf_init(&box, OBJECT_LIMIT);
    result = json_write(&bytes, head, why);
    if (result == OK) {
        box_seal(&a->head_key, buf_str(&bytes), &box);
        result = file_replace(a->dir, "head", buf_str(&box), why);
    }
    buf_release(&bytes);
    buf_release(&box);
    json_decref(head);
    return result;
}

static enum outcome head_read(struct archive *a, struct head_state *out, struct fault *why)
{
    struct buf box, bytes;
    struct public_key author;
    json_t *head = NULL;
    int fd = openat(a->dir, "head", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return refuse(why, DAMAGED, "the file \"head\" is missing");
    buf_init(&box, 64 * 1024);
    buf_init(&bytes, 64 * 1024);
    enum outcome result = file_read_fd(fd, &box, why);
    close(fd);
    if (result == OK && (!box_open(&a->head_key, buf_str(&box), &bytes) ||
                         json_read_canonical(buf_str(&bytes), &head, NULL) != OK ||
                         object_verify(head, HEAD_CONTEXT, &author, NULL) != OK ||
                         !public_key_equal(&author, &a->own.public_key) ||
                         !hash_read(json_text(head, "chain"), &out->chain)))
        result = refuse(why, DAMAGED, "the file \"head\" is not the head that this archive signed");
    out->commits = json_integer_value(json_object_get(head, "commits"));
    json_decref(head);
    buf_release(&bytes);
    buf_release(&box);
    return result;
}

enum outcome head_check(struct archive *a, bool *behind, struct fault *why)
{
    struct head_state head, log;
    struct hash chain = {0};
    enum outcome result = head_read(a, &head, why);
    if (result == OK)
        result = head_of_log(a, &log, why);
    if (result != OK)
        return result;
    if (log.commits < head.commits)
        return refuse(why, DAMAGED, "commits are lost: %jd were acknowledged, record.db holds %jd",
                      (intmax_t)head.commits, (intmax_t)log.commits);
    if (head.commits) {
        struct query q = query_begin(a, "SELECT chain FROM log_commit WHERE seq = ?1");
        query_bind_int(&q, 1, head.commits);
        if (query_step(&q))
            query_hash(&q, 0, &chain);
        result = query_end(&q, why);
    }
    if (result == OK && !hash_equal(&chain, &head.chain))
        return refuse(why, DAMAGED, "record.db holds other commits than the signed head names");
    *behind = log.commits > head.commits;
    return result;
}
