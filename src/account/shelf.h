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

/* What is asked for as it is in what the archive shows now, held until account_release; made when
 * the record is not as it was, and whoever asks meanwhile waits for that. All that share a shelf
 * ask of one archive, with the same incidents and reader, which outlive the shelf. */
struct account_hold {
    const struct groups *groups;
    const struct matches *matches;
    const struct people_list *people;
    const struct audits *audits;
    const struct life_labels *events;
    const struct crowd *crowd;
    struct shelved *shelved;
};
MUST_USE enum outcome account_hold(struct account_shelf *, struct archive *,
                                   const struct incident_facts *, size_t incidents,
                                   struct account_hold *, struct fault *why);
MUST_USE enum outcome account_hold_matches(struct account_shelf *, struct archive *,
                                           const struct reader *, struct account_hold *,
                                           struct fault *why);
MUST_USE enum outcome account_hold_people(struct account_shelf *, struct archive *,
                                          struct account_hold *, struct fault *why);

/* `as_of` as of audits_read. */
MUST_USE enum outcome account_hold_audits(struct account_shelf *, struct archive *, int64_t as_of,
                                          struct account_hold *, struct fault *why);
MUST_USE enum outcome account_hold_events(struct account_shelf *, struct archive *,
                                          struct account_hold *, struct fault *why);
MUST_USE enum outcome account_hold_crowd(struct account_shelf *, struct archive *,
                                         struct account_hold *, struct fault *why);

/* The same, but nothing is held where it would have to be made, or waited for, in an archive of
 * more than SHELF_AT_ONCE statements: that takes too long for a page that only mentions it. */
enum { SHELF_AT_ONCE = 1000 };
MUST_USE enum outcome account_try(struct account_shelf *, struct archive *,
                                  const struct incident_facts *, size_t incidents,
                                  struct account_hold *, struct fault *why);
MUST_USE enum outcome account_try_matches(struct account_shelf *, struct archive *,
                                          const struct reader *, struct account_hold *,
                                          struct fault *why);

void account_release(struct account_shelf *, struct account_hold *);

#endif
