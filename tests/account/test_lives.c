#include "account/lives.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "text/edtf.h"
#include "views.h"

struct life_case {
    const char *publisher, *person, *event, *date, *place;
    enum view_state state;
};

static const struct life_case cases[] = {
    {"Evening Paper", "Mehran Norouzi", "arrested", "2022-05-03", "Tehran", VIEW_ACCEPTED},
    {"Evening Paper", "MEHRAN NOROUZI", "arrested", "2022-05", "", VIEW_ACCEPTED},
    {"evening paper (restated)", "Sara \"S\" Karimi", "arrested", "", "Evin, Tehran",
     VIEW_ACCEPTED},
    {"Morning Paper", "Mehran Norouzi", "arrested", "2022", "Shiraz", VIEW_ACCEPTED},
    {"", "Mehran Norouzi", "arrested", "2022-05-03", "Tehran", VIEW_ACCEPTED},
    {"Weekly Paper", "Mehran Norouzi", "arrested", "2023-01-01", "Tehran", VIEW_PROPOSED},
    {"Weekly Paper", "Mehran Norouzi", "killed", "2022-05-03", "Tehran", VIEW_ACCEPTED},
};

static struct statement_view *views(struct arena *arena)
{
    struct statement_view *all = arena_alloc(arena, COUNT_OF(cases) * sizeof *all);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct life_event *e = &all[i].statement.life_event;
        all[i].state = cases[i].state;
        all[i].document_publisher = str_of(cases[i].publisher);
        all[i].statement.form = FORM_LIFE_EVENT;
        e->person = str_of(cases[i].person);
        e->event = str_of(cases[i].event);
        e->date = str_of(cases[i].date);
        e->place = str_of(cases[i].place);
    }
    return all;
}

static const struct lives_question arrests = {
    .event = {"arrested", 8}, .since = INT64_MIN, .until = INT64_MAX};

static void asks(struct lives_question q, size_t most, const char *wanted, size_t statements)
{
    struct arena arena;
    struct lives_table table;
    arena_init(&arena);
    lives_table(views(&arena), COUNT_OF(cases), &q, most, &arena, &table);
    assert_string_equal(arena_copy(&arena, table.csv).at, wanted);
    assert_int_equal(table.statements, statements);
    arena_release(&arena);
}

static void sources_become_lists(void **state)
{
    (void)state;
    asks(arrests, 10,
         "list,person\n\"Evening Paper\",\"mehran norouzi\"\n"
         "\"Evening Paper\",\"sara \"\"s\"\" karimi\"\n\"Morning Paper\",\"mehran norouzi\"\n",
         4);
    asks(arrests, 1,
         "list,person\n\"Evening Paper\",\"mehran norouzi\"\n"
         "\"Evening Paper\",\"sara \"\"s\"\" karimi\"\n",
         4);
}

static void what_is_left_out_is_counted(void **state)
{
    struct arena arena;
    struct lives_table table;
    (void)state;
    arena_init(&arena);
    lives_table(views(&arena), COUNT_OF(cases), &arrests, 1, &arena, &table);
    assert_int_equal(table.sources, 1);
    assert_int_equal(table.others, 1);
    assert_int_equal(table.without_source, 1);
    arena_release(&arena);
}

static void a_question_narrows(void **state)
{
    struct lives_question q = arrests;
    struct fault why;
    int64_t other;
    (void)state;
    q.place = STR("TEHRAN");
    asks(q, 10,
         "list,person\n\"Evening Paper\",\"mehran norouzi\"\n"
         "\"Evening Paper\",\"sara \"\"s\"\" karimi\"\n",
         2);
    q = arrests;
    q.dated = true;
    assert_int_equal(edtf_range(STR("2023"), &q.since, &other, &why), OK);
    asks(q, 10, "list,person\n", 0);
    q.proposed = true;
    asks(q, 10, "list,person\n\"Weekly Paper\",\"mehran norouzi\"\n", 1);
}

static void events_are_each_said_once(void **state)
{
    struct arena arena;
    struct str *events;
    size_t count;
    (void)state;
    arena_init(&arena);
    lives_events(views(&arena), COUNT_OF(cases), &arena, &events, &count);
    assert_int_equal(count, 2);
    assert_true(str_equal(events[0], STR("arrested")));
    assert_true(str_equal(events[1], STR("killed")));
    lives_events(NULL, 0, &arena, &events, &count);
    assert_int_equal(count, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_become_lists),
        cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(a_question_narrows),
        cmocka_unit_test(events_are_each_said_once),
    };
    return cmocka_run_group_tests_name("lives", tests, NULL, NULL);
}
