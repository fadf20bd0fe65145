/* A sketch of a text: enough of it to tell whether two texts are mostly the same words.
 *
 * Shingles are runs of SKETCH_SHINGLE letters and digits of the folded text (text/fold.h), whatever
 * stands between them, so that line breaks, punctuation, joiners and lost or added blanks change
 * nothing and languages that write no blanks are served alike. Each shingle has a number of 32
 * bits: the polynomial of its characters in SKETCH_BASE modulo 2^64, mixed by SplitMix64's finish,
 * the upper half. The sketch is the SKETCH_SIZE smallest numbers (MinHash by bottom-k: A. Broder,
 * "On the resemblance and containment of documents", 1997). The same text gives the same sketch
 * everywhere, for ever.
 *
 * A translation has no shingle of its original: a sketch says nothing about it. */
#ifndef GOVAH_TEXT_SKETCH_H
#define GOVAH_TEXT_SKETCH_H

#include "base/str.h"

enum { SKETCH_SHINGLE = 24, SKETCH_SIZE = 96 };
#define SKETCH_BASE UINT64_C(0x9E3779B97F4A7C15)

struct sketch {
    uint32_t numbers[SKETCH_SIZE]; /* ascending, each once */
    size_t count;                  /* all the text has when below SKETCH_SIZE */
};

void sketch_make(struct sketch *, struct str text);

/* Estimates, per mille. */
struct likeness {
    int alike;     /* of the shingles of both, those that both have */
    int contained; /* of the shingles of the one that has fewer, those that the other has */
    size_t shared; /* numbers of the sketches that these estimates rest on */
};
struct likeness sketch_compare(const struct sketch *, const struct sketch *);

/* Whether one is an edited or shortened copy of the other: half of all shingles are common to
 * both, or four fifths of the shorter's; never for texts too short to tell (fewer than
 * SKETCH_ENOUGH shingles), and never on less than SKETCH_SHARED common numbers. */
enum { SKETCH_ENOUGH = 48, SKETCH_SHARED = 12, SKETCH_ALIKE = 500, SKETCH_CONTAINED = 800 };
bool sketch_same_text(const struct sketch *, const struct sketch *);

/* The sketch as bytes: four to a number, the high byte first; and back. False for what is none. */
enum { SKETCH_BYTES = SKETCH_SIZE * 4 };
size_t sketch_write(const struct sketch *, char out[SKETCH_BYTES]);
MUST_USE bool sketch_read(struct str bytes, struct sketch *);

#endif
