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
    const struct statement_view *by;     /* by whose date it is found: of the event, the first one
                                            with its day; of a term the first about the person */
    int64_t first, last; /* the day, or between which days; last may be INT64_MAX: not before */
    bool proposed;       /* nobody accepted what it rests on */
};

/* How many days the nth of something is: of EXPECTED_DAY, else 0. */
int64_t agenda_item_number(const struct agenda_item *);

/* Where a part begins: on the day, behind so much of what the record has for it (statements that
 * may be such an item, whether or not they are). It stays where it is as long as the record does.
 */
struct agenda_place {
    int64_t day;
    size_t passed;
};
#define AGENDA_BEGIN ((struct agenda_place){INT64_MIN, 0})

struct agenda_choice {
    int64_t as_of, from, to;
    struct agenda_place begin; /* between these days; AGENDA_BEGIN: all of them */
    size_t limit;              /* items */
};

struct agenda {
    struct agenda_item *items; /* by day, then by rule, then by the name as `by` has it */
    size_t count, room;
    bool more; /* the part ended before the days did, and the next one begins at: */
    struct agenda_place next;
    size_t left; /* how much of that day's is still to come: it may be so many items, or fewer */
};

/* Appends what is expected about one person between `from` and `to`, out of order: what has a first
 * day there, and hearings that may yet be on one of these days. */
void agenda_of_person(const struct agenda_rules *, const struct case_rules *,
                      const struct case_person *, const struct agenda_choice *, struct arena *,
                      struct agenda *);
void agenda_sort(struct agenda *);

/* Of all people, a part at a time: it ends when it has so many items, or when it has looked at many
 * more than it found. One part after another is the whole. In the arena. */
MUST_USE enum outcome agenda_read(struct archive *, const struct agenda_rules *,
                                  const struct case_rules *, const struct agenda_choice *,
                                  struct arena *, struct agenda *, struct fault *why);

#endif
