#include "match/weights.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/table.h"
#include "match/mix_int.h"

enum { PLACES_FIRST = 1024, TENTHS_LIMIT = 10000 };

/* ---- values that are known ---- */

static uint64_t key_of(enum trait trait, uint64_t sound)
{
    return mix(sound + (uint64_t)trait * 0x9E3779B97F4A7C15) | 1;
}

static struct known_value *place_of(const struct weights *w, uint64_t key)
{
    size_t at = key & (w->places - 1);
    while (w->known[at].key && w->known[at].key != key)
        at = (at + 1) & (w->places - 1);
    return &w->known[at];
}

static void places_make(struct weights *w, size_t places)
{
    struct known_value *before = w->known;
    size_t count = w->places;
    w->places = places;
    w->known = mem_alloc(places * sizeof *w->known);
    for (size_t i = 0; i < count; i++)
        if (before[i].key)
            *place_of(w, before[i].key) = before[i];
    mem_free(before);
}

static void key_know(struct weights *w, uint64_t key, int rarity)
{
    if (2 * (w->known_count + 1) > w->places)
        places_make(w, w->places ? 2 * w->places : PLACES_FIRST);
    struct known_value *place = place_of(w, key);
    w->known_count += !place->key;
    *place = (struct known_value){key, rarity};
}

void weights_know(struct weights *w, enum trait trait, uint64_t sound, int rarity)
{
    key_know(w, key_of(trait, sound), rarity);
}

int weights_rarity(const struct weights *w, enum trait trait, uint64_t sound)
{
    if (!sound)
        return 0;
    const struct known_value *place = place_of(w, key_of(trait, sound));
    return place->key ? place->rarity : w->rarity[trait];
}

int weights_rarity_of(const struct weights *w, const struct trait_value *v)
{
    if (trait_measure(v->trait) != TRAIT_AS_DAYS)
        return weights_rarity(w, v->trait, v->sound);
    int longer = (int)lround(10 * log2((double)(v->last - v->first) + 1));
    return longer > w->rarity[v->trait] ? 0 : w->rarity[v->trait] - longer;
}

void weights_release(struct weights *w)
{
    mem_free(w->known);
    *w = (struct weights){0};
}

void weights_copy(struct weights *to, const struct weights *from)
{
    *to = *from;
    to->known = mem_alloc(from->places * sizeof *to->known);
    memcpy(to->known, from->known, from->places * sizeof *to->known);
}

/* ---- the usual model ---- */

static bool trait_named(struct str name, enum trait *out)
{
    for (size_t i = 0; i < TRAITS; i++)
        if (str_equal(name, str_of(trait_name((enum trait)i)))) {
            *out = (enum trait)i;
            return true;
        }
    return false;
}

static bool tenths_of(struct str cell, int *out)
{
    int64_t value;
    if (!str_to_int(cell, &value) || value > TENTHS_LIMIT || value < -TENTHS_LIMIT)
        return false;
    *out = (int)value;
    return true;
}

static bool trait_row(struct weights *w, const struct row *row)
{
    enum trait trait;
    if (!trait_named(row->cells[0], &trait))
        return false;
    for (size_t k = LEVEL_SAME; k < LEVELS; k++)
        if (!tenths_of(row->cells[k], &w->levels[trait][k]))
            return false;
    w->kin[trait] = str_equal(row->cells[7], STR("yes"));
    w->beside[trait] = str_equal(row->cells[8], STR("yes"));
    return tenths_of(row->cells[6], &w->rarity[trait]);
}

static enum outcome read_traits(struct weights *w, struct fault *why)
{
    struct table t;
    struct row row;
    bool more;
    size_t count = 0;
    enum outcome outcome = table_open(
        &t, "names/traits.tsv", "trait same compatible near part other rarity kin beside", why);
    while (!outcome && !(outcome = table_next(&t, &row, &more, why)) && more) {
        if (!trait_row(w, &row))
            return table_refuse(&t, why, "a row that cannot be used:", row.cells[0]);
        count++;
    }
    if (!outcome && count != TRAITS)
        outcome = refuse(why, REFUSED, "data/names/traits.tsv: not every trait has a row");
    return outcome;
}

