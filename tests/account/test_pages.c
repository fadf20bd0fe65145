#include "account/overview.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "../store/fixture.h"
#include "account/people.h"

/* What pages read of an archive, against the account of the whole of it. */

static const struct incident_facts incidents[] = {
    {{"in-2022", 7}, {"The uprising", 12}, {"2022-09-16", 10}, {"2023-04-30", 10}}};

static void put(struct archive *a, const struct statement *s, bool reject)
{
    struct hash id = statement_id(s);
    struct decision decision = {.verdict = reject ? VERDICT_REJECT : VERDICT_ACCEPT,
                                .about = {&id, 1}};
    json_t *objects[] = {statement_to_json(s), decision_to_json(&decision)};
    fixture_put(a, objects, COUNT_OF(objects));
}

static struct hash text_of(struct archive *a, const struct hash *document, struct arena *arena)
{
    char digits[HASH_DIGITS + 1];
    struct document_view view;
    hash_write(document, digits);
    assert_int_equal(archive_document(a, str_of(digits), arena, &view, NULL), OK);
    return view.text;
}

static struct statement figure_about(const struct hash *text, size_t number, const char *event,
                                     const char *source, const char *as_of)
{
    return (struct statement){.text = *text,
                              .quote = {0, number % 7 + 1},
                              .form = FORM_FIGURE,
                              .figure = {.event = str_of(event),
                                         .what = STR("people"),
                                         .low = (int64_t)number,
                                         .high = (int64_t)number,
                                         .as_of = str_of(as_of),
                                         .source = str_of(source)}};
}

/* Documents of two years, figures of several events, sources that explain each other. */
static struct archive *filled(const char *name, struct arena *arena)
{
    static const struct document_facts facts[] = {
        {.title = {"First", 5}, .publisher = {"Paper", 5}, .published = {"2022-11-25", 10}},
        {.title = {"Second", 6}, .publisher = {"Daily", 5}, .published = {"2023-02-05", 10}},
        {.title = {"Third", 5}, .published = {"2022-12-01", 10}},
        {.title = {"Old", 3}, .publisher = {"Paper", 5}, .published = {"2019-12-01", 10}}};
    static const char *const events[] = {"arrested", "sentenced", "hurt", "released", "executed"};
    static const char *const sources[] = {"Centre for Records (CFR)", "CFR", "Monitor", ""};
    static const char *const days[] = {"2022-11-22", "2022-12-03", "2023-01-10", ""};
    struct archive *a = fixture_make(name, NULL);
    for (size_t d = 0; d < COUNT_OF(facts); d++) {
        struct str words =
            arena_print(arena, "text %zu\n%zu killed\n%zu died", d, 300 + d, 500 - d);
        struct hash document = fixture_add(a, words, &facts[d], NULL);
        struct hash text = text_of(a, &document, arena);
        for (size_t i = 0; i < 12; i++) {
            size_t mix = i * 7 + d * 3;
            struct statement s = figure_about(
                &text, 100 + mix * 13 % 50, events[mix % COUNT_OF(events)],
                sources[(mix / 2) % COUNT_OF(sources)], days[(mix / 3) % COUNT_OF(days)]);
            put(a, &s, mix % 11 == 0);
        }
    }
    return a;
}

static struct figure_account account_of(struct archive *a, struct arena *arena, bool rejected)
{
    struct figure_account account;
    struct figure_view *views;
    size_t count;
    assert_int_equal(archive_figures(a, NULL, 0, arena, &views, &count, NULL), OK);
    assert_int_equal(figures_account(views, count, &(struct figure_filter){.rejected = rejected},
                                     incidents, COUNT_OF(incidents), arena, &account, NULL),
                     OK);
    return account;
}

static void assert_same_count(const struct count *a, const struct count *b)
{
    assert_int_equal(a->figures_count, b->figures_count);
    for (size_t i = 0; i < a->figures_count; i++)
        assert_memory_equal(&a->figures[i]->id, &b->figures[i]->id, HASH_SIZE);
    assert_true(str_equal(a->source, b->source) && str_equal(a->source_key, b->source_key));
    assert_true(str_equal(a->stand.date, b->stand.date));
    assert_int_equal(a->latest, b->latest);
    assert_int_equal(a->ahead, b->ahead);
}

static void assert_same_group(const struct group *a, const struct group *b)
{
    assert_true(str_equal(a->event, b->event) && str_equal(a->incident, b->incident));
    assert_int_equal(a->figures, b->figures);
    assert_int_equal(a->series_count, b->series_count);
    assert_int_equal(a->conflicts_total, b->conflicts_total);
    for (size_t i = 0; i < a->series_count; i++) {
        assert_int_equal(a->series[i].counts_count, b->series[i].counts_count);
        assert_memory_equal(&a->series[i].range, &b->series[i].range, sizeof a->series[i].range);
        for (size_t k = 0; k < a->series[i].counts_count; k++)
            assert_same_count(&a->series[i].counts[k], &b->series[i].counts[k]);
    }
}

