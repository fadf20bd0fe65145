#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "store/store_int.h"

struct verification {
    struct archive *archive;
    archive_say *say;
    archive_progress *progress;
    void *context;
    struct archive_check *count;
    size_t done, total;
};

/* SQLite's own findings have several lines, and a stray file any name */
static void say_line(struct verification *v, const char *text)
{
    struct fault line;
    refuse(&line, DAMAGED, "%s", text);
    v->say(v->context, line.text);
}

static void finding(struct verification *v, const char *text)
{
    v->count->findings++;
    say_line(v, text);
}

/* true, worth saying, and no damage */
static void remark(struct verification *v, const char *text)
{
    char line[400];
    snprintf(line, sizeof line, "note: %s", text);
    v->count->notes++;
    say_line(v, line);
}

static void step(struct verification *v)
{
    if (v->progress)
        v->progress(v->context, ++v->done, v->total);
}

/* reports a fault as a finding; true when there was none */
static bool note(struct verification *v, enum outcome result, const struct fault *why)
{
    if (result != OK)
        finding(v, why->text);
    return result == OK;
}

static void check_keys(struct verification *v)
{
    struct archive *a = v->archive;
    struct buf file;
    struct fault why;
    buf_init(&file, 64 * 1024);
    int fd = openat(a->dir, "keys.json", O_RDONLY | O_CLOEXEC);
    if (fd < 0 || file_read_fd(fd, &file, &why) != OK)
        finding(v, "keys.json cannot be read");
    if (fd >= 0)
        close(fd);
    struct hash now = hash_of(buf_str(&file));
    struct query q = query_begin(a, "SELECT 1 FROM own_setting WHERE name IN ('keys', 'keys_next')"
                                    " AND value = ?1");
    query_bind_hash(&q, 1, &now);
    bool known = query_step(&q);
    if (note(v, query_end(&q, &why), &why) && !known)
        finding(v, "keys.json is not the file that this archive wrote");
    buf_release(&file);
}

static void check_database(struct verification *v)
{
    struct fault why;
    struct query q = query_begin(v->archive, "PRAGMA integrity_check(20)");
    while (query_step(&q)) {
        struct str line = query_str(&q, 0);
        if (!str_equal(line, STR("ok"))) {
            char text[200];
            snprintf(text, sizeof text, "record.db: %.*s", STR_ARG(line));
            finding(v, text);
        }
    }
    note(v, query_end(&q, &why), &why);
}

/* bytes that a counting commit's object names must be here; another commit waits for them */
static void check_named(struct verification *v, const struct hash *bytes, const struct hash *by)
{
    struct fault why;
    bool has = true, counts = false;
    char text[200], digits[HASH_DIGITS + 1], object[HASH_DIGITS + 1];
    if (!note(v, log_has_bytes(v->archive, bytes, &has, &why), &why) || has)
        return;
    struct query q = query_begin(v->archive, "SELECT 1 FROM derived_holding h"
                                             " JOIN derived_commit c ON c.id = h.held_by"
                                             " WHERE h.object = ?1 AND c.standing = 1");
    query_bind_hash(&q, 1, by);
    counts = query_step(&q);
    if (!note(v, query_end(&q, &why), &why))
        return;
    hash_write(bytes, digits);
    hash_write(by, object);
    snprintf(text, sizeof text, "the bytes %.12s that %.12s names are not here", digits, object);
    if (counts)
        finding(v, text);
    else
        remark(v, text);
}

static void check_objects(struct verification *v)
{
    struct fault why;
    struct hash id, bytes;
    struct query q = query_begin(v->archive, "SELECT id FROM log_object ORDER BY seq");
    while (query_step(&q) && query_hash(&q, 0, &id)) {
        v->count->objects++;
        if (note(v, log_check_object(v->archive, &id, &bytes, &why), &why) && !hash_is_none(&bytes))
            check_named(v, &bytes, &id);
        step(v);
    }
    note(v, query_end(&q, &why), &why);
}

static void check_bytes(struct verification *v)
{
    struct fault why;
    struct hash id;
    struct query q = query_begin(v->archive, "SELECT id FROM log_bytes ORDER BY seq");
    while (query_step(&q) && query_hash(&q, 0, &id)) {
        v->count->bytes++;
        note(v, log_check_bytes(v->archive, &id, &why), &why);
        step(v);
    }
    note(v, query_end(&q, &why), &why);
}

/* the order in which commits came, linked hash to hash, and each of them in the log of objects */
static void check_chain(struct verification *v)
{
    struct fault why;
    struct hash chain = {0}, id, said;
    int64_t expected = 1;
    char text[160];
    struct query q = query_begin(v->archive, "SELECT l.seq, l.id, l.chain, o.kind FROM log_commit l"
                                             " LEFT JOIN log_object o ON o.id = l.id"
                                             " ORDER BY l.seq");
    while (query_step(&q) && query_hash(&q, 1, &id) && query_hash(&q, 2, &said)) {
        uint8_t link[2 * HASH_SIZE];
        v->count->commits++;
        memcpy(link, chain.bytes, HASH_SIZE);
        memcpy(link + HASH_SIZE, id.bytes, HASH_SIZE);
        chain = hash_of((struct str){(char *)link, sizeof link});
        bool whole = query_int(&q, 0) == expected++ && hash_equal(&chain, &said) &&
                     !query_null(&q, 3) && query_int(&q, 3) == OBJECT_COMMIT;
        if (!whole) {
            snprintf(text, sizeof text, "the chain of commits breaks at number %jd",
                     (intmax_t)query_int(&q, 0));
            finding(v, text);
        }
        chain = said;
    }
    note(v, query_end(&q, &why), &why);
}

