/* What the labels of events and populations mean for comparing counts: the tables of data/account.
 */
#ifndef GOVAH_ACCOUNT_LABELS_H
#define GOVAH_ACCOUNT_LABELS_H

#include "base/str.h"

struct labels;

/* Read once, they live as long as the program; any thread may ask. */
const struct labels *labels_known(void);

/* Whether everybody in `part` is also in `whole` (and they are not the same). */
bool population_is_part(const struct labels *, struct str part, struct str whole);

/* Whether it is a part of any. */
bool population_has_whole(const struct labels *, struct str part);

/* Whether counts of this event only grow ("killed"), and do not rise and fall ("imprisoned"). */
bool event_adds_up(const struct labels *, struct str event);

/* Whether its counts are not yet for sure: "under investigation". Such a figure is compared under
 * what is looked into, and stands beside it. */
bool event_is_under_review(const struct labels *, struct str event);

/* The event under which a figure of this incident is compared: itself, or what is the same there:
 * in a massacre of prisoners those executed are those killed. */
struct str event_in_incident(const struct labels *, struct str incident, struct str event);

/* Whether an event, or else a property, is of a kind that one person has once: "executed",
 * "birth_date". */
bool happens_once(const struct labels *, bool event, struct str label);

/* Whether one person cannot have both values of a property: it is had once, and they are two dates
 * without a day in common, or other words (text/fold.h). */
bool values_contradict(const struct labels *, struct str property, struct str, struct str);

#endif
