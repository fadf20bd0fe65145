#include "account/case_history.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "../base/random.h"
#include "base/file.h"
#include "base/table.h"
#include "text/edtf.h"
#include "views.h"

enum { EVENTS_LIMIT = 16 };

struct told {
    struct statement_view views[EVENTS_LIMIT];
    const struct statement_view *at[EVENTS_LIMIT];
    size_t count;
};

static const struct case_rules *rules_of(struct arena *arena)
{
    const struct case_rules *rules;
    struct fault why;
    if (case_rules_new(arena, &rules, &why) != OK)
        fail_msg("%s", why.text);
    return rules;
}

static void set_word(struct arena *arena, struct statement_view *view, struct str word, size_t at)
{
    struct life_event *e = &view->statement.life_event;
    struct str published = STR("published=");
    bool disputed = str_equal(word, STR("??"));
    if (disputed || str_equal(word, STR("?")))
        view->state = disputed ? VIEW_REJECTED : VIEW_PROPOSED;
    else if (view->statement.form == FORM_FACT)
        view->statement.fact.value = word;
    else if (at == 0 && str_equal(word, STR("born"))) {
        view->statement.form = FORM_FACT;
        view->statement.fact = (struct fact){.property = STR("birth_date")};
    } else if (at == 0)
        e->event = word;
    else if (at == 1)
        e->date = str_equal(word, STR("-")) ? STR_NONE : word;
    else if (str_starts(word, published))
        view->document_published = str_slice(word, published.len, word.len);
    else
        assert_true(life_event_set_detail(e, arena, STR("sentence"), word));
    view->undecided |= disputed;
}

static struct told told_of(struct arena *arena, struct str history)
{
    struct told told = {.count = 0};
    struct str event, word;
    while (history.len && str_cut(&history, ';', &event)) {
        struct statement_view *view = &told.views[told.count++];
        assert_true(told.count <= EVENTS_LIMIT);
        *view = (struct statement_view){.id = hash_number(told.count),
                                        .document = hash_number(told.count),
                                        .state = VIEW_ACCEPTED,
                                        .statement.form = FORM_LIFE_EVENT};
        event = str_trim(event);
        for (size_t i = 0; str_cut(&event, ' ', &word); i++)
            set_word(arena, view, word, i);
    }
    return told;
}

static void told_point(struct told *told)
{
    for (size_t i = 0; i < told->count; i++)
        told->at[i] = &told->views[i];
}

static int64_t day_of(struct str date)
{
    int64_t first, last;
    assert_int_equal(edtf_range(date, &first, &last, NULL), OK);
    return first;
}

/* ---- what comes out, as the table writes it ---- */

static struct str states_said(struct arena *arena, const struct case_history *h, int64_t day)
{
    struct case_standing s;
    struct str out = STR("");
    case_standing_on(h, day, &s);
    for (size_t i = 0; i < h->rules->states_count; i++)
        for (size_t k = 0; k < s.count; k++)
            if (s.at[k].state == i)
                out = arena_print(arena, "%.*s%s%.*s", STR_ARG(out), out.len ? " " : "",
                                  STR_ARG(h->rules->states[i].name));
    return out;
}

static struct str doubts_said(struct arena *arena, const struct case_history *h)
{
    static const char *const kinds[] = {
        [DOUBT_TWICE] = "twice",   [DOUBT_DIFFER] = "differ", [DOUBT_AFTER_END] = "after_end",
        [DOUBT_BEFORE] = "before", [DOUBT_STILL] = "still",   [DOUBT_STEP] = "step",
        [DOUBT_UNTOLD] = "untold", [DOUBT_DATE] = "date",     [DOUBT_UNBORN] = "unborn"};
    struct str out = STR("");
    size_t count;
    struct case_doubt *doubts = case_doubts(h, arena, &count);
    for (size_t i = 0; i < count; i++)
        out =
            arena_print(arena, "%.*s%s%s %.*s%s%.*s", STR_ARG(out), out.len ? ", " : "",
                        kinds[doubts[i].kind], STR_ARG(doubts[i].a->event), doubts[i].b ? " " : "",
                        STR_ARG(doubts[i].b ? doubts[i].b->event : STR_NONE));
    return out;
}

