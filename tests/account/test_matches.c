#include "account/matches.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../store/fixture.h"
#include "account/joined.h"
#include "account/people.h"
#include "store/page.h"

/* Pairs of people of an archive, their addresses, and the list of people around them. */

static const struct {
    const char *name, *event, *date, *born;
} told[] = {
    {"Nasreen Marzbani", "arrested", "2020-10-16", "1980-05"},
    {"Nasrin Marzbani", "arrested", "2020-10-16", "1980-05-02"},
    {"Nasrin Marzbani", "arrested", "2020-10", "1981"},
    {"Kaveh Tolouei", "executed", "2019-01-02", NULL},
    {"Kaveh Toloui", "executed", "2019-03", NULL},
};

static struct reader *reader;
static struct archive *archive;
static struct arena arena;

static void put(const struct statement *s)
{
    struct hash id = statement_id(s);
    struct decision decision = {.verdict = VERDICT_ACCEPT, .about = {&id, 1}};
    json_t *objects[] = {statement_to_json(s), decision_to_json(&decision)};
    fixture_put(archive, objects, COUNT_OF(objects));
}

static void tell(size_t i)
{
    char digits[HASH_DIGITS + 1];
    struct document_view view;
    static size_t number;
    struct str text = arena_print(&arena, "%s was taken (%zu).", told[i].name, number++);
    struct hash document = fixture_add(archive, text, NULL, NULL);
    struct span at = {0, strlen(told[i].name)};
    hash_write(&document, digits);
    assert_int_equal(archive_document(archive, str_of(digits), &arena, &view, NULL), OK);
    struct statement event = {.text = view.text,
                              .quote = {0, text.len},
                              .form = FORM_LIFE_EVENT,
                              .life_event = {.person = str_of(told[i].name),
                                             .person_at = at,
                                             .event = str_of(told[i].event),
                                             .date = str_of(told[i].date)}};
    put(&event);
    if (!told[i].born)
        return;
    struct statement born = {.text = view.text,
                             .quote = {0, text.len},
                             .form = FORM_FACT,
                             .fact = {.subject = str_of(told[i].name),
                                      .subject_at = at,
                                      .subject_kind = STR("person"),
                                      .property = STR("birth_date"),
                                      .value = str_of(told[i].born)}};
    put(&born);
}

static int begin(void **state)
{
    if (fixture_begin(state) || reader_new(&reader, NULL) != OK)
        return -1;
    arena_init(&arena);
    archive = fixture_make("matched", NULL);
    for (size_t i = 0; i < COUNT_OF(told); i++)
        tell(i);
    return 0;
}

static int end(void **state)
{
    archive_close(archive);
    arena_release(&arena);
    reader_free(reader);
    return fixture_end(state);
}

static struct matches read_all(void)
{
    struct matches m;
    assert_int_equal(matches_read(archive, reader, NULL, &arena, &m, NULL), OK);
    return m;
}

static bool is_named(const struct bearer *b, const char *name)
{
    return str_equal(b->named.name, str_of(name));
}

/* the first pair of two people so named */
static const struct match *pair_of(const struct matches *m, const char *one, const char *other)
{
    for (size_t i = 0; i < m->count; i++)
        if ((is_named(m->all[i].left, one) && is_named(m->all[i].right, other)) ||
            (is_named(m->all[i].left, other) && is_named(m->all[i].right, one)))
            return &m->all[i];
    fail_msg("%s and %s are no pair", one, other);
    return NULL;
}

static void decide_on(const struct matches *m, const struct match *one, enum verdict verdict)
{
    struct mention_pairs pairs =
        verdict == VERDICT_RETRACT ? match_decided(m, one, &arena) : match_mentions(m, one, &arena);
    assert_int_equal(decide_pairs(archive, &pairs, verdict, STR("why"), false, fixture_now(), NULL),
                     OK);
}

