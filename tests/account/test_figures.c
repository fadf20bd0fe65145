#include "account/figures.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "views.h"

static const struct incident_facts incidents[] = {
    {TEXT("uprising"), TEXT("The uprising"), TEXT("2022-09-16"), TEXT("2023-04-30")},
    {TEXT("massacre"), TEXT("The prison massacre"), TEXT("1988-07"), TEXT("1989-02")},
    {TEXT("endless"), TEXT("Without an end"), TEXT("2020"), TEXT("")},
};

static struct figure_account account_of(struct arena *arena, const struct figure_row *rows,
                                        size_t count, struct figure_filter filter)
{
    struct figure_account account;
    struct fault why = {0};
    const struct figure_view *views = views_of(arena, rows, count);
    assert_int_equal(figures_account(views, count, &filter, incidents, COUNT_OF(incidents), arena,
                                     &account, &why),
                     OK);
    return account;
}

static const struct figure_filter everything = {.rejected = true};

static size_t conflicts_of(const struct figure_account *account)
{
    size_t sum = 0;
    for (size_t i = 0; i < account->groups_count; i++)
        sum += account->groups[i].conflicts_count;
    return sum;
}

enum { NO_CONFLICT = -1 };

static const struct {
    const char *name;
    struct figure_row a, b;
    int why;
} pairs[] = {
    {"two tolls of what is long over",
     {"30,000", "A", .incident = "massacre", .published = "2020", .what = "political_prisoners"},
     {"5,000", "B", .incident = "massacre", .published = "2021", .what = "political_prisoners"},
     CONFLICT_OVER},
    {"a toll of the year and one of later",
     {"~ 5,000", "A", .incident = "massacre", .since = "1988", .until = "1988"},
     {"30,000", "B", .incident = "massacre", .published = "2020"},
     CONFLICT_OVER},
    {"a toll of the first year and one of later",
     {"~ 300", "A", .since = "2022", .until = "2022"},
     {"527", "B", .published = "2024"},
     NO_CONFLICT},
    {"a count on the last day but one and one of later",
     {"~ 300", "A", .as_of = "2023-04-29"},
     {"527", "B", .published = "2024"},
     NO_CONFLICT},
    {"two tolls of the same period",
     {"30,000", "A", .incident = "endless", .since = "2021", .until = "2021"},
     {"~ 5,000", "B", .incident = "endless", .since = "2021", .until = "2021"},
     CONFLICT_SAME_TIME},
    {"a growing toll",
     {"≥ 336", "A", .until = "2022-11-22"},
     {"≥ 527", "B", .published = "2023-02"},
     NO_CONFLICT},
    {"a growing toll, exact",
     {"336", "A", .as_of = "2022-11-22"},
     {"527", "B", .published = "2023-02"},
     NO_CONFLICT},
    {"a falling toll",
     {"336", "A", .as_of = "2022-11-22"},
     {"200", "B", .as_of = "2022-12-03"},
     CONFLICT_FALLING},
    {"a falling toll, the later first",
     {"200", "B", .as_of = "2022-12-03"},
     {"≥ 336", "A", .as_of = "2022-11-22"},
     CONFLICT_FALLING},
    {"prisoners come and go",
     {"336", "A", .as_of = "2022-11-22", .event = "imprisoned"},
     {"200", "B", .as_of = "2022-12-03", .event = "imprisoned"},
     NO_CONFLICT},
    {"prisoners on one day",
     {"336", "A", .as_of = "2022-11-22", .event = "imprisoned"},
     {"200", "B", .as_of = "2022-11-22", .event = "imprisoned"},
     CONFLICT_SAME_TIME},
    {"a lower and an upper bound that leave room",
     {"≥ 7,000", "A", .as_of = "2022-11-22"},
     {"≤ 12,000", "B", .as_of = "2022-11-22"},
     NO_CONFLICT},
    {"a lower bound above the upper one",
     {"> 12,000", "A", .as_of = "2022-11-22"},
     {"≤ 12,000", "B", .as_of = "2022-11-22"},
     CONFLICT_SAME_TIME},
    {"two exact counts of one day",
     {"100", "A", .as_of = "2022-11-22"},
     {"120", "B", .as_of = "2022-11-22"},
     CONFLICT_SAME_TIME},
    {"about covers a tenth",
     {"~ 100", "A", .as_of = "2022-11-22"},
     {"110", "B", .as_of = "2022-11-22"},
     NO_CONFLICT},
    {"about covers no more than a tenth",
     {"~ 100", "A", .as_of = "2022-11-22"},
     {"111", "B", .as_of = "2022-11-22"},
     CONFLICT_SAME_TIME},
    {"nearly is not above",
     {"≲ 100", "A", .as_of = "2022-11-22"},
     {"101", "B", .as_of = "2022-11-22"},
     CONFLICT_SAME_TIME},
    {"a month that holds the day",
     {"100", "A", .as_of = "2022-11"},
     {"120", "B", .as_of = "2022-11-22"},
     CONFLICT_SAME_TIME},
    {"a source that corrects itself",
     {"120", "A", .as_of = "2022-11-22"},
     {"100", "A", .as_of = "2022-11-29"},
     NO_CONFLICT},
    {"a source that contradicts itself",
     {"120", "A", .as_of = "2022-11-22"},
     {"100", "A", .as_of = "2022-11-22"},
     CONFLICT_SAME_TIME},
    {"other incidents",
     {"100", "A", .as_of = "2022-11-22"},
     {"120", "B", .as_of = "2022-11-22", .incident = "endless"},
     NO_CONFLICT},
    {"an incident and none",
     {"100", "A", .as_of = "2022-11-22"},
     {"120", "B", .as_of = "2022-11-22", .incident = NOWHERE},
     NO_CONFLICT},
    {"no incident, nothing that holds them together",
     {"100", "A", .incident = NOWHERE, .published = "2022-11-22"},
     {"120", "B", .incident = NOWHERE, .published = "2022-11-22"},
     NO_CONFLICT},
    {"no incident, and no beginning",
     {"100", "A", .incident = NOWHERE, .until = "2021"},
     {"120", "B", .incident = NOWHERE, .until = "2021"},
     NO_CONFLICT},
    {"no incident, but the same period and place",
     {"100", "A", .incident = NOWHERE, .since = "2021", .until = "2021", .place = "Z"},
     {"120", "B", .incident = NOWHERE, .since = "2021", .until = "2021", .place = "z"},
     CONFLICT_SAME_TIME},
    {"other events",
     {"100", "A", .as_of = "2022-11-22"},
     {"120", "B", .as_of = "2022-11-22", .event = "arrested"},
     NO_CONFLICT},
    {"other places",
     {"100", "A", .as_of = "2022-11-22", .place = "X"},
     {"120", "B", .as_of = "2022-11-22", .place = "Y"},
     NO_CONFLICT},
    {"one day and the whole",
     {"100", "A", .since = "2022-09-30", .until = "2022-09-30"},
     {"120", "B", .until = "2022-09-30"},
     NO_CONFLICT},
    {"a part that is smaller",
     {"50", "A", .as_of = "2022-11-22", .what = "children"},
     {"336", "B", .as_of = "2022-11-22"},
     NO_CONFLICT},
    {"a part greater than the whole",
     {"500", "A", .as_of = "2022-11-22", .what = "children"},
     {"336", "B", .as_of = "2022-11-22"},
     CONFLICT_PART},
    {"populations that share nothing",
     {"500", "A", .as_of = "2022-11-22", .what = "children"},
     {"336", "B", .as_of = "2022-11-22", .what = "cities"},
     NO_CONFLICT},
    {"rejected",
     {"100", "A", .as_of = "2022-11-22", .state = VIEW_REJECTED},
     {"120", "B", .as_of = "2022-11-22"},
     NO_CONFLICT},
    {"disputed",
     {"100", "A", .as_of = "2022-11-22", .undecided = true},
     {"120", "B", .as_of = "2022-11-22"},
     NO_CONFLICT},
    {"a date that is none",
     {"100", "A", .as_of = "soon"},
     {"120", "B", .as_of = "2022-11-22"},
     NO_CONFLICT},
};