static struct str account_said(struct arena *arena, const struct case_rules *rules,
                               const struct told *told, int64_t day)
{
    struct case_history decided, all;
    case_history_make(rules, told->at, told->count, CASE_DECIDED, arena, &decided);
    case_history_make(rules, told->at, told->count, CASE_PROPOSED, arena, &all);
    struct str first = states_said(arena, &decided, day), second = states_said(arena, &all, day);
    if (str_equal(first, second))
        return arena_print(arena, "%.*s\t%.*s", STR_ARG(first), STR_ARG(doubts_said(arena, &all)));
    return arena_print(arena, "%.*s | %.*s\t%.*s", STR_ARG(first), STR_ARG(second),
                       STR_ARG(doubts_said(arena, &all)));
}

/* ---- the table ---- */

struct cases {
    struct arena arena;
    struct buf bytes;
    struct data_file file;
    struct table table;
    struct str history;
};

static void cases_open(struct cases *c)
{
    struct fault why;
    arena_init(&c->arena);
    buf_init(&c->bytes, 1 << 20);
    if (file_read(CASES, 1 << 20, &c->bytes, &why) != OK)
        fail_msg("%s", why.text);
    c->file = (struct data_file){"cases", buf_str(&c->bytes)};
    if (table_open_file(&c->table, &c->file, "history day states doubts", &why) != OK)
        fail_msg("%s", why.text);
}

static bool cases_next(struct cases *c, struct row *row)
{
    struct fault why;
    bool more;
    if (table_next(&c->table, row, &more, &why) != OK)
        fail_msg("%s", why.text);
    if (more && row->cells[0].len)
        c->history = row->cells[0];
    return more;
}

static void cases_close(struct cases *c)
{
    buf_release(&c->bytes);
    arena_release(&c->arena);
}

static void a_history_gives_its_states_and_doubts(void **state)
{
    struct cases c = {.history = STR_NONE};
    struct row row;
    size_t wrong = 0;
    (void)state;
    cases_open(&c);
    const struct case_rules *rules = rules_of(&c.arena);
    while (cases_next(&c, &row)) {
        struct told told = told_of(&c.arena, c.history);
        told_point(&told);
        struct str got = account_said(&c.arena, rules, &told, day_of(row.cells[1]));
        struct str wanted =
            arena_print(&c.arena, "%.*s\t%.*s", STR_ARG(row.cells[2]), STR_ARG(row.cells[3]));
        if (!str_equal(got, wanted) && ++wrong)
            print_message("line %zu, %.*s: \"%s\", not \"%s\"\n", c.table.line, STR_ARG(c.history),
                          got.at, wanted.at);
    }
    assert_int_equal(wrong, 0);
    cases_close(&c);
}

static void shuffle(struct random *random, struct told *told)
{
    for (size_t i = told->count; i > 1; i--) {
        size_t k = random_below(random, i);
        const struct statement_view *one = told->at[k];
        told->at[k] = told->at[i - 1];
        told->at[i - 1] = one;
    }
}

/* and without one of its statements, put back, it is as it was */
static void the_order_of_statements_does_not_matter(void **state)
{
    struct cases c = {.history = STR_NONE};
    struct random random = {7};
    struct row row;
    (void)state;
    cases_open(&c);
    const struct case_rules *rules = rules_of(&c.arena);
    while (cases_next(&c, &row)) {
        struct told told = told_of(&c.arena, c.history), rest;
        int64_t day = day_of(row.cells[1]);
        told_point(&told);
        struct str wanted = account_said(&c.arena, rules, &told, day);
        for (size_t i = 0; i < 6 && told.count; i++) {
            shuffle(&random, &told);
            assert_true(str_equal(account_said(&c.arena, rules, &told, day), wanted));
            rest = told;
            rest.count--;
            struct str less = account_said(&c.arena, rules, &rest, day);
            shuffle(&random, &rest);
            assert_true(str_equal(account_said(&c.arena, rules, &rest, day), less));
        }
    }
    cases_close(&c);
}

static void no_statement_is_lost(void **state)
{
    static const char *const dates[] = {
        "",           "2020",    "2020-05",    "2020-05-04", "2019-01/2021-12",
        "2020-05-09", "nowhere", "2021-01/..", "../2020-06", "202X"};
    struct random random = {11};
    (void)state;
    for (size_t round = 0; round < 400; round++) {
        struct arena arena;
        struct told told = {.count = 1 + random_below(&random, EVENTS_LIMIT)};
        struct case_history h;
        size_t views = 0;
        arena_init(&arena);
        const struct case_rules *rules = rules_of(&arena);
        for (size_t i = 0; i < told.count; i++) {
            struct statement_view *v = &told.views[i];
            *v = (struct statement_view){.id = hash_number(random_next(&random)),
                                         .statement.form = FORM_LIFE_EVENT};
            v->statement.life_event.event =
                rules->rules[random_below(&random, rules->rules_count)].event;
            v->statement.life_event.date = str_of(dates[random_below(&random, COUNT_OF(dates))]);
        }
        told_point(&told);
        case_history_make(rules, told.at, told.count, CASE_PROPOSED, &arena, &h);
        for (size_t i = 0; i < h.count; i++)
            views += h.at[i].views_count;
        assert_int_equal(views, told.count);
        int64_t day = day_of(STR("2020-05-06"));
        struct case_standing s;
        size_t count;
        case_standing_on(&h, day, &s);
        assert_true(s.count > 0);
        case_doubts(&h, &arena, &count);
        case_spells(&h, day, &arena, &count);
        case_terms(&h, &arena, &count);
        case_running(&h, day, &arena, &count);
        arena_release(&arena);
    }
}

