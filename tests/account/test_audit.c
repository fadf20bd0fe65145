#include "account/audit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "prison.h"
#include "views.h"

#define TABLE(text)                                                                                \
    (const struct data_file)                                                                       \
    {                                                                                              \
        "amnesties/spring.tsv",                                                                    \
        {                                                                                          \
            text, sizeof text - 1                                                                  \
        }                                                                                          \
    }

#define HEAD                                                                                       \
    "rule\tvalue\tsilent\twords\twords_fa\n"                                                       \
    "name_en\tSpring pardon\n"                                                                     \
    "kind\tpardon\n"                                                                               \
    "date\t2023-02-05\n"                                                                           \
    "source\tthe gazette\n"

#define SPIES "excludes\tcharge=espionage\t\tspying\n"
#define REBELS "excludes\tcharge=@armed\t\tenmity against God and corruption on earth\n"
#define LONG                                                                                       \
    "excludes\tcharge=propaganda_against_state & sentence>P5Y\t\tlong sentences for propaganda\n"
#define DEATH "excludes\tsentence=death\t\tthose sentenced to death\n"
#define FOREIGN "excludes\tfact.nationality!=Iranian\tpasses\tforeign and dual nationals\n"
#define LETTER "needs\tevent=letter_of_regret\tpasses\ta letter of regret\n"
#define ARMED "group\tarmed\t\tmoharebeh|efsad_fel_arz\n"
#define SPRING                                                                                     \
    HEAD "reaches\tdetained|imprisoned|sentenced_to_death\n" ARMED SPIES REBELS LONG DEATH FOREIGN \
        LETTER

static const struct case_rules *rules_of(struct arena *arena)
{
    const struct case_rules *rules;
    struct fault why;
    if (case_rules_new(arena, &rules, &why) != OK)
        fail_msg("%s", why.text);
    return rules;
}

static struct amnesty amnesty_of(struct arena *arena, struct data_file file)
{
    struct amnesty out;
    struct fault why;
    struct data_file *kept = arena_alloc(arena, sizeof *kept);
    *kept = file;
    if (amnesty_read(kept, false, rules_of(arena), arena, &out, &why) != OK)
        fail_msg("%s", why.text);
    return out;
}

/* ---- four hundred people ---- */

static const char *const charges[] = {NULL,
                                      "propaganda against the state",
                                      "espionage",
                                      "enmity against God",
                                      "a charge that no table has",
                                      "assembly and collusion"};
static const char *const sentences[] = {NULL, "P3Y", "P7Y", "death", "74 lashes", "P1Y"};
static const char *const nations[] = {NULL, "Iranian", "German-Iranian"};

enum course { STAYED, FREED_BEFORE, TAKEN_AFTER, CAME_OUT, CAME_OUT_AND_TAKEN, COURSES };

/* What person i is like. */
struct made {
    size_t charge, sentence, nation;
    enum course course;
    bool letter;
};

