#include "account/shelf.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "told.h"
#include "account/census.h"
#include "account/corroboration.h"
#include "text/edtf.h"

/* What is made once for all readers of one state of the record, and anew for the next. */

static const struct incident_facts incidents[] = {
    {{"in-2022", 7}, {"The uprising", 12}, {"2022-09-16", 10}, {"2023-04-30", 10}}};

static const struct account_wish audits_wish = {.kind = ACCOUNT_AUDITS};
static const struct account_wish events_wish = {.kind = ACCOUNT_EVENTS};
static const struct account_wish crowd_wish = {.kind = ACCOUNT_CROWD};
static const struct account_wish groups_wish = {
    .kind = ACCOUNT_GROUPS, .incidents = incidents, .incidents_count = COUNT_OF(incidents)};

static const struct document_facts facts = {
    .title = {"A title", 7}, .publisher = {"Paper", 5}, .published = {"2023-01-20", 10}};

static struct hash text_of(struct archive *a, const struct hash *document, struct arena *arena)
{
    char digits[HASH_DIGITS + 1];
    struct document_view view;
    hash_write(document, digits);
    assert_int_equal(archive_document(a, str_of(digits), arena, &view, NULL), OK);
    return view.text;
}

static struct hash put(struct archive *a, const struct statement *s, enum verdict verdict)
{
    struct hash id = statement_id(s);
    struct decision decision = {.verdict = verdict, .about = {&id, 1}};
    json_t *objects[] = {statement_to_json(s), decision_to_json(&decision)};
    fixture_put(a, objects, COUNT_OF(objects));
    return id;
}

static struct statement event_of(const struct hash *text, size_t place, const char *event,
                                 struct str person, const char *date)
{
    return (struct statement){.text = *text,
                              .quote = {place, place + 3},
                              .form = FORM_LIFE_EVENT,
                              .life_event = {.person = person,
                                             .person_at = {place, place + 3},
                                             .event = str_of(event),
                                             .date = str_of(date)}};
}

/* People who were taken before the pardons that are built in, some of whom came out. */
enum { PRISONERS = 30 };

static struct archive *prison(const char *name, struct arena *arena)
{
    struct archive *a = fixture_make(name, NULL);
    struct buf words;
    buf_init(&words, 1 << 16);
    while (words.len < 8 * PRISONERS)
        buf_add_text(&words, "-a b c d\n");
    struct hash document = fixture_add(a, buf_str(&words), &facts, NULL);
    struct hash text = text_of(a, &document, arena);
    for (size_t i = 0; i < PRISONERS; i++) {
        struct str person =
            arena_print(arena, "Prisoner %c%c", 'A' + (int)i % 26, 'a' + (int)i / 26);
        struct statement taken = event_of(&text, 8 * i, "arrested", person, "2022-11-03");
        struct statement freed = event_of(&text, 8 * i, "released", person, "2023-03-01");
        put(a, &taken, VERDICT_ACCEPT);
        if (i % 3 == 0)
            put(a, &freed, VERDICT_ACCEPT);
    }
    buf_release(&words);
    return a;
}

static const struct audit *latest_of(const struct audits *audits)
{
    assert_true(audits->count > 1);
    return &audits->all[audits->count - 1].sums;
}

/* ---- the same as what is made of all ---- */

static void assert_same_person(const struct audit_person *a, const struct audit_person *b)
{
    assert_memory_equal(&a->person->address, &b->person->address, HASH_SIZE);
    assert_true(str_equal(a->person->name, b->person->name));
    assert_int_equal(a->person->views_count, b->person->views_count);
    assert_int_equal(a->verdict, b->verdict);
    assert_int_equal(a->decided, b->decided);
    assert_int_equal(a->reasons_count, b->reasons_count);
    for (size_t i = 0; i < a->reasons_count; i++) {
        assert_int_equal(a->reasons[i].met, b->reasons[i].met);
        assert_true(str_equal(a->reasons[i].missing, b->reasons[i].missing));
    }
    assert_int_equal(a->out != NULL, b->out != NULL);
    assert_int_equal(a->terms_count, b->terms_count);
}

