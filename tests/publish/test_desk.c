#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../store/fixture.h"
#include "shown.h"
#include "publish/part_int.h"

/* The pages that decide, and what they show before and after. */

static struct page_site site;
static struct arena arena;

static int begin(void **state)
{
    struct reader *reader;
    struct languages *languages;
    if (fixture_begin(state) || reader_new(&reader, NULL) != OK ||
        languages_new(&languages, NULL) != OK)
        return -1;
    site =
        (struct page_site){.reader = reader, .languages = languages, .form_token = STR("a-token")};
    address_key_make(&site.addresses);
    arena_init(&arena);
    return 0;
}

static int end(void **state)
{
    arena_release(&arena);
    languages_free((struct languages *)(uintptr_t)site.languages);
    reader_free((struct reader *)(uintptr_t)site.reader);
    return fixture_end(state);
}

static struct shown show(struct archive *a, struct str path, const struct field *fields,
                         size_t count, bool partial)
{
    const struct asking asking = {&site, a, &arena, NULL, partial};
    return shown_page(&asking, path, fields, count);
}

static struct str path_of(const char *before, const struct hash *id)
{
    struct page page = {.site = &site, .arena = &arena};
    return page_link(&page, before, id);
}

static bool says(struct shown shown, const char *part)
{
    return str_find(shown.html, str_of(part), 0) != SIZE_MAX;
}

static struct field field_of(const char *name, struct str value)
{
    return (struct field){str_of(name), value};
}

static struct shown decide_on(struct archive *a, const struct statement_view *s,
                              const char *verdict, bool partial)
{
    struct field fields[] = {field_of("about", path_of("", &s->id)),
                             field_of("verdict", str_of(verdict)),
                             field_of("why", STR(" it <b>says</b> so "))};
    return show(a, STR("/decide"), fields, 3, partial);
}

static void a_document_is_shown_as_it_is(void **state)
{
    struct archive *a = fixture_make("shown", NULL);
    struct document_facts facts = {.title = STR("<script>alert(1)</script>"),
                                   .publisher = STR("\"><img src=x>"),
                                   .url = STR("javascript:alert(1)"),
                                   .lang = STR("\"fa")};
    struct hash id = fixture_add(a, STR("At least 527 <b>killed</b> & 'others'.\n"), &facts, NULL);
    struct shown page = show(a, path_of("/documents/", &id), NULL, 0, false);
    (void)state;
    assert_int_equal(page.status, 200);
    assert_true(says(page, "At least 527 &lt;b&gt;killed&lt;/b&gt; &amp; &#39;others&#39;."));
    assert_true(says(page, "<mark class=\"proposed\" data-number=\"1\">"));
    assert_false(says(page, "<script>alert"));
    assert_false(says(page, "<img"));
    assert_false(says(page, "<b>killed"));
    assert_false(says(page, "href=\"javascript"));
    assert_false(says(page, " style="));
    assert_true(says(page, "<title>Document · Govah</title>"));
    assert_int_equal(show(a, STR("/"), NULL, 0, false).status, 200);
    assert_int_equal(show(a, STR("/documents"), NULL, 0, false).status, 200);
    archive_close(a);
}

static void a_decision_swaps_its_sentence(void **state)
{
    struct archive *a = fixture_make("decided", NULL);
    struct hash id =
        fixture_add(a, STR("There were 12 people.\nThere were 30 more.\n"), NULL, NULL);
    struct statement_view s = fixture_statement(a, &id, 0, &arena);
    struct shown part = decide_on(a, &s, "accept", true);
    (void)state;
    assert_int_equal(part.status, 200);
    assert_true(str_starts(part.html, STR("<div class=\"passage")));
    assert_true(says(part, "class=\"statement accepted\""));
    assert_true(says(part, "data-said=\"Accepted.\""));
    assert_true(says(part, "it &lt;b&gt;says&lt;/b&gt; so"));
    assert_false(says(part, "There were 30 more"));
    assert_int_equal(fixture_statement(a, &id, 0, &arena).state, VIEW_ACCEPTED);
    part = decide_on(a, &s, "retract", true);
    assert_true(says(part, "class=\"statement proposed\""));
    assert_true(says(part, "no longer in force"));
    assert_int_equal(fixture_statement(a, &id, 0, &arena).state, VIEW_PROPOSED);
    archive_close(a);
}

