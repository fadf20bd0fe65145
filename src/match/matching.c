#include "match/matching.h"

#include <stdlib.h>
#include <time.h>

enum {
    WAITING = 32,
    RANDOM_RECORDS = 600,  /* all pairs among so many stand for strangers */
    LEARNT_RECORDS = 4000, /* the blocks of so many records are learnt from */
};

/* A pair that waits until the memory has what its comparison needs. */
struct waiting {
    uint32_t left, right;
    uint32_t slots[2][LIST_FEATURES];
};

/* What a thread needs to score pairs. */
struct scorer {
    const struct list *list;
    const struct model *model;
    struct bounds bounds;
    struct comparer *comparer;
    struct edges edges;
    struct samples samples;
    struct waiting waiting[WAITING];
    size_t waiting_count;
};

enum outcome matching_start(struct fault *why)
{
    enum outcome outcome = spelling_start(why);
    return outcome ? outcome : likeness_start(why);
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void pair_sample(void *context, uint32_t left, uint32_t right, const uint32_t *left_slots,
                        const uint32_t *right_slots)
{
    struct scorer *s = context;
    struct evidence e;
    (void)left;
    (void)right;
    evidence_of(s->comparer, left_slots, right_slots, &e);
    samples_add(&s->samples, s->list, left_slots, right_slots, &e);
}

static void waiting_score(struct scorer *s)
{
    for (size_t i = 0; i < s->waiting_count; i++) {
        const struct waiting *w = &s->waiting[i];
        struct evidence e;
        if (!evidence_within(s->comparer, w->slots[0], w->slots[1], &s->bounds, &e))
            continue;
        float odds = model_odds(s->model, s->list, w->slots[0], w->slots[1], &e);
        if (odds >= PAIR_SHOWN)
            edges_add(&s->edges, w->left, w->right, odds);
    }
    s->waiting_count = 0;
}

static void pair_score(void *context, uint32_t left, uint32_t right, const uint32_t *left_slots,
                       const uint32_t *right_slots)
{
    struct scorer *s = context;
    if (!evidence_possible(s->comparer, left_slots, right_slots, &s->bounds))
        return;
    struct waiting *w = &s->waiting[s->waiting_count++];
    w->left = left;
    w->right = right;
    size_t size = s->list->features_count * sizeof *left_slots;
    memcpy(w->slots[0], left_slots, size);
    memcpy(w->slots[1], right_slots, size);
    if (s->waiting_count == WAITING)
        waiting_score(s);
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
            pair_sample(s, 0, 0, list_record(s->list, drawn[i].record),
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
    blocking_sample(&m->blocking, part, pair_sample, &found);
    model_learn(&m->model, list, &random.samples, &found.samples, records * (records - 1) / 2,
                part < 1 ? part : 1);
    samples_release(&random.samples);
    samples_release(&found.samples);
    comparer_free(random.comparer);
}

static void score(struct matching *m, size_t threads)
{
    struct scorer scorers[BLOCK_THREADS];
    void *contexts[BLOCK_THREADS] = {NULL};
    for (size_t i = 0; i < threads; i++) {
        scorers[i] =
            (struct scorer){.list = m->list, .model = &m->model, .comparer = comparer_new(m->list)};
        scorers[i].bounds = model_bounds(&m->model, m->list, PAIR_SHOWN);
        contexts[i] = &scorers[i];
    }
    blocking_visit(&m->blocking, pair_score, contexts);
    for (size_t i = 0; i < threads; i++)
        waiting_score(&scorers[i]);
    m->edges = scorers[0].edges;
    comparer_free(scorers[0].comparer);
    for (size_t i = 1; i < threads; i++) {
        for (size_t k = 0; k < scorers[i].edges.count; k++) {
            struct edge *e = &scorers[i].edges.all[k];
            edges_add(&m->edges, e->left, e->right, e->odds);
        }
        edges_release(&scorers[i].edges);
        comparer_free(scorers[i].comparer);
    }
    for (size_t r = 0; r < m->blocking.rules_count; r++)
        m->pairs_seen += m->blocking.rules[r].pairs;
}

void matching_run(struct matching *m, const struct list *list, size_t threads)
{
    *m = (struct matching){.list = list};
    double began = seconds_now();
    blocking_init(&m->blocking, list, threads);
    learn(m);
    double learnt = seconds_now();
    score(m, threads);
    blocking_release(&m->blocking);
    double scored = seconds_now();
    cluster_all(&m->clusters, list, &m->model, &m->edges, threads);
    m->seconds[0] = learnt - began;
    m->seconds[1] = scored - learnt;
    m->seconds[2] = seconds_now() - scored;
}

void matching_release(struct matching *m)
{
    edges_release(&m->edges);
    clustering_release(&m->clusters);
}
