/* All pairs of some records, for records that have many values in common: two values are compared
 * once, however many of the records have them. */
#ifndef GOVAH_MATCH_GROUP_H
#define GOVAH_MATCH_GROUP_H

#include "match/model.h"

/* What comparing takes; one for each thread. */
struct group_scorer;

struct group_scorer *group_scorer_new(const struct list *, const struct model *);
void group_scorer_free(struct group_scorer *);

/* The odds of all pairs (model_odds), held within `limit` bits of 0, in odds[i * count + j] and
 * odds[j * count + i]; the diagonal is left alone. Whether all are above 0. */
bool group_odds(struct group_scorer *, const uint32_t *records, size_t count, float limit,
                float *odds);

#endif
