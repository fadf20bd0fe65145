#include "match/likeness.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "match/align.h"

static void start(void)
{
    struct fault why;
    if (spelling_start(&why) || likeness_start(&why))
        fail_msg("%s", why.text);
}

static struct wording wording_text(struct spelling *s, const char *text, enum spelling_kind kind)
{
    spelling_of(str_of(text), kind, s);
    return wording_of(s);
}

static void levels_are_graded(void **state)
{
    static const struct {
        const char *left, *right;
        enum level level;
    } cases[] = {
        {"reza", "reza", LEVEL_SAME},           {"norouzi", "nouroozi", LEVEL_SPELLING},
        {"raoof", "رئوف", LEVEL_SPELLING},      {"mohammad reza", "mohammadreza", LEVEL_SAME},
        {"ali reza", "reza", LEVEL_PART},       {"robert", "bob", LEVEL_SPELLING},
        {"jackson", "jackdon", LEVEL_NEAR},     {"j", "jackson", LEVEL_PART},
        {"hassan", "hossein", LEVEL_OTHER},     {"jackson", "miller", LEVEL_OTHER},
        {"", "miller", LEVEL_MISSING},          {"reza ali", "ali reza", LEVEL_SPELLING},
        {"ali hadi", "ali karim", LEVEL_OTHER},
    };
    (void)state;
    start();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct spelling a, b;
        struct wording x = wording_text(&a, cases[i].left, SPELLING_NAME);
        struct wording y = wording_text(&b, cases[i].right, SPELLING_NAME);
        if (name_level(&x, &y) != cases[i].level)
            fail_msg("%s and %s: %d", cases[i].left, cases[i].right, (int)name_level(&x, &y));
    }
}

static void dates_and_codes_are_graded(void **state)
{
#define DAY(y, m, d) ((y) << 9 | (m) << 5 | (d))
    struct spelling a, b;
    (void)state;
    start();
    assert_int_equal(date_level(DAY(1956, 1, 2), DAY(1956, 1, 2)), LEVEL_SAME);
    assert_int_equal(date_level(DAY(1956, 1, 2), DAY(1956, 0, 0)), LEVEL_SPELLING);
    assert_int_equal(date_level(DAY(1956, 1, 2), DAY(1956, 2, 1)), LEVEL_NEAR);
    assert_int_equal(date_level(DAY(1956, 1, 2), DAY(1965, 1, 2)), LEVEL_NEAR);
    assert_int_equal(date_level(DAY(1956, 1, 2), DAY(1956, 11, 20)), LEVEL_PART);
    assert_int_equal(date_level(DAY(1956, 1, 2), DAY(1983, 4, 17)), LEVEL_OTHER);
    assert_int_equal(date_level(0, DAY(1983, 4, 17)), LEVEL_MISSING);
    assert_int_equal(age_level(30, 31), LEVEL_NEAR);
    spelling_of(STR("TQ13 8DF"), SPELLING_CODE, &a);
    spelling_of(STR("tq138df"), SPELLING_CODE, &b);
    assert_int_equal(code_level(spelling_whole(&a), spelling_whole(&b)), LEVEL_SAME);
    spelling_of(STR("tq13 8hf"), SPELLING_CODE, &b);
    assert_int_equal(code_level(spelling_whole(&a), spelling_whole(&b)), LEVEL_NEAR);
    spelling_of(STR("tq13 9xx"), SPELLING_CODE, &b);
    assert_int_equal(code_level(spelling_whole(&a), spelling_whole(&b)), LEVEL_PART);
}

static uint64_t state_of_chance = 1;

static size_t below(size_t limit)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(state_of_chance >> 33) % limit;
}

