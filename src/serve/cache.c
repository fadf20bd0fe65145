#include "serve/cache.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/fault.h"

struct answer {
    atomic_size_t holders;
    struct buf html;
};

struct answer *answer_new(struct buf *html)
{
    struct answer *answer = mem_alloc(sizeof *answer);
    atomic_init(&answer->holders, 1);
    answer->html = *html;
    buf_fit(&answer->html);
    buf_init(html, html->limit);
    return answer;
}

void answer_hold(struct answer *answer)
{
    atomic_fetch_add(&answer->holders, 1);
}

void answer_release(struct answer *answer)
{
    if (!answer || atomic_fetch_sub(&answer->holders, 1) > 1)
        return;
    buf_release(&answer->html);
    mem_free(answer);
}

struct str answer_bytes(const struct answer *answer)
{
    return buf_str(&answer->html);
}

/* ---- the table ---- */

enum { BUCKETS = 1024, ENTRIES = 8192 };

struct entry {
    struct hash key;
    struct answer *answer; /* NULL while somebody makes it */
    uint64_t number;       /* no other entry had it */
    size_t waiting;        /* who waits for the answer */
    bool passing;          /* it goes when they have it */
    struct entry *next;    /* in its bucket */
    struct entry *newer, *older;
};

struct cache {
    pthread_mutex_t lock;
    pthread_cond_t made;
    struct entry *buckets[BUCKETS];
    struct entry *newest, *oldest; /* by when they were asked for */
    size_t limit, bytes, count;
    uint64_t entries; /* there ever were */
};

struct cache *cache_new(size_t limit)
{
    struct cache *cache = mem_alloc(sizeof *cache);
    pthread_mutex_init(&cache->lock, NULL);
    pthread_cond_init(&cache->made, NULL);
    cache->limit = limit;
    return cache;
}

static struct entry **bucket_of(struct cache *cache, const struct hash *key)
{
    size_t bucket;
    memcpy(&bucket, key->bytes, sizeof bucket);
    return &cache->buckets[bucket % BUCKETS];
}

static void age_leave(struct cache *cache, struct entry *e)
{
    *(e->newer ? &e->newer->older : &cache->newest) = e->older;
    *(e->older ? &e->older->newer : &cache->oldest) = e->newer;
}

static void age_enter(struct cache *cache, struct entry *e)
{
    e->newer = NULL;
    e->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = e;
    cache->newest = e;
}

static void entry_drop(struct cache *cache, struct entry *entry)
{
    struct entry **place = bucket_of(cache, &entry->key);
    while (*place != entry)
        place = &(*place)->next;
    *place = entry->next;
    age_leave(cache, entry);
    if (entry->answer)
        cache->bytes -= answer_bytes(entry->answer).len;
    answer_release(entry->answer);
    mem_free(entry);
    cache->count--;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    while (cache->oldest)
        entry_drop(cache, cache->oldest);
    pthread_cond_destroy(&cache->made);
    pthread_mutex_destroy(&cache->lock);
    mem_free(cache);
}

static struct entry *entry_find(struct cache *cache, const struct hash *key)
{
    struct entry *entry = *bucket_of(cache, key);
    while (entry && !hash_equal(&entry->key, key))
        entry = entry->next;
    return entry;
}

/* the page that was not asked for the longest; NULL when all are being made */
static struct entry *entry_oldest(struct cache *cache)
{
    struct entry *entry = cache->oldest;
    while (entry && !entry->answer)
        entry = entry->newer;
    return entry;
}

/* NULL when there is no place */
static struct entry *entry_new(struct cache *cache, const struct hash *key)
{
    struct entry *oldest = cache->count < ENTRIES ? NULL : entry_oldest(cache);
    if (oldest)
        entry_drop(cache, oldest);
    if (cache->count == ENTRIES)
        return NULL;
    struct entry *entry = mem_alloc(sizeof *entry), **bucket = bucket_of(cache, key);
    *entry = (struct entry){.key = *key, .number = ++cache->entries, .next = *bucket};
    *bucket = entry;
    age_enter(cache, entry);
    cache->count++;
    return entry;
}

/* The entry with its answer; NULL when there is none to wait for. */
static struct entry *entry_await(struct cache *cache, const struct hash *key)
{
    struct entry *entry = entry_find(cache, key);
    while (entry && !entry->answer) {
        uint64_t number = entry->number;
        entry->waiting++;
        pthread_cond_wait(&cache->made, &cache->lock);
        entry = entry_find(cache, key);
        if (entry && entry->number == number)
            entry->waiting--;
    }
    return entry;
}

struct answer *cache_begin(struct cache *cache, const struct hash *key)
{
    struct answer *answer = NULL;
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = entry_await(cache, key);
    if (entry) {
        age_leave(cache, entry);
        age_enter(cache, entry);
        answer = entry->answer;
        answer_hold(answer);
        if (entry->passing && !entry->waiting)
            entry_drop(cache, entry);
    } else {
        entry = entry_new(cache, key);
    }
    pthread_mutex_unlock(&cache->lock);
    return answer;
}

static void entry_fill(struct cache *cache, struct entry *entry, struct answer *answer)
{
    size_t size = answer_bytes(answer).len;
    struct entry *oldest;
    while (cache->bytes + size > cache->limit && (oldest = entry_oldest(cache)))
        entry_drop(cache, oldest);
    answer_hold(answer);
    entry->answer = answer;
    cache->bytes += size;
}

static void end(struct cache *cache, const struct hash *key, struct answer *answer, bool passing)
{
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = entry_find(cache, key);
    bool wanted = answer && (!passing || (entry && entry->waiting));
    if (entry && wanted && answer_bytes(answer).len <= cache->limit / 4) {
        entry->passing = passing;
        entry_fill(cache, entry, answer);
    } else if (entry) {
        entry_drop(cache, entry);
    }
    pthread_cond_broadcast(&cache->made);
    pthread_mutex_unlock(&cache->lock);
}

void cache_end(struct cache *cache, const struct hash *key, struct answer *answer)
{
    end(cache, key, answer, false);
}

void cache_pass(struct cache *cache, const struct hash *key, struct answer *answer)
{
    end(cache, key, answer, true);
}

size_t cache_waiting(struct cache *cache, const struct hash *key)
{
    pthread_mutex_lock(&cache->lock);
    const struct entry *entry = entry_find(cache, key);
    size_t waiting = entry ? entry->waiting : 0;
    pthread_mutex_unlock(&cache->lock);
    return waiting;
}
