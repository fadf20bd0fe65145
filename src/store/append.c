#include <unistd.h>

#include "store/stays_int.h"

enum outcome archive_begin(struct archive *a, struct fault *why)
{
    if (a->in_batch)
        bug("a batch inside a batch");
    enum outcome result = sql_run(a, "BEGIN IMMEDIATE", why);
    a->in_batch = result == OK;
    a->holds.count = 0;
    a->files_count = 0;
    return result;
}

void archive_abandon(struct archive *a)
{
    if (!a->in_batch)
        return;
    taking_in_end(a);
    stays_forget(a);
    sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
    for (size_t i = 0; i < a->files_count; i++)
        unlinkat(a->evidence, a->files[i], 0);
    a->files_count = 0;
    a->holds.count = 0;
    a->in_batch = false;
}

enum outcome archive_put_bytes(struct archive *a, struct str bytes, struct hash *id,
                               struct fault *why)
{
    if (bytes.len <= BYTES_LIMIT)
        *id = hash_of(bytes);
    return log_put_bytes(a, bytes, id, why);
}

enum outcome archive_put_object(struct archive *a, json_t *object, struct hash *id,
                                struct fault *why)
{
    bool fresh;
    if (!a->in_batch)
        bug("an object outside a batch");
    enum outcome result = log_put_object(a, object, id, &fresh, why);
    json_decref(object);
    if (result != OK)
        return result;
    if (a->holds.count == a->holds_room) {
        a->holds_room = a->holds_room ? 2 * a->holds_room : 64;
        a->holds.at = mem_resize_array(a->holds.at, a->holds_room, sizeof *a->holds.at);
    }
    a->holds.at[a->holds.count++] = *id;
    return OK;
}

enum outcome batch_end(struct archive *a, struct fault *why)
{
    struct fault inner;
    enum outcome result = sql_run(a, "COMMIT", &inner);
    /* a COMMIT that failed at its sync is in the write-ahead log all the same, and a crash now
     * would bring it back: its evidence files must be there then */
    a->files_count = 0;
    if (result != OK) {
        archive_abandon(a);
        return refuse(why, result, "%s (whether it is kept shows when the archive is opened next)",
                      inner.text);
    }
    a->in_batch = false;
    taking_in_end(a);
    return OK;
}

/* what the database holds now, and not what we believe we wrote */
static enum outcome read_back(struct archive *a, const struct hash *commit, struct fault *why)
{
    struct hash bytes;
    enum outcome result = log_check_object(a, commit, &bytes, why);
    for (size_t i = 0; i < a->holds.count && result == OK; i++) {
        result = log_check_object(a, &a->holds.at[i], &bytes, why);
        if (result == OK && !hash_is_none(&bytes))
            result = log_check_bytes(a, &bytes, why);
    }
    return result;
}

static enum outcome write_commit(struct archive *a, struct str note, struct str at, struct hash *id,
                                 struct fault *why)
{
    struct arena arena;
    struct commit commit = {.at = at, .note = note, .holds = a->holds};
    bool fresh;
    arena_init(&arena);
    enum outcome result = log_heads(a, &arena, &commit.parents, why);
    if (result == OK) {
        json_t *object = commit_sign(&commit, &a->own);
        result = log_put_object(a, object, id, &fresh, why);
        json_decref(object);
    }
    if (result == OK)
        result = log_put_commit(a, id, why);
    arena_release(&arena);
    return result;
}

enum outcome archive_commit(struct archive *a, struct str note, struct str at, struct fault *why)
{
    struct hash id;
    if (!a->in_batch)
        bug("a commit outside a batch");
    hash_list_sort(&a->holds);
    if (!a->holds.count) {
        archive_abandon(a);
        return OK;
    }
    enum outcome result = write_commit(a, note, at, &id, why);
    if (result == OK)
        result = derive_commit(a, &id, &a->holds, why);
    if (result == OK)
        result = stays_update(a, why);
    if (result == OK)
        result = read_back(a, &id, why);
    if (result == OK)
        result = batch_end(a, why);
    else
        archive_abandon(a);
    return result == OK ? head_write(a, why) : result;
}