static void every_pair_is_found_by_its_address(void **state)
{
    (void)state;
    struct matches m = read_all();
    char digits[HASH_DIGITS + 1];
    assert_true(m.waiting >= 3);
    assert_int_equal(m.count, m.waiting);
    for (size_t i = 0; i < m.count; i++) {
        hash_write(&m.all[i].id, digits);
        assert_ptr_equal(matches_find(&m, str_of(digits)), &m.all[i]);
        assert_ptr_equal(matches_find(&m, (struct str){digits, 32}), &m.all[i]);
        assert_ptr_equal(matches_next(&m, &m.all[i]), &m.all[(i + 1) % m.waiting]);
    }
    digits[0] = digits[0] == '0' ? '1' : '0';
    assert_null(matches_find(&m, str_of(digits)));
    assert_null(matches_find(&m, STR_NONE));
    assert_null(matches_find(&m, STR("g")));
}

static void a_decided_pair_keeps_its_address(void **state)
{
    (void)state;
    struct matches before = read_all();
    const struct match *one = pair_of(&before, "Kaveh Tolouei", "Kaveh Toloui");
    char digits[HASH_DIGITS + 1];
    hash_write(&one->id, digits);
    assert_int_equal(match_decided(&before, one, &arena).count, 0);
    static const enum verdict verdicts[] = {VERDICT_DIFFERENT, VERDICT_SAME};
    static const enum likely_decided states[] = {LIKELY_DIFFERENT, LIKELY_SAME};
    for (size_t i = 0; i < COUNT_OF(verdicts); i++) {
        decide_on(&before, one, verdicts[i]);
        struct matches after = read_all();
        const struct match *same = matches_find(&after, str_of(digits));
        assert_non_null(same);
        assert_null(same->pair);
        assert_int_equal(same->decided, states[i]);
        assert_true(str_equal(same->why, STR("why")));
        assert_int_equal(after.waiting, before.waiting - 1);
        assert_ptr_equal(matches_next(&after, same), &after.all[0]);
        decide_on(&after, same, VERDICT_RETRACT);
        assert_int_equal(read_all().waiting, before.waiting);
    }
}

static void rows_point_at_each_other(void **state)
{
    (void)state;
    struct matches m = read_all();
    size_t count;
    const struct match_link *links = matches_links(&m, STR("nasrin marzbani"), &count);
    bool itself = false, other = false;
    for (size_t i = 0; i < count; i++) {
        itself = itself || str_equal(links[i].other, STR("nasrin marzbani"));
        other = other || str_equal(links[i].other, STR("nasreen marzbani"));
        assert_true(m.all[links[i].pair].pair->probable);
    }
    assert_true(other);
    assert_true(count == (size_t)itself + (size_t)other);
    matches_links(&m, STR("nobody"), &count);
    assert_int_equal(count, 0);
}

static size_t count_rows(const char *part, struct person_row **rows)
{
    struct people_list list;
    struct name_choice choice = {.part = str_of(part), .limit = 9};
    size_t count, total;
    assert_int_equal(people_list_read(archive, &arena, &list, NULL), OK);
    if (list.decided)
        people_list_page(&list, &choice, &arena, rows, &count, &total);
    else
        assert_int_equal(people_page(archive, &choice, &arena, rows, &count, &total, NULL), OK);
    assert_int_equal(count, total);
    return count;
}

static void the_list_joins_whom_decisions_join(void **state)
{
    (void)state;
    struct person_row *rows;
    struct matches m = read_all();
    const struct match *one = pair_of(&m, "Kaveh Tolouei", "Kaveh Toloui");
    assert_int_equal(count_rows("", &rows), 4);
    decide_on(&m, one, VERDICT_SAME);
    assert_int_equal(count_rows("", &rows), 3);
    assert_int_equal(count_rows("toloui", &rows), 1);
    assert_int_equal(count_rows("KAVEH tolouei", &rows), 1);
    assert_true(rows[0].decided);
    assert_int_equal(rows[0].spellings_count, 2);
    assert_int_equal(rows[0].documents, 2);
    assert_int_equal(rows[0].events_count, 2);
    assert_int_equal(rows[0].state, VIEW_ACCEPTED);
    char digits[HASH_DIGITS + 1];
    struct matches after = read_all();
    hash_write(&rows[0].person, digits);
    one = pair_of(&after, "Kaveh Tolouei", "Kaveh Toloui");
    assert_true(str_equal(match_row(&after.likely, one->left, &arena), str_of(digits)));
    decide_on(&after, one, VERDICT_RETRACT);
    assert_int_equal(count_rows("", &rows), 4);
}

