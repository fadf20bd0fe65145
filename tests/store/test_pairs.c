#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "fixture.h"
#include "store/pairs.h"

/* mention `number` of a text that nobody has to have: a decision stands without it */
static struct mention mention_numbered(size_t number)
{
    size_t text = number / 2, place = 20 * (number % 2);
    return (struct mention){hash_of((struct str){(char *)&text, sizeof text}), {place, place + 9}};
}

static struct mention_pairs pairs_of(struct mention_pair *pair, size_t left, size_t right)
{
    *pair = (struct mention_pair){mention_numbered(left), mention_numbered(right)};
    struct mention_pairs out = {pair, 1};
    mention_pairs_sort(&out);
    return out;
}

static enum outcome try_to_decide(struct archive *a, enum verdict verdict, size_t left,
                                  size_t right, const char *reason)
{
    struct mention_pair pair;
    struct fault why;
    struct mention_pairs pairs = pairs_of(&pair, left, right);
    return decide_pairs(a, &pairs, verdict, str_of(reason), false, fixture_now(), &why);
}

static void decide_on(struct archive *a, enum verdict verdict, size_t left, size_t right)
{
    assert_int_equal(try_to_decide(a, verdict, left, right, "said so"), OK);
}

static struct persons persons_in(struct archive *a, struct arena *arena)
{
    struct pair_view *views;
    struct fault why = {0};
    size_t count;
    if (archive_decided_pairs(a, arena, &views, &count, &why) != OK)
        fail_msg("%s", why.text);
    struct decided_pair *pairs = arena_alloc(arena, (count + 1) * sizeof *pairs);
    for (size_t i = 0; i < count; i++)
        pairs[i] = views[i].decided;
    return persons_of(pairs, count, arena);
}

static bool joined(struct archive *a, size_t left, size_t right)
{
    struct arena arena;
    struct mention l = mention_numbered(left), r = mention_numbered(right);
    arena_init(&arena);
    struct persons p = persons_in(a, &arena);
    size_t i = persons_find(&p, &l), k = persons_find(&p, &r);
    bool out = i != SIZE_MAX && k != SIZE_MAX && p.at[i].person == p.at[k].person;
    arena_release(&arena);
    return out;
}

static void decisions_join_and_part(void **state)
{
    struct archive *a = fixture_make("join", NULL);
    static const struct {
        enum verdict verdict;
        bool joined;
    } steps[] = {{VERDICT_SAME, true},       {VERDICT_DIFFERENT, false}, {VERDICT_RETRACT, true},
                 {VERDICT_RETRACT, false},   {VERDICT_SAME, true},       {VERDICT_RETRACT, false},
                 {VERDICT_DIFFERENT, false}, {VERDICT_SAME, true}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        decide_on(a, steps[i].verdict, 1, 4);
        assert_int_equal(joined(a, 1, 4), steps[i].joined);
        fixture_assert_derived(a);
        assert_int_equal(joined(a, 1, 4), steps[i].joined);
    }
    archive_close(a);
}

static void what_is_taken_back_was_never_there(void **state)
{
    struct archive *a = fixture_make("undo", NULL);
    (void)state;
    decide_on(a, VERDICT_SAME, 0, 2);
    decide_on(a, VERDICT_SAME, 2, 4);
    assert_true(joined(a, 0, 4));
    decide_on(a, VERDICT_DIFFERENT, 0, 4);
    assert_false(joined(a, 0, 2) || joined(a, 2, 4) || joined(a, 0, 4));
    decide_on(a, VERDICT_RETRACT, 4, 0);
    assert_true(joined(a, 0, 2) && joined(a, 2, 4) && joined(a, 0, 4));
    archive_close(a);
}

static void nothing_is_decided_without_a_reason(void **state)
{
    struct archive *a = fixture_make("reasons", NULL);
    (void)state;
    assert_int_equal(try_to_decide(a, VERDICT_SAME, 1, 2, ""), REFUSED);
    assert_int_equal(try_to_decide(a, VERDICT_DIFFERENT, 1, 2, ""), REFUSED);
    assert_int_equal(try_to_decide(a, VERDICT_RETRACT, 1, 2, "why not"), REFUSED);
    assert_int_equal(fixture_state(a).commits, 1);
    assert_int_equal(try_to_decide(a, VERDICT_SAME, 1, 2, "one case"), OK);
    assert_int_equal(try_to_decide(a, VERDICT_RETRACT, 1, 2, ""), OK);
    archive_close(a);
}

