#include "store/store_int.h"

/* Only the owner's decisions about keys count, so that membership needs no order: the owner's own
 * commits always count. */

static enum outcome owner_judgements(struct archive *a, struct fault *why)
{
    struct arena arena;
    enum outcome result = OK;
    arena_init(&arena);
    struct query q = query_begin(a, "SELECT DISTINCT o.id, p.body FROM derived_holding h"
                                    " JOIN derived_commit c ON c.id = h.held_by"
                                    " JOIN log_object o ON o.id = h.object"
                                    " JOIN payload_object p ON p.seq = o.seq"
                                    " WHERE c.author = ?1 AND o.kind = ?2 ORDER BY o.id");
    query_bind_blob(&q, 1, (struct str){(const char *)a->owner.bytes, PUBLIC_KEY_SIZE});
    query_bind_int(&q, 2, OBJECT_DECISION);
    while (result == OK && query_step(&q)) {
        struct hash id;
        struct decision d;
        json_t *object = NULL;
        query_hash(&q, 0, &id);
        result = json_read(query_str(&q, 1), &object, why);
        if (result == OK && json_object_get(object, "key")) {
            result = decision_of_json(object, &arena, &d, why);
            if (result == OK)
                result = derive_decision(a, &id, &d, why);
        }
        json_decref(object);
        arena_release(&arena);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    arena_release(&arena);
    return result == OK ? ended : result;
}

static enum outcome put_member(struct archive *a, const struct hash *key, struct fault *why)
{
    struct standing standing;
    struct arena arena;
    struct str name = STR_NONE;
    enum outcome result = derive_subject(a, key, &standing, why);
    if (result != OK || !standing.decided)
        return result;
    arena_init(&arena);
    struct query q = query_begin(a, "SELECT p.body FROM derived_judgement j"
                                    " JOIN log_object o ON o.id = j.decision"
                                    " JOIN payload_object p ON p.seq = o.seq"
                                    " WHERE j.subject = ?1 AND j.verdict = ?2 AND j.active"
                                    " ORDER BY j.decision LIMIT 1");
    query_bind_hash(&q, 1, key);
    query_bind_int(&q, 2, VERDICT_MEMBER);
    if (query_step(&q)) {
        json_t *object = NULL;
        if (json_read(query_str(&q, 0), &object, NULL) == OK)
            name = arena_copy(&arena, json_text(object, "name"));
        json_decref(object);
    }
    result = query_end(&q, why);
    if (result == OK) {
        q = query_begin(a, "INSERT INTO derived_member (key, name, standing, undecided)"
                           " VALUES (?1, ?2, ?3, ?4)");
        query_bind_hash(&q, 1, key);
        query_bind_text(&q, 2, name);
        query_bind_int(&q, 3, standing.verdict == VERDICT_MEMBER);
        query_bind_int(&q, 4, standing.undecided);
        query_step(&q);
        result = query_end(&q, why);
    }
    arena_release(&arena);
    return result;
}

enum outcome derive_members(struct archive *a, struct fault *why)
{
    enum outcome result = owner_judgements(a, why);
    struct query q = query_begin(a, "SELECT DISTINCT subject FROM derived_judgement"
                                    " ORDER BY subject");
    while (result == OK && query_step(&q)) {
        struct hash key;
        query_hash(&q, 0, &key);
        result = put_member(a, &key, why);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    return result == OK ? ended : result;
}

/* whether a revoked key's commit is one of the last trusted, or what they build on */
static enum outcome trusted_before(struct archive *a, const struct hash *commit,
                                   const struct hash_list *last, bool *trusted, struct fault *why)
{
    enum outcome result = OK;
    *trusted = false;
    for (size_t i = 0; i < last->count && result == OK && !*trusted; i++) {
        struct query q = query_begin(a, "WITH RECURSIVE up(id) AS (SELECT ?1 UNION"
                                        " SELECT p.parent FROM derived_parent p"
                                        " JOIN up ON p.child = up.id)"
                                        " SELECT 1 FROM up WHERE id = ?2");
        query_bind_hash(&q, 1, &last->at[i]);
        query_bind_hash(&q, 2, commit);
        *trusted = query_step(&q);
        result = query_end(&q, why);
    }
    return result;
}

static enum outcome revoked_counts(struct archive *a, const struct hash *commit,
                                   const struct public_key *author, bool *counts, struct fault *why)
{
    struct arena arena;
    enum outcome result = OK;
    bool revoked = false;
    *counts = true;
    arena_init(&arena);
    struct query q = query_begin(a, "SELECT p.body FROM derived_judgement j"
                                    " JOIN log_object o ON o.id = j.decision"
                                    " JOIN payload_object p ON p.seq = o.seq"
                                    " WHERE j.subject = ?1 AND j.verdict = ?2 AND j.active");
    query_bind_blob(&q, 1, (struct str){(const char *)author->bytes, PUBLIC_KEY_SIZE});
    query_bind_int(&q, 2, VERDICT_REVOKE);
    while (result == OK && *counts && query_step(&q)) {
        struct decision d = {0};
        json_t *object = NULL;
        revoked = true;
        result = json_read(query_str(&q, 0), &object, why);
        if (result == OK)
            result = decision_of_json(object, &arena, &d, why);
        if (result == OK)
            result = trusted_before(a, commit, &d.last, counts, why);
        json_decref(object);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    arena_release(&arena);
    *counts = *counts && revoked;
    return result == OK ? ended : result;
}

static enum outcome member_standing(struct archive *a, const struct public_key *key, bool *known,
                                    bool *member, struct fault *why)
{
    *known = *member = public_key_equal(key, &a->owner);
    if (*known)
        return OK;
    struct query q = query_begin(a, "SELECT standing FROM derived_member WHERE key = ?1");
    query_bind_blob(&q, 1, (struct str){(const char *)key->bytes, PUBLIC_KEY_SIZE});
    *known = query_step(&q);
    *member = *known && query_int(&q, 0);
    return query_end(&q, why);
}

enum outcome member_counts(struct archive *a, const struct public_key *key, bool *counts,
                           struct fault *why)
{
    bool known;
    return member_standing(a, key, &known, counts, why);
}

static enum outcome author_counts(struct archive *a, const struct hash *commit,
                                  const struct public_key *author, bool *counts, struct fault *why)
{
    bool known;
    enum outcome result = member_standing(a, author, &known, counts, why);
    if (result == OK && known && !*counts)
        result = revoked_counts(a, commit, author, counts, why);
    return result;
}

enum outcome commit_standing(struct archive *a, const struct hash *id,
                             const struct public_key *author, enum commit_standing *out,
                             struct fault *why)
{
    bool counts = false;
    enum outcome result = author_counts(a, id, author, &counts, why);
    *out = counts ? COMMIT_COUNTS : COMMIT_QUARANTINED;
    struct query q = query_begin(a, "UPDATE derived_commit SET standing = ?2 WHERE id = ?1");
    query_bind_hash(&q, 1, id);
    query_bind_int(&q, 2, *out);
    query_step(&q);
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    return result == OK ? ended : result;
}

/* a commit waits when something it builds on, or holds, is not here */
static enum outcome mark_waiting(struct archive *a, struct fault *why)
{
    return sql_run(a,
                   "WITH RECURSIVE waiting(id) AS ("
                   " SELECT child FROM derived_parent p WHERE NOT EXISTS"
                   "  (SELECT 1 FROM derived_commit c WHERE c.id = p.parent)"
                   " UNION SELECT held_by FROM derived_holding h WHERE NOT EXISTS"
                   "  (SELECT 1 FROM log_object o WHERE o.id = h.object)"
                   " UNION SELECT h.held_by FROM log_object o"
                   "  JOIN payload_object b ON b.seq = o.seq"
                   "  JOIN derived_holding h ON h.object = o.id"
                   "  WHERE o.kind IN (0, 1) AND NOT EXISTS (SELECT 1 FROM log_bytes l"
                   "   WHERE l.id = unhex(json_extract(CAST(b.body AS TEXT),"
                   "    CASE o.kind WHEN 0 THEN '$.bytes' ELSE '$.sha256' END)))"
                   " UNION SELECT p.child FROM derived_parent p JOIN waiting w"
                   "  ON p.parent = w.id)"
                   "UPDATE derived_commit SET standing = 2 WHERE standing = 1"
                   " AND id IN (SELECT id FROM waiting)",
                   why);
}

enum outcome derive_standings(struct archive *a, struct fault *why)
{
    enum outcome result = OK;
    struct query q = query_begin(a, "SELECT id, author FROM derived_commit ORDER BY id");
    while (result == OK && query_step(&q)) {
        struct hash id;
        struct public_key author = {0};
        enum commit_standing standing;
        query_hash(&q, 0, &id);
        struct str key = query_str(&q, 1);
        memcpy(author.bytes, key.at, key.len == PUBLIC_KEY_SIZE ? PUBLIC_KEY_SIZE : 0);
        result = commit_standing(a, &id, &author, &standing, why);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    result = result == OK ? ended : result;
    return result == OK ? mark_waiting(a, why) : result;
}
