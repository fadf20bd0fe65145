#include "match/learning.h"

#include <math.h>
#include <stdlib.h>

#include "match/roll.h"

enum { STRANGERS = 300, COUNTED_LEAST = 3 };

/* What the usual model takes the grades of pairs of one person, and of strangers, to be. */
static const double usual_m[LEVELS] = {0, 0.80, 0.08, 0.04, 0.04, 0.04};
static const double usual_u[LEVELS] = {0, 0.005, 0.002, 0.005, 0.04, 0.948};

/* A pair that shares a key, and what was decided about it. */
struct learnt_pair {
    uint64_t left, right; /* ids, the lesser one first */
    struct meeting meeting;
    int decided; /* 1: same, -1: different */
};

struct learnt_pairs {
    const struct portrait *all;
    struct learnt_pair *at;
    size_t count, room;
};

/* ---- how rare values are ---- */

struct counted {
    enum trait trait;
    uint64_t sound;
};

struct counting {
    struct counted *at;
    size_t count, room;
};

static void count_value(struct counting *c, enum trait trait, uint64_t sound)
{
    if (!sound)
        return;
    if (c->count == c->room) {
        c->room = c->room * 2 + 1024;
        c->at = mem_resize_array(c->at, c->room, sizeof *c->at);
    }
    c->at[c->count++] = (struct counted){trait, sound};
}

static int compare_counted(const void *left, const void *right)
{
    const struct counted *a = left, *b = right;
    if (a->trait != b->trait)
        return a->trait < b->trait ? -1 : 1;
    return (a->sound > b->sound) - (a->sound < b->sound);
}

/* any word of a name may be somebody's only one */
static void count_words(struct counting *c, const struct spelling *s)
{
    for (size_t i = 0; i < s->words; i++)
        count_value(c, TRAIT_LONE, letters_sound(spelling_word(s, i)));
}

static void count_portrait(struct counting *c, const struct portrait *p)
{
    for (size_t i = 0; i < p->names_count; i++) {
        const struct portrait_name *n = &p->names[i];
        count_words(c, &n->given);
        count_words(c, &n->family);
        if (!n->family.count)
            continue;
        count_value(c, TRAIT_GIVEN, n->given_sound);
        count_value(c, TRAIT_FAMILY, n->family_sound);
    }
    for (size_t i = 0; i < p->values_count; i++)
        if (trait_measure(p->values[i].trait) != TRAIT_AS_DAYS)
            count_value(c, p->values[i].trait, p->values[i].sound);
}

/* of so many portraits, beside those of the usual model */
static int rarity_of(const struct weights *usual, const struct counted *value, size_t times,
                     size_t portraits)
{
    double part = exp2(-weights_rarity(usual, value->trait, value->sound) / 10.0);
    double share =
        ((double)times - 1 + LEARNING_USUAL * part) / ((double)portraits + LEARNING_USUAL);
    return (int)lround(-10 * log2(fmin(share, 1)));
}

static void rarities_learn(const struct learning *from, struct weights *to)
{
    struct counting c = {0};
    for (size_t i = 0; i < from->count; i++)
        count_portrait(&c, &from->all[i]);
    if (c.count)
        qsort(c.at, c.count, sizeof *c.at, compare_counted);
    for (size_t i = 0, end; i < c.count; i = end) {
        for (end = i + 1; end < c.count && !compare_counted(&c.at[i], &c.at[end]);)
            end++;
        if (end - i >= COUNTED_LEAST)
            weights_know(to, c.at[i].trait, c.at[i].sound,
                         rarity_of(from->usual, &c.at[i], end - i, from->count));
    }
    mem_free(c.at);
}

/* ---- pairs ---- */

static void pair_found(void *context, size_t left, size_t right, const struct meeting *m)
{
    struct learnt_pairs *to = context;
    uint64_t a = to->all[left].id, b = to->all[right].id;
    if (to->count == to->room) {
        to->room = to->room * 2 + 256;
        to->at = mem_resize_array(to->at, to->room, sizeof *to->at);
    }
    to->at[to->count++] = (struct learnt_pair){a < b ? a : b, a < b ? b : a, *m, 0};
}

static int compare_pairs(const void *left, const void *right)
{
    const struct learnt_pair *a = left, *b = right;
    if (a->left != b->left)
        return a->left < b->left ? -1 : 1;
    return (a->right > b->right) - (a->right < b->right);
}