static struct made made_of(size_t i)
{
    uint64_t mix = (i + 1) * UINT64_C(0x9E3779B97F4A7C15);
    mix = (mix ^ mix >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    mix ^= mix >> 32;
    return (struct made){(size_t)(mix % COUNT_OF(charges)),
                         (size_t)(mix >> 8) % COUNT_OF(sentences),
                         (size_t)(mix >> 16) % COUNT_OF(nations),
                         (enum course)((mix >> 24) % COURSES), (mix >> 32) % 3 == 1};
}

static void person_tell(struct prison *p, size_t i)
{
    struct made m = made_of(i);
    const char *arrested = m.course == TAKEN_AFTER ? "2023-03-01" : "2022-10-01";
    struct life_event *arrest = event_add(p, i, "arrested", arrested);
    if (charges[m.charge])
        detail_set(p, arrest, "charge", charges[m.charge]);
    if (sentences[m.sentence]) {
        struct life_event *e =
            event_add(p, i, "sentenced", m.course == TAKEN_AFTER ? "2023-04-01" : "2022-12-01");
        detail_set(p, e, "sentence", sentences[m.sentence]);
    }
    if (nations[m.nation])
        fact_add(p, i, "nationality", nations[m.nation]);
    if (m.course == FREED_BEFORE)
        event_add(p, i, "released", "2023-01-15");
    if (m.course == CAME_OUT || m.course == CAME_OUT_AND_TAKEN)
        event_add(p, i, "released", "2023-02-20");
    if (m.course == CAME_OUT_AND_TAKEN)
        event_add(p, i, "rearrested", "2023-05-01");
    if (m.letter)
        event_add(p, i, "other:letter_of_regret", "2023-02-10");
}

static struct prison *prison_full(void)
{
    struct prison *p = prison_new();
    for (size_t i = 0; i < PEOPLE; i++)
        person_tell(p, i);
    return p;
}

/* ---- what is right, said without the audit ---- */

enum rule_number { R_SPIES, R_REBELS, R_LONG, R_DEATH, R_FOREIGN, R_LETTER, RULES };

static enum audit_truth truth(bool known, bool yes)
{
    return !known ? TRUTH_UNTOLD : yes ? TRUTH_YES : TRUTH_NO;
}

static enum audit_truth both(enum audit_truth a, enum audit_truth b)
{
    if (a == TRUTH_NO || b == TRUTH_NO)
        return TRUTH_NO;
    return a == TRUTH_UNTOLD || b == TRUTH_UNTOLD ? TRUTH_UNTOLD : TRUTH_YES;
}

static enum audit_truth right(const struct made *m, enum rule_number rule)
{
    bool charge_known = m->charge != 0 && m->charge != 4;
    bool sentence_known = m->sentence != 0 && m->sentence != 4;
    switch (rule) {
    case R_SPIES:
        return truth(charge_known, m->charge == 2);
    case R_REBELS:
        return truth(charge_known, m->charge == 3);
    case R_LONG:
        return both(truth(charge_known, m->charge == 1),
                    truth(sentence_known, m->sentence == 2 || m->sentence == 3));
    case R_DEATH:
        return truth(sentence_known, m->sentence == 3);
    case R_FOREIGN:
        return truth(m->nation != 0, m->nation == 2);
    case R_LETTER:
        return truth(m->letter, true);
    case RULES:
        break;
    }
    return TRUTH_UNTOLD;
}

static bool was_held(const struct made *m)
{
    return m->course != FREED_BEFORE && m->course != TAKEN_AFTER;
}

static enum audit_verdict right_verdict(const struct made *m, const bool *rules)
{
    bool open = false;
    for (enum rule_number r = 0; r < RULES; r++) {
        if (!rules[r])
            continue;
        if (r != R_LETTER && right(m, r) == TRUTH_YES)
            return AUDIT_EXCLUDED;
        open |= r < R_FOREIGN && right(m, r) == TRUTH_UNTOLD;
    }
    return open ? AUDIT_UNTOLD : AUDIT_QUALIFIES;
}

/* ---- the tests ---- */

static const struct audit_person *found(const struct audit *a, size_t person)
{
    struct hash address = hash_number(person + 1);
    for (size_t i = 0; i < a->count; i++)
        if (hash_equal(&a->people[i].person->address, &address))
            return &a->people[i];
    return NULL;
}

static void check_reasons(const struct audit_person *p, const struct made *m, size_t number)
{
    size_t named = 0, expected = 0;
    for (enum rule_number r = 0; r < R_FOREIGN; r++)
        expected += right(m, r) == TRUTH_YES;
    expected += right(m, R_FOREIGN) == TRUTH_YES;
    for (size_t i = 0; i < p->reasons_count; i++) {
        const struct audit_reason *r = &p->reasons[i];
        if (!r->decides || r->met != TRUTH_YES)
            continue;
        named++;
        assert_true(r->rule->words.len > 0);
        assert_non_null(r->view);
    }
    if (named != expected)
        fail_msg("person %zu: %zu conditions are named, not %zu", number, named, expected);
    if (p->verdict == AUDIT_UNTOLD)
        assert_true(p->reasons[0].decides && p->reasons[0].missing.len > 0);
}

static void everybody_is_told_right(void **unused)
{
    (void)unused;
    static const bool all[RULES] = {true, true, true, true, true, true};
    struct prison *p = prison_full();
    struct amnesty amnesty = amnesty_of(&p->arena, TABLE(SPRING));
    struct audit audit;
    size_t held = 0, sums[3] = {0}, out = 0, again = 0;
    audit_make(rules_of(&p->arena), &amnesty, p->people, PEOPLE, INT64_MIN, &p->arena, &audit);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct made m = made_of(i);
        const struct audit_person *person = found(&audit, i);
        assert_int_equal(person != NULL, was_held(&m));
        if (!person)
            continue;
        enum audit_verdict wanted = right_verdict(&m, all);
        if (person->verdict != wanted)
            fail_msg("person %zu: %s, not %s", i, audit_verdict_name(person->verdict),
                     audit_verdict_name(wanted));
        check_reasons(person, &m, i);
        assert_int_equal(person->out != NULL,
                         m.course == CAME_OUT || m.course == CAME_OUT_AND_TAKEN);
        assert_int_equal(person->again != NULL, m.course == CAME_OUT_AND_TAKEN);
        assert_int_equal(person->terms_count, m.letter);
        held++;
        sums[wanted]++;
        out += person->out != NULL;
        again += person->again != NULL;
    }
    assert_int_equal(audit.count, held);
    assert_memory_equal(audit.verdicts, sums, sizeof sums);
    assert_int_equal(audit.out[0] + audit.out[1] + audit.out[2], out);
    assert_int_equal(audit.again, again);
    if (sums[0] < 15 || sums[1] < 60 || sums[2] < 60 || again < 30)
        fail_msg("%zu, %zu, %zu, %zu: too few to show anything", sums[0], sums[1], sums[2], again);
    prison_free(p);
}

