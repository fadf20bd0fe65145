#include "account/case_stays.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "../base/random.h"
#include "told.h"
#include "account/case.h"
#include "store/page.h"
#include "store/profiles.h"
#include "text/edtf.h"

/* Lives told in several texts, decided about in one order and another: what the archive keeps of
 * them follows each commit, and is what a rebuild makes. */

enum { TEXTS = 4, PEOPLE = 3 };

static struct hash texts[TEXTS];
static const char *const published[TEXTS] = {"2023-01-01", "2023-01-01", "2023-01-01",
                                             "2023-01-01"};

static struct span place_of(size_t person)
{
    return (struct span){5 * person, 5 * person + 4};
}

static struct statement life(size_t text, size_t person, const char *event, const char *date)
{
    static const char *const names[PEOPLE] = {"Mehran Raoof", "Parisa Azadi", "Sara Karimi"};
    return (struct statement){.text = texts[text],
                              .quote = place_of(person),
                              .form = FORM_LIFE_EVENT,
                              .life_event = {.person = str_of(names[person]),
                                             .person_at = place_of(person),
                                             .event = str_of(event),
                                             .date = str_of(date)}};
}

struct being {
    int64_t state, day;
    size_t people;
};

static void see_person(void *context, const struct profile_view *p)
{
    struct being *b = context;
    bool is = false;
    for (size_t i = 0; i < p->traits.dated; i++) {
        struct profile_trait t = profile_dated(&p->traits, i);
        is |= t.id == b->state && t.since <= b->day && b->day <= t.until;
    }
    b->people += is;
}

static size_t in_state(struct archive *a, const char *state, const char *day)
{
    struct being being = {0, told_day(day), 0};
    struct trait_meaning *traits;
    struct fault why;
    size_t count;
    if (archive_traits(a, &told_arena, &traits, &count, &why) != OK)
        fail_msg("%s", why.text);
    for (size_t i = 0; i < count; i++)
        if (str_equal(traits[i].kind, STR("state")) && str_equal(traits[i].value, str_of(state)))
            being.state = traits[i].id;
    if (archive_profiles_each(a, &being, see_person, &why) != OK)
        fail_msg("%s", why.text);
    return being.people;
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

static void stays_follow_each_decision(void **state)
{
    (void)state;
    struct archive *a = fixture_make("stays", NULL);
    told_texts(a, published, texts, TEXTS);
    struct statement arrested = life(0, 0, "arrested", "2020-10-16");
    struct statement released = life(1, 0, "released", "2021-03-01");
    told_decide(a, &arrested, VERDICT_ACCEPT);
    assert_int_equal(in_state(a, "detained", "2020-10-15"), 0);
    assert_int_equal(in_state(a, "detained", "2022-01-01"), 1);
    told_decide(a, &released, VERDICT_ACCEPT);
    assert_int_equal(in_state(a, "detained", "2022-01-01"), 1);
    assert_int_equal(in_state(a, "free", "2022-01-01"), 1);
    check_rebuilt(a);
    told_join(a, &texts[0], &texts[1], place_of(0), VERDICT_SAME);
    assert_int_equal(in_state(a, "detained", "2022-01-01"), 0);
    assert_int_equal(in_state(a, "detained", "2021-01-01"), 1);
    assert_int_equal(in_state(a, "free", "2022-01-01"), 1);
    check_rebuilt(a);
    told_join(a, &texts[0], &texts[1], place_of(0), VERDICT_RETRACT);
    assert_int_equal(in_state(a, "detained", "2022-01-01"), 1);
    assert_int_equal(in_state(a, "free", "2022-01-01"), 1);
    check_rebuilt(a);
    struct hash id = statement_id(&released);
    struct decision reject = {.verdict = VERDICT_REJECT, .about = {&id, 1}};
    assert_int_equal(
        archive_active_decisions(a, &id, VERDICT_REJECT, &told_arena, &reject.supersedes, NULL),
        OK);
    json_t *objects[] = {decision_to_json(&reject)};
    fixture_put(a, objects, 1);
    assert_int_equal(in_state(a, "free", "2022-01-01"), 0);
    check_rebuilt(a);
    archive_close(a);
}

static void any_history_of_the_record_gives_the_same(void **state)
{
    static const char *const events[] = {"arrested", "released", "sentenced", "executed",
                                         "hearing"};
    static const char *const dates[] = {"2020", "2020-05", "2021-02-03", "", "2022-01-01"};
    struct random random = {5};
    (void)state;
    struct archive *a = fixture_make("random stays", NULL);
    told_texts(a, published, texts, TEXTS);
    for (size_t i = 0; i < 60; i++) {
        size_t person = random_below(&random, PEOPLE), text = random_below(&random, TEXTS);
        if (random_below(&random, 3)) {
            struct statement s = life(text, person, events[random_below(&random, COUNT_OF(events))],
                                      dates[random_below(&random, COUNT_OF(dates))]);
            told_decide(a, &s, random_below(&random, 4) ? VERDICT_ACCEPT : VERDICT_REJECT);
        } else {
            size_t other = (text + 1 + random_below(&random, TEXTS - 1)) % TEXTS;
            told_join(a, &texts[text], &texts[other], place_of(person),
                      random_below(&random, 3) ? VERDICT_SAME : VERDICT_DIFFERENT);
        }
        if (i % 6 == 5)
            check_rebuilt(a);
    }
    archive_close(a);
}

/* what the archive finds around one statement is what the whole record says of that person */
static void a_case_is_found_without_the_rest(void **state)
{
    (void)state;
    struct archive *a = fixture_open("random stays", ARCHIVE_READ);
    struct case_record all;
    assert_int_equal(case_record_read(a, &told_arena, &all, NULL), OK);
    assert_true(all.people_count > 2);
    for (size_t i = 0; i < all.people_count; i++) {
        const struct case_person *person = &all.people[i];
        struct case_record some;
        size_t place;
        struct hash seed = person->views[0]->id;
        const struct hash_list seeds = {&seed, 1};
        assert_int_equal(
            case_record_of(a, told_telling->rules, &seeds, &told_arena, &some, &place, NULL), OK);
        assert_true(hash_equal(&some.people[place].address, &person->address));
        assert_int_equal(some.people[place].views_count, person->views_count);
        for (size_t k = 0; k < person->views_count; k++)
            assert_true(hash_equal(&some.people[place].views[k]->id, &person->views[k]->id));
    }
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stays_follow_each_decision),
        cmocka_unit_test(any_history_of_the_record_gives_the_same),
        cmocka_unit_test(a_case_is_found_without_the_rest),
    };
    return cmocka_run_group_tests_name("stays", tests, told_begin, told_end);
}
