/* The peer of `add` and `rebuild`: the same SQLite, unencrypted, as durable, and nothing else.
 * plain-fts FILE add REPORT...: keeps the texts in an FTS5 table with SQLite's own tokenizer, a
 *   synced transaction for each 256.
 * plain-fts FILE rebuild: makes the index again from the texts. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

enum { BATCH = 256, REPORT_LIMIT = 64 << 20 };

static sqlite3 *db;

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "plain-fts: %s: %s\n", what, db ? sqlite3_errmsg(db) : "");
    exit(EXIT_FAILURE);
}

static void run(const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static void add(int count, char **paths)
{
    sqlite3_stmt *insert;
    struct buf text;
    struct fault why;
    buf_init(&text, REPORT_LIMIT);
    run("CREATE VIRTUAL TABLE report USING fts5 (name UNINDEXED, body)");
    must(sqlite3_prepare_v2(db, "INSERT INTO report (name, body) VALUES (?1, ?2)", -1, &insert,
                            NULL) == SQLITE_OK,
         "insert");
    for (int i = 0; i < count; i++) {
        if (i % BATCH == 0)
            run("BEGIN IMMEDIATE");
        buf_clear(&text);
        must(file_read(paths[i], REPORT_LIMIT, &text, &why) == OK, paths[i]);
        sqlite3_bind_text(insert, 1, paths[i], -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, text.at, (int)text.len, SQLITE_STATIC);
        must(sqlite3_step(insert) == SQLITE_DONE, paths[i]);
        sqlite3_reset(insert);
        if (i % BATCH == BATCH - 1 || i == count - 1)
            run("COMMIT");
    }
    sqlite3_finalize(insert);
    buf_release(&text);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    must(sqlite3_open(argv[1], &db) == SQLITE_OK, argv[1]);
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;"
        "PRAGMA wal_autocheckpoint = 4000");
    if (argv[2][0] == 'a')
        add(argc - 3, argv + 3);
    else
        run("INSERT INTO report (report) VALUES ('rebuild')");
    must(sqlite3_close(db) == SQLITE_OK, "close");
    return 0;
}
