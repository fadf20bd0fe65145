/* What quotes say of how their counts were made, and which counts that keeps from being compared.
 */
#include "account/definitions.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "views.h"

static void quotes_say_how_they_count(void **unused)
{
    (void)unused;
    static const struct {
        const char *quote, *says;
    } rows[] = {
        {"at least 336 people have been killed", ""},
        {"336 killed people were identified by name", "made:one_by_one"},
        {"an estimated 1,500 people were killed", "made:estimate"},
        {"551 people killed, including security forces", "forces:with"},
        {"450 people killed, excluding security forces", "forces:without"},
        {"470 killed, including children, by name", "made:one_by_one minors:with"},
        {"400 adults were killed", "minors:without"},
        {"14,000 people are currently detained", "when:at_once"},
        {"19,262 people arrested in total", "when:in_all"},
        {"a renamed list of 20 killed", ""},
        {"Identified: 12 killed", "made:one_by_one"},
        {"هویت ۳۳۶ کشته احراز شده است", "made:one_by_one"},
        {"برآورد می‌شود ۱۵۰۰ نفر کشته شده‌اند", "made:estimate"},
        {"۵۵۱ کشته با احتساب نیروهای امنیتی", "forces:with"},
        {"۴۵۰ کشته، بدون احتساب نیروهای امنیتی", "forces:without"},
        {"۴۷۰ کشته، از جمله کودکان", "minors:with"},
        {"۳۲۴ بزرگسال کشته شدند", "minors:without"},
        {"در مجموع ۱۹۲۶۲ نفر بازداشت شدند", "when:in_all"},
        {"هم‌اکنون ۱۴۰۰۰ نفر در بازداشت‌اند", "when:at_once"},
    };
    struct arena arena;
    arena_init(&arena);
    const struct definitions *all = definitions_known();
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct definition *found[8];
        struct str out = STR("");
        size_t count = definitions_in(all, str_of(rows[i].quote), &arena, found, COUNT_OF(found));
        for (size_t k = 0; k < count; k++) {
            out = arena_print(&arena, "%.*s%s%.*s:%.*s", STR_ARG(out), k ? " " : "",
                              STR_ARG(found[k]->kind), STR_ARG(found[k]->value));
            assert_true(found[k]->en.len && found[k]->fa.len);
        }
        if (!str_equal(out, str_of(rows[i].says)))
            fail_msg("%s: %.*s", rows[i].quote, STR_ARG(out));
    }
    arena_release(&arena);
}

/* ---- in a ledger ---- */

enum { ROWS = 6 };

struct ledger_case {
    const char *title;
    struct figure_row rows[ROWS];
    const char *quotes[ROWS];
    size_t flags;
    const char *words;
};

static const struct ledger_case cases[] = {
    {"identified beside estimated",
     {{.value = "336", .source = "HRANA", .as_of = "2022-11-20"},
      {.value = "~ 500", .source = "Iran Human Rights", .as_of = "2022-11-20"}},
     {"336 identified people killed", "an estimated 500 people killed"},
     1,
     "they cannot be compared"},
    {"with security forces and without",
     {{.value = "551", .source = "HRANA", .as_of = "2023-01-20"},
      {.value = "450", .source = "Iran Human Rights", .as_of = "2023-01-20"}},
     {"551 killed, including security forces", "450 killed, excluding security forces"},
     1,
     "takes in security forces"},
    {"one of them says nothing of it",
     {{.value = "551", .source = "HRANA", .as_of = "2023-01-20"},
      {.value = "450", .source = "Iran Human Rights", .as_of = "2023-01-20"}},
     {"551 killed, including security forces", "450 killed"},
     0,
     ""},
    {"both say the same",
     {{.value = "551", .source = "HRANA", .as_of = "2023-01-20"},
      {.value = "450", .source = "Iran Human Rights", .as_of = "2023-01-20"}},
     {"551 identified victims killed", "450 killed, by name"},
     0,
     ""},
    {"one source that counts in two ways has two counts, of which the later stands",
     {{.value = "336", .source = "HRANA", .as_of = "2022-11-20"},
      {.value = "~ 500", .source = "HRANA", .as_of = "2022-12-20"}},
     {"336 identified people killed", "an estimated 500 people killed"},
     0,
     ""},
    {"of other populations",
     {{.value = "336", .source = "HRANA", .as_of = "2022-11-20"},
      {.value = "~ 50", .source = "Iran Human Rights", .as_of = "2022-11-20", .what = "children"}},
     {"336 identified people killed", "an estimated 50 children killed"},
     0,
     ""},
    {"three ways",
     {{.value = "336", .source = "HRANA", .as_of = "2022-11-20"},
      {.value = "~ 500", .source = "Iran Human Rights", .as_of = "2022-11-20"},
      {.value = "~ 600", .source = "Amnesty International", .as_of = "2022-11-20"}},
     {"336 identified people killed", "an estimated 500 people killed",
      "600 are believed to have been killed"},
     2,
     "is an estimate"},
    {"where nobody knows whether they are of one matter",
     {{.value = "336", .source = "HRANA", .as_of = "2022-11-20", .incident = NOWHERE},
      {.value = "~ 500",
       .source = "Iran Human Rights",
       .as_of = "2022-12-20",
       .incident = NOWHERE}},
     {"336 identified people killed", "an estimated 500 people killed"},
     0,
     ""},
};

static size_t quoted(const struct figure_account *account, const struct ledger_case *c,
                     struct defined_count *out)
{
    size_t count = 0;
    struct hash ids[ROWS];
    for (size_t row = 0; row < ROWS; row++)
        ids[row] = hash_number(row + 1);
    for (size_t g = 0; g < account->groups_count; g++)
        for (size_t i = 0; i < account->groups[g].series_count; i++) {
            const struct series *s = &account->groups[g].series[i];
            for (size_t k = 0; s->comparable && k < s->counts_count; k++) {
                size_t row = 0;
                while (!hash_equal(&s->counts[k].figures[0]->id, &ids[row]))
                    row++;
                if (s->counts[k].latest)
                    out[count++] = (struct defined_count){s, &s->counts[k], str_of(c->quotes[row])};
            }
        }
    return count;
}

static void other_definitions_are_flagged(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct ledger_case *c = &cases[i];
        struct arena arena;
        struct figure_account account;
        struct defined_count counts[ROWS];
        size_t rows = 0;
        arena_init(&arena);
        while (rows < ROWS && c->rows[rows].value)
            rows++;
        struct figure_view *views = views_of(&arena, c->rows, rows);
        assert_int_equal(figures_account(views, rows, &(struct figure_filter){0}, NULL, 0, &arena,
                                         &account, NULL),
                         OK);
        struct group *group = &account.groups[0];
        size_t before = group->flags_count;
        struct count_range range = group->series[0].range;
        definitions_compare(definitions_known(), group, counts, quoted(&account, c, counts),
                            &arena);
        if (group->flags_count - before != c->flags)
            fail_msg("%s: %zu flags", c->title, group->flags_count - before);
        assert_int_equal(group->flags_total, group->flags_count);
        struct str words =
            c->flags ? flag_words(&arena, &group->flags[group->flags_count - 1]) : STR("");
        if (str_find(words, str_of(c->words), 0) == SIZE_MAX)
            fail_msg("%s: %.*s", c->title, STR_ARG(words));
        assert_memory_equal(&range, &group->series[0].range, sizeof range);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_say_how_they_count),
        cmocka_unit_test(other_definitions_are_flagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
