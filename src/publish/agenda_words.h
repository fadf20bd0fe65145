/* What a calendar says (case/agenda.h), in the voice's language. */
#ifndef GOVAH_PUBLISH_AGENDA_WORDS_H
#define GOVAH_PUBLISH_AGENDA_WORDS_H

#include "case/agenda.h"
#include "publish/voice.h"

/* What is expected, without whose it is: "hearing", "100 days since: arrested", "day 20: on hunger
 * strike". All in the arena. */
struct str agenda_item_said(const struct voice *, struct arena *, const struct agenda_item *);

/* The day, or the days between which it is, in the voice's calendar; then in the other one. */
struct str agenda_days_said(const struct voice *, struct arena *, const struct agenda_item *);
struct str agenda_days_other_said(const struct voice *, struct arena *, const struct agenda_item *);

/* Why a deadline is when it is, or empty. */
struct str agenda_basis_said(const struct voice *, const struct agenda_item *);

#endif
