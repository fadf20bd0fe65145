#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../base/arena_group.h"
#include "../base/random.h"
#include "publish/marks_int.h"

static struct marked mark(size_t from, size_t to, enum view_state state, const char *number)
{
    return (struct marked){.at = {from, to}, .state = state, .number = str_of(number)};
}

static void check(struct str text, struct span part, const struct marked *marks, size_t count,
                  const char *wanted)
{
    struct buf out;
    buf_init(&out, OUT_LIMIT);
    marks_write(&out, text, part, marks, count, &arena);
    assert_string_equal(out.at ? out.at : "", wanted);
    buf_release(&out);
}

static void ranges_beside_each_other(void **state)
{
    struct marked marks[] = {mark(0, 2, VIEW_ACCEPTED, "1"), mark(2, 4, VIEW_PROPOSED, "2")};
    (void)state;
    check(STR("ab<d>f"), (struct span){0, 6}, marks, 2,
          "<mark class=\"accepted\" data-number=\"1\">ab</mark>"
          "<mark class=\"proposed\" data-number=\"2\">&lt;d</mark>&gt;f");
    check(STR("plain"), (struct span){0, 5}, NULL, 0, "plain");
    check(STR(""), (struct span){0, 0}, NULL, 0, "");
}

static void nested_and_crossing_ranges_are_split(void **state)
{
    struct marked nested[] = {mark(0, 6, VIEW_REJECTED, "1"), mark(2, 4, VIEW_ACCEPTED, "2")};
    struct marked crossing[] = {mark(0, 4, VIEW_ACCEPTED, "1"), mark(2, 6, VIEW_PROPOSED, "2")};
    (void)state;
    check(STR("abcdef"), (struct span){0, 6}, nested, 2,
          "<mark class=\"rejected\">ab</mark>"
          "<mark class=\"accepted\" data-number=\"2\">cd</mark>"
          "<mark class=\"rejected\" data-number=\"1\">ef</mark>");
    check(STR("abcdef"), (struct span){0, 6}, crossing, 2,
          "<mark class=\"accepted\">ab</mark>"
          "<mark class=\"proposed\" data-number=\"1\">cd</mark>"
          "<mark class=\"proposed\" data-number=\"2\">ef</mark>");
}

static void findings_are_marked_beside_statements(void **state)
{
    struct marked marks[] = {mark(0, 3, VIEW_PROPOSED, "1"),
                             {.at = {2, 5}, .state = VIEW_REJECTED, .finding = true}};
    (void)state;
    check(STR("abcdef"), (struct span){0, 6}, marks, 2,
          "<mark class=\"proposed\">ab</mark>"
          "<mark class=\"proposed doubted\" data-number=\"1\">c</mark>"
          "<mark class=\"doubted\">de</mark>f");
}

static void a_name_is_marked_within_a_statement(void **state)
{
    struct marked marks[] = {{.at = {0, 2}, .named = true},
                             mark(0, 4, VIEW_PROPOSED, ""),
                             {.at = {3, 6}, .named = true},
                             {.at = {5, 7}, .finding = true}};
    (void)state;
    check(STR("abcdefg"), (struct span){0, 7}, marks, 4,
          "<mark class=\"proposed named\">ab</mark>"
          "<mark class=\"proposed\">c</mark>"
          "<mark class=\"proposed named\">d</mark>"
          "<mark class=\"named\">e</mark>"
          "<mark class=\"doubted named\">f</mark>"
          "<mark class=\"doubted\">g</mark>");
}

