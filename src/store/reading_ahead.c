#include <pthread.h>
#include <sched.h>

#include "store/document_int.h"

/* One thread alone uses the database: it adds documents, and writes their rows in the order in
 * which they were added. Between the two each is read by whoever is free: by other threads, one for
 * each further processor, or by the first itself when what it waits for nobody has begun. */

/* What one has read takes a hundred times its text where that is a list. */
enum {
    AHEAD = 256,
    WORKERS_LIMIT = 3,
    BYTES_AHEAD = 4 * 1024 * 1024,
    READ_AHEAD = 16 * 1024 * 1024,
    FEW = 4
};

enum stage { STAGE_LOADED, STAGE_READING, STAGE_READ };

struct place {
    struct document document;
    enum stage stage; /* under the lock */
    size_t read_bytes;
};

struct reading_ahead {
    const struct archive_reader *reader;
    struct place places[AHEAD]; /* a ring */
    size_t first, count;        /* under the lock; changed by the first thread alone */
    size_t read_bytes;          /* under the lock: what those that were read take */
    bool over;
    pthread_mutex_t lock;
    pthread_cond_t loaded, read;
    pthread_t workers[WORKERS_LIMIT];
    size_t workers_count;
    size_t added, bytes; /* in all; of the texts in the ring */
};

static struct place *place_at(struct reading_ahead *r, size_t i)
{
    return &r->places[(r->first + i) % AHEAD];
}

/* with the lock: the first that nobody reads, or NULL */
static struct place *claim(struct reading_ahead *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (place_at(r, i)->stage == STAGE_LOADED) {
            place_at(r, i)->stage = STAGE_READING;
            return place_at(r, i);
        }
    return NULL;
}

/* with the lock, which it gives up for as long as it reads */
static void read_claimed(struct reading_ahead *r, struct place *p)
{
    pthread_mutex_unlock(&r->lock);
    document_read(r->reader, &p->document);
    pthread_mutex_lock(&r->lock);
    p->stage = STAGE_READ;
    p->read_bytes = p->document.arena.total;
    r->read_bytes += p->read_bytes;
    pthread_cond_signal(&r->read);
}

static void *work(void *context)
{
    struct reading_ahead *r = context;
    pthread_mutex_lock(&r->lock);
    while (!r->over) {
        struct place *p = r->read_bytes < READ_AHEAD ? claim(r) : NULL;
        if (p)
            read_claimed(r, p);
        else
            pthread_cond_wait(&r->loaded, &r->lock);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

static size_t further_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set))
        return 0;
    size_t count = (size_t)CPU_COUNT(&set) - 1;
    return count < WORKERS_LIMIT ? count : WORKERS_LIMIT;
}

/* a worker that cannot be started is one fewer: the first thread reads, too */
static void start_workers(struct reading_ahead *r)
{
    size_t wanted = further_processors();
    while (r->workers_count < wanted &&
           pthread_create(&r->workers[r->workers_count], NULL, work, r) == 0)
        r->workers_count++;
}

struct reading_ahead *reading_ahead_begin(const struct archive_reader *reader)
{
    struct reading_ahead *r = mem_alloc(sizeof *r);
    r->reader = reader;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->loaded, NULL);
    pthread_cond_init(&r->read, NULL);
    return r;
}

void reading_ahead_end(struct reading_ahead *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->over = true;
    pthread_cond_broadcast(&r->loaded);
    pthread_mutex_unlock(&r->lock);
    for (size_t i = 0; i < r->workers_count; i++)
        pthread_join(r->workers[i], NULL);
    for (size_t i = 0; i < r->count; i++)
        document_release(&place_at(r, i)->document);
    pthread_cond_destroy(&r->read);
    pthread_cond_destroy(&r->loaded);
    pthread_mutex_destroy(&r->lock);
    mem_free(r);
}

bool reading_ahead_has_room(const struct reading_ahead *r)
{
    return r->count < AHEAD && (!r->count || r->bytes < BYTES_AHEAD);
}

struct document *reading_ahead_place(struct reading_ahead *r)
{
    return &place_at(r, r->count)->document;
}

void reading_ahead_add(struct reading_ahead *r)
{
    struct place *p = place_at(r, r->count);
    pthread_mutex_lock(&r->lock);
    p->stage = STAGE_LOADED;
    r->bytes += p->document.kept.len;
    r->count++;
    pthread_cond_signal(&r->loaded);
    pthread_mutex_unlock(&r->lock);
    if (++r->added == FEW)
        start_workers(r);
}

/* the oldest, read */
static struct document *wait_for_first(struct reading_ahead *r)
{
    pthread_mutex_lock(&r->lock);
    while (place_at(r, 0)->stage != STAGE_READ) {
        struct place *p = claim(r);
        if (p)
            read_claimed(r, p);
        else
            pthread_cond_wait(&r->read, &r->lock);
    }
    pthread_mutex_unlock(&r->lock);
    return &place_at(r, 0)->document;
}

static void forget_first(struct reading_ahead *r)
{
    r->bytes -= place_at(r, 0)->document.kept.len;
    document_release(&place_at(r, 0)->document);
    pthread_mutex_lock(&r->lock);
    if (r->read_bytes >= READ_AHEAD)
        pthread_cond_broadcast(&r->loaded);
    r->read_bytes -= place_at(r, 0)->read_bytes;
    r->first = (r->first + 1) % AHEAD;
    r->count--;
    pthread_mutex_unlock(&r->lock);
}

enum outcome reading_ahead_write(struct reading_ahead *r, struct archive *a, struct fault *why)
{
    enum outcome result = document_put(a, wait_for_first(r), why);
    forget_first(r);
    return result;
}

static enum outcome load_next(struct reading_ahead *r, struct archive *a, const struct hash *bytes,
                              struct fault *why)
{
    struct document *d = reading_ahead_place(r);
    enum outcome result = document_load(a, bytes, d, why);
    if (result == OK)
        reading_ahead_add(r);
    else
        document_release(d);
    return result;
}

enum outcome derive_documents(struct archive *a, const struct hash_list *bytes,
                              archive_progress *progress, void *context, struct fault *why)
{
    struct reading_ahead *r = reading_ahead_begin(a->reader);
    size_t loaded = 0;
    enum outcome result = OK;
    for (size_t done = 0; done < bytes->count && result == OK; done++) {
        while (result == OK && loaded < bytes->count && reading_ahead_has_room(r))
            result = load_next(r, a, &bytes->at[loaded++], why);
        if (result == OK)
            result = reading_ahead_write(r, a, why);
        if (progress && result == OK)
            progress(context, done + 1, bytes->count);
    }
    reading_ahead_end(r);
    return result;
}
