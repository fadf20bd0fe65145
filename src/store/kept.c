#include "store/kept_int.h"

#include <pthread.h>

enum { VERIFIED_SLOTS = 4096, MENTIONED_NAMES = 256 };

/* Ids of objects that were as they should be, by open addressing, of one generation. */
struct verified {
    uint64_t generation;
    size_t count;
    struct hash at[VERIFIED_SLOTS]; /* none: free */
};

/* The mentions of names that have many, of one generation. */
struct mentioned {
    uint64_t generation;
    struct arena arena;
    struct mentioned_name {
        struct str key;
        bool organisation;
        struct mention_view *at;
        size_t count;
    } names[MENTIONED_NAMES];
    size_t count;
};

struct archive_kept {
    pthread_mutex_t names_lock[2]; /* each held while its names are read */
    struct name_list *names[2];
    uint64_t names_of[2];         /* their generations */
    pthread_mutex_t waiting_lock; /* held while they are found */
    struct waiting_list *waiting;
    uint64_t waiting_of;
    pthread_mutex_t mentioned_lock;
    struct mentioned mentioned;
    pthread_mutex_t verified_lock;
    struct verified verified;
};

struct archive_kept *archive_kept_new(void)
{
    struct archive_kept *kept = mem_alloc(sizeof *kept);
    for (size_t i = 0; i < COUNT_OF(kept->names_lock); i++)
        pthread_mutex_init(&kept->names_lock[i], NULL);
    pthread_mutex_init(&kept->waiting_lock, NULL);
    pthread_mutex_init(&kept->mentioned_lock, NULL);
    arena_init(&kept->mentioned.arena);
    pthread_mutex_init(&kept->verified_lock, NULL);
    return kept;
}

void archive_kept_free(struct archive_kept *kept)
{
    if (!kept)
        return;
    for (size_t i = 0; i < COUNT_OF(kept->names); i++) {
        name_list_release(kept->names[i]);
        pthread_mutex_destroy(&kept->names_lock[i]);
    }
    waiting_list_release(kept->waiting);
    pthread_mutex_destroy(&kept->waiting_lock);
    arena_release(&kept->mentioned.arena);
    pthread_mutex_destroy(&kept->mentioned_lock);
    pthread_mutex_destroy(&kept->verified_lock);
    mem_free(kept);
}

void archive_share(struct archive *a, struct archive_kept *kept)
{
    a->kept = kept;
    sqlite3_exec(a->db, "PRAGMA cache_size = -12288", NULL, NULL, NULL);
}

/* ---- names ---- */

enum outcome kept_names(struct archive *a, bool organisations, struct name_list **out,
                        struct fault *why)
{
    struct archive_kept *kept = a->dated ? a->kept : NULL;
    size_t i = organisations;
    if (!kept)
        return name_list_read(a, organisations, out, why);
    enum outcome result = OK;
    pthread_mutex_lock(&kept->names_lock[i]);
    if (!kept->names[i] || kept->names_of[i] != a->generation) {
        name_list_release(kept->names[i]);
        kept->names[i] = NULL;
        result = name_list_read(a, organisations, &kept->names[i], why);
        kept->names_of[i] = a->generation;
    }
    if (result == OK)
        name_list_hold(kept->names[i]);
    *out = kept->names[i];
    pthread_mutex_unlock(&kept->names_lock[i]);
    return result;
}

/* ---- documents that wait ---- */

enum outcome kept_waiting(struct archive *a, struct waiting_list **out, struct fault *why)
{
    struct archive_kept *kept = a->dated ? a->kept : NULL;
    if (!kept)
        return waiting_list_read(a, out, why);
    enum outcome result = OK;
    pthread_mutex_lock(&kept->waiting_lock);
    if (!kept->waiting || kept->waiting_of != a->generation) {
        waiting_list_release(kept->waiting);
        kept->waiting = NULL;
        result = waiting_list_read(a, &kept->waiting, why);
        kept->waiting_of = a->generation;
    }
    if (result == OK)
        waiting_list_hold(kept->waiting);
    *out = kept->waiting;
    pthread_mutex_unlock(&kept->waiting_lock);
    return result;
}

