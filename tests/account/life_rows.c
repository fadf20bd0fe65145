#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "life_rows.h"

#include "text/edtf.h"
#include "views.h"

struct case_person person_of_rows(struct arena *arena, const struct life_row *rows)
{
    struct case_person p = {.name = STR("Mehran Raoof"),
                            .views = arena_alloc(arena, LIFE_ROWS * sizeof *p.views)};
    for (size_t i = 0; i < LIFE_ROWS && rows[i].event; i++) {
        struct statement_view *view = arena_alloc(arena, sizeof *view);
        struct life_event *e = &view->statement.life_event;
        *view = (struct statement_view){.id = hash_number(i + 1),
                                        .document = hash_number(i + 1),
                                        .state = VIEW_ACCEPTED,
                                        .statement.form = FORM_LIFE_EVENT};
        *e = (struct life_event){.person = p.name,
                                 .person_at = {0, p.name.len},
                                 .event = str_of(rows[i].event),
                                 .date = str_of(rows[i].date),
                                 .place = str_of(rows[i].place)};
        if (rows[i].detail)
            assert_true(
                life_event_set_detail(e, arena, str_of(rows[i].detail), str_of(rows[i].value)));
        p.views[p.views_count++] = view;
    }
    return p;
}

int64_t first_day(const char *date)
{
    int64_t first, last;
    assert_int_equal(edtf_range(str_of(date), &first, &last, NULL), OK);
    return first;
}

void assert_mistakes(const struct mistaken_table *tables, size_t count,
                     enum outcome (*read)(const struct data_file *, const struct case_rules *,
                                          struct arena *, struct fault *why))
{
    for (size_t i = 0; i < count; i++) {
        struct arena arena;
        const struct case_rules *rules;
        struct fault why;
        arena_init(&arena);
        assert_int_equal(case_rules_new(&arena, &rules, &why), OK);
        assert_int_equal(read(&tables[i].file, rules, &arena, &why), REFUSED);
        if (!str_starts(str_of(why.text), str_of(tables[i].why)))
            fail_msg("row %zu: %s", i, why.text);
        arena_release(&arena);
    }
}
