/* The overview: what came in, what waits, who counts what by now, and what contradicts. */
#ifndef GOVAH_ACCOUNT_OVERVIEW_H
#define GOVAH_ACCOUNT_OVERVIEW_H

#include "account/groups.h"
#include "store/findings.h"
#include "store/page.h"

enum {
    OVERVIEW_DOCUMENTS = 6, /* that came in last */
    OVERVIEW_GROUPS = 4,
    OVERVIEW_COUNTS = 6, /* of each group */
    OVERVIEW_CONFLICTS = 5,
    OVERVIEW_FINDINGS = 5,
};

/* A source's latest count in the group's chief series. */
struct overview_count {
    struct hash statement; /* of the figure to show first */
    struct hash document;
    struct figure figure; /* that one: bound, low, high */
    struct str source;
    bool own_voice;
    struct stand stand;
    enum view_state state;
    bool undecided;
    size_t repeats; /* figures beside it that say the same for the same source */
};

/* A group, as far as its chief series goes: the first that is comparable (account/figures.h), and
 * the first of all where none is. */
struct overview_group {
    struct group_key key;
    struct str event, incident, incident_name;
    struct str what, place;  /* of the chief series */
    struct str since, until; /* its narrower period, or empty */
    struct count_range range;
    struct overview_count *counts; /* the latest of each source, the latest stand first */
    size_t counts_count;           /* at most OVERVIEW_COUNTS */
    size_t counts_total;           /* of the series */
    size_t figures;                /* of the group */
    size_t conflicts;              /* of the group */
};

/* Two counts that cannot both be true. */
struct overview_conflict {
    struct group_key key;
    struct str event, incident_name;
    struct str a_what, b_what; /* unlike for CONFLICT_PART, where a is the part */
    struct overview_count a, b;
    enum conflict_why why;
    size_t more; /* further pairs of counts of the same two sources */
};

struct overview {
    struct archive_state state;
    struct document_page came_in;  /* the last OVERVIEW_DOCUMENTS, what waits in each, and in all */
    bool waits;                    /* whether any statement waits */
    struct hash next;              /* then: the document to review next, the last taken in of those
                                      that have any */
    struct overview_group *groups; /* of known incidents before others, since only these are about
                                      one matter; with the most recent figures, by the last day at
                                      which one stands that is not ahead of its document, then by
                                      their number; at most OVERVIEW_GROUPS */
    size_t groups_count;
    size_t groups_total;
    struct overview_conflict *conflicts; /* among these groups, those of the latest counts first;
                                            at most OVERVIEW_CONFLICTS */
    size_t conflicts_count;
    size_t conflicts_total; /* in these groups */
    struct finding_view
        *findings; /* at most OVERVIEW_FINDINGS, those of the last documents first */
    size_t findings_count;
    size_t findings_total; /* in all documents */
};

/* "By now" is the latest stand in the record and asks no clock. Rejected figures count nowhere. */
MUST_USE enum outcome overview_make(struct archive *, const struct incident_facts *,
                                    size_t incidents, struct arena *, struct overview *,
                                    struct fault *why);

#endif