static void decided_mark(const struct learning *from, struct learnt_pairs *pairs,
                         const struct gather_pair *decided, size_t count, int what)
{
    for (size_t i = 0; i < count && pairs->count; i++) {
        uint64_t a = from->all[decided[i].left].id, b = from->all[decided[i].right].id;
        struct learnt_pair key = {.left = a < b ? a : b, .right = a < b ? b : a};
        struct learnt_pair *pair =
            bsearch(&key, pairs->at, pairs->count, sizeof *pairs->at, compare_pairs);
        if (pair)
            pair->decided = what;
    }
}

static void pairs_find(const struct learning *from, const struct weights *w,
                       struct learnt_pairs *out)
{
    struct roll *roll = roll_new(w);
    *out = (struct learnt_pairs){.all = from->all};
    for (size_t i = 0; i < from->count; i++)
        roll_add(roll, &from->all[i], pair_found, out);
    roll_free(roll);
    if (out->count)
        qsort(out->at, out->count, sizeof *out->at, compare_pairs);
    decided_mark(from, out, from->same, from->same_count, 1);
    decided_mark(from, out, from->different, from->different_count, -1);
}

/* ---- how often grades occur ---- */

struct grades {
    double of[TRAITS][LEVELS];
};

static void grades_add(struct grades *g, const struct meeting *m, double belief)
{
    for (size_t i = 0; i < m->reasons_count; i++)
        g->of[m->reasons[i].trait][m->reasons[i].level] += belief;
}

static double belief_of(const struct learnt_pair *p)
{
    if (p->decided)
        return p->decided > 0;
    return 1 / (1 + exp2(-p->meeting.evidence / 10.0));
}

static double share_of(const double counts[LEVELS], const double usual[LEVELS], size_t level)
{
    double all = LEARNING_PAIRS;
    for (size_t k = LEVEL_SAME; k < LEVELS; k++)
        all += counts[k];
    return (counts[level] + LEARNING_PAIRS * usual[level]) / all;
}

static int reached(int usual, double more)
{
    int moved = (int)lround(10 * more);
    return usual + (moved > LEARNING_REACH    ? LEARNING_REACH
                    : moved < -LEARNING_REACH ? -LEARNING_REACH
                                              : moved);
}

/* What agrees weighs by how rare it is, which is counted apart; what does not, by how often
 * strangers do not agree either. */
static void levels_set(const struct weights *usual, const struct grades *persons,
                       const struct grades *strangers, struct weights *to)
{
    for (size_t t = 0; t < TRAIT_TEXT; t++)
        for (size_t k = LEVEL_SAME; k < LEVELS; k++) {
            double more = log2(share_of(persons->of[t], usual_m, k) / usual_m[k]);
            if (k >= LEVEL_PART)
                more -= log2(share_of(strangers->of[t], usual_u, k) / usual_u[k]);
            if (usual->levels[t][k])
                to->levels[t][k] = reached(usual->levels[t][k], more);
        }
}

static int compare_ids(const void *left, const void *right)
{
    const struct portrait *const *a = left, *const *b = right;
    return ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

/* the traits of portraits that were drawn by their ids, laid beside each other */
static void strangers_learn(const struct learning *from, struct grades *out)
{
    const struct portrait **all = mem_alloc((from->count + 1) * sizeof *all);
    size_t count = from->count < STRANGERS ? from->count : STRANGERS;
    struct meeting m;
    for (size_t i = 0; i < from->count; i++)
        all[i] = &from->all[i];
    if (from->count)
        qsort(all, from->count, sizeof *all, compare_ids);
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) {
            traits_meet(from->usual, all[i], all[k], &m);
            grades_add(out, &m, 1);
        }
    mem_free(all);
}

void weights_learn(const struct learning *from, struct weights *out)
{
    struct grades strangers = {0};
    weights_copy(out, from->usual);
    out->name = STR("learnt");
    rarities_learn(from, out);
    strangers_learn(from, &strangers);
    for (size_t round = 0; round < LEARNING_ROUNDS; round++) {
        struct grades persons = {0};
        struct learnt_pairs pairs;
        pairs_find(from, out, &pairs);
        for (size_t i = 0; i < pairs.count; i++)
            grades_add(&persons, &pairs.at[i].meeting, belief_of(&pairs.at[i]));
        levels_set(from->usual, &persons, &strangers, out);
        mem_free(pairs.at);
    }
}
