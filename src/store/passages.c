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

static const char triggers_sql[] =
    "CREATE TRIGGER derived_passage_insert AFTER INSERT ON derived_passage BEGIN"
    " INSERT INTO derived_body (id, official, accepted, proposed, passages)"
    " VALUES (NEW.body, NEW.body & 1, (NEW.tally & 1) > 0, (NEW.tally & 2) > 0, 1)"
    " ON CONFLICT (id) DO UPDATE SET accepted = accepted + excluded.accepted,"
    " proposed = proposed + excluded.proposed, passages = passages + 1;"
    " INSERT INTO derived_body_year (body, year, accepted, proposed)"
    " SELECT NEW.body, NEW.year, (NEW.tally & 4) > 0, (NEW.tally & 8) > 0 WHERE NEW.tally & 12"
    " ON CONFLICT (body, year) DO UPDATE SET accepted = accepted + excluded.accepted,"
    " proposed = proposed + excluded.proposed;"
    " UPDATE derived_body_name SET passages = passages + 1 WHERE id = NEW.naming; END;"
    "CREATE TRIGGER derived_passage_delete AFTER DELETE ON derived_passage BEGIN"
    " UPDATE derived_body SET accepted = accepted - ((OLD.tally & 1) > 0),"
    " proposed = proposed - ((OLD.tally & 2) > 0), passages = passages - 1 WHERE id = OLD.body;"
    " DELETE FROM derived_body WHERE id = OLD.body AND passages = 0;"
    " UPDATE derived_body_year SET accepted = accepted - ((OLD.tally & 4) > 0),"
    " proposed = proposed - ((OLD.tally & 8) > 0) WHERE body = OLD.body AND year = OLD.year;"
    " DELETE FROM derived_body_year WHERE body = OLD.body AND year = OLD.year"
    " AND accepted = 0 AND proposed = 0;"
    " UPDATE derived_body_name SET passages = passages - 1 WHERE id = OLD.naming;"
    " DELETE FROM derived_body_name WHERE id = OLD.naming AND passages = 0; END;";

static const char count_sql[] =
    "DELETE FROM derived_body; DELETE FROM derived_body_year;"
    "INSERT INTO derived_body (id, official, accepted, proposed, passages)"
    " SELECT body, body & 1, sum((tally & 1) > 0), sum((tally & 2) > 0), count(*)"
    " FROM derived_passage GROUP BY body;"
    "INSERT INTO derived_body_year (body, year, accepted, proposed)"
    " SELECT body, year, sum((tally & 4) > 0), sum((tally & 8) > 0) FROM derived_passage"
    " WHERE tally & 12 GROUP BY body, year;"
    "UPDATE derived_body_name SET passages = c.n FROM (SELECT naming, count(*) AS n"
    " FROM derived_passage GROUP BY naming) AS c WHERE c.naming = derived_body_name.id;"
    "CREATE INDEX derived_passage_person ON derived_passage (person);"
    "CREATE INDEX derived_passage_case ON derived_passage (body, first DESC, person, statement)"
    " WHERE tally & 3;"
    "CREATE INDEX derived_passage_role ON derived_passage (body, role, first DESC, person,"
    " statement);"
    "CREATE INDEX derived_body_most ON derived_body (official, accepted DESC, proposed DESC, id);"
    "CREATE INDEX derived_body_name_body ON derived_body_name (body);";

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

static struct hash hash_of_number(int64_t number)
{
    struct hash id = {{0}};
    for (size_t i = 0; i < 8; i++)
        id.bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    return id;
}

static int64_t naming_of(const struct archive_passage *p, int64_t body)
{
    const struct str parts[] = {p->kind, p->name, p->branch};
    struct hash whole = hash_of_number(body);
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
    int64_t person, body, year; /* INT64_MIN: no date */
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
    return p->first == INT64_MIN ? INT64_MIN : calendar_of_days(CALENDAR_GREGORIAN, p->first).year;
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

static bool is_said_before(const struct passage_row *rows, size_t i)
{
    return i && same_group(&rows[i - 1], &rows[i]) &&
           hash_equal(&rows[i - 1].passage->statement, &rows[i].passage->statement);
}

static size_t rows_make(const struct archive_passage *passages, size_t count,
                        struct passage_row *rows)
{
    size_t kept = 0, end;
    for (size_t i = 0; i < count; i++) {
        struct hash body = body_id(passages[i].key, passages[i].official);
        rows[i] = (struct passage_row){&passages[i], statement_prefix(&passages[i].person),
                                       statement_prefix(&body), year_of(&passages[i]), 0};
    }
    if (count)
        qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++)
        if (!is_said_before(rows, i))
            rows[kept++] = rows[i];
    for (size_t i = 0; i < kept; i = end) {
        for (end = i + 1; end < kept && same_group(&rows[end], &rows[i]);)
            end++;
        tally_group(&rows[i], end - i);
    }
    return kept;
}

