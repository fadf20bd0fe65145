/* What a case would look like if two were one person: what happened to either, in one line of time,
 * and what cannot both be true of one. */
#ifndef GOVAH_ACCOUNT_JOINED_H
#define GOVAH_ACCOUNT_JOINED_H

#include "account/matches.h"

/* Something that happened, or that is said of them, as one or both sides tell it. */
struct joined_line {
    struct str label;                          /* of an event or a property */
    struct str date, place;                    /* of an event; each may be empty */
    struct str value;                          /* of a property */
    const struct statement_view *left, *right; /* the statement to show of each side, or NULL */
};

/* Two lines that cannot both be true of one person: what happens once, on days that have none in
 * common, or one property with two values (data/account/once.tsv). */
struct joined_conflict {
    const struct statement_view *left, *right;
};

struct joined {
    struct joined_line *events; /* by their first day, the undated last */
    size_t events_count;
    struct joined_line *facts; /* by property and value */
    size_t facts_count;
    struct joined_conflict *conflicts; /* of one side against the other */
    size_t conflicts_count;
};

/* Each side is all whom decisions make one with that bearer. What was rejected is left out; of
 * statements that say the same the accepted comes first, then the first by id. In the arena. */
void joined_make(const struct matches *, const struct match *, struct arena *, struct joined *);

#endif
