#include "account/figures_int.h"

/* Counts in order of one of their ends, with their days: of the counts beyond an end, those that
 * stand early enough are found without looking at the others. Ends and days are negated where the
 * other direction is asked. */
struct ends {
    uint32_t *at; /* positions of counts, the lowest end first */
    int64_t *end;
    int64_t *day; /* a tree of minima over the days: node n has the nodes 2n and 2n + 1 */
    int64_t
        *day_over; /* the same, where what was counted when it was over is always early enough */
    size_t count, leaves;
};

/* The counts of a series that may conflict, by source, each source's latest first. */
struct field {
    const struct series *series;
    const struct count **counts;
    size_t *begin; /* beside each: the first of the same source */
    size_t number;
    struct ends lows;  /* by the lowest number that makes them true, and their first day */
    struct ends highs; /* by the highest, and their last day; both negated */
};

struct side {
    const struct series *series;
    const struct count *count;
};

/* What was found between a source and another one. */
struct pair {
    struct side a, b;
    enum conflict_why why;
    size_t number;
    size_t x, y; /* positions of the first */
};

struct search {
    struct group *group;
    const struct labels *labels;
    struct arena *arena;   /* for what was found */
    struct arena *scratch; /* for the search */
    size_t room;
    bool adds_up;
    int64_t over;         /* the incident's last day, INT64_MAX when unknown */
    int64_t over_year;    /* the same for what stands at a year */
    struct field *fields; /* beside the group's series; without one until it is compared */
    const struct field *of, *against;
    bool part;
    struct pair *pairs; /* of the source at hand, by the position of the other's first count */
    size_t *touched;    /* those with any */
    size_t touched_count;
};

static struct interval interval_of(const struct side *s)
{
    return figure_interval(&s->count->figures[0]->figure);
}

static bool greater(const struct side *a, const struct side *b)
{
    struct interval x = interval_of(a), y = interval_of(b);
    return y.high != COUNT_NONE && x.low > y.high;
}

static bool is_known(const struct side *s)
{
    return s->count->stand.from != STAND_UNKNOWN;
}

static bool at_same_time(const struct side *a, const struct side *b)
{
    const struct stand *x = &a->count->stand, *y = &b->count->stand;
    return is_known(a) && is_known(b) && x->first <= y->last && y->first <= x->last;
}

static bool is_after(const struct search *s, const struct side *side)
{
    const struct stand *stand = &side->count->stand;
    bool year = stand->last - stand->first > 31;
    return is_known(side) && stand->last >= (year ? s->over_year : s->over);
}

static bool both_after(const struct search *s, const struct side *a, const struct side *b)
{
    return s->adds_up && s->over != INT64_MAX && is_after(s, a) && is_after(s, b);
}

static bool earlier(const struct side *a, const struct side *b)
{
    return is_known(a) && is_known(b) && a->count->stand.last < b->count->stand.first;
}

static bool same_source(const struct side *a, const struct side *b)
{
    return a->count->source_rank == b->count->source_rank;
}

/* What one source says twice in one document is about two things, or one word of it is a slip. */
static bool one_breath(const struct side *a, const struct side *b)
{
    return same_source(a, b) &&
           hash_equal(&a->count->figures[0]->document->id, &b->count->figures[0]->document->id);
}

/* Of one series: sets *why and puts the earlier one first. */
static bool sides_conflict(const struct search *s, struct side *a, struct side *b,
                           enum conflict_why *why)
{
    if (intervals_meet(interval_of(a), interval_of(b)) || one_breath(a, b))
        return false;
    *why = CONFLICT_SAME_TIME;
    if (at_same_time(a, b))
        return true;
    if (same_source(a, b))
        return false;
    *why = CONFLICT_OVER;
    if (both_after(s, a, b))
        return true;
    if (earlier(b, a)) {
        struct side swap = *a;
        *a = *b;
        *b = swap;
    }
    *why = CONFLICT_FALLING;
    return s->adds_up && earlier(a, b) && greater(a, b);
}

