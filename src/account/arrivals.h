/* A text before it is taken in: whom it names that nobody knows yet, who is probably on record, and
 * what it says that cannot be true beside the record. Nothing is written. */
#ifndef GOVAH_ACCOUNT_ARRIVALS_H
#define GOVAH_ACCOUNT_ARRIVALS_H

#include "case/case_history.h"
#include "account/likely.h"

/* The text, as its reader read it. */
struct arriving {
    struct str text, name; /* `name` is the file's */
    const struct document_facts *facts;
    const struct proposal *proposals;
    size_t count;
    const struct list_entry *entries;
    size_t entries_count;
};

/* Two that cannot both be: a doubt of one history (case/case_history.h) one side of which only
 * the text says; or, with an empty `event`, another value of what one has once. */
struct arrival_conflict {
    struct case_doubt doubt;         /* `a` NULL for a value */
    struct str property, ours, here; /* of a value: what it is, in the text, on record */
    const struct statement_view *ours_view, *here_view; /* one of each side */
};

struct arrival {
    const struct bearer *bearer; /* in the text */
    const struct bearer **known; /* who they probably are, each name once; none: they are new */
    size_t known_count;
    struct arrival_conflict *conflicts;
    size_t conflicts_count;
};

struct arrivals {
    struct likely likely;
    struct arrival *at; /* by place in the text */
    size_t count;
    size_t new, matched, conflicting; /* `matched` without those in conflict */
};

/* In the arena; pointers into the text and the proposals. */
MUST_USE enum outcome arrivals_read(struct archive *, const struct reader *,
                                    const struct arriving *, struct arena *, struct arrivals *,
                                    struct fault *why);

#endif
