#include "match/cluster.h"

#include <math.h>
#include <pthread.h>

#include "match/block.h"
#include "match/mix_int.h"

/* no odds come near it */
#define UNKNOWN 1e6f

/* Some records that pairs connect, and the pairs. */
struct group {
    uint32_t *records;
    const struct edge *edges;
    size_t count, edges_count;
};

/* Members of each group next to each other, and the edges between them; those of root r are
 * [begin[r], begin[r + 1]) and [edges_begin[r], edges_begin[r + 1]). */
struct grouping {
    uint32_t *members, *begin, *edges_begin;
    struct edge *edges;
};

/* One thread's share: the groups whose root is `mine` of `of`. */
struct clusterer {
    const struct list *list;
    const struct model *model;
    struct comparer *comparer;
    const struct grouping *groups;
    uint32_t *parents; /* union-find; the root is the smallest record */
    uint32_t *places;  /* of each record in its group */
    bool *settled;
    size_t mine, of, cut;
    bool left;
};

void edges_add(struct edges *e, uint32_t left, uint32_t right, float odds)
{
    if (e->count == e->room) {
        e->room = e->room * 3 / 2 + 4096;
        e->all = mem_resize_array(e->all, e->room, sizeof *e->all);
    }
    e->all[e->count++] = (struct edge){left, right, odds};
}

void edges_release(struct edges *e)
{
    mem_free(e->all);
    *e = (struct edges){0};
}

void clustering_release(struct clustering *c)
{
    mem_free(c->of);
    *c = (struct clustering){0};
}

static uint32_t root_of(uint32_t *parents, uint32_t record)
{
    while (parents[record] != record) {
        parents[record] = parents[parents[record]];
        record = parents[record];
    }
    return record;
}

static void join(uint32_t *parents, uint32_t left, uint32_t right)
{
    uint32_t a = root_of(parents, left), b = root_of(parents, right);
    if (a < b)
        parents[b] = a;
    else
        parents[a] = b;
}

/* ---- one group ---- */

/* The log odds between all its members; of what has become one, their sums and sizes. */
struct linkage {
    size_t count;
    float *sums;     /* count * count */
    uint32_t *sizes; /* 0: taken in by another */
    uint32_t *best;  /* the partner of the highest mean */
};

static float mean_of(const struct linkage *l, size_t a, size_t b)
{
    return l->sums[a * l->count + b] / ((float)l->sizes[a] * (float)l->sizes[b]);
}

static void best_find(struct linkage *l, size_t a)
{
    size_t best = a;
    for (size_t b = 0; b < l->count; b++)
        if (b != a && l->sizes[b] && (best == a || mean_of(l, a, b) > mean_of(l, a, best)))
            best = b;
    l->best[a] = (uint32_t)best;
}

static void odds_set(struct linkage *l, size_t i, size_t j, float odds)
{
    odds = fminf(fmaxf(odds, -ODDS_LIMIT), ODDS_LIMIT);
    l->sums[i * l->count + j] = l->sums[j * l->count + i] = odds;
}

static void group_compare(struct clusterer *c, const struct group *g, struct linkage *l)
{
    struct evidence e;
    for (size_t i = 0; i < g->count * g->count; i++)
        l->sums[i] = UNKNOWN;
    for (size_t i = 0; i < g->edges_count; i++)
        odds_set(l, c->places[g->edges[i].left], c->places[g->edges[i].right], g->edges[i].odds);
    for (size_t i = 0; i < g->count; i++)
        for (size_t j = i + 1; j < g->count; j++) {
            if (l->sums[i * l->count + j] < UNKNOWN / 2)
                continue;
            const uint32_t *left = list_record(c->list, g->records[i]);
            const uint32_t *right = list_record(c->list, g->records[j]);
            evidence_of(c->comparer, left, right, &e);
            odds_set(l, i, j, model_odds(c->model, c->list, left, right, &e));
        }
    for (size_t i = 0; i < g->count; i++)
        l->sums[i * g->count + i] = 0;
}