static void conflicts_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct arena arena;
        arena_init(&arena);
        struct figure_row rows[] = {pairs[i].a, pairs[i].b};
        struct figure_account account = account_of(&arena, rows, 2, everything);
        int got = conflicts_of(&account) ? (int)account.groups[0].conflicts[0].why : NO_CONFLICT;
        if (got != pairs[i].why || conflicts_of(&account) > 1)
            fail_msg("%s: %d, not %d", pairs[i].name, got, pairs[i].why);
        arena_release(&arena);
    }
}

static void the_earlier_and_the_part_come_first(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row falling[] = {{"200", "B", .as_of = "2022-12-03"},
                                   {"336", "A", .as_of = "2022-11-22"}};
    struct figure_account account = account_of(&arena, falling, 2, everything);
    assert_string_equal(account.groups[0].conflicts[0].a->source.at, "A");
    struct figure_row part[] = {{"300", "B", .as_of = "2022-12-03"},
                                {"400", "A", .as_of = "2022-11-22", .what = "women"}};
    account = account_of(&arena, part, 2, everything);
    assert_string_equal(account.groups[0].conflicts[0].a->source.at, "A");
    assert_string_equal(conflict_words(&arena, &account.groups[0].conflicts[0]).at,
                        "women are a part of people");
    arena_release(&arena);
}

