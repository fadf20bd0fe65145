/* Two spellings of one name, laid beside each other letter by letter, at what each step is worth.
 */
#ifndef GOVAH_MATCH_ALIGN_H
#define GOVAH_MATCH_ALIGN_H

#include "match/spelling.h"

/* Reads data/names/letters.tsv and data/names/sounds.tsv; once, before anything else here. */
MUST_USE enum outcome align_start(struct fault *why);

enum { ALIGN_STEPS = 2 * SPELLING_LETTERS };

struct align_step {
    uint8_t left, right; /* letters taken of either */
    int16_t tenths;
};

struct alignment {
    int tenths; /* the sum */
    size_t count;
    struct align_step steps[ALIGN_STEPS]; /* in order; together they take all letters */
};

/* Latin to Latin: what the differences cost, 0 or less (data/names/sounds.tsv). */
int align_sounds(struct letters left, struct letters right, struct alignment *or_null);

/* Arabic script to Latin: tenths of a bit in favour of one name in two scripts
 * (data/names/letters.tsv). */
int align_scripts(struct letters arabic, struct letters latin, struct alignment *or_null);

/* Whether they come to as much as that, which is found out faster. */
bool sounds_within(struct letters left, struct letters right, int price);
bool scripts_within(struct letters arabic, struct letters latin, int least, struct alignment *out);

/* "خ kh 8.6, ا a 2.6": the steps that cost something or cross scripts. */
struct str alignment_text(struct arena *, struct letters left, struct letters right,
                          const struct alignment *);

#endif
