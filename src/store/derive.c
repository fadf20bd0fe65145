#include "store/stays_int.h"

/* Derived rows are a function of the log's set of objects and of the reader, never of the order in
 * which they came: archive_rebuild over the same log gives the same rows. */

enum outcome derive_capture(struct archive *a, const struct hash *id, const struct capture *c,
                            struct fault *why)
{
    struct query q = query_begin(a, "INSERT OR IGNORE INTO derived_capture (bytes, id, at)"
                                    " VALUES (?1, ?2, ?3)");
    query_bind_hash(&q, 1, &c->bytes);
    query_bind_hash(&q, 2, id);
    query_bind_text(&q, 3, c->at);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome derive_text(struct archive *a, const struct hash *id, const struct kept_text *t,
                         struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_text (id, bytes, extractor, sha256)"
                                    " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET"
                                    " bytes = excluded.bytes, extractor = excluded.extractor,"
                                    " sha256 = excluded.sha256");
    query_bind_hash(&q, 1, id);
    query_bind_hash(&q, 2, &t->bytes);
    query_bind_text(&q, 3, t->extractor);
    query_bind_hash(&q, 4, &t->sha256);
    query_step(&q);
    return query_end(&q, why);
}

/* one object that a counting commit holds */
struct held {
    struct hash id;
    enum object_kind kind;
    struct buf body;
    json_t *object;
    struct capture capture;
    struct kept_text text;
    struct statement statement;
    struct decision decision;
};

static void held_release(struct held *h)
{
    json_decref(h->object);
    buf_release(&h->body);
}

static enum outcome held_load(struct archive *a, const struct hash *id, struct arena *arena,
                              struct held *h, struct fault *why)
{
    *h = (struct held){.id = *id};
    buf_init(&h->body, OBJECT_LIMIT);
    enum outcome result = log_get_object(a, id, &h->body, why);
    if (result == OK)
        result = json_read(buf_str(&h->body), &h->object, why);
    if (result == OK)
        result = object_kind_of(h->object, &h->kind, why);
    if (result != OK)
        return result;
    switch (h->kind) {
    case OBJECT_CAPTURE:
        return capture_of_json(h->object, &h->capture, why);
    case OBJECT_TEXT:
        return kept_text_of_json(h->object, &h->text, why);
    case OBJECT_STATEMENT:
        return statement_of_json(h->object, arena, &h->statement, why);
    case OBJECT_DECISION:
        return decision_of_json(h->object, arena, &h->decision, why);
    case OBJECT_COMMIT:
        return refuse(why, DAMAGED, "a commit that holds a commit");
    }
    bug("an object of no kind");
}

static enum outcome held_derive(struct archive *a, const struct held *h, struct fault *why)
{
    switch (h->kind) {
    case OBJECT_CAPTURE:
        return derive_capture(a, &h->id, &h->capture, why);
    case OBJECT_TEXT:
        return derive_text(a, &h->id, &h->text, why);
    case OBJECT_STATEMENT:
        return derive_statement(a, &h->id, &h->statement, why);
    case OBJECT_DECISION: /* over keys the owner's alone count, and derive_members has them */
        return h->decision.has_key ? OK : derive_decision(a, &h->id, &h->decision, why);
    case OBJECT_COMMIT:
        break;
    }
    bug("an object that derives nothing");
}

static enum outcome put_links(struct archive *a, const struct hash *id, const struct commit *c,
                              struct fault *why)
{
    struct query q = query_begin(a, "INSERT OR IGNORE INTO derived_parent (parent, child)"
                                    " VALUES (?1, ?2)");
    for (size_t i = 0; i < c->parents.count; i++) {
        query_bind_hash(&q, 1, &c->parents.at[i]);
        query_bind_hash(&q, 2, id);
        query_step(&q);
        query_again(&q);
    }
    enum outcome result = query_end(&q, why);
    if (result != OK)
        return result;
    q = query_begin(a, "INSERT OR IGNORE INTO derived_holding (object, held_by) VALUES (?1, ?2)");
    for (size_t i = 0; i < c->holds.count; i++) {
        query_bind_hash(&q, 1, &c->holds.at[i]);
        query_bind_hash(&q, 2, id);
        query_step(&q);
        query_again(&q);
    }
    return query_end(&q, why);
}

