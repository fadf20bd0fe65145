#include "store/page.h"

#include "store/store_int.h"

static void read_key(const struct query *q, int index, struct public_key *out)
{
    struct str key = query_str(q, index);
    *out = (struct public_key){0};
    if (key.len == PUBLIC_KEY_SIZE)
        memcpy(out->bytes, key.at, PUBLIC_KEY_SIZE);
}

/* ---- what was decided in a document ---- */

static void judgement_of_row(struct query *q, struct arena *arena, struct judgement_view *out)
{
    *out = (struct judgement_view){.verdict = (enum verdict)query_int(q, 2),
                                   .active = query_int(q, 3),
                                   .bulk = query_int(q, 4),
                                   .why = arena_copy(arena, query_str(q, 5)),
                                   .at = arena_copy(arena, query_str(q, 9)),
                                   .author_name = arena_copy(arena, query_str(q, 10))};
    query_hash(q, 0, &out->statement);
    query_hash(q, 1, &out->decision);
    if (!query_null(q, 6))
        query_hash(q, 6, &out->instead_of);
    query_hash(q, 7, &out->held_by);
    read_key(q, 8, &out->author);
}

enum outcome archive_document_judgements(struct archive *a, const struct hash *document,
                                         struct arena *arena, struct judgement_view **out,
                                         size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q =
        query_begin(a, "SELECT s.id, j.decision, j.verdict, j.active, e.bulk, e.why, e.instead_of,"
                       " c.id, c.author, c.at, m.name"
                       " FROM derived_text t CROSS JOIN derived_statement s NOT INDEXED"
                       " ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
                       " CROSS JOIN derived_judgement j ON j.subject = s.id"
                       " CROSS JOIN derived_decision e ON e.id = j.decision"
                       " JOIN derived_commit c ON c.id = (SELECT k.id FROM derived_holding h"
                       "  JOIN derived_commit k ON k.id = h.held_by WHERE h.object = j.decision"
                       "  AND k.standing = 1 ORDER BY k.at, k.id LIMIT 1)"
                       " LEFT JOIN derived_member m ON m.key = c.author"
                       " WHERE t.bytes = ?1 ORDER BY s.id, c.at, j.decision");
    query_bind_hash(&q, 1, document);
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        judgement_of_row(&q, arena, &(*out)[(*count)++]);
    }
    return query_end(&q, why);
}

/* ---- commits ---- */

enum outcome archive_commit_page(struct archive *a, size_t from, size_t limit, struct arena *arena,
                                 struct commit_view **out, size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(a, "SELECT c.id, c.author, m.name, c.at, c.note, c.holds,"
                                    " c.standing FROM derived_commit c"
                                    " LEFT JOIN derived_member m ON m.key = c.author"
                                    " ORDER BY c.at DESC, c.id LIMIT ?1 OFFSET ?2");
    query_bind_int(&q, 1, (int64_t)limit);
    query_bind_int(&q, 2, (int64_t)from);
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        struct commit_view *c = &(*out)[(*count)++];
        query_hash(&q, 0, &c->id);
        read_key(&q, 1, &c->author);
        c->author_name = arena_copy(arena, query_str(&q, 2));
        c->at = arena_copy(arena, query_str(&q, 3));
        c->note = arena_copy(arena, query_str(&q, 4));
        c->holds = query_int(&q, 5);
        c->state = (enum commit_view_state)query_int(&q, 6);
    }
    return query_end(&q, why);
}

/* ---- the last verification: own_setting "verified" ---- */

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

static enum outcome verification_write(struct archive *a, const struct head_state *head,
                                       const struct archive_check *check, struct str at,
                                       struct fault *why)
{
    char digits[HASH_DIGITS + 1];
    struct buf text;
    json_t *object = json_object();
    hash_write(&head->chain, digits);
    json_put(object, "at", at);
    json_put_int(object, "commits", head->commits);
    json_put_int(object, "findings", (int64_t)check->findings);
    json_put(object, "head", str_of(digits));
    buf_init(&text, 4096);
    enum outcome result = json_write(&text, object, why);
    if (result == OK) {
        struct query q = query_begin(a, "INSERT INTO own_setting (name, value)"
                                        " VALUES ('verified', ?1)"
                                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        query_bind_blob(&q, 1, buf_str(&text));
        query_step(&q);
        result = query_end(&q, why);
    }
    buf_release(&text);
    json_decref(object);
    return result;
}

enum outcome archive_note_verification(struct archive *a, const struct archive_check *check,
                                       struct str at, struct fault *why)
{
    struct head_state head;
    enum outcome result = head_of_log(a, &head, why);
    return result == OK ? verification_write(a, &head, check, at, why) : result;
}
