/* Figures of an archive by group: the list of all groups, and one of them in full. */
#ifndef GOVAH_ACCOUNT_GROUPS_H
#define GOVAH_ACCOUNT_GROUPS_H

#include "account/figures.h"
#include "account/labels.h"

enum { GROUP_KEY_DIGITS = 16 };

/* A group's name in an address: it depends on its event and its incident alone, stays the same
 * whatever comes in, and tells nobody which they are. */
struct group_key {
    char digits[GROUP_KEY_DIGITS + 1];
};

/* `event` is group.event's, or any event that is compared under the same one in the incident. */
struct group_key group_key_of(const struct labels *, struct str event, struct str incident);

/* A row of the list. */
struct group_row {
    struct group_key key;
    struct str event, incident, incident_name; /* as in struct group */
    size_t figures;                            /* the rejected left out */
    size_t documents;
    struct str what; /* the population of its first series that has a range; empty: none has */
    struct count_range range; /* of that series */
    size_t conflicts;         /* pairs of sources, as in group.conflicts */
    int64_t latest; /* the last day at which a count stands that is not ahead of its document;
                       INT64_MIN when none has a date */
};

/* All groups in full, each beside its row. */
struct groups {
    struct group_row *rows; /* in the order of figure_account.groups */
    struct group *full;
    size_t count;
};
MUST_USE enum outcome groups_all(struct archive *, const struct incident_facts *, size_t incidents,
                                 struct arena *, struct groups *, struct fault *why);

/* The group of a key among them, or NULL. */
const struct group *groups_find(const struct groups *, struct str key);

/* The rows alone. */
MUST_USE enum outcome groups_list(struct archive *, const struct incident_facts *, size_t incidents,
                                  struct arena *, struct group_row **, size_t *count,
                                  struct fault *why);

/* One group in full, the same as figures_account gives it over the whole archive; only the group's
 * figures are read. With `rejected` the rejected stand in it too. NOT_FOUND when no figure is in
 * such a group. */
MUST_USE enum outcome group_read(struct archive *, struct str key, bool rejected,
                                 const struct incident_facts *, size_t incidents, struct arena *,
                                 struct group *, struct fault *why);

#endif
