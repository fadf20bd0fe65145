/* What the files of overlap.h share. */
#ifndef GOVAH_ESTIMATE_OVERLAP_INT_H
#define GOVAH_ESTIMATE_OVERLAP_INT_H

#include "estimate/overlap.h"

/* Fills cells and total from counts by mask, 2^lists of them; the first does not count. */
void overlap_fill(struct overlap *, const int64_t *counts, struct arena *);

#endif
