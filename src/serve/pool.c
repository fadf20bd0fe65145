#include "serve/pool.h"

#include <pthread.h>

#include "store/page.h"

struct place {
    struct archive *archive;
    bool taken;
};

struct pool {
    pthread_mutex_t lock;   /* over what follows */
    pthread_mutex_t writer; /* held as long as an archive is open for writing */
    struct pool_source source;
    struct master_key *key;
    struct place *places;
    size_t count;
    uint64_t seen; /* the archive's generation when it was last asked */
    uint64_t generation;
    struct archive_kept *kept;
};

struct pool *pool_new(const struct pool_source *source)
{
    struct pool *pool = mem_alloc(sizeof *pool);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_mutex_init(&pool->writer, NULL);
    pool->source = *source;
    pool->key = master_key_keep(source->key);
    pool->source.key = pool->key;
    pool->kept = archive_kept_new();
    return pool;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    for (size_t i = 0; i < pool->count; i++)
        archive_close(pool->places[i].archive);
    mem_free(pool->places);
    archive_kept_free(pool->kept);
    master_key_drop(pool->key);
    pthread_mutex_destroy(&pool->lock);
    pthread_mutex_destroy(&pool->writer);
    mem_free(pool);
}

static enum outcome open_place(struct pool *pool, struct place **out, struct fault *why)
{
    struct archive *archive;
    enum outcome result =
        archive_open(pool->source.dir, pool->key, ARCHIVE_READ, pool->source.reader, &archive, why);
    if (result != OK)
        return result;
    pool->places = mem_resize_array(pool->places, pool->count + 1, sizeof *pool->places);
    *out = &pool->places[pool->count++];
    **out = (struct place){.archive = archive};
    archive_share(archive, pool->kept);
    return OK;
}

/* Under the lock: what another thread makes after that has the new count or was begun before the
 * change. */
static enum outcome look(struct pool *pool, struct place *place, struct fault *why)
{
    uint64_t now;
    enum outcome result = archive_generation(place->archive, &now, why);
    if (result == OK && (now != pool->seen || !pool->generation)) {
        pool->seen = now;
        pool->generation++;
    }
    return result;
}

enum outcome pool_take(struct pool *pool, struct archive **out, uint64_t *generation,
                       struct fault *why)
{
    struct place *place = NULL;
    enum outcome result = OK;
    *out = NULL;
    pthread_mutex_lock(&pool->lock);
    for (size_t i = 0; i < pool->count && !place; i++)
        if (!pool->places[i].taken)
            place = &pool->places[i];
    if (!place)
        result = open_place(pool, &place, why);
    if (result == OK)
        result = look(pool, place, why);
    if (result == OK) {
        place->taken = true;
        *out = place->archive;
        *generation = pool->generation;
    }
    pthread_mutex_unlock(&pool->lock);
    return result;
}

void pool_give(struct pool *pool, struct archive *archive)
{
    pthread_mutex_lock(&pool->lock);
    for (size_t i = 0; i < pool->count; i++)
        if (pool->places[i].archive == archive)
            pool->places[i].taken = false;
    pthread_mutex_unlock(&pool->lock);
}

enum outcome pool_take_writer(struct pool *pool, struct archive **out, struct fault *why)
{
    pthread_mutex_lock(&pool->writer);
    enum outcome result =
        archive_open(pool->source.dir, pool->key, ARCHIVE_WRITE, pool->source.reader, out, why);
    if (result != OK)
        pthread_mutex_unlock(&pool->writer);
    return result;
}

void pool_give_writer(struct pool *pool, struct archive *archive)
{
    archive_close(archive);
    pthread_mutex_unlock(&pool->writer);
}
