#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "base/json.h"
#include "seal/keys.h"
#include "seal/sign.h"

struct key_cost key_cost_default(void)
{
    return (struct key_cost){.memory = 8192, .passes = 1};
}

#define PASSPHRASE STR("correct horse گواه")

static struct buf file;
static struct master_key master;
static char recovery[RECOVERY_TEXT_SIZE];

static int make_keys(void **state)
{
    struct fault why;
    (void)state;
    seal_start();
    buf_init(&file, 64 * 1024);
    return keys_new(PASSPHRASE, "aegis", &file, &master, recovery, &why) == OK ? 0 : -1;
}

static int release_keys(void **state)
{
    (void)state;
    buf_release(&file);
    return 0;
}

static enum outcome open_with(struct str bytes, struct str text, bool is_recovery,
                              struct fault *why)
{
    struct master_key got;
    enum outcome result = keys_open(bytes, (struct key_secret){text, is_recovery}, &got, why);
    if (result == OK)
        assert_memory_equal(&got, &master, sizeof got);
    return result;
}

static void both_slots_open(void **state)
{
    struct fault why;
    char name[ARCHIVE_NAME_DIGITS + 1], cipher[16];
    (void)state;
    assert_int_equal(open_with(buf_str(&file), PASSPHRASE, false, &why), OK);
    assert_int_equal(open_with(buf_str(&file), str_of(recovery), true, &why), OK);
    assert_int_equal(keys_describe(buf_str(&file), name, cipher, &why), OK);
    assert_int_equal(strlen(name), ARCHIVE_NAME_DIGITS);
    assert_string_equal(cipher, "aegis");
}

static void other_secrets_are_denied(void **state)
{
    static const struct {
        const char *text;
        bool recovery;
        const char *said;
    } cases[] = {
        {"", false, "wrong passphrase"},
        {"correct horse", false, "wrong passphrase"},
        {"correct horse گواه ", false, "wrong passphrase"},
        {"Correct horse گواه", false, "wrong passphrase"},
        {"", true, "that is not a recovery key of Govah's"},
        {"correct horse گواه", true, "that is not a recovery key of Govah's"},
        {"0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000", true,
         "wrong recovery key"},
        {"0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-000", true,
         "that is not a recovery key of Govah's"},
        {"0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0", true,
         "that is not a recovery key of Govah's"},
        /* 52 digits hold 260 bits; the last four are nothing */
        {"0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0001", true,
         "that is not a recovery key of Govah's"},
        {"U000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000", true,
         "that is not a recovery key of Govah's"},
    };
    struct fault why;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(open_with(buf_str(&file), str_of(cases[i].text), cases[i].recovery, &why),
                         DENIED);
        assert_string_equal(why.text, cases[i].said);
    }
    struct fault denied;
    assert_int_equal(open_with(buf_str(&file), str_of(recovery), false, &denied), DENIED);
}

static void a_recovery_key_is_read_as_people_write_it(void **state)
{
    char text[3 * RECOVERY_TEXT_SIZE];
    struct fault why;
    (void)state;
    assert_int_equal(strlen(recovery), 52 + 12);
    for (size_t i = 0; recovery[i]; i++)
        assert_non_null(strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ-", recovery[i]));
    for (int way = 0; way < 6; way++) {
        size_t len = 0;
        for (size_t i = 0; recovery[i]; i++) {
            char c = recovery[i];
            if (way == 0)
                c = (char)tolower((unsigned char)c);
            else if (way == 1 && c == '-')
                c = ' ';
            else if (way == 2 && c == '-')
                continue;
            else if (way == 3)
                c = c == '0' ? 'O' : c == '1' ? 'I' : c;
            else if (way == 4)
                c = c == '0' ? 'o' : c == '1' ? 'l' : c;
            else if (way == 5)
                text[len++] = i % 2 ? '-' : '\t';
            text[len++] = c;
        }
        assert_int_equal(open_with(buf_str(&file), (struct str){text, len}, true, &why), OK);
    }
}

/* no byte can be changed so that both slots still open: the owner of one of them notices */
static void every_changed_byte_is_noticed(void **state)
{
    struct fault why;
    (void)state;
    size_t first = str_find(buf_str(&file), STR("[{"), 0);
    size_t second = str_find(buf_str(&file), STR("},{"), first) + 2;
    size_t end = str_find(buf_str(&file), STR("}]"), second) + 1;
    assert_true(first != SIZE_MAX && second > first && end > second);
    for (size_t at = 0; at < file.len; at++)
        for (int bit = 0; bit < 8; bit++) {
            file.at[at] = (char)(file.at[at] ^ (1 << bit));
            for (int is_recovery = 0; is_recovery < 2; is_recovery++) {
                struct str secret = is_recovery ? str_of(recovery) : PASSPHRASE;
                bool of_other_slot =
                    is_recovery ? at > first && at < second - 1 : at >= second && at < end;
                enum outcome result = open_with(buf_str(&file), secret, is_recovery, &why);
                if (result != DENIED && result != DAMAGED && !(of_other_slot && result == OK))
                    fail_msg("byte %zu, bit %d, %s: outcome %d", at, bit,
                             is_recovery ? "recovery" : "passphrase", result);
            }
            file.at[at] = (char)(file.at[at] ^ (1 << bit));
        }
}

static void set_cost(json_t *root, const char *member, json_t *value)
{
    json_t *slot = json_array_get(json_object_get(root, "slots"), 0);
    assert_int_equal(json_object_set_new(slot, member, value), 0);
}

static void costs_and_algorithms_outside_our_own_are_refused(void **state)
{
    const struct {
        const char *member;
        json_t *value;
    } cases[] = {
        {"memory", json_integer(8191)},
        {"memory", json_integer(0)},
        {"memory", json_integer(-1)},
        {"memory", json_integer((INT64_C(4) << 30) + 1)},
        {"memory", json_integer(JSON_INTEGER_LIMIT)},
        {"memory", json_string("8192")},
        {"passes", json_integer(0)},
        {"passes", json_integer(-3)},
        {"passes", json_integer(65)},
        {"passes", json_null()},
        {"kdf", json_string("argon2i")},
        {"kdf", json_null()},
        {"wrap", json_string("aes256gcm")},
        {"salt", json_string("00")},
        {"nonce", json_string("")},
        {"wrapped", json_string("00")},
        {"wrapped", json_integer(1)},
        {"kind", json_string("other")},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_t *root;
        struct fault why;
        struct buf changed;
        buf_init(&changed, 64 * 1024);
        assert_int_equal(json_read(buf_str(&file), &root, &why), OK);
        set_cost(root, cases[i].member, cases[i].value);
        assert_int_equal(json_write(&changed, root, &why), OK);
        if (open_with(buf_str(&changed), PASSPHRASE, false, &why) != DAMAGED)
            fail_msg("case %zu, %s", i, cases[i].member);
        json_decref(root);
        buf_release(&changed);
    }
}

static void other_files_are_damaged_ones(void **state)
{
    static const char *const files[] = {
        "",
        "\n",
        "{}",
        "[]",
        "null",
        "{\"kind\":\"keys\"}",
        "{\"archive\":\"00112233445566778899aabbccddeeff\",\"cipher\":\"aegis\",\"kind\":\"keys\","
        "\"slots\":[],\"version\":1}",
        "{\"archive\":\"00112233445566778899aabbccddeeff\",\"cipher\":\"aegis\",\"kind\":\"keys\","
        "\"slots\":{},\"version\":1}",
        "{\"archive\":\"00112233445566778899aabbccddeeff\",\"cipher\":\"a cipher of 16 b\","
        "\"kind\":\"keys\",\"slots\":[],\"version\":1}",
    };
    struct fault why;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(files); i++)
        assert_int_equal(open_with(str_of(files[i]), PASSPHRASE, false, &why), DAMAGED);
    for (size_t len = 0; len < file.len - 1; len += 7)
        assert_int_equal(open_with((struct str){file.at, len}, PASSPHRASE, false, &why), DAMAGED);
}

