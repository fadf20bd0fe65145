#include "account/agenda.h"
#include "account/alert_board.h"
#include "account/case_stays.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "../base/random.h"
#include "told.h"
#include "store/page.h"
#include "text/edtf.h"

/* Over records made at random: what the archive finds for a day, without looking at the rest, is
 * what all cases together say of it. */

enum { TEXTS = 4, PEOPLE = 4, STATEMENTS = 150, SPACE = 8 };

static struct agenda_rules agenda_rules;
static struct hash texts[TEXTS];
static const char *const published[TEXTS] = {"2021-03-01", "2022-01-01", "2020", ""};

static int begin(void **state)
{
    return told_begin(state) ||
                   agenda_rules_new(told_telling->rules, &told_arena, &agenda_rules, NULL) != OK
               ? -1
               : 0;
}

static struct statement random_life(struct random *r)
{
    static const char *const events[] = {"arrested", "released",        "sentenced",
                                         "hearing",  "hunger_strike",   "medical_denied",
                                         "tortured", "transferred",     "furloughed",
                                         "killed",   "trial_postponed", "other:sentence_upheld"};
    static const char *const dates[] = {
        "2020",       "2020-05",    "2021-02-03", "",
        "2022-01-01", "2021-02-10", "2021-03-20", "2021-03-01/2021-03-25"};
    static const char *const names[PEOPLE] = {"Mehran Raoof", "Parisa Azadi", "Sara Karimi",
                                              "Ali Naseri"};
    size_t person = random_below(r, PEOPLE), event = random_below(r, COUNT_OF(events));
    if (event == 9 && random_below(r, 4))
        event = 0;
    struct statement s = {.text = texts[random_below(r, TEXTS)],
                          .quote = {SPACE * person, SPACE * person + 6},
                          .form = FORM_LIFE_EVENT,
                          .life_event = {.person = str_of(names[person]),
                                         .person_at = {SPACE * person, SPACE * person + 6},
                                         .event = str_of(events[event]),
                                         .date = str_of(dates[random_below(r, COUNT_OF(dates))])}};
    if (event == 2)
        assert_true(life_event_set_detail(&s.life_event, &told_arena, STR("sentence"),
                                          random_below(r, 2) ? STR("P1Y") : STR("death")));
    return s;
}

static void decide_at_random(struct archive *a, struct random *r)
{
    struct statement s = random_life(r);
    told_decide(a, &s, random_below(r, 5) ? VERDICT_ACCEPT : VERDICT_REJECT);
}

static void join_at_random(struct archive *a, struct random *r)
{
    size_t person = random_below(r, PEOPLE), left = random_below(r, TEXTS);
    size_t right = (left + 1 + random_below(r, TEXTS - 1)) % TEXTS;
    told_join(a, &texts[left], &texts[right], (struct span){SPACE * person, SPACE * person + 6},
              VERDICT_SAME);
}

static int64_t day_of(const char *date)
{
    int64_t first, last;
    assert_int_equal(edtf_range(str_of(date), &first, &last, NULL), OK);
    return first;
}

static size_t check_board(struct archive *a, const struct case_record *all, int64_t day)
{
    struct alert_board board;
    const struct alert_choice choice = {.day = day, .limit = SIZE_MAX};
    size_t expected = 0, counted = 0;
    assert_int_equal(alert_board_read(a, told_telling->rules, &told_telling->alerts, &choice,
                                      &told_arena, &board, NULL),
                     OK);
    for (size_t i = 0; i < all->people_count; i++) {
        const struct case_person *p = &all->people[i];
        struct case_history h;
        size_t count, found = 0;
        case_history_make(told_telling->rules, p->views, p->views_count, CASE_PROPOSED, &told_arena,
                          &h);
        case_alerts(&told_telling->alerts, &h, day, &told_arena, &count);
        for (size_t k = 0; k < board.count; k++)
            found += hash_equal(&board.rows[k].person->address, &p->address);
        assert_int_equal(found, count);
        expected += count;
    }
    for (size_t i = 0; i < board.tallies_count; i++)
        counted += board.tallies[i].count;
    assert_int_equal(board.count, expected);
    assert_int_equal(counted, expected);
    return expected;
}

