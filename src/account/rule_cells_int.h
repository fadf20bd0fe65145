/* Cells that the tables of rules about cases share; '|' stands between several. */
#ifndef GOVAH_ACCOUNT_RULE_CELLS_INT_H
#define GOVAH_ACCOUNT_RULE_CELLS_INT_H

#include "account/case_rules.h"
#include "base/table.h"

/* Whether the name is one of those in the cell. */
bool rule_cell_has(struct str cell, struct str name);

/* A bit for each state named; of an empty cell, for each that is not final. */
MUST_USE enum outcome rule_states_read(const struct table *, struct str cell,
                                       const struct case_rules *, uint32_t *out, struct fault *why);

/* Whether data/case has it. */
bool rule_event_is_known(const struct case_rules *, struct str event);

/* Refuses an event that data/case does not have. */
MUST_USE enum outcome rule_events_check(const struct table *, struct str events,
                                        const struct case_rules *, struct fault *why);

#endif
