/* Telling that goes on in other threads while the first one reads statements and writes rows. */
#ifndef GOVAH_STORE_TELLING_INT_H
#define GOVAH_STORE_TELLING_INT_H

#include "store/stays_int.h"

/* Some people: the statements about them are the first thread's to find, the rest is told. */
struct telling {
    struct arena arena; /* of all that follows */
    struct case_statements about;
    struct people_told told;
};

struct telling_ahead;
MUST_USE struct telling_ahead *telling_ahead_begin(void);
void telling_ahead_end(struct telling_ahead *); /* may be NULL */

/* Where the next ones are to be set, empty; NULL when the oldest are to be taken first. */
MUST_USE struct telling *telling_ahead_place(struct telling_ahead *);
/* Has those at the place told. */
void telling_ahead_add(struct telling_ahead *);

/* The oldest, told; NULL when there are none. They stay until they are forgotten. */
MUST_USE struct telling *telling_ahead_first(struct telling_ahead *);
void telling_ahead_forget(struct telling_ahead *);

#endif