/* `a` counts a part of what `b` counts. */
static bool part_conflicts(const struct search *s, const struct side *a, const struct side *b)
{
    if (!greater(a, b) || one_breath(a, b))
        return false;
    if (at_same_time(a, b))
        return true;
    return !same_source(a, b) && (both_after(s, a, b) || (s->adds_up && earlier(a, b)));
}

/* ---- ends ---- */

struct end_order {
    int64_t end, day, day_over;
    uint32_t at;
};

static int compare_ends(const void *left, const void *right)
{
    const struct end_order *a = left, *b = right;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return a->at < b->at ? -1 : 1;
}

static void tree_raise(int64_t *tree, size_t leaves)
{
    for (size_t n = leaves - 1; n > 0; n--)
        tree[n] = tree[2 * n] < tree[2 * n + 1] ? tree[2 * n] : tree[2 * n + 1];
}

static struct ends ends_of(struct arena *arena, struct end_order *order, size_t count)
{
    struct ends out = {.count = count, .leaves = 1};
    while (out.leaves < count)
        out.leaves *= 2;
    out.at = arena_alloc(arena, (count + 1) * sizeof *out.at);
    out.end = arena_alloc(arena, (count + 1) * sizeof *out.end);
    out.day = arena_alloc(arena, 2 * out.leaves * sizeof *out.day);
    out.day_over = arena_alloc(arena, 2 * out.leaves * sizeof *out.day_over);
    if (count)
        qsort(order, count, sizeof *order, compare_ends);
    for (size_t i = 0; i < out.leaves; i++) {
        out.day[out.leaves + i] = i < count ? order[i].day : INT64_MAX;
        out.day_over[out.leaves + i] = i < count ? order[i].day_over : INT64_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        out.at[i] = order[i].at;
        out.end[i] = order[i].end;
    }
    tree_raise(out.day, out.leaves);
    tree_raise(out.day_over, out.leaves);
    return out;
}

