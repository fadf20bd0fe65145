#include "account/census.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "../base/random.h"
#include "told.h"
#include "account/case_stays.h"
#include "store/page.h"
#include "store/profiles.h"
#include "text/edtf.h"

/* What profiles count, against everybody's statements gone through one by one. */

enum { TEXTS = 5, PEOPLE = 6, STATEMENTS = 160, QUESTIONS = 200 };

static struct hash texts[TEXTS];
static const char *const published[TEXTS] = {"2023-01-01", "2023-01-01", "2023-01-01", "2023-01-01",
                                             "2023-01-01"};

static const char *const names[PEOPLE] = {"Mehran Raoof", "Parisa Azadi", "Sara Karimi",
                                          "Ali Rahimi",   "Mina Kazemi",  "Omid Azadi"};
static const char *const places[] = {"Tehran", "Tehran province", "Shiraz", "", "Evin, Tehran"};
static const char *const prisons[] = {"Evin", "Evin prison", "", "Adelabad"};
static const char *const charges[] = {"propaganda against the state", "apples", "",
                                      "national security and apples"};
static const char *const events[] = {"arrested", "released", "sentenced",
                                     "executed", "hearing",  "rearrested"};
static const char *const dates[] = {"2020", "2020-05",    "2021-02-03",
                                    "",     "2022-01-01", "2019-12-30/2020-01-02"};

#define ANY(of) of[random_below(r, COUNT_OF(of))]

static struct statement life(struct random *r, size_t text, size_t person)
{
    struct span at = {7 * person, 7 * person + 6};
    struct statement s = {.text = texts[text],
                          .quote = at,
                          .form = FORM_LIFE_EVENT,
                          .life_event = {.person = str_of(names[person]),
                                         .person_at = at,
                                         .event = str_of(ANY(events)),
                                         .date = str_of(ANY(dates)),
                                         .place = str_of(ANY(places))}};
    (void)life_event_set_detail(&s.life_event, &told_arena, STR("prison"), str_of(ANY(prisons)));
    (void)life_event_set_detail(&s.life_event, &told_arena, STR("charge"), str_of(ANY(charges)));
    return s;
}

static struct statement fact(struct random *r, size_t text, size_t person)
{
    static const char *const facts[][2] = {{"role", "journalist"},
                                           {"role", "other:photo_journalist"},
                                           {"occupation", "teacher"},
                                           {"sex", "female"},
                                           {"gender", "male"},
                                           {"nationality", "Iranian"},
                                           {"nationality", "German-Iranian"},
                                           {"role", "other"}};
    struct span at = {7 * person, 7 * person + 6};
    const char *const *said = ANY(facts);
    return (struct statement){.text = texts[text],
                              .quote = at,
                              .form = FORM_FACT,
                              .fact = {.subject = str_of(names[person]),
                                       .subject_at = at,
                                       .subject_kind = STR("person"),
                                       .property = str_of(said[0]),
                                       .value = str_of(said[1])}};
}

static struct archive *filled(const char *name, struct random *r)
{
    struct archive *a = fixture_make(name, NULL);
    told_texts(a, published, texts, TEXTS);
    for (size_t i = 0; i < STATEMENTS; i++) {
        size_t person = random_below(r, PEOPLE), text = random_below(r, TEXTS);
        struct statement s = random_below(r, 3) ? life(r, text, person) : fact(r, text, person);
        told_decide(a, &s, random_below(r, 5) ? VERDICT_ACCEPT : VERDICT_REJECT);
        if (i % 12 == 7)
            told_join(a, &texts[text], &texts[(text + 1 + random_below(r, TEXTS - 1)) % TEXTS],
                      (struct span){7 * person, 7 * person + 6},
                      random_below(r, 3) ? VERDICT_SAME : VERDICT_DIFFERENT);
    }
    return a;
}

