#include "account/body_account.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "../base/random.h"
#include "told.h"
#include "account/case_stays.h"
#include "store/page.h"

/* Cases told in several texts, decided about in one order and another: through whose hands they
 * went follows each commit, and is what a rebuild makes and what somebody would count by hand. */

enum { TEXTS = 4, PEOPLE = 4 };

static const char *const names[PEOPLE] = {"Mehran Raoof", "Parisa Azadi", "Sara Karimi",
                                          "Iman Afshari"};

static struct hash texts[TEXTS];
static const char *const published[TEXTS] = {"2023-01-01", "2023-01-01", "2023-01-01",
                                             "2023-01-01"};

static struct span place_of(size_t person)
{
    return (struct span){5 * person, 5 * person + 4};
}

static struct statement life(size_t text, size_t person, const char *event, const char *date)
{
    return (struct statement){.text = texts[text],
                              .quote = place_of(person),
                              .form = FORM_LIFE_EVENT,
                              .life_event = {.person = str_of(names[person]),
                                             .person_at = place_of(person),
                                             .event = str_of(event),
                                             .date = str_of(date)}};
}

static struct statement at(struct statement s, const char *detail, const char *value)
{
    assert_true(life_event_set_detail(&s.life_event, &told_arena, str_of(detail), str_of(value)));
    return s;
}

static struct statement fact(size_t text, size_t person, const char *property, const char *value,
                             const char *since, const char *until)
{
    return (struct statement){.text = texts[text],
                              .quote = place_of(person),
                              .form = FORM_FACT,
                              .fact = {.subject = str_of(names[person]),
                                       .subject_at = place_of(person),
                                       .subject_kind = STR("person"),
                                       .property = str_of(property),
                                       .value = str_of(value),
                                       .since = str_of(since),
                                       .until = str_of(until)}};
}

static void accept(struct archive *a, struct statement s)
{
    told_decide(a, &s, VERDICT_ACCEPT);
}

static struct body_account account_of(struct archive *a, const char *key, bool official)
{
    struct body_question asked = {.id = body_id(str_of(key), official), .limit = 100};
    struct body_account out;
    struct fault why;
    if (body_account_read(a, body_book(), told_telling->rules, &asked, &told_arena, &out, &why) !=
        OK)
        fail_msg("%s", why.text);
    return out;
}

static size_t cases_between(struct archive *a, const char *key, int64_t since, int64_t until)
{
    struct body_question asked = {body_id(str_of(key), false), true, since, until, 0, 100};
    struct body_account out;
    assert_int_equal(
        body_account_read(a, body_book(), told_telling->rules, &asked, &told_arena, &out, NULL),
        OK);
    assert_int_equal(out.total, out.shown_count);
    return out.total;
}

static int64_t cases(struct archive *a, const char *key)
{
    return account_of(a, key, false).cases.accepted;
}

static void check_rebuilt(struct archive *a)
{
    struct hash before, after;
    struct fault why;
    if (archive_derived_digest(a, &before, &why) != OK ||
        archive_rebuild(a, NULL, NULL, &why) != OK || archive_derived_digest(a, &after, &why) != OK)
        fail_msg("%s", why.text);
    assert_true(hash_equal(&before, &after));
}

static struct statement hearing(size_t text, size_t person, const char *date)
{
    struct statement s = life(text, person, "hearing", date);
    s = at(s, "court", "Revolutionary Court of Tehran");
    s = at(s, "branch", "26");
    return at(s, "judge", "Iman Afshari");
}

