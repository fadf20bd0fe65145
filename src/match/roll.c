#include "match/roll.h"

#include <stdlib.h>

#include "match/mix_int.h"

enum {
    PLACES_FIRST = 1024,
    KEYS = PORTRAIT_NAMES * (2 + 2 * SPELLING_WORDS) + 32,
    LIST_FIRST = 2,
    YEAR = 365,
    YEAR_TENTHS = 85 /* log2 of its days */
};

/* Those who have a key, in the order of their coming. */
struct listed {
    uint64_t key; /* 0: free */
    uint32_t *numbers, count, room;
    uint32_t one; /* while it is the only one */
};

struct roll {
    const struct weights *weights;
    const struct portrait **all;
    size_t count, room;
    struct listed *lists;
    size_t lists_count, places; /* a power of two */
    uint32_t *found;
    size_t found_room;
};

struct roll *roll_new(const struct weights *w)
{
    struct roll *r = mem_alloc(sizeof *r);
    r->weights = w;
    r->places = PLACES_FIRST;
    r->lists = mem_alloc(r->places * sizeof *r->lists);
    return r;
}

void roll_free(struct roll *r)
{
    for (size_t i = 0; i < r->places; i++)
        mem_free(r->lists[i].numbers);
    mem_free(r->lists);
    mem_free(r->found);
    mem_free(r->all);
    mem_free(r);
}

/* ---- keys ---- */

struct keys {
    uint64_t at[KEYS];
    size_t count;
};

static void key_add(struct keys *k, uint64_t key)
{
    key = mix(key) | 1;
    if (k->count == KEYS)
        return;
    for (size_t i = 0; i < k->count; i++)
        if (k->at[i] == key)
            return;
    k->at[k->count++] = key;
}

static void words_add(struct keys *k, const struct weights *w, const struct spelling *s)
{
    for (size_t i = 0; i < s->words; i++) {
        uint64_t sound = letters_sound(spelling_word(s, i));
        if (weights_rarity(w, TRAIT_LONE, sound) >= w->rare)
            key_add(k, sound);
    }
}

/* a name that many have, with whatever else is told that makes it rare: of days the years */
static void values_add(struct keys *k, const struct weights *w, const struct portrait *p,
                       uint64_t name, int rarity)
{
    for (size_t i = 0; i < p->values_count && k->count < KEYS - 2 * SPELLING_WORDS; i++) {
        const struct trait_value *v = &p->values[i];
        uint64_t what = mix(name) + (uint64_t)v->trait;
        bool days = trait_measure(v->trait) == TRAIT_AS_DAYS;
        int more = days ? w->rarity[v->trait] - YEAR_TENTHS : weights_rarity_of(w, v);
        if ((!w->beside[v->trait] && v->trait != TRAIT_COMPANION) || rarity + more < w->rare)
            continue;
        if (!days) {
            key_add(k, what + mix(v->sound));
            continue;
        }
        for (int32_t year = v->first / YEAR; year <= v->last / YEAR; year++)
            key_add(k, what + mix((uint64_t)(uint32_t)year));
    }
}

static void keys_of(struct keys *k, const struct weights *w, const struct portrait *p)
{
    k->count = 0;
    for (size_t i = 0; i < p->names_count; i++) {
        const struct portrait_name *n = &p->names[i];
        words_add(k, w, &n->given);
        words_add(k, w, &n->family);
        if (!n->family.count)
            continue;
        uint64_t both = mix(n->given_sound) + mix(n->family_sound);
        int rarity = weights_rarity(w, TRAIT_GIVEN, n->given_sound) +
                     weights_rarity(w, TRAIT_FAMILY, n->family_sound);
        uint64_t whole = mix(n->whole_sound) + 1;
        if (rarity >= w->rare) {
            key_add(k, both);
            key_add(k, whole);
        } else {
            values_add(k, w, p, both, rarity);
            values_add(k, w, p, whole, rarity);
        }
    }
}

/* ---- lists ---- */

static struct listed *list_of(const struct roll *r, uint64_t key)
{
    size_t at = key >> 20 & (r->places - 1);
    while (r->lists[at].key && r->lists[at].key != key)
        at = (at + 1) & (r->places - 1);
    return &r->lists[at];
}

static void places_double(struct roll *r)
{
    struct listed *before = r->lists;
    size_t count = r->places;
    r->places *= 2;
    r->lists = mem_alloc(r->places * sizeof *r->lists);
    for (size_t i = 0; i < count; i++)
        if (before[i].key)
            *list_of(r, before[i].key) = before[i];
    mem_free(before);
}

static void list_add(struct roll *r, uint64_t key, uint32_t number)
{
    struct listed *l = list_of(r, key);
    if (!l->key) {
        *l = (struct listed){.key = key, .one = number, .count = 1};
        if (2 * ++r->lists_count > r->places)
            places_double(r);
        return;
    }
    if (l->count >= l->room) {
        l->room = l->room ? l->room * 2 : LIST_FIRST;
        l->numbers = mem_resize_array(l->numbers, l->room, sizeof *l->numbers);
        if (l->count == 1)
            l->numbers[0] = l->one;
    }
    l->numbers[l->count++] = number;
}

/* ---- who is found ---- */

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* those who share a key, each once, in order */
static size_t find(struct roll *r, const struct keys *k)
{
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < k->count; i++) {
        const struct listed *l = list_of(r, k->at[i]);
        if (count + l->count > r->found_room) {
            r->found_room = 2 * (count + l->count);
            r->found = mem_resize_array(r->found, r->found_room, sizeof *r->found);
        }
        const uint32_t *numbers = l->room ? l->numbers : &l->one;
        for (size_t n = 0; l->key && n < l->count; n++)
            r->found[count++] = numbers[n];
    }
    if (count)
        qsort(r->found, count, sizeof *r->found, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (!kept || r->found[kept - 1] != r->found[i])
            r->found[kept++] = r->found[i];
    return kept;
}

static void look(struct roll *r, const struct keys *k, const struct portrait *p, roll_visit *visit,
                 void *context)
{
    size_t count = find(r, k);
    struct meeting m;
    for (size_t i = 0; i < count; i++)
        if (portraits_meet(r->weights, r->all[r->found[i]], p, &m))
            visit(context, r->found[i], r->count, &m);
}

const uint32_t *roll_near(struct roll *r, const struct portrait *p, size_t *count)
{
    struct keys keys;
    keys_of(&keys, r->weights, p);
    *count = find(r, &keys);
    return r->found;
}

size_t roll_add(struct roll *r, const struct portrait *p, roll_visit *visit, void *context)
{
    struct keys keys;
    keys_of(&keys, r->weights, p);
    if (visit)
        look(r, &keys, p, visit, context);
    if (r->count == r->room) {
        r->room = r->room * 2 + PLACES_FIRST;
        r->all = mem_resize_array(r->all, r->room, sizeof *r->all);
    }
    r->all[r->count] = p;
    for (size_t i = 0; i < keys.count; i++)
        list_add(r, keys.at[i], (uint32_t)r->count);
    return r->count++;
}
