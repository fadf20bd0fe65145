/* From when to when something is urgent or due about whom: derived from the statements about each
 * person, by the rules of whoever tells histories, kept up with each commit. */
#ifndef GOVAH_STORE_STAYS_H
#define GOVAH_STORE_STAYS_H

#include "store/cases.h"
#include "store/passages.h"

/* Both ends included, as days since 1970-01-01; INT64_MIN and INT64_MAX are no end. */
struct archive_stay {
    struct hash person;    /* address: the id of their first mention */
    struct hash statement; /* one about them */
    struct str name, state;
    int64_t since, until;
    bool decided; /* by what was accepted; else by what is proposed too */
};

/* What is said of a person, as store/profiles.h has it: for a time, or for good. */
struct archive_trait {
    struct str kind, value;
    int64_t since, until;
};

struct archive_profile {
    struct hash person, statement;
    struct hash text; /* in which the address is a mention */
    struct str name;
    struct str keys; /* their spellings, folded, a line each */
    struct archive_trait *traits;
    size_t traits_count;
};

/* What the statements about some people tell. */
struct archive_told {
    struct archive_stay *stays;
    size_t stays_count;
    struct archive_profile *profiles;
    size_t profiles_count;
    struct archive_passage *passages;
    size_t passages_count;
};

/* The store knows no states and no bodies and is handed who does; a state may be any word. What is
 * told depends on the statements alone; it lies in the arena. */
struct archive_histories {
    const void *context;
    void (*tell)(const void *context, const struct case_statements *, struct arena *,
                 struct archive_told *);
};

/* Once, before the first archive; without it there are no stays. It outlives all archives. */
void archive_use_histories(const struct archive_histories *);

/* Tells all of them anew, as archive_rebuild does after everything else. */
MUST_USE enum outcome archive_rebuild_stays(struct archive *, struct fault *why);

/* How many stays there are of the state on the day. */
MUST_USE enum outcome archive_stays_count(struct archive *, struct str state, int64_t day,
                                          size_t *out, struct fault *why);

/* A statement about somebody, and a day. */
struct archive_dated {
    struct hash statement;
    int64_t day;
    struct str name, date; /* where they are asked for, else empty: the person's, the event's */
};
struct archive_dated_list {
    struct archive_dated *at;
    size_t count, room;
};

/* Stays of the state that hold on the day, the last begun first, then by address; their first days.
 * At most `limit`; appended, in the arena. */
MUST_USE enum outcome archive_stays_last(struct archive *, struct str state, int64_t day,
                                         size_t limit, struct arena *, struct archive_dated_list *,
                                         struct fault *why);

/* The first day between two, both included, on which a stay of the state begins; INT64_MAX when
 * there is none. */
MUST_USE enum outcome archive_stay_day(struct archive *, struct str state, int64_t from, int64_t to,
                                       int64_t *out, struct fault *why);

/* Stays of the state that begin on the day: of each person one, by name, then by statement.
 * Appended, in the arena. */
MUST_USE enum outcome archive_stays_on(struct archive *, struct str state, int64_t day,
                                       struct arena *, struct archive_dated_list *,
                                       struct fault *why);

MUST_USE enum outcome archive_stays_on_count(struct archive *, struct str state, int64_t day,
                                             size_t *out, struct fault *why);

/* The first day between two, both included, that has life events of that label, with or without
 * "other:"; the day of an event is the first of its date. INT64_MAX when there is none. */
MUST_USE enum outcome archive_event_day(struct archive *, struct str label, int64_t from,
                                        int64_t to, int64_t *out, struct fault *why);

/* Those of the day, with name and date as they give them, by name, then by id; the rejected too.
 * Appended, in the arena. */
MUST_USE enum outcome archive_events_on(struct archive *, struct str label, int64_t day,
                                        struct arena *, struct archive_dated_list *,
                                        struct fault *why);

MUST_USE enum outcome archive_events_on_count(struct archive *, struct str label, int64_t day,
                                              size_t *out, struct fault *why);

/* Those between two days, both included, whose date is no single day; and some whose is. */
MUST_USE enum outcome archive_events_inexact(struct archive *, struct str label, int64_t from,
                                             int64_t to, struct arena *,
                                             struct archive_dated_list *, struct fault *why);

/* The last day on which a document of the archive was published, leaving out those that name a day
 * behind their being taken in; else the last on which one was taken in. INT64_MIN without any. */
MUST_USE enum outcome archive_last_day(struct archive *, int64_t *out, struct fault *why);

#endif
