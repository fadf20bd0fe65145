#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/table.h"
#include "text/authority.h"

static void names_of_one_lead_to_one(void **state)
{
    static const char *const cases[][2] = {
        {"HRANA", "هرانا"},
        {"Human Rights Activists News Agency (HRANA)", "خبرگزاری هرانا"},
        {"Amnesty International", "سازمان عفو بین‌الملل"},
        {"amnesty international", "عفو بین الملل"},
        {"OHCHR", "UN Human Rights Office"},
        {"Guilan", "گیلان"},
        {"Nobody's Gazette (NG)", "nobody's gazette"},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str left = authority_key(str_of(cases[i][0]), &arena);
        struct str right = authority_key(str_of(cases[i][1]), &arena);
        if (!left.len || !str_equal(left, right))
            fail_msg("%s is \"%.*s\", %s is \"%.*s\"", cases[i][0], STR_ARG(left), cases[i][1],
                     STR_ARG(right));
    }
    arena_release(&arena);
}

static void others_stay_apart(void **state)
{
    static const char *const cases[][2] = {
        {"Amnesty International", "Human Rights Watch"},
        {"Tehran", "Shiraz"},
        {"Evening Paper", "Morning Paper"},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_false(str_equal(authority_key(str_of(cases[i][0]), &arena),
                               authority_key(str_of(cases[i][1]), &arena)));
    assert_null(authority_find(STR("")));
    assert_null(authority_find(STR("nobody's gazette")));
    arena_release(&arena);
}

/* Every form of every row leads to its row, or to none where others have it too. */
static void all_rows_are_found(void **state)
{
    struct table table;
    struct row row;
    struct str form;
    bool more;
    size_t none = 0, all = 0;
    (void)state;
    assert_int_equal(
        table_open(&table, "country/world/institutions.tsv", "class kind value forms", NULL), OK);
    while (table_next(&table, &row, &more, NULL) == OK && more) {
        struct str first = STR_NONE;
        while (str_cut(&row.cells[3], '|', &form)) {
            first = first.len ? first : form;
            const struct authority *found = authority_find(form);
            all++;
            none += !found;
            if (found && !str_equal(found->name, first))
                fail_msg("%.*s leads to %.*s", STR_ARG(form), STR_ARG(found->name));
        }
    }
    assert_true(all > 100 && none * 10 < all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_one_lead_to_one),
        cmocka_unit_test(others_stay_apart),
        cmocka_unit_test(all_rows_are_found),
    };
    return cmocka_run_group_tests_name("authority", tests, NULL, NULL);
}