static void random_name(char out[64])
{
    static const char *const parts[] = {
        "mo", "ham", "mad", "ali", "re",  "za",    " ",  "hos", "ein", "کر", "یم", "ی", "حس",
        "ن",  "نور", " ",   "-",   "abd", "zadeh", "sh", "kh",  "o",   "u",  "رض", "ا", "و"};
    size_t count = 1 + below(7);
    out[0] = 0;
    for (size_t i = 0; i < count; i++) {
        const char *part = parts[below(COUNT_OF(parts))];
        if (strlen(out) + strlen(part) < 60)
            memcpy(out + strlen(out), part, strlen(part) + 1);
    }
}

static void levels_are_symmetric(void **state)
{
    (void)state;
    start();
    for (size_t round = 0; round < 20000; round++) {
        char left[64], right[64];
        struct spelling a, b;
        random_name(left);
        random_name(right);
        struct wording x = wording_text(&a, left, SPELLING_NAME);
        struct wording y = wording_text(&b, right, SPELLING_NAME);
        if (name_level(&x, &y) != name_level(&y, &x) || text_level(&x, &y) != text_level(&y, &x))
            fail_msg("%s and %s", left, right);
        bool one_script =
            letters_are_arabic(x.whole.letters) == letters_are_arabic(y.whole.letters);
        bool far = words_are_far_apart(x.whole.sound, x.whole.signature, x.whole.letters.count,
                                       y.whole.sound, y.whole.signature, y.whole.letters.count,
                                       one_script);
        bool single = x.count == 1 && y.count == 1 && !(x.whole.known && y.whole.known);
        if (single && far && word_level(&x.whole, &y.whole) != LEVEL_OTHER)
            fail_msg("%s and %s are not far apart", left, right);
        if (x.count && name_level(&x, &x) != LEVEL_SAME)
            fail_msg("%s is not itself", left);
    }
}

/* the definition, without a limit or rows that are reused */
static size_t distance_plainly(struct letters a, struct letters b)
{
    size_t d[SPELLING_LETTERS + 1][SPELLING_LETTERS + 1];
    for (size_t i = 0; i <= a.count; i++)
        for (size_t j = 0; j <= b.count; j++) {
            size_t best = i && j ? d[i - 1][j - 1] + (a.at[i - 1] != b.at[j - 1]) : i + j;
            best = i && d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
            best = j && d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] &&
                d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[a.count][b.count];
}

static void distances_are_what_they_are(void **state)
{
    (void)state;
    start();
    for (size_t round = 0; round < 20000; round++) {
        char left[64], right[64];
        struct spelling a, b;
        random_name(left);
        random_name(right);
        spelling_of(str_of(left), SPELLING_CODE, &a);
        spelling_of(str_of(right), SPELLING_CODE, &b);
        size_t wanted = distance_plainly(spelling_whole(&a), spelling_whole(&b));
        for (size_t limit = 0; limit < 5; limit++)
            assert_int_equal(letters_distance(spelling_whole(&a), spelling_whole(&b), limit),
                             wanted <= limit ? wanted : limit + 1);
    }
}

static void alignments_take_every_letter(void **state)
{
    (void)state;
    start();
    for (size_t round = 0; round < 5000; round++) {
        char left[64], right[64];
        struct spelling a, b;
        struct alignment steps;
        size_t x = 0, y = 0;
        int sum = 0;
        random_name(left);
        random_name(right);
        spelling_of(str_of(left), SPELLING_CODE, &a);
        spelling_of(str_of(right), SPELLING_CODE, &b);
        int tenths = align_sounds(spelling_whole(&a), spelling_whole(&b), &steps);
        for (size_t i = 0; i < steps.count; i++) {
            x += steps.steps[i].left;
            y += steps.steps[i].right;
            sum += steps.steps[i].tenths;
        }
        assert_int_equal(x, a.count);
        assert_int_equal(y, b.count);
        assert_int_equal(sum, tenths);
        assert_int_equal(tenths, align_sounds(spelling_whole(&b), spelling_whole(&a), NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_graded),
        cmocka_unit_test(dates_and_codes_are_graded),
        cmocka_unit_test(levels_are_symmetric),
        cmocka_unit_test(distances_are_what_they_are),
        cmocka_unit_test(alignments_take_every_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
