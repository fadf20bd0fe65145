#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "record/persons.h"

/* Mentions are letters, each in a text of its own. Pairs are written "AB" for the same and "A!B"
 * for different. */

static struct mention mention_named(char name)
{
    return (struct mention){hash_of((struct str){&name, 1}), {1, 9}};
}

static size_t read_pairs(const char *text, struct decided_pair *out)
{
    struct str rest = str_of(text), word;
    size_t count = 0;
    while (str_cut(&rest, ' ', &word)) {
        if (!word.len)
            continue;
        struct mention_pair pair = {mention_named(word.at[0]),
                                    mention_named(word.at[word.len - 1])};
        struct mention_pairs one = {&pair, 1};
        mention_pairs_sort(&one);
        out[count++] = (struct decided_pair){pair, word.len == 2};
    }
    return count;
}

/* those of one letter's person, in order of the alphabet */
static struct str person_of(const struct persons *p, char name, struct arena *arena)
{
    char *out = arena_alloc(arena, 32);
    size_t len = 0, at[26];
    for (char c = 'A'; c <= 'Z'; c++) {
        struct mention m = mention_named(c);
        at[c - 'A'] = persons_find(p, &m);
    }
    for (char c = 'A'; c <= 'Z'; c++)
        if (at[c - 'A'] != SIZE_MAX && p->at[at[c - 'A']].person == p->at[at[name - 'A']].person)
            out[len++] = c;
    return (struct str){out, len};
}

static const struct {
    const char *pairs, *persons, *contested; /* as letters */
} cases[] = {
    {"AB", "AB", ""},
    {"A!B", "A B", ""},
    {"AB BC", "ABC", ""},
    {"AB CD", "AB CD", ""},
    {"AB CD BC", "ABCD", ""},
    {"AB BC A!C", "A B C", "ABC"},
    {"AB BC CD A!C", "A B CD", "ABC"},
    {"AB BC CD DE B!D", "AB C DE", "BCD"},
    {"AB BC BX XY A!C", "A BXY C", "ABC"},
    /* two chains, both wrong */
    {"AB BC AD DC A!C", "A B C D", "ABCD"},
    /* a ring on the way */
    {"AB BC CA CD A!D", "A B C D", "ABCD"},
    {"AB BC CA CD C!D", "ABC D", "CD"},
    {"AB BC CA CD A!B", "A B CD", "ABC"},
    {"AB BC CD DE A!B D!E", "A BCD E", "ABDE"},
    {"AB BC X!Y", "ABC X Y", ""},
};

static void assert_persons(size_t i, const struct decided_pair *pairs, size_t count)
{
    struct arena arena;
    arena_init(&arena);
    struct persons p = persons_of(pairs, count, &arena);
    struct str rest = str_of(cases[i].persons), wanted;
    while (str_cut(&rest, ' ', &wanted)) {
        struct str is = person_of(&p, wanted.at[0], &arena);
        if (!str_equal(is, wanted))
            fail_msg("\"%s\": %.*s, not %.*s", cases[i].pairs, STR_ARG(is), STR_ARG(wanted));
    }
    for (char c = 'A'; c <= 'Z'; c++) {
        struct mention m = mention_named(c);
        size_t at = persons_find(&p, &m);
        bool wanted_contested = strchr(cases[i].contested, c) != NULL;
        if (at != SIZE_MAX && p.at[at].contested != wanted_contested)
            fail_msg("\"%s\": %c is%s contested", cases[i].pairs, c,
                     wanted_contested ? " not" : "");
    }
    arena_release(&arena);
}

static void shuffle(struct random *r, struct decided_pair *pairs, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = random_below(r, i);
        struct decided_pair other = pairs[k];
        pairs[k] = pairs[i - 1];
        pairs[i - 1] = other;
    }
}

static void each_case_in_many_orders(void **state)
{
    struct random r = {5};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct decided_pair pairs[16];
        size_t count = read_pairs(cases[i].pairs, pairs);
        for (size_t turn = 0; turn < 30; turn++) {
            assert_persons(i, pairs, count);
            shuffle(&r, pairs, count);
        }
    }
}

/* ---- against every chain, tried one by one ---- */

enum { LETTERS = 6 };

struct small {
    char joined[LETTERS][LETTERS]; /* 's' same, 'd' different, 'x' dropped, 0 nothing */
    bool seen[LETTERS];
    size_t way[LETTERS], steps;
};

static void walk(struct small *g, bool dropped[LETTERS][LETTERS], size_t at, size_t to)
{
    g->way[g->steps++] = at;
    g->seen[at] = true;
    for (size_t i = 0; at == to && i + 1 < g->steps; i++)
        dropped[g->way[i]][g->way[i + 1]] = dropped[g->way[i + 1]][g->way[i]] = true;
    for (size_t next = 0; at != to && next < LETTERS; next++)
        if (g->joined[at][next] == 's' && !g->seen[next])
            walk(g, dropped, next, to);
    g->seen[at] = false;
    g->steps--;
}

static void reach(const struct small *g, bool dropped[LETTERS][LETTERS], size_t at, bool *in)
{
    in[at] = true;
    for (size_t next = 0; next < LETTERS; next++)
        if (g->joined[at][next] == 's' && !dropped[at][next] && !in[next])
            reach(g, dropped, next, in);
}

