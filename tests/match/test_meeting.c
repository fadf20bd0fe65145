#include "match/meeting.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "people.h"

static const struct weights *usual(void)
{
    const struct weights *w;
    struct fault why;
    tables_read();
    if (weights_usual(&w, &why))
        fail_msg("%s", why.text);
    return w;
}

struct told {
    const char *name;
    enum trait trait; /* with `value`; else nothing beside the name */
    const char *value;
};

static struct portrait told_of(struct arena *arena, const struct told *t, uint64_t text,
                               uint64_t id)
{
    struct portrait p = portrait_of(arena, t->name, text, id);
    if (t->value)
        portrait_tell(&p, t->trait, str_of(t->value));
    portrait_end(&p);
    return p;
}

static void what_stands_beside_the_name_decides(void **state)
{
    enum verdict { HIDDEN, PERHAPS, PROBABLE };
    static const struct {
        struct told left, right;
        enum verdict verdict;
    } cases[] = {
        {{"Mehran Raoof", TRAIT_ARREST, "2020-10-16"},
         {"Mehran Raouf", TRAIT_ARREST, "2020-10-16"},
         PROBABLE},
        {{"Mehran Raoof", TRAIT_ARREST, "2020-10-16"},
         {"مهران رئوف", TRAIT_ARREST, "2020-10"},
         PROBABLE},
        {{"Mehran Raoof", 0, NULL}, {"Mehran Raoof", 0, NULL}, PERHAPS},
        {{"Mehran Raoof", TRAIT_ROLE, "prisoner"},
         {"Mehran Raoof", TRAIT_ROLE, "prisoner"},
         PERHAPS},
        {{"Ali Khamenei", TRAIT_POST, "Supreme Leader"},
         {"Ali Khameini", TRAIT_POST, "Supreme Leader"},
         PROBABLE},
        {{"Khamenei", TRAIT_POST, "Supreme Leader"},
         {"Ali Khamenei", TRAIT_POST, "Supreme Leader"},
         PERHAPS},
        {{"Mostafa Pour-\n\nMohammadi", 0, NULL}, {"Mostafa Pourmohammadi", 0, NULL}, PERHAPS},
        {{"Mehran Raoof", TRAIT_ARREST, "2020-10-16"},
         {"Mehrdad Raoof", TRAIT_ARREST, "2020-10-16"},
         HIDDEN},
        {{"Hassan Norouzi", TRAIT_ROLE, "official"},
         {"Hassan Rouhani", TRAIT_ROLE, "official"},
         HIDDEN},
        {{"Mehran Raoof", TRAIT_BIRTH, "1956"}, {"Mehran Raoof", TRAIT_BIRTH, "1990"}, HIDDEN},
        {{"Mohammad Mohammadi", 0, NULL}, {"Mohammad Mohammadi", 0, NULL}, HIDDEN},
    };
    const struct weights *w = usual();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct meeting m;
        arena_init(&arena);
        struct portrait left = told_of(&arena, &cases[i].left, 1, 10);
        struct portrait right = told_of(&arena, &cases[i].right, 2, 20);
        enum verdict verdict = !portraits_meet(w, &left, &right, &m) ? HIDDEN
                               : m.odds >= MEETING_EVEN              ? PROBABLE
                                                                     : PERHAPS;
        if (verdict != cases[i].verdict)
            fail_msg("%s and %s: %d, odds %d", cases[i].left.name, cases[i].right.name,
                     (int)verdict, verdict ? m.odds : 0);
        arena_release(&arena);
    }
}

static void a_role_most_people_have_weighs_nothing(void **state)
{
    const struct weights *w = usual();
    struct told told = {"Mehran Raoof", TRAIT_ROLE, "prisoner"};
    struct arena arena;
    struct meeting m;
    (void)state;
    arena_init(&arena);
    struct portrait left = told_of(&arena, &told, 1, 1), right = told_of(&arena, &told, 2, 2);
    assert_true(portraits_meet(w, &left, &right, &m));
    for (size_t i = 0; i < m.reasons_count; i++)
        if (m.reasons[i].trait == TRAIT_ROLE)
            assert_int_equal(m.reasons[i].tenths, 0);
    arena_release(&arena);
}

