#include "match/learning.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../base/random.h"
#include "match/roll.h"
#include "people.h"

enum { PEOPLE = 90, DECISIONS = 24 };

static const struct weights *usual(void)
{
    const struct weights *w;
    struct fault why;
    tables_read();
    if (weights_usual(&w, &why))
        fail_msg("%s", why.text);
    return w;
}

/* Pairs by the ids of both, the lesser one first: what does not depend on numbers. */
struct met {
    uint64_t left, right;
    int odds;
};

struct meetings {
    const struct portrait *const *arrived;
    struct met all[PEOPLE * PEOPLE];
    size_t count;
};

static void meeting_note(void *context, size_t left, size_t right, const struct meeting *m)
{
    struct meetings *to = context;
    uint64_t a = to->arrived[left]->id, b = to->arrived[right]->id;
    to->all[to->count++] = (struct met){a < b ? a : b, a < b ? b : a, m->odds};
}

static int compare_met(const void *left, const void *right)
{
    const struct met *a = left, *b = right;
    if (a->left != b->left)
        return a->left < b->left ? -1 : 1;
    return (a->right > b->right) - (a->right < b->right);
}

static void order_shuffle(struct random *r, const struct portrait **order, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = random_below(r, i);
        const struct portrait *one = order[i - 1];
        order[i - 1] = order[k];
        order[k] = one;
    }
}

static void arrive(const struct weights *w, const struct portrait **order, struct meetings *out)
{
    struct roll *roll = roll_new(w);
    out->arrived = order;
    out->count = 0;
    for (size_t i = 0; i < PEOPLE; i++)
        assert_int_equal(roll_add(roll, order[i], meeting_note, out), i);
    roll_free(roll);
    qsort(out->all, out->count, sizeof *out->all, compare_met);
}

static void one_by_one_is_all_at_once(void **state)
{
    const struct weights *w = usual();
    struct meetings *first = mem_alloc(sizeof *first), *next = mem_alloc(sizeof *next);
    const struct portrait *order[PEOPLE];
    struct random r = {7};
    struct arena arena;
    (void)state;
    arena_init(&arena);
    struct portrait *all = portraits_made(&arena, PEOPLE, 11);
    for (size_t i = 0; i < PEOPLE; i++)
        order[i] = &all[i];
    arrive(w, order, first);
    assert_true(first->count > PEOPLE / 2);
    for (size_t times = 0; times < 10; times++) {
        order_shuffle(&r, order, PEOPLE);
        arrive(w, order, next);
        assert_int_equal(next->count, first->count);
        assert_memory_equal(next->all, first->all, first->count * sizeof *first->all);
    }
    mem_free(first);
    mem_free(next);
    arena_release(&arena);
}

/* nothing that is probable is missed by the keys */
static void keys_find_what_is_probable(void **state)
{
    const struct weights *w = usual();
    struct meetings *found = mem_alloc(sizeof *found);
    const struct portrait *order[PEOPLE];
    struct arena arena;
    size_t probable = 0;
    (void)state;
    arena_init(&arena);
    struct portrait *all = portraits_made(&arena, PEOPLE, 3);
    for (size_t i = 0; i < PEOPLE; i++)
        order[i] = &all[i];
    arrive(w, order, found);
    for (size_t i = 0; i < PEOPLE; i++)
        for (size_t k = i + 1; k < PEOPLE; k++) {
            struct meeting m;
            if (!portraits_meet(w, &all[i], &all[k], &m) || m.odds < MEETING_EVEN)
                continue;
            struct met key = {all[i].id < all[k].id ? all[i].id : all[k].id,
                              all[i].id < all[k].id ? all[k].id : all[i].id, 0};
            probable++;
            if (!bsearch(&key, found->all, found->count, sizeof key, compare_met))
                fail_msg("%.*s and %.*s share no key", STR_ARG(all[i].names[0].written),
                         STR_ARG(all[k].names[0].written));
        }
    assert_true(probable > 10);
    mem_free(found);
    arena_release(&arena);
}

/* ---- groups under decisions ---- */

struct decided {
    size_t left, right; /* of the portraits as they were made */
    bool same;
};

