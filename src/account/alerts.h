/* What is urgent about a person on a day, by the rules of data/alerts. Nothing is sent. */
#ifndef GOVAH_ACCOUNT_ALERTS_H
#define GOVAH_ACCOUNT_ALERTS_H

#include "account/case_history.h"

struct alert_rule {
    struct str alert, event; /* labels, without "other:" */
    struct str detail, value;
    struct str lacks; /* details, or "place", that the statement must not say; '|' between */
    uint32_t states;  /* in one of which the person may be */
    int64_t least, most;
    struct str lifts; /* events that end it well, '|' between */
    struct str ends;  /* and those that end it otherwise: an execution, another court */
};

struct alert_rules {
    struct alert_rule *at; /* in the order of the table: the most urgent first; those of one alert
                              together */
    size_t count;
};

/* The table that is built in, in the arena. REFUSED with file and line for a row that cannot be, or
 * that stands apart from the others of its alert. */
MUST_USE enum outcome alert_rules_new(const struct case_rules *, struct arena *,
                                      struct alert_rules *, struct fault *why);
/* Of another file. */
MUST_USE enum outcome alert_rules_read(const struct data_file *, const struct case_rules *,
                                       struct arena *, struct alert_rules *, struct fault *why);

struct alert {
    const struct alert_rule *rule;
    const struct case_occurrence *since; /* of the account's history of all statements */
    int64_t low, high; /* which day of it this is, or how many are to come (negative); DAYS_NONE,
                          both: nothing says since when */
    bool dated;
    bool proposed; /* nobody accepted what it rests on */
};

/* Of one person on the day, by a history of all statements; in the order of the rules, then of the
 * history; in the arena. */
struct alert *case_alerts(const struct alert_rules *, const struct case_history *, int64_t day,
                          struct arena *, size_t *count);

/* The days on which an alert stands, both included; INT64_MIN and INT64_MAX are no end. */
struct alert_span {
    const struct alert_rule *rule;
    const struct case_occurrence *since;
    int64_t from, until;
};

/* All of them: case_alerts has an alert on a day if and only if a span of its name and occurrence
 * holds the day. In the arena. */
struct alert_span *alert_spans(const struct alert_rules *, const struct case_history *,
                               const struct case_course *, struct arena *, size_t *count);

#endif