static void conflicts_of_two_sources_are_one(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {
        {"100", "A", .as_of = "2022-11-22"}, {"101", "A", .as_of = "2022-11-23"},
        {"120", "B", .as_of = "2022-11-22"}, {"121", "B", .as_of = "2022-11-23"},
        {"122", "C", .as_of = "2022-11-23"},
    };
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    assert_int_equal(account.groups[0].conflicts_count, 3);
    const struct conflict *first = &account.groups[0].conflicts[0];
    assert_string_equal(first->a->source.at, "A");
    assert_string_equal(first->b->source.at, "B");
    assert_string_equal(first->a->stand.date.at, "2022-11-23");
    assert_string_equal(first->b->stand.date.at, "2022-11-23");
    assert_int_equal(first->more, 2);
    arena_release(&arena);
}

static void events_that_are_one_are_compared(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {
        {"30,000", "A", .incident = "ir-1988-massacre", .until = "1988"},
        {"~ 5,000", "B", .incident = "ir-1988-massacre", .until = "1988", .event = "executed"},
        {"7", "B", .incident = "uprising", .event = "executed"},
    };
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    assert_int_equal(account.groups_count, 2);
    assert_string_equal(account.groups[0].event.at, "killed");
    assert_int_equal(account.groups[0].figures, 2);
    assert_int_equal(account.groups[0].conflicts_count, 1);
    assert_string_equal(account.groups[1].event.at, "executed");
    struct figure_filter executed = {.event = STR("executed")}, killed = {.event = STR("killed")};
    account = account_of(&arena, rows, COUNT_OF(rows), executed);
    assert_int_equal(account.figures, 2);
    assert_string_equal(account.groups[0].event.at, "executed");
    account = account_of(&arena, rows, COUNT_OF(rows), killed);
    assert_int_equal(account.figures, 2);
    assert_string_equal(account.groups[0].event.at, "killed");
    arena_release(&arena);
}

static void one_document_does_not_contradict_its_source(void **state)
{
    (void)state;
    struct arena arena;
    struct figure_account account;
    arena_init(&arena);
    struct figure_row rows[] = {{.value = "656", .source = "A"},
                                {.value = "82,000", .source = "A"},
                                {.value = "90,000", .source = "A", .what = "women"}};
    struct figure_document document = {.id = hash_number(1), .published = TEXT("2023")};
    struct figure_view *views = views_of(&arena, rows, COUNT_OF(rows));
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        views[i].document = &document;
    assert_int_equal(
        figures_account(views, COUNT_OF(rows), &everything, NULL, 0, &arena, &account, NULL), OK);
    assert_int_equal(conflicts_of(&account), 0);
    arena_release(&arena);
}

static void groups_keep_incidents_apart(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {
        {"1", "A", .event = "arrested"},
        {"2", "A", .incident = NOWHERE},
        {.value = "3", .source = "A"},
        {"4", "A", .incident = "massacre"},
        {"5", "A", .incident = "massacre"},
        {"6", "A", .incident = "unheard-of", .event = "arrested"},
    };
    static const struct {
        const char *event, *incident, *name;
    } expected[] = {
        {"killed", "massacre", "The prison massacre"},
        {"killed", "uprising", "The uprising"},
        {"killed", "", ""},
        {"arrested", "unheard-of", "unheard-of"},
        {"arrested", "uprising", "The uprising"},
    };
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    assert_int_equal(account.groups_count, COUNT_OF(expected));
    assert_int_equal(account.figures, COUNT_OF(rows));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_true(str_equal(account.groups[i].event, str_of(expected[i].event)));
        assert_true(str_equal(account.groups[i].incident, str_of(expected[i].incident)));
        assert_true(str_equal(account.groups[i].incident_name, str_of(expected[i].name)));
    }
    arena_release(&arena);
}