static void who_stands_beside_somebody_is_somebody_else(void **state)
{
    const struct weights *w = usual();
    struct arena arena;
    struct meeting m;
    (void)state;
    arena_init(&arena);
    struct portrait left = portrait_of(&arena, "Mehran Raoof", 1, 1);
    struct portrait right = portrait_of(&arena, "Mehran Raouf", 1, 2);
    portrait_tell(&left, TRAIT_ARREST, STR("2020-10-16"));
    portrait_tell(&right, TRAIT_ARREST, STR("2020-10-16"));
    portrait_end(&right);
    struct portrait alone = left;
    portrait_end(&alone);
    assert_true(portraits_meet(w, &alone, &right, &m) && m.odds >= MEETING_EVEN);
    portrait_tell(&left, TRAIT_COMPANION, STR("Mehran Raouf"));
    portrait_end(&left);
    assert_false(portraits_meet(w, &left, &right, &m) && m.odds >= MEETING_EVEN);
    arena_release(&arena);
}

static void meetings_are_symmetric(void **state)
{
    const struct weights *w = usual();
    struct arena arena;
    size_t met = 0;
    (void)state;
    arena_init(&arena);
    enum { COUNT = 120 };
    struct portrait *all = portraits_made(&arena, COUNT, 5);
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < COUNT; k++) {
            struct meeting one, other;
            bool meets = portraits_meet(w, &all[i], &all[k], &one);
            assert_int_equal(meets, portraits_meet(w, &all[k], &all[i], &other));
            if (!meets)
                continue;
            met++;
            assert_int_equal(one.odds, other.odds);
            assert_int_equal(one.evidence, other.evidence);
            assert_int_equal(one.reasons_count, other.reasons_count);
            for (size_t r = 0; r < one.reasons_count; r++) {
                assert_int_equal(one.reasons[r].tenths, other.reasons[r].tenths);
                assert_true(str_equal(one.reasons[r].left, other.reasons[r].right));
            }
        }
    assert_true(met > COUNT);
    arena_release(&arena);
}

static void organisations_have_no_personal_names(void **state)
{
    static const char *const personal[] = {
        "Mehran Raoof",          "María Corina Machado", "نعمت‌الله نصیری",
        "Zeid Ra’ad Al Hussein", "Osama bin Laden",      "JM Coetzee"};
    static const char *const others[] = {"Medici e Farmacisti Democratici Iraniani", "UK NGO",
                                         "Iranska Kvinnosamfundet i Sverige", ""};
    (void)state;
    tables_read();
    for (size_t i = 0; i < COUNT_OF(personal); i++)
        if (!name_is_personal(str_of(personal[i])))
            fail_msg("%s is somebody", personal[i]);
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (name_is_personal(str_of(others[i])))
            fail_msg("%s is nobody", others[i]);
}

static void weights_are_one_text(void **state)
{
    const struct weights *w = usual();
    struct weights read, changed;
    struct buf one, other, third;
    struct arena arena;
    struct fault why;
    (void)state;
    arena_init(&arena);
    buf_init(&one, SIZE_MAX / 4);
    buf_init(&other, SIZE_MAX / 4);
    buf_init(&third, SIZE_MAX / 4);
    weights_write(w, &one);
    if (weights_read(&read, buf_str(&one), &arena, &why))
        fail_msg("%s", why.text);
    weights_write(&read, &other);
    assert_true(str_equal(buf_str(&one), buf_str(&other)));
    weights_copy(&changed, w);
    changed.levels[TRAIT_PRISON][LEVEL_SAME]++;
    weights_write(&changed, &third);
    assert_false(str_equal(buf_str(&one), buf_str(&third)));
    weights_release(&read);
    weights_release(&changed);
    assert_int_equal(weights_read(&read, STR("{\"kind\":\"weights\"}"), &arena, &why), REFUSED);
    buf_release(&one);
    buf_release(&other);
    buf_release(&third);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_beside_the_name_decides),
        cmocka_unit_test(a_role_most_people_have_weighs_nothing),
        cmocka_unit_test(who_stands_beside_somebody_is_somebody_else),
        cmocka_unit_test(meetings_are_symmetric),
        cmocka_unit_test(organisations_have_no_personal_names),
        cmocka_unit_test(weights_are_one_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