static uint64_t statement_generation(void)
{
    uint64_t out;
    assert_int_equal(archive_snapshot_begin(archive, NULL), OK);
    assert_int_equal(archive_statement_generation(archive, &out, NULL), OK);
    archive_snapshot_end(archive);
    return out;
}

static void assert_same(const struct matches *a, const struct matches *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->waiting, b->waiting);
    assert_int_equal(a->links_count, b->links_count);
    for (size_t i = 0; i < a->count; i++) {
        assert_true(hash_equal(&a->all[i].id, &b->all[i].id));
        assert_int_equal(a->all[i].decided, b->all[i].decided);
    }
    for (size_t i = 0; i < a->links_count; i++) {
        assert_true(str_equal(a->links[i].row, b->links[i].row));
        assert_int_equal(a->links[i].pair, b->links[i].pair);
    }
    for (size_t i = 0; i < a->likely.count; i++) {
        const struct named *x = &a->likely.bearers[i].named, *y = &b->likely.bearers[i].named;
        assert_int_equal(x->person, y->person);
        assert_int_equal(x->parted, y->parted);
        for (size_t k = 0; k < i; k++)
            assert_int_equal(a->likely.groups[i] == a->likely.groups[k],
                             b->likely.groups[i] == b->likely.groups[k]);
    }
}

static void other_decisions_read_no_text_again(void **state)
{
    (void)state;
    struct matches before = read_all();
    uint64_t generation = statement_generation();
    static const enum verdict verdicts[] = {VERDICT_SAME, VERDICT_RETRACT, VERDICT_DIFFERENT,
                                            VERDICT_RETRACT};
    for (size_t pair = 0; pair < before.waiting; pair++)
        for (size_t i = 0; i < COUNT_OF(verdicts); i++) {
            struct matches now = read_all(), again, anew;
            char digits[HASH_DIGITS + 1];
            hash_write(&before.all[pair].id, digits);
            decide_on(&now, matches_find(&now, str_of(digits)), verdicts[i]);
            assert_int_equal(matches_read(archive, reader, &before, &arena, &again, NULL), OK);
            anew = read_all();
            assert_same(&again, &anew);
            assert_true(statement_generation() == generation);
        }
}

/* The last: it puts another person there. */
static void another_statement_is_another_generation(void **state)
{
    (void)state;
    uint64_t before = statement_generation();
    tell(0);
    uint64_t after = statement_generation();
    assert_true(after != before);
}

/* Of the two: the days of two deaths, or a day and a month that has it. */
static void a_joined_case_says_what_cannot_be(void **state)
{
    (void)state;
    struct matches m = read_all();
    struct joined j;
    joined_make(&m, pair_of(&m, "Kaveh Tolouei", "Kaveh Toloui"), &arena, &j);
    assert_int_equal(j.events_count, 2);
    assert_true(str_equal(j.events[0].date, STR("2019-01-02")));
    assert_true(!j.events[0].left != !j.events[0].right);
    assert_int_equal(j.conflicts_count, 1);
    assert_true(str_equal(j.conflicts[0].left->statement.life_event.event, STR("executed")));

    for (size_t i = 0; i < m.count; i++) {
        const struct match *one = &m.all[i];
        bool wrong_year = false, nasreen = is_named(one->left, "Nasreen Marzbani") ||
                                           is_named(one->right, "Nasreen Marzbani");
        if (!nasreen)
            continue;
        joined_make(&m, one, &arena, &j);
        for (size_t k = 0; k < j.facts_count; k++)
            wrong_year = wrong_year || str_equal(j.facts[k].value, STR("1981"));
        assert_int_equal(j.conflicts_count, wrong_year);
        if (!wrong_year) {
            assert_int_equal(j.events_count, 1);
            assert_non_null(j.events[0].left);
            assert_non_null(j.events[0].right);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_is_found_by_its_address),
        cmocka_unit_test(a_decided_pair_keeps_its_address),
        cmocka_unit_test(rows_point_at_each_other),
        cmocka_unit_test(the_list_joins_whom_decisions_join),
        cmocka_unit_test(a_joined_case_says_what_cannot_be),
        cmocka_unit_test(other_decisions_read_no_text_again),
        cmocka_unit_test(another_statement_is_another_generation),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
