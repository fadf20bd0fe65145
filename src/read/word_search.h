/* Looks for some hundred known words in a whole text: as it is folded (text/fold.h), at the
 * beginning of a word and up to the end of one. */
#ifndef GOVAH_READ_WORD_SEARCH_H
#define GOVAH_READ_WORD_SEARCH_H

#include "base/arena.h"
#include "read/letter.h"

/* A word is looked for by its first bytes. */
enum { HEAD_SIZE = 4, HEAD_BITS = 1 << 13, SHELVES = 1024 };

struct sought {
    struct str word; /* folded, of two bytes at least */
    uint32_t head, mask;
    const struct sought *next; /* on the same shelf */
};

/* Word number `word` in bytes [from, to) of a text: as a whole word. */
struct sighting {
    size_t from, to;
    size_t word;
};

struct sightings {
    struct sighting *at;
    size_t count, room;
};

/* Begins as zeros. */
struct word_search {
    struct sought *words;
    size_t count, room;
    const struct sought *shelves[SHELVES]; /* by the first HEAD_SIZE bytes */
    const struct sought *brief;            /* those that have fewer */
    uint64_t heads[HEAD_BITS / 64];        /* a bit for each head */
    const struct letter *letters;
    uint64_t same[32];        /* a bit for each letter of two bytes that folds to itself */
    unsigned char ascii[128]; /* folded */
    bool begins[256];         /* a word, by the folded byte */
    bool within[256];         /* a word, likewise */
    bool plain[256];          /* ASCII that folds to a byte within words */
};

/* The word must live as long as the search; its number is how many there were before. */
void word_search_add(struct word_search *, struct arena *, struct str folded_word);

/* After the last word. */
void word_search_finish(struct word_search *);

/* All that stand in the text, which is valid UTF-8, in order of their beginnings. */
struct sightings word_search_text(const struct word_search *, struct str text, struct arena *);

/* Those that stand at the very beginning of the text. */
struct sightings word_search_beginning(const struct word_search *, struct str text, struct arena *);

#endif
