#include "store/passages_int.h"

#include <endian.h>

#include "base/buf.h"
#include "text/calendar.h"
#include "text/fold.h"

/* A body's id is even for an institution and odd for an official; a year without one is the least
 * number; a statement is the first eight bytes of its id. What passed with a person (passed.c)
 * stands by the text in which their address is a mention. */
static const char tables_sql[] =
    "CREATE TABLE derived_passage (body INTEGER, role INTEGER, first INTEGER, last INTEGER,"
    " person INTEGER, statement INTEGER, naming INTEGER NOT NULL, decided INTEGER NOT NULL,"
    " part INTEGER NOT NULL, tally INTEGER NOT NULL, year INTEGER NOT NULL,"
    " PRIMARY KEY (body, role, first DESC, last, person, statement)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_passed (text INTEGER, person INTEGER, passages BLOB NOT NULL,"
    " PRIMARY KEY (text, person)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_body (id INTEGER PRIMARY KEY, official INTEGER NOT NULL,"
    " accepted INTEGER NOT NULL, proposed INTEGER NOT NULL, passages INTEGER NOT NULL) STRICT;"
    "CREATE TABLE derived_body_year (body INTEGER, year INTEGER, accepted INTEGER NOT NULL,"
    " proposed INTEGER NOT NULL, PRIMARY KEY (body, year)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_body_name (id INTEGER PRIMARY KEY, body INTEGER NOT NULL,"
    " key TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, branch TEXT NOT NULL,"
    " written INTEGER NOT NULL,"
    " folded TEXT NOT NULL, passages INTEGER NOT NULL) STRICT;";

static const char index_sql[] =
    "CREATE INDEX IF NOT EXISTS derived_passage_case ON derived_passage"
    " (body, first DESC, person, tally) WHERE tally & 3;"
    "CREATE INDEX IF NOT EXISTS derived_passage_long ON derived_passage (body, role, last, first)"
    " WHERE first > -4611686018427387904 AND last - first > 366;"
    "CREATE INDEX IF NOT EXISTS derived_body_most ON derived_body"
    " (official, accepted DESC, proposed DESC, id);"
    "CREATE INDEX IF NOT EXISTS derived_body_name_body ON derived_body_name (body);"
    "CREATE INDEX IF NOT EXISTS derived_body_name_key ON derived_body_name (key, body)";

/* ---- ids ---- */

/* as a hasher would, in one go */
static struct hash hash_of_parts(const struct str *parts, size_t count)
{
    struct buf all;
    buf_init(&all, SIZE_MAX / 2);
    for (size_t i = 0; i < count; i++)
        buf_add(&all, parts[i]);
    struct hash id = hash_of(buf_str(&all));
    buf_release(&all);
    return id;
}

struct hash body_id(struct str key, bool official)
{
    const struct str parts[] = {
        official ? STR("govah official") : STR("govah institution"), {"", 1}, key};
    struct hash id = hash_of_parts(parts, COUNT_OF(parts));
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
    const uint64_t number = htobe64((uint64_t)body);
    const struct hash names[] = {hash_of(p->kind), hash_of(p->name), hash_of(p->branch)};
    char unwritten = (char)p->unwritten;
    const struct str parts[] = {{(const char *)&number, sizeof number},
                                {&unwritten, 1},
                                {(const char *)names, sizeof names}};
    struct hash id = hash_of_parts(parts, COUNT_OF(parts));
    return statement_prefix(&id);
}

/* ---- rows ---- */

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
        order = (int)a->role - (int)b->role;
    if (!order)
        order = (int)b->decided - (int)a->decided;
    if (!order && (a->year == INT64_MIN) != (b->year == INT64_MIN))
        order = a->year == INT64_MIN ? 1 : -1;
    if (!order)
        order = compare_numbers(a->first, b->first);
    if (!order)
        order = hash_compare(&a->passage->statement, &b->passage->statement);
    return order ? order : (int)a->part - (int)b->part;
}

int64_t passage_year(int64_t first)
{
    return first == INT64_MIN ? INT64_MIN : calendar_year_of_days(CALENDAR_GREGORIAN, first);
}

static bool same_group(const struct passage_row *a, const struct passage_row *b)
{
    return a->person == b->person && a->body == b->body && a->role == b->role;
}

