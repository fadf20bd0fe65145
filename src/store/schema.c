#include "store/store_int.h"

/* A REPLACE deletes without asking a delete trigger; the insert triggers refuse before it does. */
static const char log_sql[] =
    "CREATE TABLE log_object (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
    " kind INTEGER NOT NULL) STRICT;"
    "CREATE TABLE log_bytes (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
    " size INTEGER NOT NULL) STRICT;"
    "CREATE TABLE log_commit (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
    " chain BLOB NOT NULL) STRICT;"
    "CREATE TABLE payload_object (seq INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;"
    "CREATE TABLE payload_bytes (seq INTEGER PRIMARY KEY, body BLOB, file TEXT, key BLOB) STRICT;"
    "CREATE TABLE own_setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;"
    "CREATE TRIGGER log_object_insert BEFORE INSERT ON log_object"
    " WHEN EXISTS (SELECT 1 FROM log_object WHERE id = NEW.id OR seq = NEW.seq)"
    " BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;"
    "CREATE TRIGGER log_object_update BEFORE UPDATE ON log_object"
    " BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;"
    "CREATE TRIGGER log_object_delete BEFORE DELETE ON log_object"
    " BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;"
    "CREATE TRIGGER log_bytes_insert BEFORE INSERT ON log_bytes"
    " WHEN EXISTS (SELECT 1 FROM log_bytes WHERE id = NEW.id OR seq = NEW.seq)"
    " BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;"
    "CREATE TRIGGER log_bytes_update BEFORE UPDATE ON log_bytes"
    " BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;"
    "CREATE TRIGGER log_bytes_delete BEFORE DELETE ON log_bytes"
    " BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;"
    "CREATE TRIGGER log_commit_insert BEFORE INSERT ON log_commit"
    " WHEN EXISTS (SELECT 1 FROM log_commit WHERE id = NEW.id OR seq = NEW.seq)"
    " BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;"
    "CREATE TRIGGER log_commit_update BEFORE UPDATE ON log_commit"
    " BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;"
    "CREATE TRIGGER log_commit_delete BEFORE DELETE ON log_commit"
    " BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;";

/* derived_document.row is FTS5's rowid, and the one column that depends on the order of arrival */
static const char derived_sql[] =
    "CREATE TABLE derived_commit (id BLOB PRIMARY KEY, author BLOB NOT NULL, at TEXT NOT NULL,"
    " note TEXT NOT NULL, holds INTEGER NOT NULL, standing INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_parent (parent BLOB, child BLOB, PRIMARY KEY (parent, child))"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX derived_parent_child ON derived_parent (child);"
    "CREATE TABLE derived_holding (object BLOB, held_by BLOB, PRIMARY KEY (object, held_by))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_member (key BLOB PRIMARY KEY, name TEXT NOT NULL,"
    " standing INTEGER NOT NULL, undecided INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_capture (bytes BLOB, id BLOB, at TEXT NOT NULL,"
    " PRIMARY KEY (bytes, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_text (id BLOB PRIMARY KEY, bytes BLOB NOT NULL,"
    " extractor TEXT NOT NULL, sha256 BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX derived_text_bytes ON derived_text (bytes);"
    "CREATE TABLE derived_document (row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
    " capture BLOB NOT NULL, text BLOB NOT NULL, sha256 BLOB NOT NULL, at TEXT NOT NULL,"
    " size INTEGER NOT NULL, name TEXT, media TEXT, extractor TEXT NOT NULL, title TEXT,"
    " publisher TEXT, published TEXT, lang TEXT, url TEXT) STRICT;"
    "CREATE TABLE derived_statement (id BLOB PRIMARY KEY, text BLOB NOT NULL,"
    " start INTEGER NOT NULL, finish INTEGER NOT NULL, form INTEGER NOT NULL,"
    " logged INTEGER NOT NULL, proposed INTEGER NOT NULL, standing INTEGER NOT NULL,"
    " undecided INTEGER NOT NULL, confidence INTEGER NOT NULL, why TEXT NOT NULL,"
    " incident TEXT NOT NULL, incident_why TEXT NOT NULL, quote TEXT NOT NULL,"
    " body BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX derived_statement_text ON derived_statement (text, start, finish, id);"
    "CREATE INDEX derived_statement_form ON derived_statement (form, standing, id);"
    "CREATE TABLE derived_judgement (subject BLOB, decision BLOB, verdict INTEGER NOT NULL,"
    " active INTEGER NOT NULL, PRIMARY KEY (subject, decision)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_supersession (decision BLOB, earlier BLOB,"
    " PRIMARY KEY (decision, earlier)) STRICT, WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE derived_search USING fts5(title, body, content='',"
    " contentless_delete=1, detail=full, tokenize='govah');";

const char *const derived_digests[] = {
    "SELECT * FROM derived_commit ORDER BY id",
    "SELECT * FROM derived_parent ORDER BY parent, child",
    "SELECT * FROM derived_holding ORDER BY object, held_by",
    "SELECT * FROM derived_member ORDER BY key",
    "SELECT * FROM derived_capture ORDER BY bytes, id",
    "SELECT * FROM derived_text ORDER BY id",
    "SELECT id, capture, text, sha256, at, size, name, media, extractor, title, publisher,"
    " published, lang, url FROM derived_document ORDER BY id",
    "SELECT * FROM derived_statement ORDER BY id",
    "SELECT * FROM derived_judgement ORDER BY subject, decision",
    "SELECT * FROM derived_supersession ORDER BY decision, earlier",
    "SELECT v.term, d.id, v.col, v.offset FROM derived_words v"
    " JOIN derived_document d ON d.row = v.doc ORDER BY v.term, d.id, v.col, v.offset",
    NULL,
};

enum outcome schema_create(struct archive *a, struct fault *why)
{
    enum outcome result = sql_run(a, log_sql, why);
    return result == OK ? schema_derived_create(a, why) : result;
}

enum outcome schema_derived_create(struct archive *a, struct fault *why)
{
    return sql_run(a, derived_sql, why);
}

/* every table named derived_*, found by name so that an older version's tables go too; FTS5's
 * shadow tables go with their table */
enum outcome schema_derived_drop(struct archive *a, struct fault *why)
{
    struct arena arena;
    struct str names[64];
    size_t count = 0;
    arena_init(&arena);
    struct query q = query_begin(a, "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                    " AND name GLOB 'derived_*' AND name NOT GLOB"
                                    " 'derived_search_*' ORDER BY name");
    while (count < COUNT_OF(names) && query_step(&q))
        names[count++] = arena_copy(&arena, query_str(&q, 0));
    enum outcome result = query_end(&q, why);
    for (size_t i = 0; i < count && result == OK; i++)
        result = sql_run(a, arena_print(&arena, "DROP TABLE \"%s\"", names[i].at).at, why);
    arena_release(&arena);
    return result;
}
