#include "store/passages_int.h"

#include "text/calendar.h"
#include "text/fold.h"

/* What a row counts for, so that sums of rows are numbers of people. */
enum {
    TALLY_ACCEPTED = 1, /* the person, as one of whom an accepted statement says so */
    TALLY_PROPOSED = 2, /* the person, as one of whom none does */
    TALLY_YEAR_ACCEPTED = 4,
    TALLY_YEAR_PROPOSED = 8,
};

/* A body's id is even for an institution and odd for an official; a year without one is the least
 * number. */
static const char tables_sql[] =
    "CREATE TABLE derived_passage (id INTEGER PRIMARY KEY, body INTEGER NOT NULL,"
    " first INTEGER NOT NULL, last INTEGER NOT NULL, person INTEGER NOT NULL,"
    " statement BLOB NOT NULL, naming INTEGER NOT NULL, role INTEGER NOT NULL,"
    " decided INTEGER NOT NULL, part INTEGER NOT NULL, tally INTEGER NOT NULL,"
    " year INTEGER NOT NULL) STRICT;"
    "CREATE TABLE derived_body (id INTEGER PRIMARY KEY, official INTEGER NOT NULL,"
    " accepted INTEGER NOT NULL, proposed INTEGER NOT NULL, passages INTEGER NOT NULL) STRICT;"
    "CREATE TABLE derived_body_year (body INTEGER, year INTEGER, accepted INTEGER NOT NULL,"
    " proposed INTEGER NOT NULL, PRIMARY KEY (body, year)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_body_name (id INTEGER PRIMARY KEY, body INTEGER NOT NULL,"
    " key TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, branch TEXT NOT NULL,"
    " written INTEGER NOT NULL,"
    " folded TEXT NOT NULL, passages INTEGER NOT NULL) STRICT;";

static const char index_sql[] =
    "CREATE INDEX IF NOT EXISTS derived_passage_person ON derived_passage (person);"
    "CREATE INDEX IF NOT EXISTS derived_passage_case ON derived_passage (body, first DESC, person)"
    " WHERE tally & 3;"
    "CREATE INDEX IF NOT EXISTS derived_passage_role ON derived_passage"
    " (body, role, first DESC, last, person);"
    "CREATE INDEX IF NOT EXISTS derived_passage_long ON derived_passage (body, role, last, first)"
    " WHERE first > -4611686018427387904 AND last - first > 366;"
    "CREATE INDEX IF NOT EXISTS derived_body_most ON derived_body"
    " (official, accepted DESC, proposed DESC, id);"
    "CREATE INDEX IF NOT EXISTS derived_body_name_body ON derived_body_name (body);"
    "CREATE INDEX IF NOT EXISTS derived_body_name_key ON derived_body_name (key, body)";

/* ---- ids ---- */

struct hash body_id(struct str key, bool official)
{
    struct hasher hasher;
    hasher_init(&hasher);
    hasher_add(&hasher, official ? STR("govah official") : STR("govah institution"));
    hasher_add(&hasher, (struct str){"", 1});
    hasher_add(&hasher, key);
    struct hash id = hasher_end(&hasher);
    memset(id.bytes + 8, 0, sizeof id.bytes - 8);
    id.bytes[7] = (uint8_t)((id.bytes[7] & 0xFE) | official);
    return id;
}

bool body_id_is_official(const struct hash *id)
{
    return id->bytes[7] & 1;
}

static int64_t naming_of(const struct archive_passage *p, int64_t body)
{
    const struct str parts[] = {p->kind, p->name, p->branch};
    struct hash whole = hash_of_prefix(body);
    struct hasher hasher;
    hasher_init(&hasher);
    whole.bytes[8] = p->unwritten;
    hasher_add(&hasher, (struct str){(const char *)whole.bytes, 9});
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        struct hash one = hash_of(parts[i]);
        hasher_add(&hasher, (struct str){(const char *)one.bytes, sizeof one.bytes});
    }
    struct hash id = hasher_end(&hasher);
    return statement_prefix(&id);
}

/* ---- rows ---- */

