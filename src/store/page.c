#include "store/page.h"

#include "store/store_int.h"

/* ---- what changed ---- */

enum outcome archive_generation(struct archive *a, uint64_t *out, struct fault *why)
{
    struct hasher hasher;
    struct query q =
        query_begin(a, "SELECT (SELECT chain FROM log_commit ORDER BY seq DESC LIMIT 1),"
                       " (SELECT schema_version FROM pragma_schema_version),"
                       " (SELECT value FROM own_setting WHERE name = 'verified')");
    hasher_init(&hasher);
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
    " d.name, d.media, d.extractor, d.at, d.size, coalesce(c.proposed, 0),"                        \
    " coalesce(c.accepted, 0), coalesce(c.rejected, 0), coalesce(c.waiting, 0)"                    \
    " FROM derived_document d LEFT JOIN (SELECT t.bytes, sum(s.standing = 0) AS proposed,"         \
    " sum(s.standing = 1) AS accepted, sum(s.standing = 2) AS rejected,"                           \
    " sum(s.standing = 0 OR s.undecided) AS waiting FROM derived_text t"                           \
    " JOIN derived_statement s ON s.text = t.id AND s.quote <> '' GROUP BY t.bytes) c"             \
    " ON c.bytes = d.id"

static void view_of_row(struct query *q, struct arena *arena, struct document_view *d)
{
    document_of_row(q, arena, d);
    d->proposed = (size_t)query_int(q, 13);
    d->accepted = (size_t)query_int(q, 14);
    d->rejected = (size_t)query_int(q, 15);
}

static enum outcome page_totals(struct archive *a, const struct document_choice *choice,
                                const struct place *after, struct document_page *out,
                                struct fault *why)
{
    struct query q = query_begin(
        a, "WITH c AS (SELECT d.at, d.id, (SELECT count(*) FROM derived_text t"
           " JOIN derived_statement s ON s.text = t.id AND s.quote <> ''"
           " WHERE t.bytes = d.id AND (s.standing = 0 OR s.undecided)) AS waiting"
           " FROM derived_document d)"
           " SELECT count(*), coalesce(sum(waiting), 0), coalesce(sum(waiting > 0), 0),"
           " coalesce(sum((at > ?1 OR (at = ?1 AND id <= ?2)) AND (waiting > 0 OR NOT ?3)), 0)"
           " FROM c");
    if (choice->after.len) {
        query_bind_text(&q, 1, after->at);
        query_bind_hash(&q, 2, &after->id);
    }
    query_bind_int(&q, 3, choice->waiting);
    if (query_step(&q)) {
        out->total_waiting = (size_t)query_int(&q, 1);
        out->documents_wait = (size_t)query_int(&q, 2);
        out->total = choice->waiting ? out->documents_wait : (size_t)query_int(&q, 0);
        out->before = (size_t)query_int(&q, 3);
    }
    return query_end(&q, why);
}

enum outcome archive_document_page(struct archive *a, const struct document_choice *choice,
                                   struct arena *arena, struct document_page *out,
                                   struct fault *why)
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
                                 " AND (NOT ?3 OR c.waiting > 0)"
                                 " ORDER BY d.at DESC, d.id LIMIT ?4");
    if (choice->after.len) {
        query_bind_text(&q, 1, after.at);
        query_bind_hash(&q, 2, &after.id);
    }
    query_bind_int(&q, 3, choice->waiting);
    query_bind_int(&q, 4, (int64_t)room);
    while (query_step(&q) && !out->more) {
        if (out->count == choice->limit) {
            out->more = true;
            continue;
        }
        view_of_row(&q, arena, &out->documents[out->count]);
        out->waiting[out->count++] = (size_t)query_int(&q, 16);
    }
    return query_end(&q, why);
}

enum outcome archive_document(struct archive *a, struct str digits, struct arena *arena,
                              struct document_view *out, struct fault *why)
{
    struct place place;
    enum outcome result = place_find(a, digits, arena, &place, why);
    if (result != OK)
        return result;
    struct query q = query_begin(a, DOCUMENT_COLUMNS " WHERE d.id = ?1");
    query_bind_hash(&q, 1, &place.id);
    if (query_step(&q))
        view_of_row(&q, arena, out);
    return query_end(&q, why);
}