static void repeats_are_one_count(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {
        {"≥ 527", "The Monitor (MON)", .published = "2023-02-07", .publisher = "Paper"},
        {"≥ 527", "THE MONITOR", .published = "2023-02-05", .publisher = "Wire"},
        {"≥ 527", "MON", .published = "2023-02-13", .state = VIEW_ACCEPTED},
        {"527", "MON", .published = "2023-02-13"},
        {"≥ 527", "", .published = "2023-02-14", .publisher = "the monitor"},
        {"≥ 527", "Monitoring", .published = "2023-02-05"},
    };
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    assert_int_equal(account.groups_count, 1);
    assert_int_equal(account.groups[0].series_count, 1);
    const struct series *series = &account.groups[0].series[0];
    assert_int_equal(series->counts_count, 3);
    const struct count *repeated = NULL;
    for (size_t i = 0; i < series->counts_count; i++)
        if (series->counts[i].figures_count == 4)
            repeated = &series->counts[i];
    assert_non_null(repeated);
    static const size_t order[] = {3, 2, 1, 5};
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        struct hash id = hash_number(order[i]);
        assert_true(hash_equal(&repeated->figures[i]->id, &id));
    }
    assert_false(repeated->own_voice);
    assert_string_equal(repeated->stand.date.at, "2023-02-05");
    assert_int_equal(repeated->stand.from, STAND_PUBLISHED);
    assert_int_equal(series->range.sources, 2);
    arena_release(&arena);
}

static void a_repetition_knows_nothing_new(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {
        {"5", "A", .as_of = "2022-11-01", .published = "2022-11-01"},
        {"5", "A", .as_of = "2022-11-09", .published = "2022-11-09"},
        {"5", "A", .published = "2022-10"},
        {"5", "A", .published = "2023"},
        {"6", "A", .published = "2022-11-08"},
        {"6", "A", .published = "2022-11-30"},
    };
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    const struct series *series = &account.groups[0].series[0];
    assert_int_equal(series->counts_count, 2);
    assert_string_equal(stand_words(&arena, &series->counts[0].stand).at, "as of 2022-11-09");
    assert_string_equal(stand_words(&arena, &series->counts[1].stand).at, "published 2022-11-08");
    assert_true(series->counts[0].latest && !series->counts[1].latest);
    assert_false(series->counts[0].ahead);
    arena_release(&arena);
}

static void an_ambiguous_abbreviation_stands_alone(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {{.value = "1", .source = "The Monitor (MON)"},
                                {.value = "2", .source = "Monthly News (MON)"},
                                {.value = "3", .source = "MON"}};
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    assert_int_equal(account.groups[0].series[0].range.sources, 3);
    arena_release(&arena);
}

static void the_latest_of_each_source_makes_the_range(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {
        {"≥ 336", "A", .until = "2022-11-22", .published = "2022-11-13"},
        {"≥ 527", "A", .published = "2023-02-05"},
        {"> 400", "B", .as_of = "2022-11-25"},
        {.value = "~ 1,500", .source = "C"},
        {"90", "D", .as_of = "2023-03", .state = VIEW_REJECTED},
        {"80", "D", .as_of = "2023-02"},
    };
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    const struct series *series = &account.groups[0].series[0];
    static const struct {
        const char *source;
        int64_t low;
        bool latest, ahead, counts;
        const char *stand;
    } expected[] = {
        {"D", 90, false, false, false, "as of 2023-03"},
        {"D", 80, true, false, true, "as of 2023-02"},
        {"A", 527, true, false, true, "published 2023-02-05"},
        {"B", 400, true, false, true, "as of 2022-11-25"},
        {"A", 336, false, true, true, "until 2022-11-22"},
        {"C", 1500, true, false, true, "no date"},
    };
    assert_int_equal(series->counts_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        const struct count *c = &series->counts[i];
        assert_string_equal(c->source.at, expected[i].source);
        assert_int_equal(c->figures[0]->figure.low, expected[i].low);
        assert_int_equal(c->latest, expected[i].latest);
        assert_int_equal(c->ahead, expected[i].ahead);
        assert_int_equal(c->counts, expected[i].counts);
        assert_string_equal(stand_words(&arena, &c->stand).at, expected[i].stand);
    }
    assert_int_equal(series->range.counts, 4);
    assert_int_equal(series->range.sources, 4);
    assert_string_equal(range_words(&arena, &series->range).at, "80 to 1,500, no upper end");
    arena_release(&arena);
}