static void a_case_counts_in_each_body_once(void **state)
{
    (void)state;
    struct archive *a = fixture_make("passages", NULL);
    told_texts(a, published, texts, TEXTS);
    accept(a, hearing(0, 0, "2021-06-13"));
    accept(a, hearing(0, 0, "2022-03-01"));
    accept(a, hearing(0, 1, "2021-06-13"));
    accept(a, at(life(1, 2, "transferred", ""), "prison", "Ward 2A"));
    assert_int_equal(cases(a, "rc_tehran_b26"), 2);
    assert_int_equal(cases(a, "rc_tehran"), 2);
    assert_int_equal(cases(a, "revolutionary_court"), 2);
    assert_int_equal(cases(a, "evin_2a"), 1);
    assert_int_equal(cases(a, "evin"), 1);
    struct body_account judge = account_of(a, "iman afshari", true);
    assert_int_equal(judge.cases.accepted, 2);
    assert_int_equal(judge.years_count, 2);
    assert_int_equal(judge.years[0].year, 2021);
    assert_int_equal(judge.years[0].cases.accepted, 2);
    assert_int_equal(judge.years[1].cases.accepted, 1);
    assert_int_equal(cases_between(a, "rc_tehran_b26", 18779, 18992), 2); /* 2021-06 to 12 */
    assert_int_equal(cases_between(a, "rc_tehran_b26", 18993, 20000), 1);
    assert_int_equal(cases_between(a, "evin", -20000, 20000), 0);
    struct body_account court = account_of(a, "rc_tehran", false);
    assert_int_equal(court.parts_count, 1);
    assert_int_equal(court.shown_count, 2);
    assert_true(court.shown[0].part);
    check_rebuilt(a);
    archive_close(a);
}

static void a_decision_about_people_changes_their_number(void **state)
{
    (void)state;
    struct archive *a = fixture_make("joined", NULL);
    told_texts(a, published, texts, TEXTS);
    accept(a, hearing(0, 0, "2021-06-13"));
    accept(a, hearing(1, 0, "2021-06-13"));
    assert_int_equal(cases(a, "rc_tehran_b26"), 2);
    told_join(a, &texts[0], &texts[1], place_of(0), VERDICT_SAME);
    assert_int_equal(cases(a, "rc_tehran_b26"), 1);
    check_rebuilt(a);
    told_join(a, &texts[0], &texts[1], place_of(0), VERDICT_RETRACT);
    assert_int_equal(cases(a, "rc_tehran_b26"), 2);
    check_rebuilt(a);
    archive_close(a);
}

static void posts_are_somebodys_words(void **state)
{
    (void)state;
    struct archive *a = fixture_make("posts", NULL);
    told_texts(a, published, texts, TEXTS);
    accept(a, fact(0, 1, "post", "Judge of Branch 26 of the Revolutionary Court of Tehran", "2019",
                   "2020"));
    accept(a, fact(1, 1, "post", "judge, Revolutionary Court of Tehran Branch 26", "2022", ""));
    accept(a, fact(2, 2, "member_of", "1988 death commission", "1990", "1988"));
    struct body_account branch = account_of(a, "rc_tehran_b26", false);
    size_t on_record = 0;
    for (size_t i = 0; i < branch.posts_count; i++) {
        const struct body_post *p = &branch.posts[i];
        assert_true((p->view != NULL) != (p->claim != NULL));
        if (p->claim)
            assert_true(p->claim->said_by.len > 0);
        on_record += p->view != NULL;
    }
    assert_int_equal(on_record, 2);
    assert_true(branch.posts_count > 2);
    assert_int_equal(branch.cases.accepted, 0);
    assert_int_equal(branch.conflicts_count, 1);
    assert_true(str_equal(branch.conflicts[0].a->since, STR("2019")));
    assert_true(str_equal(branch.conflicts[0].b->since, STR("2022")));
    struct body_account commission = account_of(a, "death_commission_1988", false);
    assert_int_equal(commission.conflicts_count, 1);
    assert_null(commission.conflicts[0].b);
    struct body_account official = account_of(a, "parisa azadi", true);
    assert_int_equal(official.posts_count, 2);
    assert_int_equal(official.cases.accepted, 0);
    check_rebuilt(a);
    archive_close(a);
}

