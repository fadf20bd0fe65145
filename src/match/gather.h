/* Who is probably one person: portraits gathered by pairs and by what was decided.
 *
 * As in match/cluster.h a chain of pairs is not enough: two groups become one only while the mean
 * of the odds between their members is above even, each held within GATHER_LIMIT, the strongest
 * first; what contradicts counts as GATHER_LIMIT against. What was decided to be one person is one
 * from the beginning, and no group has two that were decided to be different. The outcome depends
 * on the portraits, the pairs and the decisions, not on their order. */
#ifndef GOVAH_MATCH_GATHER_H
#define GOVAH_MATCH_GATHER_H

#include "match/meeting.h"

/* Groups that pairs connect are compared all with all up to GATHER_WHOLE members; in larger ones a
 * pair that was not found counts as GATHER_LIMIT against. */
enum { GATHER_LIMIT = 100, GATHER_WHOLE = 400 };

struct gather_pair {
    size_t left, right;
    int odds; /* tenths */
};

struct gathering {
    const struct weights *weights;
    const struct portrait *all;
    size_t count;
    const struct gather_pair *pairs; /* those at or above even odds are enough */
    size_t pairs_count;
    const struct gather_pair *same, *different; /* decided; odds unused */
    size_t same_count, different_count;
};

/* Of each portrait one of its group, the same for all of the group; in the arena. */
size_t *gather(const struct gathering *, struct arena *);

#endif
