#include "store/passages_int.h"
#include "store/profiles_int.h"
#include "store/stays_int.h"

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

/* derived_document.row is FTS5's rowid and that of the text's sketch (text/sketch.h). A text's row
 * and a statement's depend on the order of arrival: a statement's is its text's, 24 bits further
 * left, and its place among that text's statements, so that those of one text stand together. A
 * text of which only statements are here has a row without bytes. "prefix" is the first eight bytes
 * of the id. A text that is a list of people has its entries (entries.c), and what is said of
 * somebody the number of the entry that they belong to. A figure's fields stand in columns, and in
 * "stands" the last day it stands at, if it is not ahead of its document; of other forms
 * derived_wording has them (fields.c). A mention is a role or a life event, "label", of a name,
 * "key" is its folded form, "day" the first day of an event's date; a naming is where a life event
 * or any fact about a person names them, "address" the first eight bytes of the mention's id. A
 * pair of mentions stands under what it is judged under. A passage is that a person passed through
 * a body, whose id is even for an institution and odd for an official (passages.c). */
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
    "CREATE TABLE derived_text (row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, bytes BLOB,"
    " extractor TEXT, sha256 BLOB, entries BLOB) STRICT;"
    "CREATE INDEX derived_text_bytes ON derived_text (bytes);"
    "CREATE TABLE derived_document (row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
    " capture BLOB NOT NULL, text BLOB NOT NULL, sha256 BLOB NOT NULL, at TEXT NOT NULL,"
    " size INTEGER NOT NULL, name TEXT, media TEXT, extractor TEXT NOT NULL, title TEXT,"
    " publisher TEXT, published TEXT, lang TEXT, url TEXT) STRICT;"
    "CREATE INDEX derived_document_at ON derived_document (at DESC, id);"
    "CREATE TABLE derived_sketch (row INTEGER PRIMARY KEY, numbers BLOB NOT NULL) STRICT;"
    "CREATE TABLE derived_statement (row INTEGER PRIMARY KEY, id BLOB NOT NULL,"
    " prefix INTEGER NOT NULL, start INTEGER NOT NULL, finish INTEGER NOT NULL,"
    " form INTEGER NOT NULL, shown INTEGER NOT NULL, logged INTEGER NOT NULL,"
    " proposed INTEGER NOT NULL, standing INTEGER NOT NULL, undecided INTEGER NOT NULL,"
    " confidence INTEGER NOT NULL, event TEXT, what TEXT, bound INTEGER, low INTEGER,"
    " high INTEGER, since TEXT, until TEXT, as_of TEXT, place TEXT, source TEXT,"
    " part_start INTEGER, part_finish INTEGER, incident TEXT, stands INTEGER, weighed INTEGER NOT NULL DEFAULT 0,"
    " entry INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE derived_mention (row INTEGER PRIMARY KEY, organisation INTEGER NOT NULL,"
    " key TEXT NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL, date TEXT, day INTEGER) STRICT;"
    "CREATE TABLE derived_naming (row INTEGER PRIMARY KEY, start INTEGER NOT NULL,"
    " finish INTEGER NOT NULL, address INTEGER NOT NULL, key TEXT NOT NULL) STRICT;"
    "CREATE TABLE derived_stay (id INTEGER PRIMARY KEY, person INTEGER NOT NULL,"
    " name TEXT NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,"
    " decided INTEGER NOT NULL, statement BLOB NOT NULL) STRICT;"
    "CREATE TABLE derived_wording (row INTEGER PRIMARY KEY, quote TEXT NOT NULL,"
    " why TEXT NOT NULL, incident_why TEXT NOT NULL, fields BLOB) STRICT;"
    "CREATE TABLE derived_finding (row INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    " start INTEGER NOT NULL, finish INTEGER NOT NULL, other_start INTEGER NOT NULL,"
    " other_finish INTEGER NOT NULL, quote TEXT NOT NULL, other TEXT NOT NULL,"
    " a TEXT NOT NULL, b TEXT NOT NULL, c TEXT NOT NULL, d TEXT NOT NULL) STRICT;"
    "CREATE TABLE derived_judgement (subject BLOB, decision BLOB, verdict INTEGER NOT NULL,"
    " active INTEGER NOT NULL, PRIMARY KEY (subject, decision)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_decision (id BLOB PRIMARY KEY, bulk INTEGER NOT NULL,"
    " why TEXT NOT NULL, instead_of BLOB) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_pair (subject BLOB PRIMARY KEY, left_text BLOB NOT NULL,"
    " left_start INTEGER NOT NULL, left_finish INTEGER NOT NULL, right_text BLOB NOT NULL,"
    " right_start INTEGER NOT NULL, right_finish INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_supersession (decision BLOB, earlier BLOB,"
    " PRIMARY KEY (decision, earlier)) STRICT, WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE derived_search USING fts5(title, body, content='',"
    " contentless_delete=1, detail=full, tokenize='govah');"
    "INSERT INTO derived_search (derived_search, rank) VALUES ('hashsize', 4194304);";

