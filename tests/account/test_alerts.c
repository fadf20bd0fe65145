#include "account/alerts.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "life_rows.h"

static const struct {
    struct life_row told[LIFE_ROWS];
    const char *day, *alerts;
} cases[] = {
    {{{"arrested", "2021-01-01", NULL, NULL, "a town"},
      {"hunger_strike", "2021-03-10", NULL, NULL, NULL}},
     "2021-03-29",
     "hunger_strike 20"},
    {{{"arrested", "2021-01-01", NULL, NULL, "a town"},
      {"hunger_strike", "2021-03-10", NULL, NULL, NULL}},
     "2021-03-09",
     ""},
    {{{"hunger_strike", "2021-03-10", NULL, NULL, NULL},
      {"released", "2021-03-20", NULL, NULL, NULL}},
     "2021-03-29",
     ""},
    {{{"hunger_strike", "2021-03-10", NULL, NULL, NULL}, {"died", "2021-03-20", NULL, NULL, NULL}},
     "2021-03-29",
     ""},
    {{{"hunger_strike", "2021-03-10", NULL, NULL, NULL}}, "2021-12-29", ""},
    {{{"arrested", "2021-01-01", NULL, NULL, NULL}}, "2021-01-02", ""},
    {{{"arrested", "2021-01-01", NULL, NULL, NULL}}, "2021-01-03", "place_unknown 3"},
    {{{"arrested", "2021-01-01", "prison", "Ward 2", NULL}}, "2021-01-03", ""},
    {{{"sentenced", "2021-01-01", "sentence", "death", NULL}}, "2021-01-03", "death_sentence 3"},
    {{{"sentenced", "2021-01-01", "sentence", "P5Y", NULL}}, "2021-01-03", ""},
    {{{"sentenced", "2021-01-01", "sentence", "death", NULL},
      {"other:sentence_upheld", "2021-02-01", NULL, NULL, NULL}},
     "2021-02-01",
     "death_sentence_confirmed 1"},
    {{{"hearing", "2021-01-20", NULL, NULL, NULL}}, "2021-01-10", "hearing_near -10"},
    {{{"hearing", "2021-01-20", NULL, NULL, NULL}}, "2021-01-01", ""},
    {{{"hearing", "2021-01-20", NULL, NULL, NULL}}, "2021-01-21", ""},
    {{{"arrested", "2021-01-01", NULL, NULL, "a town"}, {"tortured", "", NULL, NULL, NULL}},
     "2021-01-03",
     "torture_reported -"},
    {{{"tortured", "", NULL, NULL, NULL}, {"released", "2021-01-20", NULL, NULL, NULL}},
     "2021-01-10",
     "torture_reported -"},
    {{{"tortured", "", NULL, NULL, NULL}, {"released", "2021-01-20", NULL, NULL, NULL}},
     "2021-01-21",
     ""},
    {{{"hunger_strike", "1960-01-01/..", NULL, NULL, NULL}}, "1960-01-03", "hunger_strike 3"},
};

static struct str alerts_said(struct arena *arena, const struct alert *alerts, size_t count)
{
    struct str out = STR("");
    for (size_t i = 0; i < count; i++) {
        const char *before = out.len ? ", " : "";
        struct str alert = alerts[i].rule->alert;
        out = alerts[i].dated
                  ? arena_print(arena, "%.*s%s%.*s %d", STR_ARG(out), before, STR_ARG(alert),
                                (int)alerts[i].high)
                  : arena_print(arena, "%.*s%s%.*s -", STR_ARG(out), before, STR_ARG(alert));
    }
    return out;
}

static void an_alert_stands_from_its_day_until_it_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        const struct case_rules *rules;
        struct alert_rules alert_rules;
        struct case_history history;
        int64_t day = first_day(cases[i].day);
        size_t count;
        arena_init(&arena);
        assert_int_equal(case_rules_new(&arena, &rules, NULL), OK);
        assert_int_equal(alert_rules_new(rules, &arena, &alert_rules, NULL), OK);
        const struct case_person person = person_of_rows(&arena, cases[i].told);
        case_history_make(rules, person.views, person.views_count, CASE_PROPOSED, &arena, &history);
        struct alert *alerts = case_alerts(&alert_rules, &history, day, &arena, &count);
        struct str got = alerts_said(&arena, alerts, count);
        if (!str_equal(got, str_of(cases[i].alerts)))
            fail_msg("row %zu: \"%.*s\", not \"%s\"", i, STR_ARG(got), cases[i].alerts);
        arena_release(&arena);
    }
}

static enum outcome read_alerts(const struct data_file *file, const struct case_rules *rules,
                                struct arena *arena, struct fault *why)
{
    struct alert_rules out;
    return alert_rules_read(file, rules, arena, &out, why);
}

#define ALERTS(rows) FILE_OF("alert\tevent\tdetail\tlacks\twhile\tleast\tmost\tlifts\tends\n" rows)

static void a_mistake_in_the_table_has_its_place(void **state)
{
    static const struct mistaken_table tables[] = {
        {ALERTS("x\tlevitated\t\t\t\t1\t2\t\t\n"), "data/a, line 2: an event that"},
        {ALERTS("x\tarrested\t\t\t\t1\t2\tlevitated\t\n"), "data/a, line 2: an event that"},
        {ALERTS("x\tarrested\t\t\t\t1\t2\t\tlevitated\n"), "data/a, line 2: an event that"},
        {ALERTS("x\tarrested\t\t\tasleep\t1\t2\t\t\n"), "data/a, line 2: an unknown state"},
        {ALERTS("x\tarrested\t\t\t\t3\t2\t\t\n"), "data/a, line 2: not a first and a last day"},
        {ALERTS("x\tarrested\t\t\t\t1\tsoon\t\t\n"), "data/a, line 2: not a first and a last day"},
        {ALERTS("x\tarrested\tdeath\t\t\t1\t2\t\t\n"), "data/a, line 2: not a detail"},
        {ALERTS("\tarrested\t\t\t\t1\t2\t\t\n"), "data/a, line 2: an alert without a name"},
        {ALERTS("x\tarrested\t\t\t\t1\t2\t\t\n"
                "y\tarrested\t\t\t\t1\t2\t\t\n"
                "x\treleased\t\t\t\t1\t2\t\t\n"),
         "data/a, line 4: an alert whose rows do not stand together"},
    };
    (void)state;
    assert_mistakes(tables, COUNT_OF(tables), read_alerts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alert_stands_from_its_day_until_it_ends),
        cmocka_unit_test(a_mistake_in_the_table_has_its_place),
    };
    return cmocka_run_group_tests_name("alerts", tests, NULL, NULL);
}
