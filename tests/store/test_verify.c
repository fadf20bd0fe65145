#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "fixture.h"
#include "store/store_int.h"

static struct buf large;

static int begin(void **state)
{
    buf_init(&large, 1 << 20);
    while (large.len < EVIDENCE_FROM)
        buf_print(&large, "- line %zu\n", large.len);
    return fixture_begin(state);
}

static int end(void **state)
{
    buf_release(&large);
    return fixture_end(state);
}

static struct archive *filled(const char *name)
{
    struct arena arena;
    struct archive *a = fixture_make(name, NULL);
    arena_init(&arena);
    struct hash document = fixture_add(a, STR("12 people\n13 people"), NULL, NULL);
    struct statement_view view = fixture_statement(a, &document, 0, &arena);
    fixture_decide(a, VERDICT_ACCEPT, &view, 1);
    fixture_add(a, buf_str(&large), NULL, NULL);
    arena_release(&arena);
    return a;
}

static void assert_found(struct archive *a, const char *what)
{
    struct buf findings;
    fixture_findings(a, &findings);
    if (what ? str_find(buf_str(&findings), str_of(what), 0) == SIZE_MAX : findings.len > 0)
        fail_msg("\"%s\" is not found but: %s", what ? what : "nothing",
                 findings.at ? findings.at : "nothing");
    buf_release(&findings);
}

static void whole_archives_have_no_findings(void **state)
{
    struct archive_check check;
    struct fault why;
    (void)state;
    struct archive *a = filled("whole");
    assert_found(a, NULL);
    archive_close(a);
    a = fixture_open("whole", ARCHIVE_READ);
    assert_found(a, NULL);
    assert_int_equal(archive_verify(a, NULL, NULL, NULL, &check, &why), OK);
    assert_int_equal(check.findings, 0);
    assert_int_equal(check.commits, 4);
    assert_int_equal(check.bytes, 2);
    /* member, 2 captures, 2 texts, statement, decision and the commits */
    assert_int_equal(check.objects, 7 + 4);
    archive_close(a);
}

/* as one would who has the key and the triggers of the log out of the way */
static void altered_rows_are_named(void **state)
{
    static const struct {
        const char *sql, *finding;
    } cases[] = {
        {"UPDATE payload_object SET body = CAST(replace(CAST(body AS TEXT), '\"low\":12',"
         " '\"low\":13') AS BLOB)",
         "has other bytes than its name says"},
        {"UPDATE payload_object SET body = x'' WHERE seq = 2",
         "has other bytes than its name says"},
        {"UPDATE payload_object SET body = (SELECT body FROM payload_object WHERE seq = 3)"
         " WHERE seq = 4",
         "has other bytes than its name says"},
        {"DELETE FROM payload_object WHERE seq = 3", "is not here"},
        {"UPDATE payload_bytes SET body = CAST('13 people' AS BLOB) WHERE body IS NOT NULL",
         "are not what was kept"},
        {"DELETE FROM payload_bytes WHERE body IS NOT NULL", "are not here"},
        {"UPDATE payload_bytes SET key = randomblob(32) WHERE key IS NOT NULL",
         "altered or cut off at byte 0"},
        {"UPDATE payload_bytes SET file = '00112233445566778899aabbccddeeff'"
         " WHERE file IS NOT NULL",
         "is missing"},
        {"UPDATE payload_bytes SET file = '../record.db' WHERE file IS NOT NULL",
         "evidence without a name or a key"},
        {"DROP TRIGGER log_commit_update; UPDATE log_commit SET chain = randomblob(32)"
         " WHERE seq = 2",
         "the chain of commits breaks at number 2"},
        {"DROP TRIGGER log_commit_delete; DELETE FROM log_commit WHERE seq = 2",
         "the chain of commits breaks at number 3"},
        {"DROP TRIGGER log_commit_delete; DELETE FROM log_commit WHERE seq = 4",
         "commits are lost"},
        {"DROP TRIGGER log_object_delete; DELETE FROM log_object WHERE kind = 2",
         ", which is not here"},
        {"DROP TRIGGER log_bytes_delete; DELETE FROM log_bytes", "names are not here"},
        {"INSERT INTO log_object (id, kind) VALUES (randomblob(32), 2)", "is not here"},
        {"UPDATE own_setting SET value = randomblob(32) WHERE name = 'keys'",
         "keys.json is not the file that this archive wrote"},
        {"UPDATE derived_wording SET quote = 'other words'", "has no quote in its text"},
    };
    struct fault why;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char name[32];
        snprintf(name, sizeof name, "altered-%zu", i);
        struct archive *a = filled(name);
        if (sql_run(a, cases[i].sql, &why) != OK)
            fail_msg("%s: %s", cases[i].sql, why.text);
        assert_found(a, cases[i].finding);
        archive_close(a);
    }
}

