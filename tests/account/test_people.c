#include "account/people.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "views.h"

struct name_case {
    const char *name, *property, *value, *event, *date, *kind;
    size_t document;
    enum view_state state;
    bool undecided;
};

static const struct name_case cases[] = {
    {"Mehran Raoof", "role", "prisoner", .kind = "person", .document = 1},
    {"MEHRAN RAOOF", .event = "tried", .date = "2021-06-13", .document = 2},
    {"Mehran Raoof", .event = "arrested", .date = "2020-10-16", .document = 1,
     .state = VIEW_ACCEPTED},
    {"Mehran Raoof", "role", "prisoner", .kind = "person", .document = 3},
    {"Mehran Raoof", .event = "sentenced", .document = 3},
    {"Mehran Raouf", "role", "prisoner", .kind = "person", .document = 4},
    {"مهران رئوف", "role", "prisoner", .kind = "person", .document = 5},
    {"مهران رؤف", "age", "64", .kind = "person", .document = 5},
    {"Monitor", "role", "advocate", .kind = "organisation", .document = 1},
    {"Nobody", "role", "judge", .kind = "person", .document = 1, .state = VIEW_REJECTED},
    {"Somebody", "role", "judge", .kind = "person", .document = 1, .state = VIEW_REJECTED,
     .undecided = true},
};

static struct statement_view *views(struct arena *arena)
{
    struct statement_view *all = arena_alloc(arena, COUNT_OF(cases) * sizeof *all);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct name_case *c = &cases[i];
        struct statement *s = &all[i].statement;
        all[i].id = hash_number(i + 1);
        all[i].document = hash_number(c->document);
        all[i].state = c->state;
        all[i].undecided = c->undecided;
        s->form = c->event ? FORM_LIFE_EVENT : FORM_FACT;
        if (c->event) {
            s->life_event.person = str_of(c->name);
            s->life_event.event = str_of(c->event);
            s->life_event.date = str_of(c->date);
        } else {
            s->fact.subject = str_of(c->name);
            s->fact.subject_kind = str_of(c->kind);
            s->fact.property = str_of(c->property);
            s->fact.value = str_of(c->value);
        }
    }
    return all;
}

static void a_row_is_a_folded_name(void **state)
{
    (void)state;
    struct arena arena;
    struct name_row *rows;
    size_t count;
    arena_init(&arena);
    struct people_filter filter = {0};
    people_account(views(&arena), COUNT_OF(cases), &filter, &arena, &rows, &count);
    static const char *const names[] = {"MEHRAN RAOOF", "Mehran Raouf", "Somebody", "مهران رئوف"};
    assert_int_equal(count, COUNT_OF(names));
    for (size_t i = 0; i < count; i++)
        assert_true(str_equal(rows[i].name, str_of(names[i])));
    assert_int_equal(rows[0].spellings_count, 2);
    assert_int_equal(rows[0].documents_count, 3);
    assert_int_equal(rows[0].roles_count, 1);
    static const char *const events[] = {"arrested", "tried", "sentenced"};
    assert_int_equal(rows[0].events_count, COUNT_OF(events));
    for (size_t i = 0; i < COUNT_OF(events); i++)
        assert_string_equal(rows[0].events[i]->statement.life_event.event.at, events[i]);
    assert_int_equal(rows[0].state, VIEW_ACCEPTED);
    assert_false(rows[0].undecided);
    assert_int_equal(rows[1].state, VIEW_PROPOSED);
    assert_true(rows[2].undecided);
    arena_release(&arena);
}

static void a_filter_chooses(void **state)
{
    (void)state;
    static const struct {
        struct people_filter filter;
        size_t rows;
    } filters[] = {
        {{.name = TEXT("raoo")}, 1},  {{.name = TEXT("mehran")}, 2},
        {{.name = TEXT("رءوف")}, 0},  {{.name = TEXT("رئوف")}, 1},
        {{.organisations = true}, 1}, {{.name = TEXT("mehran"), .organisations = true}, 0},
    };
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        struct arena arena;
        struct name_row *rows;
        size_t count;
        arena_init(&arena);
        people_account(views(&arena), COUNT_OF(cases), &filters[i].filter, &arena, &rows, &count);
        assert_int_equal(count, filters[i].rows);
        for (size_t k = 0; k < count; k++)
            assert_int_equal(rows[k].organisation, filters[i].filter.organisations);
        arena_release(&arena);
    }
}

