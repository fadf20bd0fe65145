#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "publish/asset.h"
#include "publish/sheet_int.h"

#define ADDRESS "0123456789abcdef0123456789abcdef"

static void paths_lead_to_their_pages(void **state)
{
    static const struct {
        const char *path, *entry, *address; /* no entry: NULL */
    } cases[] = {
        {"/", "/", ""},
        {"/documents", "/documents", ""},
        {"/documents/" ADDRESS, "/documents/{id}", ADDRESS},
        {"/statements/" ADDRESS, "/statements/{id}", ADDRESS},
        {"/documents/", NULL, ""},
        {"/documents/" ADDRESS "/", NULL, ""},
        {"/documents/a/b", NULL, ""},
        {"/Documents", NULL, ""},
        {"/documents?after=1", NULL, ""},
        {"//documents", NULL, ""},
        {"/documents/..", "/documents/{id}", ".."},
        {"", NULL, ""},
        {"documents", NULL, ""},
        {"/{id}", NULL, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str address = STR("untouched");
        const struct page_entry *entry = page_find(str_of(cases[i].path), &address);
        if (!cases[i].entry) {
            assert_null(entry);
            continue;
        }
        assert_non_null(entry);
        assert_string_equal(entry->path, cases[i].entry);
        assert_true(str_equal(address, str_of(cases[i].address)));
    }
}

static void only_posts_decide(void **state)
{
    (void)state;
    for (const struct page_entry *e = page_table; e->path; e++)
        assert_true(!e->decides || e->verbs == PAGE_POST);
}

static void style_and_scripts_are_built_in(void **state)
{
    static const char *const paths[] = {"govah.css", "govah.js", "govah.svg", "vazirmatn.woff2",
                                        "htmx.min.js"};
    struct asset asset;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        assert_true(asset_find(str_of(paths[i]), &asset));
        assert_true(asset.bytes.len > 100);
    }
    assert_true(asset_find(STR("vazirmatn.woff2"), &asset));
    assert_true(str_starts(asset.bytes, STR("wOF2")));
    assert_false(asset_find(STR("../govah.css"), &asset));
    assert_false(asset_find(STR(""), &asset));
}

/* right-to-left pages mirror themselves: no property of a physical side stands in the style */
static void style_knows_no_left_and_right(void **state)
{
    static const char *const sides[] = {"-left:",           "-right:",          " left:",
                                        " right:",          "margin-top",       "padding-top",
                                        "text-align: left", "text-align: right"};
    struct asset asset;
    (void)state;
    assert_true(asset_find(STR("govah.css"), &asset));
    for (size_t i = 0; i < COUNT_OF(sides); i++)
        assert_int_equal(str_find(asset.bytes, str_of(sides[i]), 0), SIZE_MAX);
}

/* ---- edits ---- */

static struct statement figure(void)
{
    return (struct statement){.quote = {0, 5},
                              .form = FORM_FIGURE,
                              .figure = {.event = STR("killed"),
                                         .what = STR("people"),
                                         .low = 500,
                                         .high = 500,
                                         .bound = BOUND_EXACT}};
}

static enum outcome edit(struct statement *s, const struct field *fields, size_t count,
                         struct arena *arena, struct fault *why)
{
    struct page page = {.arena = arena, .fields = fields, .fields_count = count};
    return edit_form_read(&page, s, why);
}

static void one_number_is_enough_for_a_bound(void **state)
{
    static const struct {
        const char *bound, *low, *high;
        int64_t wanted_low, wanted_high;
    } cases[] = {
        {"exact", "527", "", 527, 527},           {"exact", "", "527", 527, 527},
        {"at_least", "527", "", 527, COUNT_NONE}, {"at_least", "500", "500", 500, COUNT_NONE},
        {"up_to", "527", "", COUNT_NONE, 527},    {"up_to", "", "527", COUNT_NONE, 527},
        {"range", "400", "527", 400, 527},        {"about", "۱٬۵۰۰", "", 1500, 1500},
        {"nearly", "1,500", "", 1500, 1500},      {"more_than", "٥٠٠", "", 500, COUNT_NONE},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct statement s = figure();
        struct fault why = {0};
        const struct field fields[] = {{STR("bound"), str_of(cases[i].bound)},
                                       {STR("low"), str_of(cases[i].low)},
                                       {STR("high"), str_of(cases[i].high)}};
        assert_int_equal(edit(&s, fields, 3, &arena, &why), OK);
        assert_int_equal(s.figure.low, cases[i].wanted_low);
        assert_int_equal(s.figure.high, cases[i].wanted_high);
        assert_int_equal(statement_check(&s, &why), OK);
    }
    arena_release(&arena);
}

static void what_is_no_count_is_refused(void **state)
{
    static const char *const cases[] = {"many", "-1", "5.5", "99999999999999999999"};
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct statement s = figure();
        struct fault why = {0};
        const struct field field = {STR("low"), str_of(cases[i])};
        assert_int_equal(edit(&s, &field, 1, &arena, &why), REFUSED);
        assert_non_null(strstr(why.text, "is not a count"));
    }
    arena_release(&arena);
}

static void fields_that_are_not_there_stay(void **state)
{
    struct arena arena;
    struct statement s = figure();
    struct fault why = {0};
    const struct field fields[] = {{STR("source"), STR("  A monitor = two  ")},
                                   {STR("person"), STR("nobody")}};
    (void)state;
    arena_init(&arena);
    s.figure.place = STR("here");
    assert_int_equal(edit(&s, fields, 2, &arena, &why), OK);
    assert_true(str_equal(s.figure.source, STR("A monitor = two")));
    assert_true(str_equal(s.figure.place, STR("here")));
    assert_int_equal(s.figure.low, 500);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_lead_to_their_pages),
        cmocka_unit_test(only_posts_decide),
        cmocka_unit_test(style_and_scripts_are_built_in),
        cmocka_unit_test(style_knows_no_left_and_right),
        cmocka_unit_test(one_number_is_enough_for_a_bound),
        cmocka_unit_test(what_is_no_count_is_refused),
        cmocka_unit_test(fields_that_are_not_there_stay),
    };
    return cmocka_run_group_tests_name("publish page", tests, NULL, NULL);
}