static struct case_question any_question(struct random *r)
{
    static const char *const asked[FACETS][4] = {
        {"held", "detained", "free", "unknown"},
        {"journalist", "teach", "other:photo_journalist", "nobody"},
        {"propaganda_against_state", "apples", "security", "x"},
        {"tehran", "shiraz", "evin", "Evin, Tehran"},
        {"evin", "Evin prison", "adel", "ward"},
        {"female", "male", "MALE", "fe"},
        {"iranian", "German-Iranian", "german", "none"},
        {"2020", "2020-01", "2019-12/2020-03", "2021/.."}};
    struct case_question q = {.day = 18000 + (int64_t)random_below(r, 1400)};
    for (enum facet f = 0; f < FACETS; f++)
        if (!random_below(r, 4))
            q.of[f] = str_of(asked[f][random_below(r, 4)]);
    if (!random_below(r, 5))
        q.name = STR("AZADI");
    return q;
}

static size_t listed(const struct case_record *all, const struct case_question *q,
                     struct case_row **rows)
{
    size_t count;
    struct fault why;
    if (case_list(told_telling->rules, q, all->people, all->people_count, &told_arena, rows, &count,
                  &why) != OK)
        fail_msg("%s", why.text);
    return count;
}

/* What the columns tell, and one look through the archive. */
static void take(struct archive *a, const struct case_question *q, size_t from, size_t limit,
                 struct census *out, struct census *list)
{
    struct crowd *crowd = arena_alloc(&told_arena, sizeof *crowd);
    const struct case_rules *rules = told_telling->rules;
    assert_int_equal(crowd_read(a, rules, &told_arena, crowd, NULL), OK);
    assert_int_equal(census_take(crowd, rules, q, from, limit, &told_arena, out, NULL), OK);
    assert_int_equal(census_list(a, rules, q, from, limit, &told_arena, list, NULL), OK);
    assert_int_equal(list->everybody, out->everybody);
    assert_int_equal(list->fit, out->fit);
    assert_int_equal(list->count, out->count);
    for (size_t i = 0; i < list->count; i++) {
        assert_int_equal(list->rows[i].person, out->rows[i].person);
        assert_true(str_equal(list->rows[i].name, out->rows[i].name));
        assert_true(hash_equal(&list->rows[i].statement, &out->rows[i].statement));
    }
}

static void check_facets(const struct case_record *all, const struct case_question *q,
                         const struct census *c)
{
    struct case_row *rows;
    for (enum facet f = 0; f < FACETS; f++) {
        struct case_question other = *q;
        other.of[f] = STR_NONE;
        assert_int_equal(c->facets[f].of, listed(all, &other, &rows));
        for (size_t i = 0; i < c->facets[f].count; i++) {
            const struct census_value *v = &c->facets[f].values[i];
            other.of[f] = v->value;
            if (v->people != listed(all, &other, &rows))
                fail_msg("%s \"%.*s\": %zu, and %zu are listed", facet_name(f), STR_ARG(v->value),
                         v->people, listed(all, &other, &rows));
        }
    }
}

static void counts_are_those_of_the_lists(void **state)
{
    struct random random = {11}, *r = &random;
    struct case_record all;
    size_t fitted = 0;
    (void)state;
    struct archive *a = filled("census", r);
    assert_int_equal(case_record_read(a, &told_arena, &all, NULL), OK);
    for (size_t i = 0; i < QUESTIONS; i++) {
        struct case_question q = any_question(r);
        struct census c, list;
        struct case_row *rows, *found;
        struct case_record record;
        size_t count, found_count;
        take(a, &q, 0, SIZE_MAX, &c, &list);
        assert_int_equal(c.everybody, all.people_count);
        count = listed(&all, &q, &rows);
        assert_int_equal(c.fit, count);
        assert_int_equal(census_cases(a, told_telling->rules, &q, &c, &told_arena, &record, &found,
                                      &found_count, NULL),
                         OK);
        assert_int_equal(found_count, count);
        for (size_t k = 0; k < count; k++) {
            assert_true(hash_equal(&rows[k].person->address, &found[k].person->address));
            assert_int_equal(rows[k].proposed, found[k].proposed);
            assert_int_equal(rows[k].documents, found[k].documents);
        }
        check_facets(&all, &q, &c);
        fitted += count;
    }
    assert_true(fitted > QUESTIONS); /* the questions are not all of nobody */
    fixture_assert_derived(a);
    archive_close(a);
}

