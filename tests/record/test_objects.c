#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "base/file.h"
#include "base/hex.h"
#include "record/capture.h"
#include "record/commit.h"
#include "record/decision.h"
#include "record/statement.h"

/* the first key of RFC 8032, section 7.1, which signed the commits of golden.tsv */
static const char seed_digits[] =
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
static const char commit_context[] = "govah commit 1";

struct golden {
    struct str kind, optional, id, json;
};

static struct buf file;
static struct golden all[64];
static size_t count;
static struct signing_key key;

static int read_golden(void **state)
{
    struct fault why;
    uint8_t seed[SECRET_SEED_SIZE];
    (void)state;
    seal_start();
    buf_init(&file, 1 << 20);
    if (file_read(GOLDEN, 1 << 20, &file, &why) != OK ||
        !hex_read(str_of(seed_digits), seed, sizeof seed))
        return -1;
    signing_key_of_seed(seed, &key);
    struct str rest = buf_str(&file), line;
    size_t rows = 0;
    while (str_cut(&rest, '\n', &line)) {
        if (!line.len || line.at[0] == '#' || rows++ == 0)
            continue;
        struct golden *g = &all[count++];
        if (count > COUNT_OF(all) || !str_cut(&line, '\t', &g->kind) ||
            !str_cut(&line, '\t', &g->optional) || !str_cut(&line, '\t', &g->id) ||
            !str_cut(&line, '\t', &g->json))
            return -1;
    }
    return count > 20 ? 0 : -1;
}

static int release_golden(void **state)
{
    (void)state;
    buf_release(&file);
    return 0;
}

static bool is_optional(const struct golden *g, const char *member)
{
    struct str rest = g->optional, name;
    while (str_cut(&rest, ' ', &name))
        if (name.len && str_equal(name, str_of(member)))
            return true;
    return false;
}

static json_t *object_of(const struct golden *g)
{
    json_t *object;
    enum object_kind kind;
    struct fault why;
    if (object_read(g->json, &object, &kind, &why) != OK)
        fail_msg("%s: %.*s", why.text, STR_ARG(g->json));
    assert_true(str_equal(g->kind, str_of(object_kind_name(kind))));
    return object;
}

static void known_objects_have_their_ids(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) {
        json_t *object = object_of(&all[i]);
        struct hash id = object_id(object), wanted;
        struct buf bytes;
        struct fault why;
        assert_true(hash_read(all[i].id, &wanted));
        if (!hash_equal(&id, &wanted))
            fail_msg("another id: %.*s", STR_ARG(all[i].json));
        buf_init(&bytes, OBJECT_LIMIT);
        assert_int_equal(object_write(&bytes, object, &why), OK);
        assert_true(str_equal(buf_str(&bytes), all[i].json));
        buf_release(&bytes);
        json_decref(object);
    }
}

/* the object made anew from what was read out of it */
static json_t *made_again(const json_t *object, enum object_kind kind, struct arena *arena)
{
    struct capture capture;
    struct kept_text text;
    struct statement statement;
    struct decision decision;
    struct commit commit;
    struct fault why;
    switch (kind) {
    case OBJECT_CAPTURE:
        assert_int_equal(capture_of_json(object, &capture, &why), OK);
        return capture_to_json(&capture);
    case OBJECT_TEXT:
        assert_int_equal(kept_text_of_json(object, &text, &why), OK);
        return kept_text_to_json(&text);
    case OBJECT_STATEMENT:
        assert_int_equal(statement_of_json(object, arena, &statement, &why), OK);
        struct hash id = object_id(object), same = statement_id(&statement);
        assert_true(hash_equal(&id, &same));
        return statement_to_json(&statement);
    case OBJECT_DECISION:
        assert_int_equal(decision_of_json(object, arena, &decision, &why), OK);
        return decision_to_json(&decision);
    case OBJECT_COMMIT:
        assert_int_equal(commit_of_json(object, arena, &commit, &why), OK);
        assert_true(public_key_equal(&commit.author, &key.public_key));
        return commit_sign(&commit, &key);
    }
    return NULL;
}

static void what_is_read_is_written_again(void **state)
{
    size_t seen[5] = {0};
    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct arena arena;
        enum object_kind kind;
        struct fault why;
        arena_init(&arena);
        json_t *object = object_of(&all[i]);
        assert_int_equal(object_kind_of(object, &kind, &why), OK);
        seen[kind]++;
        json_t *again = made_again(object, kind, &arena);
        if (!json_equal(object, again))
            fail_msg("%.*s", STR_ARG(all[i].json));
        json_decref(again);
        json_decref(object);
        arena_release(&arena);
    }
    for (size_t i = 0; i < COUNT_OF(seen); i++)
        assert_true(seen[i] > 0);
}