static void a_changed_passphrase_keeps_key_and_recovery(void **state)
{
    struct buf changed;
    struct fault why;
    char name[2][ARCHIVE_NAME_DIGITS + 1], cipher[16];
    (void)state;
    buf_init(&changed, 64 * 1024);
    assert_int_equal(keys_change(buf_str(&file), STR("another"), &master, &changed, &why), OK);
    assert_int_equal(open_with(buf_str(&changed), STR("another"), false, &why), OK);
    assert_int_equal(open_with(buf_str(&changed), str_of(recovery), true, &why), OK);
    assert_int_equal(open_with(buf_str(&changed), PASSPHRASE, false, &why), DENIED);
    assert_int_equal(keys_describe(buf_str(&file), name[0], cipher, &why), OK);
    assert_int_equal(keys_describe(buf_str(&changed), name[1], cipher, &why), OK);
    assert_string_equal(name[0], name[1]);
    buf_release(&changed);
}

static void slots_of_another_archive_do_not_fit(void **state)
{
    struct buf other, mixed;
    struct master_key key;
    char text[RECOVERY_TEXT_SIZE];
    struct fault why;
    json_t *ours, *theirs;
    (void)state;
    buf_init(&other, 64 * 1024);
    buf_init(&mixed, 64 * 1024);
    assert_int_equal(keys_new(STR("theirs"), "aegis", &other, &key, text, &why), OK);
    assert_memory_not_equal(&key, &master, sizeof key);
    assert_string_not_equal(text, recovery);
    assert_int_equal(json_read(buf_str(&file), &ours, &why), OK);
    assert_int_equal(json_read(buf_str(&other), &theirs, &why), OK);
    json_put_new(ours, "slots", json_incref(json_object_get(theirs, "slots")));
    assert_int_equal(json_write(&mixed, ours, &why), OK);
    assert_int_equal(open_with(buf_str(&mixed), STR("theirs"), false, &why), DENIED);
    assert_int_equal(open_with(buf_str(&mixed), str_of(text), true, &why), DENIED);
    json_decref(ours);
    json_decref(theirs);
    buf_release(&other);
    buf_release(&mixed);
}

/* what can be opened after any change was not changed where it matters: the key is the same */
static void mutations_never_open_to_another_key(void **state)
{
    struct random r = {5};
    struct fault why;
    (void)state;
    for (int round = 0; round < 5000; round++) {
        char *bytes = mem_alloc(file.len + 8);
        memcpy(bytes, file.at, file.len);
        size_t len = random_mutate(&r, bytes, file.len, file.len + 8);
        char *exact = mem_alloc(len);
        memcpy(exact, bytes, len);
        enum outcome result = open_with((struct str){exact, len}, PASSPHRASE, false, &why);
        assert_true(result == OK || result == DENIED || result == DAMAGED || result == FAILED);
        mem_free(exact);
        mem_free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_slots_open),
        cmocka_unit_test(other_secrets_are_denied),
        cmocka_unit_test(a_recovery_key_is_read_as_people_write_it),
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(costs_and_algorithms_outside_our_own_are_refused),
        cmocka_unit_test(other_files_are_damaged_ones),
        cmocka_unit_test(a_changed_passphrase_keeps_key_and_recovery),
        cmocka_unit_test(slots_of_another_archive_do_not_fit),
        cmocka_unit_test(mutations_never_open_to_another_key),
    };
    return cmocka_run_group_tests_name("seal keys", tests, make_keys, release_keys);
}
