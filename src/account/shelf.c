#include "account/shelf.h"

#include <pthread.h>

#include "store/page.h"

struct shelved {
    struct arena arena;
    struct groups groups;
    uint64_t generation;
    size_t holders; /* the shelf itself is one as long as it is the latest */
};

struct account_shelf {
    pthread_mutex_t lock;
    pthread_cond_t made;
    struct shelved *latest; /* or NULL */
    bool making;
};

struct account_shelf *account_shelf_new(void)
{
    struct account_shelf *shelf = mem_alloc(sizeof *shelf);
    pthread_mutex_init(&shelf->lock, NULL);
    pthread_cond_init(&shelf->made, NULL);
    return shelf;
}

/* Under the lock. */
static void let_go(struct shelved *shelved)
{
    if (!shelved || --shelved->holders)
        return;
    arena_release(&shelved->arena);
    mem_free(shelved);
}

void account_shelf_free(struct account_shelf *shelf)
{
    if (!shelf)
        return;
    let_go(shelf->latest);
    pthread_cond_destroy(&shelf->made);
    pthread_mutex_destroy(&shelf->lock);
    mem_free(shelf);
}

static void hold(struct shelved *shelved, struct account_hold *out)
{
    shelved->holders++;
    *out = (struct account_hold){&shelved->groups, shelved};
}

static enum outcome make(struct archive *a, const struct incident_facts *incidents, size_t count,
                         uint64_t generation, struct shelved **out, struct fault *why)
{
    struct shelved *made = mem_alloc(sizeof *made);
    arena_init(&made->arena);
    made->generation = generation;
    made->holders = 1;
    enum outcome result = groups_all(a, incidents, count, &made->arena, &made->groups, why);
    if (result != OK)
        let_go(made);
    else
        *out = made;
    return result;
}

/* In a snapshot of the archive, which is of this generation. */
static enum outcome find_or_make(struct account_shelf *shelf, struct archive *a,
                                 const struct incident_facts *incidents, size_t count,
                                 uint64_t generation, struct account_hold *out, struct fault *why)
{
    struct shelved *made = NULL;
    enum outcome result = OK;
    pthread_mutex_lock(&shelf->lock);
    while (shelf->making && !(shelf->latest && shelf->latest->generation == generation))
        pthread_cond_wait(&shelf->made, &shelf->lock);
    if (!shelf->latest || shelf->latest->generation != generation) {
        shelf->making = true;
        pthread_mutex_unlock(&shelf->lock);
        result = make(a, incidents, count, generation, &made, why);
        pthread_mutex_lock(&shelf->lock);
        shelf->making = false;
        if (made) {
            let_go(shelf->latest);
            shelf->latest = made;
        }
        pthread_cond_broadcast(&shelf->made);
    }
    if (result == OK)
        hold(shelf->latest, out);
    pthread_mutex_unlock(&shelf->lock);
    return result;
}

enum outcome account_hold(struct account_shelf *shelf, struct archive *a,
                          const struct incident_facts *incidents, size_t count,
                          struct account_hold *out, struct fault *why)
{
    uint64_t generation;
    *out = (struct account_hold){0};
    enum outcome result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    result = archive_generation(a, &generation, why);
    if (result == OK)
        result = find_or_make(shelf, a, incidents, count, generation, out, why);
    archive_snapshot_end(a);
    return result;
}

void account_release(struct account_shelf *shelf, struct account_hold *hold)
{
    pthread_mutex_lock(&shelf->lock);
    let_go(hold->shelved);
    pthread_mutex_unlock(&shelf->lock);
    *hold = (struct account_hold){0};
}