/* canonical bytes of an altered object; a commit's altered members are signed anew, so that not the
 * signature alone refuses them */
static enum outcome read_altered(json_t *object, const char *member)
{
    struct buf bytes;
    struct fault why;
    json_t *back;
    enum object_kind kind;
    if (str_equal(json_text(object, "kind"), STR("commit")) && strcmp(member, "signature") != 0 &&
        strcmp(member, "author") != 0)
        object_sign(object, commit_context, &key);
    buf_init(&bytes, OBJECT_LIMIT);
    assert_int_equal(json_write(&bytes, object, &why), OK);
    enum outcome result = object_read(buf_str(&bytes), &back, &kind, &why);
    assert_int_equal(back != NULL, result == OK);
    json_decref(back);
    buf_release(&bytes);
    return result;
}

static void members_are_missed_unless_optional(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) {
        json_t *object = object_of(&all[i]);
        const char *member;
        json_t *value;
        void *next;
        json_object_foreach_safe(object, next, member, value)
        {
            json_t *altered = json_deep_copy(object);
            json_object_del(altered, member);
            enum outcome wanted = is_optional(&all[i], member) ? OK : REFUSED;
            if (read_altered(altered, member) != wanted)
                fail_msg("without \"%s\": %.*s", member, STR_ARG(all[i].json));
            json_decref(altered);
        }
        json_decref(object);
    }
}

static void members_that_nobody_knows_are_refused(void **state)
{
    static const char *const names[] = {"extra", "Kind", "", "id", "confidence", "reader", "high_"};
    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < COUNT_OF(names); k++) {
            json_t *object = object_of(&all[i]);
            json_put(object, names[k], STR("x"));
            if (read_altered(object, names[k]) != REFUSED)
                fail_msg("with \"%s\": %.*s", names[k], STR_ARG(all[i].json));
            json_decref(object);
        }
}

static void assert_value_refused(const struct golden *g, const char *member, json_t *value)
{
    json_t *altered = object_of(g);
    char *shown = json_dumps(value, JSON_ENCODE_ANY);
    assert_int_equal(json_object_set_new(altered, member, value), 0);
    if (read_altered(altered, member) != REFUSED)
        fail_msg("\"%s\" is %s: %.*s", member, shown, STR_ARG(g->json));
    mem_free(shown);
    json_decref(altered);
}

static void members_of_another_type_are_refused(void **state)
{
    static const char *const odd[] = {"null",
                                      "true",
                                      "false",
                                      "0",
                                      "7",
                                      "-1",
                                      "\"\"",
                                      "\"x\"",
                                      "[]",
                                      "[1]",
                                      "[\"\"]",
                                      "[null]",
                                      "{}",
                                      "{\"a\":1}",
                                      "[0,0]",
                                      "[5,2]",
                                      "[1,2,3]",
                                      "[-1,2]",
                                      "\"a\\u0000b\"",
                                      "{\"charge\":\"\"}",
                                      "{\"charge\":1}",
                                      "{\"Charge\":\"x\"}",
                                      "{\"charge\":\"a\\u0000\"}"};
    size_t tried = 0;
    (void)state;
    for (size_t i = 0; i < count; i++) {
        json_t *object = object_of(&all[i]);
        const char *member;
        json_t *value;
        void *next;
        json_object_foreach_safe(object, next, member, value)
        {
            for (size_t k = 0; k < COUNT_OF(odd); k++) {
                json_t *other = json_loads(odd[k], JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
                assert_non_null(other);
                bool plain = json_is_string(other) && strcmp(odd[k], "\"x\"") == 0;
                bool same_type =
                    (json_is_integer(value) && json_is_integer(other) && odd[k][0] != '-') ||
                    (json_is_true(value) && json_is_true(other)) ||
                    (json_is_string(value) && plain);
                if (same_type) {
                    json_decref(other);
                    continue;
                }
                assert_value_refused(&all[i], member, other);
                tried++;
            }
        }
        json_decref(object);
    }
    assert_true(tried > 3000);
}

static void lists_are_sorted_without_doubles(void **state)
{
    static const char *const members[] = {"about", "supersedes", "last", "holds", "parents"};
    size_t tried = 0;
    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < COUNT_OF(members); k++) {
            json_t *object = object_of(&all[i]), *list = json_object_get(object, members[k]);
            if (list) {
                json_t *twice = json_deep_copy(list), *turned = json_array();
                json_array_append(twice, json_array_get(list, json_array_size(list) - 1));
                assert_value_refused(&all[i], members[k], twice);
                for (size_t n = json_array_size(list); n-- > 0;)
                    json_array_append(turned, json_array_get(list, n));
                if (json_array_size(list) > 1)
                    assert_value_refused(&all[i], members[k], turned);
                else
                    json_decref(turned);
                assert_value_refused(
                    &all[i], members[k],
                    json_pack("[s]", "0000000000000000000000000000000000000000000000000000000000"
                                     "000000"));
                tried++;
            }
            json_decref(object);
        }
    assert_true(tried > 8);
}