static void parts_of_the_list_make_up_the_whole(void **state)
{
    (void)state;
    struct archive *a = fixture_open("census", ARCHIVE_READ);
    struct case_question q = {.day = 19000};
    struct census whole, part, list;
    take(a, &q, 0, SIZE_MAX, &whole, &list);
    assert_true(whole.count > 6);
    for (size_t from = 0; from < whole.count + 4; from += 3) {
        take(a, &q, from, 3, &part, &list);
        size_t left = from < whole.count ? whole.count - from : 0;
        assert_int_equal(part.count, left < 3 ? left : 3);
        assert_int_equal(part.fit, whole.count);
        for (size_t i = 0; i < part.count; i++)
            assert_int_equal(part.rows[i].person, whole.rows[from + i].person);
    }
    archive_close(a);
}

/* ---- from one state of the record to the next ---- */

static void assert_same_facet(const struct census_facet *a, const struct census_facet *b)
{
    assert_int_equal(a->of, b->of);
    assert_int_equal(a->more, b->more);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_true(str_equal(a->values[i].value, b->values[i].value));
        assert_int_equal(a->values[i].people, b->values[i].people);
    }
}

static void assert_same_census(const struct crowd *followed, const struct crowd *fresh,
                               struct random *r)
{
    struct case_question q = any_question(r);
    struct census a, b;
    size_t from = random_below(r, 4), limit = random_below(r, 2) ? SIZE_MAX : 3;
    assert_int_equal(
        census_take(followed, told_telling->rules, &q, from, limit, &told_arena, &a, NULL), OK);
    assert_int_equal(
        census_take(fresh, told_telling->rules, &q, from, limit, &told_arena, &b, NULL), OK);
    assert_int_equal(a.everybody, b.everybody);
    assert_int_equal(a.fit, b.fit);
    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++) {
        assert_int_equal(a.rows[i].person, b.rows[i].person);
        assert_true(str_equal(a.rows[i].name, b.rows[i].name));
        assert_true(hash_equal(&a.rows[i].statement, &b.rows[i].statement));
    }
    for (enum facet f = 0; f < FACETS; f++)
        assert_same_facet(&a.facets[f], &b.facets[f]);
}

static void decide_anything(struct archive *a, struct random *r)
{
    size_t person = random_below(r, PEOPLE), text = random_below(r, TEXTS);
    if (random_below(r, 5) == 0) {
        told_join(a, &texts[text], &texts[(text + 1 + random_below(r, TEXTS - 1)) % TEXTS],
                  (struct span){7 * person, 7 * person + 6},
                  random_below(r, 3) ? VERDICT_SAME : VERDICT_DIFFERENT);
        return;
    }
    struct statement s = random_below(r, 3) ? life(r, text, person) : fact(r, text, person);
    if (s.form == FORM_LIFE_EVENT && random_below(r, 4) == 0)
        (void)life_event_set_detail(&s.life_event, &told_arena, STR("charge"),
                                    arena_print(&told_arena, "charge %zu", random_below(r, 1000)));
    told_decide(a, &s, random_below(r, 4) ? VERDICT_ACCEPT : VERDICT_REJECT);
}

static void a_crowd_follows_the_record(void **state)
{
    struct random random = {23}, *r = &random;
    (void)state;
    struct archive *a = filled("followed", r);
    const struct case_rules *rules = told_telling->rules;
    struct crowd line[60], fresh;
    bool followed;
    assert_int_equal(crowd_read(a, rules, &told_arena, &line[0], NULL), OK);
    for (size_t i = 1; i < COUNT_OF(line); i++) {
        for (size_t k = random_below(r, 3); k; k--)
            decide_anything(a, r);
        assert_int_equal(crowd_follow(a, rules, &line[i - 1], &told_arena, &told_arena, &line[i],
                                      &followed, NULL),
                         OK);
        assert_true(followed);
        assert_int_equal(crowd_read(a, rules, &told_arena, &fresh, NULL), OK);
        for (size_t k = 0; k < 20; k++)
            assert_same_census(&line[i], &fresh, r);
    }
    const struct crowd *last = &line[COUNT_OF(line) - 1];
    assert_true(last->gone_count > 20);
    assert_int_equal(archive_rebuild_stays(a, NULL), OK);
    assert_int_equal(
        crowd_follow(a, rules, last, &told_arena, &told_arena, &fresh, &followed, NULL), OK);
    assert_false(followed);
    archive_close(a);
}

