/* Organisations and places under all their names.
 *
 * data/country/CODE/institutions.tsv and places.tsv list, a row each, what is called by which names
 * in which languages and scripts; here a name leads back to its row. A name that stands in several
 * rows (a ministry of several countries) leads to none. */
#ifndef GOVAH_TEXT_AUTHORITY_H
#define GOVAH_TEXT_AUTHORITY_H

#include "base/arena.h"

struct authority {
    struct str name;  /* the row's first form */
    struct str value; /* "official", "advocate", "prison", "province"... */
    bool is_place;
};

/* By a name as somebody writes it: in any case, letters as text/fold.h folds them, words together
 * or apart, with or without an abbreviation in brackets behind it. NULL when nobody is known by it.
 * It lives as long as the program. The tables are read at the first call; that may be from any
 * thread. */
const struct authority *authority_find(struct str name);

/* The name without what stands in brackets behind it. */
struct str authority_bare(struct str name);

/* What is the same for all names of one: the folded first form of its row, or of a name that is not
 * known the folded name itself. In the arena. */
struct str authority_key(struct str name, struct arena *);

#endif
