#include "match/block_int.h"

#include <pthread.h>

#include "match/mix_int.h"

enum { RADIX_BITS = 11, RADIX = 1 << RADIX_BITS, KEY_BITS = 32, PREFETCH = 12 };

/* One thread's share of a walk over the blocks: the keys that are `mine` of `of`. */
struct walk {
    const struct blocking *blocking;
    struct block_rule *rules; /* where what they gave is counted; NULL for a sample */
    size_t mine, of;
    uint32_t sample; /* keys whose scattered bits are below it, of 2^24 */
    block_visit *visit;
    void *context;
    uint64_t *items, *spare; /* key << 32 | record */
    size_t count, room;
    uint32_t *slots, *keys; /* of the block at hand */
    pthread_barrier_t *together;
    uint32_t *all_keys;
};

static bool is_mine(const struct walk *w, uint32_t key)
{
    if (!key)
        return false;
    uint64_t scattered = mix(key);
    return scattered % w->of == w->mine && (scattered >> 40) < w->sample;
}

static void item_add(struct walk *w, uint32_t key, size_t record)
{
    if (w->count == w->room) {
        w->room = w->room * 3 / 2 + 4096;
        w->items = mem_resize_array(w->items, w->room, sizeof *w->items);
    }
    w->items[w->count++] = (uint64_t)key << 32 | record;
}

static void items_collect(struct walk *w, size_t rule)
{
    const struct blocking *b = w->blocking;
    const struct list *l = b->list;
    w->count = 0;
    if (!b->rules[rule].words) {
        for (size_t i = 0; i < l->records; i++) {
            uint32_t key = __atomic_load_n(&b->keys[i * b->rules_count + rule], __ATOMIC_RELAXED);
            if (is_mine(w, key))
                item_add(w, key, i);
        }
        return;
    }
    uint32_t words[RECORD_WORDS];
    for (size_t i = 0; i < l->records; i++) {
        size_t count = record_word_keys(l, list_record(l, i), words);
        for (size_t k = 0; k < count; k++)
            if (is_mine(w, words[k]))
                item_add(w, words[k], i);
    }
}

static void items_sort(struct walk *w)
{
    w->spare = mem_resize_array(w->spare, w->room, sizeof *w->spare);
    for (unsigned shift = 32; shift < 32 + KEY_BITS; shift += RADIX_BITS) {
        size_t ends[RADIX] = {0}, sum = 0;
        for (size_t i = 0; i < w->count; i++)
            ends[w->items[i] >> shift & (RADIX - 1)]++;
        for (size_t i = 0; i < RADIX; i++) {
            size_t here = ends[i];
            ends[i] = sum;
            sum += here;
        }
        for (size_t i = 0; i < w->count; i++)
            w->spare[ends[w->items[i] >> shift & (RADIX - 1)]++] = w->items[i];
        uint64_t *kept = w->items;
        w->items = w->spare;
        w->spare = kept;
    }
}

/* found by an earlier rule already */
static bool seen_before(const uint32_t *left, const uint32_t *right, size_t rules)
{
    for (size_t r = 0; r < rules; r++)
        if (left[r] && left[r] == right[r])
            return true;
    return false;
}

static void block_gather(struct walk *w, const uint64_t *items, size_t count, size_t rule)
{
    const struct blocking *b = w->blocking;
    size_t features = b->list->features_count;
    for (size_t i = 0; i < count; i++) {
        size_t record = (uint32_t)items[i];
        memcpy(w->slots + i * features, list_record(b->list, record), features * sizeof *w->slots);
        memcpy(w->keys + i * rule, b->keys + record * b->rules_count, rule * sizeof *w->keys);
    }
}

static size_t block_pairs(struct walk *w, const uint64_t *items, size_t count, size_t rule)
{
    size_t features = w->blocking->list->features_count, pairs = 0;
    block_gather(w, items, count, rule);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            if (seen_before(w->keys + i * rule, w->keys + j * rule, rule))
                continue;
            w->visit(w->context, (uint32_t)items[i], (uint32_t)items[j], w->slots + i * features,
                     w->slots + j * features);
            pairs++;
        }
    return pairs;
}

