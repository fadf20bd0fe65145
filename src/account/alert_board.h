/* What is urgent on a day, over the whole record: who, why, since when, and how well it is
 * corroborated. Read from the stays (case/case_stays.h) and from the cases of those it is about;
 * the rest of the record is not looked at. */
#ifndef GOVAH_ACCOUNT_ALERT_BOARD_H
#define GOVAH_ACCOUNT_ALERT_BOARD_H

#include "case/alerts.h"
#include "case/case.h"

struct alert_choice {
    int64_t day;
    struct str alert; /* this one alone; empty: all */
    size_t limit;     /* of each alert, those that stand shortest */
};

/* How often each alert of the rules stands on the day, whatever was chosen. */
struct alert_tally {
    struct str alert;
    size_t count;
};

struct alert_row {
    const struct case_person *person;
    struct alert alert;
    size_t said_by; /* independent sources */
};

struct alert_board {
    struct alert_tally *tallies; /* in the order of the rules: the most urgent first */
    size_t tallies_count;
    struct alert_row *rows; /* by alert, then the latest first, then by name */
    size_t count;
    size_t total; /* of what was chosen; more than `count` where the limit cut */
};

/* In the arena. REFUSED for an alert that there is not. */
MUST_USE enum outcome alert_board_read(struct archive *, const struct case_rules *,
                                       const struct alert_rules *, const struct alert_choice *,
                                       struct arena *, struct alert_board *, struct fault *why);

#endif
