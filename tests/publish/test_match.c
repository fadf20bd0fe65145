#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../store/fixture.h"
#include "shown.h"
#include "account/shelf.h"
#include "publish/page_int.h"
#include "store/page.h"
#include "store/pairs.h"

/* The pages on which it is decided who is whom, and the list of people beside them. */

static struct page_site site;
static struct arena arena;
static struct archive *archive;

enum { DOCUMENTS = 4, FIELDS_LIMIT = 4 };

/* Each document names somebody who was arrested on that day, in the first words of its text. */
static const struct {
    const char *name, *text, *date, *died;
} documents[DOCUMENTS] = {
    {"Nasreen Marzbani", "Nasreen Marzbani <b>was taken.", "2020-10-16", ""},
    {"Nasrin Marzbani", "Nasrin Marzbani was arrested.", "2020-10-16", ""},
    {"Kaveh Tolouei", "Kaveh Tolouei was arrested.", "2019-01-02", "2021-03-01"},
    {"Kaveh Toloui", "Kaveh Toloui was arrested.", "2019-01-02", "2021-04-01"},
};

static void put(const struct statement *s)
{
    struct hash id = statement_id(s);
    struct decision decision = {.verdict = VERDICT_ACCEPT, .about = {&id, 1}};
    json_t *objects[] = {statement_to_json(s), decision_to_json(&decision)};
    fixture_put(archive, objects, COUNT_OF(objects));
}

static void add_document(size_t i)
{
    char digits[HASH_DIGITS + 1];
    struct document_view view;
    struct document_facts facts = {.title = arena_print(&arena, "Report <i>%zu", i),
                                   .publisher = STR("A monitor"),
                                   .published = STR("2022-01-01")};
    struct hash document = fixture_add(archive, str_of(documents[i].text), &facts, NULL);
    hash_write(&document, digits);
    assert_int_equal(archive_document(archive, str_of(digits), &arena, &view, NULL), OK);
    struct statement s = {.text = view.text,
                          .quote = {0, strlen(documents[i].text)},
                          .form = FORM_LIFE_EVENT,
                          .life_event = {.person = str_of(documents[i].name),
                                         .person_at = {0, strlen(documents[i].name)},
                                         .event = STR("arrested"),
                                         .date = str_of(documents[i].date)}};
    put(&s);
    if (!*documents[i].died)
        return;
    s.life_event.event = STR("died");
    s.life_event.date = str_of(documents[i].died);
    put(&s);
}

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
    archive = fixture_make("matches", NULL);
    for (size_t i = 0; i < DOCUMENTS; i++)
        add_document(i);
    return 0;
}

static int end(void **state)
{
    archive_close(archive);
    account_shelf_free(site.accounts);
    arena_release(&arena);
    languages_free((struct languages *)(uintptr_t)site.languages);
    reader_free((struct reader *)(uintptr_t)site.reader);
    return fixture_end(state);
}

static struct shown show(struct str address)
{
    const struct asking asking = {&site, archive, &arena, NULL, false};
    return shown_at(&asking, address);
}

static struct shown decide_on(struct str pair, const char *verdict, const char *why)
{
    return show(arena_print(&arena, "/matches/decide?pair=%.*s&verdict=%s&why=%s", STR_ARG(pair),
                            verdict, why));
}

static size_t times(struct shown shown, const char *part)
{
    size_t found = 0, at = 0;
    for (; (at = str_find(shown.html, str_of(part), at)) != SIZE_MAX; at += strlen(part))
        found++;
    return found;
}

static void says(struct shown shown, const char *part)
{
    if (!times(shown, part))
        fail_msg("the page does not say \"%s\":\n%.*s", part, STR_ARG(shown.html));
}

/* the address of a pair that waits: the likelier one first */
static struct str pair_at(size_t place)
{
    static const char before[] = "<a class=\"title\" href=\"/matches/";
    struct shown list = show(STR("/matches"));
    size_t at = 0;
    assert_int_equal(list.status, 200);
    assert_int_equal(times(list, before), 2);
    for (size_t i = 0; i <= place; i++)
        at = str_find(list.html, str_of(before), at) + strlen(before);
    return str_slice(list.html, at, at + ADDRESS_DIGITS);
}

static struct shown pair_page(struct str pair)
{
    return show(arena_print(&arena, "/matches/%.*s", STR_ARG(pair)));
}

static size_t rows_of_people(void)
{
    return times(show(STR("/people")), "<a class=\"title\"");
}

static void a_pair_is_shown_with_its_reasons(void **state)
{
    (void)state;
    struct shown page = pair_page(pair_at(0));
    assert_int_equal(page.status, 200);
    says(page, "Nasreen Marzbani</mark><mark class=\"accepted\"> &lt;b&gt;was taken.");
    says(page, "<mark class=\"accepted named\">Nasrin Marzbani</mark>");
    says(page, "Report &lt;i&gt;0");
    says(page, "probably the same");
    says(page, "<th scope=\"row\">arrested</th>");
    says(page, "<th scope=\"row\">family name</th><td><bdi>");
    says(page, "If they were one person");
    assert_int_equal(times(page, "What cannot both be true of one person"), 0);
    says(page, "name=\"token\" value=\"a-token\"");
    assert_int_equal(times(page, "<b>was"), 0);
    assert_int_equal(times(page, "<i>0"), 0);
    assert_int_equal(times(page, " style="), 0);
    says(page, "<title>One person, or two? · Govah</title>");
}