/* Without a rule, exactly those are told otherwise whom it told. */
static void a_changed_condition_changes_whom_it_should(void **unused)
{
    (void)unused;
    static const char *const texts[RULES] = {SPIES, REBELS, LONG, DEATH, FOREIGN, LETTER};
    struct prison *p = prison_full();
    for (size_t left_out = 0; left_out < RULES; left_out++) {
        bool rules[RULES];
        struct str table = STR(HEAD ARMED);
        struct audit audit;
        for (size_t r = 0; r < RULES; r++) {
            rules[r] = r != left_out;
            if (rules[r])
                table = arena_print(&p->arena, "%.*s%s", STR_ARG(table), texts[r]);
        }
        struct amnesty amnesty =
            amnesty_of(&p->arena, (struct data_file){"amnesties/spring.tsv", table});
        audit_make(rules_of(&p->arena), &amnesty, p->people, PEOPLE, INT64_MIN, &p->arena, &audit);
        for (size_t i = 0; i < PEOPLE; i++) {
            struct made m = made_of(i);
            const struct audit_person *person = found(&audit, i);
            if (person && person->verdict != right_verdict(&m, rules))
                fail_msg("without rule %zu person %zu %s", left_out, i,
                         audit_verdict_name(person->verdict));
        }
    }
    prison_free(p);
}