/* ---- what follows ---- */

static void days_are_bounded_by_what_is_known(void **state)
{
    static const struct {
        const char *history, *day;
        int64_t low, high;
    } rows[] = {
        {"arrested 2020-10-16; released 2020-10-26", "2021-01-01", 10, 10},
        {"arrested 2020-10; released 2020-12", "2021-01-01", 31, 91},
        {"arrested 2020-10-16; tortured 2020-11-15", "2021-01-01", 30, 77},
        {"arrested 2020-10-16", "2020-10-20", 0, 4},
        {"arrested -; released 2020-12-01", "2021-01-01", 0, DAYS_NONE},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena;
        struct case_history h;
        size_t count;
        arena_init(&arena);
        struct told told = told_of(&arena, str_of(rows[i].history));
        told_point(&told);
        case_history_make(rules_of(&arena), told.at, told.count, CASE_DECIDED, &arena, &h);
        struct case_spell *s = case_spells(&h, day_of(str_of(rows[i].day)), &arena, &count);
        assert_int_equal(count, 1);
        assert_int_equal(s->low, rows[i].low);
        assert_int_equal(s->high, rows[i].high);
        arena_release(&arena);
    }
}

static void a_sentence_ends_as_it_is_reckoned(void **state)
{
    struct arena arena;
    struct case_history h;
    size_t count;
    char day[16];
    (void)state;
    arena_init(&arena);
    struct told told = told_of(&arena, STR("arrested 2020-10-16; sentenced 2021-08-04 P10Y8M"));
    told_point(&told);
    case_history_make(rules_of(&arena), told.at, told.count, CASE_DECIDED, &arena, &h);
    struct case_term *terms = case_terms(&h, &arena, &count);
    assert_int_equal(count, 2);
    edtf_write_day(terms[0].first, day);
    assert_string_equal(day, "2031-06-16");
    edtf_write_day(terms[1].last, day);
    assert_string_equal(day, "2032-04-04");
    arena_release(&arena);
}