/* ---- mentions ---- */

static struct mention_view *mentions_copy(struct arena *arena, const struct mention_view *from,
                                          size_t count, struct str key)
{
    struct mention_view *copies = arena_alloc(arena, (count + 1) * sizeof *copies);
    for (size_t i = 0; i < count; i++) {
        struct mention_view *m = &copies[i];
        *m = from[i];
        m->key = key;
        m->name = arena_copy(arena, m->name);
        m->date = arena_copy(arena, m->date);
        m->role = arena_copy(arena, m->role);
        m->event = arena_copy(arena, m->event);
    }
    return copies;
}

/* with the lock */
static const struct mentioned_name *mentioned_find(const struct mentioned *all, struct str key,
                                                   bool organisation)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->names[i].organisation == organisation && str_equal(all->names[i].key, key))
            return &all->names[i];
    return NULL;
}

bool kept_mentions(struct archive *a, struct str key, bool organisation, struct arena *arena,
                   struct mention_view **out, size_t *count)
{
    struct archive_kept *kept = a->dated ? a->kept : NULL;
    if (!kept)
        return false;
    pthread_mutex_lock(&kept->mentioned_lock);
    const struct mentioned_name *found = NULL;
    if (kept->mentioned.generation == a->generation)
        found = mentioned_find(&kept->mentioned, key, organisation);
    if (found) {
        *out = mentions_copy(arena, found->at, found->count, key);
        *count = found->count;
    }
    pthread_mutex_unlock(&kept->mentioned_lock);
    return found;
}

void kept_note_mentions(struct archive *a, struct str key, bool organisation,
                        const struct mention_view *mentions, size_t count)
{
    struct archive_kept *kept = a->dated ? a->kept : NULL;
    if (!kept)
        return;
    struct mentioned *all = &kept->mentioned;
    pthread_mutex_lock(&kept->mentioned_lock);
    if (all->generation != a->generation) {
        arena_release(&all->arena);
        all->count = 0;
        all->generation = a->generation;
    }
    if (all->count < MENTIONED_NAMES && !mentioned_find(all, key, organisation)) {
        struct str own = arena_copy(&all->arena, key);
        all->names[all->count++] = (struct mentioned_name){
            own, organisation, mentions_copy(&all->arena, mentions, count, own), count};
    }
    pthread_mutex_unlock(&kept->mentioned_lock);
}

/* ---- what was verified ---- */

/* its place, or the free one where it would stand */
static struct hash *verified_find(struct verified *v, const struct hash *id)
{
    size_t slot;
    memcpy(&slot, id->bytes, sizeof slot);
    for (slot %= VERIFIED_SLOTS;; slot = (slot + 1) % VERIFIED_SLOTS)
        if (hash_is_none(&v->at[slot]) || hash_equal(&v->at[slot], id))
            return &v->at[slot];
}

static void verified_begin(struct verified *v, uint64_t generation)
{
    if (v->generation != generation || v->count == VERIFIED_SLOTS / 2)
        *v = (struct verified){.generation = generation};
}

bool kept_verified(struct archive *a, const struct hash *id)
{
    struct archive_kept *kept = a->dated ? a->kept : NULL;
    if (!kept)
        return false;
    pthread_mutex_lock(&kept->verified_lock);
    bool known = kept->verified.generation == a->generation &&
                 hash_equal(verified_find(&kept->verified, id), id);
    pthread_mutex_unlock(&kept->verified_lock);
    return known;
}

void kept_note_verified(struct archive *a, const struct hash *id)
{
    struct archive_kept *kept = a->dated ? a->kept : NULL;
    if (!kept)
        return;
    pthread_mutex_lock(&kept->verified_lock);
    verified_begin(&kept->verified, a->generation);
    struct hash *place = verified_find(&kept->verified, id);
    kept->verified.count += hash_is_none(place);
    *place = *id;
    pthread_mutex_unlock(&kept->verified_lock);
}
