/* Values that many records share, each kept once: names, places, codes, dates. */
#ifndef GOVAH_MATCH_VALUES_H
#define GOVAH_MATCH_VALUES_H

#include "match/likeness.h"

/* rarity.sound is within so many bits of 0. */
enum { SOUND_RARITY_LIMIT = 7 };

/* Value 0 is "missing"; others are numbered as they come. */
struct value {
    uint64_t hash;      /* of its letters and words: what it is, whatever its number */
    uint32_t text;      /* its place in the letters; of a date, the date itself (likeness.h) */
    uint32_t count;     /* how many records have it */
    uint64_t sound;     /* of the whole (spelling.h); of a date, scattered bits of it */
    uint32_t signature; /* of the whole */
    uint8_t letters, words;
    bool known, arabic;
};

/* How rare a value is; apart from the values, because scoring asks for it most. */
struct rarity {
    float bits;  /* -log2 of the part of people who have it */
    float sound; /* the same of all values that sound like it, less what is usual */
};

/* What tells quickly that two words are far apart, close together. */
struct glance {
    uint64_t sound;
    uint32_t signature, groups; /* letters_groups, of what is known */
    uint32_t words_at;          /* of a value of several words: the first of them */
    uint8_t letters, words;
    bool known, arabic;
};

struct values {
    struct value *all;
    struct rarity *rarities; /* of each value; values_weigh */
    struct glance *glances;  /* of each value and, behind them, of the words of several */
    size_t count, room;
    uint32_t *places;    /* a hash table of numbers, 0 being free */
    size_t places_count; /* a power of two */
    uint16_t *letters; /* each value's letters, where its words end, and of several words the sound
                          of each in four parts and whether it is known */
    size_t letters_count, letters_room;
};

void values_init(struct values *);
void values_release(struct values *);

/* A value as a piece of a list brings it. */
struct value_text {
    uint64_t hash;
    const uint16_t *letters, *ends;
    uint8_t letters_count, words;
    uint32_t date; /* instead of letters */
};

/* Its number, and one more record that has it. */
uint32_t values_take(struct values *, const struct value_text *);

/* Asks for what values_take will look at first. */
static inline void values_expect(const struct values *v, uint64_t hash)
{
    __builtin_prefetch(&v->places[hash & (v->places_count - 1)]);
}

struct wording value_wording(const struct values *, uint32_t value);

/* What word i of it sounds like. */
uint64_t value_word_sound(const struct values *, uint32_t value, size_t i);

/* Whether it is certain, before any letter is looked at, that the names have nothing in common
 * (name_level says OTHER); after values_weigh. */
bool values_are_far_apart(const struct values *, uint32_t left, uint32_t right);

/* Sets every rarity and glance, of so many records. What a list says of how often a value occurs is
 * taken without the two records that are compared, and beside USUAL_RECORDS of which the part
 * `usual` has it: in a short list nothing is frequent because two have it. */
enum { USUAL_RECORDS = 100 };
void values_weigh(struct values *, size_t records, double usual);

/* After values_weigh, for dates: a day is no rarer than its year lets expect of its days, since
 * that nobody else was born on it in this list says little. */
void values_weigh_days(struct values *);

/* How many records have a value. */
size_t values_records(const struct values *);

/* In UTF-8, words apart; a date as EDTF. */
struct str value_text_of(struct arena *, const struct values *, uint32_t value);

#endif
