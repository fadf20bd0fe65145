#include "account/agenda.h"

#include "account/case_stays.h"
#include "account/rule_cells_int.h"
#include "text/edtf.h"

/* An announcement that a hearing is put off comes so many days before it at most; a date as inexact
 * as a month is looked at, none that is more so; and a furlough lasts so long. */
enum { PUT_OFF_DAYS = 14, MONTH_DAYS = 31, FURLOUGH_DAYS = 366, SLACK_DAYS = 2 };

int64_t agenda_item_number(const struct agenda_item *item)
{
    int64_t days;
    if (item->rule->kind != EXPECTED_DAY || !case_duration_add(item->rule->after, 0, &days))
        return 0;
    return days + 1;
}

/* ---- of one person ---- */

struct asked {
    const struct agenda_choice *choice;
    const struct case_person *person;
    const struct case_history *history;
    struct arena *arena;
    struct agenda *out;
};

static int64_t known_day(const struct asked *a, int64_t day)
{
    return day < a->choice->as_of ? day : a->choice->as_of;
}

static bool may_be_in(const struct asked *a, uint32_t states, int64_t day)
{
    struct case_standing s;
    case_standing_on(a->history, day, &s);
    for (size_t i = 0; i < s.count; i++)
        if (states >> s.at[i].state & 1)
            return true;
    return false;
}

static bool has_ended(const struct asked *a, const struct agenda_rule *rule,
                      const struct case_occurrence *since, int64_t day)
{
    int64_t shown = since->first;
    if (rule->kind == EXPECTED_ON && shown != INT64_MIN)
        shown -= PUT_OFF_DAYS;
    for (size_t i = 0; i < a->history->count; i++) {
        const struct case_occurrence *o = &a->history->at[i];
        if (o != since && o->dated == DATED_STATED && o->first <= day && o->last >= shown &&
            rule_cell_has(rule->ends, o->event))
            return true;
    }
    return false;
}

static void add_item(const struct asked *a, const struct agenda_item *item)
{
    struct agenda *c = a->out;
    int64_t day = known_day(a, item->first);
    bool ahead = item->rule->kind == EXPECTED_ON;
    if (item->first > a->choice->to || (ahead ? item->last : item->first) < a->choice->from ||
        (!ahead && item->since->dated == DATED_STATED && item->since->first > a->choice->as_of) ||
        !may_be_in(a, item->rule->states, day) || has_ended(a, item->rule, item->since, day))
        return;
    c->items = arena_grow(a->arena, c->items, c->count, &c->room, sizeof *c->items);
    c->items[c->count++] = *item;
}

/* the last day of a date that is an interval */
static bool end_of_interval(struct str date, int64_t *out)
{
    int64_t first;
    return str_find(date, STR("/"), 0) != SIZE_MAX && edtf_range(date, &first, out, NULL) == OK &&
           *out != INT64_MAX;
}

static bool is_proposed(const struct case_occurrence *o)
{
    return o->state != VIEW_ACCEPTED || o->undecided;
}

static void expect(const struct asked *a, const struct agenda_rule *rule,
                   const struct case_occurrence *o)
{
    struct agenda_item item = {.rule = rule,
                               .person = a->person,
                               .since = o,
                               .first = o->first,
                               .last = o->last,
                               .proposed = is_proposed(o)};
    if (!str_equal(o->event, rule->event) || o->dated != DATED_STATED || o->first == INT64_MIN)
        return;
    if (rule->kind == EXPECTED_ON && (o->last == INT64_MAX || o->last - o->first > MONTH_DAYS))
        return;
    if (rule->kind == EXPECTED_UNTIL && !end_of_interval(o->date, &item.first))
        return;
    if (rule->kind != EXPECTED_UNTIL && rule->kind != EXPECTED_ON &&
        (o->first != o->last || !case_duration_add(rule->after, o->first, &item.first)))
        return;
    if (rule->kind != EXPECTED_ON)
        item.last = item.first;
    add_item(a, &item);
}

static void expect_terms(const struct asked *a, const struct agenda_rule *rule)
{
    size_t count;
    const struct case_term *terms = case_terms(a->history, a->arena, &count);
    for (size_t i = 0; i < count; i++) {
        const struct case_term *t = &terms[i];
        const struct agenda_item item = {.rule = rule,
                                         .person = a->person,
                                         .since = t->sentence,
                                         .from = t->from,
                                         .first = t->first,
                                         .last = t->last,
                                         .proposed =
                                             is_proposed(t->sentence) || is_proposed(t->from)};
        if (str_equal(t->sentence->event, rule->event))
            add_item(a, &item);
    }
}

void agenda_of_person(const struct agenda_rules *rules, const struct case_rules *case_rules,
                      const struct case_person *person, const struct agenda_choice *choice,
                      struct arena *arena, struct agenda *out)
{
    struct case_history *h = arena_alloc(arena, sizeof *h);
    const struct asked a = {choice, person, h, arena, out};
    case_history_make(case_rules, person->views, person->views_count, CASE_PROPOSED, arena, h);
    for (size_t i = 0; i < rules->count; i++) {
        for (size_t k = 0; rules->at[i].kind != EXPECTED_TERM && k < h->count; k++)
            expect(&a, &rules->at[i], &h->at[k]);
        if (rules->at[i].kind == EXPECTED_TERM)
            expect_terms(&a, &rules->at[i]);
    }
}

