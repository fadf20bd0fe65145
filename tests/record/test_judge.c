#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "base/arena.h"
#include "record/judge.h"

/* Decisions are written "NAME:VERDICT", or "NAME:VERDICT>A>B" for one that names A and B; verdicts
 * by their first letter but retract, which is t, revoke, which is v, and disputed, which is x. */

static struct hash name_hash(char name)
{
    return hash_of((struct str){&name, 1});
}

static enum verdict verdict_of(char letter)
{
    switch (letter) {
    case 'a':
        return VERDICT_ACCEPT;
    case 'r':
        return VERDICT_REJECT;
    case 't':
        return VERDICT_RETRACT;
    case 'm':
        return VERDICT_MEMBER;
    case 'c':
        return VERDICT_CORROBORATED;
    case 'x':
        return VERDICT_DISPUTED;
    case 's':
        return VERDICT_SAME;
    case 'd':
        return VERDICT_DIFFERENT;
    default:
        assert_int_equal(letter, 'v');
        return VERDICT_REVOKE;
    }
}

static size_t read_decisions(const char *text, struct arena *arena, struct judgement *out,
                             char *names)
{
    struct str rest = str_of(text), word;
    size_t count = 0;
    while (str_cut(&rest, ' ', &word)) {
        if (!word.len)
            continue;
        struct hash_list *list = arena_alloc(arena, sizeof *list);
        list->at = arena_alloc(arena, word.len * sizeof *list->at);
        for (size_t i = 3; i + 1 < word.len; i += 2)
            list->at[list->count++] = name_hash(word.at[i + 1]);
        hash_list_sort(list);
        names[count] = word.at[0];
        out[count++] = (struct judgement){.decision = name_hash(word.at[0]),
                                          .verdict = verdict_of(word.at[2]),
                                          .supersedes = list};
    }
    return count;
}

static const struct {
    const char *decisions;
    char rules; /* the verdict that does, or '-' */
    bool undecided;
    const char *active;
} cases[] = {
    {"", '-', false, ""},
    {"A:a", 'a', false, "A"},
    {"A:r", 'r', false, "A"},
    {"A:a B:a", 'a', false, "AB"},
    {"A:a B:r", 'r', true, "AB"},
    {"A:r B:r C:a", 'r', true, "ABC"},
    {"A:a B:r>A", 'r', false, "B"},
    {"A:r B:a>A", 'a', false, "B"},
    {"A:a B:r>A C:a>B", 'a', false, "C"},
    {"A:a B:r>A C:a>A", 'r', true, "BC"},
    {"A:a B:r>A C:a>A D:a>B>C", 'a', false, "D"},
    /* superseding a superseder does not bring back what it superseded */
    {"A:a B:r>A C:r>B", 'r', false, "C"},
    {"A:a T:t>A", '-', false, "T"},
    {"A:a B:r>A T:t>B", 'a', false, "AT"},
    {"A:a B:r T:t>B", 'a', false, "AT"},
    {"A:a B:r T:t>A", 'r', false, "BT"},
    {"A:a B:r>A T:t>B>A", '-', false, "T"},
    /* a retraction that is taken back is as if it had not been made */
    {"A:a T:t>A U:t>T", 'a', false, "AU"},
    {"A:a B:r>A T:t>B U:t>T", 'r', false, "BU"},
    {"A:a T:t>A U:t>T V:t>U", '-', false, "TV"},
    {"A:a T:t>A U:t>A", '-', false, "TU"},
    {"A:a T:t>A U:t>A V:t>T", '-', false, "UV"},
    {"A:a T:t>A U:t>A V:t>T>U", 'a', false, "AV"},
    /* superseding a retraction, without retracting it, leaves what it withdrew withdrawn */
    {"A:a T:t>A B:r>T", 'r', false, "B"},
    {"A:a T:t>A B:a>T", 'a', false, "B"},
    {"A:a B:r>A C:a>B T:t>B", 'a', false, "ACT"},
    {"A:a B:r>A C:a>B T:t>C", 'r', false, "BT"},
    {"A:m", 'm', false, "A"},
    {"A:m B:v", 'v', true, "AB"},
    {"A:m B:v>A", 'v', false, "B"},
    {"A:m B:v>A C:m>B", 'm', false, "C"},
    {"A:m B:v>A T:t>B", 'm', false, "AT"},
    {"A:s B:d", 'd', true, "AB"},
    {"A:d B:s>A", 's', false, "B"},
    {"A:s B:d T:t>B", 's', false, "AT"},
    /* what is named and not here changes nothing */
    {"A:a>Z", 'a', false, "A"},
    {"A:a T:t>Z", 'a', false, "AT"},
};

