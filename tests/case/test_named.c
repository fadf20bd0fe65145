/* Who is named in a text: one person a name, in a list one a name and entry, in whatever order the
 * statements come. */
#include "case/named.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../base/random.h"
#include "case/case_people.h"
#include "account/person_key.h"
#include "../account/views.h"

static const struct {
    const char *name;
    size_t text, entry, from;
    enum view_state state;
} said[] = {
    {"Ali Karimi", 1, 0, 10, VIEW_PROPOSED},  {"Ali Karimi", 1, 1, 100, VIEW_PROPOSED},
    {"ALI KARIMI", 1, 1, 140, VIEW_PROPOSED}, {"Ali Karimi", 1, 2, 200, VIEW_PROPOSED},
    {"Ali Karimi", 1, 2, 240, VIEW_REJECTED}, {"Sara Rad", 1, 3, 300, VIEW_PROPOSED},
    {"Ali Karimi", 2, 0, 10, VIEW_PROPOSED},  {"Ali Karimi", 2, 0, 50, VIEW_PROPOSED},
};

enum { SAID = COUNT_OF(said), PEOPLE = 5, TURNS = 40 };

static void view_of(struct statement_view *v, size_t i)
{
    struct statement *s = &v->statement;
    *v = (struct statement_view){
        .id = hash_number(i + 1), .state = said[i].state, .entry = said[i].entry};
    s->text = hash_number(said[i].text);
    s->form = FORM_LIFE_EVENT;
    s->life_event = (struct life_event){
        .person = str_of(said[i].name),
        .person_at = {said[i].from, said[i].from + 10},
        .event = STR("arrested"),
    };
}

static void shuffled(struct statement_view *views, struct random *random)
{
    for (size_t i = 0; i < SAID; i++)
        view_of(&views[i], i);
    for (size_t i = SAID; i > 1; i--) {
        size_t k = random_below(random, i);
        struct statement_view one = views[i - 1];
        views[i - 1] = views[k];
        views[k] = one;
    }
}

static void an_entry_is_somebody(void **state)
{
    static const struct {
        size_t text, entry, views, mentions;
        const char *key;
    } wanted[PEOPLE] = {{1, 0, 1, 1, "ali karimi"},
                        {1, 1, 2, 2, "ali karimi"},
                        {1, 2, 1, 1, "ali karimi"},
                        {1, 3, 1, 1, "sara rad"},
                        {2, 0, 2, 2, "ali karimi"}};
    struct random random = {3};
    struct persons nobody = {0};
    (void)state;
    for (size_t turn = 0; turn < TURNS; turn++) {
        struct statement_view views[SAID];
        struct named *named;
        struct arena arena;
        size_t count;
        arena_init(&arena);
        shuffled(views, &random);
        named_account(views, SAID, &nobody, &arena, &named, &count);
        assert_int_equal(count, PEOPLE);
        for (size_t i = 0; i < count; i++) {
            struct hash text = hash_number(wanted[i].text);
            assert_true(hash_equal(&named[i].mentions[0].text, &text));
            assert_int_equal(named[i].entry, wanted[i].entry);
            assert_int_equal(named[i].views_count, wanted[i].views);
            assert_int_equal(named[i].mentions_count, wanted[i].mentions);
            assert_true(str_equal(named[i].key, str_of(wanted[i].key)));
        }
        arena_release(&arena);
    }
}

/* of a list, and in a text by itself */
static void homonyms_have_keys_of_their_own(void **state)
{
    struct statement_view views[SAID];
    struct persons nobody = {0};
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < SAID; i++)
        view_of(&views[i], i);
    struct str *keys = person_keys(views, SAID, &nobody, &arena);
    assert_true(str_equal(keys[1], keys[2]));
    assert_false(str_equal(keys[0], keys[1]));
    assert_false(str_equal(keys[0], keys[3]));
    assert_false(str_equal(keys[1], keys[3]));
    assert_true(str_equal(keys[5], STR("sara rad")));
    assert_true(str_equal(keys[6], STR("ali karimi")));
    assert_true(str_equal(keys[7], keys[6]));
    arena_release(&arena);
}

static void one_decision_joins_two_entries(void **state)
{
    struct statement_view views[SAID];
    struct arena arena;
    struct case_person *people;
    size_t count;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < SAID; i++)
        view_of(&views[i], i);
    struct hash text = hash_number(1);
    struct decided_pair same = {.pair = {{text, {100, 110}}, {text, {200, 210}}}, .same = true};
    struct persons persons = persons_of(&same, 1, &arena);
    case_people_make(views, SAID, &persons, &arena, &people, &count);
    assert_int_equal(count, PEOPLE - 1);
    size_t joined = 0;
    for (size_t i = 0; i < count; i++)
        if (people[i].decided) {
            assert_int_equal(people[i].views_count, 3);
            joined++;
        }
    assert_int_equal(joined, 1);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_somebody),
        cmocka_unit_test(homonyms_have_keys_of_their_own),
        cmocka_unit_test(one_decision_joins_two_entries),
    };
    return cmocka_run_group_tests_name("named", tests, NULL, NULL);
}
