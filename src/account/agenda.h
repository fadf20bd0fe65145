/* What is expected about people, and when: hearings, deadlines, ends of sentences and furloughs,
 * the days that are kept. By the tables of data/calendar; everything in it leads to a statement.
 *
 * As of a day: what happened later ends nothing yet, and whoever was held on that day is taken to
 * be held still. */
#ifndef GOVAH_ACCOUNT_AGENDA_H
#define GOVAH_ACCOUNT_AGENDA_H

#include "account/case.h"

enum agenda_kind {
    EXPECTED_ON, /* by a date that is exact to a month */
    EXPECTED_DUE,
    EXPECTED_DAY,
    EXPECTED_ANNIVERSARY,
    EXPECTED_UNTIL,
    EXPECTED_TERM,
};

/* Why a deadline is when it is. */
struct agenda_basis {
    struct str name, english, persian;
};

struct agenda_rule {
    struct str item, event; /* labels, without "other:" */
    enum agenda_kind kind;
    struct str after; /* ISO 8601 duration, or empty */
    uint32_t states;
    struct str ends;                  /* events, '|' between */
    const struct agenda_basis *basis; /* or NULL */
};

struct agenda_rules {
    struct agenda_rule *at;
    size_t count;
    struct agenda_basis *bases;
    size_t bases_count;
};

/* The tables that are built in, in the arena. REFUSED with file and line for a row that cannot be.
 */
MUST_USE enum outcome agenda_rules_new(const struct case_rules *, struct arena *,
                                       struct agenda_rules *, struct fault *why);
/* Of other files. */
MUST_USE enum outcome agenda_rules_read(const struct data_file *calendar,
                                        const struct data_file *basis, const struct case_rules *,
                                        struct arena *, struct agenda_rules *, struct fault *why);

struct agenda_item {
    const struct agenda_rule *rule;
    const struct case_person *person;
    const struct case_occurrence *since; /* the event; of a term the sentence */
    const struct case_occurrence *from;  /* of a term: from when it is reckoned; else NULL */
    int64_t first, last; /* the day, or between which days; last may be INT64_MAX: not before */
    bool proposed;       /* nobody accepted what it rests on */
};

/* How many days the nth of something is: of EXPECTED_DAY, else 0. */
int64_t agenda_item_number(const struct agenda_item *);

struct agenda_choice {
    int64_t as_of, from, to;
    size_t limit; /* people looked at, about so many */
};

struct agenda {
    struct agenda_item *items; /* by day, then by rule, then by name */
    size_t count, room;
    int64_t complete; /* the last day of which all is here: `to`, or before it where the limit cut
                       */
};

/* Appends what is expected about one person between `from` and `to`, out of order: what has a first
 * day there, and hearings that may yet be on one of these days. */
void agenda_of_person(const struct agenda_rules *, const struct case_rules *,
                      const struct case_person *, const struct agenda_choice *, struct arena *,
                      struct agenda *);
void agenda_sort(struct agenda *);

/* Of all people. In the arena. */
MUST_USE enum outcome agenda_read(struct archive *, const struct agenda_rules *,
                                  const struct case_rules *, const struct agenda_choice *,
                                  struct arena *, struct agenda *, struct fault *why);

#endif
