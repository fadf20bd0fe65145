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
    int64_t day; /* at which they stand, before `next` of the rules */
    size_t next;
    size_t passed;              /* traces of the day before that */
    size_t skipped;             /* traces of the first day that are left out */
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
    struct rule_days *r = &d->rules[d->count++];
    int64_t length = 0;
    *r = (struct rule_days){rule, INT64_MAX, INT64_MAX};
    if (rule->kind == EXPECTED_UNTIL)
        return OK;
    if (rule->after.len && case_duration_add(rule->after, 0, &length))
        length += SLACK_DAYS;
    return move_to(d, r, day - length, day, why);
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

enum outcome agenda_days_begin(struct archive *archive, const struct agenda_rules *rules,
                               const struct agenda_choice *c, struct arena *arena,
                               struct agenda_days **out, struct fault *why)
{
    struct agenda_days *d = arena_alloc(arena, sizeof *d);
    int64_t day = c->begin.day > c->from ? c->begin.day : c->from;
    enum outcome result = OK;
    *out = d;
    *d = (struct agenda_days){.archive = archive, .arena = arena, .to = c->to};
    d->rules = arena_alloc(arena, (rules->count + 1) * sizeof *d->rules);
    for (size_t i = 0; i < rules->count && result == OK; i++) {
        result = find_dated(d, &rules->at[i], c, why);
        if (result == OK)
            result = begin_rule(d, &rules->at[i], day, why);
    }
    if (d->dated_count)
        qsort(d->dated, d->dated_count, sizeof *d->dated, compare_traces);
    d->day = next_day(d);
    d->skipped = d->day == c->begin.day ? c->begin.passed : 0;
    return result;
}

/* ---- rule by rule ---- */

/* how many a rule has for the day that do not follow the record's days */
static size_t count_dated(const struct agenda_days *d, const struct agenda_rule *rule)
{
    size_t end = d->dated_passed;
    while (end < d->dated_count && d->dated[end].day == d->day && d->dated[end].rule == rule)
        end++;
    return end - d->dated_passed;
}

static enum outcome count_rule(struct agenda_days *d, size_t place, size_t *count,
                               struct fault *why)
{
    struct rule_days r = d->rules[place];
    enum outcome result = OK;
    *count = count_dated(d, r.rule);
    while (result == OK && r.day == d->day) {
        size_t more = 0;
        result = r.rule->kind == EXPECTED_TERM
                     ? archive_stays_on_count(d->archive, TERM_STAY, r.event, &more, why)
                     : archive_events_on_count(d->archive, r.rule->event, r.event, &more, why);
        *count += more;
        if (result == OK)
            result = move_to(d, &r, r.event + 1, d->day, why);
    }
    return result;
}

/* All that the rule has for the day, unless `out` is NULL; then it stands at its next one. */
static enum outcome pass_rule(struct agenda_days *d, struct rule_days *r,
                              struct archive_dated_list *out, struct fault *why)
{
    enum outcome result = OK;
    while (result == OK && r->day == d->day) {
        if (out && r->rule->kind == EXPECTED_TERM)
            result = archive_stays_on(d->archive, TERM_STAY, r->event, d->arena, out, why);
        else if (out)
            result = archive_events_on(d->archive, r->rule->event, r->event, d->arena, out, why);
        if (result == OK)
            result = move_to(d, r, r->event + 1, d->day, why);
    }
    return result;
}

static enum outcome take_rule(struct agenda_days *d, struct rule_days *r, struct agenda_trace **out,
                              size_t *count, struct fault *why)
{
    struct archive_dated_list found = {0};
    enum outcome result = pass_rule(d, r, &found, why);
    size_t dated = count_dated(d, r->rule);
    *out = arena_alloc(d->arena, (found.count + dated + 1) * sizeof **out);
    for (size_t i = 0; i < found.count; i++)
        (*out)[(*count)++] =
            (struct agenda_trace){r->rule, found.at[i].statement, found.at[i].name, d->day};
    for (; dated; dated--)
        (*out)[(*count)++] = d->dated[d->dated_passed++];
    if (*count)
        qsort(*out, *count, sizeof **out, compare_traces);
    return result;
}

/* Leaves a rule out all of whose traces were passed before the beginning. */
static enum outcome skip_rule(struct agenda_days *d, struct rule_days *r, bool *skipped,
                              struct fault *why)
{
    size_t count;
    enum outcome result = count_rule(d, d->next, &count, why);
    *skipped = result == OK && count <= d->skipped;
    if (!*skipped)
        return result;
    d->skipped -= count;
    d->passed += count;
    d->dated_passed += count_dated(d, r->rule);
    return pass_rule(d, r, NULL, why);
}

enum outcome agenda_days_next(struct agenda_days *d, struct agenda_trace **out, size_t *count,
                              size_t *passed, struct fault *why)
{
    enum outcome result = OK;
    *count = 0;
    while (result == OK && !*count && d->day < INT64_MAX) {
        bool skipped = false;
        if (d->next == d->count) {
            d->day = next_day(d);
            d->next = d->passed = d->skipped = 0;
            continue;
        }
        struct rule_days *r = &d->rules[d->next];
        if (d->skipped)
            result = skip_rule(d, r, &skipped, why);
        if (result == OK && !skipped)
            result = take_rule(d, r, out, count, why);
        d->next++;
    }
    size_t left_out = d->skipped < *count ? d->skipped : *count;
    *passed = d->passed + left_out;
    *out = *count ? *out + left_out : NULL;
    d->passed += *count;
    *count -= left_out;
    d->skipped -= left_out;
    return result;
}

enum outcome agenda_days_left(struct agenda_days *d, size_t *out, struct fault *why)
{
    enum outcome result = OK;
    *out = 0;
    for (size_t i = d->next; i < d->count && result == OK; i++) {
        size_t count = 0;
        result = count_rule(d, i, &count, why);
        *out += count;
    }
    return result;
}
