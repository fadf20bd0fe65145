/* What evidence weighs between portraits: a model with a name, which is a whole number of tenths of
 * a bit for everything, and so one text and one hash wherever it is.
 *
 * Under one model what two portraits weigh depends on those two alone: not on who else is on
 * record, nor on the order in which they came. What is learnt is another model, taken in a step of
 * its own (match/learning.h). */
#ifndef GOVAH_MATCH_WEIGHTS_H
#define GOVAH_MATCH_WEIGHTS_H

#include "base/buf.h"
#include "match/likeness.h"
#include "match/portrait.h"

struct known_value {
    uint64_t key; /* of the trait and what the value sounds like; 0 is free */
    int rarity;
};

struct weights {
    struct str name; /* "usual", or what learning called it */
    int levels[TRAITS][LEVELS];
    int rarity[TRAITS]; /* of values that are not known */
    bool kin[TRAITS], beside[TRAITS];
    int person, relatives; /* log2 odds before any evidence */
    int event;             /* what traits of kin weigh together at most, names aside */
    int rare;              /* words of names so rare are looked up by themselves */
    struct known_value *known;
    size_t known_count, places; /* a power of two */
};

/* The model that the program comes with, from data/names: read once, after spelling_start and
 * likeness_start, and never released. */
MUST_USE enum outcome weights_usual(const struct weights **, struct fault *why);

void weights_release(struct weights *);

/* A copy that can be changed and is released. */
void weights_copy(struct weights *, const struct weights *);
void weights_know(struct weights *, enum trait, uint64_t sound, int rarity);

/* How rare a value is, in tenths; 0 for missing values. */
int weights_rarity(const struct weights *, enum trait, uint64_t sound);
int weights_rarity_of(const struct weights *, const struct trait_value *);

/* Canonical JSON, its keys in order: what is hashed. */
void weights_write(const struct weights *, struct buf *);

/* REFUSED for what weights_write did not write. The name lies in the arena. */
MUST_USE enum outcome weights_read(struct weights *, struct str json, struct arena *,
                                   struct fault *why);

#endif