static void assert_case(size_t i, struct judgement *all, const char *names, size_t count)
{
    struct standing s = judge(all, count);
    size_t active = 0;
    bool fits = s.decided == (cases[i].rules != '-') && s.undecided == cases[i].undecided &&
                (!s.decided || s.verdict == verdict_of(cases[i].rules));
    for (size_t k = 0; k < count; k++) {
        fits = fits && all[k].active == (strchr(cases[i].active, names[k]) != NULL);
        active += all[k].active;
    }
    if (!fits || active != strlen(cases[i].active))
        fail_msg("\"%s\" is judged otherwise", cases[i].decisions);
}

/* how what is said is weighed, beside whether it is said */
static const struct {
    const char *decisions;
    char rules;
    enum weigh_verdict weighed;
    bool both;
} weighings[] = {
    {"A:a", 'a', WEIGHED_NOT, false},
    {"A:c", '-', WEIGHED_CORROBORATED, false},
    {"A:x", '-', WEIGHED_DISPUTED, false},
    {"A:a B:c", 'a', WEIGHED_CORROBORATED, false},
    {"A:r B:c", 'r', WEIGHED_CORROBORATED, false},
    {"A:c B:x", '-', WEIGHED_DISPUTED, true},
    {"A:x B:c", '-', WEIGHED_DISPUTED, true},
    {"A:a B:c C:x>B", 'a', WEIGHED_DISPUTED, false},
    {"A:a B:x C:c>B", 'a', WEIGHED_CORROBORATED, false},
    {"A:a B:c C:c D:x>B", 'a', WEIGHED_DISPUTED, true},
    {"A:a B:x T:t>B", 'a', WEIGHED_NOT, false},
    {"A:a B:c C:x>B T:t>C", 'a', WEIGHED_CORROBORATED, false},
    {"A:a B:c T:t>A", '-', WEIGHED_CORROBORATED, false},
};

static void weighing_stands_beside_the_rest(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(weighings); i++) {
        struct arena arena;
        struct judgement all[8];
        char names[8];
        arena_init(&arena);
        size_t count = read_decisions(weighings[i].decisions, &arena, all, names);
        for (size_t turn = 0; turn < count; turn++) {
            struct judgement first = all[0];
            memmove(all, all + 1, (count - 1) * sizeof *all);
            all[count - 1] = first;
            struct standing s = judge(all, count);
            char rules = weighings[i].rules;
            if (s.weighed != weighings[i].weighed || s.weighed_both != weighings[i].both ||
                s.undecided || s.decided != (rules != '-') ||
                (s.decided && s.verdict != verdict_of(rules)))
                fail_msg("\"%s\" is weighed otherwise", weighings[i].decisions);
        }
        arena_release(&arena);
    }
}

static void each_case_in_every_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct judgement all[8];
        char names[8];
        size_t turns[8] = {0};
        arena_init(&arena);
        size_t count = read_decisions(cases[i].decisions, &arena, all, names);
        assert_case(i, all, names, count);
        /* Heap's algorithm: every order once */
        for (size_t k = 1; k < count;) {
            if (turns[k] < k) {
                size_t with = k % 2 ? turns[k] : 0;
                struct judgement judgement = all[with];
                char name = names[with];
                all[with] = all[k];
                names[with] = names[k];
                all[k] = judgement;
                names[k] = name;
                assert_case(i, all, names, count);
                turns[k]++;
                k = 1;
            } else {
                turns[k++] = 0;
            }
        }
        arena_release(&arena);
    }
}

/* judge.h word for word, as slow as that is */
static bool withdrawn(const struct judgement *all, size_t count, size_t what)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].verdict == VERDICT_RETRACT &&
            hash_list_has(all[i].supersedes, &all[what].decision) && !withdrawn(all, count, i))
            return true;
    return false;
}

static bool active(const struct judgement *all, size_t count, size_t what)
{
    bool is = !withdrawn(all, count, what);
    for (size_t i = 0; i < count; i++)
        if (hash_list_has(all[i].supersedes, &all[what].decision) && !withdrawn(all, count, i))
            is = false;
    return is;
}

