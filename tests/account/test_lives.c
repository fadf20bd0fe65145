#include "account/lives.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "text/edtf.h"
#include "views.h"

struct life_case {
    const char *publisher, *person, *event, *date, *place;
    enum view_state state;
};

static const struct life_case cases[] = {
    {"Evening Paper", "Mehran Norouzi", "arrested", "2022-05-03", "Tehran", VIEW_ACCEPTED},
    {"Evening Paper", "MEHRAN NOROUZI", "arrested", "2022-05", "", VIEW_ACCEPTED},
    {"evening paper (restated)", "Sara \"S\" Karimi", "arrested", "", "Evin, Tehran",
     VIEW_ACCEPTED},
    {"Morning Paper", "Mehran Norouzi", "arrested", "2022", "Shiraz", VIEW_ACCEPTED},
    {"", "Mehran Norouzi", "arrested", "2022-05-03", "Tehran", VIEW_ACCEPTED},
    {"Weekly Paper", "Mehran Norouzi", "arrested", "2023-01-01", "Tehran", VIEW_PROPOSED},
    {"Weekly Paper", "Mehran Norouzi", "killed", "2022-05-03", "Tehran", VIEW_ACCEPTED},
};

/* the row of whose person a last view, a fact, says that she is a journalist */
enum { JOURNALIST = 2, VIEWS = COUNT_OF(cases) + 1 };

/* the person's mention in row i */
static struct mention mention_of_row(size_t i)
{
    return (struct mention){hash_number(i + 1), {1, 9}};
}

static struct statement_view *views(struct arena *arena)
{
    struct statement_view *all = arena_alloc(arena, VIEWS * sizeof *all);
    struct statement *said = &all[COUNT_OF(cases)].statement;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct life_event *e = &all[i].statement.life_event;
        all[i].state = cases[i].state;
        all[i].document_publisher = str_of(cases[i].publisher);
        all[i].statement.form = FORM_LIFE_EVENT;
        e->person = str_of(cases[i].person);
        e->event = str_of(cases[i].event);
        e->date = str_of(cases[i].date);
        e->place = str_of(cases[i].place);
        all[i].id = hash_number(i + 1);
        all[i].statement.text = mention_of_row(i).text;
        e->person_at = mention_of_row(i).at;
    }
    all[COUNT_OF(cases)].state = VIEW_ACCEPTED;
    said->form = FORM_FACT;
    said->text = mention_of_row(JOURNALIST).text;
    said->fact = (struct fact){.subject = str_of(cases[JOURNALIST].person),
                               .subject_at = mention_of_row(JOURNALIST).at,
                               .subject_kind = STR("person"),
                               .property = STR("occupation"),
                               .value = STR("Journalist")};
    return all;
}

static const struct lives_question arrests = {
    .event = {"arrested", 8}, .since = INT64_MIN, .until = INT64_MAX};

static void asks_decided(const struct decided_pair *decided, size_t decided_count,
                         struct lives_question q, size_t most, const char *wanted,
                         size_t statements)
{
    struct arena arena;
    struct lives_table table;
    arena_init(&arena);
    struct persons persons = persons_of(decided, decided_count, &arena);
    lives_table(views(&arena), VIEWS, &persons, &q, most, &arena, &table);
    assert_string_equal(arena_copy(&arena, table.csv).at, wanted);
    assert_int_equal(table.statements, statements);
    arena_release(&arena);
}

static void asks(struct lives_question q, size_t most, const char *wanted, size_t statements)
{
    asks_decided(NULL, 0, q, most, wanted, statements);
}

static void sources_become_lists(void **state)
{
    (void)state;
    asks(arrests, 10,
         "list,person\n\"Evening Paper\",\"mehran norouzi\"\n"
         "\"Evening Paper\",\"sara \"\"s\"\" karimi\"\n\"Morning Paper\",\"mehran norouzi\"\n",
         4);
    asks(arrests, 1,
         "list,person\n\"Evening Paper\",\"mehran norouzi\"\n"
         "\"Evening Paper\",\"sara \"\"s\"\" karimi\"\n",
         4);
}

