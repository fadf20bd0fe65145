#include "account/figures.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "text/edtf.h"
#include "views.h"

/* The rules of account/figures.h over all pairs, as plainly as they can be written, against what
 * the account finds without looking at all pairs. */

static const struct incident_facts incidents[] = {
    {TEXT("uprising"), TEXT("The uprising"), TEXT("2022-09-16"), TEXT("2023-04-30")},
    {TEXT("endless"), TEXT("Without an end"), TEXT("2020"), TEXT("")},
};

static uint64_t state;

static size_t draw(size_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % below);
}

static const char *pick(const char *const *list, size_t count)
{
    return list[draw(count)];
}
#define PICK(list) pick(list, COUNT_OF(list))

static struct figure_row row_drawn(struct arena *arena)
{
    static const char *const dates[] = {"2022",       "2022-11",        "2022-10-05", "2022-11-22",
                                        "2022-12-31", "2023-01",        "2023-05-02", "2023",
                                        "2024-02-01", "2022-09/2022-11"};
    static const char *const signs[] = {"", "≥ ", "> ", "~ ", "≲ ", "≤ "};
    static const char *const sources[] = {"A", "B", "C", "D", "E"};
    static const char *const events[] = {"killed", "imprisoned"};
    static const char *const populations[] = {"people", "people", "people", "children"};
    struct figure_row row = {.source = PICK(sources),
                             .event = PICK(events),
                             .what = PICK(populations),
                             .published = draw(8) ? PICK(dates) : NULL,
                             .as_of = draw(2) ? PICK(dates) : NULL,
                             .until = draw(4) ? NULL : PICK(dates),
                             .incident = draw(3) ? "uprising" : "endless",
                             .state = draw(6) ? VIEW_PROPOSED : (enum view_state)draw(3),
                             .undecided = draw(20) == 0};
    size_t low = 1 + draw(40);
    row.value = draw(6) ? arena_print(arena, "%s%zu", PICK(signs), low).at
                        : arena_print(arena, "%zu–%zu", low, low + draw(20)).at;
    return row;
}

/* ---- the rules ---- */

struct ended {
    bool adds_up, known;
    int64_t over, over_year;
};

static bool known(const struct count *c)
{
    return c->stand.from != STAND_UNKNOWN;
}

static bool overlap(const struct count *a, const struct count *b)
{
    return a->stand.first <= b->stand.last && b->stand.first <= a->stand.last;
}

static bool was_over(const struct ended *e, const struct count *c)
{
    bool year = c->stand.last - c->stand.first > 31;
    return e->known && c->stand.last >= (year ? e->over_year : e->over);
}

static bool is_greater(const struct count *a, const struct count *b)
{
    struct interval x = figure_interval(&a->figures[0]->figure);
    struct interval y = figure_interval(&b->figures[0]->figure);
    return y.high != COUNT_NONE && x.low > y.high;
}

static bool contradict(const struct ended *e, const struct count *a, const struct count *b,
                       bool part)
{
    bool same = str_equal(a->source_key, b->source_key);
    bool disjoint = is_greater(a, b) || (!part && is_greater(b, a));
    if (!disjoint || !known(a) || !known(b) || !a->counts || !b->counts ||
        (same && hash_equal(&a->figures[0]->document->id, &b->figures[0]->document->id)))
        return false;
    if (overlap(a, b))
        return true;
    if (same || !e->adds_up)
        return false;
    if (was_over(e, a) && was_over(e, b))
        return true;
    bool a_earlier = a->stand.last < b->stand.first;
    return a_earlier ? is_greater(a, b) : !part && is_greater(b, a);
}

static struct ended ended_of(const struct group *group)
{
    struct ended e = {.adds_up = str_equal(group->event, STR("killed"))};
    int64_t first, last, ignored;
    if (!str_equal(group->incident, STR("uprising")))
        return e;
    e.known = edtf_range(STR("2022-09-16"), &first, &ignored, NULL) == OK &&
              edtf_range(STR("2023-04-30"), &ignored, &last, NULL) == OK;
    e.over = last;
    e.over_year = last - (last - first) / 4;
    return e;
}