static void names_of_nothing_are_refused(void **state)
{
    static const char zero[] = "0000000000000000000000000000000000000000000000000000000000000000";
    static const char *const members[] = {"bytes", "sha256", "text", "instead_of"};
    size_t tried = 0;
    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < COUNT_OF(members); k++) {
            json_t *object = object_of(&all[i]);
            if (json_object_get(object, members[k])) {
                assert_value_refused(&all[i], members[k], json_string(zero));
                assert_value_refused(&all[i], members[k],
                                     json_string("AB00000000000000000000000000000000000000000000000"
                                                 "000000000000000"));
                tried++;
            }
            json_decref(object);
        }
    assert_true(tried > 10);
}

static void times_are_days_that_exist(void **state)
{
    static const struct {
        const char *at;
        bool good;
    } cases[] = {
        {"2026-11-21T07:40:00Z", true},
        {"0000-01-01T00:00:00Z", true},
        {"9999-12-31T23:59:59Z", true},
        {"2000-02-29T00:00:00Z", true},
        {"1900-02-29T00:00:00Z", false},
        {"2023-02-29T00:00:00Z", false},
        {"2026-13-01T00:00:00Z", false},
        {"2026-00-01T00:00:00Z", false},
        {"2026-04-31T00:00:00Z", false},
        {"2026-01-00T00:00:00Z", false},
        {"2026-01-01T24:00:00Z", false},
        {"2026-01-01T00:60:00Z", false},
        {"2026-01-01T00:00:60Z", false},
        {"2026-01-01t00:00:00Z", false},
        {"2026-01-01T00:00:00z", false},
        {"2026-01-01 00:00:00Z", false},
        {"2026-01-01T00:00:00", false},
        {"2026-01-01T00:00:00.0Z", false},
        {"2026-01-01", false},
        {"-026-01-01T00:00:00Z", false},
        {"2026-1--01T00:00:00Z", false},
        {"", false},
        {"2026-01-01T00:00:00Z ", false},
    };
    struct fault why;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if ((time_check(str_of(cases[i].at), &why) == OK) != cases[i].good)
            fail_msg("%s", cases[i].at);
}

static void altered_bytes_are_refused_or_another_object(void **state)
{
    struct random r = {41};
    size_t taken = 0;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        const struct golden *g = &all[random_below(&r, count)];
        char *bytes = mem_alloc(g->json.len + 8);
        memcpy(bytes, g->json.at, g->json.len);
        size_t len = random_mutate(&r, bytes, g->json.len, g->json.len + 8);
        char *exact = mem_alloc(len);
        memcpy(exact, bytes, len);
        struct str altered = {exact, len};
        json_t *object = NULL;
        enum object_kind kind;
        struct fault why;
        if (!str_equal(altered, g->json) && object_read(altered, &object, &kind, &why) == OK) {
            struct hash id = object_id(object), named = hash_of(altered);
            assert_true(hash_equal(&id, &named));
            if (kind == OBJECT_COMMIT)
                fail_msg("an altered commit is taken: %.*s", STR_ARG(altered));
            taken++;
        }
        json_decref(object);
        mem_free(exact);
        mem_free(bytes);
    }
    assert_true(taken > 100); /* else the edits would be too rough to say anything */
}

static void other_kinds_are_refused(void **state)
{
    static const char *const texts[] = {"{}",
                                        "[]",
                                        "null",
                                        "\"x\"",
                                        "{\"kind\":\"proposal\"}",
                                        "{\"kind\":1}",
                                        "{\"kind\":\"keys\"}",
                                        "{\"kind\":\"text\"}"};
    json_t *object;
    enum object_kind kind;
    struct fault why;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        assert_int_equal(object_read(str_of(texts[i]), &object, &kind, &why), REFUSED);
        assert_null(object);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_objects_have_their_ids),
        cmocka_unit_test(what_is_read_is_written_again),
        cmocka_unit_test(members_are_missed_unless_optional),
        cmocka_unit_test(members_that_nobody_knows_are_refused),
        cmocka_unit_test(members_of_another_type_are_refused),
        cmocka_unit_test(lists_are_sorted_without_doubles),
        cmocka_unit_test(names_of_nothing_are_refused),
        cmocka_unit_test(times_are_days_that_exist),
        cmocka_unit_test(altered_bytes_are_refused_or_another_object),
        cmocka_unit_test(other_kinds_are_refused),
    };
    return cmocka_run_group_tests_name("record objects", tests, read_golden, release_golden);
}