static void a_judge_follows_who_was_decided_to_be_whom(void **state)
{
    (void)state;
    struct archive *a = fixture_make("judge", NULL);
    told_texts(a, published, texts, TEXTS);
    accept(a, hearing(0, 0, "2021-06-13"));
    accept(a, at(life(1, 1, "sentenced", "2022-01-01"), "judge", "Afshari"));
    accept(a, fact(0, 3, "role", "judge", "", ""));
    struct statement short_name = fact(1, 3, "role", "judge", "", "");
    short_name.fact.subject = STR("Afshari");
    accept(a, short_name);
    assert_int_equal(account_of(a, "iman afshari", true).cases.accepted, 1);
    assert_int_equal(account_of(a, "afshari", true).cases.accepted, 1);
    told_join(a, &texts[0], &texts[1], place_of(3), VERDICT_SAME);
    struct body_account judge = account_of(a, "iman afshari", true);
    assert_int_equal(judge.cases.accepted, 2);
    assert_int_equal(judge.shown_count, 2);
    assert_int_equal(judge.also_count, 1);
    assert_true(str_equal(judge.also[0], STR("Afshari")));
    assert_int_equal(account_of(a, "afshari", true).cases.accepted, 2);
    archive_close(a);
}

static struct statement any_statement(struct random *random)
{
    static const char *const dates[] = {"2020", "2020-05", "2021-02-03", "", "2022-01-01"};
    static const char *const prisons[] = {"Evin", "Ward 209", "Gohardasht", "some prison"};
    size_t person = random_below(random, PEOPLE), text = random_below(random, TEXTS);
    const char *date = dates[random_below(random, COUNT_OF(dates))];
    switch (random_below(random, 4)) {
    case 0:
        return hearing(text, person, date);
    case 1:
        return at(life(text, person, "transferred", date), "prison",
                  prisons[random_below(random, COUNT_OF(prisons))]);
    case 2:
        return fact(text, person, "post", "director of Evin prison", "2019", "");
    default:
        return at(life(text, person, "sentenced", date), "court", "Court of Minsk");
    }
}

/* People of whom any accepted statement names the body, by hand. */
static int64_t counted_by_hand(const struct case_record *r, const char *key)
{
    int64_t people = 0;
    for (size_t i = 0; i < r->people_count; i++) {
        bool passed = false;
        for (size_t k = 0; k < r->people[i].views_count && !passed; k++) {
            const struct statement_view *view = r->people[i].views[k];
            struct body_named named[BODIES_MOST];
            size_t count =
                view->statement.form == FORM_LIFE_EVENT
                    ? bodies_of_event(body_book(), &view->statement.life_event, &told_arena, named)
                    : 0;
            for (size_t n = 0; n < count; n++)
                passed |= str_equal(named[n].key, str_of(key)) && view->state == VIEW_ACCEPTED &&
                          !view->undecided;
        }
        people += passed;
    }
    return people;
}

static void check_counts(struct archive *a)
{
    static const char *const keys[] = {"rc_tehran_b26", "rc_tehran",     "evin",       "evin_209",
                                       "gohardasht",    "=courtofminsk", "=someprison"};
    struct case_record record;
    assert_int_equal(case_record_read(a, &told_arena, &record, NULL), OK);
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        int64_t people = counted_by_hand(&record, keys[i]);
        if (people)
            assert_int_equal(cases(a, keys[i]), people);
    }
}

static void any_history_counts_as_by_hand(void **state)
{
    struct random random = {7};
    (void)state;
    struct archive *a = fixture_make("random passages", NULL);
    told_texts(a, published, texts, TEXTS);
    for (size_t i = 0; i < 60; i++) {
        if (random_below(&random, 4)) {
            struct statement s = any_statement(&random);
            told_decide(a, &s, random_below(&random, 4) ? VERDICT_ACCEPT : VERDICT_REJECT);
        } else {
            size_t left = random_below(&random, TEXTS);
            size_t right = (left + 1 + random_below(&random, TEXTS - 1)) % TEXTS;
            struct span at = place_of(random_below(&random, PEOPLE));
            told_join(a, &texts[left], &texts[right], at,
                      random_below(&random, 3) ? VERDICT_SAME : VERDICT_DIFFERENT);
        }
        check_counts(a);
        if (i % 6 == 5)
            check_rebuilt(a);
    }
    archive_close(a);
}