static const struct {
    const char *values[3];
    const char *words;
} ranges[] = {
    {{"5,000", "30,000", "2,800–3,800"}, "2,800 to 30,000"},
    {{"5,000", "≥ 300", NULL}, "300 to 5,000, no upper end"},
    {{"≤ 12,000", "7,000", NULL}, "7,000 to 12,000, no lower end"},
    {{"≤ 12,000", "≥ 7,000", NULL}, "7,000 to 12,000, open at both ends"},
    {{"527", "527", NULL}, "527"},
};

static void ranges_say_their_ends(void **state)
{
    (void)state;
    static const char *const sources[] = {"A", "B", "C"};
    for (size_t i = 0; i < COUNT_OF(ranges); i++) {
        struct arena arena;
        struct figure_row rows[3];
        size_t count = 0;
        arena_init(&arena);
        for (; count < 3 && ranges[i].values[count]; count++)
            rows[count] =
                (struct figure_row){.value = ranges[i].values[count], .source = sources[count]};
        struct figure_account account = account_of(&arena, rows, count, everything);
        assert_string_equal(range_words(&arena, &account.groups[0].series[0].range).at,
                            ranges[i].words);
        arena_release(&arena);
    }
}

static void populations_and_parts_have_series_of_their_own(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {
        {"336", "A", .as_of = "2022-11-22"},
        {"200", "A", .as_of = "2022-11-22", .part_of = 1},
        {"50", "A", .as_of = "2022-11-22", .what = "children", .part_of = 1},
        {"40", "B", .as_of = "2022-11-22", .what = "children"},
        {"7", "B", .as_of = "2022-11-22", .part_of = 99},
    };
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    const struct group *group = &account.groups[0];
    assert_int_equal(group->series_count, 3);
    assert_string_equal(group->series[0].what.at, "people");
    assert_string_equal(group->series[1].what.at, "children");
    assert_true(group->series[1].within && !group->series[0].within);
    size_t parts = 0;
    for (size_t i = 0; i < group->series_count; i++) {
        parts += group->series[i].part;
        assert_int_equal(group->series[i].comparable, !group->series[i].part);
    }
    assert_int_equal(parts, 1);
    assert_int_equal(group->conflicts_count, 1);
    assert_string_equal(group->conflicts[0].a_series->what.at, "children");
    arena_release(&arena);
}

static void figures_of_no_incident_hide_none(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {{"3", "A", .incident = NOWHERE, .published = "2022-11-22"},
                                {"9", "A", .incident = NOWHERE, .published = "2023-11-22"}};
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    const struct series *series = &account.groups[0].series[0];
    assert_int_equal(series->counts_count, 2);
    assert_true(series->counts[0].latest && series->counts[1].latest);
    assert_false(series->comparable);
    assert_int_equal(series->range.counts, 0);
    arena_release(&arena);
}

static void the_author_speaks_for_the_publisher(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_row rows[] = {{"3", "", .publisher = "Paper"},
                                {.value = "4", .source = ""},
                                {.value = "5", .source = ""}};
    struct figure_account account = account_of(&arena, rows, COUNT_OF(rows), everything);
    const struct series *series = &account.groups[0].series[0];
    assert_int_equal(series->range.sources, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(series->counts[i].own_voice);
        if (series->counts[i].figures[0]->figure.low == 3)
            assert_string_equal(series->counts[i].source.at, "Paper");
        if (series->counts[i].figures[0]->figure.low == 4)
            assert_string_equal(series->counts[i].source.at, "report 2");
    }
    arena_release(&arena);
}

static const struct figure_row many[] = {
    {"336", "The Monitor", .until = "2022-11-22", .published = "2022-11-13"},
    {"527", "The Monitor", .published = "2023-02-05"},
    {"9", "Paper", .event = "sentenced_to_death", .published = "2023-01-01"},
    {"30,000", "Exiles", .incident = "massacre", .published = "2021-08-04"},
    {"4", "Exiles", .incident = NOWHERE},
    {"5", "Exiles", .published = "2023-01-01", .state = VIEW_REJECTED},
    {"8", "Exiles", .until = "1988-12", .incident = "endless", .event = "released",
     .published = "2024"},
};

