/* A name taken apart: who somebody is called by, and whose child and of which family they are. */
#ifndef GOVAH_MATCH_PERSON_NAME_H
#define GOVAH_MATCH_PERSON_NAME_H

#include "match/spelling.h"

/* Honorifics and titles are gone, what is written apart or together is one word (Gholam-Ali is two,
 * Norouz-zadeh and Abd-ollah are one). */
struct person_name {
    struct spelling given;  /* all but the last word, or the only one */
    struct spelling family; /* the last word; before a comma, all words */
    struct spelling father; /* what follows bin, ibn, bint, farzand */
    struct spelling other;  /* words that have no place above */
};

void person_name_of(struct str raw, struct person_name *out);

/* One part alone, such as a column of given names: the same cleaning. */
void name_part_of(struct str raw, struct spelling *out);

#endif
