/* What matching found, as files. */
#ifndef GOVAH_MATCH_WRITE_H
#define GOVAH_MATCH_WRITE_H

#include <stdio.h>

#include "match/matching.h"

/* Sorts the pairs: the likeliest first, then by what their records are; each stands once. */
void pairs_sort(struct matching *);

/* CSV: id,cluster for each record, in the order of the lists; with several lists id,cluster,list,
 * the list by its place among `lists`. A cluster is called by the id that is first in byte order
 * among its records; where ids are not unique (list_doubled_ids), the record's number in the lists
 * is added behind "#". */
void clusters_write(FILE *, const struct matching *, bool unique, const struct str *lists);

/* CSV: left,right,probability,bits,reasons; pairs_sort came before. */
void pairs_write(FILE *, const struct matching *);

/* Why two records are or are not one person: "family name Norouzi | نوروزی: spelling 8.2; ..." */
struct reason {
    size_t feature;
    enum level level;
    float bits;
    struct str left, right;
};
size_t pair_reasons(struct arena *, const struct matching *, struct comparer *, uint32_t left,
                    uint32_t right, struct reason out[LIST_FEATURES]);

/* "same", "spelling", "near", "part", "other" */
const char *level_name(enum level);

/* How many records have an id that another has, and one of them; 0 when there is none. */
size_t list_doubled_ids(const struct list *, size_t *first, size_t *second);

#endif