static const struct {
    const char *name;
    struct figure_filter filter;
    size_t figures, undated;
} filters[] = {
    {"all", {.rejected = true}, 7, 0},
    {"without the rejected", {.rejected = false}, 6, 0},
    {"event", {.event = TEXT("killed")}, 4, 0},
    {"event in words", {.event = TEXT("Sentenced to death")}, 1, 0},
    {"source", {.source = TEXT("MONITOR")}, 2, 0},
    {"incident by id", {.incident = TEXT("massacre")}, 1, 0},
    {"incident by name", {.incident = TEXT("prison mass")}, 1, 0},
    {"no incident", {.incident = TEXT("none")}, 1, 0},
    {"since", {.since = TEXT("2022-11-22")}, 3, 1},
    {"since, a day later", {.since = TEXT("2022-11-23")}, 2, 1},
    {"since a day of the month", {.since = TEXT("1988-12-15"), .incident = TEXT("endless")}, 1, 0},
    {"as of", {.as_of = TEXT("2022-11")}, 2, 1},
    {"as of the day of publication", {.as_of = TEXT("2022-11-13")}, 2, 1},
    {"as of the day before", {.as_of = TEXT("2022-11-12")}, 1, 1},
    {"nothing", {.event = TEXT("fled")}, 0, 0},
};

static void filters_choose(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        struct arena arena;
        arena_init(&arena);
        struct figure_account account = account_of(&arena, many, COUNT_OF(many), filters[i].filter);
        if (account.figures != filters[i].figures || account.undated != filters[i].undated)
            fail_msg("%s: %zu figures, %zu undated", filters[i].name, account.figures,
                     account.undated);
        arena_release(&arena);
    }
}

static void a_filter_without_a_date_is_refused(void **state)
{
    (void)state;
    struct arena arena;
    struct figure_account account;
    struct fault why = {0};
    arena_init(&arena);
    struct figure_filter since = {.since = STR("soon")}, as_of = {.as_of = STR("2022-13")};
    assert_int_equal(figures_account(NULL, 0, &since, NULL, 0, &arena, &account, &why), REFUSED);
    assert_non_null(strstr(why.text, "soon"));
    assert_int_equal(figures_account(NULL, 0, &as_of, NULL, 0, &arena, &account, &why), REFUSED);
    arena_release(&arena);
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    struct arena arena;
    struct figure_account account;
    arena_init(&arena);
    assert_int_equal(figures_account(NULL, 0, &everything, NULL, 0, &arena, &account, NULL), OK);
    assert_int_equal(account.groups_count, 0);
    assert_int_equal(account.figures, 0);
    arena_release(&arena);
}

/* The same figures in another order give the same account. */
static void order_does_not_matter(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct figure_view *views = views_of(&arena, many, COUNT_OF(many)), turned[COUNT_OF(many)];
    struct figure_account a, b;
    for (size_t i = 0; i < COUNT_OF(many); i++)
        turned[i] = views[COUNT_OF(many) - 1 - i];
    assert_int_equal(figures_account(views, COUNT_OF(many), &everything, incidents,
                                     COUNT_OF(incidents), &arena, &a, NULL),
                     OK);
    assert_int_equal(figures_account(turned, COUNT_OF(many), &everything, incidents,
                                     COUNT_OF(incidents), &arena, &b, NULL),
                     OK);
    assert_int_equal(a.groups_count, b.groups_count);
    for (size_t i = 0; i < a.groups_count; i++) {
        assert_int_equal(a.groups[i].series_count, b.groups[i].series_count);
        for (size_t k = 0; k < a.groups[i].series_count; k++) {
            const struct series *x = &a.groups[i].series[k], *y = &b.groups[i].series[k];
            assert_int_equal(x->counts_count, y->counts_count);
            for (size_t c = 0; c < x->counts_count; c++)
                assert_true(hash_equal(&x->counts[c].figures[0]->id, &y->counts[c].figures[0]->id));
        }
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conflicts_are_named),
        cmocka_unit_test(the_earlier_and_the_part_come_first),
        cmocka_unit_test(conflicts_of_two_sources_are_one),
        cmocka_unit_test(events_that_are_one_are_compared),
        cmocka_unit_test(one_document_does_not_contradict_its_source),
        cmocka_unit_test(groups_keep_incidents_apart),
        cmocka_unit_test(repeats_are_one_count),
        cmocka_unit_test(a_repetition_knows_nothing_new),
        cmocka_unit_test(an_ambiguous_abbreviation_stands_alone),
        cmocka_unit_test(the_latest_of_each_source_makes_the_range),
        cmocka_unit_test(ranges_say_their_ends),
        cmocka_unit_test(populations_and_parts_have_series_of_their_own),
        cmocka_unit_test(figures_of_no_incident_hide_none),
        cmocka_unit_test(the_author_speaks_for_the_publisher),
        cmocka_unit_test(filters_choose),
        cmocka_unit_test(a_filter_without_a_date_is_refused),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(order_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
