#include "fuzz_archive.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

#define PASSPHRASE STR("a passphrase")
#define NOW STR("2022-11-25T08:00:00Z")

struct key_cost key_cost_default(void)
{
    return (struct key_cost){.memory = 8192, .passes = 1};
}

static char root[64], path[80];
static struct archive *archive;

static void read_nothing(void *context, struct str text, const struct document_facts *facts,
                         struct arena *arena, struct archive_reading *out)
{
    (void)context, (void)text, (void)facts, (void)arena, (void)out;
}

static void no_incident(void *context, struct str text, const struct statement *statement,
                        const struct document_facts *facts, struct arena *arena,
                        struct incident_reason *out)
{
    (void)context, (void)text, (void)statement, (void)facts, (void)arena;
    *out = (struct incident_reason){.id = STR_NONE};
}

static const struct archive_reader reader = {NULL, "nothing/1", read_nothing, no_incident};

static int remove_entry(const char *name, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(name);
}

static void remove_root(void)
{
    archive_close(archive);
    archive = NULL;
    nftw(root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

struct archive *fuzz_archive(bool of_fuzz_key)
{
    char recovery[RECOVERY_TEXT_SIZE];
    struct master_key key;
    struct fault why;
    if (archive)
        return archive;
    if (!root[0]) {
        bool memory = access("/dev/shm", W_OK) == 0; /* thousands of syncs */
        snprintf(root, sizeof root, "%s/govah-fuzz-XXXXXX", memory ? "/dev/shm" : "/tmp");
        MUST(mkdtemp(root));
        snprintf(path, sizeof path, "%s/archive", root);
        atexit(remove_root);
    }
    MUST(archive_init(path, PASSPHRASE, STR("Owner"), of_fuzz_key ? &fuzz_key()->public_key : NULL,
                      NOW, recovery, &why) == OK);
    MUST(archive_key(path, (struct key_secret){PASSPHRASE, false}, &key, &why) == OK);
    MUST(archive_open(path, &key, ARCHIVE_WRITE, &reader, &archive, &why) == OK);
    return archive;
}

void fuzz_archive_drop(void)
{
    archive_close(archive);
    archive = NULL;
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

struct hash fuzz_archive_add(struct archive *a, struct str text)
{
    struct hash id, bytes;
    struct fault why;
    MUST(archive_begin(a, &why) == OK);
    MUST(archive_put_bytes(a, text, &bytes, &why) == OK);
    struct capture capture = {.bytes = bytes,
                              .size = (int64_t)text.len,
                              .by = *archive_own_key(a),
                              .at = NOW,
                              .how = STR("add")};
    struct kept_text kept = {
        .bytes = bytes, .extractor = STR("text/1"), .sha256 = bytes, .size = (int64_t)text.len};
    MUST(archive_put_object(a, capture_to_json(&capture), &id, &why) == OK);
    MUST(archive_put_object(a, kept_text_to_json(&kept), &id, &why) == OK);
    MUST(archive_commit(a, STR("add"), NOW, &why) == OK);
    return id;
}
