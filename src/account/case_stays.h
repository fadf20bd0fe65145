/* Histories for the store (store/stays.h): from when to when each person was in which state. */
#ifndef GOVAH_ACCOUNT_CASE_STAYS_H
#define GOVAH_ACCOUNT_CASE_STAYS_H

#include "account/case_rules.h"
#include "store/stays.h"

/* Every state in which somebody may have been but the unknown one, in the longest spans without a
 * day on which they may not; by what was accepted, and by what is proposed too. The rules stay
 * borrowed. */
struct archive_histories case_histories(const struct case_rules *);

#endif
