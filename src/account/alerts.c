#include "account/alerts.h"

#include "account/rule_cells_int.h"
#include "text/edtf.h"

static const char alerts_header[] = "alert event detail lacks while least most lifts ends";

static enum outcome read_rule(const struct table *t, const struct row *row,
                              const struct case_rules *rules, struct alert_rule *out,
                              struct fault *why)
{
    const struct str *cells = row->cells;
    size_t sign = str_find(cells[2], STR("="), 0);
    *out = (struct alert_rule){.alert = cells[0],
                               .event = cells[1],
                               .lacks = cells[3],
                               .lifts = cells[7],
                               .ends = cells[8]};
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
    enum outcome result = rule_events_check(t, out->event, rules, why);
    if (result == OK)
        result = rule_events_check(t, out->lifts, rules, why);
    if (result == OK)
        result = rule_events_check(t, out->ends, rules, why);
    return result == OK ? rule_states_read(t, cells[4], rules, &out->states, why) : result;
}

/* whether another alert stands between the last rule and one of its alert */
static bool is_apart(const struct alert_rules *rules)
{
    const struct alert_rule *last = &rules->at[rules->count - 1];
    if (rules->count < 2 || str_equal(last[-1].alert, last->alert))
        return false;
    for (size_t i = 0; i + 2 < rules->count; i++)
        if (str_equal(rules->at[i].alert, last->alert))
            return true;
    return false;
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
        if (result == OK && is_apart(out))
            result = table_refuse(&table, why, "an alert whose rows do not stand together:",
                                  out->at[out->count - 1].alert);
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

/* Ended by an event of either list on that day or later, or, while it is ahead, since it is shown;
 * by one without a day, if it has none itself. */
static bool has_ended(const struct alert_rule *rule, const struct case_history *h, int64_t day,
                      const struct case_occurrence *since)
{
    bool ahead = rule->least < 0 && since->first != INT64_MIN;
    int64_t shown = ahead ? since->first + rule->least : since->first;
    for (size_t i = 0; i < h->count; i++) {
        const struct case_occurrence *o = &h->at[i];
        bool later = since->dated == DATED_STATED
                         ? o->dated == DATED_STATED && o->first <= day && o->last >= shown
                         : o->dated != DATED_STATED || o->first <= day;
        if (o != since && later &&
            (rule_cell_has(rule->lifts, o->event) || rule_cell_has(rule->ends, o->event)))
            return true;
    }
    return false;
}

static bool has_day(const struct case_occurrence *o)
{
    return o->dated == DATED_STATED && o->first != INT64_MIN;
}

/* The first day on which it can have been known: the document's publication, else when it was taken
 * in. */
static int64_t day_known(const struct case_occurrence *o)
{
    int64_t known = INT64_MAX, first, last;
    if (o->last != INT64_MAX)
        return o->last;
    for (size_t i = 0; i < o->views_count; i++) {
        struct str taken = o->views[i]->document_taken;
        if (edtf_range(str_slice(taken, 0, taken.len < 10 ? taken.len : 10), &first, &last, NULL) ==
            OK)
            known = first < known ? first : known;
    }
    return known;
}

/* the days on which the rule asks for it; false when there are none */
static bool days_shown(const struct alert_rule *rule, const struct case_occurrence *o,
                       int64_t *from, int64_t *until)
{
    *from = INT64_MIN;
    *until = INT64_MAX;
    if (!has_day(o)) {
        int64_t known = day_known(o);
        if (known != INT64_MAX) {
            *from = known;
            *until = known + rule->most - 1;
        }
        return rule->most > 0;
    }
    *from = o->first + rule->least - (rule->least > 0);
    if (rule->most <= 0)
        *until = o->first + (rule->most ? rule->most : -1);
    else if (o->last != INT64_MAX)
        *until = o->last + rule->most - 1;
    return *from <= *until;
}

static bool may_stand(const struct alert_rule *rule, const struct case_occurrence *o)
{
    return str_equal(o->event, rule->event) && has_detail(rule, o) && !is_said(rule, o);
}

static uint32_t states_on(const struct case_history *h, int64_t day)
{
    struct case_standing s;
    uint32_t states = 0;
    case_standing_on(h, day, &s);
    for (size_t i = 0; i < s.count; i++)
        states |= UINT32_C(1) << s.at[i].state;
    return states;
}

static struct alert alert_of(const struct alert_rule *rule, const struct case_occurrence *o,
                             int64_t day)
{
    struct alert a = {.rule = rule,
                      .since = o,
                      .low = DAYS_NONE,
                      .high = DAYS_NONE,
                      .dated = has_day(o),
                      .proposed = o->state != VIEW_ACCEPTED || o->undecided};
    if (!a.dated)
        return a;
    int64_t ahead = o->first - day;
    a.low = ahead > 0 ? -ahead : o->last > day ? 1 : day - o->last + 1;
    a.high = ahead > 0 ? -ahead : day - o->first + 1;
    return a;
}

static bool is_known(const struct alert *alerts, size_t count, const struct alert *a)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(alerts[i].rule->alert, a->rule->alert) && alerts[i].since == a->since)
            return true;
    return false;
}

