#include "fixture.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "store/store_int.h"

struct key_cost key_cost_default(void)
{
    return (struct key_cost){.memory = 8192, .passes = 1};
}

static char root[64];

int fixture_begin(void **state)
{
    (void)state;
    seal_start();
    json_use_memory();
    snprintf(root, sizeof root, "/tmp/govah-store-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

int fixture_end(void **state)
{
    (void)state;
    return nftw(root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *fixture_path(const char *name)
{
    static char paths[8][160];
    static size_t turn;
    char *path = paths[turn++ % COUNT_OF(paths)];
    snprintf(path, sizeof paths[0], "%s/%s", root, name);
    return path;
}

/* ---- the reader ---- */

static void incident_of(const struct document_facts *facts, struct arena *arena,
                        struct incident_reason *out)
{
    *out = (struct incident_reason){0};
    if (facts->published.len)
        *out = (struct incident_reason){
            arena_print(arena, "in-%.*s", STR_ARG(str_slice(facts->published, 0, 4))),
            arena_print(arena, "published %.*s", STR_ARG(facts->published))};
}

static void doubt(struct arena *arena, struct str line, size_t from, struct str number,
                  const struct document_facts *facts, struct archive_reading *out, size_t *room)
{
    if (!str_starts(line, STR("!")))
        return;
    out->findings =
        arena_grow(arena, out->findings, out->findings_count, room, sizeof *out->findings);
    out->findings[out->findings_count++] =
        (struct finding){.kind = FINDING_PART_LARGER,
                         .quote = {from, from + line.len},
                         .other = {0, 1},
                         .parts = {number, str_slice(facts->published, 0, 4)}};
}

static void read_text(void *context, struct str text, const struct document_facts *facts,
                      struct arena *arena, struct archive_reading *out)
{
    struct str rest = text, line;
    size_t room = 0, incident_room = 0, finding_room = 0, from = 0;
    (void)context;
    for (; str_cut(&rest, '\n', &line); from += line.len + 1) {
        size_t digit = 0;
        int64_t number;
        while (digit < line.len && (line.at[digit] < '0' || line.at[digit] > '9'))
            digit++;
        struct str digits = str_slice(line, digit, digit);
        while (digit + digits.len < line.len && line.at[digit + digits.len] >= '0' &&
               line.at[digit + digits.len] <= '9')
            digits.len++;
        if (str_starts(line, STR("-")) || !digits.len || !str_to_int(digits, &number))
            continue;
        doubt(arena, line, from, digits, facts, out, &finding_room);
        out->proposals =
            arena_grow(arena, out->proposals, out->count, &room, sizeof *out->proposals);
        out->incidents =
            arena_grow(arena, out->incidents, out->count, &incident_room, sizeof *out->incidents);
        incident_of(facts, arena, &out->incidents[out->count]);
        out->proposals[out->count++] = (struct proposal){
            .statement = {.quote = {from, from + line.len},
                          .form = FORM_FIGURE,
                          .figure = {.event = STR("killed"),
                                     .what = STR("people"),
                                     .low = number,
                                     .high = number,
                                     .bound = BOUND_EXACT,
                                     .source = facts->publisher}},
            .confidence = (int)(number % 1000),
            .why = STR("a number"),
        };
    }
}

static void read_incident(void *context, struct str text, const struct statement *s,
                          const struct document_facts *facts, struct arena *arena,
                          struct incident_reason *out)
{
    (void)context, (void)text, (void)s;
    incident_of(facts, arena, out);
}

const struct archive_reader fixture_reader = {NULL, "numbers/1", read_text, read_incident};

/* ---- archives ---- */

enum outcome fixture_try_open(const char *name, enum archive_mode mode, struct archive **out,
                              struct fault *why)
{
    struct master_key key;
    *out = NULL;
    enum outcome result =
        archive_key(fixture_path(name), (struct key_secret){PASSPHRASE, false}, &key, why);
    return result == OK ? archive_open(fixture_path(name), &key, mode, &fixture_reader, out, why)
                        : result;
}

struct archive *fixture_open(const char *name, enum archive_mode mode)
{
    struct archive *a;
    struct fault why = {0};
    if (fixture_try_open(name, mode, &a, &why) != OK)
        fail_msg("%s: %s", name, why.text);
    return a;
}

struct archive *fixture_make(const char *name, const struct public_key *owner)
{
    char recovery[RECOVERY_TEXT_SIZE];
    struct fault why = {0};
    if (archive_init(fixture_path(name), PASSPHRASE, STR("Owner"), owner, fixture_now(), recovery,
                     &why) != OK)
        fail_msg("%s: %s", name, why.text);
    return fixture_open(name, ARCHIVE_WRITE);
}

struct str fixture_now(void)
{
    static char text[8][24];
    static unsigned turn;
    char *now = text[turn % COUNT_OF(text)];
    snprintf(now, sizeof text[0], "2026-11-%02uT%02u:%02u:%02uZ", 1 + turn / 86400 % 30,
             turn / 3600 % 24, turn / 60 % 60, turn % 60);
    turn++;
    return str_of(now);
}

/* ---- writing ---- */

static void must(enum outcome result, const struct fault *why)
{
    if (result != OK)
        fail_msg("%s", why->text);
}

struct hash fixture_put(struct archive *a, json_t **objects, size_t count)
{
    struct fault why = {0};
    struct hash id = {0};
    must(archive_begin(a, &why), &why);
    for (size_t i = 0; i < count; i++)
        must(archive_put_object(a, objects[i], &id, &why), &why);
    must(archive_commit(a, STR("put"), fixture_now(), &why), &why);
    return fixture_last_commit(a);
}

struct hash fixture_last_commit(struct archive *a)
{
    struct hash id = {0};
    struct fault why;
    struct query q = query_begin(a, "SELECT id FROM log_commit ORDER BY seq DESC LIMIT 1");
    if (query_step(&q))
        query_hash(&q, 0, &id);
    must(query_end(&q, &why), &why);
    return id;
}

struct hash fixture_add(struct archive *a, struct str bytes, const struct document_facts *facts,
                        const char *extractor)
{
    struct fault why = {0};
    struct hash document, id;
    must(archive_begin(a, &why), &why);
    must(archive_put_bytes(a, bytes, &document, &why), &why);
    struct capture capture = {.bytes = document,
                              .size = (int64_t)bytes.len,
                              .by = *archive_own_key(a),
                              .at = fixture_now(),
                              .how = STR("add"),
                              .name = STR("report.txt"),
                              .media = STR("text/plain")};
    if (facts)
        capture.facts = *facts;
    struct kept_text text = {.bytes = document,
                             .extractor = str_of(extractor ? extractor : "text/1"),
                             .sha256 = document,
                             .size = (int64_t)bytes.len};
    must(archive_put_object(a, capture_to_json(&capture), &id, &why), &why);
    must(archive_put_object(a, kept_text_to_json(&text), &id, &why), &why);
    must(archive_commit(a, STR("add"), fixture_now(), &why), &why);
    return document;
}

struct statement_view fixture_statement(struct archive *a, const struct hash *document, size_t line,
                                        struct arena *arena)
{
    struct statement_view *views;
    size_t count, seen = 0;
    struct fault why = {0};
    struct statement_filter filter = {.rejected = true};
    must(archive_statements(a, &filter, arena, &views, &count, &why), &why);
    for (size_t i = 0; i < count; i++)
        if (hash_equal(&views[i].document, document) && seen++ == line)
            return views[i];
    fail_msg("no statement %zu in the document", line);
    return (struct statement_view){0};
}

struct hash fixture_decide(struct archive *a, enum verdict verdict,
                           const struct statement_view *views, size_t count)
{
    struct arena arena;
    struct fault why = {0};
    struct hash id;
    size_t room = 0;
    struct decision d = {.verdict = verdict, .why = STR("said so")};
    arena_init(&arena);
    d.about.at = arena_alloc(&arena, count * sizeof *d.about.at);
    must(archive_begin(a, &why), &why);
    for (size_t i = 0; i < count; i++) {
        struct hash_list active;
        d.about.at[d.about.count++] = views[i].id;
        must(archive_put_object(a, statement_to_json(&views[i].statement), &id, &why), &why);
        must(archive_active_decisions(a, &views[i].id, verdict, &arena, &active, &why), &why);
        for (size_t k = 0; k < active.count; k++) {
            d.supersedes.at = arena_grow(&arena, d.supersedes.at, d.supersedes.count, &room,
                                         sizeof *d.supersedes.at);
            d.supersedes.at[d.supersedes.count++] = active.at[k];
        }
    }
    hash_list_sort(&d.about);
    hash_list_sort(&d.supersedes);
    must(archive_put_object(a, decision_to_json(&d), &id, &why), &why);
    must(archive_commit(a, STR("decide"), fixture_now(), &why), &why);
    arena_release(&arena);
    return id;
}

struct hash fixture_decide_key(struct archive *a, enum verdict verdict,
                               const struct public_key *key, const struct hash_list *last)
{
    struct arena arena;
    struct fault why = {0};
    struct decision d = {.verdict = verdict, .key = *key, .has_key = true};
    if (last)
        d.last = *last;
    if (verdict == VERDICT_MEMBER)
        d.name = STR("Member");
    arena_init(&arena);
    must(archive_key_decisions(a, key, &arena, &d.supersedes, &why), &why);
    json_t *object = decision_to_json(&d);
    struct hash id = object_id(object);
    fixture_put(a, &object, 1);
    arena_release(&arena);
    return id;
}

/* ---- exchange ---- */

void fixture_export(struct archive *a, struct str beyond, struct buf *out)
{
    struct exchange_count count;
    struct fault why = {0};
    int fd = memfd_create("export", MFD_CLOEXEC);
    assert_true(fd >= 0);
    must(archive_export(a, fd, beyond, NULL, NULL, &count, &why), &why);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    buf_init(out, 64 << 20);
    must(file_read_fd(fd, out, &why), &why);
    close(fd);
}

enum outcome fixture_import(struct archive *a, struct str lines, struct exchange_count *count,
                            struct fault *why)
{
    int fd = memfd_create("export", MFD_CLOEXEC);
    assert_true(fd >= 0);
    must(file_write_fd(fd, lines, why), why);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    enum outcome result = archive_import(a, fd, NULL, NULL, count, why);
    close(fd);
    return result;
}

struct exchange_count fixture_take(struct archive *a, struct str lines)
{
    struct exchange_count count;
    struct fault why = {0};
    must(fixture_import(a, lines, &count, &why), &why);
    return count;
}

struct str fixture_head_line(struct str lines)
{
    size_t start = 0, next;
    assert_true(lines.len && lines.at[lines.len - 1] == '\n');
    lines.len--;
    while ((next = str_find(lines, STR("\n"), start)) != SIZE_MAX)
        start = next + 1;
    return str_slice(lines, start, lines.len);
}

/* ---- looking ---- */

struct hash fixture_digest(struct archive *a)
{
    struct hash digest;
    struct fault why = {0};
    must(archive_derived_digest(a, &digest, &why), &why);
    return digest;
}

void fixture_assert_derived(struct archive *a)
{
    struct fault why = {0};
    struct hash before = fixture_digest(a);
    must(archive_rebuild(a, NULL, NULL, &why), &why);
    struct hash after = fixture_digest(a);
    if (!hash_equal(&before, &after))
        fail_msg("a rebuild gives other rows");
}

struct archive_state fixture_state(struct archive *a)
{
    struct archive_state state;
    struct fault why = {0};
    must(archive_summary(a, &state, &why), &why);
    return state;
}

static void add_finding(void *context, const char *line)
{
    buf_print(context, "%s\n", line);
}

void fixture_findings(struct archive *a, struct buf *out)
{
    struct archive_check check;
    struct fault why = {0};
    buf_init(out, 1 << 20);
    enum outcome result = archive_verify(a, add_finding, NULL, out, &check, &why);
    assert_int_equal(result, check.findings ? DAMAGED : OK);
    struct str rest = buf_str(out), line;
    size_t findings = 0;
    while (str_cut(&rest, '\n', &line))
        findings += line.len && !str_starts(line, STR("note: "));
    assert_int_equal(findings, check.findings);
}

void fixture_copy(const char *from, const char *to)
{
    struct buf bytes;
    struct fault why = {0};
    buf_init(&bytes, 64 << 20);
    must(file_read(from, 64 << 20, &bytes, &why), &why);
    int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    must(file_write_fd(fd, buf_str(&bytes), &why), &why);
    close(fd);
    buf_release(&bytes);
}
