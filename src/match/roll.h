/* A roll of portraits: whoever comes in is laid beside those who are there and may be one person
 * with them.
 *
 * Two portraits are compared when they share a key: what their whole names sound like, or given and
 * family name in either order, or one word of a name that is rare under the weights; a given and
 * family name that are frequent together count with one more value alone, such as a father or a
 * year of birth, that makes them rare. Whether they
 * share one depends on the two and the weights alone, so that the pairs that are found are the same
 * in any order of arrival. */
#ifndef GOVAH_MATCH_ROLL_H
#define GOVAH_MATCH_ROLL_H

#include "match/meeting.h"

struct roll;

/* Portraits and weights are borrowed and outlive it. */
MUST_USE struct roll *roll_new(const struct weights *);
void roll_free(struct roll *);

/* Two that may be one person, by the numbers under which they came, the earlier one left. */
typedef void roll_visit(void *context, size_t left, size_t right, const struct meeting *);

/* Takes one in; visits its meetings with those before it (MEETING_SHOWN and above), in their order.
 * Its number: how many came before it. `visit` may be NULL. */
size_t roll_add(struct roll *, const struct portrait *, roll_visit *, void *context);

/* The numbers of those who share a key with it, in order; until the next call. */
const uint32_t *roll_near(struct roll *, const struct portrait *, size_t *count);

#endif