static enum outcome read_limits(struct weights *w, struct fault *why)
{
    const struct {
        const char *name;
        int *to;
    } limits[] = {
        {"person", &w->person}, {"kin", &w->relatives}, {"event", &w->event}, {"rare", &w->rare}};
    struct table t;
    struct row row;
    bool more;
    enum outcome outcome = table_open(&t, "names/limits.tsv", "limit tenths", why);
    while (!outcome && !(outcome = table_next(&t, &row, &more, why)) && more) {
        bool known = false;
        for (size_t i = 0; i < COUNT_OF(limits); i++)
            if (str_equal(row.cells[0], str_of(limits[i].name)))
                known = tenths_of(row.cells[1], limits[i].to);
        if (!known)
            return table_refuse(&t, why, "a row that cannot be used:", row.cells[0]);
    }
    return outcome;
}

static uint64_t sound_of_value(enum trait trait, struct str value)
{
    struct spelling s;
    enum trait_measure measure = trait_measure(trait);
    if (measure == TRAIT_AS_NAME)
        name_part_of(value, &s);
    else
        spelling_of(value, measure == TRAIT_AS_LABEL ? SPELLING_CODE : SPELLING_TEXT, &s);
    if (!s.count)
        return 0;
    return measure == TRAIT_AS_LABEL ? spelling_hash(&s) : letters_sound(spelling_whole(&s));
}

static enum outcome read_usual(struct weights *w, struct fault *why)
{
    struct table t;
    struct row row;
    bool more;
    enum outcome outcome = table_open(&t, "names/usual.tsv", "trait rarity values", why);
    while (!outcome && !(outcome = table_next(&t, &row, &more, why)) && more) {
        enum trait trait;
        int rarity;
        struct str values = row.cells[2], value;
        if (!trait_named(row.cells[0], &trait) || !tenths_of(row.cells[1], &rarity) ||
            trait_measure(trait) == TRAIT_AS_DAYS)
            return table_refuse(&t, why, "a row that cannot be used:", row.cells[0]);
        while (str_cut(&values, '|', &value)) {
            uint64_t sound = sound_of_value(trait, value);
            if (!sound)
                return table_refuse(&t, why, "a value without letters:", value);
            int known = weights_rarity(w, trait, sound);
            weights_know(w, trait, sound, rarity < known ? rarity : known);
        }
    }
    return outcome;
}

enum outcome weights_usual(const struct weights **out, struct fault *why)
{
    static struct weights usual;
    enum outcome outcome = OK;
    *out = &usual;
    if (usual.name.len)
        return OK;
    places_make(&usual, PLACES_FIRST);
    outcome = read_traits(&usual, why);
    if (!outcome)
        outcome = read_limits(&usual, why);
    if (!outcome)
        outcome = read_usual(&usual, why);
    if (outcome)
        weights_release(&usual);
    else
        usual.name = STR("usual");
    return outcome;
}

/* ---- as JSON ---- */

