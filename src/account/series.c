#include "account/figures_int.h"

static bool is_stated(const struct stand *stand)
{
    return stand->from == STAND_AS_OF || stand->from == STAND_UNTIL;
}

/* Whether `new` stands for a count better than `old`: stated before published, the latest stated,
 * the first published. */
static bool stands_better(const struct stand *new, const struct stand *old)
{
    if (is_stated(new) != is_stated(old))
        return is_stated(new);
    if (old->from == STAND_UNKNOWN || new->from == STAND_UNKNOWN)
        return new->from != STAND_UNKNOWN;
    return is_stated(new) ? new->last > old->last : new->first < old->first;
}

static int state_rank(const struct figure_view *view)
{
    return view->undecided ? 2 : view->state == VIEW_REJECTED ? 3 : view->state != VIEW_ACCEPTED;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_values(const struct figure *a, const struct figure *b)
{
    int order = compare_numbers(a->low, b->low);
    if (!order)
        order = compare_numbers(a->high, b->high);
    return order ? order : (int)a->bound - (int)b->bound;
}

/* By source and value: one count after the other, and in it the figure to show first. */
static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    int order = compare_numbers(a->source->key->rank, b->source->key->rank);
    if (!order)
        order = compare_values(&a->view->figure, &b->view->figure);
    if (!order)
        order = state_rank(a->view) - state_rank(b->view);
    if (!order)
        order = compare_numbers(a->published, b->published);
    return order ? order : hash_compare(&a->view->id, &b->view->id);
}

static struct count count_make(const struct entry *const *entries, size_t number,
                               struct arena *arena)
{
    const struct entry *first = entries[0];
    struct count count = {.figures = arena_alloc(arena, number * sizeof(void *)),
                          .figures_count = number,
                          .source = first->source->name,
                          .source_key = first->source->key->text,
                          .source_rank = first->source->key->rank,
                          .own_voice = first->source->own_voice,
                          .class = first->source->class,
                          .stand = first->stand,
                          .ahead = first->ahead};
    for (size_t i = 0; i < number; i++) {
        const struct entry *e = entries[i];
        count.figures[i] = e->view;
        count.counts |= e->view->state != VIEW_REJECTED && !e->view->undecided;
        if (count.own_voice && !e->source->own_voice) {
            count.source = e->source->name;
            count.own_voice = false;
        }
        if (stands_better(&e->stand, &count.stand)) {
            count.stand = e->stand;
            count.ahead = e->ahead;
        }
    }
    return count;
}

static int compare_counts(const void *left, const void *right)
{
    const struct count *a = left, *b = right;
    if (a->stand.last != b->stand.last)
        return a->stand.last > b->stand.last ? -1 : 1;
    if (a->source_rank != b->source_rank)
        return a->source_rank < b->source_rank ? -1 : 1;
    return hash_compare(&a->figures[0]->id, &b->figures[0]->id);
}

/* By source, as the counts come: the latest day of each. Where nobody knows that the counts are
 * about the same, none is later than another. */
static void mark_latest(struct count *counts, size_t number, bool comparable)
{
    size_t end;
    for (size_t i = 0; i < number; i = end) {
        int64_t latest = INT64_MIN;
        for (end = i; end < number && counts[end].source_rank == counts[i].source_rank; end++)
            if (counts[end].counts && counts[end].stand.last > latest)
                latest = counts[end].stand.last;
        for (size_t k = i; k < end; k++)
            counts[k].latest = counts[k].counts && (!comparable || counts[k].stand.last == latest);
    }
}

static void range_add(struct count_range *range, const struct figure *f, bool first)
{
    int64_t low = f->low == COUNT_NONE ? f->high : f->low;
    int64_t high = f->high == COUNT_NONE ? f->low : f->high;
    range->low = first || low < range->low ? low : range->low;
    range->high = first || high > range->high ? high : range->high;
    range->open_below |= f->low == COUNT_NONE;
    range->open_above |= f->high == COUNT_NONE;
}

/* Counts still by source. */
static struct count_range range_of(const struct count *counts, size_t number)
{
    struct count_range range = {0};
    const struct count *before = NULL;
    for (size_t i = 0; i < number; i++) {
        if (!counts[i].latest || counts[i].leads_to)
            continue;
        range_add(&range, &counts[i].figures[0]->figure, range.counts == 0);
        range.counts++;
        range.sources += !before || before->source_rank != counts[i].source_rank;
        before = &counts[i];
    }
    return range;
}

