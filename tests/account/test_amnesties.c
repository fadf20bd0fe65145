/* The amnesties that are built in, over four hundred people whose right outcome is known because
 * they were made for it, and over what becomes of them when a condition changes. */
#include "account/audit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/data.h"
#include "prison.h"
#include "views.h"

enum { CONDITIONS = 12 };

/* ---- what people are like ---- */

/* What a charge is, as who announced the amnesties would call it. */
enum matter {
    SPY = 1,
    CONTACT = 2,
    ARMED = 4,
    BLOOD = 8,
    FIRE = 16,
    GROUP = 32,
    TRADE = 64,
    SECURITY = 128,
    NOT_KNOWN = 256,
};

static const struct {
    const char *text;
    unsigned matter;
} charges[] = {
    {"insulting the president", 0},
    {"espionage", SPY | SECURITY},
    {"جاسوسی برای بیگانگان", SPY | SECURITY},
    {"propaganda against the state", SECURITY},
    {"assembly and collusion", SECURITY},
    {"interviews with foreign media", CONTACT | SECURITY},
    {"enmity against God", ARMED | SECURITY},
    {"افساد فی‌الارض", ARMED | SECURITY},
    {"murder", BLOOD},
    {"assaulting officers", BLOOD},
    {"arson", FIRE},
    {"membership in illegal groups", GROUP | SECURITY},
    {"همکاری با گروه‌های معاند", GROUP | SECURITY},
    {"weapons trafficking", TRADE},
    {"drinking alcohol", TRADE},
    {"spreading lies", 0},
    {"disturbing public order", 0},
    {"a charge that no table has", NOT_KNOWN},
    {"insulting officials", 0},
    {"نشر اکاذیب", 0},
};

/* In months; what is longer than any number of them; what has no length. */
enum { TO_DEATH = 1 << 20, FOR_LIFE, NO_LENGTH = -1 };

static const struct {
    const char *text;
    int months;
} sentences[] = {
    {NULL, NO_LENGTH},
    {"P1Y", 12},
    {"P3Y", 36},
    {"P5Y", 60},
    {"P5Y6M", 66},
    {"P7Y", 84},
    {"74 lashes", NO_LENGTH},
    {"death", TO_DEATH},
    {"life", FOR_LIFE},
    {"P4Y11M", 59},
    {"P10Y", 120},
    {"P2Y; 50 lashes", NO_LENGTH},
};

static const char *const nations[] = {NULL, "Iranian", "German-Iranian", "ایرانی"};

enum course {
    STAYED,
    FREED_BEFORE,
    TAKEN_AFTER,
    PERHAPS_AFTER, /* taken on a day that may lie before or after */
    CAME_OUT,
    CAME_OUT_AND_TAKEN,
    ON_FURLOUGH,
    COURSES
};

struct made {
    unsigned matters; /* of all charges */
    bool charged;
    size_t first_charge, second_charge, sentence, nation;
    enum course course;
    bool letter, letter_refused, complaint;
};

