#include "account/joined.h"

#include <stdlib.h>

#include "account/labels.h"
#include "text/edtf.h"

struct views {
    const struct statement_view **at;
    size_t count, room;
};

static struct views views_of_side(const struct matches *m, const struct bearer *b,
                                  struct arena *arena)
{
    size_t count;
    struct views out = {0};
    const struct bearer **all = match_company(m, b, arena, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < all[i]->named.views_count; k++) {
            out.at = arena_grow(arena, out.at, out.count, &out.room, sizeof(void *));
            out.at[out.count++] = all[i]->named.views[k];
        }
    return out;
}

/* ---- lines ---- */

struct lines {
    struct joined_line *at;
    size_t count, room;
};

static int64_t day_of(struct str date)
{
    int64_t first, last;
    return date.len && edtf_range(date, &first, &last, NULL) == OK ? first : INT64_MAX;
}

static int compare_lines(const void *left, const void *right)
{
    const struct joined_line *a = left, *b = right;
    int64_t day_a = day_of(a->date), day_b = day_of(b->date);
    if (day_a != day_b)
        return day_a < day_b ? -1 : 1;
    int order = str_compare(a->label, b->label);
    if (!order)
        order = str_compare(a->date, b->date);
    if (!order)
        order = str_compare(a->place, b->place);
    return order ? order : str_compare(a->value, b->value);
}

static struct joined_line line_of(const struct statement_view *view)
{
    const struct statement *s = &view->statement;
    if (s->form == FORM_LIFE_EVENT)
        return (struct joined_line){
            .label = s->life_event.event, .date = s->life_event.date, .place = s->life_event.place};
    return (struct joined_line){.label = s->fact.property, .value = s->fact.value};
}

static bool is_one_line(const struct joined_line *a, const struct joined_line *b)
{
    return str_equal(a->label, b->label) && str_equal(a->date, b->date) &&
           str_equal(a->value, b->value) &&
           (a->date.len || str_equal(a->place, b->place) || !a->place.len || !b->place.len);
}

static const struct statement_view *better(const struct statement_view *a,
                                           const struct statement_view *b)
{
    if (!a)
        return b;
    bool a_stands = a->state == VIEW_ACCEPTED, b_stands = b->state == VIEW_ACCEPTED;
    if (a_stands != b_stands)
        return a_stands ? a : b;
    return hash_compare(&a->id, &b->id) <= 0 ? a : b;
}

static void lines_add(struct lines *l, struct arena *arena, const struct statement_view *view,
                      bool right)
{
    struct joined_line line = line_of(view), *at = NULL;
    for (size_t i = 0; i < l->count && !at; i++)
        if (is_one_line(&l->at[i], &line))
            at = &l->at[i];
    if (!at) {
        l->at = arena_grow(arena, l->at, l->count, &l->room, sizeof *l->at);
        at = &l->at[l->count++];
        *at = line;
    }
    if (!at->place.len)
        at->place = line.place;
    const struct statement_view **side = right ? &at->right : &at->left;
    *side = better(*side, view);
}

static void lines_take(const struct views *views, bool right, struct arena *arena,
                       struct lines *events, struct lines *facts)
{
    for (size_t i = 0; i < views->count; i++)
        lines_add(views->at[i]->statement.form == FORM_LIFE_EVENT ? events : facts, arena,
                  views->at[i], right);
}

/* ---- what cannot both be ---- */

static bool contradicts(const struct labels *labels, const struct joined_line *a,
                        const struct joined_line *b, bool event)
{
    if (!str_equal(a->label, b->label))
        return false;
    return event ? happens_once(labels, true, a->label) && edtf_apart(a->date, b->date)
                 : values_contradict(labels, a->label, a->value, b->value);
}

static void conflicts_find(struct joined *j, const struct lines *l, bool event,
                           const struct labels *labels, size_t *room, struct arena *arena)
{
    for (size_t i = 0; i < l->count; i++)
        for (size_t k = 0; k < l->count; k++) {
            const struct joined_line *a = &l->at[i], *b = &l->at[k];
            if (!a->left || !b->right || !contradicts(labels, a, b, event))
                continue;
            j->conflicts =
                arena_grow(arena, j->conflicts, j->conflicts_count, room, sizeof *j->conflicts);
            j->conflicts[j->conflicts_count++] = (struct joined_conflict){a->left, b->right};
        }
}

void joined_make(const struct matches *m, const struct match *one, struct arena *arena,
                 struct joined *out)
{
    struct lines events = {0}, facts = {0};
    struct views left = views_of_side(m, one->left, arena);
    struct views right = views_of_side(m, one->right, arena);
    const struct labels *labels = labels_known();
    size_t room = 0;
    lines_take(&left, false, arena, &events, &facts);
    if (one->decided != LIKELY_SAME)
        lines_take(&right, true, arena, &events, &facts);
    if (events.count)
        qsort(events.at, events.count, sizeof *events.at, compare_lines);
    if (facts.count)
        qsort(facts.at, facts.count, sizeof *facts.at, compare_lines);
    *out = (struct joined){.events = events.at,
                           .events_count = events.count,
                           .facts = facts.at,
                           .facts_count = facts.count};
    conflicts_find(out, &events, true, labels, &room, arena);
    conflicts_find(out, &facts, false, labels, &room, arena);
}
