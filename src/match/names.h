/* Two names by themselves: how likely it is that they are spellings of one. */
#ifndef GOVAH_MATCH_NAMES_H
#define GOVAH_MATCH_NAMES_H

#include "match/likeness.h"

/* Names that come to NAMES_SAME may be one; that two people are one is never said of a name alone.
 */
#define NAMES_SAME 0.5

struct name_likeness {
    double score; /* 0 to 1; the product of what each part comes to */
    enum level given, family;
    bool swapped;           /* given and family name stand in each other's place */
    struct str explanation; /* "given Mehran | مهران: spelling (م m 4.7, ...); family ..." */
};

/* Symmetric in the score. Strings in the arena. */
void names_compare(struct arena *, struct str left, struct str right, struct name_likeness *out);

#endif