static uint64_t mixed(uint64_t seed)
{
    seed *= UINT64_C(0x9E3779B97F4A7C15);
    seed = (seed ^ seed >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return seed ^ seed >> 32;
}

static struct made made_of(size_t i)
{
    uint64_t one = mixed(i + 1), two = mixed(i + 1000003);
    struct made m = {.charged = one % 12 != 0,
                     .first_charge = (one >> 8) % COUNT_OF(charges),
                     .second_charge = (one >> 16) % (3 * COUNT_OF(charges)),
                     .sentence = (one >> 24) % COUNT_OF(sentences),
                     .nation = (one >> 32) % COUNT_OF(nations),
                     .course = (enum course)((two >> 8) % COURSES),
                     .letter = (two >> 16) % 3 == 0,
                     .letter_refused = (two >> 24) % 16 == 0,
                     .complaint = (two >> 32) % 16 == 0};
    if (m.charged)
        m.matters = charges[m.first_charge].matter;
    if (m.charged && m.second_charge < COUNT_OF(charges))
        m.matters |= charges[m.second_charge].matter;
    if (m.course == PERHAPS_AFTER || m.course == TAKEN_AFTER)
        m.sentence = 0;
    return m;
}

/* ---- what is on record of them ---- */

struct days {
    const char *taken, *sentenced, *out_before, *perhaps, *after, *out, *again;
};

static void course_add(struct prison *p, size_t i, enum course course, const struct days *d)
{
    if (course == FREED_BEFORE)
        event_add(p, i, "released", d->out_before);
    if (course == ON_FURLOUGH)
        event_add(p, i, "furloughed", d->out_before);
    if (course == CAME_OUT || course == CAME_OUT_AND_TAKEN)
        event_add(p, i, "released", d->out);
    if (course == CAME_OUT_AND_TAKEN)
        event_add(p, i, "rearrested", d->again);
}

static void person_tell(struct prison *p, size_t i, const struct days *d)
{
    struct made m = made_of(i);
    const char *taken = m.course == TAKEN_AFTER     ? d->after
                        : m.course == PERHAPS_AFTER ? d->perhaps
                                                    : d->taken;
    struct life_event *arrest = event_add(p, i, "arrested", taken);
    if (m.charged)
        detail_set(p, arrest, "charge", charges[m.first_charge].text);
    if (m.charged && m.second_charge < COUNT_OF(charges))
        detail_set(p, event_add(p, i, "charged", taken), "charge", charges[m.second_charge].text);
    if (sentences[m.sentence].text)
        detail_set(p, event_add(p, i, "sentenced", d->sentenced), "sentence",
                   sentences[m.sentence].text);
    if (nations[m.nation])
        fact_add(p, i, "nationality", nations[m.nation]);
    course_add(p, i, m.course, d);
    if (m.letter)
        event_add(p, i, "other:letter_of_regret", d->taken);
    if (m.letter_refused)
        event_add(p, i, "other:letter_of_regret_refused", d->taken);
    if (m.complaint)
        event_add(p, i, "other:private_complaint", d->taken);
}

static struct prison *prison_on(const struct days *days)
{
    struct prison *p = prison_new();
    for (size_t i = 0; i < PEOPLE; i++)
        person_tell(p, i, days);
    return p;
}

/* ---- what was announced ---- */

enum held { NOT_HELD, IN_CUSTODY, SERVING, TO_DIE, AWAY };

/* One condition, as it was announced: whom it leaves out, and what it needs to know. */
struct condition {
    const char *words;
    unsigned matters;
    int months;            /* at least, for these; 0: whatever the sentence */
    bool to_death_or_life; /* and not by months */
    bool foreign, complaint, no_regret;
    bool lenient; /* silence is not held against them */
    bool covered; /* whoever meets it meets another one: death and life are longer than any term */
    const char *changed_from, *changed_to; /* another condition in its place, with: */
    int changed_months;
};

struct announced {
    const char *id;
    struct days days;
    unsigned reaches; /* bits of enum held */
    struct condition conditions[CONDITIONS];
};

#define BIT(held) (1U << (held))

static const struct announced all[] = {
    {"ir-2023-02",
     {"2022-10-01", "2022-12-01", "2023-01-15", "2023-01/2023-03", "2023-03-01", "2023-02-20",
      "2023-05-01"},
     BIT(IN_CUSTODY) | BIT(SERVING) | BIT(TO_DIE),
     {{.words = "spying for foreign agencies", .matters = SPY},
      {.words = "contact with foreign agencies", .matters = CONTACT},
      {.words = "enmity against God, corruption on earth, armed rebellion", .matters = ARMED},
      {.words = "intentional murder or injury", .matters = BLOOD},
      {.words = "destruction and arson of state or military property", .matters = FIRE},
      {.words = "membership in hostile groups", .matters = GROUP},
      {.words = "trafficking in arms, drugs or alcohol", .matters = TRADE},
      {.words = "foreign and dual nationals", .foreign = true, .lenient = true},
      {.words = "a private complainant", .complaint = true, .lenient = true},
      {.words = "who does not express regret", .no_regret = true, .lenient = true}}},
    {"ir-2020-03",
     {"2019-10-01", "2019-12-01", "2020-02-15", "2020-02/2020-04", "2020-04-01", "2020-03-20",
      "2020-06-01"},
     BIT(IN_CUSTODY) | BIT(SERVING),
     {{.words = "prisoners of security cases with more than five years",
       .matters = SECURITY,
       .months = 61,
       .changed_from = "sentence>P5Y",
       .changed_to = "sentence>P3Y",
       .changed_months = 37},
      {.words = "prisoners of security cases sentenced to death or for life",
       .matters = SECURITY,
       .to_death_or_life = true,
       .covered = true}}},
    {"ir-2020-03-nowruz",
     {"2019-10-01", "2019-12-01", "2020-02-15", "2020-02/2020-04", "2020-04-01", "2020-03-20",
      "2020-06-01"},
     BIT(SERVING) | BIT(AWAY),
     {{.words = "convicts of security cases with five years or more",
       .matters = SECURITY,
       .months = 60,
       .changed_from = "sentence>=P5Y",
       .changed_to = "sentence>=P7Y",
       .changed_months = 84},
      {.words = "convicts of security cases sentenced to death or for life",
       .matters = SECURITY,
       .to_death_or_life = true,
       .covered = true}}},
};

/* ---- what is right ---- */

enum told { NO, YES, OPEN };

static enum told all_of(enum told a, enum told b)
{
    return a == NO || b == NO ? NO : a == OPEN || b == OPEN ? OPEN : YES;
}

static enum told charge_told(const struct made *m, unsigned matters)
{
    if (m->matters & matters)
        return YES;
    return !m->charged || m->matters & NOT_KNOWN ? OPEN : NO;
}

static enum told sentence_told(const struct made *m, const struct condition *c)
{
    int months = sentences[m->sentence].months;
    if (months == NO_LENGTH)
        return OPEN;
    bool met = c->to_death_or_life ? months >= TO_DEATH : months >= c->months;
    return met ? YES : NO;
}

static enum told condition_told(const struct made *m, const struct condition *c)
{
    if (c->foreign)
        return m->nation == 0 ? OPEN : m->nation == 2 ? YES : NO;
    if (c->complaint)
        return m->complaint ? YES : OPEN;
    if (c->no_regret)
        return m->letter_refused ? YES : OPEN;
    enum told charge = charge_told(m, c->matters);
    return c->months || c->to_death_or_life ? all_of(charge, sentence_told(m, c)) : charge;
}

static enum held held_on_the_eve(const struct made *m)
{
    int months = sentences[m->sentence].months;
    const char *text = sentences[m->sentence].text;
    if (m->course == FREED_BEFORE || m->course == TAKEN_AFTER)
        return NOT_HELD;
    if (m->course == ON_FURLOUGH)
        return AWAY;
    if (months == TO_DEATH)
        return TO_DIE;
    return text && text[0] == 'P' ? SERVING : IN_CUSTODY;
}

/* `without` is left out, or PEOPLE; `other`, when set, stands for it instead. */
static enum audit_verdict right(const struct announced *a, const struct made *m, size_t without,
                                const struct condition *other)
{
    bool open = m->course == PERHAPS_AFTER, excluded = false;
    for (size_t i = 0; i < CONDITIONS && a->conditions[i].words; i++) {
        const struct condition *c = i == without ? other : &a->conditions[i];
        enum told told = c ? condition_told(m, c) : NO;
        excluded |= told == YES;
        open |= told == OPEN && !c->lenient;
    }
    return excluded ? AUDIT_EXCLUDED : open ? AUDIT_UNTOLD : AUDIT_QUALIFIES;
}

/* ---- the audits ---- */

static struct str table_of(const struct announced *a, struct arena *arena)
{
    struct str path = arena_print(arena, "amnesties/%s.tsv%c", a->id, '\0');
    const struct data_file *file = data_find(path.at);
    if (!file)
        fail_msg("%s is not built in", a->id);
    return file ? file->bytes : STR_NONE;
}

static struct audit audit_of(struct prison *p, const struct announced *a, struct str table)
{
    struct data_file *file = arena_alloc(&p->arena, sizeof *file);
    struct amnesty *amnesty = arena_alloc(&p->arena, sizeof *amnesty);
    const struct case_rules *rules;
    struct audit audit;
    struct fault why;
    if (case_rules_known(&rules, &why) != OK)
        fail_msg("%s", why.text);
    *file = (struct data_file){arena_print(&p->arena, "amnesties/%s.tsv%c", a->id, '\0').at, table};
    if (amnesty_read(file, false, rules, &p->arena, amnesty, &why) != OK)
        fail_msg("%s", why.text);
    audit_make(rules, amnesty, p->people, PEOPLE, INT64_MIN, &p->arena, &audit);
    return audit;
}

static const struct audit_person *found(const struct audit *a, size_t person)
{
    struct hash address = hash_number(person + 1);
    for (size_t i = 0; i < a->count; i++)
        if (hash_equal(&a->people[i].person->address, &address))
            return &a->people[i];
    return NULL;
}

static bool names(const struct audit_person *p, const char *words)
{
    for (size_t i = 0; i < p->reasons_count; i++) {
        const struct audit_reason *r = &p->reasons[i];
        if (r->rule && str_equal(r->rule->words, str_of(words)) && r->decides &&
            r->met == TRUTH_YES)
            return r->view != NULL;
    }
    return false;
}

static void check_person(const struct announced *a, size_t i, const struct audit_person *person)
{
    struct made m = made_of(i);
    enum audit_verdict wanted = right(a, &m, PEOPLE, NULL);
    if (person->verdict != wanted)
        fail_msg("%s: person %zu %s, not %s", a->id, i, audit_verdict_name(person->verdict),
                 audit_verdict_name(wanted));
    for (size_t c = 0; c < CONDITIONS && a->conditions[c].words; c++) {
        bool excludes = condition_told(&m, &a->conditions[c]) == YES;
        if (names(person, a->conditions[c].words) != excludes)
            fail_msg("%s: person %zu is%s left out for \"%s\"", a->id, i, excludes ? " not" : "",
                     a->conditions[c].words);
    }
    if (wanted == AUDIT_UNTOLD)
        assert_true(person->reasons[0].missing.len > 0);
    bool out = m.course == CAME_OUT || m.course == CAME_OUT_AND_TAKEN;
    if ((person->out != NULL) != out || (person->again != NULL) != (m.course == CAME_OUT_AND_TAKEN))
        fail_msg("%s: person %zu came out, or was taken again, otherwise", a->id, i);
}

static void everybody_is_told_right(void **unused)
{
    (void)unused;
    for (size_t n = 0; n < COUNT_OF(all); n++) {
        const struct announced *a = &all[n];
        struct prison *p = prison_on(&a->days);
        struct audit audit = audit_of(p, a, table_of(a, &p->arena));
        size_t held = 0;
        for (size_t i = 0; i < PEOPLE; i++) {
            struct made m = made_of(i);
            const struct audit_person *person = found(&audit, i);
            bool reached = held_on_the_eve(&m) && a->reaches & BIT(held_on_the_eve(&m));
            if ((person != NULL) != reached)
                fail_msg("%s: person %zu was%s within reach", a->id, i, reached ? "" : " not");
            held += reached;
            if (person)
                check_person(a, i, person);
        }
        assert_int_equal(audit.count, held);
        if (audit.verdicts[0] < 20 || audit.verdicts[1] < 15 || audit.verdicts[2] < 20)
            fail_msg("%s: %zu, %zu, %zu: too few to show anything", a->id, audit.verdicts[0],
                     audit.verdicts[1], audit.verdicts[2]);
        prison_free(p);
    }
}

/* ---- a changed condition ---- */

static struct str without_line(struct arena *arena, struct str table, const char *words)
{
    size_t at = str_find(table, str_of(words), 0), end = str_find(table, STR("\n"), at);
    assert_true(at != SIZE_MAX && end != SIZE_MAX);
    while (at > 0 && table.at[at - 1] != '\n')
        at--;
    struct str before = str_slice(table, 0, at), after = str_slice(table, end + 1, table.len);
    return arena_print(arena, "%.*s%.*s", STR_ARG(before), STR_ARG(after));
}

static struct str with_other(struct arena *arena, struct str table, const char *from,
                             const char *to)
{
    size_t at = str_find(table, str_of(from), 0);
    assert_true(at != SIZE_MAX);
    struct str before = str_slice(table, 0, at),
               after = str_slice(table, at + strlen(from), table.len);
    return arena_print(arena, "%.*s%s%.*s", STR_ARG(before), to, STR_ARG(after));
}

/* Those whom the change concerns are told otherwise, and nobody else. */
static void check_change(struct prison *p, const struct announced *a, size_t condition,
                         const struct condition *other, struct str table)
{
    struct audit before = audit_of(p, a, table_of(a, &p->arena)), after = audit_of(p, a, table);
    size_t changed = 0;
    assert_int_equal(before.count, after.count);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct made m = made_of(i);
        const struct audit_person *then = found(&before, i), *now = found(&after, i);
        if (!then || !now)
            continue;
        bool should = right(a, &m, PEOPLE, NULL) != right(a, &m, condition, other);
        if ((then->verdict != now->verdict) != should)
            fail_msg("%s, \"%s\": person %zu is%s told otherwise", a->id,
                     a->conditions[condition].words, i, should ? " not" : "");
        changed += should;
    }
    if ((changed > 0) == a->conditions[condition].covered)
        fail_msg("%s, \"%s\": changes %zu people", a->id, a->conditions[condition].words, changed);
}