struct alert *case_alerts(const struct alert_rules *rules, const struct case_history *h,
                          int64_t day, struct arena *arena, size_t *count)
{
    struct alert *alerts = NULL;
    size_t room = 0;
    int64_t from, until;
    *count = 0;
    for (size_t i = 0; i < rules->count; i++)
        for (size_t k = 0; k < h->count; k++) {
            const struct alert_rule *rule = &rules->at[i];
            const struct case_occurrence *o = &h->at[k];
            struct alert alert = alert_of(rule, o, day);
            if (!may_stand(rule, o) || !days_shown(rule, o, &from, &until) || day < from ||
                day > until || !(states_on(h, day) & rule->states) || has_ended(rule, h, day, o) ||
                is_known(alerts, *count, &alert))
                continue;
            alerts = arena_grow(arena, alerts, *count, &room, sizeof *alerts);
            alerts[(*count)++] = alert;
        }
    return alerts;
}

/* ---- from when to when ---- */

struct spans {
    struct arena *arena;
    const struct case_course *course;
    struct alert_span *at;
    size_t count, room;
};

static int compare_days(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* the days from the first to the last on which the answer may become another, that day first */
static size_t days_between(const struct case_history *h, int64_t from, int64_t until, int64_t *days)
{
    size_t count = 0;
    days[count++] = from;
    for (size_t i = 0; i < h->count; i++) {
        const int64_t ends[] = {h->at[i].first, h->at[i].last};
        for (size_t k = 0; k < COUNT_OF(ends); k++)
            if (ends[k] > from && ends[k] <= until && ends[k] != INT64_MAX)
                days[count++] = ends[k];
    }
    qsort(days, count, sizeof *days, compare_days);
    return count;
}

static void add_span(struct spans *s, const struct alert_rule *rule,
                     const struct case_occurrence *o, int64_t from, int64_t until)
{
    struct alert_span *last = s->count ? &s->at[s->count - 1] : NULL;
    if (last && last->rule == rule && last->since == o && last->until >= from - 1) {
        last->until = until;
        return;
    }
    s->at = arena_grow(s->arena, s->at, s->count, &s->room, sizeof *s->at);
    s->at[s->count++] = (struct alert_span){rule, o, from, until};
}

static void find_spans(struct spans *s, const struct alert_rule *rule, const struct case_history *h,
                       const struct case_occurrence *o)
{
    int64_t from, until;
    if (!may_stand(rule, o) || !days_shown(rule, o, &from, &until))
        return;
    int64_t *days = arena_alloc(s->arena, (2 * h->count + 1) * sizeof *days);
    size_t count = days_between(h, from, until, days);
    for (size_t i = 0; i < count; i++) {
        int64_t last = i + 1 < count ? days[i + 1] - 1 : until;
        if (last >= days[i] && (case_course_on(s->course, days[i]) & rule->states) &&
            !has_ended(rule, h, days[i], o))
            add_span(s, rule, o, days[i], last);
    }
}

struct alert_span *alert_spans(const struct alert_rules *rules, const struct case_history *h,
                               const struct case_course *course, struct arena *arena, size_t *count)
{
    struct spans s = {.arena = arena, .course = course};
    for (size_t i = 0; i < rules->count; i++)
        for (size_t k = 0; k < h->count; k++)
            find_spans(&s, &rules->at[i], h, &h->at[k]);
    *count = s.count;
    return s.at;
}
