/* For benchmarks only: with -Wl,--wrap=sqlite3_key the database of an archive is plain SQLite, to
 * measure what the cipher costs. The program that people get has no way to do so. */
#include <sqlite3.h>

int __wrap_sqlite3_key(sqlite3 *db, const void *key, int len);

int __wrap_sqlite3_key(sqlite3 *db, const void *key, int len)
{
    (void)db, (void)key, (void)len;
    return SQLITE_OK;
}