struct arrangement {
    size_t place[PEOPLE]; /* of each portrait as it was made */
    struct portrait all[PEOPLE];
    struct gather_pair pairs[PEOPLE * PEOPLE], same[DECISIONS], different[DECISIONS];
    size_t pairs_count, same_count, different_count;
};

static void pair_note(void *context, size_t left, size_t right, const struct meeting *m)
{
    struct arrangement *a = context;
    a->pairs[a->pairs_count++] = (struct gather_pair){left, right, m->odds};
}

static void pairs_shuffle(struct random *r, struct gather_pair *pairs, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = random_below(r, i);
        struct gather_pair one = pairs[i - 1];
        pairs[i - 1] = pairs[k];
        pairs[k] = one;
    }
}

static void arrangement_make(struct arrangement *a, const struct weights *w,
                             const struct portrait *made, const struct decided *decided,
                             struct random *r)
{
    struct roll *roll = roll_new(w);
    size_t order[PEOPLE];
    *a = (struct arrangement){0};
    for (size_t i = 0; i < PEOPLE; i++) {
        size_t k = random_below(r, i + 1);
        order[i] = order[k];
        order[k] = i;
    }
    for (size_t i = 0; i < PEOPLE; i++) {
        a->all[i] = made[order[i]];
        a->place[order[i]] = i;
        roll_add(roll, &a->all[i], pair_note, a);
    }
    roll_free(roll);
    for (size_t i = 0; i < DECISIONS; i++) {
        struct gather_pair pair = {a->place[decided[i].left], a->place[decided[i].right], 0};
        if (decided[i].same)
            a->same[a->same_count++] = pair;
        else
            a->different[a->different_count++] = pair;
    }
    pairs_shuffle(r, a->pairs, a->pairs_count);
    pairs_shuffle(r, a->same, a->same_count);
    pairs_shuffle(r, a->different, a->different_count);
}

static size_t *groups_of(const struct arrangement *a, const struct weights *w, struct arena *arena)
{
    struct gathering g = {.weights = w,
                          .all = a->all,
                          .count = PEOPLE,
                          .pairs = a->pairs,
                          .pairs_count = a->pairs_count,
                          .same = a->same,
                          .different = a->different,
                          .same_count = a->same_count,
                          .different_count = a->different_count};
    return gather(&g, arena);
}

/* Random decisions that do not contradict each other: people are cut into halves, sames stay within
 * one and differents lead from one to the other. */
static void decisions_make(struct random *r, struct decided *out)
{
    for (size_t i = 0; i < DECISIONS; i++) {
        size_t left, right;
        do {
            left = random_below(r, PEOPLE);
            right = random_below(r, PEOPLE);
            out[i] = (struct decided){left, right, left % 2 == right % 2};
        } while (left == right);
    }
}

static void groups_keep_what_was_decided(void **state)
{
    const struct weights *w = usual();
    struct arrangement *a = mem_alloc(sizeof *a), *b = mem_alloc(sizeof *b);
    struct random r = {23};
    (void)state;
    for (size_t times = 0; times < 12; times++) {
        struct decided decided[DECISIONS];
        struct arena arena;
        size_t joined = 0;
        arena_init(&arena);
        struct portrait *made = portraits_made(&arena, PEOPLE, 100 + times);
        decisions_make(&r, decided);
        arrangement_make(a, w, made, decided, &r);
        arrangement_make(b, w, made, decided, &r);
        size_t *one = groups_of(a, w, &arena), *other = groups_of(b, w, &arena);
        for (size_t i = 0; i < DECISIONS; i++) {
            size_t left = a->place[decided[i].left], right = a->place[decided[i].right];
            assert_int_equal(one[left] == one[right], decided[i].same);
        }
        for (size_t i = 0; i < PEOPLE; i++)
            for (size_t k = 0; k < i; k++) {
                bool together = one[a->place[i]] == one[a->place[k]];
                joined += together;
                assert_int_equal(together, other[b->place[i]] == other[b->place[k]]);
            }
        assert_true(joined > 10);
        arena_release(&arena);
    }
    mem_free(a);
    mem_free(b);
}