static bool is_of(const struct conflict *c, const struct series *a, const struct series *b,
                  const struct count *x, const struct count *y)
{
    bool turned =
        str_equal(c->a->source_key, y->source_key) && str_equal(c->b->source_key, x->source_key);
    bool straight =
        str_equal(c->a->source_key, x->source_key) && str_equal(c->b->source_key, y->source_key);
    return c->a_series == a && c->b_series == b && (straight || (a == b && turned));
}

/* Each contradicting pair belongs to exactly one conflict; returns how many there are. */
static size_t pairs_between(const struct group *g, const struct series *a, const struct series *b)
{
    struct ended e = ended_of(g);
    size_t pairs = 0;
    for (size_t i = 0; i < a->counts_count; i++)
        for (size_t k = a == b ? i + 1 : 0; k < b->counts_count; k++) {
            const struct count *x = &a->counts[i], *y = &b->counts[k];
            size_t found = 0;
            if (!contradict(&e, x, y, a != b))
                continue;
            for (size_t c = 0; c < g->conflicts_count; c++)
                found += is_of(&g->conflicts[c], a, b, x, y);
            assert_int_equal(found, 1);
            pairs++;
        }
    return pairs;
}

static void check_group(const struct group *g)
{
    struct ended e = ended_of(g);
    size_t pairs = 0, said = 0;
    for (size_t i = 0; i < g->series_count; i++)
        for (size_t k = 0; k < g->series_count; k++) {
            const struct series *a = &g->series[i], *b = &g->series[k];
            bool part = str_equal(a->what, STR("children")) && str_equal(b->what, STR("people"));
            if ((i == k || part) && a->comparable && b->comparable)
                pairs += pairs_between(g, a, b);
        }
    for (size_t i = 0; i < g->conflicts_count; i++) {
        const struct conflict *c = &g->conflicts[i];
        assert_true(contradict(&e, c->a, c->b, c->a_series != c->b_series));
        said += 1 + c->more;
    }
    assert_int_equal(said, pairs);
    assert_int_equal(g->conflicts_total, g->conflicts_count);
}

static void random_series_conflict_by_the_rules(void **unused)
{
    (void)unused;
    size_t conflicts = 0;
    for (size_t round = 1; round <= 300; round++) {
        struct arena arena;
        struct figure_row rows[120];
        struct figure_account account;
        size_t count = 2 + round % 119;
        state = UINT64_C(88172645463325252) * round;
        arena_init(&arena);
        for (size_t i = 0; i < count; i++)
            rows[i] = row_drawn(&arena);
        struct figure_view *views = views_of(&arena, rows, count);
        for (size_t i = 1; i < count; i++)
            if (draw(4) == 0)
                views[i].document = views[i - 1].document;
        assert_int_equal(figures_account(views, count, &(struct figure_filter){.rejected = true},
                                         incidents, COUNT_OF(incidents), &arena, &account, NULL),
                         OK);
        for (size_t i = 0; i < account.groups_count; i++) {
            check_group(&account.groups[i]);
            conflicts += account.groups[i].conflicts_count;
        }
        arena_release(&arena);
    }
    assert_true(conflicts > 1000);
}

/* All of them contradict each other: the list ends, the number does not. */
static void many_sources_are_counted_and_not_listed(void **unused)
{
    (void)unused;
    enum { SOURCES = 200 };
    struct arena arena;
    struct figure_row rows[SOURCES];
    struct figure_account account;
    arena_init(&arena);
    for (size_t i = 0; i < SOURCES; i++)
        rows[i] = (struct figure_row){.value = arena_print(&arena, "%zu", i + 1).at,
                                      .source = arena_print(&arena, "Source %zu", i).at,
                                      .as_of = "2022-11-22"};
    struct figure_view *views = views_of(&arena, rows, SOURCES);
    assert_int_equal(figures_account(views, SOURCES, &(struct figure_filter){0}, incidents,
                                     COUNT_OF(incidents), &arena, &account, NULL),
                     OK);
    assert_int_equal(account.groups[0].conflicts_total, SOURCES * (SOURCES - 1) / 2);
    assert_int_equal(account.groups[0].conflicts_count, CONFLICTS_LISTED);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_series_conflict_by_the_rules),
        cmocka_unit_test(many_sources_are_counted_and_not_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
