/* What is made once for each state of the record and shared by the threads that show parts of it:
 * the account of all figures, who may be one person, the list of people where decisions join some,
 * amnesties against the record, which events of lives are on record, and everybody in columns. To
 * turn a page of a thousand counts costs no account of them. Every function may be called by
 * several threads at once. */
#ifndef GOVAH_ACCOUNT_SHELF_H
#define GOVAH_ACCOUNT_SHELF_H

#include "account/audit.h"
#include "account/crowd.h"
#include "account/groups.h"
#include "account/matches.h"
#include "account/people.h"

struct account_shelf;

/* What happened to anybody on record: labels of life events that nobody rejected, in byte order. */
struct life_labels {
    struct str *at;
    size_t count;
};

/* The caller owns it (account_shelf_free, when nobody holds anything of it any more). */
MUST_USE struct account_shelf *account_shelf_new(void);
void account_shelf_free(struct account_shelf *);

enum account_kind {
    ACCOUNT_GROUPS,
    ACCOUNT_MATCHES,
    ACCOUNT_PEOPLE,
    ACCOUNT_AUDITS,
    ACCOUNT_AUDITS_AS_OF, /* the day asked for last alone is kept */
    ACCOUNT_EVENTS,
    ACCOUNT_CROWD,
    ACCOUNT_KINDS
};

/* What is asked for, and what it is made from. With `unless_long` nothing is held where it would
 * have to be made, or waited for, in an archive of more than SHELF_AT_ONCE statements: that takes
 * too long for a page that only mentions it. */
enum { SHELF_AT_ONCE = 1000 };
struct account_wish {
    enum account_kind kind;
    const struct incident_facts *incidents; /* of groups */
    size_t incidents_count;
    const struct reader *reader; /* of matches */
    int64_t as_of;               /* of audits as of a day */
    bool unless_long;
};

/* Of what was asked for, as it is in what the archive shows now, until account_release; the others
 * are NULL. */
struct account_hold {
    const struct groups *groups;
    const struct matches *matches;
    const struct people_list *people;
    const struct audits *audits;
    const struct life_labels *events;
    const struct crowd *crowd;
    struct shelved *shelved; /* NULL: nothing is held */
};

/* Made when the record is not as it was, and whoever asks meanwhile waits for that. All that share
 * a shelf ask of one archive, with the same incidents and reader, which outlive the shelf. */
MUST_USE enum outcome account_hold(struct account_shelf *, struct archive *,
                                   const struct account_wish *, struct account_hold *,
                                   struct fault *why);
void account_release(struct account_shelf *, struct account_hold *);

#endif
