#include "match/names.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/table.h"
#include "match/person_name.h"

static void start(void)
{
    struct fault why;
    if (spelling_start(&why) || likeness_start(&why))
        fail_msg("%s", why.text);
}

static double score_of(struct arena *arena, struct str left, struct str right)
{
    struct name_likeness there, back;
    names_compare(arena, left, right, &there);
    names_compare(arena, right, left, &back);
    if (there.score < back.score - 1e-9 || there.score > back.score + 1e-9)
        fail_msg("\"%.*s\" and \"%.*s\": %f one way, %f the other", STR_ARG(left), STR_ARG(right),
                 there.score, back.score);
    return there.score;
}

static void names_are_told_apart(void **state)
{
    struct arena arena;
    struct buf bytes;
    struct fault why;
    struct data_file file = {.path = "names_cases.tsv"};
    struct table t;
    struct row row;
    bool more;
    size_t rows = 0;
    (void)state;
    start();
    arena_init(&arena);
    buf_init(&bytes, 1 << 20);
    assert_int_equal(file_read(CASES, 1 << 20, &bytes, &why), OK);
    file.bytes = buf_str(&bytes);
    assert_int_equal(table_open_file(&t, &file, "left right same note", &why), OK);
    while (table_next(&t, &row, &more, &why) == OK && more) {
        bool same = str_equal(row.cells[2], STR("yes"));
        double score = score_of(&arena, row.cells[0], row.cells[1]);
        rows++;
        if ((score >= NAMES_SAME) != same)
            fail_msg("%.*s: \"%.*s\" and \"%.*s\" come to %.3f", STR_ARG(row.cells[3]),
                     STR_ARG(row.cells[0]), STR_ARG(row.cells[1]), score);
    }
    assert_true(rows > 30);
    buf_release(&bytes);
    arena_release(&arena);
}

static void an_alignment_explains(void **state)
{
    struct arena arena;
    struct name_likeness likeness;
    (void)state;
    start();
    arena_init(&arena);
    names_compare(&arena, STR("مهران رئوف"), STR("Mehran Raoof"), &likeness);
    assert_int_equal(likeness.given, LEVEL_SPELLING);
    assert_true(str_find(likeness.explanation, STR("ه h"), 0) != SIZE_MAX);
    assert_true(str_find(likeness.explanation, STR("family"), 0) != SIZE_MAX);
    names_compare(&arena, STR("Raoof Mehran"), STR("Mehran Raoof"), &likeness);
    assert_true(likeness.swapped);
    names_compare(&arena, STR(""), STR("Mehran Raoof"), &likeness);
    assert_true(likeness.score <= 0);
    arena_release(&arena);
}

static void part_is(struct arena *arena, const struct spelling *part, const char *wanted)
{
    assert_string_equal(part->count ? spelling_text(arena, part).at : "", wanted);
}

static void names_are_taken_apart(void **state)
{
    static const struct {
        const char *raw, *given, *family, *father, *other;
    } cases[] = {
        {"Mohammad Reza Karimi", "mohammad reza", "karimi", "", ""},
        {"Dr. Ali Norouz Zadeh", "ali", "norouzzadeh", "", ""},
        {"KARIMI, Ali", "ali", "karimi", "", ""},
        {"Ahmad bin Yusuf al-Masri", "ahmad", "masri", "yusuf", ""},
        {"سید علی خامنه‌ای", "علی", "خامنهای", "", ""},
        {"Seyed", "seyed", "", "", ""},
        {"One Two Three Four Five Six", "one two three", "six", "", "four five"},
        {"", "", "", "", ""},
    };
    struct arena arena;
    struct person_name name;
    (void)state;
    start();
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        person_name_of(str_of(cases[i].raw), &name);
        part_is(&arena, &name.given, cases[i].given);
        part_is(&arena, &name.family, cases[i].family);
        part_is(&arena, &name.father, cases[i].father);
        part_is(&arena, &name.other, cases[i].other);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_told_apart),
        cmocka_unit_test(an_alignment_explains),
        cmocka_unit_test(names_are_taken_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
