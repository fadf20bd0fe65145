#include "match/matching.h"

#include <stdlib.h>
#include <time.h>

#include "match/union_int.h"

enum {
    WAITING = 32,
    RANDOM_RECORDS = 600,  /* all pairs among so many stand for strangers */
    LEARNT_RECORDS = 4000, /* the blocks of so many records are learnt from */
};

/* What a thread needs to score pairs. */
struct scorer {
    const struct list *list;
    const struct model *model;
    struct bounds bounds;
    struct comparer *comparer;
    struct edges edges;
    bool keeps_edges;    /* then all pairs are scored, and not only what connects */
    uint32_t *connected; /* of all records, a forest (union_int.h); shared by the threads */
    uint32_t roots[BLOCK_LIMIT_MOST]; /* in that forest, of the block at hand */
    struct samples samples;
};

enum outcome matching_start(struct fault *why)
{
    enum outcome outcome = spelling_start(why);
    if (!outcome)
        outcome = fields_start(why);
    return outcome ? outcome : likeness_start(why);
}

double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void pair_sample(struct scorer *s, const uint32_t *left, const uint32_t *right)
{
    struct evidence e;
    evidence_of(s->comparer, left, right, &e);
    samples_add(&s->samples, s->list, left, right, &e);
}

static void block_sample(void *context, const struct block *b)
{
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = i + 1; j < b->count; j++)
            if (block_pair_is_new(b, i, j))
                pair_sample(context, block_slots(b, i), block_slots(b, j));
}

/* Scores record i of a block with those that wait; whether it was connected with any. */
static bool waiting_score(struct scorer *s, const struct block *b, size_t i,
                          const uint32_t *waiting, size_t count)
{
    const uint32_t *left = block_slots(b, i);
    bool connected = false;
    for (size_t k = 0; k < count; k++) {
        const uint32_t *right = block_slots(b, waiting[k]);
        struct evidence e;
        if (!evidence_within(s->comparer, left, right, &s->bounds, &e))
            continue;
        float odds = model_odds(s->model, s->list, left, right, &e);
        if (odds >= PAIR_THRESHOLD)
            connected |= union_join(s->connected, b->records[i], b->records[waiting[k]]);
        if (s->keeps_edges && odds >= PAIR_SHOWN)
            edges_add(&s->edges, b->records[i], b->records[waiting[k]], odds);
    }
    return connected;
}

static void roots_find(struct scorer *s, const struct block *b, size_t from)
{
    for (size_t i = from; i < b->count && !s->keeps_edges; i++)
        s->roots[i] = union_root(s->connected, b->records[i]);
}

/* Those that wait were asked for from the memory, and come while others are. */
static void block_score(void *context, const struct block *b)
{
    struct scorer *s = context;
    uint32_t waiting[WAITING];
    struct reach reach;
    roots_find(s, b, 0);
    for (size_t i = 0; i + 1 < b->count; i++) {
        size_t count = 0;
        evidence_reach(s->comparer, block_slots(b, i), &s->bounds, &reach);
        bool connected = false;
        for (size_t j = i + 1; j < b->count; j++) {
            if ((!s->keeps_edges && s->roots[i] == s->roots[j]) || !block_pair_is_new(b, i, j) ||
                !evidence_possible(s->comparer, block_slots(b, i), block_slots(b, j), &reach,
                                   &s->bounds))
                continue;
            waiting[count++] = (uint32_t)j;
            if (count < WAITING)
                continue;
            connected |= waiting_score(s, b, i, waiting, count);
            count = 0;
        }
        connected |= waiting_score(s, b, i, waiting, count);
        if (connected)
            roots_find(s, b, i + 1);
    }
}

struct drawn {
    uint64_t hash;
    uint32_t record;
};