static void order_does_not_matter(void **unused)
{
    (void)unused;
    struct prison *p = prison_full();
    struct amnesty amnesty = amnesty_of(&p->arena, TABLE(SPRING));
    struct audit first, again;
    const struct case_rules *rules = rules_of(&p->arena);
    audit_make(rules, &amnesty, p->people, PEOPLE, INT64_MIN, &p->arena, &first);
    struct hash *addresses = arena_alloc(&p->arena, PEOPLE * sizeof *addresses);
    for (size_t i = 0; i < first.count; i++)
        addresses[i] = first.people[i].person->address;
    for (size_t i = 0; i < PEOPLE / 2; i++) {
        struct case_person swap = p->people[i];
        p->people[i] = p->people[PEOPLE - 1 - i];
        p->people[PEOPLE - 1 - i] = swap;
    }
    for (size_t i = 0; i < PEOPLE; i++)
        for (size_t k = 0; k < p->people[i].views_count / 2; k++) {
            const struct statement_view **views = p->people[i].views;
            const struct statement_view *swap = views[k];
            views[k] = views[p->people[i].views_count - 1 - k];
            views[p->people[i].views_count - 1 - k] = swap;
        }
    audit_make(rules, &amnesty, p->people, PEOPLE, INT64_MIN, &p->arena, &again);
    assert_int_equal(first.count, again.count);
    assert_memory_equal(first.verdicts, again.verdicts, sizeof first.verdicts);
    for (size_t i = 0; i < first.count; i++) {
        assert_true(hash_equal(&addresses[i], &again.people[i].person->address));
        assert_int_equal(first.people[i].verdict, again.people[i].verdict);
        assert_int_equal(first.people[i].reasons_count, again.people[i].reasons_count);
    }
    prison_free(p);
}

/* What came after the day asked about is not told. */
static void as_of_a_day(void **unused)
{
    (void)unused;
    struct prison *p = prison_full();
    struct amnesty amnesty = amnesty_of(&p->arena, TABLE(SPRING));
    struct audit audit;
    int64_t day = amnesty.first + 30;
    audit_make(rules_of(&p->arena), &amnesty, p->people, PEOPLE, day, &p->arena, &audit);
    assert_int_equal(audit.as_of, day);
    assert_int_equal(audit.again, 0);
    assert_true(audit.out[0] + audit.out[1] + audit.out[2] > 0);
    audit_make(rules_of(&p->arena), &amnesty, p->people, PEOPLE, amnesty.first, &p->arena, &audit);
    assert_int_equal(audit.out[0] + audit.out[1] + audit.out[2], 0);
    prison_free(p);
}

/* ---- tables ---- */

static const struct {
    const char *rows, *said;
} bad[] = {
    {"excludes\tcharge=witchcraft\t\tx\n", "line 6: no charge is called \"witchcraft\""},
    {"excludes\tcharge=@nobody\t\tx\n", "line 6: no group above is called \"@nobody\""},
    {"excludes\tcharge>espionage\t\tx\n",
     "line 6: only sentences are longer and shorter, not \"charge\""},
    {"excludes\tsentence>5 years\t\tx\n", "line 6: no sentence: \"5 years\""},
    {"excludes\tsentence>P5Y|P6Y\t\tx\n", "line 6: longer or shorter than several:"},
    {"excludes\tcharge\t\tx\n", "line 6: a condition without a sign: \"charge\""},
    {"excludes\tcharge=\t\tx\n", "line 6: a condition without a value:"},
    {"excludes\tcolour=red\t\tx\n", "line 6: a condition over \"colour\""},
    {"excludes\tcharge=espionage & \t\tx\n", "line 6: a blank at an end"},
    {"excludes\tcharge=espionage\tmaybe\tx\n",
     "line 6: silence is nothing or passes, not \"maybe\""},
    {"excludes\tcharge=espionage\n", "line 6: a rule without a condition or words:"},
    {"reaches\tasleep\n", "line 6: no state is called \"asleep\""},
    {"number\tmany\n", "line 6: not a number"},
    {"number\t-5\n", "line 6: not a number"},
    {"bound\trange\n", "line 6: not a bound"},
    {"bound\tabout\n", "a bound without a \"number\""},
    {"kind\tpardon\n", "line 6: said twice: \"kind\""},
    {"date\t2023\n", "line 6: said twice: \"date\""},
    {"name_en\tAnother\n", "line 6: said twice:"},
    {"group\tarmed\t\tmoharebeh\ngroup\tarmed\t\tbaghi\n",
     "line 7: a group without a name of its own:"},
    {"pardons\teverybody\n", "line 6: no rule is called \"pardons\""},
};