static enum outcome put_commit(struct archive *a, const struct hash *id, const struct commit *c,
                               struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_commit (id, author, at, note, holds,"
                                    " standing) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    query_bind_hash(&q, 1, id);
    query_bind_blob(&q, 2, (struct str){(const char *)c->author.bytes, PUBLIC_KEY_SIZE});
    query_bind_text(&q, 3, c->at);
    query_bind_text(&q, 4, c->note);
    query_bind_int(&q, 5, (int64_t)c->holds.count);
    query_bind_int(&q, 6, COMMIT_QUARANTINED);
    query_step(&q);
    enum outcome result = query_end(&q, why);
    return result == OK ? put_links(a, id, c, why) : result;
}

static enum outcome commit_load(struct archive *a, const struct hash *id, struct arena *arena,
                                struct commit *c, json_t **object, struct fault *why)
{
    struct buf body;
    buf_init(&body, OBJECT_LIMIT);
    enum outcome result = log_get_object(a, id, &body, why);
    if (result == OK)
        result = json_read(buf_str(&body), object, why);
    if (result == OK)
        result = commit_of_json(*object, arena, c, why);
    buf_release(&body);
    return result;
}

/* ---- one new commit of our own ---- */

static enum outcome derive_held(struct archive *a, const struct hash_list *holds,
                                struct arena *arena, struct hash_list *bytes,
                                struct hash_list *subjects, bool *members, struct fault *why)
{
    size_t bytes_room = 0, subjects_room = 0;
    enum outcome result = OK;
    for (enum object_kind kind = OBJECT_CAPTURE; kind <= OBJECT_TEXT; kind++)
        for (size_t i = 0; i < holds->count && result == OK; i++) {
            struct held h;
            if (taking_in_has(a, &holds->at[i]))
                continue;
            result = held_load(a, &holds->at[i], arena, &h, why);
            if (result == OK && h.kind == kind)
                result = held_derive(a, &h, why);
            if (result == OK && h.kind == kind) {
                bytes->at =
                    arena_grow(arena, bytes->at, bytes->count, &bytes_room, sizeof *bytes->at);
                bytes->at[bytes->count++] = kind == OBJECT_TEXT ? h.text.bytes : h.capture.bytes;
            }
            held_release(&h);
        }
    hash_list_sort(bytes);
    if (result == OK)
        result = taking_in_finish(a, why);
    if (result == OK)
        result = derive_documents(a, bytes, NULL, NULL, why);
    for (size_t i = 0; i < holds->count && result == OK; i++) {
        struct held h;
        if (taking_in_has(a, &holds->at[i]))
            continue;
        result = held_load(a, &holds->at[i], arena, &h, why);
        if (result == OK && h.kind >= OBJECT_STATEMENT)
            result = held_derive(a, &h, why);
        *members |= result == OK && h.kind == OBJECT_DECISION && h.decision.has_key;
        struct hash_list judged = {&h.id, h.kind == OBJECT_STATEMENT ? 1 : 0};
        if (h.kind == OBJECT_DECISION)
            judged = decision_subjects(&h.decision, arena);
        for (size_t k = 0; k < judged.count && result == OK; k++) {
            subjects->at = arena_grow(arena, subjects->at, subjects->count, &subjects_room,
                                      sizeof *subjects->at);
            subjects->at[subjects->count++] = judged.at[k];
        }
        held_release(&h);
    }
    hash_list_sort(subjects);
    return result;
}

enum outcome derive_commit(struct archive *a, const struct hash *id, const struct hash_list *holds,
                           struct fault *why)
{
    struct arena arena;
    struct commit commit;
    json_t *object = NULL;
    enum commit_standing standing = COMMIT_QUARANTINED;
    struct hash_list bytes = {0}, subjects = {0};
    bool members = false;
    arena_init(&arena);
    enum outcome result = commit_load(a, id, &arena, &commit, &object, why);
    if (result == OK)
        result = put_commit(a, id, &commit, why);
    if (result == OK)
        result = commit_standing(a, id, &commit.author, &standing, why);
    if (result == OK && standing == COMMIT_COUNTS)
        result = derive_held(a, holds, &arena, &bytes, &subjects, &members, why);
    for (size_t i = 0; i < subjects.count && result == OK && !members; i++)
        result = judge_statement(a, &subjects.at[i], why);
    json_decref(object);
    arena_release(&arena);
    return result == OK && members ? derive_all(a, NULL, NULL, why) : result;
}

/* ---- everything, from the log ---- */

static enum outcome all_commits(struct archive *a, struct fault *why)
{
    enum outcome result = OK;
    struct query q = query_begin(a, "SELECT id FROM log_commit ORDER BY id");
    while (result == OK && query_step(&q)) {
        struct arena arena;
        struct hash id;
        struct commit commit;
        json_t *object = NULL;
        arena_init(&arena);
        query_hash(&q, 0, &id);
        result = commit_load(a, &id, &arena, &commit, &object, why);
        if (result == OK)
            result = put_commit(a, &id, &commit, why);
        json_decref(object);
        arena_release(&arena);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    return result == OK ? ended : result;
}

static enum outcome each_object(struct archive *a, struct query q, struct fault *why)
{
    struct arena arena;
    enum outcome result = OK;
    arena_init(&arena);
    while (result == OK && query_step(&q)) {
        struct hash id;
        struct held h;
        query_hash(&q, 0, &id);
        result = held_load(a, &id, &arena, &h, why);
        if (result == OK)
            result = held_derive(a, &h, why);
        held_release(&h);
        arena_release(&arena);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    arena_release(&arena);
    return result == OK ? ended : result;
}

static enum outcome all_objects(struct archive *a, enum object_kind kind, struct fault *why)
{
    struct query q = query_begin(a, "SELECT DISTINCT h.object FROM derived_holding h"
                                    " JOIN derived_commit c ON c.id = h.held_by"
                                    " JOIN log_object o ON o.id = h.object"
                                    " WHERE c.standing = 1 AND o.kind = ?1 ORDER BY h.object");
    query_bind_int(&q, 1, kind);
    return each_object(a, q, why);
}

/* in the order of all_documents, so that what is said about one text after another is always put
 * behind all that is there */
static enum outcome all_texts(struct archive *a, struct fault *why)
{
    struct query q = query_begin(a, "SELECT h.object FROM derived_holding h"
                                    " JOIN derived_commit c ON c.id = h.held_by"
                                    " JOIN log_object o ON o.id = h.object"
                                    " JOIN payload_object p ON p.seq = o.seq"
                                    " LEFT JOIN derived_capture d ON d.bytes ="
                                    " unhex(json_extract(CAST(p.body AS TEXT), '$.bytes'))"
                                    " WHERE c.standing = 1 AND o.kind = ?1 GROUP BY h.object"
                                    " ORDER BY max(d.at), d.bytes, h.object");
    query_bind_int(&q, 1, OBJECT_TEXT);
    return each_object(a, q, why);
}

/* An index is made of rows in a tenth of the time that it takes to keep it up, but SQLite sorts it
 * in memory: some 50 bytes a statement. */
enum { SORTED_DOCUMENTS = 20000 };

static enum outcome all_documents(struct archive *a, archive_progress *progress, void *context,
                                  struct fault *why)
{
    struct arena arena;
    struct hash_list bytes = {0};
    size_t room = 0;
    arena_init(&arena);
    /* as they were taken in, for what search prefers (archive_search) */
    struct query q = query_begin(a, "SELECT bytes FROM derived_text"
                                    " LEFT JOIN derived_capture USING (bytes)"
                                    " WHERE bytes IS NOT NULL GROUP BY bytes"
                                    " ORDER BY max(at), bytes");
    while (query_step(&q)) {
        bytes.at = arena_grow(&arena, bytes.at, bytes.count, &room, sizeof *bytes.at);
        query_hash(&q, 0, &bytes.at[bytes.count++]);
    }
    enum outcome result = query_end(&q, why);
    bool sorted = bytes.count <= SORTED_DOCUMENTS;
    if (result == OK && !sorted)
        result = schema_derived_index(a, why);
    if (result == OK)
        result = derive_documents(a, &bytes, progress, context, why);
    if (result == OK && sorted)
        result = schema_derived_index(a, why);
    arena_release(&arena);
    return result;
}

static enum outcome all_subjects(struct archive *a, struct fault *why)
{
    enum outcome result = OK;
    struct query q = query_begin(a, "SELECT DISTINCT subject FROM derived_judgement"
                                    " WHERE subject NOT IN (SELECT key FROM derived_member)"
                                    " ORDER BY subject");
    while (result == OK && query_step(&q)) {
        struct hash subject;
        query_hash(&q, 0, &subject);
        result = judge_statement(a, &subject, why);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    return result == OK ? ended : result;
}

enum outcome derive_all(struct archive *a, archive_progress *progress, void *context,
                        struct fault *why)
{
    a->touched.all = true;
    enum outcome result = schema_derived_drop(a, why);
    if (result == OK)
        result = schema_derived_create(a, why);
    if (result == OK)
        result = all_commits(a, why);
    if (result == OK)
        result = derive_members(a, why);
    if (result == OK)
        result = derive_standings(a, why);
    if (result == OK)
        result = all_objects(a, OBJECT_CAPTURE, why);
    if (result == OK)
        result = all_texts(a, why);
    if (result == OK)
        result = all_documents(a, progress, context, why);
    if (result == OK)
        result = all_objects(a, OBJECT_STATEMENT, why);
    if (result == OK)
        result = all_objects(a, OBJECT_DECISION, why);
    if (result == OK)
        result = all_subjects(a, why);
    if (result == OK)
        result = stays_rebuild(a, why);
    enum outcome cleared = schema_free_pages_clear(a, result == OK ? why : NULL);
    return result == OK ? cleared : result;
}