static int drawn_order(const void *left, const void *right)
{
    const struct drawn *a = left, *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* The records of the least hashes: drawn as if at random, and the same in any order. */
static size_t records_draw(const struct list *list, struct drawn *out, size_t room)
{
    size_t count = 0, records = list->records;
    uint64_t below = records <= RANDOM_RECORDS ? UINT64_MAX : UINT64_MAX / records * RANDOM_RECORDS;
    for (size_t i = 0; i < records && count < room; i++) {
        uint64_t hash = list_record_hash(list, i);
        if (hash <= below)
            out[count++] = (struct drawn){hash, (uint32_t)i};
    }
    qsort(out, count, sizeof *out, drawn_order);
    return count;
}

static void strangers_sample(struct scorer *s)
{
    enum { ROOM = RANDOM_RECORDS * 2 };
    struct drawn *drawn = mem_alloc(ROOM * sizeof *drawn);
    size_t count = records_draw(s->list, drawn, ROOM);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            pair_sample(s, list_record(s->list, drawn[i].record),
                        list_record(s->list, drawn[j].record));
    mem_free(drawn);
}

static void learn(struct matching *m)
{
    const struct list *list = m->list;
    double records = (double)list->records, part = LEARNT_RECORDS / (records + 1);
    struct scorer random = {.list = list, .comparer = comparer_new(list)};
    struct scorer found = {.list = list, .comparer = random.comparer};
    strangers_sample(&random);
    blocking_sample(&m->blocking, part, block_sample, &found);
    model_learn(&m->model, list, &random.samples, &found.samples, records * (records - 1) / 2,
                part < 1 ? part : 1);
    samples_release(&random.samples);
    samples_release(&found.samples);
    comparer_free(random.comparer);
}

static void score(struct matching *m, size_t threads, bool keeps_edges, uint32_t *connected)
{
    struct scorer *scorers[BLOCK_THREADS] = {NULL};
    void *contexts[BLOCK_THREADS] = {NULL};
    for (size_t i = 0; i < threads; i++) {
        struct scorer *s = contexts[i] = scorers[i] = mem_alloc(sizeof *s);
        s->list = m->list;
        s->model = &m->model;
        s->comparer = comparer_new(m->list);
        s->bounds = model_bounds(&m->model, m->list, keeps_edges ? PAIR_SHOWN : PAIR_THRESHOLD);
        s->keeps_edges = keeps_edges;
        s->connected = connected;
    }
    blocking_visit(&m->blocking, block_score, contexts);
    m->edges = scorers[0]->edges;
    for (size_t i = 0; i < threads; i++) {
        for (size_t k = 0; k < scorers[i]->edges.count && i; k++) {
            struct edge *e = &scorers[i]->edges.all[k];
            edges_add(&m->edges, e->left, e->right, e->odds);
        }
        if (i)
            edges_release(&scorers[i]->edges);
        comparer_free(scorers[i]->comparer);
        mem_free(scorers[i]);
    }
    for (size_t r = 0; r < m->blocking.rules_count; r++)
        m->pairs_seen += m->blocking.rules[r].pairs;
}

static void run(struct matching *m, const struct list *list, size_t threads, bool keeps_edges)
{
    *m = (struct matching){.list = list};
    double began = seconds_now();
    uint32_t *connected = union_singles(list->records);
    blocking_init(&m->blocking, list, threads);
    learn(m);
    double learnt = seconds_now();
    score(m, threads, keeps_edges, connected);
    double scored = seconds_now();
    cluster_all(&m->clusters, list, &m->model, &m->blocking, connected, threads);
    blocking_release(&m->blocking);
    mem_free(connected);
    m->seconds[0] = learnt - began;
    m->seconds[1] = scored - learnt;
    m->seconds[2] = seconds_now() - scored;
    fprintf(stderr, "[read %.2f init+learn %.2f score %.2f cluster %.2f]\n", began, m->seconds[0],
            m->seconds[1], m->seconds[2]);
}

void matching_run(struct matching *m, const struct list *list, size_t threads)
{
    run(m, list, threads, true);
}

void matching_run_clusters(struct matching *m, const struct list *list, size_t threads)
{
    run(m, list, threads, false);
}

void matching_release(struct matching *m)
{
    edges_release(&m->edges);
    clustering_release(&m->clusters);
}
