#include "match/block_int.h"

#include <pthread.h>

#include "match/large_int.h"
#include "match/mix_int.h"
#include "match/share_int.h"

enum { PARTS_BITS = 8, PARTS = 1 << PARTS_BITS, PART_SHIFT = 64 - PARTS_BITS, PREFETCH = 12 };

/* A walk over the blocks of all rules, by one thread or several. */
struct walk {
    const struct blocking *blocking;
    uint32_t sample;         /* keys whose scattered bits are below it, of 2^24 */
    const uint32_t *records; /* these alone; NULL: all */
    size_t count;
    block_visit *visit;
    void *const *contexts;
    struct blocking *marked; /* where blocks that are too large are marked; NULL: nowhere */
    /* of the rule at hand */
    uint64_t *items; /* key << 32 | record, in parts by the key's highest bits */
    size_t items_room;
    size_t (*sizes)[PARTS]; /* of each thread's share of every part */
    size_t begins[PARTS + 1];
    size_t next; /* part that nobody has taken */
    struct block_rule (*counts)[BLOCK_RULES];
    pthread_barrier_t together;
};

/* What one thread needs. */
struct walker {
    struct walk *walk;
    size_t mine, of, rule;
    uint64_t *spare;
    size_t spare_room;
    uint32_t *slots, *rows, *records, *left_out; /* of the block at hand */
};

static bool is_sampled(const struct walk *w, uint32_t key)
{
    return w->sample == 1u << 24 || mix(key) >> 40 < w->sample;
}

static size_t walk_record(const struct walk *w, size_t i)
{
    return w->records ? w->records[i] : i;
}

/* the keys of the record at place i that take part in this walk */
static size_t keys_of(const struct walker *k, size_t i, uint32_t keys[RECORD_KEYS])
{
    const struct walk *w = k->walk;
    size_t count = record_keys(w->blocking, k->rule, walk_record(w, i), keys), kept = 0;
    for (size_t n = 0; n < count; n++)
        if (is_sampled(w, keys[n]))
            keys[kept++] = keys[n];
    return kept;
}

static void parts_count(struct walker *k)
{
    struct walk *w = k->walk;
    uint32_t keys[RECORD_KEYS];
    size_t *sizes = w->sizes[k->mine], end = share_begin(w->count, k->mine + 1, k->of);
    memset(sizes, 0, sizeof w->sizes[k->mine]);
    for (size_t i = share_begin(w->count, k->mine, k->of); i < end; i++)
        for (size_t n = keys_of(k, i, keys); n-- > 0;)
            sizes[keys[n] >> (32 - PARTS_BITS)]++;
}

/* by one thread, once all have counted: where each share of each part begins */
static void parts_lay_out(struct walk *w, size_t threads)
{
    size_t sum = 0;
    for (size_t p = 0; p < PARTS; p++) {
        w->begins[p] = sum;
        for (size_t t = 0; t < threads; t++) {
            size_t size = w->sizes[t][p];
            w->sizes[t][p] = sum;
            sum += size;
        }
    }
    w->begins[PARTS] = sum;
    w->next = 0;
    if (sum > w->items_room) {
        mem_free(w->items);
        w->items_room = sum;
        w->items = mem_resize_array(NULL, sum, sizeof *w->items);
        large_pages(w->items, sum * sizeof *w->items);
    }
}

static void parts_fill(struct walker *k)
{
    struct walk *w = k->walk;
    uint32_t keys[RECORD_KEYS];
    size_t *places = w->sizes[k->mine], end = share_begin(w->count, k->mine + 1, k->of);
    for (size_t i = share_begin(w->count, k->mine, k->of); i < end; i++) {
        size_t count = keys_of(k, i, keys);
        for (size_t n = 0; n < count; n++)
            w->items[places[keys[n] >> (32 - PARTS_BITS)]++] =
                (uint64_t)keys[n] << 32 | walk_record(w, i);
    }
}

/* by what of the key is not the same in the whole part */
static void part_sort(struct walker *k, uint64_t *items, size_t count)
{
    enum { BITS = 8, BUCKETS = 1 << BITS };
    if (count > k->spare_room) {
        k->spare_room = count * 3 / 2;
        k->spare = mem_resize_array(k->spare, k->spare_room, sizeof *k->spare);
    }
    uint64_t *from = items, *to = k->spare;
    for (unsigned shift = 32; shift < PART_SHIFT; shift += BITS) {
        size_t ends[BUCKETS] = {0}, sum = 0;
        for (size_t i = 0; i < count; i++)
            ends[from[i] >> shift & (BUCKETS - 1)]++;
        for (size_t i = 0; i < BUCKETS; i++) {
            size_t here = ends[i];
            ends[i] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++)
            to[ends[from[i] >> shift & (BUCKETS - 1)]++] = from[i];
        uint64_t *kept = from;
        from = to;
        to = kept;
    }
    if (count)
        memcpy(items, from, count * sizeof *items);
}

bool block_pair_is_new(const struct block *b, size_t i, size_t j)
{
    const struct blocking *all = b->blocking;
    size_t count = all->atoms_count;
    const uint32_t *left = b->rows + i * count, *right = b->rows + j * count;
    size_t common = 0;
    for (size_t k = 0; k < count; k++)
        common |= (size_t)(left[k] == right[k] && left[k]) << k;
    if (left[0] && left[1] && left[0] == right[1] && left[1] == right[0])
        common |= (size_t)1 << count;
    uint32_t found = all->found[common] & ((1u << b->rule) - 1);
    return (found & ~(b->left_out[i] & b->left_out[j])) == 0;
}

