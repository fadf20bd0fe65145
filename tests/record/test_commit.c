#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/commit.h"

static const char context[] = "govah commit 1";
static struct signing_key key, other;

static int make_keys(void **state)
{
    (void)state;
    seal_start();
    signing_key_new(&key);
    signing_key_new(&other);
    return 0;
}

static json_t *a_commit(void)
{
    struct hash holds[2] = {hash_of(STR("a")), hash_of(STR("b"))}, parent = hash_of(STR("p"));
    struct commit c = {.at = STR("2026-11-21T07:40:00Z"),
                       .note = STR("a note"),
                       .parents = {&parent, 1},
                       .holds = {holds, 2}};
    hash_list_sort(&c.holds);
    return commit_sign(&c, &key);
}

static enum outcome check(const json_t *object)
{
    struct arena arena;
    struct commit c;
    struct fault why;
    arena_init(&arena);
    enum outcome result = commit_of_json(object, &arena, &c, &why);
    arena_release(&arena);
    return result;
}

static void a_commit_shows_its_author(void **state)
{
    struct arena arena;
    struct commit c;
    struct fault why;
    json_t *object = a_commit();
    (void)state;
    arena_init(&arena);
    assert_int_equal(commit_of_json(object, &arena, &c, &why), OK);
    assert_true(public_key_equal(&c.author, &key.public_key));
    assert_int_equal(c.holds.count, 2);
    assert_int_equal(c.parents.count, 1);
    assert_true(str_equal(c.note, STR("a note")));
    arena_release(&arena);
    json_decref(object);
}

static void flip_digit(json_t *object, const char *member, size_t at)
{
    struct str digits = json_text(object, member);
    char *copy = str_dup(digits);
    copy[at] = copy[at] == '0' ? '1' : '0';
    json_put(object, member, str_of(copy));
    mem_free(copy);
}

static void no_digit_of_it_can_be_changed(void **state)
{
    static const struct {
        const char *member;
        size_t digits;
    } members[] = {{"signature", 128}, {"author", 64}};
    (void)state;
    for (size_t m = 0; m < COUNT_OF(members); m++)
        for (size_t i = 0; i < members[m].digits; i++) {
            json_t *object = a_commit();
            flip_digit(object, members[m].member, i);
            assert_int_equal(check(object), REFUSED);
            json_decref(object);
        }
}

static void no_member_can_be_changed(void **state)
{
    static const char *const members[] = {"at", "note", "parents", "holds"};
    (void)state;
    for (size_t m = 0; m < COUNT_OF(members); m++) {
        json_t *object = a_commit();
        struct hash another = hash_of(STR("c"));
        struct hash_list list = {&another, 1};
        if (m == 0)
            json_put(object, "at", STR("2026-11-21T07:40:01Z"));
        else if (m == 1)
            json_put(object, "note", STR("a note."));
        else
            json_put_hashes(object, members[m], &list);
        assert_int_equal(check(object), REFUSED);
        object_sign(object, context, &key);
        assert_int_equal(check(object), OK);
        json_decref(object);
        object = a_commit();
        if (m == 1 || m == 2) {
            json_object_del(object, members[m]);
            assert_int_equal(check(object), REFUSED);
        }
        json_decref(object);
    }
}

static void a_signature_for_something_else_is_refused(void **state)
{
    json_t *object = a_commit();
    (void)state;
    object_sign(object, "govah export 1", &key);
    assert_int_equal(check(object), REFUSED);
    object_sign(object, context, &other);
    assert_int_equal(check(object), OK); /* theirs now, and it says so */
    json_put_public_key(object, "author", &key.public_key);
    assert_int_equal(check(object), REFUSED);
    json_decref(object);
}

static void other_objects_are_signed_the_same_way(void **state)
{
    struct public_key author;
    struct fault why;
    json_t *object = json_object();
    (void)state;
    json_put(object, "kind", STR("head"));
    assert_int_equal(object_verify(object, "head", &author, &why), REFUSED);
    object_sign(object, "head", &key);
    assert_int_equal(object_verify(object, "head", &author, &why), OK);
    assert_true(public_key_equal(&author, &key.public_key));
    assert_int_equal(object_verify(object, "tail", &author, &why), REFUSED);
    json_put_int(object, "commits", 3);
    assert_int_equal(object_verify(object, "head", &author, &why), REFUSED);
    object_sign(object, "head", &key);
    assert_int_equal(object_verify(object, "head", &author, &why), OK);
    json_object_del(object, "commits");
    assert_int_equal(object_verify(object, "head", &author, &why), REFUSED);
    json_decref(object);
}

static void lists_of_hashes_are_sorted(void **state)
{
    struct hash hashes[] = {hash_of(STR("c")), hash_of(STR("a")), hash_of(STR("b")),
                            hash_of(STR("a")), hash_of(STR("c"))};
    struct hash_list list = {hashes, COUNT_OF(hashes)}, empty = {0};
    (void)state;
    hash_list_sort(&list);
    hash_list_sort(&empty);
    assert_int_equal(list.count, 3);
    for (size_t i = 1; i < list.count; i++)
        assert_true(hash_compare(&list.at[i - 1], &list.at[i]) < 0);
    struct hash there = hash_of(STR("b")), absent = hash_of(STR("d"));
    assert_true(hash_list_has(&list, &there));
    assert_false(hash_list_has(&list, &absent));
    assert_false(hash_list_has(&empty, &there));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commit_shows_its_author),
        cmocka_unit_test(no_digit_of_it_can_be_changed),
        cmocka_unit_test(no_member_can_be_changed),
        cmocka_unit_test(a_signature_for_something_else_is_refused),
        cmocka_unit_test(other_objects_are_signed_the_same_way),
        cmocka_unit_test(lists_of_hashes_are_sorted),
    };
    return cmocka_run_group_tests_name("record commit", tests, make_keys, NULL);
}
