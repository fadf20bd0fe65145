/* Who is on record: mentions that decisions joined, and the names of one document that nobody
 * decided about. */
#ifndef GOVAH_CASE_CASE_PEOPLE_H
#define GOVAH_CASE_CASE_PEOPLE_H

#include "case/named.h"

struct case_person {
    struct hash address;      /* mention_id of the first mention */
    struct str name;          /* the longest spelling; of equally long ones the first */
    struct mention *mentions; /* in order, each once */
    size_t mentions_count;
    const struct statement_view **views; /* life events and facts about them, by id */
    size_t views_count;
    bool decided; /* a decision joined or parted mentions of theirs */
    bool parted;  /* of one name in one document, that decisions make several people of: what
                     none of these decisions reaches */
};

/* In order of the address. Rejected statements are left out, and organisations. A pure function of
 * the set of views; all lies in the arena or points into the views. */
void case_people_make(const struct statement_view *, size_t count, const struct persons *,
                      struct arena *, struct case_person **, size_t *people_count);

/* The person of whom a mention has the id, or its first digits (at least 4): NOT_FOUND, or REFUSED
 * when digits fit several people. */
MUST_USE enum outcome case_person_find(const struct case_person *, size_t count, struct str digits,
                                       size_t *out, struct fault *why);

/* Those who have a spelling that is the name, folded; where there is none, those in whose spellings
 * it stands. Their places, in the arena. */
size_t *case_people_named(const struct case_person *, size_t count, struct str name, struct arena *,
                          size_t *found);

/* Whether any of the person's spellings is the name, or has it in it; `folded` by fold_text. */
bool case_person_is_named(const struct case_person *, struct str folded, bool whole,
                          struct arena *);

#endif
