#include "match/values.h"

#include <math.h>

#include "text/utf8.h"

enum { PLACES_FIRST = 1024 };

void values_init(struct values *v)
{
    *v = (struct values){.count = 1, .room = PLACES_FIRST / 2, .places_count = PLACES_FIRST};
    v->all = mem_alloc(v->room * sizeof *v->all);
    v->places = mem_alloc(v->places_count * sizeof *v->places);
}

void values_release(struct values *v)
{
    mem_free(v->all);
    mem_free(v->places);
    mem_free(v->letters);
    *v = (struct values){0};
}

static void place_set(struct values *v, uint32_t value)
{
    size_t i = v->all[value].hash & (v->places_count - 1);
    while (v->places[i])
        i = (i + 1) & (v->places_count - 1);
    v->places[i] = value;
}

static void places_double(struct values *v)
{
    mem_free(v->places);
    v->places_count *= 2;
    v->places = mem_alloc(v->places_count * sizeof *v->places);
    for (uint32_t i = 1; i < v->count; i++)
        place_set(v, i);
}

static uint32_t signature_of(const struct value_text *t)
{
    uint32_t signature = 0;
    for (size_t i = 0; i < t->letters_count; i++)
        signature |= 1u << (t->letters[i] % 31);
    return signature;
}

static void letters_keep(struct values *v, const struct value_text *t)
{
    size_t keys = t->words > 1 ? 2u * t->words : 0,
           more = (size_t)t->letters_count + t->words + keys;
    if (v->letters_count + more > v->letters_room) {
        v->letters_room = (v->letters_room + more) * 3 / 2 + PLACES_FIRST;
        v->letters = mem_resize_array(v->letters, v->letters_room, sizeof *v->letters);
    }
    uint16_t *at = v->letters + v->letters_count;
    memcpy(at, t->letters, t->letters_count * sizeof *at);
    memcpy(at + t->letters_count, t->ends, t->words * sizeof *at);
    at += t->letters_count + t->words;
    for (size_t i = 0, from = 0; i < keys / 2; from = t->ends[i++]) {
        uint32_t key = letters_key((struct letters){t->letters + from, t->ends[i] - from});
        *at++ = (uint16_t)key;
        *at++ = (uint16_t)(key >> 16);
    }
    v->letters_count += more;
}

uint32_t value_word_key(const struct values *v, uint32_t value, size_t i)
{
    const struct value *of = &v->all[value];
    if (of->words < 2)
        return of->key;
    const uint16_t *at = v->letters + of->text + of->letters + of->words + 2 * i;
    return at[0] | (uint32_t)at[1] << 16;
}

static uint32_t value_add(struct values *v, const struct value_text *t)
{
    if (v->count == v->room) {
        v->room = v->room * 3 / 2;
        v->all = mem_resize_array(v->all, v->room, sizeof *v->all);
    }
    uint32_t number = (uint32_t)v->count++;
    struct letters whole = {t->letters, t->letters_count};
    struct value *to = &v->all[number];
    *to = (struct value){.hash = t->hash, .count = 1, .text = t->date, .words = t->words};
    if (t->letters_count) {
        to->text = (uint32_t)v->letters_count;
        to->letters = t->letters_count;
        to->signature = signature_of(t);
        to->arabic = letters_are_arabic(whole);
        to->key = letters_key(whole);
        letters_keep(v, t);
        to->word_key = value_word_key(v, number, 0);
    } else {
        to->key = to->word_key = (uint32_t)(t->hash >> 32) | 1;
    }
    if (v->count * 2 > v->places_count)
        places_double(v);
    else
        place_set(v, number);
    return number;
}

uint32_t values_take(struct values *v, const struct value_text *t)
{
    size_t i = t->hash & (v->places_count - 1);
    for (uint32_t at; (at = v->places[i]); i = (i + 1) & (v->places_count - 1))
        if (v->all[at].hash == t->hash) {
            v->all[at].count++;
            return at;
        }
    return value_add(v, t);
}

struct wording value_wording(const struct values *v, uint32_t value)
{
    const struct value *of = &v->all[value];
    const uint16_t *at = v->letters + of->text, *ends = at + of->letters;
    struct wording w = {.whole = {at, of->letters}, .count = of->words, .key = of->key};
    for (size_t i = 0, from = 0; i < of->words; from = ends[i++]) {
        w.words[i] = (struct letters){at + from, ends[i] - from};
        w.keys[i] = value_word_key(v, value, i);
    }
    return w;
}

void values_weigh(struct values *v, size_t records)
{
    for (size_t i = 1; i < v->count; i++)
        v->all[i].rarity = log2f((float)records / (float)v->all[i].count);
}

static struct str date_text(struct arena *arena, uint32_t date)
{
    unsigned year = date >> 9, month = date >> 5 & 15, day = date & 31;
    return day     ? arena_print(arena, "%04u-%02u-%02u", year, month, day)
           : month ? arena_print(arena, "%04u-%02u", year, month)
                   : arena_print(arena, "%04u", year);
}

struct str value_text_of(struct arena *arena, const struct values *v, uint32_t value)
{
    if (!value)
        return STR_NONE;
    if (!v->all[value].letters)
        return date_text(arena, v->all[value].text);
    struct wording w = value_wording(v, value);
    char bytes[SPELLING_LETTERS * 4 + SPELLING_WORDS];
    size_t len = 0;
    for (size_t i = 0; i < w.count; i++) {
        if (i)
            bytes[len++] = ' ';
        for (size_t k = 0; k < w.words[i].count; k++)
            len += utf8_write(w.words[i].at[k], bytes + len);
    }
    return arena_copy(arena, (struct str){bytes, len});
}
