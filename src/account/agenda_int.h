/* What is expected: of one person (agenda.c), and where the record has it (agenda_days.c). */
#ifndef GOVAH_ACCOUNT_AGENDA_INT_H
#define GOVAH_ACCOUNT_AGENDA_INT_H

#include "account/agenda.h"

/* A date as inexact as a month is looked at, none that is more so. */
enum { AGENDA_MONTH = 31 };

/* The last day of a date that is an interval. */
bool agenda_interval_end(struct str date, int64_t *out);

/* What the record has for a day: a statement that may be an item of the rule. Of a term it is the
 * first about the person. */
struct agenda_trace {
    const struct agenda_rule *rule;
    struct hash by;
    struct str name;
    int64_t day;
};

struct agenda_days;

/* Of the days of the choice, from its beginning on; before `from` only hearings that may yet be
 * between the days. In the arena. */
MUST_USE enum outcome agenda_days_begin(struct archive *, const struct agenda_rules *,
                                        const struct agenda_choice *, struct arena *,
                                        struct agenda_days **, struct fault *why);

/* All of the next rule that has any on its day, in the order of items, and how much of the day came
 * before; none when there is no further one. */
MUST_USE enum outcome agenda_days_next(struct agenda_days *, struct agenda_trace **, size_t *count,
                                       size_t *passed, struct fault *why);

/* How much of the day of the last ones comes behind them. */
MUST_USE enum outcome agenda_days_left(struct agenda_days *, size_t *out, struct fault *why);

#endif