static void without_a_script_it_comes_back_to_the_sentence(void **state)
{
    struct archive *a = fixture_make("back", NULL);
    struct hash id = fixture_add(a, STR("There were 12 people.\n"), NULL, NULL);
    struct statement_view s = fixture_statement(a, &id, 0, &arena);
    struct shown answer = decide_on(a, &s, "reject", false);
    struct page page = {.site = &site, .arena = &arena};
    (void)state;
    assert_int_equal(answer.status, 303);
    assert_int_equal(answer.html.len, 0);
    assert_true(str_equal(answer.location, part_place(&page, &id, &s.id)));
    struct str anchor = part_anchor(&page, &s.id);
    assert_true(says(show(a, path_of("/documents/", &id), NULL, 0, false),
                     arena_print(&arena, "id=\"%.*s\"", STR_ARG(anchor)).at));
    assert_int_equal(fixture_statement(a, &id, 0, &arena).state, VIEW_REJECTED);
    archive_close(a);
}

static void what_names_nothing_is_refused(void **state)
{
    struct archive *a = fixture_make("refused", NULL);
    struct hash id = fixture_add(a, STR("There were 12 people.\n"), NULL, NULL), none = {{1}};
    struct statement_view s = fixture_statement(a, &id, 0, &arena);
    struct field fields[] = {field_of("about", path_of("", &s.id)),
                             field_of("verdict", STR("member"))};
    (void)state;
    assert_int_equal(show(a, STR("/decide"), fields, 2, false).status, 422);
    assert_int_equal(show(a, STR("/decide"), fields + 1, 1, false).status, 422);
    assert_int_equal(decide_on(a, &s, "retract", false).status, 422);
    s.id = none;
    assert_int_equal(decide_on(a, &s, "accept", false).status, 404);
    assert_int_equal(show(a, path_of("/documents/", &none), NULL, 0, false).status, 404);
    assert_int_equal(show(a, path_of("/statements/", &none), NULL, 0, false).status, 404);
    fields[0].value = STR("not an address");
    assert_int_equal(show(a, STR("/decide"), fields, 2, true).status, 404);
    assert_int_equal(fixture_state(a).accepted + fixture_state(a).rejected, 0);
    archive_close(a);
}

static void an_edit_rejects_and_accepts(void **state)
{
    struct archive *a = fixture_make("edited", NULL);
    struct hash id = fixture_add(a, STR("There were 12 people.\n"), NULL, NULL);
    struct statement_view s = fixture_statement(a, &id, 0, &arena);
    struct str about = path_of("", &s.id);
    struct field ask = field_of("edit", about);
    struct field fields[] = {field_of("about", about), field_of("bound", STR("at_least")),
                             field_of("low", STR("12 dozen")), field_of("place", STR("<here>")),
                             field_of("high", STR_NONE)};
    (void)state;
    struct shown form = show(a, path_of("/documents/", &id), &ask, 1, true);
    assert_true(says(form, "<form class=\"edit\"") && says(form, "value=\"12\""));
    struct shown refused = show(a, STR("/edit"), fields, 5, true);
    assert_int_equal(refused.status, 422);
    assert_true(says(refused, "is not a count") && says(refused, "value=\"12 dozen\""));
    assert_true(says(refused, "value=\"&lt;here&gt;\""));
    refused = show(a, STR("/edit"), fields, 5, false);
    assert_int_equal(refused.status, 422);
    assert_true(says(refused, "<!DOCTYPE html>") && says(refused, "value=\"12 dozen\""));
    assert_int_equal(fixture_state(a).accepted, 0);
    fields[2].value = STR("۱۴۴");
    struct shown kept = show(a, STR("/edit"), fields, 5, true);
    assert_int_equal(kept.status, 200);
    assert_true(says(kept, "≥ 144") && says(kept, "class=\"statement rejected\"") &&
                says(kept, "accepted as an edit by"));
    assert_int_equal(fixture_state(a).accepted, 1);
    assert_int_equal(fixture_state(a).rejected, 1);
    archive_close(a);
}