/* `all[i]` names some of those before it, and now and then strangers, so that lists of every length
 * come up */
static void make_random(struct random *r, struct judgement *all, size_t count, struct arena *arena)
{
    static const enum verdict verdicts[] = {VERDICT_ACCEPT, VERDICT_REJECT, VERDICT_RETRACT,
                                            VERDICT_RETRACT};
    for (size_t i = 0; i < count; i++) {
        struct hash_list *list = arena_alloc(arena, sizeof *list);
        list->at = arena_alloc(arena, 64 * sizeof *list->at);
        for (size_t k = 0; k < i; k++)
            if (random_below(r, 3) == 0)
                list->at[list->count++] = all[k].decision;
        for (size_t k = random_below(r, 4) ? 0 : random_below(r, 30); k; k--) {
            uint64_t stranger = random_next(r);
            list->at[list->count++] = hash_of((struct str){(char *)&stranger, sizeof stranger});
        }
        hash_list_sort(list);
        uint64_t id = random_next(r);
        all[i] = (struct judgement){.decision = hash_of((struct str){(char *)&id, sizeof id}),
                                    .verdict = verdicts[random_below(r, 4)],
                                    .supersedes = list};
    }
}

static void any_decisions_are_judged_by_the_definition(void **state)
{
    struct random r = {71};
    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct arena arena;
        struct judgement all[10];
        size_t count = random_below(&r, 11);
        arena_init(&arena);
        make_random(&r, all, count, &arena);
        for (size_t i = count; i > 1; i--) {
            size_t k = random_below(&r, i);
            struct judgement swap = all[k];
            all[k] = all[i - 1];
            all[i - 1] = swap;
        }
        struct standing s = judge(all, count);
        bool accepted = false, rejected = false;
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(all[i].active, active(all, count, i));
            accepted |= all[i].active && all[i].verdict == VERDICT_ACCEPT;
            rejected |= all[i].active && all[i].verdict == VERDICT_REJECT;
        }
        assert_int_equal(s.decided, accepted || rejected);
        assert_int_equal(s.undecided, accepted && rejected);
        if (s.decided)
            assert_int_equal(s.verdict, rejected ? VERDICT_REJECT : VERDICT_ACCEPT);
        arena_release(&arena);
    }
}

/* crafted so that a judge that forgets takes 2^n steps, or the stack n frames */
static void long_chains_are_judged_at_once(void **state)
{
    enum { CHAIN = 100000, EACH = 1500 };
    struct judgement *all = mem_alloc(CHAIN * sizeof *all);
    struct hash *ids = mem_alloc(CHAIN * sizeof *ids);
    struct hash_list *lists = mem_alloc(CHAIN * sizeof *lists);
    (void)state;
    for (size_t i = 0; i < CHAIN; i++) {
        ids[i] = hash_of((struct str){(char *)&i, sizeof i});
        lists[i] = (struct hash_list){i ? &ids[i - 1] : NULL, i ? 1 : 0};
        all[i] = (struct judgement){.decision = ids[i],
                                    .verdict = i ? VERDICT_RETRACT : VERDICT_ACCEPT,
                                    .supersedes = &lists[i]};
    }
    struct standing s = judge(all, CHAIN);
    assert_false(s.decided); /* an odd number of retractions in a row */
    s = judge(all, CHAIN - 1);
    assert_true(s.decided && s.verdict == VERDICT_ACCEPT);

    struct hash_list sorted = {ids, EACH};
    hash_list_sort(&sorted);
    for (size_t i = 0; i < EACH; i++) { /* each names all that sort before it */
        lists[i] = (struct hash_list){ids, i};
        all[i] = (struct judgement){
            .decision = ids[i], .verdict = VERDICT_RETRACT, .supersedes = &lists[i]};
    }
    all[0].verdict = VERDICT_ACCEPT;
    s = judge(all, EACH);
    assert_false(s.decided);
    assert_true(all[EACH - 1].active);
    mem_free(all);
    mem_free(ids);
    mem_free(lists);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_case_in_every_order),
        cmocka_unit_test(weighing_stands_beside_the_rest),
        cmocka_unit_test(any_decisions_are_judged_by_the_definition),
        cmocka_unit_test(long_chains_are_judged_at_once),
    };
    return cmocka_run_group_tests_name("record judge", tests, NULL, NULL);
}