/* admits it, and tells it so */
static void admit(struct archive *owner, struct archive *member)
{
    struct buf lines;
    fixture_decide_key(owner, VERDICT_MEMBER, archive_own_key(member), NULL);
    fixture_export(owner, STR_NONE, &lines);
    fixture_take(member, buf_str(&lines));
    buf_release(&lines);
}

static void contradictions_are_told_and_the_cautious_one_rules(void **state)
{
    struct arena arena;
    struct buf lines;
    struct pair_view *views;
    struct fault why;
    size_t count;
    struct archive *owner = fixture_make("owner", NULL);
    struct archive *member = fixture_make("member", archive_own_key(owner));
    (void)state;
    arena_init(&arena);
    admit(owner, member);
    assert_int_equal(try_to_decide(owner, VERDICT_SAME, 1, 2, "one case"), OK);
    assert_int_equal(try_to_decide(member, VERDICT_DIFFERENT, 1, 2, "two brothers"), OK);
    fixture_export(member, STR_NONE, &lines);
    fixture_take(owner, buf_str(&lines));
    assert_false(joined(owner, 1, 2));
    assert_int_equal(archive_decided_pairs(owner, &arena, &views, &count, &why), OK);
    assert_int_equal(count, 1);
    assert_true(views[0].undecided && !views[0].decided.same);
    assert_true(str_equal(views[0].why, STR("two brothers")));
    fixture_assert_derived(owner);
    decide_on(owner, VERDICT_SAME, 1, 2); /* supersedes both */
    assert_true(joined(owner, 1, 2));
    buf_release(&lines);
    arena_release(&arena);
    archive_close(owner);
    archive_close(member);
}

/* two archives decide at random, each in its own order, and take in what the other has */
static void persons_do_not_depend_on_the_order_of_arrival(void **state)
{
    struct arena arena;
    struct buf lines[2];
    struct random r = {11};
    struct archive *owner = fixture_make("one", NULL);
    struct archive *member = fixture_make("two", archive_own_key(owner));
    struct archive *both[] = {owner, member};
    (void)state;
    arena_init(&arena);
    admit(owner, member);
    for (size_t i = 0; i < 60; i++) {
        static const enum verdict verdicts[] = {VERDICT_SAME, VERDICT_SAME, VERDICT_DIFFERENT};
        size_t left = random_below(&r, 8), right = random_below(&r, 7);
        decide_on(both[i % 2], verdicts[random_below(&r, 3)], left, right + (right >= left));
    }
    for (size_t i = 0; i < 2; i++)
        fixture_export(both[i], STR_NONE, &lines[i]);
    for (size_t i = 0; i < 2; i++)
        fixture_take(both[i], buf_str(&lines[1 - i]));
    struct persons p = persons_in(owner, &arena), q = persons_in(member, &arena);
    assert_int_equal(p.count, q.count);
    for (size_t i = 0; i < p.count; i++) {
        assert_int_equal(mention_compare(&p.at[i].mention, &q.at[i].mention), 0);
        assert_int_equal(p.at[i].person, q.at[i].person);
        assert_int_equal(p.at[i].contested, q.at[i].contested);
    }
    fixture_assert_derived(owner);
    for (size_t i = 0; i < 2; i++) {
        buf_release(&lines[i]);
        archive_close(both[i]);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decisions_join_and_part),
        cmocka_unit_test(what_is_taken_back_was_never_there),
        cmocka_unit_test(nothing_is_decided_without_a_reason),
        cmocka_unit_test(contradictions_are_told_and_the_cautious_one_rules),
        cmocka_unit_test(persons_do_not_depend_on_the_order_of_arrival),
    };
    return cmocka_run_group_tests_name("store pairs", tests, fixture_begin, fixture_end);
}
