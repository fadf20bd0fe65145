/* What the list of groups and the overview share. */
#ifndef GOVAH_ACCOUNT_GROUPS_INT_H
#define GOVAH_ACCOUNT_GROUPS_INT_H

#include "account/groups.h"

/* What a group is about, before its figures are read. */
struct group_matter {
    struct group_key key;
    struct str incident;
    struct str *events; /* as figures name them; all are compared under one */
    size_t events_count, room;
    size_t figures; /* the rejected too */
    int64_t latest; /* the last day at which a figure stands that is neither rejected nor ahead */
};

/* All groups with figures that are not rejected: the latest first, of those the one with the most
 * figures. */
MUST_USE enum outcome group_matters(struct archive *, const struct labels *, struct arena *,
                                    struct group_matter **, size_t *count, struct fault *why);

MUST_USE enum outcome group_of_matter(struct archive *, const struct group_matter *, bool rejected,
                                      const struct incident_facts *, size_t incidents,
                                      struct arena *, struct group *, struct fault *why);

#endif