static void one_before_stays_as_it_was(void **state)
{
    struct random random = {29}, *r = &random;
    struct case_question q = {.day = 19000};
    struct census before, after;
    struct crowd crowd, next;
    bool followed;
    (void)state;
    struct archive *a = filled("before", r);
    assert_int_equal(crowd_read(a, told_telling->rules, &told_arena, &crowd, NULL), OK);
    assert_int_equal(
        census_take(&crowd, told_telling->rules, &q, 0, SIZE_MAX, &told_arena, &before, NULL), OK);
    for (size_t i = 0; i < 20; i++)
        decide_anything(a, r);
    assert_int_equal(crowd_follow(a, told_telling->rules, &crowd, &told_arena, &told_arena, &next,
                                  &followed, NULL),
                     OK);
    assert_true(followed && next.gone_count > 0);
    assert_int_equal(
        census_take(&crowd, told_telling->rules, &q, 0, SIZE_MAX, &told_arena, &after, NULL), OK);
    assert_int_equal(before.fit, after.fit);
    for (enum facet f = 0; f < FACETS; f++)
        assert_same_facet(&before.facets[f], &after.facets[f]);
    archive_close(a);
}

static void assert_refused(struct archive *a, struct case_question q, const char *says)
{
    const struct crowd nobody = {0};
    struct census c;
    struct fault list, take;
    assert_int_equal(census_take(&nobody, told_telling->rules, &q, 0, 1, &told_arena, &c, &take),
                     REFUSED);
    assert_int_equal(census_list(a, told_telling->rules, &q, 0, 1, &told_arena, &c, &list),
                     REFUSED);
    assert_non_null(strstr(take.text, says));
    assert_non_null(strstr(list.text, says));
}

static void what_cannot_be_asked_is_refused(void **state)
{
    (void)state;
    struct archive *a = fixture_open("census", ARCHIVE_READ);
    assert_refused(a, (struct case_question){.of[FACET_STATE] = STR("asleep")},
                   "no state is called \"asleep\"");
    assert_refused(a, (struct case_question){.of[FACET_ARRESTED] = STR("soon")},
                   "\"soon\" is not a date");
    archive_close(a);
}

static void the_last_day_is_that_of_the_documents(void **state)
{
    (void)state;
    struct archive *a = fixture_open("census", ARCHIVE_READ);
    int64_t day, first, last;
    assert_int_equal(archive_last_day(a, &day, NULL), OK);
    assert_int_equal(edtf_range(STR("2023-01-01"), &first, &last, NULL), OK);
    assert_int_equal(day, last);
    archive_close(a);
    a = fixture_make("nobody", NULL);
    assert_int_equal(archive_last_day(a, &day, NULL), OK);
    assert_int_equal(day, INT64_MIN);
    fixture_add(a, STR("Its date is a slip of the pen."),
                &(struct document_facts){.published = STR("3022-09-16")}, NULL);
    assert_int_equal(archive_last_day(a, &day, NULL), OK);
    assert_int_equal(edtf_range(str_slice(fixture_now(), 0, 10), &first, &last, NULL), OK);
    assert_int_equal(day, last);
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_the_lists),
        cmocka_unit_test(parts_of_the_list_make_up_the_whole),
        cmocka_unit_test(a_crowd_follows_the_record),
        cmocka_unit_test(one_before_stays_as_it_was),
        cmocka_unit_test(what_cannot_be_asked_is_refused),
        cmocka_unit_test(the_last_day_is_that_of_the_documents),
    };
    return cmocka_run_group_tests_name("census", tests, told_begin, told_end);
}
