/* One key for each person on record, for counting people. */
#ifndef GOVAH_ACCOUNT_PERSON_KEY_H
#define GOVAH_ACCOUNT_PERSON_KEY_H

#include "case/named.h"

/* The key of the person whom each view is about, in order of the views; empty where it is about
 * none. Of a person who was decided it is the address of the first mention; where nobody decided,
 * the folded name, or the key of the decided person if one alone bears that name. Mentions that
 * decisions part, and people of one name in one list, have a key of their own in each text. A pure
 * function: the order of the views changes no key. All lies in the arena. */
struct str *person_keys(const struct statement_view *, size_t count, const struct persons *,
                        struct arena *);

#endif