struct passage_row {
    const struct archive_passage *passage;
    int64_t person, body, naming, year; /* INT64_MIN: no date */
    unsigned tally;
};

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* a person's in a body together, accepted before proposed, by day, what has no date last */
static int compare_rows(const void *left, const void *right)
{
    const struct passage_row *a = left, *b = right;
    int order = compare_numbers(a->person, b->person);
    if (!order)
        order = compare_numbers(a->body, b->body);
    if (!order)
        order = (int)a->passage->role - (int)b->passage->role;
    if (!order)
        order = (int)b->passage->decided - (int)a->passage->decided;
    if (!order && (a->year == INT64_MIN) != (b->year == INT64_MIN))
        order = a->year == INT64_MIN ? 1 : -1;
    if (!order)
        order = compare_numbers(a->passage->first, b->passage->first);
    if (!order)
        order = hash_compare(&a->passage->statement, &b->passage->statement);
    return order ? order : (int)a->passage->part - (int)b->passage->part;
}

static int64_t year_of(const struct archive_passage *p)
{
    return p->first == INT64_MIN ? INT64_MIN : calendar_year_of_days(CALENDAR_GREGORIAN, p->first);
}

static bool same_group(const struct passage_row *a, const struct passage_row *b)
{
    return a->person == b->person && a->body == b->body && a->passage->role == b->passage->role;
}

/* The rows of a person in a body: accepted ones first. */
static void tally_group(struct passage_row *rows, size_t count)
{
    if (rows[0].passage->role != PASSAGE_CASE)
        return;
    rows[0].tally = rows[0].passage->decided ? TALLY_ACCEPTED : TALLY_PROPOSED;
    for (size_t i = 0; i < count; i++) {
        size_t known = 0;
        while (known < i && rows[known].year != rows[i].year)
            known++;
        if (known == i)
            rows[i].tally |= rows[i].passage->decided ? TALLY_YEAR_ACCEPTED : TALLY_YEAR_PROPOSED;
    }
}

/* The order puts what one statement says twice side by side. */
static bool is_said_before(const struct passage_row *rows, size_t kept, size_t i)
{
    return kept && same_group(&rows[kept - 1], &rows[i]) &&
           hash_equal(&rows[kept - 1].passage->statement, &rows[i].passage->statement);
}

static int compare_names(const void *left, const void *right)
{
    const struct archive_passage *a = ((const struct passage_row *)left)->passage;
    const struct archive_passage *b = ((const struct passage_row *)right)->passage;
    int order = str_compare(a->key, b->key);
    if (!order)
        order = (int)a->official - (int)b->official;
    if (!order)
        order = (int)a->unwritten - (int)b->unwritten;
    if (!order)
        order = str_compare(a->name, b->name);
    if (!order)
        order = str_compare(a->branch, b->branch);
    return order ? order : str_compare(a->kind, b->kind);
}

static size_t rows_make(const struct archive_passage *passages, size_t count,
                        struct passage_row *rows)
{
    size_t kept = 0, end;
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct passage_row){.passage = &passages[i],
                                       .person = statement_prefix(&passages[i].person),
                                       .year = year_of(&passages[i])};
    qsort(rows, count, sizeof *rows, compare_names);
    for (size_t i = 0; i < count; i++) {
        bool same = i && compare_names(&rows[i - 1], &rows[i]) == 0;
        struct hash id = body_id(rows[i].passage->key, rows[i].passage->official);
        rows[i].body = same ? rows[i - 1].body : statement_prefix(&id);
        rows[i].naming = same ? rows[i - 1].naming : naming_of(rows[i].passage, rows[i].body);
    }
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++)
        if (!is_said_before(rows, kept, i))
            rows[kept++] = rows[i];
    for (size_t i = 0; i < kept; i = end) {
        for (end = i + 1; end < kept && same_group(&rows[end], &rows[i]);)
            end++;
        tally_group(&rows[i], end - i);
    }
    return kept;
}