static void durations_are_added_or_refused(void **state)
{
    static const struct {
        const char *from, *duration, *to;
    } rows[] = {
        {"2020-01-31", "P1M", "2020-02-29"},
        {"2021-08-04", "P10Y8M", "2032-04-04"},
        {"2021-12-31", "P2W3D", "2022-01-17"},
        {"2020-02-29", "P1Y", "2021-02-28"},
        {"2020-01-01", "P", NULL},
        {"2020-01-01", "P5", NULL},
        {"2020-01-01", "P1M1Y", NULL},
        {"2020-01-01", "death", NULL},
        {"2020-01-01", "PT5H", NULL},
        {"2020-01-01", "P99999Y", NULL},
        {"2020-01-01", "P-1Y", NULL},
        {"2020-01-01", "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int64_t to;
        char day[16] = "";
        if (case_duration_add(str_of(rows[i].duration), day_of(str_of(rows[i].from)), &to))
            edtf_write_day(to, day);
        assert_string_equal(day, rows[i].to ? rows[i].to : "");
    }
}

static void a_hunger_strike_has_a_day(void **state)
{
    struct arena arena;
    struct case_history h;
    size_t count;
    (void)state;
    arena_init(&arena);
    struct told told =
        told_of(&arena, STR("arrested 2021-01-01; hunger_strike 2021-03-10; released 2021-05-01"));
    told_point(&told);
    case_history_make(rules_of(&arena), told.at, told.count, CASE_DECIDED, &arena, &h);
    struct case_running *r = case_running(&h, day_of(STR("2021-03-29")), &arena, &count);
    assert_int_equal(count, 1);
    assert_int_equal(r->low, 20);
    assert_int_equal(r->high, 20);
    case_running(&h, day_of(STR("2021-05-02")), &arena, &count);
    assert_int_equal(count, 0);
    case_running(&h, day_of(STR("2021-03-09")), &arena, &count);
    assert_int_equal(count, 0);
    arena_release(&arena);
}

/* ---- the tables ---- */

#define FILE_OF(name, text)                                                                        \
    {                                                                                              \
        name, TEXT(text)                                                                           \
    }
#define STATES "state\tkept\tclears\tfinal\n"
#define EVENTS "event\tdetail\tdoes\tstate\tafter\truns\ttogether\n"
#define NEEDS "item\tform\tnames\tfield\n"
#define CHARGES "charge\ten\tfa\tlaw\tpenalty\texcluded\tchecked\tforms\n"

static void a_mistake_in_a_table_has_its_place(void **state)
{
    static const struct {
        struct data_file states, events, needs, charges;
        const char *why;
    } rows[] = {
#define GOOD STATES "unknown\t-\tno\tno\nheld\tprison\tno\tno\ndead\t-\tyes\tyes\n"
        {FILE_OF("s", STATES "free\tgarden\tno\tno\n"), FILE_OF("e", EVENTS), FILE_OF("n", NEEDS),
         FILE_OF("c", CHARGES), "data/s, line 2: no word for this column: \"garden\""},
        {FILE_OF("s", STATES "free\t-\tno\tno\nfree\t-\tno\tno\n"), FILE_OF("e", EVENTS),
         FILE_OF("n", NEEDS), FILE_OF("c", CHARGES), "data/s, line 3: a state without a name"},
        {FILE_OF("s", STATES), FILE_OF("e", EVENTS), FILE_OF("n", NEEDS), FILE_OF("c", CHARGES),
         "data/s has no state"},
        {FILE_OF("s", GOOD), FILE_OF("e", EVENTS "taken\t\tbegins\tgone\t\tno\tno\n"),
         FILE_OF("n", NEEDS), FILE_OF("c", CHARGES), "data/e, line 2: an unknown state \"gone\""},
        {FILE_OF("s", GOOD), FILE_OF("e", EVENTS "taken\t\tbegins\t\t\tno\tno\n"),
         FILE_OF("n", NEEDS), FILE_OF("c", CHARGES), "data/e, line 2: an effect without a state"},
        {FILE_OF("s", GOOD), FILE_OF("e", EVENTS "taken\t\tturns\theld\t\tno\tno\n"),
         FILE_OF("n", NEEDS), FILE_OF("c", CHARGES), "data/e, line 2: what turns needs"},
        {FILE_OF("s", GOOD), FILE_OF("e", EVENTS "taken\t\tbegins\theld\thome|gone\tno\tno\n"),
         FILE_OF("n", NEEDS), FILE_OF("c", CHARGES), "data/e, line 2: an unknown state \"home\""},
        {FILE_OF("s", GOOD),
         FILE_OF("e", EVENTS "taken\t\tnothing\t\t\tno\tno\ntaken\ta=b\tnothing\t\t\tno\tno\n"),
         FILE_OF("n", NEEDS), FILE_OF("c", CHARGES), "data/e, line 3: a row above takes all"},
        {FILE_OF("s", GOOD), FILE_OF("e", EVENTS "taken\tsentence\tnothing\t\t\tno\tno\n"),
         FILE_OF("n", NEEDS), FILE_OF("c", CHARGES), "data/e, line 2: not a detail"},
        {FILE_OF("s", GOOD), FILE_OF("e", EVENTS), FILE_OF("n", NEEDS "x\trumour\ty\t\n"),
         FILE_OF("c", CHARGES), "data/n, line 2: no word for this column: \"rumour\""},
        {FILE_OF("s", GOOD), FILE_OF("e", EVENTS), FILE_OF("n", NEEDS "x\tfact\ty\tdate\n"),
         FILE_OF("c", CHARGES), "data/n, line 2: only events have fields"},
        {FILE_OF("s", GOOD), FILE_OF("e", EVENTS), FILE_OF("n", NEEDS),
         FILE_OF("c", CHARGES "x\tSpying\t\tart. 1\t1 year\tyes\tmaybe\t\n"),
         "data/c, line 2: no word for this column: \"maybe\""},
        {FILE_OF("s", GOOD), FILE_OF("e", EVENTS), FILE_OF("n", NEEDS),
         FILE_OF("c", CHARGES "x\tSpying\t\t\t\tno\tno\t\nx\tTreason\t\t\t\tno\tno\t\n"),
         "data/c, line 3: a charge named twice:"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct data_file *charges[] = {&rows[i].charges};
        struct case_files files = {&rows[i].states, &rows[i].events, &rows[i].needs, charges, 1};
        struct case_rules rules;
        struct arena arena;
        struct fault why;
        arena_init(&arena);
        assert_int_equal(case_rules_read(&files, &arena, &rules, &why), REFUSED);
        if (!str_starts(str_of(why.text), str_of(rows[i].why)))
            fail_msg("row %zu: %s", i, why.text);
        arena_release(&arena);
    }
}

static void charges_are_found_in_words(void **state)
{
    static const struct {
        const char *text, *ids;
    } rows[] = {
        {"propaganda against the state", "propaganda_against_state"},
        {"Assembly and collusion against national security and  'propaganda against the state'",
         "assembly_collusion propaganda_against_state"},
        {"محاربه", "moharebeh"},
        {"spy novels", ""},
        {"creating an extremist formation", "by_extremist_formation"},
        {"organising actions that grossly violate public order, espionage",
         "by_public_order espionage"},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena);
    const struct case_rules *rules = rules_of(&arena);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct charge_law *found[4];
        struct str ids = STR("");
        size_t count = case_charges(rules, &arena, str_of(rows[i].text), found, COUNT_OF(found));
        for (size_t k = 0; k < count; k++)
            ids = arena_print(&arena, "%.*s%s%.*s", STR_ARG(ids), k ? " " : "",
                              STR_ARG(found[k]->id));
        assert_true(str_equal(ids, str_of(rows[i].ids)));
    }
    arena_release(&arena);
}

static struct str ids_said(struct arena *arena, const struct case_rules *rules, const char *text)
{
    const struct charge_law *found[4];
    struct str out = STR("");
    size_t count = case_charges(rules, arena, str_of(text), found, COUNT_OF(found));
    for (size_t i = 0; i < count; i++)
        out = arena_print(arena, "%.*s%s%.*s:%.*s", STR_ARG(out), i ? " " : "",
                          STR_ARG(found[i]->country), STR_ARG(found[i]->id));
    return out;
}

static void charges_of_several_countries_stand_beside_each_other(void **state)
{
    static const struct data_file here = {"country/aa/charges.tsv",
                                          TEXT(CHARGES
                                               "a_spying\tSpying\t\tAct 1\t\tno\tno\tspying|"
                                               "spying for a neighbour\n"
                                               "a_other\tTreason\t\t\t\tno\tno\tspying\n")},
                                  there = {"country/bb/charges.tsv",
                                           TEXT(CHARGES "b_spying\tEspionage\t\tCode 9\t\tno\tno\t"
                                                        "spying\n")},
                                  twice = {"country/cc/charges.tsv",
                                           TEXT(CHARGES "b_spying\tSpying\t\t\t\tno\tno\t\n")};
    const struct data_file *charges[] = {&here, &there, &twice};
    struct case_files files = {data_find("case/states.tsv"), data_find("case/events.tsv"),
                               data_find("case/submission.tsv"), charges, 2};
    struct case_rules rules;
    struct arena arena;
    struct fault why;
    (void)state;
    arena_init(&arena);
    assert_int_equal(case_rules_read(&files, &arena, &rules, &why), OK);
    assert_true(str_equal(ids_said(&arena, &rules, "Spying"), STR("aa:a_spying bb:b_spying")));
    assert_true(str_equal(ids_said(&arena, &rules, "espionage"), STR("bb:b_spying")));
    assert_true(str_equal(ids_said(&arena, &rules, "spying for a neighbour"), STR("aa:a_spying")));
    files.charges_count = 3;
    assert_int_equal(case_rules_read(&files, &arena, &rules, &why), REFUSED);
    assert_true(str_starts(str_of(why.text), STR("data/country/cc/charges.tsv, line 2: a charge "
                                                 "named twice")));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_history_gives_its_states_and_doubts),
        cmocka_unit_test(the_order_of_statements_does_not_matter),
        cmocka_unit_test(no_statement_is_lost),
        cmocka_unit_test(days_are_bounded_by_what_is_known),
        cmocka_unit_test(a_sentence_ends_as_it_is_reckoned),
        cmocka_unit_test(durations_are_added_or_refused),
        cmocka_unit_test(a_hunger_strike_has_a_day),
        cmocka_unit_test(a_mistake_in_a_table_has_its_place),
        cmocka_unit_test(charges_are_found_in_words),
        cmocka_unit_test(charges_of_several_countries_stand_beside_each_other),
    };
    return cmocka_run_group_tests_name("cases", tests, NULL, NULL);
}