static void an_edit_is_taken_back_from_either_side(void **state)
{
    struct archive *a = fixture_make("undone", NULL);
    struct hash id = fixture_add(a, STR("There were 12 people.\n"), NULL, NULL);
    struct statement_view before = fixture_statement(a, &id, 0, &arena);
    struct field fields[] = {field_of("about", path_of("", &before.id)),
                             field_of("low", STR("144")), field_of("high", STR("144"))};
    (void)state;
    for (int side = 0; side < 2; side++) {
        assert_int_equal(show(a, STR("/edit"), fields, 3, true).status, 200);
        struct statement_view after = fixture_statement(a, &id, 0, &arena);
        if (hash_equal(&after.id, &before.id))
            after = fixture_statement(a, &id, 1, &arena);
        assert_int_equal(after.state, VIEW_ACCEPTED);
        struct shown part = decide_on(a, side ? &after : &before, "retract", true);
        assert_int_equal(part.status, 200);
        assert_true(says(part, "class=\"statement proposed\""));
        assert_true(says(part, "class=\"statement rejected\""));
        assert_int_equal(fixture_state(a).accepted, 0);
        assert_int_equal(fixture_state(a).proposed, 1);
        assert_int_equal(fixture_state(a).rejected, 1);
    }
    archive_close(a);
}

static void the_next_is_the_first_that_waits(void **state)
{
    struct archive *a = fixture_make("next", NULL);
    struct page page = {.site = &site, .arena = &arena};
    (void)state;
    assert_true(str_equal(show(a, STR("/next"), NULL, 0, false).location, STR("/documents")));
    assert_true(says(show(a, STR("/"), NULL, 0, false), "govah add"));
    struct hash first = fixture_add(a, STR("There were 12.\nThere were 30.\n"), NULL, NULL);
    struct hash last = fixture_add(a, STR("There were 7.\n"), NULL, NULL);
    struct statement_view seven = fixture_statement(a, &last, 0, &arena);
    struct statement_view twelve = fixture_statement(a, &first, 0, &arena);
    struct statement_view thirty = fixture_statement(a, &first, 1, &arena);
    assert_true(str_equal(show(a, STR("/next"), NULL, 0, false).location,
                          part_place(&page, &last, &seven.id)));
    struct field after = field_of("after", path_of("", &last));
    assert_true(str_equal(show(a, STR("/next"), &after, 1, false).location,
                          part_place(&page, &first, &twelve.id)));
    decide_on(a, &twelve, "accept", false);
    assert_true(str_equal(show(a, STR("/next"), &after, 1, false).location,
                          part_place(&page, &first, &thirty.id)));
    after.value = path_of("", &first);
    assert_true(str_equal(show(a, STR("/next"), &after, 1, false).location,
                          part_place(&page, &last, &seven.id)));
    archive_close(a);
}

static void a_statement_leads_back_to_its_file(void **state)
{
    struct archive *a = fixture_make("traced", NULL);
    struct hash id = fixture_add(a, STR("There were 12 people.\n"), NULL, NULL);
    struct statement_view s = fixture_statement(a, &id, 0, &arena);
    char digits[HASH_DIGITS + 1];
    (void)state;
    decide_on(a, &s, "accept", false);
    struct shown page = show(a, path_of("/statements/", &s.id), NULL, 0, false);
    assert_int_equal(page.status, 200);
    hash_write(&id, digits);
    assert_true(says(page, digits));
    hash_write(&s.id, digits);
    assert_true(says(page, digits));
    assert_true(says(page, "<mark class=\"accepted\">There were 12 people.</mark>"));
    assert_true(says(page, "accepted by <bdi>Owner</bdi>"));
    assert_false(says(page, "class=\"broken\""));
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_shown_as_it_is),
        cmocka_unit_test(a_decision_swaps_its_sentence),
        cmocka_unit_test(without_a_script_it_comes_back_to_the_sentence),
        cmocka_unit_test(what_names_nothing_is_refused),
        cmocka_unit_test(an_edit_rejects_and_accepts),
        cmocka_unit_test(an_edit_is_taken_back_from_either_side),
        cmocka_unit_test(the_next_is_the_first_that_waits),
        cmocka_unit_test(a_statement_leads_back_to_its_file),
    };
    return cmocka_run_group_tests_name("publish desk", tests, begin, end);
}
