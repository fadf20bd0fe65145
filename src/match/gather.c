#include "match/gather.h"

#include <stdlib.h>

/* no odds come near it */
enum { NEVER = -1000000 };

struct member {
    uint64_t id;
    size_t portrait, root;
};

/* One group that pairs connect: of what has become one the sums of odds, and the sizes. */
struct linkage {
    size_t count;
    int64_t *sums; /* count * count; NEVER below half of it */
    size_t *sizes; /* 0: taken in by another */
    size_t *into;  /* by whom */
};

static size_t root_of(size_t *parents, size_t at)
{
    while (parents[at] != at)
        at = parents[at] = parents[parents[at]];
    return at;
}

static void join(size_t *parents, size_t left, size_t right)
{
    size_t a = root_of(parents, left), b = root_of(parents, right);
    parents[a > b ? a : b] = a > b ? b : a;
}

static int64_t *sum_at(const struct linkage *l, size_t a, size_t b)
{
    return &l->sums[a * l->count + b];
}

static void sum_set(const struct linkage *l, size_t a, size_t b, int64_t odds)
{
    *sum_at(l, a, b) = *sum_at(l, b, a) = odds;
}

static int held(int odds)
{
    return odds > GATHER_LIMIT ? GATHER_LIMIT : odds < -GATHER_LIMIT ? -GATHER_LIMIT : odds;
}

static void take_in(const struct linkage *l, size_t a, size_t b)
{
    for (size_t k = 0; k < l->count; k++)
        if (k != a && k != b) {
            bool never = *sum_at(l, a, k) <= NEVER / 2 || *sum_at(l, b, k) <= NEVER / 2;
            sum_set(l, a, k, never ? NEVER : *sum_at(l, a, k) + *sum_at(l, b, k));
        }
    l->sizes[a] += l->sizes[b];
    l->sizes[b] = 0;
    l->into[b] = a;
}

/* mean odds of a and b compared with those of c and d, without fractions */
static bool is_stronger(const struct linkage *l, const size_t pair[2], const size_t than[2])
{
    int64_t pairs = (int64_t)(l->sizes[pair[0]] * l->sizes[pair[1]]);
    int64_t others = (int64_t)(l->sizes[than[0]] * l->sizes[than[1]]);
    return *sum_at(l, pair[0], pair[1]) * others > *sum_at(l, than[0], than[1]) * pairs;
}

/* the two groups that belong together most; false when none do */
static bool strongest(const struct linkage *l, size_t best[2])
{
    bool found = false;
    for (size_t a = 0; a < l->count; a++)
        for (size_t b = a + 1; b < l->count; b++) {
            size_t pair[2] = {a, b};
            if (!l->sizes[a] || !l->sizes[b] || *sum_at(l, a, b) <= 0 ||
                (found && !is_stronger(l, pair, best)))
                continue;
            best[0] = a;
            best[1] = b;
            found = true;
        }
    return found;
}

static size_t last_of(const struct linkage *l, size_t at)
{
    while (l->into[at] != at)
        at = l->into[at];
    return at;
}

static size_t place_of(const struct member *members, size_t count, size_t portrait)
{
    for (size_t i = 0; i < count; i++)
        if (members[i].portrait == portrait)
            return i;
    return SIZE_MAX;
}

static void odds_fill(const struct gathering *g, const struct member *members, struct linkage *l)
{
    struct meeting m;
    for (size_t i = 0; i < l->count; i++)
        for (size_t k = i + 1; k < l->count; k++) {
            if (l->count > GATHER_WHOLE) {
                sum_set(l, i, k, -GATHER_LIMIT);
                continue;
            }
            bool shown = portraits_meet(g->weights, &g->all[members[i].portrait],
                                        &g->all[members[k].portrait], &m);
            sum_set(l, i, k, shown && !m.contradicted ? held(m.odds) : -GATHER_LIMIT);
        }
    for (size_t i = 0; i < g->pairs_count && l->count > GATHER_WHOLE; i++) {
        size_t a = place_of(members, l->count, g->pairs[i].left);
        size_t b = place_of(members, l->count, g->pairs[i].right);
        if (a != SIZE_MAX && b != SIZE_MAX)
            sum_set(l, a, b, held(g->pairs[i].odds));
    }
}

static void decided_apply(const struct gathering *g, const struct member *members,
                          struct linkage *l)
{
    for (size_t i = 0; i < g->different_count; i++) {
        size_t a = place_of(members, l->count, g->different[i].left);
        size_t b = place_of(members, l->count, g->different[i].right);
        if (a != SIZE_MAX && b != SIZE_MAX && a != b)
            sum_set(l, a, b, NEVER);
    }
    for (size_t i = 0; i < g->same_count; i++) {
        size_t a = place_of(members, l->count, g->same[i].left);
        size_t b = place_of(members, l->count, g->same[i].right);
        if (a == SIZE_MAX || b == SIZE_MAX)
            continue;
        a = last_of(l, a);
        b = last_of(l, b);
        if (a != b)
            take_in(l, a < b ? a : b, a < b ? b : a);
    }
}

/* members in an order that is theirs */
static void group_link(const struct gathering *g, const struct member *members, size_t count,
                       size_t *out)
{
    struct linkage l = {.count = count};
    size_t best[2] = {0, 0};
    l.sums = mem_alloc(count * count * sizeof *l.sums);
    l.sizes = mem_alloc(count * sizeof *l.sizes);
    l.into = mem_alloc(count * sizeof *l.into);
    for (size_t i = 0; i < count; i++) {
        l.sizes[i] = 1;
        l.into[i] = i;
    }
    odds_fill(g, members, &l);
    decided_apply(g, members, &l);
    while (strongest(&l, best))
        take_in(&l, best[0], best[1]);
    for (size_t i = 0; i < count; i++)
        out[members[i].portrait] = members[last_of(&l, i)].portrait;
    mem_free(l.sums);
    mem_free(l.sizes);
    mem_free(l.into);
}

static int compare_members(const void *left, const void *right)
{
    const struct member *a = left, *b = right;
    if (a->root != b->root)
        return a->root < b->root ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

size_t *gather(const struct gathering *g, struct arena *arena)
{
    size_t *out = arena_alloc(arena, (g->count + 1) * sizeof *out);
    size_t *parents = mem_alloc((g->count + 1) * sizeof *parents);
    struct member *members = mem_alloc((g->count + 1) * sizeof *members);
    for (size_t i = 0; i < g->count; i++)
        parents[i] = i;
    for (size_t i = 0; i < g->pairs_count; i++)
        if (g->pairs[i].odds >= MEETING_EVEN)
            join(parents, g->pairs[i].left, g->pairs[i].right);
    for (size_t i = 0; i < g->same_count; i++)
        join(parents, g->same[i].left, g->same[i].right);
    for (size_t i = 0; i < g->count; i++)
        members[i] = (struct member){g->all[i].id, i, root_of(parents, i)};
    if (g->count)
        qsort(members, g->count, sizeof *members, compare_members);
    for (size_t i = 0, end; i < g->count; i = end) {
        for (end = i + 1; end < g->count && members[end].root == members[i].root;)
            end++;
        group_link(g, members + i, end - i, out);
    }
    mem_free(parents);
    mem_free(members);
    return out;
}