static int compare_known(const void *left, const void *right)
{
    const struct known_value *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

/* [key, rarity] in order of the keys, which are 16 hexadecimal digits */
static json_t *known_json(const struct weights *w)
{
    json_t *out = json_array();
    struct known_value *all = mem_alloc((w->known_count + 1) * sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < w->places; i++)
        if (w->known[i].key)
            all[count++] = w->known[i];
    qsort(all, count, sizeof *all, compare_known);
    for (size_t i = 0; i < count; i++) {
        char digits[24];
        json_t *one = json_array();
        snprintf(digits, sizeof digits, "%016llx", (unsigned long long)all[i].key);
        json_append_text(one, str_of(digits));
        json_append(one, json_integer(all[i].rarity));
        json_append(out, one);
    }
    mem_free(all);
    return out;
}

static json_t *trait_json(const struct weights *w, enum trait trait)
{
    json_t *out = json_object(), *levels = json_array();
    for (size_t k = LEVEL_SAME; k < LEVELS; k++)
        json_append(levels, json_integer(w->levels[trait][k]));
    json_put_new(out, "beside", json_boolean(w->beside[trait]));
    json_put_new(out, "kin", json_boolean(w->kin[trait]));
    json_put_new(out, "levels", levels);
    json_put_int(out, "rarity", w->rarity[trait]);
    json_put(out, "trait", str_of(trait_name(trait)));
    return out;
}

void weights_write(const struct weights *w, struct buf *out)
{
    json_t *all = json_object(), *list = json_array();
    struct fault why;
    for (size_t i = 0; i < TRAITS; i++)
        json_append(list, trait_json(w, (enum trait)i));
    json_put_int(all, "event", w->event);
    json_put(all, "kind", STR("weights"));
    json_put_new(all, "known", known_json(w));
    json_put(all, "name", w->name);
    json_put_int(all, "person", w->person);
    json_put_int(all, "rare", w->rare);
    json_put_int(all, "relatives", w->relatives);
    json_put_new(all, "traits", list);
    if (json_write(out, all, &why) != OK)
        bug("weights that are no JSON");
    json_decref(all);
}

static bool int_of(const json_t *value, int *out)
{
    json_int_t number = json_integer_value(value);
    *out = (int)number;
    return json_is_integer(value) && number <= TENTHS_LIMIT && number >= -TENTHS_LIMIT;
}

static bool trait_take(struct weights *w, const json_t *list, enum trait trait)
{
    const json_t *one = json_array_get(list, trait), *levels = json_object_get(one, "levels");
    if (!str_equal(json_text(one, "trait"), str_of(trait_name(trait))))
        return false;
    for (size_t k = LEVEL_SAME; k < LEVELS; k++)
        if (!int_of(json_array_get(levels, k - LEVEL_SAME), &w->levels[trait][k]))
            return false;
    w->kin[trait] = json_is_true(json_object_get(one, "kin"));
    w->beside[trait] = json_is_true(json_object_get(one, "beside"));
    return int_of(json_object_get(one, "rarity"), &w->rarity[trait]);
}

static bool known_take(struct weights *w, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *digits = json_string_value(json_array_get(one, 0));
        int rarity;
        uint64_t key = digits ? strtoull(digits, NULL, 16) : 0;
        if (!key || !int_of(json_array_get(one, 1), &rarity))
            return false;
        key_know(w, key, rarity);
    }
    return true;
}

static bool all_take(struct weights *w, const json_t *all)
{
    const json_t *traits = json_object_get(all, "traits");
    bool good = w->name.len && str_equal(json_text(all, "kind"), STR("weights"));
    for (size_t i = 0; i < TRAITS; i++)
        good = good && trait_take(w, traits, (enum trait)i);
    return good && int_of(json_object_get(all, "event"), &w->event) &&
           int_of(json_object_get(all, "person"), &w->person) &&
           int_of(json_object_get(all, "rare"), &w->rare) &&
           int_of(json_object_get(all, "relatives"), &w->relatives) &&
           known_take(w, json_object_get(all, "known"));
}

enum outcome weights_read(struct weights *out, struct str json, struct arena *arena,
                          struct fault *why)
{
    json_t *all;
    enum outcome outcome = json_read_canonical(json, &all, why);
    *out = (struct weights){0};
    if (outcome)
        return outcome;
    places_make(out, PLACES_FIRST);
    out->name = arena_copy(arena, json_text(all, "name"));
    if (!all_take(out, all)) {
        weights_release(out);
        outcome = refuse(why, REFUSED, "these are no weights of this program");
    }
    json_decref(all);
    return outcome;
}