/* what a counting commit builds on and holds is here; another commit waits for it */
static void check_links(struct verification *v)
{
    struct fault why;
    struct query q = query_begin(
        v->archive,
        "SELECT 'the commit ' || substr(lower(hex(p.child)), 1, 12) ||"
        " ' builds on ' || substr(lower(hex(p.parent)), 1, 12) || ', which is not here',"
        " k.standing = 1 FROM derived_parent p JOIN derived_commit k ON k.id = p.child"
        " LEFT JOIN log_commit c ON c.id = p.parent WHERE c.id IS NULL"
        " UNION ALL SELECT 'the commit ' || substr(lower(hex(h.held_by)), 1, 12) ||"
        " ' holds ' || substr(lower(hex(h.object)), 1, 12) || ', which is not here',"
        " k.standing = 1 FROM derived_holding h JOIN derived_commit k ON k.id = h.held_by"
        " LEFT JOIN log_object o ON o.id = h.object WHERE o.id IS NULL"
        " UNION ALL SELECT 'the object ' || substr(lower(hex(o.id)), 1, 12) ||"
        " ' belongs to no commit', 1 FROM log_object o WHERE o.kind < 4 AND NOT EXISTS"
        " (SELECT 1 FROM derived_holding h WHERE h.object = o.id)");
    while (query_step(&q)) {
        char text[160];
        snprintf(text, sizeof text, "%.*s", STR_ARG(query_str(&q, 0)));
        if (query_int(&q, 1))
            finding(v, text);
        else
            remark(v, text);
    }
    note(v, query_end(&q, &why), &why);
}

static void check_head(struct verification *v)
{
    struct fault why;
    bool behind;
    note(v, head_check(v->archive, &behind, &why), &why);
}

/* a crash between an evidence file and its commit leaves a file that nothing names */
static void check_evidence(struct verification *v)
{
    struct fault why;
    int fd = openat(v->archive->dir, "evidence", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir) {
        if (fd >= 0)
            close(fd);
        finding(v, "the folder \"evidence\" cannot be read");
        return;
    }
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        if (entry->d_name[0] == '.')
            continue;
        struct query q = query_begin(v->archive, "SELECT 1 FROM payload_bytes WHERE file = ?1");
        query_bind_text(&q, 1, str_of(entry->d_name));
        bool known = query_step(&q);
        if (note(v, query_end(&q, &why), &why) && !known) {
            char text[360];
            snprintf(text, sizeof text,
                     "evidence/%s belongs to nothing (left by a crash; it may be removed)",
                     entry->d_name);
            remark(v, text);
        }
    }
    closedir(dir);
}

/* a statement's quote lies inside its kept text, and between characters */
static void check_quotes(struct verification *v)
{
    struct fault why;
    struct query q =
        query_begin(v->archive, "SELECT substr(lower(hex(s.id)), 1, 12) FROM derived_statement s"
                                " JOIN derived_text t ON t.row = s.row >> 24"
                                " JOIN derived_wording w ON w.row = s.row"
                                " JOIN log_bytes b ON b.id = t.sha256"
                                " WHERE s.finish > b.size OR s.start >= s.finish"
                                " OR octet_length(w.quote) <> s.finish - s.start");
    while (query_step(&q)) {
        char text[120];
        snprintf(text, sizeof text, "the statement %.*s has no quote in its text",
                 STR_ARG(query_str(&q, 0)));
        finding(v, text);
    }
    note(v, query_end(&q, &why), &why);
}

enum outcome archive_verify(struct archive *a, archive_say *say, archive_progress *progress,
                            void *context, struct archive_check *count, struct fault *why)
{
    struct verification v = {a, say, progress, context, count, 0, 0};
    *count = (struct archive_check){0};
    struct query q = query_begin(a, "SELECT (SELECT count(*) FROM log_object)"
                                    " + (SELECT count(*) FROM log_bytes)");
    if (query_step(&q))
        v.total = (size_t)query_int(&q, 0);
    struct fault total;
    note(&v, query_end(&q, &total), &total);
    check_keys(&v);
    check_head(&v);
    check_database(&v);
    check_objects(&v);
    check_bytes(&v);
    check_chain(&v);
    check_links(&v);
    check_quotes(&v);
    check_evidence(&v);
    if (count->findings)
        return refuse(why, DAMAGED, "%zu finding%s", count->findings,
                      count->findings == 1 ? "" : "s");
    return OK;
}