static void what_cannot_both_be_stands_side_by_side(void **state)
{
    (void)state;
    struct shown page = pair_page(pair_at(1));
    says(page, "perhaps the same");
    says(page, "What cannot both be true of one person");
    says(page, "1 March 2021");
    says(page, "1 April 2021");
}

static void a_decision_joins_two_rows_and_undo_parts_them(void **state)
{
    (void)state;
    struct str pair = pair_at(0), other = pair_at(1);
    assert_int_equal(rows_of_people(), 4);
    says(show(STR("/people")), "probably also");
    struct shown answer = decide_on(pair, "same", "one <b>day");
    assert_int_equal(answer.status, 303);
    assert_true(
        str_starts(answer.location, arena_print(&arena, "/matches/%.*s?done=", STR_ARG(other))));
    says(show(answer.location), "are one person");
    assert_int_equal(rows_of_people(), 3);
    assert_int_equal(times(show(STR("/people")), "probably also"), 0);
    says(show(STR("/people")), "also written");
    struct shown page = pair_page(pair);
    says(page, "one &lt;b&gt;day");
    says(page, "The case of this one person");
    assert_int_equal(times(page, "<textarea"), 0);
    answer = decide_on(pair, "retract", "");
    assert_int_equal(answer.status, 303);
    says(show(answer.location), "wait again");
    assert_int_equal(rows_of_people(), 4);
    assert_true(str_equal(pair_at(0), pair));
}

static void what_rules_after_an_undo_is_said(void **state)
{
    (void)state;
    struct str pair = pair_at(0);
    assert_int_equal(decide_on(pair, "same", "one day").status, 303);
    assert_int_equal(decide_on(pair, "different", "namesakes").status, 303);
    struct shown page = show(decide_on(pair, "retract", "").location);
    says(page, "Taken back, but an earlier decision rules again");
    says(page, "are one person");
    says(page, "decided by");
    says(page, "one day");
    assert_int_equal(times(page, "wait again"), 0);
    assert_int_equal(rows_of_people(), 3);
    page = show(decide_on(pair, "retract", "").location);
    says(page, "wait again");
    assert_int_equal(times(page, "rules again"), 0);
    assert_int_equal(rows_of_people(), 4);
}

static void two_that_differ_are_never_asked_again(void **state)
{
    (void)state;
    struct str pair = pair_at(0);
    assert_int_equal(decide_on(pair, "different", "namesakes").status, 303);
    says(show(STR("/matches")), "1 pair waits");
    says(show(STR("/matches?kind=decided")), "not one person");
    assert_int_equal(rows_of_people(), 4);
    assert_int_equal(times(show(STR("/people")), "probably also"), 0);
    assert_int_equal(decide_on(pair, "retract", "").status, 303);
}

static void what_makes_no_decision_is_refused(void **state)
{
    (void)state;
    struct str pair = pair_at(0);
    struct shown answer = decide_on(pair, "same", " \n");
    assert_int_equal(answer.status, 303);
    says(show(answer.location), "needs a reason");
    assert_int_equal(decide_on(pair, "accept", "why").status, 422);
    assert_int_equal(decide_on(pair, "retract", "").status, 422);
    assert_int_equal(decide_on(STR("ffffffffffffffffffffffffffffffff"), "same", "why").status, 404);
    assert_int_equal(decide_on(STR("x"), "same", "why").status, 404);
    assert_int_equal(pair_page(STR("ffffffffffffffffffffffffffffffff")).status, 404);
    assert_int_equal(rows_of_people(), 4);
}

/* The last one: the others make what they show each time. */
static void a_shelf_changes_no_page(void **state)
{
    (void)state;
    struct str pair = pair_at(0);
    struct shown before[] = {show(STR("/matches")), pair_page(pair), show(STR("/people")),
                             show(STR("/"))};
    site.accounts = account_shelf_new();
    struct shown after[] = {show(STR("/matches")), pair_page(pair), show(STR("/people")),
                            show(STR("/"))};
    for (size_t i = 0; i < COUNT_OF(before); i++)
        assert_true(str_equal(before[i].html, after[i].html));
    a_decision_joins_two_rows_and_undo_parts_them(state);
    two_that_differ_are_never_asked_again(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_is_shown_with_its_reasons),
        cmocka_unit_test(what_cannot_both_be_stands_side_by_side),
        cmocka_unit_test(a_decision_joins_two_rows_and_undo_parts_them),
        cmocka_unit_test(what_rules_after_an_undo_is_said),
        cmocka_unit_test(two_that_differ_are_never_asked_again),
        cmocka_unit_test(what_makes_no_decision_is_refused),
        cmocka_unit_test(a_shelf_changes_no_page),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
