#include "record/hash_set.h"
#include "store/document_int.h"

/* Documents of a batch whose rows depend on nothing else: they are read from when they are put, and
 * their rows are written at the end of the batch. The search index is not touched before, since
 * each insert into the log makes a savepoint, at which FTS5 writes out what it has. */

struct taken {
    struct hash capture_id, text_id;
    struct capture capture;
    struct kept_text kept;
    struct str text;
};

struct taking_in {
    struct arena arena;
    struct taken *at;
    size_t count, room, begun;
    struct reading_ahead *ahead;
    struct hash_set ids; /* of the captures and texts */
};

static struct taking_in *taking_in_begin(struct archive *a)
{
    struct taking_in *in = mem_alloc(sizeof *in);
    arena_init(&in->arena);
    hash_set_init(&in->ids);
    in->ahead = reading_ahead_begin(a->reader);
    return in;
}

void taking_in_end(struct archive *a)
{
    struct taking_in *in = a->taking_in;
    if (!in)
        return;
    reading_ahead_end(in->ahead);
    hash_set_release(&in->ids);
    arena_release(&in->arena);
    mem_free(in);
    a->taking_in = NULL;
}

bool taking_in_has(const struct archive *a, const struct hash *id)
{
    return a->taking_in && hash_set_has(&a->taking_in->ids, id);
}

static void feed(struct taking_in *in)
{
    while (in->begun < in->count && reading_ahead_has_room(in->ahead)) {
        const struct taken *t = &in->at[in->begun++];
        document_of(reading_ahead_place(in->ahead), &t->capture_id, &t->capture, &t->text_id,
                    &t->kept, t->text);
        reading_ahead_add(in->ahead);
    }
}

enum outcome taking_in_finish(struct archive *a, struct fault *why)
{
    struct taking_in *in = a->taking_in;
    enum outcome result = OK;
    if (!in)
        return OK;
    a->passages = passage_batch_begin();
    for (size_t i = 0; i < in->count && result == OK; i++) {
        feed(in);
        result = reading_ahead_write(in->ahead, a, why);
    }
    if (result == OK)
        result = passage_batch_write(a->passages, a, why);
    passage_batch_end(a->passages);
    a->passages = NULL;
    return result;
}

static enum outcome is_alone(struct archive *a, const struct taken *t, bool *alone,
                             struct fault *why)
{
    enum outcome result = member_counts(a, &a->own.public_key, alone, why);
    if (result != OK || !*alone)
        return result;
    struct query q = query_begin(a, "SELECT EXISTS (SELECT 1 FROM derived_capture"
                                    " WHERE bytes = ?1) OR EXISTS (SELECT 1 FROM derived_text"
                                    " WHERE bytes = ?1 OR id = ?2)");
    query_bind_hash(&q, 1, &t->capture.bytes);
    query_bind_hash(&q, 2, &t->text_id);
    *alone = query_step(&q) && !query_int(&q, 0);
    return query_end(&q, why);
}

static void take(struct taking_in *in, const struct taken *t)
{
    in->at = arena_grow(&in->arena, in->at, in->count, &in->room, sizeof *in->at);
    struct taken *own = &in->at[in->count++];
    *own = *t;
    capture_keep(&own->capture, &in->arena);
    own->kept.extractor = arena_copy(&in->arena, t->kept.extractor);
    own->text = arena_copy(&in->arena, t->text);
    hash_set_add(&in->ids, &t->capture_id);
    hash_set_add(&in->ids, &t->text_id);
    feed(in);
}

static enum outcome take_alone(struct archive *a, const struct taken *t, struct fault *why)
{
    bool alone;
    enum outcome result = is_alone(a, t, &alone, why);
    if (result != OK || !alone)
        return result;
    result = derive_capture(a, &t->capture_id, &t->capture, why);
    if (result == OK)
        result = derive_text(a, &t->text_id, &t->kept, why);
    if (result != OK)
        return result;
    if (!a->taking_in)
        a->taking_in = taking_in_begin(a);
    take(a->taking_in, t);
    return OK;
}

enum outcome archive_put_document(struct archive *a, const struct capture *capture,
                                  struct str bytes, struct str extractor, struct str text,
                                  struct fault *why)
{
    struct taken t = {.text = text,
                      .kept = {.bytes = capture->bytes,
                               .extractor = extractor,
                               .sha256 = hash_of(text),
                               .size = (int64_t)text.len}};
    json_t *object = capture_to_json(capture);
    enum outcome result = capture_of_json(object, &t.capture, why);
    if (result == OK)
        result = log_put_bytes(a, bytes, &capture->bytes, why);
    if (result == OK)
        result = log_put_bytes(a, text, &t.kept.sha256, why);
    if (result == OK)
        result = archive_put_object(a, json_incref(object), &t.capture_id, why);
    if (result == OK)
        result = archive_put_object(a, kept_text_to_json(&t.kept), &t.text_id, why);
    if (result == OK)
        result = take_alone(a, &t, why);
    json_decref(object);
    return result;
}