static void records_expect(const struct walk *w, size_t i)
{
    if (i >= w->count)
        return;
    size_t record = (uint32_t)w->items[i];
    const struct blocking *b = w->blocking;
    __builtin_prefetch(list_record(b->list, record));
    __builtin_prefetch(b->keys + record * b->rules_count);
}

static void rule_walk(struct walk *w, size_t rule)
{
    const struct blocking *b = w->blocking;
    size_t blocks = 0, pairs = 0, too_large = 0;
    items_collect(w, rule);
    items_sort(w);
    for (size_t i = 0, end; i < w->count; i = end) {
        uint64_t key = w->items[i] >> 32;
        for (end = i + 1; end < w->count && w->items[end] >> 32 == key; end++)
            records_expect(w, end + PREFETCH);
        if (end - i > b->limit) {
            too_large++;
            for (size_t k = i; k < end && w->rules; k++)
                __atomic_store_n(&w->all_keys[(uint32_t)w->items[k] * b->rules_count + rule], 0,
                                 __ATOMIC_RELAXED);
        } else if (end - i > 1) {
            blocks++;
            pairs += block_pairs(w, w->items + i, end - i, rule);
        }
    }
    if (w->rules)
        w->rules[rule] =
            (struct block_rule){.blocks = blocks, .pairs = pairs, .too_large = too_large};
}

static void walk_release(struct walk *w)
{
    mem_free(w->items);
    mem_free(w->spare);
    mem_free(w->slots);
    mem_free(w->keys);
}

static void *walk_all(void *context)
{
    struct walk *w = context;
    const struct blocking *b = w->blocking;
    w->slots = mem_resize_array(NULL, b->limit * b->list->features_count, sizeof *w->slots);
    w->keys = mem_resize_array(NULL, b->limit * b->rules_count, sizeof *w->keys);
    for (size_t r = 0; r < b->rules_count; r++) {
        rule_walk(w, r);
        /* what was too large is marked for the rules that follow */
        if (w->together)
            pthread_barrier_wait(w->together);
    }
    walk_release(w);
    return NULL;
}

void blocking_sample(const struct blocking *b, double part, block_visit *visit, void *context)
{
    struct walk w = {.blocking = b, .of = 1, .visit = visit, .context = context};
    w.sample = part >= 1 ? 1u << 24 : (uint32_t)(part * (1 << 24));
    walk_all(&w);
}

static void counts_add(struct blocking *b, const struct block_rule *counts)
{
    for (size_t r = 0; r < b->rules_count; r++) {
        b->rules[r].blocks += counts[r].blocks;
        b->rules[r].pairs += counts[r].pairs;
        b->rules[r].too_large += counts[r].too_large;
    }
}

void blocking_visit(struct blocking *b, block_visit *visit, void *const contexts[])
{
    struct walk walks[BLOCK_THREADS];
    struct block_rule counts[BLOCK_THREADS][BLOCK_RULES] = {0};
    pthread_t threads[BLOCK_THREADS];
    pthread_barrier_t together;
    pthread_barrier_init(&together, NULL, (unsigned)b->threads);
    for (size_t i = 0; i < b->threads; i++) {
        walks[i] = (struct walk){.blocking = b,
                                 .rules = counts[i],
                                 .mine = i,
                                 .of = b->threads,
                                 .sample = 1u << 24,
                                 .visit = visit,
                                 .context = contexts[i],
                                 .together = &together,
                                 .all_keys = b->keys};
        if (i && pthread_create(&threads[i], NULL, walk_all, &walks[i]))
            bug("a thread that cannot be started");
    }
    walk_all(&walks[0]);
    for (size_t i = 1; i < b->threads; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < b->threads; i++)
        counts_add(b, counts[i]);
    pthread_barrier_destroy(&together);
}
