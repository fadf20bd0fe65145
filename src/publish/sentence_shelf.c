#include "publish/sentence_shelf.h"

#include <pthread.h>

enum { SLOTS = 16384, BYTES = 4 * 1024 * 1024, BYTES_OF_ONE = 256 * 1024 };

/* Offsets fit: no kept text has 4 gigabytes. */
struct place {
    uint32_t from, to;
};

enum { EDTF_SIZE = 32, CALENDAR_SIZE = 12 };

struct shelved_date {
    struct place quote;
    char iso[EDTF_SIZE], calendar[CALENDAR_SIZE];
};

/* With its sentences, its dates stand behind them. */
struct shelved {
    struct hash text;
    char published[EDTF_SIZE]; /* of the document */
    size_t count, dates;
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

static size_t size_of(size_t count, size_t dates)
{
    return sizeof(struct shelved) + count * sizeof(struct place) +
           dates * sizeof(struct shelved_date);
}

static struct shelved_date *dates_of(struct shelved *s)
{
    return (struct shelved_date *)&s->places[s->count];
}

static void drop(struct sentence_shelf *shelf, struct shelved **slot)
{
    if (*slot)
        shelf->bytes -= size_of((*slot)->count, (*slot)->dates);
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

static struct place place_of(struct span at)
{
    return (struct place){(uint32_t)at.from, (uint32_t)at.to};
}

static struct span span_of(struct place at)
{
    return (struct span){at.from, at.to};
}

static bool fits(struct str text, size_t size)
{
    return text.len < size;
}

static void unpack(struct shelved *from, struct arena *arena, struct reading *out)
{
    *out = (struct reading){.sentences_count = from->count, .dates_count = from->dates};
    out->sentences = arena_alloc(arena, (from->count + 1) * sizeof *out->sentences);
    out->dates = arena_alloc(arena, (from->dates + 1) * sizeof *out->dates);
    for (size_t i = 0; i < from->count; i++)
        out->sentences[i].at = span_of(from->places[i]);
    for (size_t i = 0; i < from->dates; i++) {
        const struct shelved_date *d = &dates_of(from)[i];
        out->dates[i] = (struct date_mention){.quote = span_of(d->quote),
                                              .iso = arena_copy(arena, str_of(d->iso)),
                                              .calendar = arena_copy(arena, str_of(d->calendar))};
    }
}

static bool take(struct sentence_shelf *shelf, const struct hash *text, struct str published,
                 struct arena *arena, struct reading *out)
{
    pthread_mutex_lock(&shelf->lock);
    struct shelved *found = *slot_of(shelf, text);
    bool known =
        found && hash_equal(&found->text, text) && str_equal(str_of(found->published), published);
    if (known)
        unpack(found, arena, out);
    pthread_mutex_unlock(&shelf->lock);
    return known;
}

static bool can_be_kept(const struct reading *r, struct str published)
{
    bool small =
        fits(published, EDTF_SIZE) && size_of(r->sentences_count, r->dates_count) <= BYTES_OF_ONE;
    for (size_t i = 0; small && i < r->dates_count; i++)
        small = fits(r->dates[i].iso, EDTF_SIZE) && fits(r->dates[i].calendar, CALENDAR_SIZE);
    return small;
}

static void put(char *into, struct str text)
{
    memcpy(into, text.at, text.len);
}

static struct shelved *pack(const struct hash *text, const struct reading *r, struct str published)
{
    struct shelved *made = mem_alloc(size_of(r->sentences_count, r->dates_count));
    made->text = *text;
    made->count = r->sentences_count;
    made->dates = r->dates_count;
    if (published.len)
        put(made->published, published);
    for (size_t i = 0; i < made->count; i++)
        made->places[i] = place_of(r->sentences[i].at);
    for (size_t i = 0; i < made->dates; i++) {
        struct shelved_date *d = &dates_of(made)[i];
        d->quote = place_of(r->dates[i].quote);
        put(d->iso, r->dates[i].iso);
        put(d->calendar, r->dates[i].calendar);
    }
    return made;
}

static void keep(struct sentence_shelf *shelf, struct shelved *made)
{
    size_t size = size_of(made->count, made->dates);
    pthread_mutex_lock(&shelf->lock);
    if (shelf->bytes + size > BYTES)
        drop_all(shelf);
    struct shelved **slot = slot_of(shelf, &made->text);
    drop(shelf, slot);
    *slot = made;
    shelf->bytes += size;
    pthread_mutex_unlock(&shelf->lock);
}

void sentences_find(struct sentence_shelf *shelf, const struct reader *reader,
                    const struct hash *text_id, struct str text, const struct document_facts *facts,
                    struct arena *arena, struct reading *out)
{
    struct str published = facts ? facts->published : STR_NONE;
    if (shelf && take(shelf, text_id, published, arena, out))
        return;
    read_sentences(reader, text, facts, arena, out);
    if (shelf && can_be_kept(out, published))
        keep(shelf, pack(text_id, out, published));
}