static void take_in(struct linkage *l, size_t a, size_t b)
{
    for (size_t k = 0; k < l->count; k++) {
        l->sums[a * l->count + k] += l->sums[b * l->count + k];
        l->sums[k * l->count + a] = l->sums[a * l->count + k];
    }
    l->sizes[a] += l->sizes[b];
    l->sizes[b] = 0;
    for (size_t k = 0; k < l->count; k++)
        if (l->sizes[k] && (k == a || l->best[k] == a || l->best[k] == b))
            best_find(l, k);
        else if (l->sizes[k] && mean_of(l, k, a) > mean_of(l, k, l->best[k]))
            l->best[k] = (uint32_t)a;
}

/* the two that belong together most; false when nobody does */
static bool strongest(const struct linkage *l, size_t *a, size_t *b)
{
    float most = 0;
    bool found = false;
    for (size_t k = 0; k < l->count; k++)
        if (l->sizes[k] && l->best[k] != k && mean_of(l, k, l->best[k]) > most) {
            most = mean_of(l, k, l->best[k]);
            *a = k;
            found = true;
        }
    if (found)
        *b = l->best[*a];
    return found;
}

static void group_link(struct clusterer *c, const struct group *g)
{
    struct linkage l = {.count = g->count};
    size_t a = 0, b = 0, merges = 0;
    l.sums = mem_alloc(g->count * g->count * sizeof *l.sums);
    l.sizes = mem_alloc(g->count * sizeof *l.sizes);
    l.best = mem_alloc(g->count * sizeof *l.best);
    group_compare(c, g, &l);
    for (size_t i = 0; i < g->count; i++)
        l.sizes[i] = 1;
    for (size_t i = 0; i < g->count; i++)
        best_find(&l, i);
    while (strongest(&l, &a, &b)) {
        take_in(&l, a, b);
        join(c->parents, g->records[a], g->records[b]);
        merges++;
    }
    c->cut += merges + 1 < g->count;
    mem_free(l.sums);
    mem_free(l.sizes);
    mem_free(l.best);
}

/* ---- all groups ---- */

struct keyed {
    uint64_t key;
    uint32_t record;
};