static size_t check_agenda(struct archive *a, const struct case_record *all, int64_t as_of)
{
    struct agenda found, expected = {.items = NULL};
    const struct agenda_choice choice = {as_of, as_of - 20, as_of + 70, AGENDA_BEGIN, SIZE_MAX};
    assert_int_equal(
        agenda_read(a, &agenda_rules, told_telling->rules, &choice, &told_arena, &found, NULL), OK);
    for (size_t i = 0; i < all->people_count; i++)
        agenda_of_person(&agenda_rules, told_telling->rules, &all->people[i], &choice, &told_arena,
                         &expected);
    agenda_sort(&expected);
    assert_int_equal(found.count, expected.count);
    for (size_t i = 0; i < found.count; i++) {
        assert_int_equal(found.items[i].first, expected.items[i].first);
        assert_true(found.items[i].rule == expected.items[i].rule);
        assert_true(hash_equal(&found.items[i].since->views[0]->id,
                               &expected.items[i].since->views[0]->id));
    }
    return found.count;
}

static void check_days(struct archive *a, size_t *alerts, size_t *items)
{
    static const char *const days[] = {"2019-01-01", "2020-06-01", "2021-02-03", "2021-02-12",
                                       "2021-03-05", "2021-03-21", "2021-06-10", "2022-02-01"};
    struct case_record all;
    assert_int_equal(case_record_read(a, &told_arena, &all, NULL), OK);
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        *alerts += check_board(a, &all, day_of(days[i]));
        *items += check_agenda(a, &all, day_of(days[i]));
    }
}

static void what_the_archive_finds_is_what_all_cases_say(void **state)
{
    struct random random = {7};
    size_t alerts = 0, items = 0;
    (void)state;
    struct archive *a = fixture_make("urgent", NULL);
    told_texts(a, published, texts, TEXTS);
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (random_below(&random, 5))
            decide_at_random(a, &random);
        else
            join_at_random(a, &random);
        if (i % 10 == 9)
            check_days(a, &alerts, &items);
    }
    assert_true(alerts > 100);
    assert_true(items > 100);
    archive_close(a);
}

static void assert_same_item(const struct agenda_item *a, const struct agenda_item *b)
{
    assert_int_equal(a->first, b->first);
    assert_true(a->rule == b->rule);
    assert_true(hash_equal(&a->person->address, &b->person->address));
    assert_true(hash_equal(&a->since->views[0]->id, &b->since->views[0]->id));
    assert_true(!a->from == !b->from);
}

/* one part after another; how many there were */
static size_t check_parts(struct archive *a, struct agenda_choice choice,
                          const struct agenda *whole)
{
    size_t seen = 0, parts = 0;
    struct agenda part = {.more = true};
    for (; part.more; parts++) {
        assert_int_equal(
            agenda_read(a, &agenda_rules, told_telling->rules, &choice, &told_arena, &part, NULL),
            OK);
        assert_true(seen + part.count <= whole->count);
        for (size_t i = 0; i < part.count; i++)
            assert_same_item(&part.items[i], &whole->items[seen + i]);
        seen += part.count;
        if (!part.more)
            continue;
        assert_true(part.next.day > choice.begin.day ||
                    (part.next.day == choice.begin.day && part.next.passed > choice.begin.passed));
        size_t of_day = 0;
        for (size_t i = seen; i < whole->count && whole->items[i].first == part.next.day; i++)
            of_day++;
        assert_true(part.left >= of_day);
        choice.begin = part.next;
    }
    assert_int_equal(seen, whole->count);
    return parts;
}

