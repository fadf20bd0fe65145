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

/* rows of a statement's id and a day, and a name and a date if there are any */
static enum outcome take_dated(struct query *q, struct arena *arena, struct archive_dated_list *out,
                               struct fault *why)
{
    int columns = sqlite3_column_count(q->statement);
    while (query_step(q)) {
        struct archive_dated one = {.day = query_int(q, 1)};
        if (!query_hash(q, 0, &one.statement))
            continue;
        if (columns > 2)
            one.name = arena_copy(arena, query_str(q, 2));
        if (columns > 3)
            one.date = arena_copy(arena, query_str(q, 3));
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

static enum outcome take_day(struct query *q, int64_t to, int64_t *out, struct fault *why)
{
    bool found = query_step(q) && !query_null(q, 0) && query_int(q, 0) <= to;
    *out = found ? query_int(q, 0) : INT64_MAX;
    return query_end(q, why);
}

enum outcome archive_stay_day(struct archive *a, struct str state, int64_t from, int64_t to,
                              int64_t *out, struct fault *why)
{
    struct query q = query_begin(a, "SELECT min(since) FROM derived_stay"
                                    " INDEXED BY derived_stay_since"
                                    " WHERE state = ?1 AND since >= ?2");
    query_bind_text(&q, 1, state);
    query_bind_int(&q, 2, from);
    return take_day(&q, to, out, why);
}

enum outcome archive_stays_on(struct archive *a, struct str state, int64_t day, struct arena *arena,
                              struct archive_dated_list *out, struct fault *why)
{
    struct query q = query_begin(a, "SELECT DISTINCT statement, since, name FROM derived_stay"
                                    " INDEXED BY derived_stay_since WHERE state = ?1"
                                    " AND since = ?2 ORDER BY name, statement");
    query_bind_text(&q, 1, state);
    query_bind_int(&q, 2, day);
    return take_dated(&q, arena, out, why);
}

static enum outcome take_count(struct query *q, size_t *out, struct fault *why)
{
    *out = query_step(q) ? (size_t)query_int(q, 0) : 0;
    return query_end(q, why);
}

enum outcome archive_stays_on_count(struct archive *a, struct str state, int64_t day, size_t *out,
                                    struct fault *why)
{
    struct query q = query_begin(a, "SELECT count(DISTINCT person) FROM derived_stay"
                                    " INDEXED BY derived_stay_since"
                                    " WHERE state = ?1 AND since = ?2");
    query_bind_text(&q, 1, state);
    query_bind_int(&q, 2, day);
    return take_count(&q, out, why);
}

/* ---- events by the day: facts have none ---- */

static enum outcome label_day(struct archive *a, struct str label, int64_t from, int64_t to,
                              int64_t *out, struct fault *why)
{
    struct query q = query_begin(a, "SELECT min(day) FROM derived_mention"
                                    " INDEXED BY derived_mention_day"
                                    " WHERE label = ?1 AND day >= ?2");
    query_bind_text(&q, 1, label);
    query_bind_int(&q, 2, from);
    return take_day(&q, to, out, why);
}

enum outcome archive_event_day(struct archive *a, struct str label, int64_t from, int64_t to,
                               int64_t *out, struct fault *why)
{
    struct arena arena;
    int64_t other = INT64_MAX;
    arena_init(&arena);
    enum outcome result = label_day(a, label, from, to, out, why);
    if (result == OK)
        result =
            label_day(a, arena_print(&arena, "other:%.*s", STR_ARG(label)), from, to, &other, why);
    *out = other < *out ? other : *out;
    arena_release(&arena);
    return result;
}

enum outcome archive_events_on(struct archive *a, struct str label, int64_t day,
                               struct arena *arena, struct archive_dated_list *out,
                               struct fault *why)
{
    struct query q = query_begin(a, "SELECT s.id, m.day, m.name, m.date FROM derived_mention m"
                                    " INDEXED BY derived_mention_day"
                                    " JOIN derived_statement s ON s.row = m.row"
                                    " WHERE m.label IN (?1, 'other:' || ?1)"
                                    " AND m.day = ?2 ORDER BY m.name, s.id");
    query_bind_text(&q, 1, label);
    query_bind_int(&q, 2, day);
    return take_dated(&q, arena, out, why);
}

enum outcome archive_events_on_count(struct archive *a, struct str label, int64_t day, size_t *out,
                                     struct fault *why)
{
    struct query q = query_begin(a, "SELECT count(*) FROM derived_mention"
                                    " INDEXED BY derived_mention_day"
                                    " WHERE label IN (?1, 'other:' || ?1) AND day = ?2");
    query_bind_text(&q, 1, label);
    query_bind_int(&q, 2, day);
    return take_count(&q, out, why);
}

/* A date of ten characters is a day, or begins a month. */
enum outcome archive_events_inexact(struct archive *a, struct str label, int64_t from, int64_t to,
                                    struct arena *arena, struct archive_dated_list *out,
                                    struct fault *why)
{
    struct query q = query_begin(a, "SELECT s.id, m.day, m.name, m.date FROM derived_mention m"
                                    " INDEXED BY derived_mention_day"
                                    " JOIN derived_statement s ON s.row = m.row"
                                    " WHERE m.label IN (?1, 'other:' || ?1) AND m.day BETWEEN ?2"
                                    " AND ?3 AND (length(m.date) <> 10"
                                    " OR date(m.day * 86400, 'unixepoch') GLOB '*-01')"
                                    " ORDER BY m.name, s.id");
    query_bind_text(&q, 1, label);
    query_bind_int(&q, 2, from);
    query_bind_int(&q, 3, to);
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
