/* Overlap tables: how many people are on which of several lists.
 *
 * A set of lists is a bit mask, bit i for list i. A table has a count for each set but the empty
 * one, which is what an estimate is about; sets that nobody is in are left out. */
#ifndef GOVAH_ESTIMATE_OVERLAP_H
#define GOVAH_ESTIMATE_OVERLAP_H

#include "base/arena.h"
#include "base/fault.h"

enum { OVERLAP_LISTS_LIMIT = 10, OVERLAP_STRATA_LIMIT = 200 };
#define OVERLAP_TOTAL_LIMIT INT64_C(10000000) /* individuals */

struct overlap_cell {
    uint32_t lists; /* not 0 */
    int64_t count;  /* above 0 */
};

struct overlap {
    struct str stratum; /* empty when the table is not divided */
    struct str *names;  /* of the lists, in the order of the input */
    size_t lists;
    struct overlap_cell *cells; /* in rising order of the mask */
    size_t cells_count;
    int64_t total; /* individuals: the documented count */
};

/* How the file is to be read. Where `list` is given, each row is a record of one person on one
 * list, and `list` and `cluster` name its columns: rows with the same cluster are the same person.
 * Else each row is a set of lists: columns of 0 and 1, named by the lists, and one called "count".
 * `stratum`, where it is given, names a column that divides the rows into tables. */
struct overlap_columns {
    struct str list, cluster, stratum;
};

/* The tables of a CSV file (base/csv.h) in UTF-8, in byte order of their strata, in the arena.
 * REFUSED in one line, with the row's line where there is one: columns that are missing or named
 * twice, a value that is not 0 or 1, a count that is negative or no whole number, a row on no list,
 * the same set of lists twice, fewer than two or more than OVERLAP_LISTS_LIMIT lists, a record
 * without a list or a cluster, a cluster in two strata, more than OVERLAP_TOTAL_LIMIT individuals,
 * nobody at all, a list that nobody in the file is on. In a stratum, a list may be empty. */
MUST_USE enum outcome overlap_read(struct str bytes, const struct overlap_columns *, struct arena *,
                                   struct overlap **out, size_t *count, struct fault *why);

/* The table of a subset of the lists: people on none of the others' lists alone fall away. With
 * two lists or more in `kept`. */
struct overlap overlap_keep(const struct overlap *, uint32_t kept, struct arena *);

/* As it is without the lists that nobody is on. */
struct overlap overlap_without_empty(const struct overlap *, struct arena *);

/* How many are on all of these lists, whatever other lists they are on. */
int64_t overlap_margin(const struct overlap *, uint32_t lists);

/* The counts by mask, 2^lists of them, the first 0, as numbers to calculate with. */
double *overlap_counts(const struct overlap *, struct arena *);

/* The names of a set of lists, joined by " × ". */
struct str overlap_name(const struct overlap *, uint32_t lists, struct arena *);

#endif
