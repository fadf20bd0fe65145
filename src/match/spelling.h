/* How a name or another short text is spelt, in the form that matching compares: folded letters of
 * whichever script, cut into words.
 *
 * Cyrillic, Turkish and scholars' letters become plain Latin ones (data/names/romanise.tsv), then
 * text/fold.h makes one of what is written in several ways. What stands between letters (blanks,
 * hyphens, points) separates words; an apostrophe or a zero-width joiner does not. */
#ifndef GOVAH_MATCH_SPELLING_H
#define GOVAH_MATCH_SPELLING_H

#include "base/arena.h"
#include "base/fault.h"

enum { SPELLING_LETTERS = 60, SPELLING_WORDS = 8 };

/* What a word is within a name (data/names/particles.tsv). */
enum particle {
    PARTICLE_NONE,
    PARTICLE_DROP, /* an honorific, a title, an article */
    PARTICLE_NEXT, /* one name with the word behind it */
    PARTICLE_LAST, /* one name with the word before it */
    PARTICLE_SON,  /* what follows is the father's name */
    PARTICLE_JOIN, /* a link between names */
};

struct spelling {
    uint16_t letters[SPELLING_LETTERS]; /* folded, without separators */
    uint8_t count;                      /* letters; what does not fit is left out */
    uint8_t words;
    uint8_t ends[SPELLING_WORDS];      /* where each word ends, in letters */
    uint8_t particles[SPELLING_WORDS]; /* enum particle of each */
    bool bound[SPELLING_WORDS];        /* a hyphen ties it to the word before */
    uint8_t comma;                     /* words before the first comma; 0 when there is none */
};

enum spelling_kind {
    SPELLING_NAME, /* letters; particles are looked up and nothing is dropped yet */
    SPELLING_TEXT, /* letters and digits */
    SPELLING_CODE, /* letters and digits, one word */
};

/* Reads the tables of data/names; once, before anything else here. */
MUST_USE enum outcome spelling_start(struct fault *why);

void spelling_of(struct str raw, enum spelling_kind, struct spelling *out);

/* Letters [from, to) of word i. */
struct letters {
    const uint16_t *at;
    size_t count;
};
struct letters spelling_word(const struct spelling *, size_t i);
struct letters spelling_whole(const struct spelling *);

/* Adds word i of `from` at the end of `to`, joined to its last word when `joined`. */
void spelling_add(struct spelling *to, const struct spelling *from, size_t i, bool joined);

/* As spelling_add for letters that belong to nobody. */
void spelling_append(struct spelling *to, struct letters, bool joined);

/* Of the letters and of where the words end; the same in every run. */
uint64_t spelling_hash(const struct spelling *);

/* The letters in UTF-8, words apart. */
struct str spelling_text(struct arena *, const struct spelling *);

/* What some letters sound like whatever the script: the consonant skeleton (text/fold.h), its first
 * SOUND_LETTERS in five bits each, the first lowest. Of letters without a consonant a number that
 * no skeleton has. */
enum { SOUND_LETTERS = 12 };
uint64_t letters_sound(struct letters);

/* A bit for each letter that occurs, of 32. */
uint32_t letters_signature(struct letters);

bool letters_equal(struct letters, struct letters);

/* Whether the letters are of the Arabic script. */
bool letters_are_arabic(struct letters);

#endif