/* all pages of so many people, one verdict after another, are the whole */
static void check_pages(struct archive *a, const struct audit_roll *roll, const struct audit *whole,
                        size_t limit, struct arena *arena)
{
    size_t seen = 0;
    for (enum audit_verdict verdict = AUDIT_QUALIFIES; verdict <= AUDIT_UNTOLD; verdict++)
        for (size_t from = 0; from < roll->sums.verdicts[verdict]; from += limit) {
            struct audit_person *people;
            size_t count;
            assert_int_equal(
                audit_roll_people(a, roll, verdict, from, limit, arena, &people, &count, NULL), OK);
            assert_in_range(count, 1, limit);
            for (size_t i = 0; i < count; i++)
                assert_same_person(&people[i], &whole->people[seen + i]);
            seen += count;
        }
    assert_int_equal(seen, whole->count);
}

static void check_audits(struct archive *a, int64_t as_of, size_t limit, struct arena *arena,
                         struct audits *audits)
{
    struct case_record record;
    const struct case_rules *rules;
    assert_int_equal(audits_read(a, as_of, arena, audits, NULL), OK);
    assert_int_equal(case_rules_known(&rules, NULL), OK);
    assert_int_equal(case_record_read(a, arena, &record, NULL), OK);
    for (size_t i = 0; i < audits->count; i++) {
        struct audit whole, *sums = &audits->all[i].sums;
        audit_make(rules, &audits->amnesties[i], record.people, record.people_count, as_of, arena,
                   &whole);
        assert_ptr_equal(sums->amnesty, &audits->amnesties[i]);
        assert_int_equal(sums->as_of, whole.as_of);
        assert_int_equal(sums->count, whole.count);
        assert_int_equal(sums->unplaced, whole.unplaced);
        assert_memory_equal(sums->verdicts, whole.verdicts, sizeof whole.verdicts);
        assert_memory_equal(sums->out, whole.out, sizeof whole.out);
        check_pages(a, &audits->all[i], &whole, limit, arena);
    }
}

static size_t out_of(const struct audit *audit)
{
    return audit->out[0] + audit->out[1] + audit->out[2];
}

static void pages_of_an_audit_are_the_whole(void **state)
{
    (void)state;
    struct arena arena;
    struct audits audits;
    int64_t first, before_release;
    arena_init(&arena);
    struct archive *a = prison("audits", &arena);
    check_audits(a, INT64_MIN, 7, &arena, &audits);
    assert_int_equal(latest_of(&audits)->count, PRISONERS);
    assert_int_equal(out_of(latest_of(&audits)), PRISONERS / 3);
    assert_int_equal(edtf_range(STR("2023-02-28"), &first, &before_release, NULL), OK);
    check_audits(a, before_release, PRISONERS, &arena, &audits);
    assert_int_equal(latest_of(&audits)->count, PRISONERS);
    assert_int_equal(out_of(latest_of(&audits)), 0);
    arena_release(&arena);
    archive_close(a);
}

static void beyond_the_last_nobody_is_left(void **state)
{
    (void)state;
    struct arena arena;
    struct audits audits;
    struct audit_person *people;
    size_t count = 1;
    arena_init(&arena);
    struct archive *a = prison("beyond", &arena);
    assert_int_equal(audits_read(a, INT64_MIN, &arena, &audits, NULL), OK);
    const struct audit_roll *roll = &audits.all[audits.count - 1];
    assert_int_equal(audit_roll_people(a, roll, AUDIT_UNTOLD, roll->sums.verdicts[AUDIT_UNTOLD], 9,
                                       &arena, &people, &count, NULL),
                     OK);
    assert_int_equal(count, 0);
    arena_release(&arena);
    archive_close(a);
}

