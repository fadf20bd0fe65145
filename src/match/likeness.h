/* How alike two values of one kind are, in five grades that mean the same for every kind. */
#ifndef GOVAH_MATCH_LIKENESS_H
#define GOVAH_MATCH_LIKENESS_H

#include "match/spelling.h"

/* From the best to the worst. */
enum level {
    LEVEL_MISSING,  /* one side or both have nothing: no evidence either way */
    LEVEL_SAME,     /* letter for letter */
    LEVEL_SPELLING, /* one name spelt or written in another way; a date at another precision */
    LEVEL_NEAR,     /* a slip of the pen: a letter or digit, two exchanged, day for month */
    LEVEL_PART,     /* something in common: a word, an initial, the year */
    LEVEL_OTHER,    /* a conflict */
    LEVELS
};

/* Reads data/names/nicknames.tsv and what align.h needs; once, after spelling_start. */
MUST_USE enum outcome likeness_start(struct fault *why);

/* A word, or several joined, with what tells quickly that two are far apart. */
struct spoken {
    struct letters letters;
    uint64_t sound;     /* letters_sound */
    uint32_t signature; /* letters_signature */
    bool known;         /* it is in data/names/known.tsv or data/names/nicknames.tsv */
};

struct wording {
    struct spoken whole;
    size_t count;
    struct spoken words[SPELLING_WORDS];
};

struct wording wording_of(const struct spelling *);

bool letters_are_known(struct letters);

/* A bit for each group of forms that a known name belongs to, of 32: names without one in common
 * are of no group in common. 0 when it is not known. */
uint32_t letters_groups(struct letters);

/* Whether it is certain, before any letter is looked at, that word_level of two words says OTHER:
 * other sounds, and more letters in one alone than slips could explain. */
bool words_are_far_apart(uint64_t sound_a, uint32_t signature_a, size_t letters_a, uint64_t sound_b,
                         uint32_t signature_b, size_t letters_b, bool one_script);

/* Two words of a name. */
enum level word_level(const struct spoken *, const struct spoken *);

/* Two names or parts of names: as words and as a whole, so that compounds written together, apart
 * or in another order meet. Symmetric. */
enum level name_level(const struct wording *, const struct wording *);

/* Two texts (a place, a street, an occupation), also across scripts. */
enum level text_level(const struct wording *, const struct wording *);

/* Two codes: SAME; NEAR for one character; PART for the same first half; else OTHER. */
enum level code_level(struct letters a, struct letters b);

/* A day packed as year << 9 | month << 5 | day, 0 for what is unknown. SPELLING: the same as far as
 * both say. NEAR: one digit, two neighbours exchanged, or day for month. PART: two
 * of year, month and day are the same, or years of which one is not known closer are at most one
 * apart. */
enum level date_level(uint32_t a, uint32_t b);

/* Two days of which two parts of three are the same (PART): bits for one person beyond what such
 * days weigh on average, because that day and month agree and not the year happens to strangers
 * more than the rest. Within DATE_PART_BITS of 0; 0 for other dates. */
enum { DATE_PART_BITS = 3 };
float date_part_bits(uint32_t a, uint32_t b);

/* Years of age: NEAR one apart, PART up to three. */
enum level age_level(uint32_t a, uint32_t b);

/* Insertions, deletions, substitutions and exchanges of neighbours between a and b (optimal string
 * alignment), or limit + 1 where there are more than `limit`. */
size_t letters_distance(struct letters a, struct letters b, size_t limit);

#endif
