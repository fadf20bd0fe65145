#include "store/lists.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "fixture.h"
#include "store/page.h"

static struct list_field held[] = {{{"state", 5}, {"held", 4}}, {{"group", 5}, {"journalist", 10}}};

static enum outcome keep(struct archive *a, const char *name, struct fault *why)
{
    struct kept_list list = {str_of(name), held, COUNT_OF(held)};
    return archive_list_keep(a, &list, why);
}

static void a_list_keeps_its_question(void **state)
{
    struct arena arena;
    struct kept_list list, *all;
    size_t count;
    uint64_t before, after;
    (void)state;
    arena_init(&arena);
    struct archive *a = fixture_make("lists", NULL);
    assert_int_equal(archive_lists(a, &arena, &all, &count, NULL), OK);
    assert_int_equal(count, 0);
    assert_int_equal(archive_generation(a, &before, NULL), OK);
    assert_int_equal(keep(a, " Journalists held ", NULL), OK);
    assert_int_equal(keep(a, "زندانیان", NULL), OK);
    assert_int_equal(archive_generation(a, &after, NULL), OK);
    assert_true(before != after);
    assert_int_equal(archive_rebuild(a, NULL, NULL, NULL), OK);
    archive_close(a);
    a = fixture_open("lists", ARCHIVE_READ);
    assert_int_equal(archive_list(a, STR("journalists HELD"), &arena, &list, NULL), OK);
    assert_true(str_equal(list.name, STR("Journalists held")));
    assert_int_equal(list.count, 2);
    for (size_t i = 0; i < list.count; i++) {
        bool group = str_equal(list.fields[i].name, STR("group"));
        assert_true(str_equal(list.fields[i].value, group ? STR("journalist") : STR("held")));
    }
    archive_close(a);
    arena_release(&arena);
}

static void bad_names_are_refused(void **state)
{
    static const char *const bad[][2] = {
        {"", "needs a name"},
        {"  ", "needs a name"},
        {"two\nlines", "one line"},
        {"\xff", "one line"},
        {"JOURNALISTS held", "called \"Journalists held\" already"}};
    struct fault why;
    char long_name[LIST_NAME_LIMIT + 2] = "";
    (void)state;
    struct archive *a = fixture_open("lists", ARCHIVE_WRITE);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(keep(a, bad[i][0], &why), REFUSED);
        if (!strstr(why.text, bad[i][1]))
            fail_msg("\"%s\"", why.text);
    }
    memset(long_name, 'a', LIST_NAME_LIMIT + 1);
    assert_int_equal(keep(a, long_name, &why), REFUSED);
    struct kept_list nothing = {STR("nothing"), NULL, 0};
    assert_int_equal(archive_list_keep(a, &nothing, &why), REFUSED);
    archive_close(a);
}

static void what_is_forgotten_is_gone(void **state)
{
    struct arena arena;
    struct kept_list *all;
    struct fault why;
    size_t count;
    (void)state;
    arena_init(&arena);
    struct archive *a = fixture_open("lists", ARCHIVE_WRITE);
    assert_int_equal(archive_list_forget(a, STR("nobody"), &why), NOT_FOUND);
    assert_non_null(strstr(why.text, "there are \"Journalists held\""));
    assert_int_equal(archive_list_forget(a, STR("Journalists held"), NULL), OK);
    assert_int_equal(archive_lists(a, &arena, &all, &count, NULL), OK);
    assert_int_equal(count, 1);
    assert_true(str_equal(all[0].name, STR("زندانیان")));
    assert_int_equal(archive_list_forget(a, all[0].name, NULL), OK);
    assert_int_equal(keep(a, "Journalists held", NULL), OK);
    archive_close(a);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_keeps_its_question),
        cmocka_unit_test(bad_names_are_refused),
        cmocka_unit_test(what_is_forgotten_is_gone),
    };
    return cmocka_run_group_tests_name("lists", tests, fixture_begin, fixture_end);
}