static void block_take(struct walker *k, const uint64_t *items, size_t count)
{
    const struct blocking *b = k->walk->blocking;
    size_t features = b->list->features_count, atoms = b->atoms_count;
    for (size_t i = 0; i < count; i++) {
        size_t record = (uint32_t)items[i];
        const uint32_t *slots = list_record(b->list, record), *row = b->rows + record * atoms;
        k->records[i] = (uint32_t)record;
        k->left_out[i] = b->left_out[record];
        for (size_t f = 0; f < features; f++)
            k->slots[i * features + f] = slots[f];
        for (size_t a = 0; a < atoms; a++)
            k->rows[i * atoms + a] = row[a];
    }
    struct block block = {b, k->rule, count, k->records, k->left_out, k->slots, k->rows};
    k->walk->visit(k->walk->contexts[k->mine], &block);
}

static void record_expect(const struct blocking *b, uint64_t item)
{
    size_t record = (uint32_t)item;
    __builtin_prefetch(list_record(b->list, record));
    __builtin_prefetch(b->rows + record * b->atoms_count);
    __builtin_prefetch(b->left_out + record);
}

static void part_walk(struct walker *k, const uint64_t *items, size_t count,
                      struct block_rule *counts)
{
    struct walk *w = k->walk;
    const struct blocking *b = w->blocking;
    for (size_t i = 0, end; i < count; i = end) {
        uint64_t key = items[i] >> 32;
        for (end = i + 1; end < count && items[end] >> 32 == key; end++)
            if (end + PREFETCH < count)
                record_expect(b, items[end + PREFETCH]);
        if (end - i > b->rules[k->rule].limit) {
            counts->too_large++;
            for (size_t n = i; n < end && w->marked; n++)
                w->marked->left_out[(uint32_t)items[n]] |= 1u << k->rule;
        } else if (end - i > 1) {
            counts->blocks++;
            counts->pairs += (end - i) * (end - i - 1) / 2;
            block_take(k, items + i, end - i);
        }
    }
}

static size_t part_claim(struct walk *w)
{
    return __atomic_fetch_add(&w->next, 1, __ATOMIC_RELAXED);
}

static void rule_walk(struct walker *k)
{
    struct walk *w = k->walk;
    struct block_rule counts = {0};
    parts_count(k);
    if (pthread_barrier_wait(&w->together) == PTHREAD_BARRIER_SERIAL_THREAD)
        parts_lay_out(w, k->of);
    pthread_barrier_wait(&w->together);
    parts_fill(k);
    pthread_barrier_wait(&w->together);
    for (size_t p; (p = part_claim(w)) < PARTS;) {
        uint64_t *items = w->items + w->begins[p];
        size_t count = w->begins[p + 1] - w->begins[p];
        part_sort(k, items, count);
        part_walk(k, items, count, &counts);
    }
    w->counts[k->mine][k->rule] = counts;
    /* what was too large is marked for the rules that follow */
    pthread_barrier_wait(&w->together);
}

static void walk_share(void *context, size_t mine, size_t of)
{
    struct walk *w = context;
    const struct blocking *b = w->blocking;
    struct walker k = {.walk = w, .mine = mine, .of = of};
    k.slots = mem_resize_array(NULL, b->limit * b->list->features_count, sizeof *k.slots);
    k.rows = mem_resize_array(NULL, b->limit * b->atoms_count, sizeof *k.rows);
    k.records = mem_resize_array(NULL, b->limit, sizeof *k.records);
    k.left_out = mem_resize_array(NULL, b->limit, sizeof *k.left_out);
    for (k.rule = 0; k.rule < b->rules_count; k.rule++)
        rule_walk(&k);
    mem_free(k.spare);
    mem_free(k.slots);
    mem_free(k.rows);
    mem_free(k.records);
    mem_free(k.left_out);
}

static void walk_all(struct walk *w, size_t threads)
{
    w->sizes = mem_resize_array(NULL, threads, sizeof *w->sizes);
    w->counts = mem_resize_array(NULL, threads, sizeof *w->counts);
    pthread_barrier_init(&w->together, NULL, (unsigned)threads);
    shares_run(threads, walk_share, w);
    pthread_barrier_destroy(&w->together);
    for (size_t t = 0; t < threads && w->marked; t++)
        for (size_t r = 0; r < w->blocking->rules_count; r++) {
            w->marked->rules[r].blocks += w->counts[t][r].blocks;
            w->marked->rules[r].pairs += w->counts[t][r].pairs;
            w->marked->rules[r].too_large += w->counts[t][r].too_large;
        }
    mem_free(w->sizes);
    mem_free(w->counts);
    mem_free(w->items);
}

void blocking_sample(const struct blocking *b, double part, block_visit *visit, void *context)
{
    struct walk w = {.blocking = b, .count = b->list->records, .visit = visit};
    w.contexts = &context;
    w.sample = part >= 1 ? 1u << 24 : (uint32_t)(part * (1 << 24));
    walk_all(&w, 1);
}

void blocking_visit_some(const struct blocking *b, const uint32_t *records, size_t count,
                         block_visit *visit, void *context)
{
    struct walk w = {
        .blocking = b, .records = records, .count = count, .sample = 1u << 24, .visit = visit};
    w.contexts = &context;
    walk_all(&w, 1);
}

void blocking_visit(struct blocking *b, block_visit *visit, void *const contexts[])
{
    struct walk w = {.blocking = b,
                     .count = b->list->records,
                     .sample = 1u << 24,
                     .visit = visit,
                     .contexts = contexts,
                     .marked = b};
    walk_all(&w, b->threads);
}
