/* The account of all figures, made once for each state of the record and shared by the threads that
 * show parts of it: to turn a page of a thousand counts costs no account of them. Every function
 * may be called by several threads at once. */
#ifndef GOVAH_ACCOUNT_SHELF_H
#define GOVAH_ACCOUNT_SHELF_H

#include "account/groups.h"

struct account_shelf;

/* The caller owns it (account_shelf_free, when nobody holds anything of it any more). */
MUST_USE struct account_shelf *account_shelf_new(void);
void account_shelf_free(struct account_shelf *);

/* All groups as they are in what the archive shows now, held until account_release; made when the
 * record is not as it was, and whoever asks meanwhile waits for that. All that share a shelf ask of
 * one archive, with the same incidents, whose strings outlive the shelf. */
struct account_hold {
    const struct groups *groups;
    struct shelved *shelved;
};
MUST_USE enum outcome account_hold(struct account_shelf *, struct archive *,
                                   const struct incident_facts *, size_t incidents,
                                   struct account_hold *, struct fault *why);
void account_release(struct account_shelf *, struct account_hold *);

#endif
