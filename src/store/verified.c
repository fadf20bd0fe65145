#include "store/page.h"

#include <unistd.h>

#include "store/store_int.h"

/* own_setting "verified" (docs/format.md) */

static enum outcome verification_read(struct str text, struct arena *arena,
                                      struct verification *out, struct fault *why)
{
    json_t *object = NULL;
    enum outcome result = json_read(text, &object, why);
    if (result != OK)
        return result;
    *out =
        (struct verification){.known = true,
                              .at = arena_copy(arena, json_text(object, "at")),
                              .commits = json_integer_value(json_object_get(object, "commits")),
                              .findings = json_integer_value(json_object_get(object, "findings"))};
    if (!out->at.len || !hash_read(json_text(object, "head"), &out->head))
        result = refuse(why, DAMAGED, "record.db says nothing readable of its last verification");
    json_decref(object);
    return result;
}

enum outcome archive_last_verification(struct archive *a, struct arena *arena,
                                       struct verification *out, struct fault *why)
{
    struct head_state head;
    struct str text = STR_NONE;
    *out = (struct verification){0};
    struct query q = query_begin(a, "SELECT value FROM own_setting WHERE name = 'verified'");
    if (query_step(&q))
        text = arena_copy(arena, query_str(&q, 0));
    enum outcome result = query_end(&q, why);
    if (result != OK || !text.len)
        return result;
    result = verification_read(text, arena, out, why);
    if (result == OK)
        result = head_of_log(a, &head, why);
    if (result == OK)
        out->all_looked_at = head.commits == out->commits && hash_equal(&head.chain, &out->head);
    return result;
}

static enum outcome verification_text(const struct head_state *head,
                                      const struct archive_check *check, struct str at,
                                      struct buf *out, struct fault *why)
{
    char digits[HASH_DIGITS + 1];
    json_t *object = json_object();
    hash_write(&head->chain, digits);
    json_put(object, "at", at);
    json_put_int(object, "commits", head->commits);
    json_put_int(object, "findings", (int64_t)check->findings);
    json_put(object, "head", str_of(digits));
    enum outcome result = json_write(out, object, why);
    json_decref(object);
    return result;
}

static enum outcome verification_put(struct archive *a, struct str text, struct fault *why)
{
    if (a->mode == ARCHIVE_WRITE)
        return setting_put(a, "verified", text.at, text.len, why);
    enum outcome result = lock_take(a, why);
    if (result == OK)
        result = sql_run(a, "PRAGMA query_only = OFF", why);
    if (result == OK)
        result = setting_put(a, "verified", text.at, text.len, why);
    sqlite3_exec(a->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    if (a->lock >= 0)
        close(a->lock);
    a->lock = -1;
    return result;
}

enum outcome archive_note_verification(struct archive *a, const struct archive_check *check,
                                       struct str at, struct fault *why)
{
    struct head_state head;
    struct buf text;
    buf_init(&text, 4096);
    enum outcome result = head_of_log(a, &head, why);
    if (result == OK)
        result = verification_text(&head, check, at, &text, why);
    if (result == OK)
        result = verification_put(a, buf_str(&text), why);
    buf_release(&text);
    return result;
}
