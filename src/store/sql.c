#include <malloc.h>

#include "store/store_int.h"

/* SQLite3 Multiple Ciphers does not look whether its start found memory. Ours never comes back
 * empty (base/mem.h). */

static void *sqlite_alloc(int size)
{
    return mem_resize(NULL, (size_t)size);
}

static void *sqlite_resize(void *old, int size)
{
    return mem_resize(old, (size_t)size);
}

static int sqlite_size(void *at)
{
    return (int)malloc_usable_size(at);
}

static int sqlite_round(int size)
{
    return (size + 7) & ~7;
}

static int sqlite_begin(void *context)
{
    (void)context;
    return SQLITE_OK;
}

static void sqlite_finish(void *context)
{
    (void)context;
}

void archive_use_memory(void)
{
    static const sqlite3_mem_methods methods = {sqlite_alloc,  mem_free,     sqlite_resize,
                                                sqlite_size,   sqlite_round, sqlite_begin,
                                                sqlite_finish, NULL};
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK)
        bug("SQLite was used before it got its memory");
}

enum outcome sql_fault(struct archive *a, int code, struct fault *why)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return refuse(why, BUSY, "the archive is busy");
    case SQLITE_FULL:
        return refuse(why, FAILED, "the disk is full");
    case SQLITE_NOMEM:
        mem_exhausted(0);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return refuse(why, DAMAGED, "record.db is damaged: %s", sqlite3_errmsg(a->db));
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_DATA || code == SQLITE_IOERR_CORRUPTFS)
            return refuse(why, DAMAGED, "record.db is damaged: %s", sqlite3_errmsg(a->db));
        return refuse(why, FAILED, "record.db: %s", sqlite3_errmsg(a->db));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return refuse(why, FAILED, "record.db: %s", sqlite3_errmsg(a->db));
    default:
        return refuse(why, FAILED, "record.db: %s (%d)", sqlite3_errmsg(a->db), code);
    }
}

struct query query_begin(struct archive *a, const char *sql)
{
    struct query q = {.archive = a, .code = SQLITE_OK};
    size_t slot = (uintptr_t)sql / 8 % STATEMENT_SLOTS;
    for (size_t i = 0; i < STATEMENT_SLOTS; i++, slot = (slot + 1) % STATEMENT_SLOTS) {
        if (a->cached[slot].sql == sql) {
            q.statement = a->cached[slot].statement;
            if (sqlite3_stmt_busy(q.statement))
                bug("a query inside itself");
            return q;
        }
        if (!a->cached[slot].sql)
            break;
    }
    if (a->cached[slot].sql)
        bug("more queries than places for them");
    q.code = sqlite3_prepare_v3(a->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q.statement, NULL);
    if (q.code == SQLITE_OK)
        a->cached[slot] = (struct cached_statement){sql, q.statement};
    return q;
}

void query_bind_int(struct query *q, int place, int64_t value)
{
    if (q->code == SQLITE_OK)
        q->code = sqlite3_bind_int64(q->statement, place, value);
}

void query_bind_text(struct query *q, int place, struct str s)
{
    if (q->code == SQLITE_OK)
        q->code = sqlite3_bind_text64(q->statement, place, s.at ? s.at : "", s.len, SQLITE_STATIC,
                                      SQLITE_UTF8);
}

void query_bind_text_or_null(struct query *q, int place, struct str s)
{
    if (s.len)
        query_bind_text(q, place, s);
    else if (q->code == SQLITE_OK)
        q->code = sqlite3_bind_null(q->statement, place);
}

void query_bind_blob(struct query *q, int place, struct str s)
{
    if (q->code == SQLITE_OK)
        q->code = sqlite3_bind_blob64(q->statement, place, s.at ? s.at : "", s.len, SQLITE_STATIC);
}

void query_bind_hash(struct query *q, int place, const struct hash *h)
{
    if (q->code == SQLITE_OK)
        q->code = sqlite3_bind_blob64(q->statement, place, h->bytes, HASH_SIZE, SQLITE_STATIC);
}

bool query_step(struct query *q)
{
    if (q->code != SQLITE_OK && q->code != SQLITE_ROW)
        return false;
    q->code = sqlite3_step(q->statement);
    return q->code == SQLITE_ROW;
}

void query_again(struct query *q)
{
    if (q->code == SQLITE_DONE || q->code == SQLITE_ROW)
        q->code = sqlite3_reset(q->statement);
}

enum outcome query_end(struct query *q, struct fault *why)
{
    enum outcome result = OK;
    if (q->code != SQLITE_OK && q->code != SQLITE_ROW && q->code != SQLITE_DONE)
        result = sql_fault(q->archive, q->code, why);
    if (q->statement) {
        sqlite3_reset(q->statement);
        sqlite3_clear_bindings(q->statement);
    }
    q->statement = NULL;
    return result;
}

int64_t query_int(const struct query *q, int column)
{
    return sqlite3_column_int64(q->statement, column);
}

struct str query_str(const struct query *q, int column)
{
    const char *at = sqlite3_column_blob(q->statement, column);
    return (struct str){at, at ? (size_t)sqlite3_column_bytes(q->statement, column) : 0};
}

bool query_null(const struct query *q, int column)
{
    return sqlite3_column_type(q->statement, column) == SQLITE_NULL;
}

bool query_hash(struct query *q, int column, struct hash *out)
{
    struct str blob = query_str(q, column);
    if (blob.len != HASH_SIZE) {
        q->code = SQLITE_CORRUPT;
        *out = (struct hash){0};
        return false;
    }
    memcpy(out->bytes, blob.at, HASH_SIZE);
    return true;
}

enum outcome sql_run(struct archive *a, const char *sql, struct fault *why)
{
    int code = sqlite3_exec(a->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : sql_fault(a, code, why);
}
