#include "account/agenda_int.h"

#include "account/rule_cells_int.h"
#include "text/edtf.h"

/* An announcement that a hearing is put off comes so many days before it at most. */
enum { PUT_OFF_DAYS = 14 };

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

bool agenda_interval_end(struct str date, int64_t *out)
{
    int64_t first;
    return str_find(date, STR("/"), 0) != SIZE_MAX && edtf_range(date, &first, out, NULL) == OK &&
           *out != INT64_MAX;
}

/* the statement whose date is the occurrence's: its first day, or, of what ends, all of it */
static const struct statement_view *dated_by(const struct agenda_rule *rule,
                                             const struct case_occurrence *o)
{
    for (size_t i = 0; i < o->views_count; i++) {
        struct str date = o->views[i]->statement.life_event.date;
        int64_t first, last;
        if (rule->kind == EXPECTED_UNTIL
                ? str_equal(date, o->date)
                : date.len && edtf_range(date, &first, &last, NULL) == OK && first == o->first)
            return o->views[i];
    }
    bug("an occurrence with a day that no statement names");
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
    if (rule->kind == EXPECTED_ON && (o->last == INT64_MAX || o->last - o->first > AGENDA_MONTH))
        return;
    if (rule->kind == EXPECTED_UNTIL && !agenda_interval_end(o->date, &item.first))
        return;
    if (rule->kind != EXPECTED_UNTIL && rule->kind != EXPECTED_ON &&
        (o->first != o->last || !case_duration_add(rule->after, o->first, &item.first)))
        return;
    if (rule->kind != EXPECTED_ON)
        item.last = item.first;
    item.by = dated_by(rule, o);
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
                                         .by = a->person->views[0],
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

static struct str item_name(const struct agenda_item *item)
{
    struct mention at;
    struct str name;
    if (item->rule->kind == EXPECTED_TERM || !mention_of_view(item->by, &at, &name))
        return item->person->name;
    return name;
}

static int compare_items(const void *left, const void *right)
{
    const struct agenda_item *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    int order = str_compare(item_name(a), item_name(b));
    if (!order)
        order = hash_compare(&a->by->id, &b->by->id);
    if (!order)
        order = hash_compare(&a->since->views[0]->id, &b->since->views[0]->id);
    return order || !a->from ? order : hash_compare(&a->from->views[0]->id, &b->from->views[0]->id);
}

void agenda_sort(struct agenda *c)
{
    if (c->count)
        qsort(c->items, c->count, sizeof *c->items, compare_items);
}
