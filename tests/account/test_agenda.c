#include "account/agenda.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "life_rows.h"
#include "text/edtf.h"
#include "views.h"

static const struct {
    struct life_row told[LIFE_ROWS];
    const char *as_of, *until, *expected;
} cases[] = {
    {{{"hearing", "2021-01-20", NULL, NULL, NULL}},
     "2021-01-10",
     "2021-02-01",
     "2021-01-20 hearing"},
    {{{"other:tried", "2021-01-20", NULL, NULL, NULL}},
     "2021-01-10",
     "2021-02-01",
     "2021-01-20 hearing"},
    {{{"hearing", "2021-01-20", NULL, NULL, NULL}}, "2021-01-21", "2021-02-01", ""},
    {{{"hearing", "2021-03-20", NULL, NULL, NULL}}, "2021-01-10", "2021-02-01", ""},
    {{{"hearing", "2021-02", NULL, NULL, NULL}},
     "2021-02-10",
     "2021-03-01",
     "2021-02-01/2021-02-28 hearing"},
    {{{"hearing", "", NULL, NULL, NULL}}, "2021-01-10", "2021-02-01", ""},
    {{{"hearing", "2021-01-20", NULL, NULL, NULL},
      {"trial_postponed", "2021-01-15", NULL, NULL, NULL}},
     "2021-01-15",
     "2021-02-01",
     ""},
    {{{"hearing", "2021-01-20", NULL, NULL, NULL},
      {"trial_postponed", "2021-01-15", NULL, NULL, NULL}},
     "2021-01-14",
     "2021-02-01",
     "2021-01-20 hearing"},
    {{{"hearing", "2021-01-20", NULL, NULL, NULL}, {"died", "2021-01-15", NULL, NULL, NULL}},
     "2021-01-16",
     "2021-02-01",
     ""},
    {{{"sentenced", "2021-01-20", NULL, NULL, NULL}},
     "2021-01-21",
     "2021-03-01",
     "2021-02-09 appeal_due"},
    {{{"sentenced", "2021-01", NULL, NULL, NULL}}, "2021-01-21", "2021-03-01", ""},
    {{{"sentenced", "2021-01-20", NULL, NULL, NULL}, {"appealed", "2021-01-30", NULL, NULL, NULL}},
     "2021-01-31",
     "2021-03-01",
     ""},
    {{{"arrested", "2020-01-01", NULL, NULL, NULL},
      {"sentenced", "2020-06-01", "sentence", "P2Y", NULL}},
     "2021-12-01",
     "2022-12-01",
     "2022-01-01 sentence_end arrested, 2022-01-01 held_since P2Y, 2022-06-01 sentence_end sentenced"},
    {{{"arrested", "2020-01-01", NULL, NULL, NULL},
      {"sentenced", "2020-06-01", "sentence", "P2Y", NULL},
      {"released", "2021-06-01", NULL, NULL, NULL}},
     "2021-12-01",
     "2022-12-01",
     ""},
    {{{"arrested", "2020-01-01", NULL, NULL, NULL}},
     "2020-01-02",
     "2020-05-01",
     "2020-04-10 held_since P100D"},
    {{{"arrested", "2020-01-01", NULL, NULL, NULL}, {"released", "2020-02-01", NULL, NULL, NULL}},
     "2020-01-15",
     "2020-05-01",
     "2020-04-10 held_since P100D"},
    {{{"arrested", "2020-01-01", NULL, NULL, NULL},
      {"released", "2020-02-01", NULL, NULL, NULL},
      {"arrested", "2020-03-01", NULL, NULL, NULL}},
     "2020-03-02",
     "2020-06-30",
     "2020-06-09 held_since P100D"},
    {{{"arrested", "2020", NULL, NULL, NULL}}, "2020-12-31", "2023-01-01", ""},
    {{{"hunger_strike", "2021-03-10", NULL, NULL, NULL}},
     "2021-03-11",
     "2021-03-30",
     "2021-03-19 hunger_strike_day P9D, 2021-03-29 hunger_strike_day P19D"},
    {{{"killed", "2022-09-16", NULL, NULL, NULL}},
     "2022-09-20",
     "2022-12-01",
     "2022-10-26 mourning P40D"},
    {{{"furloughed", "2020-03-17/2020-04-03", NULL, NULL, NULL}},
     "2020-03-20",
     "2020-05-01",
     "2020-04-03 furlough_end"},
    {{{"furloughed", "2020-03-17", NULL, NULL, NULL}}, "2020-03-20", "2020-05-01", ""},
    {{{"arrested", "9999-12-01", NULL, NULL, NULL}}, "9999-12-02", "9999-12-31", ""},
};

