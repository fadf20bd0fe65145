#include "match/cluster.h"

#include <math.h>
#include <stdlib.h>

#include "match/group.h"
#include "match/share_int.h"
#include "match/union_int.h"

/* Some records that pairs connect. */
struct group {
    uint32_t *records;
    size_t count;
};

/* Members of each group next to each other; those of root r are [begin[r], begin[r + 1]). */
struct grouping {
    uint32_t *members, *begin;
};

/* What the threads share. */
struct clusterer {
    const struct list *list;
    const struct model *model;
    struct grouping groups;
    uint32_t *parents; /* of what was joined; the root is the smallest record */
    size_t next;       /* record whose group nobody has taken */
    size_t cut;
    bool *too_large; /* records of groups that have to be cut first */
};

/* One thread's own. */
struct linker {
    struct clusterer *all;
    struct group_scorer *scorer;
    size_t cut;
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

/* ---- one group ---- */

/* The log odds between all its members; of what has become one, their sums, means and sizes. */
struct linkage {
    size_t count;
    float *sums, *means; /* count * count; the mean with itself or with one taken in is -INFINITY */
    uint32_t *sizes;     /* 0: taken in by another */
    uint32_t *best;      /* the partner of the highest mean, the first of several */
};

static void best_find(struct linkage *l, size_t a)
{
    const float *means = l->means + a * l->count;
    float most = -INFINITY;
    size_t best = a;
    for (size_t b = 0; b < l->count; b++)
        if (means[b] > most) {
            most = means[b];
            best = b;
        }
    l->best[a] = (uint32_t)best;
}

static void mean_set(struct linkage *l, size_t a, size_t b)
{
    float mean = a == b || !l->sizes[a] || !l->sizes[b]
                     ? -INFINITY
                     : l->sums[a * l->count + b] / ((float)l->sizes[a] * (float)l->sizes[b]);
    l->means[a * l->count + b] = l->means[b * l->count + a] = mean;
}

static void take_in(struct linkage *l, size_t a, size_t b)
{
    for (size_t k = 0; k < l->count; k++) {
        l->sums[a * l->count + k] += l->sums[b * l->count + k];
        l->sums[k * l->count + a] = l->sums[a * l->count + k];
    }
    l->sizes[a] += l->sizes[b];
    l->sizes[b] = 0;
    for (size_t k = 0; k < l->count; k++) {
        mean_set(l, a, k);
        mean_set(l, b, k);
    }
    for (size_t k = 0; k < l->count; k++) {
        const float *means = l->means + k * l->count;
        if (l->sizes[k] && (k == a || l->best[k] == a || l->best[k] == b))
            best_find(l, k);
        else if (l->sizes[k] && means[a] > means[l->best[k]])
            l->best[k] = (uint32_t)a;
    }
}

/* the two that belong together most; false when nobody does */
static bool strongest(const struct linkage *l, size_t *a, size_t *b)
{
    float most = 0;
    bool found = false;
    for (size_t k = 0; k < l->count; k++)
        if (l->sizes[k] && l->best[k] != k && l->means[k * l->count + l->best[k]] > most) {
            most = l->means[k * l->count + l->best[k]];
            *a = k;
            found = true;
        }
    if (found)
        *b = l->best[*a];
    return found;
}

static void groups_join(const struct linker *k, const struct group *g, size_t a, size_t b)
{
    (void)!union_join(k->all->parents, g->records[a], g->records[b]);
}

static void group_cut(struct linker *k, const struct group *g, float *odds)
{
    struct linkage l = {.count = g->count, .sums = odds};
    size_t a = 0, b = 0, merges = 0;
    l.means = mem_alloc(g->count * g->count * sizeof *l.means);
    l.sizes = mem_alloc(g->count * sizeof *l.sizes);
    l.best = mem_alloc(g->count * sizeof *l.best);
    for (size_t i = 0; i < g->count; i++)
        l.sizes[i] = 1;
    for (size_t i = 0; i < g->count; i++)
        for (size_t j = i; j < g->count; j++)
            mean_set(&l, i, j);
    for (size_t i = 0; i < g->count; i++)
        best_find(&l, i);
    while (strongest(&l, &a, &b)) {
        take_in(&l, a, b);
        groups_join(k, g, a, b);
        merges++;
    }
    k->cut += merges + 1 < g->count;
    mem_free(l.means);
    mem_free(l.sizes);
    mem_free(l.best);
}

/* ---- all groups ---- */

struct keyed {
    uint64_t key;
    uint32_t record;
    size_t place;
};

static int keyed_order(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

/* Puts the records in an order that is theirs and not their place's, and their odds, too. */
static void records_order(const struct list *list, const struct group *g, float *odds)
{
    size_t count = g->count;
    struct keyed *all = mem_alloc(count * sizeof *all);
    float *before = mem_alloc(count * count * sizeof *before);
    memcpy(before, odds, count * count * sizeof *before);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct keyed){list_record_hash(list, g->records[i]), g->records[i], i};
    qsort(all, count, sizeof *all, keyed_order);
    for (size_t i = 0; i < count; i++) {
        g->records[i] = all[i].record;
        for (size_t j = 0; j < count; j++)
            odds[i * count + j] = before[all[i].place * count + all[j].place];
    }
    mem_free(before);
    mem_free(all);
}

static void members_group(struct grouping *g, uint32_t *parents, size_t records)
{
    g->members = mem_resize_array(NULL, records + 1, sizeof *g->members);
    g->begin = mem_alloc((records + 2) * sizeof *g->begin);
    for (size_t i = 0; i < records; i++)
        g->begin[union_root(parents, (uint32_t)i) + 2]++;
    for (size_t i = 2; i <= records + 1; i++)
        g->begin[i] += g->begin[i - 1];
    for (size_t i = 0; i < records; i++)
        g->members[g->begin[union_root(parents, (uint32_t)i) + 1]++] = (uint32_t)i;
}

static void grouping_release(struct grouping *g)
{
    mem_free(g->members);
    mem_free(g->begin);
}

static void group_take(struct linker *k, const struct group *g)
{
    if (g->count > CLUSTER_LIMIT) {
        for (size_t i = 0; i < g->count; i++)
            k->all->too_large[g->records[i]] = true;
        k->cut++;
        return;
    }
    if (g->count > 2) {
        float *odds = mem_alloc(g->count * g->count * sizeof *odds);
        bool good = group_odds(k->scorer, g->records, g->count, ODDS_LIMIT, odds);
        if (!good) {
            records_order(k->all->list, g, odds);
            group_cut(k, g, odds);
        }
        mem_free(odds);
        if (!good)
            return;
    }
    for (size_t i = 1; i < g->count; i++)
        groups_join(k, g, 0, i);
}

/* Groups of some records at a time, as threads come. */
static void groups_link(void *context, size_t mine, size_t of)
{
    enum { AT_ONCE = 1024 };
    struct clusterer *c = context;
    struct linker k = {.all = c, .scorer = group_scorer_new(c->list, c->model)};
    size_t from, records = c->list->records;
    (void)mine;
    (void)of;
    while ((from = __atomic_fetch_add(&c->next, AT_ONCE, __ATOMIC_RELAXED)) < records)
        for (size_t i = from; i < records && i < from + AT_ONCE; i++) {
            const uint32_t *begin = &c->groups.begin[i];
            struct group group = {c->groups.members + begin[0], begin[1] - begin[0]};
            if (group.count > 1)
                group_take(&k, &group);
        }
    __atomic_fetch_add(&c->cut, k.cut, __ATOMIC_RELAXED);
    group_scorer_free(k.scorer);
}

/* Links the groups that `connected` says, those of at most CLUSTER_LIMIT records; the others are
 * marked as too large. */
static void round_link(struct clusterer *c, uint32_t *connected, size_t threads)
{
    members_group(&c->groups, connected, c->list->records);
    c->next = 0;
    shares_run(threads, groups_link, c);
    grouping_release(&c->groups);
}

/* ---- groups that are too large ---- */

struct finder {
    struct clusterer *all;
    struct comparer *comparer;
    struct edges edges;
};

static void pairs_find(void *context, const struct block *b)
{
    struct finder *f = context;
    struct evidence e;
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = i + 1; j < b->count; j++) {
            if (!block_pair_is_new(b, i, j))
                continue;
            const uint32_t *left = block_slots(b, i), *right = block_slots(b, j);
            evidence_of(f->comparer, left, right, &e);
            float odds = model_odds(f->all->model, f->all->list, left, right, &e);
            if (odds > 0)
                edges_add(&f->edges, b->records[i], b->records[j], odds);
        }
}

