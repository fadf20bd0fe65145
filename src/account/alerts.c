#include "account/alerts.h"

#include "base/table.h"

static const char alerts_header[] = "alert event detail lacks while least most ends";

static enum outcome read_states(const struct table *t, struct str cell,
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

static bool is_event(const struct case_rules *rules, struct str event)
{
    for (size_t i = 0; i < rules->rules_count; i++)
        if (str_equal(rules->rules[i].event, event))
            return true;
    return false;
}

static enum outcome check_events(const struct table *t, struct str events,
                                 const struct case_rules *rules, struct fault *why)
{
    struct str event;
    while (events.len && str_cut(&events, '|', &event))
        if (!is_event(rules, event))
            return table_refuse(t, why, "an event that data/case does not have:", event);
    return OK;
}

static enum outcome read_rule(const struct table *t, const struct row *row,
                              const struct case_rules *rules, struct alert_rule *out,
                              struct fault *why)
{
    const struct str *cells = row->cells;
    size_t sign = str_find(cells[2], STR("="), 0);
    *out = (struct alert_rule){
        .alert = cells[0], .event = cells[1], .lacks = cells[3], .ends = cells[7]};
    if (!out->alert.len || !out->event.len)
        return table_refuse(t, why, "an alert without a name or an event:", out->alert);
    if (cells[2].len && (!sign || sign == SIZE_MAX))
        return table_refuse(t, why, "not a detail and its value:", cells[2]);
    if (cells[2].len) {
        out->detail = str_slice(cells[2], 0, sign);
        out->value = str_slice(cells[2], sign + 1, cells[2].len);
    }
    if (!str_to_int(cells[5], &out->least) || !str_to_int(cells[6], &out->most) ||
        out->least > out->most)
        return table_refuse(t, why, "not a first and a last day:", cells[5]);
    enum outcome result = check_events(t, out->event, rules, why);
    if (result == OK)
        result = check_events(t, out->ends, rules, why);
    return result == OK ? read_states(t, cells[4], rules, &out->states, why) : result;
}

enum outcome alert_rules_read(const struct data_file *file, const struct case_rules *rules,
                              struct arena *arena, struct alert_rules *out, struct fault *why)
{
    struct table table;
    struct row row;
    bool more = true;
    size_t room = 0;
    *out = (struct alert_rules){0};
    enum outcome result = table_open_file(&table, file, alerts_header, why);
    while (result == OK && (result = table_next(&table, &row, &more, why)) == OK && more) {
        out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
        result = read_rule(&table, &row, rules, &out->at[out->count++], why);
    }
    return result;
}

enum outcome alert_rules_new(const struct case_rules *rules, struct arena *arena,
                             struct alert_rules *out, struct fault *why)
{
    const struct data_file *file = data_find("alerts/alerts.tsv");
    if (!file)
        return refuse(why, NOT_FOUND, "data/alerts/alerts.tsv is missing");
    return alert_rules_read(file, rules, arena, out, why);
}

/* ---- what stands ---- */

static bool is_listed(struct str names, struct str name)
{
    struct str one;
    while (names.len && str_cut(&names, '|', &one))
        if (str_equal(one, name))
            return true;
    return false;
}

static bool says(const struct life_event *e, struct str name)
{
    return str_equal(name, STR("place")) ? e->place.len > 0 : case_detail(e, name).len > 0;
}

/* whether a statement of the occurrence says what the rule wants not to be said */
static bool is_said(const struct alert_rule *rule, const struct case_occurrence *o)
{
    struct str names = rule->lacks, name;
    while (names.len && str_cut(&names, '|', &name))
        for (size_t i = 0; i < o->views_count; i++)
            if (says(&o->views[i]->statement.life_event, name))
                return true;
    return false;
}

static bool has_detail(const struct alert_rule *rule, const struct case_occurrence *o)
{
    for (size_t i = 0; i < o->views_count; i++)
        if (str_equal(case_detail(&o->views[i]->statement.life_event, rule->detail), rule->value))
            return true;
    return !rule->detail.len;
}

/* Ended by an event of the list on that day or later; by one without a day, if it has none itself.
 */
static bool has_ended(const struct alert_rule *rule, const struct case_account *c,
                      const struct case_occurrence *since)
{
    for (size_t i = 0; i < c->all.count; i++) {
        const struct case_occurrence *o = &c->all.at[i];
        bool later = since->dated == DATED_STATED
                         ? o->dated == DATED_STATED && o->first <= c->day && o->last >= since->first
                         : o->dated != DATED_STATED || o->first <= c->day;
        if (o != since && is_listed(rule->ends, o->event) && later)
            return true;
    }
    return false;
}

static bool is_time(const struct alert_rule *rule, const struct case_account *c,
                    const struct case_occurrence *o, struct alert *out)
{
    out->dated = o->dated == DATED_STATED && o->first != INT64_MIN;
    out->low = out->high = DAYS_NONE;
    if (!out->dated)
        return rule->most > 0 && (o->dated != DATED_PUBLISHED ||
                                  (o->last <= c->day && c->day - o->last < rule->most));
    int64_t ahead = o->first - c->day;
    out->low = ahead > 0 ? -ahead : c->day - o->last + 1;
    out->high = ahead > 0 ? -ahead : c->day - o->first + 1;
    if (ahead <= 0 && out->low < 1)
        out->low = 1;
    return out->low <= rule->most && out->high >= rule->least;
}

static bool stands(const struct alert_rule *rule, const struct case_account *c,
                   const struct case_occurrence *o, struct alert *out)
{
    uint32_t states = 0;
    *out = (struct alert){.rule = rule, .since = o};
    out->proposed = o->state != VIEW_ACCEPTED || o->undecided;
    for (size_t i = 0; i < c->proposed.count; i++)
        states |= UINT32_C(1) << c->proposed.at[i].state;
    return str_equal(o->event, rule->event) && (states & rule->states) && has_detail(rule, o) &&
           !is_said(rule, o) && is_time(rule, c, o, out) && !has_ended(rule, c, o);
}

static bool is_known(const struct alert *alerts, size_t count, const struct alert *a)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(alerts[i].rule->alert, a->rule->alert) && alerts[i].since == a->since)
            return true;
    return false;
}

struct alert *case_alerts(const struct alert_rules *rules, const struct case_account *c,
                          struct arena *arena, size_t *count)
{
    struct alert *alerts = NULL, alert;
    size_t room = 0;
    *count = 0;
    for (size_t i = 0; i < rules->count; i++)
        for (size_t k = 0; k < c->all.count; k++) {
            if (!stands(&rules->at[i], c, &c->all.at[k], &alert) ||
                is_known(alerts, *count, &alert))
                continue;
            alerts = arena_grow(arena, alerts, *count, &room, sizeof *alerts);
            alerts[(*count)++] = alert;
        }
    return alerts;
}