static const char index_sql[] =
    "CREATE INDEX derived_statement_prefix ON derived_statement (prefix);"
    "CREATE INDEX derived_statement_standing ON derived_statement (standing, undecided, shown);"
    "CREATE INDEX derived_statement_figure ON derived_statement (incident, event, stands)"
    " WHERE form = 0 AND shown;"
    "CREATE INDEX derived_statement_explained ON derived_statement (source)"
    " WHERE form = 0 AND shown AND source GLOB '*(*)*';"
    "CREATE INDEX derived_document_published ON derived_document (published, at);"
    "CREATE INDEX derived_statement_source ON derived_statement (source, id)"
    " WHERE form = 0 AND shown AND source IS NOT NULL;"
    "CREATE INDEX derived_mention_key ON derived_mention (organisation, key);"
    "CREATE INDEX derived_mention_day ON derived_mention (label, day, length(date))"
    " WHERE day IS NOT NULL;"
    "CREATE INDEX derived_naming_key ON derived_naming (key);"
    "CREATE INDEX derived_naming_address ON derived_naming (address);"
    "CREATE INDEX derived_pair_left ON derived_pair (left_text, left_start);"
    "CREATE INDEX derived_pair_right ON derived_pair (right_text, right_start);";

const char *const derived_digests[] = {
    "SELECT * FROM derived_commit",
    "SELECT * FROM derived_parent",
    "SELECT * FROM derived_holding",
    "SELECT * FROM derived_member",
    "SELECT * FROM derived_capture",
    "SELECT id, bytes, extractor, sha256, entries FROM derived_text",
    "SELECT id, capture, text, sha256, at, size, name, media, extractor, title, publisher,"
    " published, lang, url FROM derived_document",
    "SELECT d.id, k.numbers FROM derived_sketch k LEFT JOIN derived_document d USING (row)",
    "SELECT s.id, t.id, s.prefix, s.start, s.finish, s.form, s.shown, s.logged, s.proposed,"
    " s.standing, s.undecided, s.weighed, s.confidence, s.event, s.what, s.bound, s.low, s.high, s.since,"
    " s.until, s.as_of, s.place, s.source, s.part_start, s.part_finish, s.incident, s.stands, s.entry,"
    " w.quote, w.why, w.incident_why, w.fields FROM derived_statement s"
    " LEFT JOIN derived_text t ON t.row = s.row >> 24"
    " LEFT JOIN derived_wording w ON w.row = s.row",
    "SELECT s.id, m.organisation, m.key, m.name, m.label, m.date, m.day FROM derived_mention m"
    " LEFT JOIN derived_statement s ON s.row = m.row",
    "SELECT s.id, n.start, n.finish, n.address, n.key FROM derived_naming n"
    " LEFT JOIN derived_statement s ON s.row = n.row",
    "SELECT person, name, state, since, until, decided, statement FROM derived_stay",
    "SELECT body, first, last, person, statement, naming, role, decided, part, tally, year"
    " FROM derived_passage",
    "SELECT t.id, p.person, p.passages FROM derived_passed p"
    " LEFT JOIN derived_text t ON t.row = p.text",
    "SELECT * FROM derived_body",
    "SELECT * FROM derived_body_year",
    "SELECT * FROM derived_body_name",
    "SELECT t.id, c.people FROM derived_crowd c LEFT JOIN derived_text t ON t.row = c.text",
    "SELECT * FROM derived_trait",
    "SELECT t.id, f.kind, f.start, f.finish, f.other_start, f.other_finish, f.quote, f.other,"
    " f.a, f.b, f.c, f.d FROM derived_finding f LEFT JOIN derived_text t ON t.row = f.row >> 24",
    "SELECT * FROM derived_judgement",
    "SELECT * FROM derived_decision",
    "SELECT * FROM derived_pair",
    "SELECT * FROM derived_supersession",
    "SELECT v.term, d.id, v.col, v.offset FROM derived_words v"
    " LEFT JOIN derived_document d ON d.row = v.doc",
    NULL,
};

