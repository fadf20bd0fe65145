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

/* ---- the table: few entries, looked through from end to end ---- */

enum { ENTRIES = 512 };

struct entry {
    struct hash key;
    struct answer *answer; /* NULL while somebody makes it */
    uint64_t used;         /* when, by the cache's own count */
    bool there;
};

struct cache {
    pthread_mutex_t lock;
    pthread_cond_t made;
    struct entry entries[ENTRIES];
    size_t limit, bytes;
    uint64_t count;
};

struct cache *cache_new(size_t limit)
{
    struct cache *cache = mem_alloc(sizeof *cache);
    pthread_mutex_init(&cache->lock, NULL);
    pthread_cond_init(&cache->made, NULL);
    cache->limit = limit;
    return cache;
}

static void entry_drop(struct cache *cache, struct entry *entry)
{
    if (entry->answer) {
        cache->bytes -= answer_bytes(entry->answer).len;
        answer_release(entry->answer);
    }
    *entry = (struct entry){0};
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < ENTRIES; i++)
        entry_drop(cache, &cache->entries[i]);
    pthread_cond_destroy(&cache->made);
    pthread_mutex_destroy(&cache->lock);
    mem_free(cache);
}

static struct entry *entry_find(struct cache *cache, const struct hash *key)
{
    for (size_t i = 0; i < ENTRIES; i++)
        if (cache->entries[i].there && hash_equal(&cache->entries[i].key, key))
            return &cache->entries[i];
    return NULL;
}

/* the page that was not asked for the longest; NULL when all are being made */
static struct entry *entry_oldest(struct cache *cache)
{
    struct entry *oldest = NULL;
    for (size_t i = 0; i < ENTRIES; i++) {
        struct entry *e = &cache->entries[i];
        if (e->answer && (!oldest || e->used < oldest->used))
            oldest = e;
    }
    return oldest;
}

static struct entry *entry_vacant(struct cache *cache)
{
    for (size_t i = 0; i < ENTRIES; i++)
        if (!cache->entries[i].there)
            return &cache->entries[i];
    struct entry *oldest = entry_oldest(cache);
    if (oldest)
        entry_drop(cache, oldest);
    return oldest;
}

struct answer *cache_begin(struct cache *cache, const struct hash *key)
{
    struct answer *answer = NULL;
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = entry_find(cache, key);
    while (entry && !entry->answer) {
        pthread_cond_wait(&cache->made, &cache->lock);
        entry = entry_find(cache, key);
    }
    if (!entry && (entry = entry_vacant(cache)))
        *entry = (struct entry){.key = *key, .there = true};
    if (entry) {
        entry->used = ++cache->count;
        answer = entry->answer;
    }
    if (answer)
        answer_hold(answer);
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

void cache_end(struct cache *cache, const struct hash *key, struct answer *answer)
{
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = entry_find(cache, key);
    if (entry && answer && answer_bytes(answer).len <= cache->limit / 4)
        entry_fill(cache, entry, answer);
    else if (entry)
        entry_drop(cache, entry);
    pthread_cond_broadcast(&cache->made);
    pthread_mutex_unlock(&cache->lock);
}
