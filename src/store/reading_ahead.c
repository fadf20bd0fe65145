#include "base/in_order.h"
#include "store/document_int.h"

/* One thread alone uses the database: it adds documents, and writes their rows in the order in
 * which they were added. Between the two each is read by whoever is free: by other threads, one for
 * each further processor, or by the first itself when what it waits for nobody has begun. */

/* What one has read takes a hundred times its text where that is a list. */
enum {
    AHEAD = 256,
    THREADS_LIMIT = 4,
    BYTES_AHEAD = 4 * 1024 * 1024,
    READ_AHEAD = 16 * 1024 * 1024,
    FEW = 4
};

struct reading_ahead {
    const struct archive_reader *reader;
    struct document places[AHEAD]; /* a ring */
    size_t added, bytes;           /* in all; of the texts in the ring */
    struct in_order *order;
};

static void read_one(void *context, void *document)
{
    const struct reading_ahead *r = context;
    document_read(r->reader, document);
}

static size_t read_bytes(const void *document)
{
    return ((const struct document *)document)->arena.total;
}

struct reading_ahead *reading_ahead_begin(const struct archive_reader *reader)
{
    struct reading_ahead *r = mem_alloc(sizeof *r);
    r->reader = reader;
    r->order = in_order_with_places(AHEAD, read_one, r);
    in_order_bound(r->order, READ_AHEAD, read_bytes);
    return r;
}

void reading_ahead_end(struct reading_ahead *r)
{
    if (!r)
        return;
    for (struct document *d; (d = in_order_cancel(r->order));)
        document_release(d);
    in_order_free(r->order);
    mem_free(r);
}

bool reading_ahead_has_room(const struct reading_ahead *r)
{
    return in_order_has_room(r->order) && (!in_order_count(r->order) || r->bytes < BYTES_AHEAD);
}

struct document *reading_ahead_place(struct reading_ahead *r)
{
    return &r->places[r->added % AHEAD];
}

void reading_ahead_add(struct reading_ahead *r)
{
    struct document *d = reading_ahead_place(r);
    r->bytes += d->kept.len;
    in_order_add(r->order, d);
    if (++r->added == FEW)
        in_order_start(r->order, in_order_processors_within(THREADS_LIMIT));
}

enum outcome reading_ahead_write(struct reading_ahead *r, struct archive *a, struct fault *why)
{
    struct document *d = in_order_first(r->order);
    enum outcome result = document_put(a, d, why);
    r->bytes -= d->kept.len;
    document_release(d);
    in_order_take(r->order);
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