static void what_asks_most_is_drawn(void **state)
{
    static const struct {
        struct marked one, other;
        const char *wanted;
    } cases[] = {
        {{.at = {0, 1}, .state = VIEW_REJECTED},
         {.at = {0, 1}, .state = VIEW_ACCEPTED},
         "accepted"},
        {{.at = {0, 1}, .state = VIEW_ACCEPTED},
         {.at = {0, 1}, .state = VIEW_PROPOSED},
         "proposed"},
        {{.at = {0, 1}, .state = VIEW_REJECTED, .undecided = true},
         {.at = {0, 1}, .state = VIEW_PROPOSED},
         "disputed"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct marked there[] = {cases[i].one, cases[i].other};
        struct marked back[] = {cases[i].other, cases[i].one};
        char wanted[64];
        snprintf(wanted, sizeof wanted, "<mark class=\"%s\">x</mark>", cases[i].wanted);
        check(STR("x"), (struct span){0, 1}, there, 2, wanted);
        check(STR("x"), (struct span){0, 1}, back, 2, wanted);
    }
}

static void ranges_that_end_together_share_a_number(void **state)
{
    struct marked marks[] = {mark(0, 3, VIEW_PROPOSED, "1"), mark(1, 3, VIEW_PROPOSED, "2")};
    (void)state;
    check(STR("abcd"), (struct span){0, 4}, marks, 2,
          "<mark class=\"proposed\">a</mark>"
          "<mark class=\"proposed\" data-number=\"1 2\">bc</mark>d");
}

static void what_is_outside_of_the_part_is_cut(void **state)
{
    struct marked marks[] = {mark(0, 3, VIEW_PROPOSED, "1"), mark(4, 9, VIEW_PROPOSED, "2")};
    (void)state;
    check(STR("abcdefghi"), (struct span){2, 6}, marks, 2,
          "<mark class=\"proposed\" data-number=\"1\">c</mark>d<mark class=\"proposed\">ef</mark>");
}

/* without its tags; no mark stands in another */
static void strip(struct str html, struct buf *out)
{
    bool open = false;
    for (size_t i = 0; i < html.len;) {
        struct str rest = str_slice(html, i, html.len);
        if (html.at[i] != '<') {
            buf_add_byte(out, html.at[i++]);
            continue;
        }
        bool closes = str_starts(rest, STR("</mark>"));
        assert_true(closes || str_starts(rest, STR("<mark class=\"")));
        assert_int_equal(open, closes);
        open = !closes;
        i += str_find(rest, STR(">"), 0) + 1;
    }
    assert_false(open);
}

static int start_order(const void *left, const void *right)
{
    const struct marked *a = left, *b = right;
    return a->at.from < b->at.from ? -1 : a->at.from > b->at.from;
}

static size_t count_of(struct str html, struct str part)
{
    size_t count = 0;
    for (size_t at = 0; (at = str_find(html, part, at)) != SIZE_MAX; at += part.len)
        count++;
    return count;
}

static void without_its_tags_it_is_the_text(void **state)
{
    static const char letters[] = "ab<&\"'> \n";
    struct random r = {1};
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char text[41];
        struct marked marks[12];
        struct buf html, plain, wanted;
        size_t len = 1 + random_below(&r, 40), count = random_below(&r, COUNT_OF(marks) + 1);
        for (size_t i = 0; i < len; i++)
            text[i] = letters[random_below(&r, sizeof letters - 1)];
        for (size_t i = 0; i < count; i++) {
            size_t from = random_below(&r, len), to = from + 1 + random_below(&r, len - from);
            marks[i] = (struct marked){{from, to},
                                       random_below(&r, 3),
                                       random_below(&r, 4) == 0,
                                       arena_print(&arena, "#%zu.", i),
                                       random_below(&r, 4) == 0,
                                       random_below(&r, 4) == 0};
        }
        qsort(marks, count, sizeof *marks, start_order);
        buf_init(&html, OUT_LIMIT);
        buf_init(&plain, OUT_LIMIT);
        buf_init(&wanted, OUT_LIMIT);
        marks_write(&html, (struct str){text, len}, (struct span){0, len}, marks, count, &arena);
        out_text(&wanted, (struct str){text, len});
        strip(buf_str(&html), &plain);
        assert_string_equal(plain.at, wanted.at);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(count_of(buf_str(&html), marks[i].number), 1);
        buf_release(&html);
        buf_release(&plain);
        buf_release(&wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_beside_each_other),
        cmocka_unit_test(nested_and_crossing_ranges_are_split),
        cmocka_unit_test(findings_are_marked_beside_statements),
        cmocka_unit_test(a_name_is_marked_within_a_statement),
        cmocka_unit_test(what_asks_most_is_drawn),
        cmocka_unit_test(ranges_that_end_together_share_a_number),
        cmocka_unit_test(what_is_outside_of_the_part_is_cut),
        cmocka_unit_test(without_its_tags_it_is_the_text),
    };
    return cmocka_run_group_tests_name("publish marks", tests, arena_begin, arena_end);
}