static void assert_small(struct random *r, struct small *g)
{
    struct decided_pair pairs[LETTERS * LETTERS];
    bool dropped[LETTERS][LETTERS] = {0};
    struct arena arena;
    size_t count = 0;
    arena_init(&arena);
    for (size_t a = 0; a < LETTERS; a++)
        for (size_t b = a + 1; b < LETTERS; b++) {
            char text[4] = {(char)('A' + a), (char)('A' + b)};
            if (g->joined[a][b] == 'd')
                walk(g, dropped, a, b);
            if (g->joined[a][b] == 'd')
                text[1] = '!', text[2] = (char)('A' + b);
            if (g->joined[a][b])
                count += read_pairs(text, pairs + count);
        }
    shuffle(r, pairs, count);
    struct persons p = persons_of(pairs, count, &arena);
    for (size_t a = 0; a < LETTERS; a++) {
        bool in[LETTERS] = {0};
        struct mention m = mention_named((char)('A' + a));
        if (persons_find(&p, &m) == SIZE_MAX)
            continue;
        reach(g, dropped, a, in);
        struct str is = person_of(&p, (char)('A' + a), &arena);
        for (size_t b = 0; b < LETTERS; b++) {
            char c = (char)('A' + b);
            assert_int_equal(memchr(is.at, c, is.len) != NULL, in[b]);
            assert_false(in[b] && g->joined[a][b] == 'd');
        }
    }
    arena_release(&arena);
}

static void chance_pairs_are_joined_as_every_chain_says(void **state)
{
    struct random r = {7};
    (void)state;
    for (size_t turn = 0; turn < 4000; turn++) {
        struct small g = {0};
        for (size_t a = 0; a < LETTERS; a++)
            for (size_t b = a + 1; b < LETTERS; b++) {
                size_t chance = random_below(&r, 8);
                g.joined[a][b] = g.joined[b][a] = chance < 3 ? 's' : chance == 3 ? 'd' : 0;
            }
        assert_small(&r, &g);
    }
}

/* ---- mentions that overlap ---- */

static struct decided_pair pair_of(struct mention left, struct mention right, bool same)
{
    struct decided_pair out = {{left, right}, same};
    struct mention_pairs one = {&out.pair, 1};
    mention_pairs_sort(&one);
    return out;
}

static void overlapping_mentions_are_one(void **state)
{
    struct arena arena;
    struct mention name = mention_named('A'), longer = name, beside = name, b = mention_named('B'),
                   c = mention_named('C');
    longer.at = (struct span){0, 12};
    beside.at = (struct span){12, 20};
    (void)state;
    arena_init(&arena);
    struct decided_pair pairs[] = {pair_of(name, b, true), pair_of(longer, c, true),
                                   pair_of(beside, longer, false)};
    struct persons p = persons_of(pairs, 3, &arena);
    assert_int_equal(p.count, 5);
    assert_int_equal(p.at[persons_find(&p, &b)].person, p.at[persons_find(&p, &c)].person);
    assert_int_not_equal(p.at[persons_find(&p, &beside)].person,
                         p.at[persons_find(&p, &name)].person);
    /* and those that nobody decided about are found by them */
    struct mention around = name, behind = name;
    around.at = (struct span){8, 13};
    behind.at = (struct span){20, 30};
    size_t first = persons_overlapping(&p, &around, 0);
    assert_int_equal(first, persons_find(&p, &longer));
    assert_int_equal(persons_overlapping(&p, &around, first + 1), persons_find(&p, &name));
    assert_int_equal(persons_overlapping(&p, &around, persons_find(&p, &name) + 1),
                     persons_find(&p, &beside));
    assert_int_equal(persons_overlapping(&p, &behind, 0), SIZE_MAX);
    /* what overlaps is parted again where that is what a different says */
    pairs[2] = pair_of(b, c, false);
    p = persons_of(pairs, 3, &arena);
    assert_int_not_equal(p.at[persons_find(&p, &b)].person, p.at[persons_find(&p, &c)].person);
    arena_release(&arena);
}

static void ids_are_those_of_the_canonical_bytes(void **state)
{
    struct mention a = mention_named('A'), b = mention_named('B');
    char text[2][HASH_DIGITS + 1], one[200], both[420];
    struct mention_pair pair = pair_of(a, b, true).pair;
    (void)state;
    hash_write(&pair.left.text, text[0]);
    hash_write(&pair.right.text, text[1]);
    snprintf(one, sizeof one, "{\"from\":1,\"text\":\"%s\",\"to\":9}", text[0]);
    snprintf(both, sizeof both, "[%s,{\"from\":1,\"text\":\"%s\",\"to\":9}]", one, text[1]);
    struct hash id = mention_id(&pair.left), wanted = hash_of(str_of(one));
    assert_true(hash_equal(&id, &wanted));
    id = mention_pair_id(&pair);
    wanted = hash_of(str_of(both));
    assert_true(hash_equal(&id, &wanted));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_case_in_many_orders),
        cmocka_unit_test(chance_pairs_are_joined_as_every_chain_says),
        cmocka_unit_test(overlapping_mentions_are_one),
        cmocka_unit_test(ids_are_those_of_the_canonical_bytes),
    };
    json_use_memory();
    return cmocka_run_group_tests_name("record persons", tests, NULL, NULL);
}
