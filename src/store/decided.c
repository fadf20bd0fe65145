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
