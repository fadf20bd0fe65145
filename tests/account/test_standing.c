/* What stands behind counts, and what is strange about them (account/figures.h). */
#include "account/figures.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "views.h"

static const struct incident_facts incidents[] = {
    {TEXT("uprising"), TEXT("The uprising"), TEXT("2022-09-16"), TEXT("2023-04-30")},
};

static struct figure_account account_of(struct arena *arena, const struct figure_row *rows,
                                        size_t count)
{
    struct figure_account account;
    struct fault why = {0};
    const struct figure_filter everything = {.rejected = true};
    const struct figure_view *views = views_of(arena, rows, count);
    assert_int_equal(figures_account(views, count, &everything, incidents, COUNT_OF(incidents),
                                     arena, &account, &why),
                     OK);
    return account;
}

/* ---- who passes on ---- */

static const struct count *count_by(const struct figure_account *account, const char *source)
{
    for (size_t g = 0; g < account->groups_count; g++)
        for (size_t s = 0; s < account->groups[g].series_count; s++)
            for (size_t i = 0; i < account->groups[g].series[s].counts_count; i++)
                if (str_equal(account->groups[g].series[s].counts[i].source, str_of(source)))
                    return &account->groups[g].series[s].counts[i];
    fail_msg("nobody called %s counts", source);
    return NULL;
}

static void repeats_lead_to_what_they_repeat(void **unused)
{
    (void)unused;
    static const struct figure_row rows[] = {
        {"≥ 336", .source = "Monitor A", .publisher = "Gazette", .published = "2022-11-20"},
        {"> 336", .source = "Gazette", .publisher = "Herald", .published = "2022-11-21"},
        {"336", .publisher = "Courier", .published = "2022-11-22"},
        {"≥ 336", .source = "human rights groups", .publisher = "Lantern",
         .published = "2022-11-19"},
        {"≥ 340", .source = "Monitor B", .publisher = "Gazette", .published = "2022-11-23"},
        {"≥ 336", .source = "Monitor C", .publisher = "Gazette", .published = "2022-11-23",
         .state = VIEW_REJECTED},
    };
    struct arena arena;
    arena_init(&arena);
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows));
    const struct count *monitor = count_by(&account, "Monitor A");
    assert_null(monitor->leads_to);
    assert_int_equal(monitor->said_by, 1);
    static const struct {
        const char *source;
        enum lead_why why;
    } leads[] = {{"Gazette", LEAD_CHAIN},
                 {"Courier", LEAD_SAME_NUMBER},
                 {"human rights groups", LEAD_UNNAMED}};
    for (size_t i = 0; i < COUNT_OF(leads); i++) {
        const struct count *c = count_by(&account, leads[i].source);
        assert_ptr_equal(c->leads_to, monitor->figures[0]);
        assert_int_equal(c->why, leads[i].why);
    }
    assert_int_equal(count_by(&account, "human rights groups")->class, SOURCE_UNNAMED);
    assert_null(count_by(&account, "Monitor B")->leads_to);
    assert_int_equal(count_by(&account, "Monitor C")->said_by, 0);
    assert_int_equal(account.groups[0].series[0].range.sources, 2);
    assert_int_equal(account.groups[0].series[0].range.counts, 2);
    arena_release(&arena);
}

static void independent_sources_corroborate(void **unused)
{
    (void)unused;
    static const struct figure_row rows[] = {
        {"≥ 336", .source = "Monitor A"},
        {"~ 336", .source = "Monitor B; Monitor A"},
        {"336", .source = "Monitor C"},
        {"≥ 900", .source = "Monitor D"},
        {"12", .source = "Monitor E", .incident = NOWHERE},
        {"12", .source = "Monitor F", .incident = NOWHERE},
    };
    struct arena arena;
    arena_init(&arena);
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows));
    assert_int_equal(count_by(&account, "Monitor A")->said_by, 2);
    assert_int_equal(count_corroboration(count_by(&account, "Monitor A")), CORROBORATION_SEVERAL);
    assert_int_equal(count_corroboration(count_by(&account, "Monitor D")), CORROBORATION_SINGLE);
    assert_int_equal(count_corroboration(count_by(&account, "Monitor E")), CORROBORATION_UNKNOWN);
    arena_release(&arena);
}

static void a_contradicted_count_is_disputed(void **unused)
{
    (void)unused;
    static const struct figure_row rows[] = {
        {"336", .source = "Monitor A", .as_of = "2022-11-22"},
        {"400", .source = "Monitor B", .as_of = "2022-11-22"},
        {"400", .source = "Monitor C", .as_of = "2022-11-22"},
        {"500", .source = "Monitor D", .as_of = "2023-02-22"},
    };
    struct arena arena;
    arena_init(&arena);
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows));
    assert_int_equal(count_corroboration(count_by(&account, "Monitor A")), CORROBORATION_DISPUTED);
    assert_int_equal(count_corroboration(count_by(&account, "Monitor C")), CORROBORATION_DISPUTED);
    assert_int_equal(count_by(&account, "Monitor C")->said_by, 2);
    assert_int_equal(count_corroboration(count_by(&account, "Monitor D")), CORROBORATION_SINGLE);
    arena_release(&arena);
}

/* ---- classes and reviews ---- */