static void a_group_alone_is_as_in_the_whole(void **state)
{
    (void)state;
    struct arena arena;
    struct group_row *rows;
    size_t count, conflicts = 0;
    arena_init(&arena);
    struct archive *a = filled("groups", &arena);
    struct figure_account account = account_of(a, &arena, false);
    assert_int_equal(groups_list(a, incidents, 1, &arena, &rows, &count, NULL), OK);
    assert_int_equal(count, account.groups_count);
    for (size_t i = 0; i < count; i++) {
        struct group group;
        const struct group *whole = &account.groups[i];
        assert_true(str_equal(rows[i].event, whole->event));
        assert_int_equal(rows[i].figures, whole->figures);
        assert_int_equal(rows[i].conflicts, whole->conflicts_total);
        assert_true(rows[i].documents > 0 && rows[i].documents <= whole->figures);
        assert_int_equal(
            group_read(a, str_of(rows[i].key.digits), false, incidents, 1, &arena, &group, NULL),
            OK);
        assert_same_group(&group, whole);
        conflicts += group.conflicts_total;
    }
    assert_true(conflicts > 0);
    struct figure_account all = account_of(a, &arena, true);
    assert_true(all.figures > account.figures);
    for (size_t i = 0; i < all.groups_count; i++) {
        struct group group;
        const struct group *whole = &all.groups[i];
        struct group_key key = group_key_of(labels_known(), whole->event, whole->incident);
        if (group_read(a, str_of(key.digits), true, incidents, 1, &arena, &group, NULL) == OK)
            assert_same_group(&group, whole);
    }
    struct group none;
    assert_int_equal(
        group_read(a, STR("0123456789abcdef"), false, incidents, 1, &arena, &none, NULL),
        NOT_FOUND);
    arena_release(&arena);
    archive_close(a);
}

static void the_overview_shows_the_latest(void **state)
{
    (void)state;
    struct arena arena;
    struct overview o;
    arena_init(&arena);
    struct archive *a = filled("overview", &arena);
    struct figure_account account = account_of(a, &arena, false);
    assert_int_equal(overview_make(a, incidents, 1, &arena, &o, NULL), OK);
    assert_int_equal(o.state.documents, 4);
    assert_int_equal(o.came_in.count, 4);
    assert_true(o.waits);
    assert_memory_equal(&o.next, &o.came_in.documents[0].id, HASH_SIZE);
    assert_int_equal(o.groups_total, account.groups_count);
    assert_int_equal(o.groups_count, OVERVIEW_GROUPS);
    size_t conflicts = 0;
    for (size_t i = 0; i < o.groups_count; i++) {
        assert_false(str_equal(o.groups[i].incident, STR("in-2019")));
        assert_true(o.groups[i].counts_count > 0 && o.groups[i].counts_count <= OVERVIEW_COUNTS);
        assert_true(o.groups[i].counts_count <= o.groups[i].counts_total);
        for (size_t k = 1; k < o.groups[i].counts_count; k++)
            assert_true(o.groups[i].counts[k - 1].stand.last >= o.groups[i].counts[k].stand.last);
        conflicts += o.groups[i].conflicts;
    }
    assert_int_equal(o.conflicts_total, conflicts);
    assert_true(o.conflicts_count > 0 && o.conflicts_count <= OVERVIEW_CONFLICTS);
    arena_release(&arena);
    archive_close(a);
}

static void an_empty_archive_has_an_overview(void **state)
{
    (void)state;
    struct arena arena;
    struct overview o;
    struct group_row *rows;
    struct person_row *people;
    size_t count, total;
    arena_init(&arena);
    struct archive *a = fixture_make("empty", NULL);
    assert_int_equal(overview_make(a, incidents, 1, &arena, &o, NULL), OK);
    assert_false(o.waits);
    assert_int_equal(o.groups_count + o.conflicts_count + o.came_in.count, 0);
    assert_int_equal(groups_list(a, incidents, 1, &arena, &rows, &count, NULL), OK);
    assert_int_equal(count, 0);
    assert_int_equal(
        people_page(a, &(struct name_choice){.limit = 9}, &arena, &people, &count, &total, NULL),
        OK);
    assert_int_equal(count + total, 0);
    arena_release(&arena);
    archive_close(a);
}

static void name_someone(struct archive *a, const struct hash *text, size_t number)
{
    static const char *const names[] = {"Mehran Raoof", "MEHRAN RAOOF", "Nahid Taghavi",
                                        "نرگس محمدی", "Somebody"};
    static const char *const events[] = {"arrested", "tried", "sentenced"};
    static const char *const days[] = {"2020-10-16", "2021-06-13", ""};
    struct statement s = {.text = *text, .quote = {number % 9, number % 9 + 2}};
    struct str name = str_of(names[number * 3 % COUNT_OF(names)]);
    if (number % 3) {
        s.form = FORM_LIFE_EVENT;
        s.life_event = (struct life_event){.person = name,
                                           .person_at = s.quote,
                                           .event = str_of(events[number % COUNT_OF(events)]),
                                           .date = str_of(days[number / 2 % COUNT_OF(days)])};
    } else {
        s.form = FORM_FACT;
        s.fact = (struct fact){.subject = name,
                               .subject_at = s.quote,
                               .subject_kind = STR("person"),
                               .property = STR("role"),
                               .value = number % 2 ? STR("prisoner") : STR("artist")};
    }
    put(a, &s, number % 13 == 0);
}

