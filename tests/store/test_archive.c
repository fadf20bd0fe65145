#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "fixture.h"
#include "store/store_int.h"

static size_t entries_of(const char *path)
{
    size_t count = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

static void an_archive_is_made_whole_or_not_at_all(void **state)
{
    char recovery[RECOVERY_TEXT_SIZE];
    struct fault why;
    (void)state;
    struct archive *a = fixture_make("made", NULL);
    assert_true(public_key_equal(archive_own_key(a), archive_owner(a)));
    struct archive_state s = fixture_state(a);
    assert_int_equal(s.commits, 1);
    assert_int_equal(s.documents, 0);
    archive_close(a);
    size_t before = entries_of(fixture_path("."));
    assert_int_equal(archive_init(fixture_path("made"), PASSPHRASE, STR("Owner"), NULL,
                                  fixture_now(), recovery, &why),
                     REFUSED);
    assert_non_null(strstr(why.text, "there already and not empty"));
    assert_int_equal(archive_init(fixture_path("no/such"), PASSPHRASE, STR("Owner"), NULL,
                                  fixture_now(), recovery, &why),
                     FAILED);
    assert_int_equal(archive_init(fixture_path("bad_time"), PASSPHRASE, STR("Owner"), NULL,
                                  STR("yesterday"), recovery, &why),
                     REFUSED);
    assert_int_equal(entries_of(fixture_path(".")), before);
    assert_int_equal(mkdir(fixture_path("empty"), 0755), 0);
    a = fixture_make("empty/", NULL);
    archive_close(a);
    struct stat st;
    assert_int_equal(stat(fixture_path("empty"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
}

static void only_its_secrets_open_it(void **state)
{
    char recovery[RECOVERY_TEXT_SIZE];
    struct master_key key, other;
    struct archive *a;
    struct fault why;
    (void)state;
    assert_int_equal(archive_init(fixture_path("secret"), PASSPHRASE, STR("Owner"), NULL,
                                  fixture_now(), recovery, &why),
                     OK);
    assert_int_equal(
        archive_key(fixture_path("secret"), (struct key_secret){STR("another"), false}, &key, &why),
        DENIED);
    assert_string_equal(why.text, "wrong passphrase");
    assert_int_equal(archive_key(fixture_path("secret"),
                                 (struct key_secret){str_of(recovery), true}, &key, &why),
                     OK);
    assert_int_equal(archive_open(fixture_path("secret"), &key, ARCHIVE_WRITE, NULL, &a, &why), OK);
    assert_int_equal(archive_change_passphrase(a, &key, STR("a new one"), &why), OK);
    struct buf findings;
    fixture_findings(a, &findings);
    assert_int_equal(findings.len, 0);
    buf_release(&findings);
    archive_close(a);
    assert_int_equal(
        archive_key(fixture_path("secret"), (struct key_secret){PASSPHRASE, false}, &key, &why),
        DENIED);
    assert_int_equal(archive_key(fixture_path("secret"),
                                 (struct key_secret){STR("a new one"), false}, &key, &why),
                     OK);
    other = key;
    other.bytes[0] ^= 1;
    assert_int_equal(archive_open(fixture_path("secret"), &other, ARCHIVE_READ, NULL, &a, &why),
                     DAMAGED);
    assert_null(a);
    assert_int_equal(archive_open(fixture_path("nowhere"), &key, ARCHIVE_READ, NULL, &a, &why),
                     NOT_FOUND);
    assert_int_equal(archive_open(fixture_path("."), &key, ARCHIVE_READ, NULL, &a, &why),
                     NOT_FOUND);
}

static void one_writes_and_others_read(void **state)
{
    struct archive *second, *reader;
    struct hash id;
    struct fault why;
    char process[64];
    (void)state;
    struct archive *a = fixture_make("shared", NULL);
    assert_int_equal(fixture_try_open("shared", ARCHIVE_WRITE, &second, &why), BUSY);
    snprintf(process, sizeof process, "the archive is being written by process %jd",
             (intmax_t)getpid());
    assert_string_equal(why.text, process);
    reader = fixture_open("shared", ARCHIVE_READ);
    fixture_add(a, STR("12 people"), NULL, NULL);
    assert_int_equal(fixture_state(reader).documents, 1);

    enum outcome result = archive_begin(reader, &why);
    if (result == OK)
        result = archive_put_bytes(reader, STR("x"), &id, &why);
    assert_int_equal(result, FAILED);
    archive_abandon(reader);
    assert_int_not_equal(archive_rebuild(reader, NULL, NULL, &why), OK);
    assert_int_not_equal(sql_run(reader, "DELETE FROM derived_document", &why), OK);
    assert_int_not_equal(sql_run(reader, "DROP TABLE log_object", &why), OK);
    archive_close(reader);
    assert_int_equal(fixture_state(a).documents, 1);
    archive_close(a);
    assert_int_not_equal(access(fixture_path("shared/record.db-wal"), F_OK), 0);
}

static void rows_of_another_govah_are_made_again(void **state)
{
    struct archive *reader;
    struct fault why;
    (void)state;
    struct archive *a = fixture_make("other-rows", NULL);
    fixture_add(a, STR("12 people\n13 people"), NULL, NULL);
    struct hash digest = fixture_digest(a);
    assert_int_equal(sql_run(a,
                             "UPDATE own_setting SET value = x'31' WHERE name = 'derived';"
                             "DROP TABLE derived_statement; DROP TABLE derived_wording;"
                             "CREATE TABLE derived_statement (id BLOB PRIMARY KEY)",
                             &why),
                     OK);
    archive_close(a);
    assert_int_equal(fixture_try_open("other-rows", ARCHIVE_READ, &reader, &why), REFUSED);
    assert_string_equal(why.text, "the archive was last used by another Govah: run govah rebuild");
    a = fixture_open("other-rows", ARCHIVE_WRITE);
    struct hash again = fixture_digest(a);
    assert_true(hash_equal(&digest, &again));
    archive_close(a);
    archive_close(fixture_open("other-rows", ARCHIVE_READ));
}

static void the_log_is_not_rewritten(void **state)
{
    static const char *const refused[] = {
        "UPDATE log_object SET kind = 0",
        "UPDATE log_object SET id = x'00' WHERE seq = 1",
        "DELETE FROM log_object",
        "INSERT OR REPLACE INTO log_object SELECT * FROM log_object",
        "REPLACE INTO log_object (seq, id, kind) VALUES (1, x'00', 0)",
        "INSERT OR REPLACE INTO log_object (id, kind) SELECT id, 0 FROM log_object",
        "INSERT INTO log_object SELECT seq, id, 0 FROM log_object WHERE true"
        " ON CONFLICT DO UPDATE SET kind = 0",
        "UPDATE OR REPLACE log_object SET seq = 2 WHERE seq = 1",
        "UPDATE log_bytes SET size = 0",
        "DELETE FROM log_bytes",
        "REPLACE INTO log_bytes SELECT * FROM log_bytes",
        "UPDATE log_commit SET chain = x'00'",
        "DELETE FROM log_commit WHERE seq = 1",
        "REPLACE INTO log_commit SELECT * FROM log_commit",
        "ATTACH ':memory:' AS other",
        "ATTACH '/tmp/plain.db' AS other KEY ''",
        "DETACH main",
        "VACUUM INTO '/tmp/plain.db'",
    };
    struct fault why;
    struct buf before, after;
    (void)state;
    struct archive *a = fixture_make("log", NULL);
    fixture_add(a, STR("12 people"), NULL, NULL);
    fixture_export(a, STR_NONE, &before);
    for (size_t i = 0; i < COUNT_OF(refused); i++)
        if (sql_run(a, refused[i], &why) != FAILED)
            fail_msg("done: %s", refused[i]);
    assert_int_not_equal(access("/tmp/plain.db", F_OK), 0);
    fixture_export(a, STR_NONE, &after);
    assert_true(str_equal(buf_str(&before), buf_str(&after)));
    buf_release(&before);
    buf_release(&after);
    archive_close(a);
}

static void what_is_here_is_not_put_twice(void **state)
{
    struct hash first, second;
    struct fault why;
    (void)state;
    struct archive *a = fixture_make("twice", NULL);
    struct hash document = fixture_add(a, STR("12 people"), NULL, NULL);
    int64_t commits = fixture_state(a).commits;
    assert_int_equal(archive_begin(a, &why), OK);
    assert_int_equal(archive_put_bytes(a, STR("12 people"), &first, &why), OK);
    assert_true(hash_equal(&first, &document));
    assert_int_equal(archive_commit(a, STR("nothing"), fixture_now(), &why), OK);
    assert_int_equal(fixture_state(a).commits, commits);

    struct kept_text text = {
        .bytes = document, .extractor = STR("text/1"), .sha256 = document, .size = 9};
    assert_int_equal(archive_begin(a, &why), OK);
    assert_int_equal(archive_put_object(a, kept_text_to_json(&text), &first, &why), OK);
    assert_int_equal(archive_put_object(a, kept_text_to_json(&text), &second, &why), OK);
    assert_true(hash_equal(&first, &second));
    assert_int_equal(archive_commit(a, STR("again"), fixture_now(), &why), OK);
    fixture_assert_derived(a);
    assert_int_equal(fixture_state(a).documents, 1);
    archive_close(a);
}

static void an_abandoned_batch_leaves_nothing(void **state)
{
    struct hash id;
    struct fault why;
    struct buf before, after;
    (void)state;
    struct archive *a = fixture_make("abandoned", NULL);
    fixture_add(a, STR("12 people"), NULL, NULL);
    fixture_export(a, STR_NONE, &before);
    struct hash digest = fixture_digest(a);
    char *large = mem_alloc(EVIDENCE_FROM);
    for (int way = 0; way < 2; way++) {
        struct capture capture = {.size = EVIDENCE_FROM,
                                  .by = *archive_own_key(a),
                                  .at = way ? STR("no time") : fixture_now()};
        assert_int_equal(archive_begin(a, &why), OK);
        assert_int_equal(
            archive_put_bytes(a, (struct str){large, EVIDENCE_FROM}, &capture.bytes, &why), OK);
        assert_int_equal(entries_of(fixture_path("abandoned/evidence")), 1);
        assert_int_equal(archive_put_object(a, capture_to_json(&capture), &id, &why), OK);
        if (way == 0)
            archive_abandon(a);
        else /* what cannot be read back is not committed */
            assert_int_not_equal(archive_commit(a, STR("bad"), fixture_now(), &why), OK);
        assert_int_equal(entries_of(fixture_path("abandoned/evidence")), 0);
        struct hash now = fixture_digest(a);
        assert_true(hash_equal(&digest, &now));
        fixture_export(a, STR_NONE, &after);
        assert_true(str_equal(buf_str(&before), buf_str(&after)));
        buf_release(&after);
    }
    assert_int_equal(archive_begin(a, &why), OK);
    archive_abandon(a);
    archive_abandon(a);
    fixture_add(a, STR("13 people"), NULL, NULL);
    assert_int_equal(fixture_state(a).documents, 2);
    mem_free(large);
    buf_release(&before);
    archive_close(a);
}

static void the_head_tells_of_loss(void **state)
{
    struct archive *a = fixture_make("head", NULL);
    struct fault why;
    (void)state;
    fixture_add(a, STR("12 people"), NULL, NULL);
    archive_close(a);
    fixture_copy(fixture_path("head/record.db"), fixture_path("old.db"));
    fixture_copy(fixture_path("head/head"), fixture_path("old.head"));
    a = fixture_open("head", ARCHIVE_WRITE);
    fixture_add(a, STR("13 people"), NULL, NULL);
    archive_close(a);
    fixture_copy(fixture_path("head/record.db"), fixture_path("new.db"));
    fixture_copy(fixture_path("head/head"), fixture_path("new.head"));

    fixture_copy(fixture_path("old.db"), fixture_path("head/record.db"));
    assert_int_equal(fixture_try_open("head", ARCHIVE_READ, &a, &why), DAMAGED);
    assert_string_equal(why.text, "commits are lost: 3 were acknowledged, record.db holds 2");

    /* a crash between the commit and its head loses nothing, and is mended */
    fixture_copy(fixture_path("new.db"), fixture_path("head/record.db"));
    fixture_copy(fixture_path("old.head"), fixture_path("head/head"));
    a = fixture_open("head", ARCHIVE_WRITE);
    assert_int_equal(fixture_state(a).documents, 2);
    archive_close(a);
    fixture_copy(fixture_path("old.db"), fixture_path("head/record.db"));
    assert_int_equal(fixture_try_open("head", ARCHIVE_READ, &a, &why), DAMAGED);
    fixture_copy(fixture_path("new.db"), fixture_path("head/record.db"));

    a = fixture_make("another", NULL);
    archive_close(a);
    fixture_copy(fixture_path("another/head"), fixture_path("head/head"));
    assert_int_equal(fixture_try_open("head", ARCHIVE_READ, &a, &why), DAMAGED);
    assert_string_equal(why.text, "the file \"head\" is not the head that this archive signed");
    unlink(fixture_path("head/head"));
    assert_int_equal(fixture_try_open("head", ARCHIVE_READ, &a, &why), DAMAGED);
    unlink(fixture_path("head/record.db"));
    assert_int_equal(fixture_try_open("head", ARCHIVE_READ, &a, &why), DAMAGED);
    assert_int_equal(access(fixture_path("head/record.db"), F_OK), -1);
}

static void large_bytes_are_sealed_beside_the_database(void **state)
{
    static const char marker[] = "MARKER-527-KILLED";
    struct fault why;
    struct buf bytes, file, back;
    char digits[HASH_DIGITS + 1], path[400];
    (void)state;
    buf_init(&bytes, 1 << 20);
    while (bytes.len < EVIDENCE_FROM)
        buf_print(&bytes, "- %s %zu\n", marker, bytes.len);
    struct archive *a = fixture_make("evidence", NULL);
    struct hash document = fixture_add(a, buf_str(&bytes), NULL, NULL);
    hash_write(&document, digits);
    size_t files = 0;
    DIR *dir = opendir(fixture_path("evidence/evidence"));
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        if (entry->d_name[0] == '.')
            continue;
        files++;
        assert_int_equal(strlen(entry->d_name), 32);
        assert_null(strstr(digits, entry->d_name));
        snprintf(path, sizeof path, "%s/%s", fixture_path("evidence/evidence"), entry->d_name);
    }
    closedir(dir);
    assert_int_equal(files, 1);
    buf_init(&file, 1 << 21);
    assert_int_equal(file_read(path, 1 << 21, &file, &why), OK);
    assert_int_equal(str_find(buf_str(&file), STR("MARKER"), 0), SIZE_MAX);
    assert_int_equal(str_find(buf_str(&file), (struct str){(char *)document.bytes, HASH_SIZE}, 0),
                     SIZE_MAX);
    assert_int_equal(str_find(buf_str(&file), str_of(digits), 0), SIZE_MAX);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    buf_init(&back, BYTES_LIMIT);
    assert_int_equal(log_get_bytes(a, &document, &back, &why), OK);
    assert_true(str_equal(buf_str(&back), buf_str(&bytes)));
    archive_close(a);
    buf_clear(&file);
    assert_int_equal(file_read(fixture_path("evidence/record.db"), 1 << 21, &file, &why), OK);
    assert_int_equal(str_find(buf_str(&file), STR("SQLite format 3"), 0), SIZE_MAX);
    assert_int_equal(str_find(buf_str(&file), STR("MARKER"), 0), SIZE_MAX);
    buf_release(&bytes);
    buf_release(&file);
    buf_release(&back);
}

static void bytes_have_a_limit(void **state)
{
    struct hash id;
    struct fault why;
    (void)state;
    struct archive *a = fixture_make("limit", NULL);
    assert_int_equal(archive_begin(a, &why), OK);
    assert_int_equal(archive_put_bytes(a, (struct str){"", (size_t)BYTES_LIMIT + 1}, &id, &why),
                     REFUSED);
    assert_int_equal(archive_put_bytes(a, STR_NONE, &id, &why), OK);
    archive_abandon(a);
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_is_made_whole_or_not_at_all),
        cmocka_unit_test(only_its_secrets_open_it),
        cmocka_unit_test(one_writes_and_others_read),
        cmocka_unit_test(rows_of_another_govah_are_made_again),
        cmocka_unit_test(the_log_is_not_rewritten),
        cmocka_unit_test(what_is_here_is_not_put_twice),
        cmocka_unit_test(an_abandoned_batch_leaves_nothing),
        cmocka_unit_test(the_head_tells_of_loss),
        cmocka_unit_test(large_bytes_are_sealed_beside_the_database),
        cmocka_unit_test(bytes_have_a_limit),
    };
    return cmocka_run_group_tests_name("store archive", tests, fixture_begin, fixture_end);
}
