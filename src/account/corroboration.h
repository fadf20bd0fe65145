/* What others say about what one statement says: the same of their own knowledge, the same as
 * passed on, or what cannot be true beside it. */
#ifndef GOVAH_ACCOUNT_CORROBORATION_H
#define GOVAH_ACCOUNT_CORROBORATION_H

#include "case/case_history.h"
#include "account/groups.h"

enum other_relation {
    OTHER_SAME,        /* an independent source says it too */
    OTHER_REPEATS,     /* of the same source */
    OTHER_PASSES_ON,   /* another source has it from this one */
    OTHER_ORIGIN,      /* this is passed on from there */
    OTHER_CONTRADICTS, /* both cannot be true */
    OTHER_RELATIONS
};

/* "same", "repeats", "passes_on", "origin", "contradicts". */
const char *other_relation_name(enum other_relation);

struct other {
    enum other_relation relation;
    struct hash statement, document;
    struct str document_title, document_name, publisher, published; /* each may be empty */
    struct str source;          /* who says it: a source, else the publisher or the document */
    struct str says;            /* its value, or its date; in the record's own form */
    enum lead_why lead;         /* OTHER_PASSES_ON, OTHER_ORIGIN */
    const struct conflict *why; /* OTHER_CONTRADICTS, of a figure; else NULL */
    enum view_state state;
    bool undecided;
};

struct corroborated {
    enum corroboration status;  /* as it is worked out */
    enum weigh_verdict weighed; /* as somebody decided */
    size_t said_by;       /* independent sources, this one among them; 0 where nobody can tell */
    struct other *others; /* by relation, then by publication, then by id */
    size_t count;
};

/* Rejected statements say nothing, but of one that was rejected itself all is told. Others are
 * looked for where the statement is compared: of a figure in its group
 * (account/groups.h); of a life event and a fact in the case of the person whom it is about
 * (case/case.h), where statements of one occurrence say the same, and so do those of one
 * property and value. They contradict where a case says so, and where a property is of a kind that
 * one has once (data/account/once.tsv). Who publishes it says it; copies count once. */
MUST_USE enum outcome corroboration_read(struct archive *, const struct statement_view *,
                                         const struct incident_facts *, size_t incidents,
                                         struct arena *, struct corroborated *, struct fault *why);

/* The same of a figure whose group was read already, the rejected left out as the figure is not one
 * of them; NULL where there is no such group. What comes out points into it. */
void corroboration_in_group(const struct statement_view *, const struct group *, struct arena *,
                            struct corroborated *);

/* How many independent sources say that it happened, of those whose statements it is made of;
 * copies count once. */
MUST_USE enum outcome corroborate_occurrence(struct archive *, const struct case_occurrence *,
                                             struct arena *, size_t *said_by, struct fault *why);

/* "verified by decision", "disputed by decision", or empty; in English. */
struct str weighing_words(enum weigh_verdict);
/* "corroborated", "disputed", or empty. */
struct str weighing_name(enum weigh_verdict);

/* "single source", "corroborated by 2 independent sources", "disputed"... in English, behind how it
 * was weighed by decision. */
struct str corroboration_words(struct arena *, const struct corroborated *);

#endif