static void evidence_files(const char *archive, char path[400])
{
    char folder[300];
    snprintf(folder, sizeof folder, "%s/evidence", fixture_path(archive));
    DIR *dir = opendir(folder);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (entry->d_name[0] != '.')
            snprintf(path, 400, "%s/%.40s", folder, entry->d_name);
    closedir(dir);
}

static void altered_files_are_named(void **state)
{
    static const struct {
        off_t at;
        const char *finding;
    } cases[] = {{0, "not a sealed file"},
                 {20, "altered or cut off at byte 0"},
                 {100, "altered or cut off at byte 0"},
                 {70000, "altered or cut off at byte 65536"}};
    char path[400], byte;
    (void)state;
    struct archive *a = filled("files");
    evidence_files("files", path);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(pread(fd, &byte, 1, cases[i].at), 1);
        byte ^= 4;
        assert_int_equal(pwrite(fd, &byte, 1, cases[i].at), 1);
        assert_found(a, cases[i].finding);
        byte ^= 4;
        assert_int_equal(pwrite(fd, &byte, 1, cases[i].at), 1);
    }
    assert_found(a, NULL);
    off_t size = lseek(fd, 0, SEEK_END);
    assert_int_equal(pwrite(fd, "x", 1, size), 1);
    assert_found(a, "altered or cut off");
    assert_int_equal(ftruncate(fd, size - 1), 0);
    assert_found(a, "altered or cut off");
    close(fd);
    unlink(path);
    assert_found(a, "is missing: No such file or directory");
    archive_close(a);

    a = filled("stray");
    snprintf(path, sizeof path, "%s/stray", fixture_path("stray/evidence"));
    fixture_copy(fixture_path("stray/keys.json"), path);
    assert_found(a, "note: evidence/stray belongs to nothing (left by a crash; it may be removed)");
    unlink(path);
    assert_found(a, NULL);
    fixture_copy(fixture_path("whole/keys.json"), fixture_path("stray/keys.json"));
    assert_found(a, "keys.json is not the file that this archive wrote");
    fixture_copy(fixture_path("whole/head"), fixture_path("stray/head"));
    assert_found(a, "is not the head that this archive signed");
    archive_close(a);
}

/* one flipped bit anywhere in the encrypted database: it does not open, verify says so, or nothing
 * that is read back is changed */
static void flipped_bits_of_the_database_change_nothing_silently(void **state)
{
    struct buf before, database, after;
    struct fault why;
    size_t noticed = 0, tried = 0;
    (void)state;
    struct archive *a = filled("flips");
    fixture_export(a, STR_NONE, &before);
    archive_close(a);
    buf_init(&database, 16 << 20);
    assert_int_equal(file_read(fixture_path("flips/record.db"), 16 << 20, &database, &why), OK);
    for (size_t at = 5; at < database.len; at += 4099, tried++) {
        int fd = open(fixture_path("flips/record.db"), O_WRONLY | O_CLOEXEC);
        char flipped = (char)(database.at[at] ^ 16);
        assert_int_equal(pwrite(fd, &flipped, 1, (off_t)at), 1);
        if (fixture_try_open("flips", ARCHIVE_READ, &a, &why) != OK) {
            noticed++;
        } else {
            struct buf findings;
            fixture_findings(a, &findings);
            noticed += findings.len > 0;
            if (!findings.len) {
                fixture_export(a, STR_NONE, &after);
                assert_true(str_equal(buf_str(&before), buf_str(&after)));
                buf_release(&after);
            }
            buf_release(&findings);
            archive_close(a);
        }
        assert_int_equal(pwrite(fd, database.at + at, 1, (off_t)at), 1);
        close(fd);
    }
    assert_true(noticed > tried / 2);
    buf_release(&before);
    buf_release(&database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_archives_have_no_findings),
        cmocka_unit_test(altered_rows_are_named),
        cmocka_unit_test(altered_files_are_named),
        cmocka_unit_test(flipped_bits_of_the_database_change_nothing_silently),
    };
    return cmocka_run_group_tests_name("store verify", tests, begin, end);
}
