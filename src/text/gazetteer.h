/* Places under all their names: cities, provinces, prisons.
 *
 * data/country/CODE/places.tsv lists, a row each, what is called by which names in which languages
 * and scripts; here a name leads back to its row. A name that stands in several rows (a province
 * and its city) leads to the first of them. */
#ifndef GOVAH_TEXT_GAZETTEER_H
#define GOVAH_TEXT_GAZETTEER_H

#include "base/arena.h"

struct known_place {
    struct str name; /* the row's first form */
    struct str kind; /* "prison", "province", "city"... */
};

/* By a name as somebody writes it: in any case, letters as text/fold.h folds them, words together
 * or apart. NULL when no place is known by it. It lives as long as the program. The tables are read
 * at the first call; that may be from any thread. */
const struct known_place *gazetteer_find(struct str name);

/* What is the same for all names of one place: the folded first form of its row, or of a name that
 * is not known the folded name itself. In the arena. */
struct str gazetteer_key(struct str name, struct arena *);

#endif
