#include "store/page.h"

#include "store/kept_int.h"

/* ---- what changed ---- */

/* Adds the columns of the query's one row, each with its length. */
static enum outcome hash_row(struct query *q, struct hasher *hasher, int columns, struct fault *why)
{
    if (query_step(q))
        for (int i = 0; i < columns; i++) {
            struct str part = query_str(q, i);
            hasher_add(hasher, (struct str){(const char *)&part.len, sizeof part.len});
            hasher_add(hasher, part);
        }
    return query_end(q, why);
}

/* Tables were made anew; by a statement of its own, since a pragma inside of another is parsed each
 * time. */
static enum outcome hash_schema(struct archive *a, struct hasher *hasher, struct fault *why)
{
    struct query q = query_begin(a, "PRAGMA schema_version");
    return hash_row(&q, hasher, 1, why);
}

static void hash_out(struct hasher *hasher, uint64_t *out)
{
    struct hash hash = hasher_end(hasher);
    memcpy(out, hash.bytes, sizeof *out);
}

enum outcome archive_generation(struct archive *a, uint64_t *out, struct fault *why)
{
    struct hasher hasher;
    hasher_init(&hasher);
    enum outcome result = hash_schema(a, &hasher, why);
    if (result == OK) {
        struct query q =
            query_begin(a, "SELECT (SELECT chain FROM log_commit ORDER BY seq DESC LIMIT 1),"
                           " (SELECT value FROM own_setting WHERE name = 'verified'),"
                           " (SELECT value FROM own_setting WHERE name = 'weights_id'),"
                           " (SELECT value FROM own_setting WHERE name = 'lists')");
        result = hash_row(&q, &hasher, 4, why);
    }
    hash_out(&hasher, out);
    return result;
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
    hasher_init(&hasher);
    hasher_add(&hasher, (struct str){(const char *)last.bytes, HASH_SIZE});
    result = hash_schema(a, &hasher, why);
    if (result == OK) {
        struct query q =
            query_begin(a, "SELECT (SELECT count(*) FROM derived_commit WHERE standing <> 1),"
                           " (SELECT value FROM own_setting WHERE name = 'weights_id')");
        result = hash_row(&q, &hasher, 2, why);
    }
    hash_out(&hasher, out);
    return result;
}

/* ---- snapshots ---- */

enum outcome archive_snapshot_begin(struct archive *a, struct fault *why)
{
    enum outcome result = a->snapshots || a->in_batch ? OK : sql_run(a, "BEGIN", why);
    a->snapshots += result == OK;
    if (result == OK && a->snapshots == 1 && !a->in_batch) {
        a->dated = archive_generation(a, &a->generation, NULL) == OK;
        a->summed = a->summed && a->dated && a->generation == a->summed_at;
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

static struct str column(struct arena *arena, const struct query *q, int index)
{
    return arena_copy(arena, query_str(q, index));
}

static enum outcome place_find(struct archive *a, struct str digits, struct arena *arena,
                               struct waiting_document *out, struct fault *why)
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

static enum outcome count_before(struct archive *a, const struct waiting_document *place,
                                 size_t *count, struct fault *why)
{
    struct query q = query_begin(a, "SELECT (SELECT count(*) FROM derived_document WHERE at > ?1)"
                                    " + (SELECT count(*) FROM derived_document WHERE at = ?1"
                                    " AND id <= ?2)");
    query_bind_text(&q, 1, place->at);
    query_bind_hash(&q, 2, &place->id);
    *count = query_step(&q) ? (size_t)query_int(&q, 0) : 0;
    return query_end(&q, why);
}

static void document_take(struct query *q, struct arena *arena, struct document_page *out)
{
    document_of_row(q, arena, &out->documents[out->count++]);
}

/* All that wait: from the list. */
static enum outcome waiting_page(struct archive *a, const struct waiting_list *list, size_t limit,
                                 struct arena *arena, struct document_page *out, struct fault *why)
{
    size_t count;
    const struct waiting_document *all = waiting_list_all(list, &count);
    struct query q = query_begin(a, DOCUMENT_COLUMNS " WHERE d.id = ?1");
    for (size_t i = out->before; i < count && out->count < limit; i++) {
        query_bind_hash(&q, 1, &all[i].id);
        if (query_step(&q))
            document_take(&q, arena, out);
        query_again(&q);
    }
    out->more = out->before + out->count < count;
    return query_end(&q, why);
}

static struct query rows_after(struct archive *a, const struct waiting_document *after)
{
    if (!after)
        return query_begin(a, DOCUMENT_COLUMNS " ORDER BY d.at DESC, d.id LIMIT ?3");
    struct query q =
        query_begin(a, DOCUMENT_COLUMNS " WHERE d.at <= ?1 AND (d.at < ?1 OR d.id > ?2)"
                                        " ORDER BY d.at DESC, d.id LIMIT ?3");
    query_bind_text(&q, 1, after->at);
    query_bind_hash(&q, 2, &after->id);
    return q;
}

static enum outcome any_page(struct archive *a, const struct waiting_document *after, size_t limit,
                             struct arena *arena, struct document_page *out, struct fault *why)
{
    struct query q = rows_after(a, after);
    query_bind_int(&q, 3, (int64_t)limit + 1);
    while (!out->more && query_step(&q)) {
        out->more = out->count == limit;
        if (!out->more)
            document_take(&q, arena, out);
    }
    return query_end(&q, why);
}

static enum outcome page_rows(struct archive *a, const struct document_choice *choice,
                              const struct waiting_document *after, const struct waiting_list *list,
                              struct arena *arena, struct document_page *out, struct fault *why)
{
    struct archive_state state;
    enum outcome result = archive_summary(a, &state, why);
    if (result != OK)
        return result;
    (void)waiting_list_all(list, &out->documents_wait);
    out->total_waiting = (size_t)state.statements_wait;
    out->total = choice->waiting ? out->documents_wait : (size_t)state.documents;
    if (after && choice->waiting)
        out->before = waiting_list_until(list, after);
    else if (after)
        result = count_before(a, after, &out->before, why);
    if (result == OK)
        result = choice->waiting ? waiting_page(a, list, choice->limit, arena, out, why)
                                 : any_page(a, after, choice->limit, arena, out, why);
    for (size_t i = 0; i < out->count && result == OK; i++)
        result = count_statements(a, &out->documents[i], &out->waiting[i], why);
    return result;
}

static enum outcome document_page(struct archive *a, const struct document_choice *choice,
                                  struct arena *arena, struct document_page *out, struct fault *why)
{
    struct waiting_document after = {.at = STR_NONE};
    struct waiting_list *list = NULL;
    *out = (struct document_page){
        .documents = arena_alloc(arena, (choice->limit + 1) * sizeof *out->documents),
        .waiting = arena_alloc(arena, (choice->limit + 1) * sizeof *out->waiting)};
    enum outcome result = OK;
    if (choice->after.len)
        result = place_find(a, choice->after, arena, &after, why);
    if (result == OK)
        result = kept_waiting(a, &list, why);
    if (result == OK)
        result = page_rows(a, choice, choice->after.len ? &after : NULL, list, arena, out, why);
    waiting_list_release(list);
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
    size_t count;
    struct waiting_list *list;
    enum outcome result = kept_waiting(a, &list, why);
    if (result != OK)
        return result;
    const struct waiting_document *all = waiting_list_all(list, &count);
    *waits = count > 0;
    if (count)
        *document = all[0].id;
    waiting_list_release(list);
    return OK;
}

enum outcome archive_document(struct archive *a, struct str digits, struct arena *arena,
                              struct document_view *out, struct fault *why)
{
    struct waiting_document place;
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