/* ---- once for all who ask ---- */

enum { READERS = 8 };

struct asking {
    pthread_barrier_t *together;
    struct account_shelf *shelf;
    struct archive *archive;
    struct account_hold audits, events, groups, crowd;
    size_t held; /* in prison, on a day */
    bool good;
};

static enum outcome count_held(const struct crowd *crowd, struct census *out, struct arena *arena)
{
    const struct case_question q = {.of[FACET_STATE] = STR("held"), .day = 19330};
    const struct case_rules *rules;
    enum outcome result = case_rules_known(&rules, NULL);
    return result == OK ? census_take(crowd, rules, &q, 0, PRISONERS, arena, out, NULL) : result;
}

static void *ask(void *context)
{
    struct asking *r = context;
    struct arena arena;
    struct census census = {0};
    arena_init(&arena);
    pthread_barrier_wait(r->together);
    r->good = account_hold(r->shelf, r->archive, &crowd_wish, &r->crowd, NULL) == OK &&
              count_held(r->crowd.crowd, &census, &arena) == OK &&
              account_hold(r->shelf, r->archive, &audits_wish, &r->audits, NULL) == OK &&
              account_hold(r->shelf, r->archive, &events_wish, &r->events, NULL) == OK &&
              account_hold(r->shelf, r->archive, &groups_wish, &r->groups, NULL) == OK;
    r->held = census.fit;
    arena_release(&arena);
    return NULL;
}

static void readers_at_once_share_one_making(void **state)
{
    (void)state;
    struct arena arena;
    pthread_t threads[READERS];
    pthread_barrier_t together;
    struct asking readers[READERS];
    struct account_shelf *shelf = account_shelf_new();
    arena_init(&arena);
    archive_close(prison("shared", &arena));
    pthread_barrier_init(&together, NULL, READERS);
    for (size_t i = 0; i < READERS; i++) {
        readers[i] = (struct asking){
            .together = &together, .shelf = shelf, .archive = fixture_open("shared", ARCHIVE_READ)};
        assert_int_equal(pthread_create(&threads[i], NULL, ask, &readers[i]), 0);
    }
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < READERS; i++) {
        assert_true(readers[i].good);
        assert_ptr_equal(readers[i].audits.audits, readers[0].audits.audits);
        assert_ptr_equal(readers[i].events.events, readers[0].events.events);
        assert_ptr_equal(readers[i].groups.groups, readers[0].groups.groups);
        assert_ptr_equal(readers[i].crowd.crowd, readers[0].crowd.crowd);
        assert_int_equal(readers[i].held, PRISONERS);
    }
    for (size_t i = 0; i < READERS; i++) {
        account_release(shelf, &readers[i].audits);
        account_release(shelf, &readers[i].events);
        account_release(shelf, &readers[i].groups);
        account_release(shelf, &readers[i].crowd);
        archive_close(readers[i].archive);
    }
    pthread_barrier_destroy(&together);
    account_shelf_free(shelf);
    arena_release(&arena);
}

/* ---- a decision makes it anew ---- */