static struct mention mention_at(size_t text, size_t from)
{
    return (struct mention){hash_number(text), {from, from + 10}};
}

/* Of four texts: the name stands twice in the first, elsewhere once; the last is a namesake's. */
static struct statement_view *mentioned(struct arena *arena)
{
    static const struct {
        const char *name;
        size_t text, from;
    } rows[] = {{"Mehran Raoof", 1, 0}, {"Mehran Raoof", 1, 50}, {"Mehran Raouf", 2, 5},
                {"مهران رئوف", 3, 7},   {"Mehran Raoof", 4, 0},  {"Nahid Taghavi", 1, 80}};
    struct statement_view *all = arena_alloc(arena, COUNT_OF(rows) * sizeof *all);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        all[i].id = hash_number(i + 1);
        all[i].document = hash_number(rows[i].text);
        all[i].statement.form = FORM_LIFE_EVENT;
        all[i].statement.text = hash_number(rows[i].text);
        all[i].statement.life_event.person = str_of(rows[i].name);
        all[i].statement.life_event.person_at = mention_at(rows[i].text, rows[i].from).at;
        all[i].statement.life_event.event = STR("arrested");
    }
    return all;
}

static void what_a_decision_joined_is_one_row(void **state)
{
    (void)state;
    struct arena arena;
    struct name_row *rows;
    size_t count;
    arena_init(&arena);
    /* the first mention alone is named: its document says that the second is his */
    struct decided_pair pairs[] = {{{mention_at(1, 0), mention_at(2, 5)}, true},
                                   {{mention_at(2, 8), mention_at(3, 0)}, true}};
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct mention_pairs one = {&pairs[i].pair, 1};
        mention_pairs_sort(&one);
    }
    struct persons persons = persons_of(pairs, COUNT_OF(pairs), &arena);
    struct people_filter filter = {.persons = &persons};
    people_account(mentioned(&arena), 6, &filter, &arena, &rows, &count);
    assert_int_equal(count, 3);
    assert_true(rows[0].decided);
    struct hash address = mention_id(&persons.at[0].mention);
    assert_true(hash_equal(&rows[0].person, &address));
    assert_int_equal(rows[0].documents_count, 3);
    assert_int_equal(rows[0].spellings_count, 3);
    assert_int_equal(rows[0].events_count, 4);
    for (size_t i = 1; i < count; i++)
        assert_true(!rows[i].decided && rows[i].documents_count == 1);
    /* any spelling finds the person, and a namesake is not */
    filter.name = STR("رئوف");
    people_account(mentioned(&arena), 6, &filter, &arena, &rows, &count);
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].documents_count, 3);
    /* parted again, each name stands alone */
    pairs[0].same = pairs[1].same = false;
    persons = persons_of(pairs, COUNT_OF(pairs), &arena);
    filter.name = STR_NONE;
    people_account(mentioned(&arena), 6, &filter, &arena, &rows, &count);
    for (size_t i = 0; i < count; i++)
        assert_true(rows[i].spellings_count == 1);
    arena_release(&arena);
}

static void nobody_gives_no_rows(void **state)
{
    (void)state;
    struct arena arena;
    struct name_row *rows;
    size_t count = 1;
    arena_init(&arena);
    struct people_filter filter = {0};
    people_account(NULL, 0, &filter, &arena, &rows, &count);
    assert_int_equal(count, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_a_folded_name),
        cmocka_unit_test(a_filter_chooses),
        cmocka_unit_test(what_a_decision_joined_is_one_row),
        cmocka_unit_test(nobody_gives_no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