static void classes_have_ranges_of_their_own(void **unused)
{
    (void)unused;
    static const struct figure_row rows[] = {
        {"≥ 200", .source = "the government"},
        {"≥ 476", .source = "OHCHR"},
        {"≥ 530", .source = "Amnesty International"},
        {"≥ 500", .source = "Human Rights Watch"},
        {"≥ 900", .source = "Somebody"},
    };
    struct arena arena;
    arena_init(&arena);
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows));
    const struct series *s = &account.groups[0].series[0];
    struct count_range official = series_range(s, SOURCE_OFFICIAL);
    struct count_range independent = series_range(s, SOURCE_INDEPENDENT);
    assert_int_equal(official.low, 200);
    assert_int_equal(official.counts, 1);
    assert_int_equal(series_range(s, SOURCE_UN).high, 476);
    assert_int_equal(independent.low, 500);
    assert_int_equal(independent.high, 530);
    assert_int_equal(independent.sources, 2);
    assert_int_equal(series_range(s, SOURCE_PRESS).counts, 0);
    arena_release(&arena);
}

static void what_is_under_review_stands_beside(void **unused)
{
    (void)unused;
    static const struct figure_row rows[] = {
        {"4,519", .source = "Monitor A", .as_of = "2023-01-20"},
        {"9,049", .source = "Monitor A", .as_of = "2023-01-20",
         .event = "other:under_investigation"},
        {"4,000", .source = "Monitor B", .as_of = "2023-01-20"},
    };
    struct arena arena;
    arena_init(&arena);
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows));
    assert_int_equal(account.groups_count, 1);
    const struct group *group = &account.groups[0];
    assert_string_equal(group->event.at, "killed");
    assert_int_equal(group->series_count, 2);
    assert_false(group->series[0].review);
    assert_true(group->series[1].review);
    assert_int_equal(group->series[0].range.high, 4519);
    assert_int_equal(group->series[1].range.counts, 0);
    assert_int_equal(group->conflicts_total, 1);
    arena_release(&arena);
}

/* ---- what is strange ---- */

static const struct {
    const char *name;
    struct figure_row rows[3];
    enum flag_kind kind;
    size_t flags;
} strange[] = {
    {"a count that falls",
     {{"≥ 400", .source = "A", .as_of = "2022-11-20"},
      {"≥ 336", .source = "A", .as_of = "2022-11-22"}},
     FLAG_FALLS,
     1},
    {"a count that rises",
     {{"≥ 336", .source = "A", .as_of = "2022-11-20"},
      {"≥ 400", .source = "A", .as_of = "2022-11-22"}},
     FLAG_FALLS,
     0},
    {"two sources",
     {{"≥ 400", .source = "A", .as_of = "2022-11-20"},
      {"≥ 336", .source = "B", .as_of = "2022-11-22"}},
     0,
     0},
    {"a count of prisoners rises and falls",
     {{"400", .source = "A", .as_of = "2022-11-20", .event = "imprisoned"},
      {"336", .source = "A", .as_of = "2022-11-22", .event = "imprisoned"}},
     0,
     0},
    {"about as many",
     {{"~ 400", .source = "A", .as_of = "2022-11-20"},
      {"390", .source = "A", .as_of = "2022-11-22"}},
     0,
     0},
    {"up to so many, then fewer",
     {{"≤ 400", .source = "A", .as_of = "2022-11-20"},
      {"336", .source = "A", .as_of = "2022-11-22"}},
     0,
     0},
    {"on one day",
     {{"400", .source = "A", .as_of = "2022-11"}, {"336", .source = "A", .as_of = "2022-11-22"}},
     0,
     0},
    {"fallen and risen: each against the greatest before",
     {{"400", .source = "A", .as_of = "2022-11-20"},
      {"336", .source = "A", .as_of = "2022-11-22"},
      {"390", .source = "A", .as_of = "2022-11-25"}},
     FLAG_FALLS,
     2},
    {"a part that is larger",
     {{"≥ 400", .source = "A"}, {"≥ 500", .source = "A", .what = "children", .part_of = 1}},
     FLAG_PART_LARGER,
     1},
    {"a part that is not",
     {{"≥ 400", .source = "A"}, {"≥ 50", .source = "A", .what = "children", .part_of = 1}},
     0,
     0},
    {"a chart from the future",
     {{"≥ 336", .source = "A", .as_of = "2022-11-22", .published = "2022-11-13"}},
     FLAG_AHEAD,
     1},
    {"a rejected count",
     {{"400", .source = "A", .as_of = "2022-11-20", .state = VIEW_REJECTED},
      {"336", .source = "A", .as_of = "2022-11-22"}},
     0,
     0},
};

static void the_strange_is_flagged(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(strange); i++) {
        struct arena arena;
        size_t rows = 0;
        arena_init(&arena);
        while (rows < 3 && strange[i].rows[rows].value)
            rows++;
        struct figure_account account = account_of(&arena, strange[i].rows, rows);
        assert_int_equal(account.groups_count, 1);
        const struct group *g = &account.groups[0];
        if (g->flags_count != strange[i].flags || g->flags_total != strange[i].flags)
            fail_msg("%s: %zu flags", strange[i].name, g->flags_count);
        for (size_t k = 0; k < g->flags_count; k++) {
            assert_int_equal(g->flags[k].kind, strange[i].kind);
            assert_true(flag_words(&arena, &g->flags[k]).len > 10);
        }
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeats_lead_to_what_they_repeat),
        cmocka_unit_test(independent_sources_corroborate),
        cmocka_unit_test(a_contradicted_count_is_disputed),
        cmocka_unit_test(classes_have_ranges_of_their_own),
        cmocka_unit_test(what_is_under_review_stands_beside),
        cmocka_unit_test(the_strange_is_flagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
