#include "account/agenda_int.h"
#include "account/case_stays.h"
#include "text/edtf.h"

/* A furlough lasts so long; and years, counted in days, are so much longer or shorter. */
enum { FURLOUGH_DAYS = 366, SLACK_DAYS = 2 };

/* The days that a rule has something for, one after another. */
struct rule_days {
    const struct agenda_rule *rule;
    int64_t event; /* the day of the record that brings it */
    int64_t day;   /* that of the item; INT64_MAX: no further one */
};

struct agenda_days {
    struct archive *archive;
    struct arena *arena;
    int64_t to;
    struct rule_days *rules; /* in the order of their table */
    size_t count;
    struct agenda_trace *dated; /* what is not in the order of the record's days: by day */
    size_t dated_count, dated_room, dated_passed;
};

/* ---- what follows its date, or began before ---- */

static void add_dated(struct agenda_days *d, const struct agenda_rule *rule,
                      const struct archive_dated *one, int64_t day)
{
    d->dated = arena_grow(d->arena, d->dated, d->dated_count, &d->dated_room, sizeof *d->dated);
    d->dated[d->dated_count++] = (struct agenda_trace){rule, one->statement, one->name, day};
}

static bool day_by_date(const struct agenda_rule *rule, const struct archive_dated *one,
                        int64_t from, int64_t *day)
{
    int64_t first, last;
    if (rule->kind == EXPECTED_UNTIL)
        return agenda_interval_end(one->date, day) && *day >= from;
    *day = one->day;
    return edtf_range(one->date, &first, &last, NULL) == OK && last >= from;
}

static enum outcome find_dated(struct agenda_days *d, const struct agenda_rule *rule,
                               const struct agenda_choice *c, struct fault *why)
{
    struct archive_dated_list found = {0};
    bool until = rule->kind == EXPECTED_UNTIL;
    if (!until && (rule->kind != EXPECTED_ON || c->begin.day >= c->from))
        return OK;
    enum outcome result = archive_events_inexact(
        d->archive, rule->event, c->from - (until ? FURLOUGH_DAYS : AGENDA_MONTH),
        until ? c->to : c->from - 1, d->arena, &found, why);
    for (size_t i = 0; i < found.count; i++) {
        int64_t day;
        if (day_by_date(rule, &found.at[i], c->from, &day) && day >= c->begin.day && day <= c->to)
            add_dated(d, rule, &found.at[i], day);
    }
    return result;
}

static int compare_traces(const void *left, const void *right)
{
    const struct agenda_trace *a = left, *b = right;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    int order = str_compare(a->name, b->name);
    return order ? order : hash_compare(&a->by, &b->by);
}

/* ---- day by day ---- */

static bool day_of_item(const struct agenda_rule *rule, int64_t event, int64_t *day)
{
    *day = event;
    return !rule->after.len || case_duration_add(rule->after, event, day);
}

static enum outcome event_day(const struct agenda_days *d, const struct agenda_rule *rule,
                              int64_t from, int64_t *out, struct fault *why)
{
    return rule->kind == EXPECTED_TERM
               ? archive_stay_day(d->archive, TERM_STAY, from, d->to, out, why)
               : archive_event_day(d->archive, rule->event, from, d->to, out, why);
}

/* to the first day of the record from `event` on that brings an item on `day` or later */
static enum outcome move_to(struct agenda_days *d, struct rule_days *r, int64_t event, int64_t day,
                            struct fault *why)
{
    enum outcome result = OK;
    r->day = INT64_MIN;
    while (result == OK && r->day < day) {
        result = event_day(d, r->rule, event, &r->event, why);
        if (r->event == INT64_MAX)
            r->day = INT64_MAX;
        else if (!day_of_item(r->rule, r->event, &r->day))
            r->day = INT64_MIN;
        event = r->event + (r->event < INT64_MAX);
    }
    if (r->day > d->to)
        r->day = INT64_MAX;
    return result;
}

static enum outcome begin_rule(struct agenda_days *d, const struct agenda_rule *rule, int64_t day,
                               struct fault *why)
{
    struct rule_days *r = &d->rules[d->count];
    int64_t length = 0;
    if (rule->kind == EXPECTED_UNTIL)
        return OK;
    d->count++;
    r->rule = rule;
    if (rule->after.len && case_duration_add(rule->after, 0, &length))
        length += SLACK_DAYS;
    return move_to(d, r, day - length, day, why);
}

enum outcome agenda_days_begin(struct archive *archive, const struct agenda_rules *rules,
                               const struct agenda_choice *c, struct arena *arena,
                               struct agenda_days **out, struct fault *why)
{
    struct agenda_days *d = arena_alloc(arena, sizeof *d);
    enum outcome result = OK;
    *out = d;
    *d = (struct agenda_days){.archive = archive, .arena = arena, .to = c->to};
    d->rules = arena_alloc(arena, (rules->count + 1) * sizeof *d->rules);
    for (size_t i = 0; i < rules->count && result == OK; i++) {
        result = find_dated(d, &rules->at[i], c, why);
        if (result == OK)
            result =
                begin_rule(d, &rules->at[i], c->begin.day > c->from ? c->begin.day : c->from, why);
    }
    if (d->dated_count)
        qsort(d->dated, d->dated_count, sizeof *d->dated, compare_traces);
    return result;
}

/* all that the rule has for its day; then it stands at the next one */
static enum outcome take_day(struct agenda_days *d, struct rule_days *r,
                             struct archive_dated_list *out, struct fault *why)
{
    int64_t day = r->day;
    enum outcome result = OK;
    while (result == OK && r->day == day) {
        result = r->rule->kind == EXPECTED_TERM
                     ? archive_stays_on(d->archive, TERM_STAY, r->event, d->arena, out, why)
                     : archive_events_on(d->archive, r->rule->event, r->event, d->arena, out, why);
        if (result == OK)
            result = move_to(d, r, r->event + 1, day, why);
    }
    return result;
}

static int64_t next_day(const struct agenda_days *d)
{
    int64_t day = INT64_MAX;
    for (size_t i = 0; i < d->count; i++)
        day = d->rules[i].day < day ? d->rules[i].day : day;
    if (d->dated_passed < d->dated_count && d->dated[d->dated_passed].day < day)
        day = d->dated[d->dated_passed].day;
    return day;
}

enum outcome agenda_days_next(struct agenda_days *d, struct agenda_trace **out, size_t *count,
                              struct fault *why)
{
    int64_t day = next_day(d);
    size_t room = 0;
    enum outcome result = OK;
    *out = NULL;
    *count = 0;
    for (; d->dated_passed < d->dated_count && d->dated[d->dated_passed].day == day;
         d->dated_passed++) {
        *out = arena_grow(d->arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] = d->dated[d->dated_passed];
    }
    for (size_t i = 0; i < d->count && day < INT64_MAX && result == OK; i++) {
        struct archive_dated_list found = {0};
        const struct agenda_rule *rule = d->rules[i].rule;
        if (d->rules[i].day != day)
            continue;
        result = take_day(d, &d->rules[i], &found, why);
        for (size_t k = 0; k < found.count; k++) {
            *out = arena_grow(d->arena, *out, *count, &room, sizeof **out);
            (*out)[(*count)++] =
                (struct agenda_trace){rule, found.at[k].statement, found.at[k].name, day};
        }
    }
    if (*count)
        qsort(*out, *count, sizeof **out, compare_traces);
    return result;
}