static void a_decision_changes_what_is_held(void **state)
{
    (void)state;
    struct arena arena;
    struct account_hold before, after, events;
    struct statement_view *views;
    struct account_shelf *shelf = account_shelf_new();
    const struct statement_filter all = {.lives = true};
    size_t count;
    arena_init(&arena);
    struct archive *a = prison("changed", &arena);
    assert_int_equal(account_hold(shelf, a, &audits_wish, &before, NULL), OK);
    assert_int_equal(account_hold(shelf, a, &events_wish, &events, NULL), OK);
    assert_int_equal(events.events->count, 2);
    assert_true(str_equal(events.events->at[0], STR("arrested")));
    assert_true(str_equal(events.events->at[1], STR("released")));
    account_release(shelf, &events);
    assert_int_equal(archive_statements(a, &all, &arena, &views, &count, NULL), OK);
    assert_int_equal(count, PRISONERS + PRISONERS / 3);
    for (size_t i = 0; i < count; i++)
        if (str_equal(views[i].statement.life_event.event, STR("released")))
            fixture_decide(a, VERDICT_REJECT, &views[i], 1);
    assert_int_equal(account_hold(shelf, a, &audits_wish, &after, NULL), OK);
    assert_int_equal(account_hold(shelf, a, &events_wish, &events, NULL), OK);
    const struct audit *old = latest_of(before.audits), *new = latest_of(after.audits);
    assert_int_equal(old->out[0] + old->out[1] + old->out[2], PRISONERS / 3);
    assert_int_equal(new->out[0] + new->out[1] + new->out[2], 0);
    assert_int_equal(new->count, PRISONERS);
    assert_int_equal(events.events->count, 1);
    account_release(shelf, &events);
    account_release(shelf, &before);
    account_release(shelf, &after);
    account_shelf_free(shelf);
    arena_release(&arena);
    archive_close(a);
}

static void a_decision_changes_the_crowd(void **state)
{
    (void)state;
    struct arena arena;
    struct account_hold before, same, after;
    struct census census;
    struct statement_view *views;
    struct account_shelf *shelf = account_shelf_new();
    const struct statement_filter all = {.lives = true};
    size_t count, rejected = 0;
    arena_init(&arena);
    struct archive *a = prison("crowd", &arena);
    assert_int_equal(account_hold(shelf, a, &crowd_wish, &before, NULL), OK);
    assert_int_equal(account_hold(shelf, a, &crowd_wish, &same, NULL), OK);
    assert_ptr_equal(same.crowd, before.crowd);
    assert_int_equal(archive_statements(a, &all, &arena, &views, &count, NULL), OK);
    for (size_t i = 0; i < count && !rejected; i++)
        if (str_equal(views[i].statement.life_event.person, STR("Prisoner Ca"))) {
            fixture_decide(a, VERDICT_REJECT, &views[i], 1);
            rejected++;
        }
    assert_int_equal(rejected, 1);
    assert_int_equal(account_hold(shelf, a, &crowd_wish, &after, NULL), OK);
    assert_ptr_not_equal(after.crowd, before.crowd);
    assert_int_equal(count_held(after.crowd, &census, &arena), OK);
    assert_int_equal(census.fit, PRISONERS - 1);
    assert_int_equal(census.everybody, PRISONERS - 1);
    for (size_t i = 0; i < census.count; i++)
        assert_false(str_equal(census.rows[i].name, STR("Prisoner Ca")));
    assert_int_equal(count_held(before.crowd, &census, &arena), OK);
    assert_int_equal(census.fit, PRISONERS);
    account_release(shelf, &before);
    account_release(shelf, &same);
    account_release(shelf, &after);
    account_shelf_free(shelf);
    arena_release(&arena);
    archive_close(a);
}

/* ---- groups, for a page that only mentions them ---- */

static struct archive *counted(const char *name, size_t lines)
{
    struct buf words;
    buf_init(&words, 1 << 20);
    for (size_t i = 0; i < lines; i++)
        buf_print(&words, "%zu were killed\n", 100 + i % 400);
    struct archive *a = fixture_make(name, NULL);
    fixture_add(a, buf_str(&words), &facts, NULL);
    buf_release(&words);
    return a;
}

static bool is_on_shelf(struct account_shelf *shelf, struct archive *a)
{
    struct account_hold held;
    struct account_wish wish = groups_wish;
    wish.unless_long = true;
    assert_int_equal(account_hold(shelf, a, &wish, &held, NULL), OK);
    bool there = held.groups != NULL;
    account_release(shelf, &held);
    return there;
}