/* The same statements, taken in and accepted in another order. */
static void any_order_gives_the_same(void **state)
{
    enum { STATEMENTS = 24, ORDERS = 3 };
    struct statement all[STATEMENTS];
    struct hash digests[ORDERS];
    struct random random = {11};
    (void)state;
    for (size_t order = 0; order < ORDERS; order++) {
        struct archive *a = fixture_make(arena_print(&told_arena, "order %zu", order).at, NULL);
        struct body_account branch, judge;
        struct hasher hasher;
        told_texts(a, published, texts, TEXTS);
        for (size_t i = 0; i < STATEMENTS && !order; i++)
            all[i] = any_statement(&random);
        for (size_t i = 0; i < STATEMENTS; i++)
            accept(a, all[(i * (order ? 7 : 1) + order * 5) % STATEMENTS]);
        branch = account_of(a, "rc_tehran_b26", false);
        judge = account_of(a, "iman afshari", true);
        hasher_init(&hasher);
        for (size_t i = 0; i < branch.shown_count; i++)
            hasher_add(&hasher, (struct str){(const char *)branch.shown[i].view->id.bytes, 32});
        for (size_t i = 0; i < judge.posts_count; i++)
            hasher_add(&hasher, judge.posts[i].post);
        digests[order] = hasher_end(&hasher);
        assert_true(branch.shown_count > 2);
        assert_int_equal(branch.shown_count, branch.cases.accepted);
        assert_true(hash_equal(&digests[0], &digests[order]));
        archive_close(a);
    }
}

static void retracting_restores(void **state)
{
    (void)state;
    struct archive *a = fixture_make("retracted", NULL);
    told_texts(a, published, texts, TEXTS);
    accept(a, hearing(0, 0, "2021-06-13"));
    struct statement more = at(life(0, 1, "transferred", "2021"), "prison", "Evin");
    accept(a, more);
    assert_int_equal(cases(a, "evin"), 1);
    struct hash id = statement_id(&more);
    struct decision reject = {.verdict = VERDICT_REJECT, .about = {&id, 1}};
    assert_int_equal(
        archive_active_decisions(a, &id, VERDICT_REJECT, &told_arena, &reject.supersedes, NULL),
        OK);
    json_t *objects[] = {decision_to_json(&reject)};
    fixture_put(a, objects, 1);
    struct body_view *views;
    size_t count, total;
    const struct body_choice institutions = {false, 0, 10};
    assert_int_equal(archive_bodies(a, &institutions, &told_arena, &views, &count, &total, NULL),
                     OK);
    assert_int_equal(total, 3); /* the branch, its court, and all such courts */
    assert_int_equal(cases(a, "rc_tehran_b26"), 1);
    check_rebuilt(a);
    archive_close(a);
}

/* "abad" is made of digits of ids, too */
static void a_part_of_a_name_finds_the_body(void **state)
{
    static const char *const parts[] = {"Vakilabad", "vakil", "abad"};
    struct body_view *views;
    size_t count;
    (void)state;
    struct archive *a = fixture_make("asked", NULL);
    told_texts(a, published, texts, TEXTS);
    accept(a, at(life(0, 1, "transferred", "2021"), "prison", "زندان وکیل\u200cآباد"));
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        assert_int_equal(bodies_asked(a, body_book(), str_of(parts[i]), false, &told_arena, &views,
                                      &count, NULL),
                         OK);
        assert_int_equal(count, 1);
        assert_true(str_equal(views[0].key, STR("vakilabad")));
    }
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_counts_in_each_body_once),
        cmocka_unit_test(a_decision_about_people_changes_their_number),
        cmocka_unit_test(posts_are_somebodys_words),
        cmocka_unit_test(a_judge_follows_who_was_decided_to_be_whom),
        cmocka_unit_test(any_history_counts_as_by_hand),
        cmocka_unit_test(any_order_gives_the_same),
        cmocka_unit_test(retracting_restores),
        cmocka_unit_test(a_part_of_a_name_finds_the_body),
    };
    return cmocka_run_group_tests_name("passages", tests, told_begin, told_end);
}