static size_t first_beyond(const struct ends *e, int64_t end)
{
    size_t low = 0, high = e->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e->end[middle] > end)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static int compare_sources(const void *left, const void *right)
{
    const struct count *a = *(const struct count *const *)left;
    const struct count *b = *(const struct count *const *)right;
    if (a->source_rank != b->source_rank)
        return a->source_rank < b->source_rank ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* What nobody knows the day of conflicts with nothing. */
static struct field field_of(const struct search *s, const struct series *series)
{
    struct arena *arena = s->scratch;
    size_t room = series->counts_count + 1;
    struct field f = {.series = series,
                      .counts = arena_alloc(arena, room * sizeof(void *)),
                      .begin = arena_alloc(arena, room * sizeof *f.begin)};
    for (size_t i = 0; i < series->counts_count; i++)
        if (series->counts[i].counts && series->counts[i].stand.from != STAND_UNKNOWN)
            f.counts[f.number++] = &series->counts[i];
    if (f.number)
        qsort(f.counts, f.number, sizeof *f.counts, compare_sources);
    struct end_order *lows = arena_alloc(arena, (f.number + 1) * sizeof *lows);
    struct end_order *highs = arena_alloc(arena, (f.number + 1) * sizeof *highs);
    size_t bounded = 0;
    for (size_t i = 0; i < f.number; i++) {
        struct side side = {series, f.counts[i]};
        bool same = i && f.counts[i - 1]->source_rank == f.counts[i]->source_rank;
        f.begin[i] = same ? f.begin[i - 1] : i;
        struct interval at = interval_of(&side);
        const struct stand *stand = &f.counts[i]->stand;
        bool over = s->adds_up && s->over != INT64_MAX && is_after(s, &side);
        int64_t first = stand->first, last = stand->last == INT64_MAX ? INT64_MIN : -stand->last;
        lows[i] = (struct end_order){at.low, first, over ? INT64_MIN : first, (uint32_t)i};
        if (at.high != COUNT_NONE)
            highs[bounded++] =
                (struct end_order){-at.high, last, over ? INT64_MIN : last, (uint32_t)i};
    }
    f.lows = ends_of(arena, lows, f.number);
    f.highs = ends_of(arena, highs, bounded);
    return f;
}

/* ---- pairs ---- */

static void dispute(struct group *group, const struct side *side)
{
    struct series *series = &group->series[side->series - group->series];
    series->counts[side->count - series->counts].disputed = true;
}

static void pair_see(struct search *s, size_t x, size_t y)
{
    struct side a = {s->of->series, s->of->counts[x]};
    struct side b = {s->against->series, s->against->counts[y]};
    enum conflict_why why = CONFLICT_PART;
    if (s->of == s->against && y <= x)
        return;
    if (s->part ? !part_conflicts(s, &a, &b) : !sides_conflict(s, &a, &b, &why))
        return;
    dispute(s->group, &a);
    dispute(s->group, &b);
    size_t source = s->against->begin[y];
    struct pair *pair = &s->pairs[source];
    if (!pair->number++)
        s->touched[s->touched_count++] = source;
    else if (pair->x < x || pair->y < y)
        return;
    pair->a = a;
    pair->b = b;
    pair->why = why;
    pair->x = x;
    pair->y = y;
}

/* Sees x with every count from the place `from` on whose day is not after `day`. */
static void walk(struct search *s, size_t x, const struct ends *e, const int64_t *tree, size_t from,
                 int64_t day)
{
    size_t stack[64], depth = 0;
    stack[depth++] = 1;
    while (depth) {
        size_t node = stack[--depth], leaf = node, last = node;
        if (tree[node] > day)
            continue;
        while (last < e->leaves)
            last = 2 * last + 1;
        if (last - e->leaves < from)
            continue;
        if (leaf >= e->leaves) {
            if (leaf - e->leaves < e->count)
                pair_see(s, x, e->at[leaf - e->leaves]);
            continue;
        }
        stack[depth++] = 2 * node + 1;
        stack[depth++] = 2 * node;
    }
}

static void count_against(struct search *s, size_t x)
{
    struct side side = {s->of->series, s->of->counts[x]};
    const struct stand *stand = &side.count->stand;
    struct interval at = interval_of(&side);
    const struct ends *lows = &s->against->lows, *highs = &s->against->highs;
    bool over = s->adds_up && s->over != INT64_MAX && is_after(s, &side);
    int64_t first = stand->first == INT64_MIN ? INT64_MAX : -stand->first;
    if (highs->count)
        walk(s, x, highs, over ? highs->day_over : highs->day, first_beyond(highs, -at.low), first);
    if (!s->part && at.high != COUNT_NONE && lows->count)
        walk(s, x, lows, over ? lows->day_over : lows->day, first_beyond(lows, at.high),
             stand->last);
}

static int compare_places(const void *left, const void *right)
{
    const size_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static void pairs_take(struct search *s)
{
    struct group *g = s->group;
    if (s->touched_count)
        qsort(s->touched, s->touched_count, sizeof *s->touched, compare_places);
    for (size_t i = 0; i < s->touched_count; i++) {
        struct pair *p = &s->pairs[s->touched[i]];
        if (g->conflicts_count < CONFLICTS_LISTED) {
            g->conflicts = arena_grow(s->arena, g->conflicts, g->conflicts_count, &s->room,
                                      sizeof *g->conflicts);
            g->conflicts[g->conflicts_count++] = (struct conflict){
                p->a.series, p->b.series, p->a.count, p->b.count, p->why, p->number - 1};
        }
        g->conflicts_total++;
        *p = (struct pair){0};
    }
    s->touched_count = 0;
}

static void compare_fields(struct search *s, const struct field *a, const struct field *b,
                           bool part)
{
    s->of = a;
    s->against = b;
    s->part = part;
    s->pairs = arena_alloc(s->scratch, (b->number + 1) * sizeof *s->pairs);
    s->touched = arena_alloc(s->scratch, (b->number + 1) * sizeof *s->touched);
    for (size_t x = 0; x < a->number; x++) {
        count_against(s, x);
        if (x + 1 == a->number || a->counts[x + 1]->source_rank != a->counts[x]->source_rank)
            pairs_take(s);
    }
}

/* ---- which series are compared ---- */

static int compare_scopes(const struct series *a, const struct series *b)
{
    int order = str_compare(a->place, b->place);
    if (!order)
        order = str_compare(a->since, b->since);
    return order ? order : str_compare(a->until, b->until);
}

static int compare_by_scope(const void *left, const void *right)
{
    const struct series *a = *(const struct series *const *)left;
    const struct series *b = *(const struct series *const *)right;
    int order = compare_scopes(a, b);
    return order ? order : a < b ? -1 : a > b;
}

/* The comparable series of a group by scope, those of one scope in the group's order; beside each
 * series of the group, where those of its scope are. */
struct scopes {
    const struct series **series;
    size_t *begin, *end;
};

static struct scopes scopes_of(const struct group *group, struct arena *arena)
{
    struct scopes out = {arena_alloc(arena, (group->series_count + 1) * sizeof(void *)),
                         arena_alloc(arena, (group->series_count + 1) * sizeof *out.begin),
                         arena_alloc(arena, (group->series_count + 1) * sizeof *out.end)};
    size_t count = 0, end;
    for (size_t i = 0; i < group->series_count; i++)
        if (group->series[i].comparable)
            out.series[count++] = &group->series[i];
    if (count)
        qsort(out.series, count, sizeof *out.series, compare_by_scope);
    for (size_t i = 0; i < count; i = end) {
        for (end = i; end < count && compare_scopes(out.series[i], out.series[end]) == 0; end++)
            out.begin[out.series[end] - group->series] = i;
        for (size_t k = i; k < end; k++)
            out.end[out.series[k] - group->series] = end;
    }
    return out;
}

/* Made when the series is first compared with anything. */
static const struct field *field_at(const struct search *s, const struct series *series)
{
    struct field *field = &s->fields[series - s->group->series];
    if (!field->series)
        *field = field_of(s, series);
    return field;
}

static void compare_series(struct search *s, const struct scopes *scopes,
                           const struct series *series)
{
    size_t at = (size_t)(series - s->group->series);
    if (series->counts_count > 1)
        compare_fields(s, field_at(s, series), field_at(s, series), false);
    if (scopes->end[at] - scopes->begin[at] < 2 || !population_has_whole(s->labels, series->what))
        return;
    for (size_t i = scopes->begin[at]; i < scopes->end[at]; i++)
        if (population_is_part(s->labels, series->what, scopes->series[i]->what))
            compare_fields(s, field_at(s, series), field_at(s, scopes->series[i]), true);
}

static void search_ends(struct search *s, const struct incident_facts *incident)
{
    int64_t began, ignored, first;
    if (!date_days(incident->until, &first, &s->over) || s->over == INT64_MAX) {
        s->over = INT64_MAX;
        return;
    }
    s->over_year = s->over;
    if (date_days(incident->since, &began, &ignored) && began != INT64_MIN)
        s->over_year -= (s->over - began) / 4;
}

void conflicts_find(struct group *group, const struct incident_facts *incident,
                    const struct labels *labels, struct arena *arena, struct arena *scratch)
{
    struct search s = {.group = group,
                       .labels = labels,
                       .arena = arena,
                       .scratch = scratch,
                       .over = INT64_MAX,
                       .adds_up = event_adds_up(labels, group->event)};
    if (incident)
        search_ends(&s, incident);
    s.fields = arena_alloc(scratch, (group->series_count + 1) * sizeof *s.fields);
    struct scopes scopes = scopes_of(group, scratch);
    for (size_t i = 0; i < group->series_count; i++)
        if (group->series[i].comparable)
            compare_series(&s, &scopes, &group->series[i]);
}