/* The rows of a person in a body: accepted ones first. */
static void tally_group(struct passage_row *rows, size_t count)
{
    if (rows[0].role != PASSAGE_CASE)
        return;
    rows[0].tally = rows[0].decided ? TALLY_ACCEPTED : TALLY_PROPOSED;
    for (size_t i = 0; i < count; i++) {
        size_t known = 0;
        while (known < i && rows[known].year != rows[i].year)
            known++;
        if (known == i)
            rows[i].tally |= rows[i].decided ? TALLY_YEAR_ACCEPTED : TALLY_YEAR_PROPOSED;
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

size_t passage_rows_make(const struct archive_passage *passages, size_t count,
                         struct passage_row *rows)
{
    size_t kept = 0, end;
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct passage_row){.passage = &passages[i],
                                       .person = statement_prefix(&passages[i].person),
                                       .statement = statement_prefix(&passages[i].statement),
                                       .first = passages[i].first,
                                       .last = passages[i].last,
                                       .year = passage_year(passages[i].first),
                                       .role = passages[i].role,
                                       .decided = passages[i].decided,
                                       .part = passages[i].part};
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

enum outcome passage_row_put(struct archive *a, const struct passage_row *r, struct fault *why)
{
    struct query q =
        query_begin(a, "INSERT OR IGNORE INTO derived_passage (body, role, first, last, person,"
                       " statement, naming, decided, part, tally, year)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    const int64_t columns[] = {r->body,   r->role,    r->first, r->last,  r->person, r->statement,
                               r->naming, r->decided, r->part,  r->tally, r->year};
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        query_bind_int(&q, (int)i + 1, columns[i]);
    query_step(&q);
    return query_end(&q, why);
}

/* ---- numbers of people ---- */

enum outcome body_count(struct archive *a, int64_t body, struct body_cases cases, size_t passages,
                        struct fault *why)
{
    struct query q =
        query_begin(a, "INSERT INTO derived_body (id, official, accepted, proposed, passages)"
                       " VALUES (?1, ?1 & 1, ?2, ?3, ?4)"
                       " ON CONFLICT (id) DO UPDATE SET accepted = accepted + ?2,"
                       " proposed = proposed + ?3, passages = passages + ?4");
    query_bind_int(&q, 1, body);
    query_bind_int(&q, 2, cases.accepted);
    query_bind_int(&q, 3, cases.proposed);
    query_bind_int(&q, 4, (int64_t)passages);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome body_year_count(struct archive *a, int64_t body, const struct body_year *year,
                             struct fault *why)
{
    if (!year->cases.accepted && !year->cases.proposed)
        return OK;
    struct query q =
        query_begin(a, "INSERT INTO derived_body_year (body, year, accepted, proposed)"
                       " VALUES (?1, ?2, ?3, ?4)"
                       " ON CONFLICT (body, year) DO UPDATE SET accepted = accepted + ?3,"
                       " proposed = proposed + ?4");
    query_bind_int(&q, 1, body);
    query_bind_int(&q, 2, year->year);
    query_bind_int(&q, 3, year->cases.accepted);
    query_bind_int(&q, 4, year->cases.proposed);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome body_name_count(struct archive *a, const struct passage_row *r, size_t passages,
                             struct fault *why)
{
    struct arena arena;
    arena_init(&arena);
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
    query_bind_text(&q, 7, fold_text(&arena, r->passage->name));
    query_bind_int(&q, 8, (int64_t)passages);
    query_bind_int(&q, 9, !r->passage->unwritten);
    query_step(&q);
    enum outcome result = query_end(&q, why);
    arena_release(&arena);
    return result;
}

/* ---- the tables ---- */

enum outcome passages_create(struct archive *a, struct fault *why)
{
    return sql_run(a, tables_sql, why);
}

enum outcome passages_clear(struct archive *a, struct fault *why)
{
    return sql_run(
        a,
        "DROP INDEX IF EXISTS derived_passage_case;"
        "DROP INDEX IF EXISTS derived_passage_long;"
        "DROP INDEX IF EXISTS derived_body_most;"
        "DROP INDEX IF EXISTS derived_body_name_body;"
        "DROP INDEX IF EXISTS derived_body_name_key;"
        "DELETE FROM derived_passage; DELETE FROM derived_passed; DELETE FROM derived_body;"
        "DELETE FROM derived_body_year; DELETE FROM derived_body_name",
        why);
}

/* found by name, since a table is dropped with what was made of it */
enum outcome passages_index(struct archive *a, struct fault *why)
{
    return sql_run(a, index_sql, why);
}
