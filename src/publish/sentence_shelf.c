#include "publish/sentence_shelf.h"

#include <pthread.h>

enum { SLOTS = 16384, BYTES = 4 * 1024 * 1024, BYTES_OF_ONE = 256 * 1024 };

/* Offsets fit: no kept text has 4 gigabytes. */
struct place {
    uint32_t from, to;
};

struct shelved {
    struct hash text;
    size_t count;
    struct place places[];
};

struct sentence_shelf {
    pthread_mutex_t lock;
    struct shelved *slots[SLOTS]; /* by the text's id, the latest text of those that share one */
    size_t bytes;
};

struct sentence_shelf *sentence_shelf_new(void)
{
    struct sentence_shelf *shelf = mem_alloc(sizeof *shelf);
    pthread_mutex_init(&shelf->lock, NULL);
    return shelf;
}

static size_t size_of(size_t count)
{
    return sizeof(struct shelved) + count * sizeof(struct place);
}

static void drop(struct sentence_shelf *shelf, struct shelved **slot)
{
    if (*slot)
        shelf->bytes -= size_of((*slot)->count);
    mem_free(*slot);
    *slot = NULL;
}

static void drop_all(struct sentence_shelf *shelf)
{
    for (size_t i = 0; i < SLOTS; i++)
        drop(shelf, &shelf->slots[i]);
}

void sentence_shelf_free(struct sentence_shelf *shelf)
{
    if (!shelf)
        return;
    drop_all(shelf);
    pthread_mutex_destroy(&shelf->lock);
    mem_free(shelf);
}

static struct shelved **slot_of(struct sentence_shelf *shelf, const struct hash *text)
{
    size_t slot;
    memcpy(&slot, text->bytes, sizeof slot);
    return &shelf->slots[slot % SLOTS];
}

static bool take(struct sentence_shelf *shelf, const struct hash *text, struct arena *arena,
                 struct sentence **out, size_t *count)
{
    pthread_mutex_lock(&shelf->lock);
    const struct shelved *found = *slot_of(shelf, text);
    bool known = found && hash_equal(&found->text, text);
    if (known) {
        *count = found->count;
        *out = arena_alloc(arena, (found->count + 1) * sizeof **out);
        for (size_t i = 0; i < found->count; i++)
            (*out)[i].at = (struct span){found->places[i].from, found->places[i].to};
    }
    pthread_mutex_unlock(&shelf->lock);
    return known;
}

static void keep(struct sentence_shelf *shelf, const struct hash *text,
                 const struct sentence *sentences, size_t count)
{
    size_t size = size_of(count);
    if (size > BYTES_OF_ONE)
        return;
    struct shelved *made = mem_alloc(size);
    made->text = *text;
    made->count = count;
    for (size_t i = 0; i < count; i++)
        made->places[i] =
            (struct place){(uint32_t)sentences[i].at.from, (uint32_t)sentences[i].at.to};
    pthread_mutex_lock(&shelf->lock);
    if (shelf->bytes + size > BYTES)
        drop_all(shelf);
    struct shelved **slot = slot_of(shelf, text);
    drop(shelf, slot);
    *slot = made;
    shelf->bytes += size;
    pthread_mutex_unlock(&shelf->lock);
}

void sentences_find(struct sentence_shelf *shelf, const struct reader *reader,
                    const struct hash *text_id, struct str text, struct arena *arena,
                    struct sentence **out, size_t *count)
{
    struct reading reading;
    if (shelf && take(shelf, text_id, arena, out, count))
        return;
    read_sentences(reader, text, arena, &reading);
    *out = reading.sentences;
    *count = reading.sentences_count;
    if (shelf)
        keep(shelf, text_id, *out, *count);
}