static void bad_tables_are_refused(void **unused)
{
    (void)unused;
    struct arena arena;
    arena_init(&arena);
    const struct case_rules *rules = rules_of(&arena);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct amnesty out;
        struct fault why = {0};
        struct data_file file = {"spring.tsv", arena_print(&arena, "%s%s", HEAD, bad[i].rows)};
        assert_int_equal(amnesty_read(&file, true, rules, &arena, &out, &why), REFUSED);
        if (!strstr(why.text, bad[i].said) ||
            !str_starts(str_of(why.text), STR("spring.tsv, line ")))
            fail_msg("%s: %s", bad[i].rows, why.text);
    }
    static const char *const heads[] = {
        "rule\tvalue\tsilent\twords\twords_fa\nkind\tpardon\ndate\t2023\nsource\tx\n",
        "rule\tvalue\tsilent\twords\twords_fa\nname_en\tx\ndate\t2023\nsource\tx\n",
        "rule\tvalue\tsilent\twords\twords_fa\nname_en\tx\nkind\tpardon\nsource\tx\n",
        "rule\tvalue\tsilent\twords\twords_fa\nname_en\tx\nkind\tpardon\ndate\t2023\n",
        "rule\tvalue\tsilent\twords\twords_fa\nname_en\tx\nkind\tgift\ndate\t2023\nsource\tx\n",
        "rule\tvalue\tsilent\twords\twords_fa\nname_en\tx\nkind\tpardon\ndate\tsoon\nsource\tx\n",
        "",
    };
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        struct amnesty out;
        struct fault why = {0};
        struct data_file file = {"spring.tsv", str_of(heads[i])};
        assert_int_equal(amnesty_read(&file, true, rules, &arena, &out, &why), REFUSED);
    }
    arena_release(&arena);
}

static void those_built_in_are_read(void **unused)
{
    (void)unused;
    struct arena arena;
    struct amnesty *all;
    struct fault why;
    size_t count;
    arena_init(&arena);
    if (amnesties_known(rules_of(&arena), &arena, &all, &count, &why) != OK)
        fail_msg("%s", why.text);
    assert_int_equal(count, 3);
    assert_true(str_equal(all[0].id, STR("ir-2020-03")));
    assert_int_equal(all[0].number.low, 85000);
    assert_int_equal(all[0].kind, AMNESTY_FURLOUGH);
    assert_true(str_equal(all[2].id, STR("ir-2023-02")));
    assert_int_equal(all[2].number.high, 82656);
    assert_true(all[2].rules_count > 8);
    arena_release(&arena);
}

/* Nobody, and histories that cannot be. */
static void odd_records_are_borne(void **unused)
{
    (void)unused;
    struct prison *p = prison_full();
    struct amnesty amnesty = amnesty_of(&p->arena, TABLE(SPRING));
    struct audit audit;
    const struct case_rules *rules = rules_of(&p->arena);
    audit_make(rules, &amnesty, NULL, 0, INT64_MIN, &p->arena, &audit);
    assert_int_equal(audit.count, 0);
    p->people[0].views_count = 0;
    event_add(p, 0, "released", "2022-01-01");
    event_add(p, 0, "executed", "2022-02-01");
    event_add(p, 0, "arrested", "2023-13-45");
    event_add(p, 0, "sentenced", "2024/2022");
    event_add(p, 0, "other:nothing_known", "");
    p->people[1].views_count = 0;
    audit_make(rules, &amnesty, p->people, 2, INT64_MIN, &p->arena, &audit);
    assert_true(audit.count <= 1);
    prison_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_is_told_right),
        cmocka_unit_test(a_changed_condition_changes_whom_it_should),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(as_of_a_day),
        cmocka_unit_test(bad_tables_are_refused),
        cmocka_unit_test(those_built_in_are_read),
        cmocka_unit_test(odd_records_are_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
