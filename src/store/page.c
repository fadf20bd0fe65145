#include "store/page.h"

#include "store/store_int.h"

/* ---- what changed ---- */

enum outcome archive_generation(struct archive *a, uint64_t *out, struct fault *why)
{
    struct hasher hasher;
    struct query q =
        query_begin(a, "SELECT (SELECT chain FROM log_commit ORDER BY seq DESC LIMIT 1),"
                       " (SELECT schema_version FROM pragma_schema_version),"
                       " (SELECT value FROM own_setting WHERE name = 'verified'),"
                       " (SELECT value FROM own_setting WHERE name = 'weights_id'),"
                       " (SELECT value FROM own_setting WHERE name = 'lists')");
    hasher_init(&hasher);
    if (query_step(&q))
        for (int i = 0; i < 5; i++) {
            struct str part = query_str(&q, i);
            hasher_add(&hasher, (struct str){(const char *)&part.len, sizeof part.len});
            hasher_add(&hasher, part);
        }
    struct hash hash = hasher_end(&hasher);
    memcpy(out, hash.bytes, sizeof *out);
    return query_end(&q, why);
}

/* the last object in the log that is neither a commit nor a decision about pairs */
static enum outcome last_statement(struct archive *a, struct hash *out, struct fault *why)
{
    *out = (struct hash){{0}};
    struct query q = query_begin(a, "SELECT o.id FROM log_object o"
                                    " JOIN payload_object p ON p.seq = o.seq WHERE o.kind <> ?1"
                                    " AND NOT (o.kind = ?2 AND"
                                    " instr(p.body, CAST('\"pairs\":[' AS BLOB)))"
                                    " ORDER BY o.seq DESC LIMIT 1");
    query_bind_int(&q, 1, OBJECT_COMMIT);
    query_bind_int(&q, 2, OBJECT_DECISION);
    if (query_step(&q))
        query_hash(&q, 0, out);
    return query_end(&q, why);
}

enum outcome archive_statement_generation(struct archive *a, uint64_t *out, struct fault *why)
{
    struct hasher hasher;
    struct hash last;
    enum outcome result = last_statement(a, &last, why);
    if (result != OK)
        return result;
    struct query q = query_begin(a, "SELECT (SELECT schema_version FROM pragma_schema_version),"
                                    " (SELECT count(*) FROM derived_commit WHERE standing <> 1),"
                                    " (SELECT value FROM own_setting WHERE name = 'weights_id')");
    hasher_init(&hasher);
    hasher_add(&hasher, (struct str){(const char *)last.bytes, HASH_SIZE});
    if (query_step(&q))
        for (int i = 0; i < 3; i++) {
            struct str part = query_str(&q, i);
            hasher_add(&hasher, (struct str){(const char *)&part.len, sizeof part.len});
            hasher_add(&hasher, part);
        }
    struct hash hash = hasher_end(&hasher);
    memcpy(out, hash.bytes, sizeof *out);
    return query_end(&q, why);
}

/* ---- snapshots ---- */

enum outcome archive_snapshot_begin(struct archive *a, struct fault *why)
{
    enum outcome result = a->snapshots || a->in_batch ? OK : sql_run(a, "BEGIN", why);
    a->snapshots += result == OK;
    if (result == OK && a->snapshots == 1 && !a->in_batch) {
        a->dated = archive_generation(a, &a->generation, NULL) == OK;
        a->summed = a->summed && a->dated && a->generation == a->summed_at;
        a->awaited = a->awaited && a->dated && a->generation == a->awaited_at;
    }
    return result;
}