static size_t too_large_list(const struct clusterer *c, uint32_t *or_null)
{
    size_t count = 0;
    for (size_t i = 0; i < c->list->records; i++)
        if (c->too_large[i]) {
            if (or_null)
                or_null[count] = (uint32_t)i;
            count++;
        }
    return count;
}

static void large_cut(struct clusterer *c, const struct blocking *blocking, size_t threads)
{
    static const float rounds[] = {4, 8, 12, 16, 20, 26, 34, 46, 64};
    struct finder f = {.all = c};
    size_t count = too_large_list(c, NULL);
    if (!count)
        return;
    uint32_t *records = mem_resize_array(NULL, count, sizeof *records);
    (void)!too_large_list(c, records);
    f.comparer = comparer_new(c->list);
    blocking_visit_some(blocking, records, count, pairs_find, &f);
    for (size_t r = 0; r < COUNT_OF(rounds) && too_large_list(c, NULL); r++) {
        uint32_t *connected = union_singles(c->list->records);
        for (size_t i = 0; i < f.edges.count; i++) {
            const struct edge *e = &f.edges.all[i];
            if (e->odds >= rounds[r] && c->too_large[e->left] && c->too_large[e->right])
                (void)!union_join(connected, e->left, e->right);
        }
        memset(c->too_large, 0, c->list->records);
        round_link(c, connected, threads);
        mem_free(connected);
    }
    comparer_free(f.comparer);
    edges_release(&f.edges);
    mem_free(records);
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
                 const struct blocking *blocking, uint32_t *connected, size_t threads)
{
    struct clusterer c = {.list = list, .model = model};
    c.parents = union_singles(list->records);
    c.too_large = mem_alloc(list->records + 1);
    round_link(&c, connected, threads);
    large_cut(&c, blocking, threads);
    mem_free(c.too_large);
    for (size_t i = 0; i < list->records; i++)
        c.parents[i] = union_root(c.parents, (uint32_t)i);
    *out = (struct clustering){.of = c.parents, .cut = c.cut};
    clusters_count(out, list->records);
}
