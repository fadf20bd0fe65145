/* What the list of groups and the overview share. */
#ifndef GOVAH_ACCOUNT_GROUPS_INT_H
#define GOVAH_ACCOUNT_GROUPS_INT_H

#include "account/groups.h"

/* A group before its figures are read. */
struct group_lead {
    struct group_key key;
    struct figure_matter *matters; /* all are compared under one event in one incident */
    size_t matters_count, room;
    size_t figures; /* the rejected too */
    int64_t latest; /* the last day at which a figure stands that is neither rejected nor ahead */
};

/* All groups with figures that are not rejected: those of a known incident first, of these the
 * latest, and then the one with the most figures. */
MUST_USE enum outcome group_leads(struct archive *, const struct labels *, struct arena *,
                                  struct group_lead **, size_t *count, struct fault *why);

/* The account of these groups alone, each as it is in that of the whole archive. */
MUST_USE enum outcome groups_follow(struct archive *, const struct group_lead *, size_t count,
                                    bool rejected, const struct incident_facts *, size_t incidents,
                                    struct arena *, struct figure_account *out, struct fault *why);

#endif