static void what_is_left_out_is_counted(void **state)
{
    struct arena arena;
    struct lives_table table;
    (void)state;
    arena_init(&arena);
    lives_table(views(&arena), VIEWS, &(struct persons){0}, &arrests, 1, &arena, &table);
    assert_int_equal(table.sources, 1);
    assert_int_equal(table.others, 1);
    assert_int_equal(table.without_source, 1);
    arena_release(&arena);
}

static void a_question_narrows(void **state)
{
    struct lives_question q = arrests;
    struct fault why;
    int64_t other;
    (void)state;
    q.place = STR("TEHRAN");
    asks(q, 10,
         "list,person\n\"Evening Paper\",\"mehran norouzi\"\n"
         "\"Evening Paper\",\"sara \"\"s\"\" karimi\"\n",
         2);
    q.place = STR("شیراز");
    asks(q, 10, "list,person\n\"Morning Paper\",\"mehran norouzi\"\n", 1);
    q = arrests;
    q.dated = true;
    assert_int_equal(edtf_range(STR("2023"), &q.since, &other, &why), OK);
    asks(q, 10, "list,person\n", 0);
    q.proposed = true;
    asks(q, 10, "list,person\n\"Weekly Paper\",\"mehran norouzi\"\n", 1);
}

static void a_group_is_what_facts_say(void **state)
{
    struct lives_question q = arrests;
    (void)state;
    q.group = STR("journal");
    asks(q, 10, "list,person\n\"evening paper\",\"sara \"\"s\"\" karimi\"\n", 1);
    q.group = STR("teacher");
    asks(q, 10, "list,person\n", 0);
}

/* The person's key is the address of the first mention. */
static struct str address_of(size_t row, struct arena *arena)
{
    char digits[HASH_DIGITS + 1];
    struct mention mention = mention_of_row(row);
    hash_write(&mention.text, digits);
    return arena_print(arena, "%s:1-9", digits);
}

static struct decided_pair pair_of(size_t left, size_t right, bool same)
{
    struct mention_pair pair = {mention_of_row(left), mention_of_row(right)};
    struct mention_pairs one = {&pair, 1};
    mention_pairs_sort(&one);
    return (struct decided_pair){pair, same};
}

static void decisions_say_who_is_one(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena);
    /* of two spellings one person, whom the name's other mentions are, too */
    struct decided_pair same = pair_of(0, 2, true);
    bool first = mention_compare(&same.pair.left, &(struct mention){hash_number(1), {1, 9}}) == 0;
    struct str one = address_of(first ? 0 : 2, &arena);
    asks_decided(
        &same, 1, arrests, 10,
        arena_print(&arena, "list,person\n\"Evening Paper\",\"%.*s\"\n\"Morning Paper\",\"%.*s\"\n",
                    STR_ARG(one), STR_ARG(one))
            .at,
        4);
    /* of one name two people */
    struct decided_pair other = pair_of(0, 3, false);
    struct str left = address_of(0, &arena), right = address_of(3, &arena);
    struct lives_question q = arrests;
    asks_decided(&other, 1, arrests, 1,
                 arena_print(&arena,
                             "list,person\n\"Evening Paper\",\"%.*s\"\n"
                             "\"Evening Paper\",\"mehran norouzi\"\n"
                             "\"Evening Paper\",\"sara \"\"s\"\" karimi\"\n",
                             STR_ARG(left))
                     .at,
                 4);
    q.place = STR("shiraz");
    asks_decided(
        &other, 1, q, 10,
        arena_print(&arena, "list,person\n\"Morning Paper\",\"%.*s\"\n", STR_ARG(right)).at, 1);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_become_lists),     cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(a_question_narrows),       cmocka_unit_test(a_group_is_what_facts_say),
        cmocka_unit_test(decisions_say_who_is_one),
    };
    return cmocka_run_group_tests_name("lives", tests, NULL, NULL);
}