static int keyed_order(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

/* In an order that is theirs and not their place's. */
static void records_order(const struct list *list, uint32_t *records, size_t count)
{
    struct keyed *all = mem_alloc(count * sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct keyed){list_record_hash(list, records[i]), records[i]};
    qsort(all, count, sizeof *all, keyed_order);
    for (size_t i = 0; i < count; i++)
        records[i] = all[i].record;
    mem_free(all);
}

static uint32_t *singles_make(size_t count)
{
    uint32_t *parents = mem_resize_array(NULL, count + 1, sizeof *parents);
    for (size_t i = 0; i < count; i++)
        parents[i] = (uint32_t)i;
    return parents;
}

static void members_group(struct grouping *g, uint32_t *parents, size_t records)
{
    g->members = mem_resize_array(NULL, records + 1, sizeof *g->members);
    g->begin = mem_alloc((records + 2) * sizeof *g->begin);
    for (size_t i = 0; i < records; i++)
        g->begin[root_of(parents, (uint32_t)i) + 2]++;
    for (size_t i = 2; i <= records + 1; i++)
        g->begin[i] += g->begin[i - 1];
    for (size_t i = 0; i < records; i++)
        g->members[g->begin[root_of(parents, (uint32_t)i) + 1]++] = (uint32_t)i;
}

static bool is_within(uint32_t *parents, const struct edge *e)
{
    return root_of(parents, e->left) == root_of(parents, e->right);
}

/* of all pairs that are known, those between members of one group */
static void edges_group(struct grouping *g, uint32_t *parents, size_t records,
                        const struct edges *edges)
{
    g->edges_begin = mem_alloc((records + 2) * sizeof *g->edges_begin);
    for (size_t i = 0; i < edges->count; i++)
        if (is_within(parents, &edges->all[i]))
            g->edges_begin[root_of(parents, edges->all[i].left) + 2]++;
    for (size_t i = 2; i <= records + 1; i++)
        g->edges_begin[i] += g->edges_begin[i - 1];
    g->edges = mem_resize_array(NULL, g->edges_begin[records + 1] + 1u, sizeof *g->edges);
    for (size_t i = 0; i < edges->count; i++)
        if (is_within(parents, &edges->all[i]))
            g->edges[g->edges_begin[root_of(parents, edges->all[i].left) + 1]++] = edges->all[i];
}

static void grouping_release(struct grouping *g)
{
    mem_free(g->members);
    mem_free(g->begin);
    mem_free(g->edges);
    mem_free(g->edges_begin);
}

static void group_take(struct clusterer *c, const struct group *g)
{
    if (g->count == 2) {
        join(c->parents, g->records[0], g->records[1]);
        return;
    }
    records_order(c->list, g->records, g->count);
    for (size_t i = 0; i < g->count; i++)
        c->places[g->records[i]] = (uint32_t)i;
    group_link(c, g);
}

static void *share_link(void *context)
{
    struct clusterer *c = context;
    const struct grouping *g = c->groups;
    for (size_t i = 0; i < c->list->records; i++) {
        struct group group = {g->members + g->begin[i], g->edges + g->edges_begin[i],
                              g->begin[i + 1] - g->begin[i],
                              g->edges_begin[i + 1] - g->edges_begin[i]};
        if (group.count < 2 || mix(i) % c->of != c->mine)
            continue;
        if (group.count > CLUSTER_LIMIT) {
            c->left = true;
            c->cut++;
            continue;
        }
        for (size_t k = 0; k < group.count; k++)
            c->settled[group.records[k]] = true;
        group_take(c, &group);
    }
    return NULL;
}

/* Links the groups, several threads each some; false when none was too large. */
static bool groups_link(struct clusterer *first, size_t threads, const struct grouping *groups)
{
    struct clusterer all[BLOCK_THREADS];
    pthread_t others[BLOCK_THREADS];
    bool left = false;
    for (size_t i = 0; i < threads; i++) {
        all[i] = *first;
        all[i].groups = groups;
        all[i].mine = i;
        all[i].of = threads;
        all[i].comparer = comparer_new(first->list);
        if (i && pthread_create(&others[i], NULL, share_link, &all[i]))
            bug("a thread that cannot be started");
    }
    share_link(&all[0]);
    for (size_t i = 0; i < threads; i++) {
        if (i)
            pthread_join(others[i], NULL);
        left = left || all[i].left;
        first->cut += all[i].cut;
        comparer_free(all[i].comparer);
    }
    return left;
}

/* Links the groups that edges of these odds connect, those of at most CLUSTER_LIMIT records, which
 * are then settled; false when none is left. */
static bool round_link(struct clusterer *c, size_t threads, const struct edges *edges, float odds)
{
    struct grouping g;
    uint32_t *connected = singles_make(c->list->records);
    for (size_t i = 0; i < edges->count; i++) {
        const struct edge *e = &edges->all[i];
        if (e->odds >= odds && !c->settled[e->left] && !c->settled[e->right])
            join(connected, e->left, e->right);
    }
    members_group(&g, connected, c->list->records);
    edges_group(&g, connected, c->list->records, edges);
    bool left = groups_link(c, threads, &g);
    grouping_release(&g);
    mem_free(connected);
    return left;
}

static void clusters_count(struct clustering *out, size_t records)
{
    uint32_t *sizes = mem_alloc((records + 1) * sizeof *sizes);
    for (size_t i = 0; i < records; i++)
        sizes[out->of[i]]++;
    for (size_t i = 0; i < records; i++) {
        out->count += sizes[i] > 0;
        out->joined += sizes[i] > 1 ? sizes[i] : 0;
        out->largest = sizes[i] > out->largest ? sizes[i] : out->largest;
    }
    mem_free(sizes);
}

void cluster_all(struct clustering *out, const struct list *list, const struct model *model,
                 const struct edges *edges, size_t threads)
{
    static const float rounds[] = {0, 4, 8, 12, 16, 20, 26, 34, 46, 64};
    struct clusterer c = {.list = list, .model = model};
    bool left = true;
    c.parents = singles_make(list->records);
    c.places = mem_alloc((list->records + 1) * sizeof *c.places);
    c.settled = mem_alloc(list->records + 1);
    for (size_t i = 0; i < COUNT_OF(rounds) && left; i++)
        left = round_link(&c, threads, edges, rounds[i]);
    mem_free(c.settled);
    mem_free(c.places);
    for (size_t i = 0; i < list->records; i++)
        c.parents[i] = root_of(c.parents, (uint32_t)i);
    *out = (struct clustering){.of = c.parents, .cut = c.cut};
    clusters_count(out, list->records);
}