/* Nothing was written, so that there is nothing to lose by a fault here. */
void archive_snapshot_end(struct archive *a)
{
    if (--a->snapshots)
        return;
    a->dated = false;
    if (!a->in_batch)
        sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- documents ---- */

struct place {
    struct str at;
    struct hash id;
};

static struct str column(struct arena *arena, const struct query *q, int index)
{
    return arena_copy(arena, query_str(q, index));
}

static enum outcome place_find(struct archive *a, struct str digits, struct arena *arena,
                               struct place *out, struct fault *why)
{
    struct hash low, high;
    size_t found = 0;
    if (digits.len < 8 || !hash_range(digits, &low, &high))
        return refuse(why, REFUSED, "\"%.*s\" is not a document's id (8 to 64 digits of 0-9 a-f)",
                      STR_ARG(digits));
    struct query q = query_begin(a, "SELECT id, at FROM derived_document"
                                    " WHERE id BETWEEN ?1 AND ?2 LIMIT 2");
    query_bind_hash(&q, 1, &low);
    query_bind_hash(&q, 2, &high);
    for (; query_step(&q); found++) {
        query_hash(&q, 0, &out->id);
        out->at = column(arena, &q, 1);
    }
    enum outcome result = query_end(&q, why);
    if (result == OK && found != 1)
        return refuse(why, found ? REFUSED : NOT_FOUND,
                      found ? "several documents' ids begin with %.*s; give more digits"
                            : "no document has the id %.*s",
                      STR_ARG(digits));
    return result;
}

#define DOCUMENT_COLUMNS                                                                           \
    "SELECT d.id, d.text, d.sha256, d.title, d.publisher, d.published, d.lang, d.url,"             \
    " d.name, d.media, d.extractor, d.at, d.size FROM derived_document d"

/* one of the document's statements waits; by the index of standings alone */
#define WAITS                                                                                      \
    "EXISTS (SELECT 1 FROM derived_text t WHERE t.bytes = d.id AND ("                              \
    "EXISTS (SELECT 1 FROM derived_statement s INDEXED BY derived_statement_standing"              \
    " WHERE s.standing = 0 AND s.undecided = 0 AND s.shown = 1"                                    \
    " AND s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215)"                                   \
    " OR EXISTS (SELECT 1 FROM derived_statement s INDEXED BY derived_statement_standing"          \
    " WHERE s.standing IN (0, 1, 2) AND s.undecided = 1 AND s.shown = 1"                           \
    " AND s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215)))"

static enum outcome count_statements(struct archive *a, struct document_view *d, size_t *waiting,
                                     struct fault *why)
{
    struct query q = query_begin(
        a, "SELECT coalesce(sum(s.standing = 0), 0), coalesce(sum(s.standing = 1), 0),"
           " coalesce(sum(s.standing = 2), 0), coalesce(sum(s.standing = 0 OR s.undecided), 0)"
           " FROM derived_text t CROSS JOIN derived_statement s NOT INDEXED"
           " ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
           " WHERE t.bytes = ?1 AND s.shown");
    query_bind_hash(&q, 1, &d->id);
    if (query_step(&q)) {
        d->proposed = (size_t)query_int(&q, 0);
        d->accepted = (size_t)query_int(&q, 1);
        d->rejected = (size_t)query_int(&q, 2);
        *waiting = (size_t)query_int(&q, 3);
    }
    return query_end(&q, why);
}

/* Texts with a statement that waits, from one to the next by the index. */
static enum outcome count_waiting_texts(struct archive *a, size_t *count, struct fault *why)
{
    static const char next[] = "SELECT min(row) >> 24 FROM (SELECT * FROM (SELECT row FROM"
                               " derived_statement INDEXED BY derived_statement_standing"
                               " WHERE standing = 0 AND undecided = 0 AND shown = 1 AND row >= ?1"
                               " ORDER BY row LIMIT 1)"
                               " UNION ALL SELECT * FROM (SELECT row FROM"
                               " derived_statement INDEXED BY derived_statement_standing"
                               " WHERE standing = 0 AND undecided = 1 AND shown = 1 AND row >= ?1"
                               " ORDER BY row LIMIT 1)"
                               " UNION ALL SELECT * FROM (SELECT row FROM"
                               " derived_statement INDEXED BY derived_statement_standing"
                               " WHERE standing = 1 AND undecided = 1 AND shown = 1 AND row >= ?1"
                               " ORDER BY row LIMIT 1)"
                               " UNION ALL SELECT * FROM (SELECT row FROM"
                               " derived_statement INDEXED BY derived_statement_standing"
                               " WHERE standing = 2 AND undecided = 1 AND shown = 1 AND row >= ?1"
                               " ORDER BY row LIMIT 1))";
    struct query q = query_begin(a, next);
    query_bind_int(&q, 1, 0);
    for (*count = 0; query_step(&q) && !query_null(&q, 0); ++*count) {
        int64_t text = query_int(&q, 0);
        query_again(&q);
        query_bind_int(&q, 1, (text + 1) << 24);
    }
    return query_end(&q, why);
}

/* The same for documents. Nearly all have one text. */
static enum outcome count_waiting_documents(struct archive *a, size_t *count, struct fault *why)
{
    struct query q = query_begin(a, "SELECT EXISTS (SELECT 1 FROM derived_text"
                                    " WHERE bytes IS NOT NULL GROUP BY bytes"
                                    " HAVING count(*) > 1)");
    bool several = query_step(&q) && query_int(&q, 0);
    enum outcome result = query_end(&q, why);
    if (result != OK || !several)
        return result == OK ? count_waiting_texts(a, count, why) : result;
    q = query_begin(a, "SELECT count(*) FROM derived_document d WHERE " WAITS);
    *count = query_step(&q) ? (size_t)query_int(&q, 0) : 0;
    return query_end(&q, why);
}

static enum outcome documents_wait(struct archive *a, size_t *count, struct fault *why)
{
    enum outcome result = OK;
    if (!a->dated || !a->awaited) {
        result = count_waiting_documents(a, &a->documents_wait, why);
        a->awaited = result == OK && a->dated;
        a->awaited_at = a->generation;
    }
    *count = a->documents_wait;
    return result;
}

static enum outcome count_before(struct archive *a, bool waiting, const struct place *place,
                                 size_t *count, struct fault *why)
{
    struct query q =
        waiting ? query_begin(a, "SELECT count(*) FROM derived_document d"
                                 " WHERE (d.at > ?1 OR (d.at = ?1 AND d.id <= ?2)) AND " WAITS)
                : query_begin(a, "SELECT count(*) FROM derived_document d"
                                 " WHERE d.at > ?1 OR (d.at = ?1 AND d.id <= ?2)");
    query_bind_text(&q, 1, place->at);
    query_bind_hash(&q, 2, &place->id);
    *count = query_step(&q) ? (size_t)query_int(&q, 0) : 0;
    return query_end(&q, why);
}

static enum outcome page_totals(struct archive *a, const struct document_choice *choice,
                                const struct place *after, struct document_page *out,
                                struct fault *why)
{
    struct archive_state state;
    enum outcome result = archive_summary(a, &state, why);
    if (result == OK)
        result = documents_wait(a, &out->documents_wait, why);
    if (result == OK && choice->after.len)
        result = count_before(a, choice->waiting, after, &out->before, why);
    out->total_waiting = result == OK ? (size_t)state.statements_wait : 0;
    out->total = choice->waiting ? out->documents_wait : (size_t)state.documents;
    return result;
}

static enum outcome document_page(struct archive *a, const struct document_choice *choice,
                                  struct arena *arena, struct document_page *out, struct fault *why)
{
    struct place after = {0};
    size_t room = choice->limit + 1;
    *out = (struct document_page){.documents = arena_alloc(arena, room * sizeof *out->documents),
                                  .waiting = arena_alloc(arena, room * sizeof *out->waiting)};
    enum outcome result = OK;
    if (choice->after.len)
        result = place_find(a, choice->after, arena, &after, why);
    if (result == OK)
        result = page_totals(a, choice, &after, out, why);
    if (result != OK)
        return result;
    struct query q = query_begin(a, DOCUMENT_COLUMNS
                                 " WHERE (?1 IS NULL OR d.at < ?1 OR (d.at = ?1 AND d.id > ?2))"
                                 " AND (NOT ?3 OR " WAITS ")"
                                 " ORDER BY d.at DESC, d.id LIMIT ?4");
    if (choice->after.len) {
        query_bind_text(&q, 1, after.at);
        query_bind_hash(&q, 2, &after.id);
    }
    query_bind_int(&q, 3, choice->waiting);
    query_bind_int(&q, 4, (int64_t)room);
    while (!out->more && query_step(&q)) {
        out->more = out->count == choice->limit;
        if (!out->more)
            document_of_row(&q, arena, &out->documents[out->count++]);
    }
    result = query_end(&q, why);
    for (size_t i = 0; i < out->count && result == OK; i++)
        result = count_statements(a, &out->documents[i], &out->waiting[i], why);
    return result;
}

enum outcome archive_document_page(struct archive *a, const struct document_choice *choice,
                                   struct arena *arena, struct document_page *out,
                                   struct fault *why)
{
    enum outcome result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    result = document_page(a, choice, arena, out, why);
    archive_snapshot_end(a);
    return result;
}

enum outcome archive_next_waiting(struct archive *a, struct hash *document, bool *waits,
                                  struct fault *why)
{
    struct query q = query_begin(a, "SELECT d.id FROM derived_document d WHERE " WAITS
                                    " ORDER BY d.at DESC, d.id LIMIT 1");
    *waits = query_step(&q) && query_hash(&q, 0, document);
    return query_end(&q, why);
}

enum outcome archive_document(struct archive *a, struct str digits, struct arena *arena,
                              struct document_view *out, struct fault *why)
{
    struct place place;
    size_t waiting;
    *out = (struct document_view){0};
    enum outcome result = place_find(a, digits, arena, &place, why);
    if (result != OK)
        return result;
    struct query q = query_begin(a, DOCUMENT_COLUMNS " WHERE d.id = ?1");
    query_bind_hash(&q, 1, &place.id);
    if (query_step(&q))
        document_of_row(&q, arena, out);
    result = query_end(&q, why);
    return result == OK ? count_statements(a, out, &waiting, why) : result;
}
