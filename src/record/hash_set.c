#include "record/hash_set.h"

void hash_set_init(struct hash_set *s)
{
    *s = (struct hash_set){0};
}

void hash_set_release(struct hash_set *s)
{
    mem_free(s->slots);
    hash_set_init(s);
}

/* where the id is, or would be; ids are SHA-256, so that any of their bytes are a good hash */
static struct hash *find(const struct hash_set *s, const struct hash *id)
{
    size_t at;
    memcpy(&at, id->bytes, sizeof at);
    for (at %= s->room;; at = (at + 1) % s->room)
        if (hash_is_none(&s->slots[at]) || hash_equal(&s->slots[at], id))
            return &s->slots[at];
}

static void grow(struct hash_set *s)
{
    struct hash_set bigger = {.room = s->room ? 2 * s->room : 64};
    bigger.slots = mem_alloc(bigger.room * sizeof *bigger.slots);
    for (size_t i = 0; i < s->room; i++)
        if (!hash_is_none(&s->slots[i]))
            *find(&bigger, &s->slots[i]) = s->slots[i];
    bigger.count = s->count;
    mem_free(s->slots);
    *s = bigger;
}

bool hash_set_add(struct hash_set *s, const struct hash *id)
{
    if (2 * s->count >= s->room)
        grow(s);
    struct hash *slot = find(s, id);
    if (!hash_is_none(slot))
        return false;
    *slot = *id;
    s->count++;
    return true;
}

bool hash_set_has(const struct hash_set *s, const struct hash *id)
{
    return s->room && !hash_is_none(find(s, id));
}
