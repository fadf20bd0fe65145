#include "account/figures_int.h"

struct search {
    struct group *group;
    const struct labels *labels;
    struct arena *arena;
    size_t room;
    bool adds_up;
    int64_t over;      /* the incident's last day, INT64_MAX when unknown */
    int64_t over_year; /* the same for what stands at a year */
};

struct side {
    const struct series *series;
    const struct count *count;
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

static void conflict_add(struct search *s, struct side a, struct side b, enum conflict_why why,
                         struct conflict **of_pair)
{
    struct group *g = s->group;
    if (*of_pair) {
        (*of_pair)->more++;
        return;
    }
    g->conflicts =
        arena_grow(s->arena, g->conflicts, g->conflicts_count, &s->room, sizeof *g->conflicts);
    *of_pair = &g->conflicts[g->conflicts_count++];
    **of_pair = (struct conflict){a.series, b.series, a.count, b.count, why, 0};
}

/* The counts of a series by source, each source's latest first. */
static int compare_sources(const void *left, const void *right)
{
    const struct count *a = *(const struct count *const *)left;
    const struct count *b = *(const struct count *const *)right;
    if (a->source_rank != b->source_rank)
        return a->source_rank < b->source_rank ? -1 : 1;
    return a < b ? -1 : a > b;
}

struct by_source {
    const struct series *series;
    const struct count **counts;
    size_t number;
};

static struct by_source by_source_of(struct arena *arena, const struct series *series)
{
    struct by_source out = {series, arena_alloc(arena, series->counts_count * sizeof(void *)), 0};
    for (size_t i = 0; i < series->counts_count; i++)
        if (series->counts[i].counts)
            out.counts[out.number++] = &series->counts[i];
    qsort(out.counts, out.number, sizeof *out.counts, compare_sources);
    return out;
}

static size_t source_end(const struct by_source *s, size_t at)
{
    size_t end = at + 1;
    while (end < s->number && s->counts[end]->source_rank == s->counts[at]->source_rank)
        end++;
    return end;
}

static void compare_pair(struct search *s, const struct by_source *a, size_t a_at,
                         const struct by_source *b, size_t b_at, bool part)
{
    struct conflict *found = NULL;
    size_t a_end = source_end(a, a_at), b_end = source_end(b, b_at);
    for (size_t i = a_at; i < a_end; i++)
        for (size_t k = a == b && a_at == b_at ? i + 1 : b_at; k < b_end; k++) {
            struct side x = {a->series, a->counts[i]}, y = {b->series, b->counts[k]};
            enum conflict_why why = CONFLICT_PART;
            if (part ? part_conflicts(s, &x, &y) : sides_conflict(s, &x, &y, &why))
                conflict_add(s, x, y, why, &found);
        }
}

static void compare_series(struct search *s, const struct series *a, const struct series *b,
                           bool part)
{
    struct by_source x = by_source_of(s->arena, a), y = by_source_of(s->arena, b);
    const struct by_source *other = a == b ? &x : &y;
    for (size_t i = 0; i < x.number; i = source_end(&x, i))
        for (size_t k = a == b ? i : 0; k < other->number; k = source_end(other, k))
            compare_pair(s, &x, i, other, k, part);
}

static bool same_scope(const struct series *a, const struct series *b)
{
    return str_equal(a->place, b->place) && str_equal(a->since, b->since) &&
           str_equal(a->until, b->until);
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
                    const struct labels *labels, struct arena *arena)
{
    struct search s = {.group = group,
                       .labels = labels,
                       .arena = arena,
                       .over = INT64_MAX,
                       .adds_up = event_adds_up(labels, group->event)};
    if (incident)
        search_ends(&s, incident);
    for (size_t i = 0; i < group->series_count; i++) {
        const struct series *a = &group->series[i];
        if (!a->comparable)
            continue;
        compare_series(&s, a, a, false);
        for (size_t k = 0; k < group->series_count; k++) {
            const struct series *b = &group->series[k];
            if (b->comparable && same_scope(a, b) && population_is_part(labels, a->what, b->what))
                compare_series(&s, a, b, true);
        }
    }
}
