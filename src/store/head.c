#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
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
    struct buf bytes;
    enum outcome result = head_of_log(a, &state, why);
    if (result != OK)
        return result;
    json_t *head = json_object();
    json_put(head, "kind", STR("head"));
    json_put_int(head, "commits", state.commits);
    json_put_hash(head, "chain", &state.chain);
    object_sign(head, HEAD_CONTEXT, &a->own);
    buf_init(&bytes, OBJECT_LIMIT);
    result = json_write(&bytes, head, why);
    buf_add_byte(&bytes, '\n');
    if (result == OK)
        result = file_replace(a->dir, "head.json", buf_str(&bytes), why);
    buf_release(&bytes);
    json_decref(head);
    return result;
}

static enum outcome head_read(struct archive *a, struct head_state *out, struct fault *why)
{
    struct buf bytes;
    struct fault inner;
    struct public_key author;
    json_t *head = NULL;
    buf_init(&bytes, 64 * 1024);
    int fd = openat(a->dir, "head.json", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return refuse(why, DAMAGED, "head.json is missing; see docs/format.md, \"The head\"");
    enum outcome result = file_read_fd(fd, &bytes, why);
    close(fd);
    struct str body = buf_str(&bytes);
    bool ended = body.len && body.at[body.len - 1] == '\n';
    if (ended)
        body.len--;
    if (result == OK) {
        json_int_t commits = -1;
        if (!ended || json_read_canonical(body, &head, &inner) != OK ||
            object_verify(head, HEAD_CONTEXT, &author, &inner) != OK ||
            !public_key_equal(&author, &a->own.public_key) ||
            !hash_read(json_text(head, "chain"), &out->chain) ||
            (commits = json_integer_value(json_object_get(head, "commits"))) < 0)
            result = refuse(why, DAMAGED, "head.json is not the head that this archive signed");
        out->commits = commits;
    }
    json_decref(head);
    buf_release(&bytes);
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
        return refuse(why, DAMAGED,
                      "commits are lost: %jd were acknowledged, record.db holds %jd",
                      (intmax_t)head.commits, (intmax_t)log.commits);
    if (head.commits) {
        struct query q = query_begin(a, "SELECT chain FROM log_commit WHERE seq = ?1");
        query_bind_int(&q, 1, head.commits);
        if (query_step(&q))
            query_hash(&q, 0, &chain);
        result = query_end(&q, why);
    }
    if (result == OK && !hash_equal(&chain, &head.chain))
        return refuse(why, DAMAGED, "record.db holds other commits than head.json names");
    *behind = log.commits > head.commits;
    return result;
}
