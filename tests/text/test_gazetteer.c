#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/table.h"
#include "text/gazetteer.h"

static void names_of_one_lead_to_one(void **state)
{
    static const char *const cases[][2] = {
        {"Guilan", "گیلان"}, {"Evin Prison", "زندان اوین"},    {"evin", "Ewin"},
        {"Tehran", "تهران"}, {"Nowhere Town", "nowhere town"},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str left = gazetteer_key(str_of(cases[i][0]), &arena);
        struct str right = gazetteer_key(str_of(cases[i][1]), &arena);
        if (!left.len || !str_equal(left, right))
            fail_msg("%s is \"%.*s\", %s is \"%.*s\"", cases[i][0], STR_ARG(left), cases[i][1],
                     STR_ARG(right));
    }
    arena_release(&arena);
}

static void others_stay_apart(void **state)
{
    static const char *const cases[][2] = {
        {"Tehran", "Shiraz"},
        {"Evin Prison", "Gohardasht Prison"},
        {"Nowhere Town", "Elsewhere"},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_false(str_equal(gazetteer_key(str_of(cases[i][0]), &arena),
                               gazetteer_key(str_of(cases[i][1]), &arena)));
    assert_null(gazetteer_find(STR("")));
    assert_null(gazetteer_find(STR("nowhere town")));
    arena_release(&arena);
}

/* Every form of every row leads to a row that has it. */
static void all_rows_are_found(void **state)
{
    struct table table;
    struct row row;
    struct str form;
    bool more;
    size_t first = 0, all = 0;
    (void)state;
    assert_int_equal(table_open(&table, "country/ir/places.tsv", "class kind value forms", NULL),
                     OK);
    while (table_next(&table, &row, &more, NULL) == OK && more) {
        struct str name = str_slice(row.cells[3], 0, str_find(row.cells[3], STR("|"), 0));
        while (str_cut(&row.cells[3], '|', &form)) {
            const struct known_place *found = gazetteer_find(form);
            assert_non_null(found);
            first += str_equal(found->name, name);
            all++;
        }
    }
    assert_true(all > 100 && first * 2 > all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_one_lead_to_one),
        cmocka_unit_test(others_stay_apart),
        cmocka_unit_test(all_rows_are_found),
    };
    return cmocka_run_group_tests_name("gazetteer", tests, NULL, NULL);
}