static struct str said(struct arena *arena, const struct agenda *a)
{
    struct str out = STR("");
    for (size_t i = 0; i < a->count; i++) {
        const struct agenda_item *item = &a->items[i];
        char first[16], last[16] = "";
        struct str more = item->from ? item->from->event : item->rule->after;
        edtf_write_day(item->first, first);
        if (item->last != item->first)
            edtf_write_day(item->last, last);
        out = arena_print(arena, "%.*s%s%s%s%s %.*s%s%.*s", STR_ARG(out), i ? ", " : "", first,
                          *last ? "/" : "", last, STR_ARG(item->rule->item),
                          item->from || (item->rule->kind != EXPECTED_DUE && more.len) ? " " : "",
                          STR_ARG(item->rule->kind == EXPECTED_DUE ? STR_NONE : more));
    }
    return out;
}

static void what_follows_is_expected_until_it_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        const struct case_rules *rules;
        struct agenda_rules agenda_rules;
        struct agenda agenda = {.items = NULL};
        arena_init(&arena);
        assert_int_equal(case_rules_new(&arena, &rules, NULL), OK);
        assert_int_equal(agenda_rules_new(rules, &arena, &agenda_rules, NULL), OK);
        const struct case_person person = person_of_rows(&arena, cases[i].told);
        const struct agenda_choice choice = {.as_of = first_day(cases[i].as_of),
                                             .from = first_day(cases[i].as_of),
                                             .to = first_day(cases[i].until)};
        agenda_of_person(&agenda_rules, rules, &person, &choice, &arena, &agenda);
        agenda_sort(&agenda);
        struct str got = said(&arena, &agenda);
        if (!str_equal(got, str_of(cases[i].expected)))
            fail_msg("row %zu: \"%.*s\", not \"%s\"", i, STR_ARG(got), cases[i].expected);
        arena_release(&arena);
    }
}

static enum outcome read_calendar(const struct data_file *file, const struct case_rules *rules,
                                  struct arena *arena, struct fault *why)
{
    static const struct data_file basis = {"b", TEXT("basis\tenglish\tpersian\nlaw\ta law\t\n")};
    struct agenda_rules out;
    return agenda_rules_read(file, &basis, rules, arena, &out, why);
}

#define CALENDAR(rows) FILE_OF("item\tkind\tevent\tafter\twhile\tends\tbasis\n" rows)

static void a_mistake_in_the_table_has_its_place(void **state)
{
    static const struct mistaken_table tables[] = {
        {CALENDAR("x\ton\tlevitated\t\t\t\t\n"), "data/a, line 2: an event that"},
        {CALENDAR("x\tsometimes\thearing\t\t\t\t\n"), "data/a, line 2: an unknown kind"},
        {CALENDAR("x\tdue\thearing\t\t\t\t\n"), "data/a, line 2: no duration"},
        {CALENDAR("x\tdue\thearing\tsoon\t\t\t\n"), "data/a, line 2: no duration"},
        {CALENDAR("x\ton\thearing\tP3D\t\t\t\n"), "data/a, line 2: no duration"},
        {CALENDAR("x\ton\thearing\t\tasleep\t\t\n"), "data/a, line 2: an unknown state"},
        {CALENDAR("x\ton\thearing\t\t\tlevitated\t\n"), "data/a, line 2: an event that"},
        {CALENDAR("x\ton\thearing\t\t\t\tlore\n"), "data/a, line 2: an unknown basis"},
        {CALENDAR("\ton\thearing\t\t\t\tlaw\n"), "data/a, line 2: an item without a name"},
    };
    (void)state;
    assert_mistakes(tables, COUNT_OF(tables), read_calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_follows_is_expected_until_it_ends),
        cmocka_unit_test(a_mistake_in_the_table_has_its_place),
    };
    return cmocka_run_group_tests_name("agenda", tests, NULL, NULL);
}
