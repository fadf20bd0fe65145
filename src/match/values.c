#include "match/values.h"

#include <math.h>

#include "match/mix_int.h"
#include "text/utf8.h"

enum { PLACES_FIRST = 1024, RARITY_ANY = 100 };

void values_init(struct values *v)
{
    *v = (struct values){.count = 1, .room = PLACES_FIRST / 2, .places_count = PLACES_FIRST};
    v->all = mem_alloc(v->room * sizeof *v->all);
    v->places = mem_alloc(v->places_count * sizeof *v->places);
}

void values_release(struct values *v)
{
    mem_free(v->all);
    mem_free(v->rarities);
    mem_free(v->glances);
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

enum { SOUND_PARTS = 5 };

static void letters_keep(struct values *v, const struct value_text *t)
{
    size_t sounds = t->words > 1 ? t->words : 0;
    size_t more = (size_t)t->letters_count + t->words + SOUND_PARTS * sounds;
    if (v->letters_count + more > v->letters_room) {
        v->letters_room = (v->letters_room + more) * 3 / 2 + PLACES_FIRST;
        v->letters = mem_resize_array(v->letters, v->letters_room, sizeof *v->letters);
    }
    uint16_t *at = v->letters + v->letters_count;
    memcpy(at, t->letters, t->letters_count * sizeof *at);
    memcpy(at + t->letters_count, t->ends, t->words * sizeof *at);
    at += t->letters_count + t->words;
    for (size_t i = 0, from = 0; i < sounds; from = t->ends[i++]) {
        uint64_t sound = letters_sound((struct letters){t->letters + from, t->ends[i] - from});
        memcpy(at + SOUND_PARTS * i, &sound, sizeof sound);
        at[SOUND_PARTS * i + 4] =
            letters_are_known((struct letters){t->letters + from, t->ends[i] - from});
    }
    v->letters_count += more;
}

uint64_t value_word_sound(const struct values *v, uint32_t value, size_t i)
{
    const struct value *of = &v->all[value];
    uint64_t sound = of->sound;
    if (of->words > 1)
        memcpy(&sound, v->letters + of->text + of->letters + of->words + SOUND_PARTS * i,
               sizeof sound);
    return sound;
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
    to->sound = t->hash | 1ull << 63;
    if (t->letters_count) {
        to->text = (uint32_t)v->letters_count;
        to->letters = t->letters_count;
        to->signature = letters_signature(whole);
        to->sound = letters_sound(whole);
        to->arabic = letters_are_arabic(whole);
        to->known = t->words == 1 && letters_are_known(whole);
        letters_keep(v, t);
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
    struct wording w;
    w.whole = (struct spoken){{at, of->letters}, of->sound, of->signature, of->known};
    w.count = of->words;
    if (of->words == 1) {
        w.words[0] = w.whole;
        return w;
    }
    for (size_t i = 0, from = 0; i < of->words; from = ends[i++]) {
        struct letters word = {at + from, ends[i] - from};
        w.words[i] = (struct spoken){word, value_word_sound(v, value, i), letters_signature(word),
                                     at[of->letters + of->words + SOUND_PARTS * i + 4] != 0};
    }
    return w;
}

/* How many records have a value of each sound, in a hash table as large as that of the values. */
struct sounds {
    uint64_t *sounds;
    uint32_t *counts;
    size_t size;
};

static uint32_t *sound_count(const struct sounds *s, uint64_t sound)
{
    size_t i = mix(sound) & (s->size - 1);
    while (s->sounds[i] && s->sounds[i] != sound)
        i = (i + 1) & (s->size - 1);
    s->sounds[i] = sound;
    return &s->counts[i];
}

static void sounds_weigh(struct values *v, const struct sounds *s)
{
    double all = 0, squares = 0;
    for (size_t i = 1; i < v->count; i++)
        *sound_count(s, v->all[i].sound) += v->all[i].count;
    for (size_t i = 0; i < s->size; i++) {
        all += s->counts[i];
        squares += (double)s->counts[i] * s->counts[i];
    }
    if (all <= 0)
        return;
    double usual = -log2(squares / all / all);
    for (size_t i = 1; i < v->count; i++) {
        double rarity = log2(all / *sound_count(s, v->all[i].sound)) - usual;
        v->rarities[i].sound = (float)fmin(fmax(rarity, -SOUND_RARITY_LIMIT), SOUND_RARITY_LIMIT);
    }
}

/* ---- glances ---- */

static struct glance glance_of(const struct spoken *s, uint8_t words)
{
    return (struct glance){.sound = s->sound,
                           .signature = s->signature,
                           .groups = s->known ? letters_groups(s->letters) : 0,
                           .letters = (uint8_t)s->letters.count,
                           .words = words,
                           .known = s->known,
                           .arabic = letters_are_arabic(s->letters)};
}

static void glances_make(struct values *v)
{
    size_t count = v->count, next = v->count;
    for (size_t i = 1; i < v->count; i++)
        count += v->all[i].words > 1 ? v->all[i].words : 0;
    mem_free(v->glances);
    v->glances = mem_alloc(count * sizeof *v->glances);
    for (uint32_t i = 1; i < v->count; i++) {
        if (!v->all[i].letters)
            continue;
        struct wording w = value_wording(v, i);
        v->glances[i] = glance_of(&w.whole, v->all[i].words);
        v->glances[i].words_at = w.count > 1 ? (uint32_t)next : i;
        for (size_t k = 0; k < w.count && w.count > 1; k++)
            v->glances[next++] = glance_of(&w.words[k], 1);
    }
}

static bool are_far_apart(const struct glance *a, const struct glance *b)
{
    if (a->known && b->known)
        return (a->groups & b->groups) == 0;
    return words_are_far_apart(a->sound, a->signature, a->letters, b->sound, b->signature,
                               b->letters, a->arabic == b->arabic);
}

bool values_are_far_apart(const struct values *v, uint32_t left, uint32_t right)
{
    const struct glance *a = &v->glances[left], *b = &v->glances[right];
    if (!are_far_apart(a, b))
        return false;
    if (a->words == 1 && b->words == 1)
        return true;
    for (size_t i = 0; i < a->words; i++)
        for (size_t k = 0; k < b->words; k++)
            if (!are_far_apart(&v->glances[a->words_at + i], &v->glances[b->words_at + k]))
                return false;
    return true;
}

/* ---- rarity ---- */

static float rarity_in(double records, double count, double usual)
{
    double others = fmax(count - 2, 0) + USUAL_RECORDS * usual;
    return (float)log2((fmax(records - 2, 0) + USUAL_RECORDS) / others);
}

void values_weigh(struct values *v, size_t records, double usual)
{
    struct sounds s = {.size = v->places_count};
    mem_free(v->rarities);
    v->rarities = mem_alloc(v->count * sizeof *v->rarities);
    for (size_t i = 1; i < v->count; i++)
        v->rarities[i].bits = rarity_in((double)records, v->all[i].count, usual);
    glances_make(v);
    s.sounds = mem_alloc(s.size * sizeof *s.sounds);
    s.counts = mem_alloc(s.size * sizeof *s.counts);
    sounds_weigh(v, &s);
    mem_free(s.sounds);
    mem_free(s.counts);
}

size_t values_records(const struct values *v)
{
    size_t records = 0;
    for (size_t i = 1; i < v->count; i++)
        records += v->all[i].count;
    return records;
}

void values_weigh_days(struct values *v)
{
    enum { YEARS = 1 << 14, USUAL_YEARS = 70 };
    double records = (double)values_records(v);
    uint32_t *years = mem_alloc(YEARS * sizeof *years);
    for (size_t i = 1; i < v->count; i++)
        years[v->all[i].text >> 9] += v->all[i].count;
    for (size_t i = 1; i < v->count; i++) {
        uint32_t date = v->all[i].text;
        float year = rarity_in(records, years[date >> 9], 1.0 / USUAL_YEARS);
        float within = date & 31 ? log2f(366) : date >> 5 & 15 ? log2f(12) : RARITY_ANY;
        v->rarities[i].bits = fminf(v->rarities[i].bits, year + within);
    }
    mem_free(years);
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
        for (size_t k = 0; k < w.words[i].letters.count; k++)
            len += utf8_write(w.words[i].letters.at[k], bytes + len);
    }
    return arena_copy(arena, (struct str){bytes, len});
}