enum outcome schema_create(struct archive *a, struct fault *why)
{
    enum outcome result = sql_run(a, log_sql, why);
    if (result == OK)
        result = schema_derived_create(a, why);
    if (result == OK)
        result = stays_index(a, why);
    return result == OK ? schema_derived_index(a, why) : result;
}

enum outcome schema_derived_create(struct archive *a, struct fault *why)
{
    enum outcome result = sql_run(a, derived_sql, why);
    struct str version = STR(DERIVED_VERSION);
    if (result == OK)
        result = passages_create(a, why);
    if (result == OK)
        result = profiles_create(a, why);
    return result == OK ? setting_put(a, "derived", version.at, version.len, why) : result;
}

/* fills the pages that nothing uses with a table of blanks, and drops it again */
enum outcome schema_free_pages_clear(struct archive *a, struct fault *why)
{
    struct query q = query_begin(a, "PRAGMA freelist_count");
    int64_t pages = query_step(&q) ? query_int(&q, 0) : 0;
    enum outcome result = query_end(&q, why);
    if (result == OK && pages)
        result = sql_run(a, "CREATE TABLE derived_blank (blank BLOB)", why);
    if (result == OK && pages) {
        q = query_begin(a, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                           " WHERE i < ?1) INSERT INTO derived_blank SELECT zeroblob(3000) FROM n");
        query_bind_int(&q, 1, pages);
        query_step(&q);
        result = query_end(&q, why);
    }
    if (result == OK && pages)
        result = sql_run(a, "DROP TABLE derived_blank", why);
    return result == OK ? sql_run(a, "PRAGMA secure_delete = ON", why) : result;
}

enum outcome schema_derived_index(struct archive *a, struct fault *why)
{
    return sql_run(a, index_sql, why);
}

/* every table named derived_*, found by name so that an older version's tables go too; FTS5's
 * shadow tables go with their table. Their pages are blanked when the new rows are there: to do it
 * now, SQLite would keep all of them in memory. */
enum outcome schema_derived_drop(struct archive *a, struct fault *why)
{
    struct arena arena;
    struct str names[64];
    size_t count = 0;
    arena_init(&arena);
    enum outcome result = sql_run(a, "PRAGMA secure_delete = FAST", why);
    if (result != OK)
        return result;
    struct query q = query_begin(a, "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                    " AND name GLOB 'derived_*' AND name NOT GLOB"
                                    " 'derived_search_*' ORDER BY name");
    while (count < COUNT_OF(names) && query_step(&q))
        names[count++] = arena_copy(&arena, query_str(&q, 0));
    result = query_end(&q, why);
    for (size_t i = 0; i < count && result == OK; i++)
        result = sql_run(a, arena_print(&arena, "DROP TABLE \"%s\"", names[i].at).at, why);
    arena_release(&arena);
    return result;
}
