#include "store/findings.h"

#include "store/finding_row_int.h"

enum { PLACE_BITS = 24, PARTS_COLUMN = 6 };

static void bind(struct query *q, int64_t row, struct str text, const struct finding *f)
{
    query_bind_int(q, 1, row);
    query_bind_text(q, 2, str_of(finding_kind_name(f->kind)));
    query_bind_int(q, 3, (int64_t)f->quote.from);
    query_bind_int(q, 4, (int64_t)f->quote.to);
    query_bind_int(q, 5, (int64_t)f->other.from);
    query_bind_int(q, 6, (int64_t)f->other.to);
    query_bind_text(q, 7, str_slice(text, f->quote.from, f->quote.to));
    query_bind_text(q, 8, str_slice(text, f->other.from, f->other.to));
    for (int i = 0; i < FINDING_PARTS; i++)
        query_bind_text(q, 9 + i, f->parts[i]);
}

enum outcome finding_rows_put(struct archive *a, int64_t text_row, struct str text,
                              const struct finding *findings, size_t count, struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_finding (row, kind, start, finish,"
                                    " other_start, other_finish, quote, other, a, b, c, d)"
                                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    for (size_t i = 0; i < count && i < (size_t)1 << PLACE_BITS; i++) {
        bind(&q, (text_row << PLACE_BITS) + (int64_t)i, text, &findings[i]);
        query_step(&q);
        query_again(&q);
    }
    return query_end(&q, why);
}

enum outcome finding_rows_forget(struct archive *a, const struct hash *bytes, struct fault *why)
{
    struct query q = query_begin(a, "DELETE FROM derived_finding WHERE row IN (SELECT f.row"
                                    " FROM derived_text t JOIN derived_finding f"
                                    " ON f.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
                                    " WHERE t.bytes = ?1)");
    query_bind_hash(&q, 1, bytes);
    query_step(&q);
    return query_end(&q, why);
}

/* ---- views ---- */

#define COLUMNS                                                                                    \
    "SELECT f.kind, f.start, f.finish, f.other_start, f.other_finish, f.quote, f.a, f.b, f.c,"     \
    " f.d, f.other, d.id, d.title, d.name, d.publisher"

static void view_of_row(struct query *q, struct arena *arena, struct finding_view *v)
{
    struct finding *f = &v->finding;
    *v = (struct finding_view){0};
    if (!finding_kind_read(query_str(q, 0), &f->kind))
        bug("a finding of no kind in the archive");
    f->quote = (struct span){(size_t)query_int(q, 1), (size_t)query_int(q, 2)};
    f->other = (struct span){(size_t)query_int(q, 3), (size_t)query_int(q, 4)};
    v->quote = arena_copy(arena, query_str(q, 5));
    for (int i = 0; i < FINDING_PARTS; i++)
        f->parts[i] = arena_copy(arena, query_str(q, PARTS_COLUMN + i));
    v->other = arena_copy(arena, query_str(q, 10));
    query_hash(q, 11, &v->document);
    v->document_title = arena_copy(arena, query_str(q, 12));
    v->document_name = arena_copy(arena, query_str(q, 13));
    v->document_publisher = arena_copy(arena, query_str(q, 14));
}

static enum outcome views_of(struct query *q, struct arena *arena, struct finding_view **out,
                             size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    while (query_step(q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        view_of_row(q, arena, &(*out)[(*count)++]);
    }
    return query_end(q, why);
}

enum outcome archive_document_findings(struct archive *a, const struct hash *document,
                                       struct arena *arena, struct finding_view **out,
                                       size_t *count, struct fault *why)
{
    struct query q =
        query_begin(a, COLUMNS " FROM derived_document d JOIN derived_text t ON t.bytes = d.id"
                               " JOIN derived_finding f"
                               " ON f.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
                               " WHERE d.id = ?1 ORDER BY f.row");
    query_bind_hash(&q, 1, document);
    return views_of(&q, arena, out, count, why);
}

/* Where there are many, the last documents soon have enough of them. */
enum { MANY_FINDINGS = 1000 };

static struct query latest_findings(struct archive *a, bool many)
{
    if (many)
        return query_begin(a, COLUMNS " FROM derived_document d CROSS JOIN derived_text t"
                                      " ON t.bytes = d.id CROSS JOIN derived_finding f"
                                      " ON f.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
                                      " ORDER BY d.at DESC, d.id, f.row LIMIT ?1");
    return query_begin(a, COLUMNS " FROM derived_finding f CROSS JOIN derived_text t"
                                  " ON t.row = f.row >> 24 CROSS JOIN derived_document d"
                                  " ON d.id = t.bytes ORDER BY d.at DESC, d.id, f.row LIMIT ?1");
}

enum outcome archive_findings(struct archive *a, size_t limit, struct arena *arena,
                              struct finding_view **out, size_t *count, size_t *total,
                              struct fault *why)
{
    struct query q = query_begin(a, "SELECT count(*) FROM derived_finding");
    *total = query_step(&q) ? (size_t)query_int(&q, 0) : 0;
    enum outcome result = query_end(&q, why);
    *count = 0;
    if (result != OK || !*total)
        return result;
    q = latest_findings(a, *total > MANY_FINDINGS);
    query_bind_int(&q, 1, (int64_t)limit);
    return views_of(&q, arena, out, count, why);
}

enum outcome archive_findings_near(struct archive *a, const struct hash *statements, size_t number,
                                   struct arena *arena, struct near_finding **out, size_t *count,
                                   struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(
        a, COLUMNS " FROM derived_statement s JOIN derived_finding f"
                   " ON f.row BETWEEN s.row >> 24 << 24 AND s.row >> 24 << 24 | 16777215"
                   " JOIN derived_text t ON t.row = f.row >> 24"
                   " JOIN derived_document d ON d.id = t.bytes"
                   " WHERE s.prefix = ?1 AND s.id = ?2 AND f.finish > s.start"
                   " AND f.start < s.finish + ?3 ORDER BY f.row");
    for (size_t i = 0; i < number; i++) {
        query_bind_int(&q, 1, statement_prefix(&statements[i]));
        query_bind_hash(&q, 2, &statements[i]);
        query_bind_int(&q, 3, FINDING_NEAR);
        while (query_step(&q)) {
            struct finding_view view;
            view_of_row(&q, arena, &view);
            *out = arena_grow(arena, *out, *count, &room, sizeof **out);
            (*out)[(*count)++] = (struct near_finding){i, view.finding, view.quote};
        }
        query_again(&q);
    }
    return query_end(&q, why);
}
