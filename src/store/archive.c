#include "store/archive.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "seal/box.h"
#include "store/store_int.h"

#define CIPHER "aegis"

enum { SCHEMA_VERSION = 1 };

/* ---- the database ---- */

static int deny_attach(void *context, int action, const char *a, const char *b, const char *c,
                       const char *d)
{
    (void)context, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

static enum outcome database_open(struct archive *a, const struct master_key *key,
                                  struct fault *why)
{
    struct arena arena;
    arena_init(&arena);
    const char *path = arena_print(&arena, "%s/record.db", a->path).at;
    unsigned char raw[4 + MASTER_KEY_SIZE] = "raw:";
    memcpy(raw + 4, key->bytes, MASTER_KEY_SIZE);
    int code = sqlite3_open_v2(path, &a->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    arena_release(&arena);
    enum outcome result = OK;
    if (code != SQLITE_OK)
        result = sql_fault(a, code, why);
    else if (sqlite3mc_config(a->db, "cipher", sqlite3mc_cipher_index(CIPHER)) <= 0 ||
             sqlite3_key(a->db, raw, (int)sizeof raw) != SQLITE_OK)
        result = refuse(why, FAILED, "record.db: the cipher " CIPHER " is not there");
    secret_forget(raw, sizeof raw);
    if (result != OK)
        return result;
    sqlite3_extended_result_codes(a->db, 1);
    sqlite3_busy_timeout(a->db, 5000);
    sqlite3_set_authorizer(a->db, deny_attach, NULL);
    result = sql_run(a,
                     "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;"
                     "PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;"
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                     "PRAGMA cache_size = -40960; PRAGMA wal_autocheckpoint = 4000",
                     why);
    if (result == DAMAGED)
        return refuse(why, DAMAGED,
                      "record.db cannot be opened with this archive's key: it is"
                      " damaged, or keys.json is another archive's");
    return result == OK ? tokenizer_register(a, why) : result;
}

static enum outcome setting_get(struct archive *a, const char *name, void *out, size_t size,
                                struct fault *why)
{
    struct query q = query_begin(a, "SELECT value FROM own_setting WHERE name = ?1");
    query_bind_text(&q, 1, str_of(name));
    bool found = query_step(&q) && query_str(&q, 0).len == size;
    if (found)
        memcpy(out, query_str(&q, 0).at, size);
    enum outcome result = query_end(&q, why);
    if (result == OK && !found)
        return refuse(why, DAMAGED, "record.db lacks its own \"%s\"", name);
    return result;
}

enum outcome setting_put(struct archive *a, const char *name, const void *value, size_t size,
                         struct fault *why)
{
    struct query q =
        query_begin(a, "INSERT OR REPLACE INTO own_setting (name, value) VALUES (?1, ?2)");
    query_bind_text(&q, 1, str_of(name));
    query_bind_blob(&q, 2, (struct str){value, size});
    query_step(&q);
    return query_end(&q, why);
}

/* ---- the folder ---- */

static enum outcome folder_open(const char *path, struct archive *a, struct fault *why)
{
    a->path = str_dup(str_of(path));
    a->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (a->dir < 0)
        return refuse(why, errno == ENOENT ? NOT_FOUND : FAILED, "no archive at %s: %s", path,
                      strerror(errno));
    a->evidence = openat(a->dir, "evidence", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (a->evidence < 0)
        return refuse(why, NOT_FOUND, "%s is not an archive: no folder \"evidence\" in it", path);
    return OK;
}

static enum outcome keys_read(int dir, const char *path, struct buf *out, struct fault *why)
{
    int fd = openat(dir, "keys.json", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return refuse(why, errno == ENOENT ? NOT_FOUND : FAILED,
                      "%s is not an archive: keys.json cannot be opened (%s)", path,
                      strerror(errno));
    enum outcome result = file_read_fd(fd, out, why);
    close(fd);
    return result;
}

static enum outcome keys_of(const char *path, struct buf *out, struct fault *why)
{
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return refuse(why, errno == ENOENT ? NOT_FOUND : FAILED, "no archive at %s: %s", path,
                      strerror(errno));
    enum outcome result = keys_read(dir, path, out, why);
    close(dir);
    return result;
}

enum outcome archive_name(const char *path, char name[ARCHIVE_NAME_DIGITS + 1], struct fault *why)
{
    struct buf file;
    char cipher[16];
    buf_init(&file, 64 * 1024);
    enum outcome result = keys_of(path, &file, why);
    if (result == OK)
        result = keys_describe(buf_str(&file), name, cipher, why);
    buf_release(&file);
    return result;
}

enum outcome archive_key(const char *path, struct key_secret secret, struct master_key *key,
                         struct fault *why)
{
    struct buf file;
    buf_init(&file, 64 * 1024);
    enum outcome result = keys_of(path, &file, why);
    if (result == OK)
        result = keys_open(buf_str(&file), secret, key, why);
    buf_release(&file);
    return result;
}

enum outcome lock_take(struct archive *a, struct fault *why)
{
    char holder[96] = "";
    a->lock = openat(a->dir, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (a->lock < 0)
        return refuse(why, FAILED, "the archive's lock cannot be opened: %s", strerror(errno));
    if (flock(a->lock, LOCK_EX | LOCK_NB)) {
        ssize_t got = pread(a->lock, holder, sizeof holder - 1, 0);
        holder[got > 0 ? got : 0] = 0;
        holder[strcspn(holder, "\n")] = 0;
        return refuse(why, BUSY, "the archive is being written by %s",
                      holder[0] ? holder : "another program");
    }
    int len = snprintf(holder, sizeof holder, "process %jd\n", (intmax_t)getpid());
    if (ftruncate(a->lock, 0) || pwrite(a->lock, holder, (size_t)len, 0) != len)
        return refuse(why, FAILED, "the archive's lock cannot be written: %s", strerror(errno));
    return OK;
}

static struct archive *archive_new(enum archive_mode mode, const struct archive_reader *reader)
{
    struct archive *a = mem_alloc(sizeof *a);
    a->dir = a->evidence = a->lock = -1;
    a->mode = mode;
    a->reader = reader;
    return a;
}

void archive_close(struct archive *a)
{
    if (!a)
        return;
    if (a->in_batch)
        archive_abandon(a);
    for (size_t i = 0; i < COUNT_OF(a->cached); i++)
        sqlite3_finalize(a->cached[i].statement);
    if (a->db && a->mode == ARCHIVE_WRITE)
        sqlite3_wal_checkpoint_v2(a->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_close(a->db);
    int open_files[] = {a->lock, a->evidence, a->dir};
    for (size_t i = 0; i < COUNT_OF(open_files); i++)
        if (open_files[i] >= 0)
            close(open_files[i]);
    signing_key_forget(&a->own);
    stream_key_forget(&a->head_key);
    mem_free(a->holds.at);
    mem_free(a->files);
    mem_free(a->path);
    mem_free(a);
}

static enum outcome version_check(struct archive *a, struct fault *why)
{
    struct query q = query_begin(a, "PRAGMA user_version");
    int64_t version = query_step(&q) ? query_int(&q, 0) : -1;
    enum outcome result = query_end(&q, why);
    if (result == OK && version != SCHEMA_VERSION)
        return refuse(why, version > SCHEMA_VERSION ? REFUSED : DAMAGED,
                      version > SCHEMA_VERSION ? "the archive was made by a newer Govah (%jd)"
                                               : "record.db has no schema (%jd)",
                      (intmax_t)version);
    return result;
}

static enum outcome settings_load(struct archive *a, struct fault *why)
{
    uint8_t seed[SECRET_SEED_SIZE];
    enum outcome result = setting_get(a, "seed", seed, sizeof seed, why);
    if (result == OK)
        signing_key_of_seed(seed, &a->own);
    secret_forget(seed, sizeof seed);
    if (result == OK)
        result = setting_get(a, "head_key", a->head_key.bytes, STREAM_KEY_SIZE, why);
    if (result == OK)
        result = setting_get(a, "owner", a->owner.bytes, PUBLIC_KEY_SIZE, why);
    return result;
}

/* Derived rows that another Govah laid out are made again by whoever may write and has a reader. */
static enum outcome derived_check(struct archive *a, struct fault *why)
{
    struct query q = query_begin(a, "SELECT 1 FROM own_setting WHERE name = 'derived'"
                                    " AND value = CAST(?1 AS BLOB)");
    query_bind_text(&q, 1, STR(DERIVED_VERSION));
    bool current = query_step(&q);
    enum outcome result = query_end(&q, why);
    if (result != OK || current || (a->mode == ARCHIVE_WRITE && !a->reader))
        return result;
    if (a->mode == ARCHIVE_READ)
        return refuse(why, REFUSED,
                      "the archive was last used by another Govah: run govah rebuild");
    return archive_rebuild(a, NULL, NULL, why);
}

enum outcome archive_open(const char *path, const struct master_key *key, enum archive_mode mode,
                          const struct archive_reader *reader, struct archive **out,
                          struct fault *why)
{
    struct archive *a = archive_new(mode, reader);
    bool behind = false;
    enum outcome result = folder_open(path, a, why);
    if (result == OK && faccessat(a->dir, "record.db", F_OK, 0))
        result = refuse(why, DAMAGED, "record.db is missing from %s", path);
    if (result == OK && mode == ARCHIVE_WRITE)
        result = lock_take(a, why);
    if (result == OK)
        result = database_open(a, key, why);
    if (result == OK)
        result = version_check(a, why);
    if (result == OK)
        result = settings_load(a, why);
    if (result == OK)
        result = head_check(a, &behind, why);
    if (result == OK && behind && mode == ARCHIVE_WRITE)
        result = head_write(a, why);
    if (result == OK)
        result = derived_check(a, why);
    if (result == OK && mode == ARCHIVE_READ)
        result = sql_run(a, "PRAGMA query_only = ON", why);
    if (result != OK) {
        archive_close(a);
        a = NULL;
    }
    *out = a;
    return result;
}

const struct public_key *archive_own_key(const struct archive *a)
{
    return &a->own.public_key;
}

const struct public_key *archive_owner(const struct archive *a)
{
    return &a->owner;
}

/* ---- a new archive ---- */

static enum outcome first_commit(struct archive *a, struct str name, struct str at,
                                 struct fault *why)
{
    struct hash id;
    struct decision member = {.verdict = VERDICT_MEMBER,
                              .key = a->own.public_key,
                              .has_key = true,
                              .name = name,
                              .why = STR("made this archive")};
    enum outcome result = archive_begin(a, why);
    if (result == OK)
        result = archive_put_object(a, decision_to_json(&member), &id, why);
    if (result == OK)
        result = archive_commit(a, STR("archive made"), at, why);
    else
        archive_abandon(a);
    return result;
}

static enum outcome fill(struct archive *a, struct str keys, const struct master_key *key,
                         const struct public_key *owner, struct fault *why)
{
    struct hash keys_hash = hash_of(keys);
    signing_key_new(&a->own);
    a->owner = owner ? *owner : a->own.public_key;
    enum outcome result = database_open(a, key, why);
    if (result == OK)
        result = sql_run(a, "BEGIN IMMEDIATE", why);
    if (result == OK)
        result = schema_create(a, why);
    if (result == OK)
        result = setting_put(a, "seed", a->own.seed, SECRET_SEED_SIZE, why);
    stream_key_new(&a->head_key);
    if (result == OK)
        result = setting_put(a, "head_key", a->head_key.bytes, STREAM_KEY_SIZE, why);
    if (result == OK)
        result = setting_put(a, "owner", a->owner.bytes, PUBLIC_KEY_SIZE, why);
    if (result == OK)
        result = setting_put(a, "keys", keys_hash.bytes, HASH_SIZE, why);
    if (result == OK)
        result =
            sql_run(a, "PRAGMA user_version = 1; PRAGMA application_id = 1198487137; COMMIT", why);
    if (result == OK)
        result = file_replace(a->dir, "keys.json", keys, why);
    return result == OK ? head_write(a, why) : result;
}

/* by path: where no descriptor is left to be had, removing still works */
static void remove_folder(const char *path)
{
    static const char *const names[] = {"keys.json", "keys.json.new", "head",          "head.new",
                                        "record.db", "record.db-wal", "record.db-shm", "lock"};
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        unlink(arena_print(&arena, "%s/%s", path, names[i]).at);
    rmdir(arena_print(&arena, "%s/evidence", path).at);
    rmdir(path);
    arena_release(&arena);
}

static enum outcome folder_vacant(const char *path, struct fault *why)
{
    DIR *dir = opendir(path);
    if (!dir)
        return errno == ENOENT ? OK : refuse(why, REFUSED, "%s: %s", path, strerror(errno));
    size_t entries = 0;
    while (readdir(dir))
        entries++;
    closedir(dir);
    return entries <= 2 ? OK : refuse(why, REFUSED, "%s is there already and not empty", path);
}

static enum outcome fill_folder(const char *path, struct str passphrase, struct str name,
                                const struct public_key *owner, struct str at,
                                char recovery[RECOVERY_TEXT_SIZE], struct fault *why)
{
    struct master_key key;
    struct buf keys;
    struct archive *a = archive_new(ARCHIVE_WRITE, NULL);
    buf_init(&keys, 64 * 1024);
    enum outcome result = keys_new(passphrase, CIPHER, &keys, &key, recovery, why);
    if (result == OK)
        result = folder_open(path, a, why);
    if (result == OK)
        result = fill(a, buf_str(&keys), &key, owner, why);
    if (result == OK && !owner)
        result = first_commit(a, name, at, why);
    archive_close(a);
    master_key_forget(&key);
    buf_release(&keys);
    return result;
}

static enum outcome sync_folder(const char *path, struct fault *why)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    int error = errno;
    if (fd >= 0)
        close(fd);
    return good ? OK : refuse(why, FAILED, "%s cannot be synced: %s", path, strerror(error));
}

enum outcome archive_init(const char *path, struct str passphrase, struct str name,
                          const struct public_key *owner, struct str at,
                          char recovery[RECOVERY_TEXT_SIZE], struct fault *why)
{
    struct arena arena;
    arena_init(&arena);
    struct str clean = str_of(path);
    while (clean.len > 1 && clean.at[clean.len - 1] == '/')
        clean.len--;
    const char *final = arena_copy(&arena, clean).at;
    char digits[9];
    random_name(digits, 4);
    const char *temporary = arena_print(&arena, "%s.new-%s", final, digits).at;
    const char *evidence = arena_print(&arena, "%s/evidence", temporary).at;
    const char *slash = strrchr(final, '/');
    struct str above = slash ? str_slice(clean, 0, (size_t)(slash - final)) : STR(".");
    const char *parent = arena_copy(&arena, above.len ? above : STR("/")).at;
    enum outcome result = folder_vacant(final, why);
    if (result == OK && (mkdir(temporary, 0700) || mkdir(evidence, 0700)))
        result = refuse(why, FAILED, "%s cannot be made: %s", temporary, strerror(errno));
    if (result == OK)
        result = fill_folder(temporary, passphrase, name, owner, at, recovery, why);
    if (result == OK)
        result = sync_folder(temporary, why);
    if (result == OK && rename(temporary, final))
        result = refuse(why, FAILED, "%s cannot be made: %s", final, strerror(errno));
    if (result == OK)
        result = sync_folder(parent, why);
    else
        remove_folder(temporary);
    arena_release(&arena);
    return result;
}

enum outcome archive_change_passphrase(struct archive *a, const struct master_key *key,
                                       struct str passphrase, struct fault *why)
{
    struct buf file, changed;
    buf_init(&file, 64 * 1024);
    buf_init(&changed, 64 * 1024);
    enum outcome result = keys_read(a->dir, a->path, &file, why);
    if (result == OK)
        result = keys_change(buf_str(&file), passphrase, key, &changed, why);
    struct hash now = hash_of(buf_str(&changed));
    /* a crash between the two leaves either file with its hash */
    if (result == OK)
        result = setting_put(a, "keys_next", now.bytes, HASH_SIZE, why);
    if (result == OK)
        result = file_replace(a->dir, "keys.json", buf_str(&changed), why);
    if (result == OK)
        result = setting_put(a, "keys", now.bytes, HASH_SIZE, why);
    buf_release(&file);
    buf_release(&changed);
    return result;
}