static enum outcome put_row(struct archive *a, const struct passage_row *r, struct fault *why)
{
    struct query q =
        query_begin(a, "INSERT INTO derived_passage (body, first, last, person, statement, naming,"
                       " role, decided, part, tally, year)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    query_bind_int(&q, 1, r->body);
    query_bind_int(&q, 2, r->passage->first);
    query_bind_int(&q, 3, r->passage->last);
    query_bind_int(&q, 4, r->person);
    query_bind_hash(&q, 5, &r->passage->statement);
    query_bind_int(&q, 6, r->naming);
    query_bind_int(&q, 7, r->passage->role);
    query_bind_int(&q, 8, r->passage->decided);
    query_bind_int(&q, 9, r->passage->part);
    query_bind_int(&q, 10, r->tally);
    query_bind_int(&q, 11, r->year);
    query_step(&q);
    return query_end(&q, why);
}

/* ---- numbers of people ---- */

static int compare_years(const void *left, const void *right)
{
    const struct passage_row *a = left, *b = right;
    int order = compare_numbers(a->body, b->body);
    return order ? order : compare_numbers(a->year, b->year);
}

static int compare_namings(const void *left, const void *right)
{
    const struct passage_row *a = left, *b = right;
    return compare_numbers(a->naming, b->naming);
}

static int64_t count_of(const struct passage_row *rows, size_t count, unsigned tally)
{
    int64_t out = 0;
    for (size_t i = 0; i < count; i++)
        out += (rows[i].tally & tally) > 0;
    return out;
}

static enum outcome count_body(struct archive *a, const struct passage_row *rows, size_t count,
                               struct fault *why)
{
    struct query q =
        query_begin(a, "INSERT INTO derived_body (id, official, accepted, proposed, passages)"
                       " VALUES (?1, ?1 & 1, ?2, ?3, ?4)"
                       " ON CONFLICT (id) DO UPDATE SET accepted = accepted + ?2,"
                       " proposed = proposed + ?3, passages = passages + ?4");
    query_bind_int(&q, 1, rows->body);
    query_bind_int(&q, 2, count_of(rows, count, TALLY_ACCEPTED));
    query_bind_int(&q, 3, count_of(rows, count, TALLY_PROPOSED));
    query_bind_int(&q, 4, (int64_t)count);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome count_year(struct archive *a, const struct passage_row *rows, size_t count,
                               struct fault *why)
{
    int64_t accepted = count_of(rows, count, TALLY_YEAR_ACCEPTED);
    int64_t proposed = count_of(rows, count, TALLY_YEAR_PROPOSED);
    if (!accepted && !proposed)
        return OK;
    struct query q =
        query_begin(a, "INSERT INTO derived_body_year (body, year, accepted, proposed)"
                       " VALUES (?1, ?2, ?3, ?4)"
                       " ON CONFLICT (body, year) DO UPDATE SET accepted = accepted + ?3,"
                       " proposed = proposed + ?4");
    query_bind_int(&q, 1, rows->body);
    query_bind_int(&q, 2, rows->year);
    query_bind_int(&q, 3, accepted);
    query_bind_int(&q, 4, proposed);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome count_name(struct archive *a, const struct passage_row *r, size_t count,
                               struct arena *arena, struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_body_name"
                                    " (id, body, key, kind, name, branch, folded, passages,"
                                    " written) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                                    " ON CONFLICT (id) DO UPDATE SET passages = passages + ?8");
    query_bind_int(&q, 1, r->naming);
    query_bind_int(&q, 2, r->body);
    query_bind_text(&q, 3, r->passage->key);
    query_bind_text(&q, 4, r->passage->kind);
    query_bind_text(&q, 5, r->passage->name);
    query_bind_text(&q, 6, r->passage->branch);
    query_bind_text(&q, 7, fold_text(arena, r->passage->name));
    query_bind_int(&q, 8, (int64_t)count);
    query_bind_int(&q, 9, !r->passage->unwritten);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome count_rows(struct archive *a, struct passage_row *rows, size_t count,
                               struct arena *arena, struct fault *why)
{
    enum outcome result = OK;
    size_t end;
    qsort(rows, count, sizeof *rows, compare_years);
    for (size_t i = 0; i < count && result == OK; i = end) {
        for (end = i + 1; end < count && compare_years(&rows[end], &rows[i]) == 0;)
            end++;
        result = count_year(a, &rows[i], end - i, why);
    }
    for (size_t i = 0; i < count && result == OK; i = end) {
        for (end = i + 1; end < count && rows[end].body == rows[i].body;)
            end++;
        result = count_body(a, &rows[i], end - i, why);
    }
    qsort(rows, count, sizeof *rows, compare_namings);
    for (size_t i = 0; i < count && result == OK; i = end) {
        for (end = i + 1; end < count && rows[end].naming == rows[i].naming;)
            end++;
        result = count_name(a, &rows[i], end - i, arena, why);
    }
    return result;
}

/* ---- putting and forgetting ---- */

enum outcome passages_put(struct archive *a, const struct archive_passage *passages, size_t count,
                          struct arena *arena, struct fault *why)
{
    struct passage_row *rows = arena_alloc(arena, (count + 1) * sizeof *rows);
    enum outcome result = OK;
    if (!count)
        return OK;
    count = rows_make(passages, count, rows);
    for (size_t i = 0; i < count && result == OK; i++)
        result = put_row(a, &rows[i], why);
    return result == OK ? count_rows(a, rows, count, arena, why) : result;
}

enum outcome passages_create(struct archive *a, struct fault *why)
{
    return sql_run(a, tables_sql, why);
}

static enum outcome step_for(struct query q, int64_t person, struct fault *why)
{
    query_bind_int(&q, 1, person);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome has_passages(struct archive *a, int64_t person, bool *out, struct fault *why)
{
    struct query q =
        query_begin(a, "SELECT EXISTS (SELECT 1 FROM derived_passage WHERE person = ?1)");
    query_bind_int(&q, 1, person);
    *out = query_step(&q) && query_int(&q, 0);
    return query_end(&q, why);
}

#define THEIRS " FROM derived_passage WHERE person = ?1"

enum outcome passages_forget(struct archive *a, int64_t person, struct fault *why)
{
    bool any = false;
    enum outcome result = has_passages(a, person, &any, why);
    if (result != OK || !any)
        return result;
    const struct query steps[] = {
        query_begin(a, "UPDATE derived_body SET accepted = accepted - t.a,"
                       " proposed = proposed - t.p, passages = passages - t.n FROM"
                       " (SELECT body, sum((tally & 1) > 0) AS a, sum((tally & 2) > 0) AS p,"
                       " count(*) AS n" THEIRS " GROUP BY body) AS t WHERE t.body = id"),
        query_begin(a, "DELETE FROM derived_body WHERE passages = 0"
                       " AND id IN (SELECT body" THEIRS ")"),
        query_begin(a, "UPDATE derived_body_year SET accepted = accepted - t.a,"
                       " proposed = proposed - t.p FROM"
                       " (SELECT body AS b, year AS y, sum((tally & 4) > 0) AS a,"
                       " sum((tally & 8) > 0) AS p" THEIRS " GROUP BY body, year) AS t"
                       " WHERE t.b = body AND t.y = year"),
        query_begin(a, "DELETE FROM derived_body_year WHERE accepted = 0 AND proposed = 0"
                       " AND body IN (SELECT body" THEIRS ")"),
        query_begin(a, "UPDATE derived_body_name SET passages = passages - t.n FROM"
                       " (SELECT naming, count(*) AS n" THEIRS " GROUP BY naming) AS t"
                       " WHERE t.naming = id"),
        query_begin(a, "DELETE FROM derived_body_name WHERE passages = 0"
                       " AND id IN (SELECT naming" THEIRS ")"),
        query_begin(a, "DELETE" THEIRS),
    };
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        enum outcome one = step_for(steps[i], person, result == OK ? why : NULL);
        result = result == OK ? one : result;
    }
    return result;
}

enum outcome passages_clear(struct archive *a, struct fault *why)
{
    return sql_run(a,
                   "DROP INDEX IF EXISTS derived_passage_person;"
                   "DROP INDEX IF EXISTS derived_passage_case;"
                   "DROP INDEX IF EXISTS derived_passage_role;"
                   "DROP INDEX IF EXISTS derived_passage_long;"
                   "DROP INDEX IF EXISTS derived_body_most;"
                   "DROP INDEX IF EXISTS derived_body_name_body;"
                   "DROP INDEX IF EXISTS derived_body_name_key;"
                   "DELETE FROM derived_passage; DELETE FROM derived_body;"
                   "DELETE FROM derived_body_year; DELETE FROM derived_body_name",
                   why);
}

/* found by name, since a table is dropped with what was made of it */
enum outcome passages_index(struct archive *a, struct fault *why)
{
    return sql_run(a, index_sql, why);
}