static void parts_make_up_the_whole(void **state)
{
    struct archive *a = fixture_open("urgent", ARCHIVE_READ);
    static const char *const days[] = {"2019-11-01", "2021-02-01", "2021-02-12", "2021-03-15"};
    size_t parts = 0, items = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(days); i++)
        for (size_t limit = 1; limit < 6; limit += 2) {
            struct agenda_choice choice = {day_of(days[i]), day_of(days[i]), day_of(days[i]) + 500,
                                           AGENDA_BEGIN, SIZE_MAX};
            struct agenda whole;
            assert_int_equal(agenda_read(a, &agenda_rules, told_telling->rules, &choice,
                                         &told_arena, &whole, NULL),
                             OK);
            assert_false(whole.more);
            choice.limit = limit;
            parts += check_parts(a, choice, &whole);
            items += whole.count;
        }
    assert_true(items > 60);
    assert_true(parts > 40);
    archive_close(a);
}

static void one_alert_is_asked_for(void **state)
{
    struct archive *a = fixture_open("urgent", ARCHIVE_READ);
    struct alert_board one, board = {.tallies = &(struct alert_tally){STR_NONE, 0}};
    struct fault why;
    struct alert_choice choice = {day_of("2020-01-01"), STR_NONE, SIZE_MAX};
    size_t most = 0;
    (void)state;
    for (; choice.day < day_of("2022-06-01") && board.tallies[most].count < 2; choice.day += 10) {
        assert_int_equal(alert_board_read(a, told_telling->rules, &told_telling->alerts, &choice,
                                          &told_arena, &board, &why),
                         OK);
        for (size_t i = 0; i < board.tallies_count; i++)
            most = board.tallies[i].count > board.tallies[most].count ? i : most;
    }
    choice = (struct alert_choice){choice.day - 10, board.tallies[most].alert, 1};
    assert_int_equal(alert_board_read(a, told_telling->rules, &told_telling->alerts, &choice,
                                      &told_arena, &one, &why),
                     OK);
    assert_true(one.total > 1);
    assert_int_equal(one.total, board.tallies[most].count);
    assert_int_equal(one.count, 1);
    assert_true(str_equal(one.rows[0].alert.rule->alert, choice.alert));
    assert_true(one.rows[0].said_by > 0);
    choice.alert = STR("levitation");
    assert_int_equal(alert_board_read(a, told_telling->rules, &told_telling->alerts, &choice,
                                      &told_arena, &one, &why),
                     REFUSED);
    archive_close(a);
}

/* two rules tell of people whose execution is imminent */
static void those_of_one_alert_stand_by_their_days(void **state)
{
    static const char *const told[][3] = {{"Ali Naseri", "other:facing_execution", "2021-01-05"},
                                          {"Parisa Azadi", "other:death_row", "2021-02-01"},
                                          {"Sara Karimi", "other:facing_execution", "2021-03-01"}};
    struct archive *a = fixture_make("imminent", NULL);
    struct alert_choice choice = {day_of("2021-03-02"), STR("execution_imminent"), SIZE_MAX};
    struct alert_board board;
    (void)state;
    told_texts(a, published, texts, TEXTS);
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        struct statement s = {.text = texts[0],
                              .quote = {SPACE * i, SPACE * i + 6},
                              .form = FORM_LIFE_EVENT,
                              .life_event = {.person = str_of(told[i][0]),
                                             .person_at = {SPACE * i, SPACE * i + 6},
                                             .event = str_of(told[i][1]),
                                             .date = str_of(told[i][2])}};
        told_decide(a, &s, VERDICT_ACCEPT);
    }
    for (choice.limit = COUNT_OF(told); choice.limit; choice.limit--) {
        assert_int_equal(alert_board_read(a, told_telling->rules, &told_telling->alerts, &choice,
                                          &told_arena, &board, NULL),
                         OK);
        assert_int_equal(board.count, choice.limit);
        for (size_t i = 0; i < board.count; i++)
            assert_true(
                str_equal(board.rows[i].person->name, str_of(told[COUNT_OF(told) - 1 - i][0])));
    }
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_archive_finds_is_what_all_cases_say),
        cmocka_unit_test(parts_make_up_the_whole),
        cmocka_unit_test(one_alert_is_asked_for),
        cmocka_unit_test(those_of_one_alert_stand_by_their_days),
    };
    return cmocka_run_group_tests_name("urgent", tests, begin, told_end);
}