static enum outcome put_name(struct archive *a, const struct passage_row *r, int64_t naming,
                             struct arena *arena, struct fault *why)
{
    struct query q = query_begin(a, "INSERT OR IGNORE INTO derived_body_name"
                                    " (id, body, key, kind, name, branch, folded, passages,"
                                    " written)"
                                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8)");
    query_bind_int(&q, 1, naming);
    query_bind_int(&q, 2, r->body);
    query_bind_text(&q, 3, r->passage->key);
    query_bind_text(&q, 4, r->passage->kind);
    query_bind_text(&q, 5, r->passage->name);
    query_bind_text(&q, 6, r->passage->branch);
    query_bind_text(&q, 7, fold_text(arena, r->passage->name));
    query_bind_int(&q, 8, !r->passage->unwritten);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome put_row(struct archive *a, const struct passage_row *r, int64_t naming,
                            struct fault *why)
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
    query_bind_int(&q, 6, naming);
    query_bind_int(&q, 7, r->passage->role);
    query_bind_int(&q, 8, r->passage->decided);
    query_bind_int(&q, 9, r->passage->part);
    query_bind_int(&q, 10, r->tally);
    query_bind_int(&q, 11, r->year);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome passages_put(struct archive *a, const struct archive_passage *passages, size_t count,
                          struct arena *arena, struct fault *why)
{
    struct passage_row *rows = arena_alloc(arena, (count + 1) * sizeof *rows);
    enum outcome result = OK;
    count = rows_make(passages, count, rows);
    for (size_t i = 0; i < count && result == OK; i++) {
        int64_t naming = naming_of(rows[i].passage, rows[i].body);
        result = put_name(a, &rows[i], naming, arena, why);
        if (result == OK)
            result = put_row(a, &rows[i], naming, why);
    }
    return result;
}

enum outcome passages_create(struct archive *a, struct fault *why)
{
    return sql_run(a, tables_sql, why);
}

enum outcome passages_forget(struct archive *a, int64_t person, struct fault *why)
{
    struct query q = query_begin(a, "DELETE FROM derived_passage WHERE person = ?1");
    query_bind_int(&q, 1, person);
    query_step(&q);
    return query_end(&q, why);
}

/* found by name, since a table is dropped with what was made of it */
static enum outcome is_counted(struct archive *a, bool *out, struct fault *why)
{
    struct query q = query_begin(a, "SELECT 1 FROM sqlite_schema WHERE type = 'trigger'"
                                    " AND name = 'derived_passage_insert'");
    *out = query_step(&q);
    return query_end(&q, why);
}

enum outcome passages_clear(struct archive *a, struct fault *why)
{
    return sql_run(a,
                   "DROP TRIGGER IF EXISTS derived_passage_insert;"
                   "DROP TRIGGER IF EXISTS derived_passage_delete;"
                   "DROP INDEX IF EXISTS derived_passage_person;"
                   "DROP INDEX IF EXISTS derived_passage_case;"
                   "DROP INDEX IF EXISTS derived_passage_role;"
                   "DROP INDEX IF EXISTS derived_body_most;"
                   "DROP INDEX IF EXISTS derived_body_name_body;"
                   "DELETE FROM derived_passage; DELETE FROM derived_body;"
                   "DELETE FROM derived_body_year; DELETE FROM derived_body_name",
                   why);
}

enum outcome passages_index(struct archive *a, struct fault *why)
{
    bool counted = false;
    enum outcome result = is_counted(a, &counted, why);
    if (result == OK && !counted)
        result = sql_run(a, count_sql, why);
    if (result == OK && !counted)
        result = sql_run(a, triggers_sql, why);
    return result;
}