static void assert_same_person(const struct person_row *row, const struct name_row *whole)
{
    assert_true(str_equal(row->name, whole->name));
    assert_int_equal(row->documents, whole->documents_count);
    assert_int_equal(row->state, whole->state);
    assert_int_equal(row->undecided, whole->undecided);
    assert_int_equal(row->spellings_count, whole->spellings_count);
    assert_int_equal(row->roles_count, whole->roles_count);
    size_t events = 0;
    for (size_t i = 0; i < row->events_count; i++)
        events += 1 + row->events[i].more;
    assert_int_equal(events, whole->events_count);
}

static void a_page_of_people_is_part_of_all(void **state)
{
    (void)state;
    struct arena arena;
    struct statement_view *views;
    struct name_row *whole;
    size_t views_count, whole_count, seen = 0;
    arena_init(&arena);
    struct archive *a = fixture_make("people", NULL);
    for (size_t d = 0; d < 4; d++) {
        struct str words = arena_print(&arena, "text number %zu", d);
        struct hash document = fixture_add(a, words, NULL, NULL);
        struct hash text = text_of(a, &document, &arena);
        for (size_t i = 0; i < 8; i++)
            name_someone(a, &text, i * (d + 1) + d);
    }
    struct statement_filter filter = {.rejected = true};
    assert_int_equal(archive_statements(a, &filter, &arena, &views, &views_count, NULL), OK);
    people_account(views, views_count, &(struct people_filter){0}, &arena, &whole, &whole_count);
    assert_true(whole_count >= 4);
    for (size_t from = 0; from < whole_count; from += 2) {
        struct person_row *rows;
        size_t count, total;
        struct name_choice choice = {.from = from, .limit = 2};
        assert_int_equal(people_page(a, &choice, &arena, &rows, &count, &total, NULL), OK);
        assert_int_equal(total, whole_count);
        for (size_t i = 0; i < count; i++)
            assert_same_person(&rows[i], &whole[from + i]);
        seen += count;
    }
    assert_int_equal(seen, whole_count);
    arena_release(&arena);
    archive_close(a);
}

/* Each thread has an archive of its own, and a writer goes on meanwhile. */
struct onlooker {
    struct archive *archive;
    size_t rounds, wrong;
};

static void *look_on(void *context)
{
    struct onlooker *o = context;
    for (size_t i = 0; i < 20; i++, o->rounds++) {
        struct arena arena;
        struct overview overview;
        struct group_row *rows;
        struct person_row *people;
        size_t groups, count, total;
        arena_init(&arena);
        bool good = overview_make(o->archive, incidents, 1, &arena, &overview, NULL) == OK &&
                    groups_list(o->archive, incidents, 1, &arena, &rows, &groups, NULL) == OK &&
                    people_page(o->archive, &(struct name_choice){.part = STR("RAOO"), .limit = 9},
                                &arena, &people, &count, &total, NULL) == OK;
        o->wrong +=
            !good || overview.came_in.total_waiting != (size_t)overview.state.statements_wait;
        arena_release(&arena);
    }
    return NULL;
}

static void threads_read_beside_a_writer(void **state)
{
    (void)state;
    enum { THREADS = 3 };
    struct arena arena;
    pthread_t threads[THREADS];
    struct onlooker onlookers[THREADS] = {0};
    arena_init(&arena);
    struct archive *a = filled("threads", &arena);
    for (size_t i = 0; i < THREADS; i++) {
        onlookers[i].archive = fixture_open("threads", ARCHIVE_READ);
        assert_int_equal(pthread_create(&threads[i], NULL, look_on, &onlookers[i]), 0);
    }
    for (size_t i = 0; i < 10; i++)
        fixture_add(a, arena_print(&arena, "%zu more were killed", i + 1), NULL, NULL);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(onlookers[i].wrong, 0);
        assert_int_equal(onlookers[i].rounds, 20);
        archive_close(onlookers[i].archive);
    }
    arena_release(&arena);
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_alone_is_as_in_the_whole),
        cmocka_unit_test(the_overview_shows_the_latest),
        cmocka_unit_test(an_empty_archive_has_an_overview),
        cmocka_unit_test(a_page_of_people_is_part_of_all),
        cmocka_unit_test(threads_read_beside_a_writer),
    };
    return cmocka_run_group_tests(tests, fixture_begin, fixture_end);
}
