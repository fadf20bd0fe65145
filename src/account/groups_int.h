/* What the list of groups and the overview share. */
#ifndef GOVAH_ACCOUNT_GROUPS_INT_H
#define GOVAH_ACCOUNT_GROUPS_INT_H

#include "account/groups.h"

/* The last day at which a count of the group stands that is not ahead of its document; INT64_MIN
 * when none has a date. */
int64_t group_latest(const struct group *);

#endif
