/* Histories for the store (store/stays.h): who is urgent and from when to when, who was in which
 * state, through whose hands they passed. */
#ifndef GOVAH_ACCOUNT_CASE_STAYS_H
#define GOVAH_ACCOUNT_CASE_STAYS_H

#include "account/alerts.h"
#include "store/stays.h"

struct case_telling {
    const struct case_rules *rules;
    struct alert_rules alerts;
};

/* Both tables, in the arena. */
MUST_USE enum outcome case_telling_new(struct arena *, struct case_telling **, struct fault *why);

/* The stays are of all that is proposed or accepted: the days on which an alert stands, under its
 * name behind ALERT_STAY, and those between which a sentence ends, under TERM_STAY. Every state in
 * which somebody may have been is a trait "state" of the profile, in the longest spans without a
 * day on which they may not; by what was accepted, and by what is proposed too. The telling stays
 * borrowed. */
#define ALERT_STAY "alert:"
#define TERM_STAY STR("term:")
struct archive_histories case_histories(const struct case_telling *);

#endif