static int compare_items(const void *left, const void *right)
{
    const struct agenda_item *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    int order = str_compare(a->person->name, b->person->name);
    if (!order)
        order = hash_compare(&a->person->address, &b->person->address);
    return order ? order : hash_compare(&a->since->views[0]->id, &b->since->views[0]->id);
}

void agenda_sort(struct agenda *c)
{
    if (c->count)
        qsort(c->items, c->count, sizeof *c->items, compare_items);
}

/* ---- of all ---- */

/* where to look for the event of an item between the days */
static void event_days(const struct agenda_rule *rule, const struct agenda_choice *c, int64_t *from,
                       int64_t *to)
{
    int64_t length = 0;
    *from = c->from;
    *to = c->to;
    if (rule->kind == EXPECTED_ON)
        *from -= MONTH_DAYS;
    if (rule->kind == EXPECTED_UNTIL)
        *from -= FURLOUGH_DAYS;
    if (!rule->after.len || !case_duration_add(rule->after, 0, &length))
        return;
    *from -= length + SLACK_DAYS;
    *to -= length - SLACK_DAYS;
}

/* the event's day becomes that of the item; those out of range go */
static void shift_days(const struct agenda_rule *rule, const struct agenda_choice *c,
                       struct archive_dated_list *l, size_t begin)
{
    size_t kept = begin;
    for (size_t i = begin; i < l->count; i++) {
        struct archive_dated one = l->at[i];
        if (rule->after.len && (!case_duration_add(rule->after, one.day, &one.day) ||
                                one.day < c->from || one.day > c->to))
            continue;
        one.day = one.day < c->from ? c->from : one.day;
        l->at[kept++] = one;
    }
    l->count = kept;
}

static int compare_dated(const void *left, const void *right)
{
    const struct archive_dated *a = left, *b = right;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return hash_compare(&a->statement, &b->statement);
}

static enum outcome find_dated(struct archive *archive, const struct agenda_rules *rules,
                               const struct agenda_choice *c, struct arena *arena,
                               struct archive_dated_list *out, struct fault *why)
{
    enum outcome result = OK;
    size_t limit = c->limit < SIZE_MAX ? c->limit + 1 : c->limit;
    for (size_t i = 0; i < rules->count && result == OK; i++) {
        const struct agenda_rule *rule = &rules->at[i];
        size_t begin = out->count;
        int64_t from, to;
        event_days(rule, c, &from, &to);
        result =
            rule->kind == EXPECTED_TERM
                ? archive_stays_begun(archive, TERM_STAY, from, to, limit, arena, out, why)
                : archive_events_between(archive, rule->event, from, to, limit, arena, out, why);
        shift_days(rule, c, out, begin);
    }
    if (out->count)
        qsort(out->at, out->count, sizeof *out->at, compare_dated);
    return result;
}

/* Leaves out the days of which not all is here. False when that is the first one, too. */
static bool cut_days(const struct agenda_choice *c, struct archive_dated_list *l, int64_t *complete)
{
    *complete = c->to;
    if (l->count <= c->limit)
        return true;
    *complete = l->at[c->limit].day - 1;
    while (l->count && l->at[l->count - 1].day > *complete)
        l->count--;
    return l->count > 0;
}

/* Statements about those to look at: about as many as asked for, but all of the first day. */
static enum outcome find_people(struct archive *archive, const struct agenda_rules *rules,
                                struct agenda_choice *within, struct arena *arena,
                                struct archive_dated_list *found, int64_t *complete,
                                struct fault *why)
{
    enum outcome result;
    bool whole;
    do {
        *found = (struct archive_dated_list){0};
        result = find_dated(archive, rules, within, arena, found, why);
        whole = cut_days(within, found, complete);
        within->limit *= 4;
    } while (result == OK && !whole);
    return result;
}

enum outcome agenda_read(struct archive *archive, const struct agenda_rules *rules,
                         const struct case_rules *case_rules, const struct agenda_choice *choice,
                         struct arena *arena, struct agenda *out, struct fault *why)
{
    struct archive_dated_list found = {0};
    struct case_record record = {0};
    struct agenda_choice within = *choice;
    *out = (struct agenda){.items = NULL};
    enum outcome result = find_people(archive, rules, &within, arena, &found, &out->complete, why);
    within.to = out->complete;
    struct hash_list seeds = {arena_alloc(arena, (found.count + 1) * sizeof *seeds.at),
                              found.count};
    for (size_t i = 0; i < found.count; i++)
        seeds.at[i] = found.at[i].statement;
    if (result == OK)
        result = case_record_about(archive, &seeds, arena, &record, why);
    for (size_t i = 0; i < record.people_count && result == OK; i++)
        agenda_of_person(rules, case_rules, &record.people[i], &within, arena, out);
    agenda_sort(out);
    return result;
}