static void a_changed_condition_changes_whom_it_should(void **unused)
{
    (void)unused;
    for (size_t n = 0; n < COUNT_OF(all); n++) {
        struct prison *p = prison_on(&all[n].days);
        struct str table = table_of(&all[n], &p->arena);
        for (size_t i = 0; i < CONDITIONS && all[n].conditions[i].words; i++) {
            const struct condition *c = &all[n].conditions[i];
            struct condition other = *c;
            check_change(p, &all[n], i, NULL, without_line(&p->arena, table, c->words));
            if (!c->changed_from)
                continue;
            other.months = c->changed_months;
            check_change(p, &all[n], i, &other,
                         with_other(&p->arena, table, c->changed_from, c->changed_to));
        }
        prison_free(p);
    }
}

static void every_rule_is_looked_at(void **unused)
{
    (void)unused;
    for (size_t n = 0; n < COUNT_OF(all); n++) {
        struct prison *p = prison_on(&all[n].days);
        struct audit audit = audit_of(p, &all[n], table_of(&all[n], &p->arena));
        size_t known = 0, excludes = 0;
        while (known < CONDITIONS && all[n].conditions[known].words)
            known++;
        for (size_t i = 0; i < audit.amnesty->rules_count; i++)
            excludes += audit.amnesty->rules[i].excludes;
        assert_int_equal(excludes, known);
        prison_free(p);
    }
}

static void whom_it_reaches_follows_the_states(void **unused)
{
    (void)unused;
    const struct announced *a = &all[1];
    struct prison *p = prison_on(&a->days);
    struct str table = with_other(&p->arena, table_of(a, &p->arena), "reaches\timprisoned|detained",
                                  "reaches\timprisoned");
    struct audit audit = audit_of(p, a, table);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct made m = made_of(i);
        assert_int_equal(found(&audit, i) != NULL, held_on_the_eve(&m) == SERVING);
    }
    prison_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_is_told_right),
        cmocka_unit_test(a_changed_condition_changes_whom_it_should),
        cmocka_unit_test(every_rule_is_looked_at),
        cmocka_unit_test(whom_it_reaches_follows_the_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
