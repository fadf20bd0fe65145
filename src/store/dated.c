#include "store/stays_int.h"

#include "text/edtf.h"

/* ---- stays by the day ---- */

enum outcome archive_stays_count(struct archive *a, struct str state, int64_t day, size_t *out,
                                 struct fault *why)
{
    struct query q = query_begin(a, "SELECT count(*) FROM derived_stay"
                                    " INDEXED BY derived_stay_since WHERE state = ?1"
                                    " AND since <= ?2 AND until >= ?2");
    query_bind_text(&q, 1, state);
    query_bind_int(&q, 2, day);
    *out = query_step(&q) ? (size_t)query_int(&q, 0) : 0;
    return query_end(&q, why);
}

/* rows of a statement's id and a day */
static enum outcome take_dated(struct query *q, struct arena *arena, struct archive_dated_list *out,
                               struct fault *why)
{
    struct archive_dated one;
    while (query_step(q)) {
        one.day = query_int(q, 1);
        if (!query_hash(q, 0, &one.statement))
            continue;
        out->at = arena_grow(arena, out->at, out->count, &out->room, sizeof *out->at);
        out->at[out->count++] = one;
    }
    return query_end(q, why);
}

static int64_t limit_of(size_t limit)
{
    return limit > INT64_MAX ? INT64_MAX : (int64_t)limit;
}

enum outcome archive_stays_last(struct archive *a, struct str state, int64_t day, size_t limit,
                                struct arena *arena, struct archive_dated_list *out,
                                struct fault *why)
{
    struct query q = query_begin(a, "SELECT statement, since FROM derived_stay"
                                    " INDEXED BY derived_stay_since WHERE state = ?1"
                                    " AND since <= ?2 AND until >= ?2"
                                    " ORDER BY since DESC, person LIMIT ?3");
    query_bind_text(&q, 1, state);
    query_bind_int(&q, 2, day);
    query_bind_int(&q, 3, limit_of(limit));
    return take_dated(&q, arena, out, why);
}

enum outcome archive_stays_begun(struct archive *a, struct str state, int64_t from, int64_t to,
                                 size_t limit, struct arena *arena, struct archive_dated_list *out,
                                 struct fault *why)
{
    struct query q = query_begin(a, "SELECT statement, since FROM derived_stay"
                                    " INDEXED BY derived_stay_since WHERE state = ?1"
                                    " AND since BETWEEN ?2 AND ?3"
                                    " ORDER BY since, person LIMIT ?4");
    query_bind_text(&q, 1, state);
    query_bind_int(&q, 2, from);
    query_bind_int(&q, 3, to);
    query_bind_int(&q, 4, limit_of(limit));
    return take_dated(&q, arena, out, why);
}

enum outcome archive_events_between(struct archive *a, struct str label, int64_t from, int64_t to,
                                    size_t limit, struct arena *arena,
                                    struct archive_dated_list *out, struct fault *why)
{
    struct query q = query_begin(a, "SELECT s.id, m.day FROM derived_mention m"
                                    " INDEXED BY derived_mention_day"
                                    " JOIN derived_statement s ON s.row = m.row"
                                    " WHERE m.label IN (?1, 'other:' || ?1)"
                                    " AND m.day BETWEEN ?2 AND ?3 AND s.form = ?4"
                                    " ORDER BY m.day, s.id LIMIT ?5");
    query_bind_text(&q, 1, label);
    query_bind_int(&q, 2, from);
    query_bind_int(&q, 3, to);
    query_bind_int(&q, 4, FORM_LIFE_EVENT);
    query_bind_int(&q, 5, limit_of(limit));
    return take_dated(&q, arena, out, why);
}

/* ---- the record's own day ---- */

static bool day_of(struct query *q, int column, int64_t *out)
{
    struct str date = edtf_stated(query_str(q, column));
    int64_t first;
    return date.len && edtf_range(date, &first, out, NULL) == OK && *out != INT64_MAX;
}

enum outcome archive_last_day(struct archive *a, int64_t *out, struct fault *why)
{
    int64_t published, taken;
    *out = INT64_MIN;
    struct query q = query_begin(a, "SELECT max(substr(published, 1, 10)) FILTER"
                                    " (WHERE published <= at), max(substr(at, 1, 10))"
                                    " FROM derived_document");
    if (query_step(&q) && day_of(&q, 1, &taken))
        *out = day_of(&q, 0, &published) && published < taken ? published : taken;
    return query_end(&q, why);
}