static void large_groups_are_not_waited_for(void **state)
{
    (void)state;
    struct arena arena;
    struct account_hold held;
    arena_init(&arena);
    struct account_shelf *shelf = account_shelf_new();
    struct archive *a = counted("large", SHELF_AT_ONCE + 1);
    assert_false(is_on_shelf(shelf, a));
    assert_int_equal(account_hold(shelf, a, &groups_wish, &held, NULL), OK);
    account_release(shelf, &held);
    assert_true(is_on_shelf(shelf, a));
    fixture_add(a, STR("7 more were killed"), &facts, NULL);
    assert_false(is_on_shelf(shelf, a));
    archive_close(a);
    account_shelf_free(shelf);
    shelf = account_shelf_new();
    a = counted("small", 3);
    assert_true(is_on_shelf(shelf, a));
    archive_close(a);
    account_shelf_free(shelf);
    arena_release(&arena);
}

/* ---- corroboration ---- */

static const struct document_facts papers[] = {
    {.title = {"First", 5}, .publisher = {"Paper", 5}, .published = {"2022-11-25", 10}},
    {.title = {"Second", 6}, .publisher = {"Daily", 5}, .published = {"2022-12-05", 10}},
    {.title = {"Third", 5}, .publisher = {"Monitor", 7}, .published = {"2022-12-01", 10}}};

static void assert_same_others(const struct corroborated *a, const struct corroborated *b)
{
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->said_by, b->said_by);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->others[i].relation, b->others[i].relation);
        assert_memory_equal(&a->others[i].statement, &b->others[i].statement, HASH_SIZE);
        assert_true(str_equal(a->others[i].says, b->others[i].says));
    }
}

static void a_group_at_hand_tells_what_others_say(void **state)
{
    (void)state;
    struct arena arena;
    struct groups groups;
    struct statement_view *views;
    size_t count, said = 0, rejected = 0;
    arena_init(&arena);
    struct archive *a = fixture_make("others", NULL);
    for (size_t d = 0; d < COUNT_OF(papers); d++)
        fixture_add(a, STR("300 were killed\n301 of them here\n300 once more\n17"), &papers[d],
                    NULL);
    fixture_add(a, STR("301 in all\n250 of them named"), &papers[1], NULL);
    const struct statement_filter all = {.rejected = true};
    assert_int_equal(archive_statements(a, &all, &arena, &views, &count, NULL), OK);
    for (size_t i = 0; i < count; i += 5)
        fixture_decide(a, VERDICT_REJECT, &views[i], 1);
    assert_int_equal(archive_statements(a, &all, &arena, &views, &count, NULL), OK);
    assert_int_equal(groups_all(a, incidents, 1, &arena, &groups, NULL), OK);
    for (size_t i = 0; i < count; i++) {
        struct corroborated read, found;
        const struct figure *f = &views[i].statement.figure;
        struct group_key key = group_key_of(labels_known(), f->event, views[i].incident.id);
        assert_int_equal(corroboration_read(a, &views[i], incidents, 1, &arena, &read, NULL), OK);
        if (statement_is_rejected(&views[i])) {
            rejected++;
            assert_int_not_equal(read.status, CORROBORATION_SEVERAL);
            continue;
        }
        corroboration_in_group(&views[i], groups_find(&groups, str_of(key.digits)), &arena, &found);
        assert_same_others(&read, &found);
        said += found.count;
        for (size_t k = 0; k < found.count; k++)
            assert_int_not_equal(found.others[k].state, VIEW_REJECTED);
    }
    assert_true(said > 0 && rejected > 0);
    arena_release(&arena);
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_of_an_audit_are_the_whole),
        cmocka_unit_test(beyond_the_last_nobody_is_left),
        cmocka_unit_test(readers_at_once_share_one_making),
        cmocka_unit_test(a_decision_changes_what_is_held),
        cmocka_unit_test(a_decision_changes_the_crowd),
        cmocka_unit_test(large_groups_are_not_waited_for),
        cmocka_unit_test(a_group_at_hand_tells_what_others_say),
    };
    return cmocka_run_group_tests(tests, told_begin, told_end);
}