struct count_range series_range(const struct series *s, enum source_class class)
{
    struct count_range range = {0};
    if (!s->comparable)
        return range;
    for (size_t i = 0; i < s->counts_count; i++) {
        const struct count *c = &s->counts[i];
        if (!c->latest || c->leads_to || c->class != class)
            continue;
        range_add(&range, &c->figures[0]->figure, range.counts == 0);
        range.counts++;
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = s->counts[k].latest && s->counts[k].source_rank == c->source_rank;
        range.sources += !again;
    }
    return range;
}

static bool same_count(const struct entry *a, const struct entry *b)
{
    const struct figure *f = &a->view->figure, *g = &b->view->figure;
    return a->source->key == b->source->key && f->low == g->low && f->high == g->high &&
           f->bound == g->bound;
}

static struct series one_series(const struct entry **entries, size_t number, struct arena *arena)
{
    qsort(entries, number, sizeof *entries, compare_entries);
    const struct figure *f = &entries[0]->view->figure;
    struct series series = {.what = f->what,
                            .place = f->place,
                            .since = entries[0]->since,
                            .until = entries[0]->until,
                            .part = entries[0]->part,
                            .review = entries[0]->review,
                            .comparable = entries[0]->comparable};
    size_t different = 1, end;
    for (size_t i = 1; i < number; i++)
        different += !same_count(entries[i - 1], entries[i]);
    series.counts = arena_alloc(arena, different * sizeof *series.counts);
    size_t *begin = mem_resize_array(NULL, different + 1, sizeof *begin);
    for (size_t i = 0; i < number; i = end) {
        for (end = i + 1; end < number && same_count(entries[i], entries[end]);)
            end++;
        begin[series.counts_count] = i;
        series.counts[series.counts_count++] = count_make(entries + i, end - i, arena);
    }
    begin[series.counts_count] = number;
    if (series.comparable)
        counts_weigh(series.counts, entries, begin, series.counts_count, arena);
    mem_free(begin);
    mark_latest(series.counts, series.counts_count, series.comparable);
    if (series.comparable)
        series.range = range_of(series.counts, series.counts_count);
    qsort(series.counts, series.counts_count, sizeof *series.counts, compare_counts);
    return series;
}

static size_t figures_of(const struct series *series)
{
    size_t sum = 0;
    for (size_t i = 0; i < series->counts_count; i++)
        sum += series->counts[i].figures_count;
    return sum;
}

static int scope_rank(const struct series *s)
{
    return s->review * 4 + (s->since.len || s->until.len || s->place.len || s->part) * 2 +
           s->within;
}

/* The whole before its parts, and these before narrower periods and places; then the most figures.
 */
static int compare_series(const void *left, const void *right)
{
    const struct series *a = left, *b = right;
    if (scope_rank(a) != scope_rank(b))
        return scope_rank(a) - scope_rank(b);
    size_t figures_a = figures_of(a), figures_b = figures_of(b);
    if (figures_a != figures_b)
        return figures_a > figures_b ? -1 : 1;
    int order = str_compare(a->what, b->what);
    return order ? order : hash_compare(&a->counts[0].figures[0]->id, &b->counts[0].figures[0]->id);
}

/* By population, of which a group has few: whether it also counts one that this is a part of. */
static void mark_within(struct group *group, const struct labels *labels, struct arena *arena)
{
    struct terms *whats = terms_new(arena);
    for (size_t i = 0; i < group->series_count; i++)
        term_of(whats, group->series[i].what);
    size_t count = terms_count(whats);
    bool *within = arena_alloc(arena, count * sizeof *within + 1);
    for (uint32_t i = 0; i < count; i++) {
        struct str part = term_at(whats, i)->text;
        if (!population_has_whole(labels, part))
            continue;
        for (uint32_t k = 0; k < count; k++)
            within[i] |= population_is_part(labels, part, term_at(whats, k)->text);
    }
    for (size_t i = 0; i < group->series_count; i++)
        group->series[i].within = within[term_of(whats, group->series[i].what)->number];
}

void series_add(struct group *group, size_t *room, const struct entry **entries, size_t count,
                struct arena *arena)
{
    group->series =
        arena_grow(arena, group->series, group->series_count, room, sizeof *group->series);
    group->series[group->series_count++] = one_series(entries, count, arena);
}

void series_sort(struct group *group, const struct labels *labels, struct arena *arena)
{
    mark_within(group, labels, arena);
    qsort(group->series, group->series_count, sizeof *group->series, compare_series);
}
