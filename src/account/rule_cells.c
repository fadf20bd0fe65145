#include "account/rule_cells_int.h"

bool rule_cell_has(struct str cell, struct str name)
{
    struct str one;
    while (cell.len && str_cut(&cell, '|', &one))
        if (str_equal(one, name))
            return true;
    return false;
}

enum outcome rule_states_read(const struct table *t, struct str cell,
                              const struct case_rules *rules, uint32_t *out, struct fault *why)
{
    struct str name;
    size_t state;
    *out = 0;
    for (size_t i = 0; i < rules->states_count && !cell.len; i++)
        *out |= (uint32_t)!rules->states[i].final << i;
    while (cell.len && str_cut(&cell, '|', &name)) {
        if (!case_state_find(rules, name, &state))
            return table_refuse(t, why, "an unknown state", name);
        *out |= UINT32_C(1) << state;
    }
    return OK;
}

bool rule_event_is_known(const struct case_rules *rules, struct str event)
{
    for (size_t i = 0; i < rules->rules_count; i++)
        if (str_equal(rules->rules[i].event, event))
            return true;
    return false;
}

enum outcome rule_events_check(const struct table *t, struct str events,
                               const struct case_rules *rules, struct fault *why)
{
    struct str event;
    while (events.len && str_cut(&events, '|', &event))
        if (!rule_event_is_known(rules, event))
            return table_refuse(t, why, "an event that data/case does not have:", event);
    return OK;
}