static void a_chain_does_not_hold(void **state)
{
    const struct weights *w = usual();
    static const char *const born[] = {"1956", NULL, "1990"};
    struct portrait all[3];
    struct gather_pair pairs[3];
    struct arena arena;
    size_t count = 0;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < 3; i++) {
        all[i] = portrait_of(&arena, "Mehran Raoof", i, i);
        portrait_tell(&all[i], TRAIT_PRISON, STR("Rajai Shahr"));
        portrait_tell(&all[i], TRAIT_OCCUPATION, STR("bus driver"));
        if (born[i])
            portrait_tell(&all[i], TRAIT_BIRTH, str_of(born[i]));
        portrait_end(&all[i]);
    }
    for (size_t i = 0; i < 3; i++)
        for (size_t k = i + 1; k < 3; k++) {
            struct meeting m;
            if (portraits_meet(w, &all[i], &all[k], &m))
                pairs[count++] = (struct gather_pair){i, k, m.odds};
        }
    struct gathering g = {
        .weights = w, .all = all, .count = 3, .pairs = pairs, .pairs_count = count};
    const size_t *groups = gather(&g, &arena);
    assert_true(count >= 2);
    assert_true(groups[0] != groups[2]);
    assert_true(groups[1] == groups[0] || groups[1] == groups[2]);
    arena_release(&arena);
}

static void weights_text(const struct weights *usual_weights, const struct arrangement *a,
                         struct buf *out)
{
    struct learning from = {.usual = usual_weights,
                            .all = a->all,
                            .count = PEOPLE,
                            .same = a->same,
                            .different = a->different,
                            .same_count = a->same_count,
                            .different_count = a->different_count};
    struct weights learnt;
    weights_learn(&from, &learnt);
    buf_init(out, SIZE_MAX / 4);
    weights_write(&learnt, out);
    weights_release(&learnt);
}

static void what_is_learnt_depends_on_no_order(void **state)
{
    const struct weights *w = usual();
    struct arrangement *a = mem_alloc(sizeof *a), *b = mem_alloc(sizeof *b);
    struct decided decided[DECISIONS];
    struct random r = {31};
    struct buf one, other, known;
    struct arena arena;
    (void)state;
    arena_init(&arena);
    struct portrait *made = portraits_made(&arena, PEOPLE, 77);
    decisions_make(&r, decided);
    arrangement_make(a, w, made, decided, &r);
    arrangement_make(b, w, made, decided, &r);
    weights_text(w, a, &one);
    weights_text(w, b, &other);
    buf_init(&known, SIZE_MAX / 4);
    weights_write(w, &known);
    assert_true(str_equal(buf_str(&one), buf_str(&other)));
    assert_false(str_equal(buf_str(&one), buf_str(&known)));
    buf_release(&one);
    buf_release(&other);
    buf_release(&known);
    mem_free(a);
    mem_free(b);
    arena_release(&arena);
}

static void frequent_values_become_cheap(void **state)
{
    const struct weights *w = usual();
    struct arena arena;
    struct weights learnt;
    (void)state;
    arena_init(&arena);
    struct portrait *made = portraits_made(&arena, 400, 5);
    struct learning from = {.usual = w, .all = made, .count = 400};
    struct portrait p = portrait_of(&arena, "Mehran Raoof", 1, 1);
    weights_learn(&from, &learnt);
    assert_true(weights_rarity(&learnt, TRAIT_FAMILY, p.names[0].family_sound) <
                weights_rarity(w, TRAIT_FAMILY, p.names[0].family_sound) - 30);
    struct portrait other = portrait_of(&arena, "Karim Lotfollahi", 1, 1);
    assert_int_equal(weights_rarity(&learnt, TRAIT_FAMILY, other.names[0].family_sound),
                     weights_rarity(w, TRAIT_FAMILY, other.names[0].family_sound));
    weights_release(&learnt);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_by_one_is_all_at_once),
        cmocka_unit_test(keys_find_what_is_probable),
        cmocka_unit_test(groups_keep_what_was_decided),
        cmocka_unit_test(a_chain_does_not_hold),
        cmocka_unit_test(what_is_learnt_depends_on_no_order),
        cmocka_unit_test(frequent_values_become_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
