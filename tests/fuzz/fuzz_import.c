/* Import. A signature and a digest stop whatever was altered, so that an export is made of the
 * input: each line stands for one line of it,
 *
 *   =TEXT   bytes, with their base 64 and id
 *   {...}   an object; "@2" in it stands for the id of the third line; lists of ids are sorted, and
 * a commit is signed by the archive's owner other   as it is
 *
 * and the signed head is put at the end. An input that begins with '!' is an export as it is. */
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "fuzz.h"
#include "fuzz_archive.h"
#include "record/commit.h"
#include "seal/box.h"

enum { LINES_LIMIT = 32 };

struct making {
    struct buf out;
    struct hash ids[LINES_LIMIT];
    size_t count;
};

/* "@N" in quotes becomes the id of line N */
static struct str with_ids(const struct making *m, struct str line, struct arena *arena)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < line.len; i++) {
        size_t number = 0, digits = 0;
        while (line.at[i] == '@' && i + 1 + digits < line.len && digits < 2 &&
               line.at[i + 1 + digits] >= '0' && line.at[i + 1 + digits] <= '9')
            number = number * 10 + (size_t)(line.at[i + 1 + digits++] - '0');
        if (!digits || number >= m->count) {
            buf_add_byte(&out, line.at[i]);
            continue;
        }
        char hex[HASH_DIGITS + 1];
        hash_write(&m->ids[number], hex);
        buf_add_text(&out, hex);
        i += digits;
    }
    struct str copy = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return copy;
}

static void sort_ids(json_t *object)
{
    static const char *const lists[] = {"holds", "parents", "about", "supersedes", "last"};
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        json_t *list = json_object_get(object, lists[i]);
        struct hash ids[LINES_LIMIT];
        struct hash_list sorted = {ids, 0};
        size_t size = json_array_size(list);
        for (size_t k = 0; k < size && sorted.count < LINES_LIMIT; k++)
            if (json_is_string(json_array_get(list, k)) &&
                hash_read(str_of(json_string_value(json_array_get(list, k))), &ids[sorted.count]))
                sorted.count++;
        if (!size || sorted.count != size)
            continue;
        hash_list_sort(&sorted);
        json_put_hashes(object, lists[i], &sorted);
    }
}

static void put_object(struct making *m, struct str line, struct arena *arena)
{
    struct str text = with_ids(m, line, arena);
    json_t *object = NULL;
    struct fault why;
    size_t before = m->out.len;
    if (json_read(text, &object, &why) == OK && json_is_object(object)) {
        sort_ids(object);
        if (str_equal(json_text(object, "kind"), STR("commit")))
            object_sign(object, "govah commit 1", fuzz_key());
        if (json_write(&m->out, object, &why) != OK)
            m->out.len = before;
    }
    json_decref(object);
    if (m->out.len == before)
        buf_add(&m->out, text);
    m->ids[m->count] = hash_of(str_slice(buf_str(&m->out), before, m->out.len));
}

static void put_bytes(struct making *m, struct str text)
{
    char hex[HASH_DIGITS + 1];
    m->ids[m->count] = hash_of(text);
    hash_write(&m->ids[m->count], hex);
    buf_add_text(&m->out, "{\"base64\":\"");
    base64_write(&m->out, text);
    buf_print(&m->out, "\",\"id\":\"%s\",\"kind\":\"bytes\"}", hex);
}

static void put_head(struct making *m)
{
    struct hash digest = hash_of(buf_str(&m->out));
    struct fault why;
    json_t *head = json_object();
    json_put(head, "kind", STR("export"));
    json_put_int(head, "version", 1);
    json_put_int(head, "lines", (int64_t)m->count);
    json_put_hash(head, "digest", &digest);
    json_put_new(head, "heads", json_array());
    object_sign(head, "govah export 1", fuzz_key());
    MUST(json_write(&m->out, head, &why) == OK);
    buf_add_byte(&m->out, '\n');
    json_decref(head);
}

static void make_export(struct making *m, struct str bytes, struct arena *arena)
{
    struct str line;
    while (m->count < LINES_LIMIT && str_cut(&bytes, '\n', &line)) {
        if (!line.len)
            continue;
        if (line.at[0] == '=')
            put_bytes(m, str_slice(line, 1, line.len));
        else if (line.at[0] == '{')
            put_object(m, line, arena);
        else
            buf_add(&m->out, line);
        buf_add_byte(&m->out, '\n');
        m->count++;
    }
    put_head(m);
}

static enum outcome import(struct archive *a, struct str lines, struct exchange_count *count,
                           struct fault *why)
{
    int fd = memfd_create("export", MFD_CLOEXEC);
    MUST(fd >= 0 && file_write_fd(fd, lines, why) == OK && lseek(fd, 0, SEEK_SET) == 0);
    enum outcome result = archive_import(a, fd, NULL, NULL, count, why);
    close(fd);
    return result;
}

/* what a member signed may quote what is not in its text: it is shown nowhere, and verify says so
 */
static void count_finding(void *context, const char *line)
{
    if (str_starts(str_of(line), STR("note: ")) ||
        str_find(str_of(line), STR("has no quote in its text"), 0) != SIZE_MAX)
        return;
    fprintf(stderr, "# %s\n", line);
    ++*(size_t *)context;
}

static void must_be_sound(struct archive *a, struct str lines)
{
    struct archive_check check = {0};
    struct exchange_count count;
    struct hash derived, again, rebuilt;
    struct fault why;
    size_t findings = 0;
    enum outcome result = archive_verify(a, count_finding, NULL, &findings, &check, &why);
    MUST(result == OK || result == DAMAGED);
    MUST(findings == 0);
    MUST(archive_derived_digest(a, &derived, &why) == OK);
    MUST(import(a, lines, &count, &why) == OK);
    MUST(!count.commits && !count.objects && !count.bytes);
    MUST(archive_derived_digest(a, &again, &why) == OK);
    MUST(hash_equal(&derived, &again));
    MUST(archive_rebuild(a, NULL, NULL, &why) == OK);
    MUST(archive_derived_digest(a, &rebuilt, &why) == OK);
    MUST(hash_equal(&derived, &rebuilt));
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct making m = {.count = 0};
    struct archive *a = fuzz_archive(true);
    struct archive_state before, after;
    struct exchange_count count;
    struct fault why;
    buf_init(&m.out, 1 << 22);
    if (str_starts(bytes, STR("!")))
        buf_add(&m.out, str_slice(bytes, 1, bytes.len));
    else
        make_export(&m, bytes, arena);
    MUST(!m.out.full && archive_summary(a, &before, &why) == OK);
    enum outcome result = import(a, buf_str(&m.out), &count, &why);
    must_be_said(result, &why);
    MUST(archive_summary(a, &after, &why) == OK);
    if (result != OK) {
        MUST(result == REFUSED);
        MUST(hash_equal(&before.head, &after.head) && before.documents == after.documents);
    } else if (count.commits || count.objects || count.bytes) {
        must_be_sound(a, buf_str(&m.out));
        fuzz_archive_drop();
    }
    buf_release(&m.out);
}
