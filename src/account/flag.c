#include "account/definitions.h"
#include "account/figures_int.h"

struct search {
    struct group *group;
    struct arena *arena;
    size_t room;
};

static void flag_add(struct search *s, struct flag flag)
{
    struct group *g = s->group;
    g->flags_total++;
    if (g->flags_count == FLAGS_LISTED)
        return;
    g->flags = arena_grow(s->arena, g->flags, g->flags_count, &s->room, sizeof *g->flags);
    g->flags[g->flags_count++] = flag;
}

/* ---- what fell ---- */

/* The fewest and the most that the words allow to be named: "at least 336" names 336. */
static struct interval named(const struct figure *f)
{
    struct interval at = figure_interval(f);
    if (at.high == COUNT_NONE)
        at.high = at.low;
    return at;
}

static int compare_course(const void *left, const void *right)
{
    const struct count *a = *(const struct count *const *)left;
    const struct count *b = *(const struct count *const *)right;
    if (a->source_rank != b->source_rank)
        return a->source_rank < b->source_rank ? -1 : 1;
    if (a->stand.first != b->stand.first)
        return a->stand.first < b->stand.first ? -1 : 1;
    return hash_compare(&a->figures[0]->id, &b->figures[0]->id);
}

/* Each count with the greatest that the source gave before. */
static void flag_falls(struct search *s, const struct series *series, struct arena *scratch)
{
    size_t count = 0;
    const struct count **course =
        arena_alloc(scratch, (series->counts_count + 1) * sizeof(struct count *));
    for (size_t i = 0; i < series->counts_count; i++)
        if (series->counts[i].counts && series->counts[i].stand.from != STAND_UNKNOWN)
            course[count++] = &series->counts[i];
    if (count)
        qsort(course, count, sizeof *course, compare_course);
    const struct count *most = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct count *c = course[i];
        struct interval now = named(&c->figures[0]->figure);
        if (!most || most->source_rank != c->source_rank) {
            most = c;
            continue;
        }
        struct interval before = named(&most->figures[0]->figure);
        if (now.high < before.low && most->stand.last < c->stand.first)
            flag_add(s, (struct flag){.kind = FLAG_FALLS,
                                      .series = series,
                                      .other_series = series,
                                      .count = c,
                                      .other = most});
        if (now.low > before.low)
            most = c;
    }
}

/* ---- parts ---- */

/* A figure and where it stands, by its id. */
struct placed {
    const struct hash *id;
    const struct series *series;
    const struct count *count;
};

static int compare_placed(const void *left, const void *right)
{
    return hash_compare(((const struct placed *)left)->id, ((const struct placed *)right)->id);
}

static struct placed *place_all(const struct group *group, struct arena *scratch, size_t *count)
{
    struct placed *all = arena_alloc(scratch, (group->figures + 1) * sizeof *all);
    *count = 0;
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++) {
            const struct count *c = &group->series[i].counts[k];
            for (size_t n = 0; n < c->figures_count; n++)
                all[(*count)++] = (struct placed){&c->figures[n]->id, &group->series[i], c};
        }
    if (*count)
        qsort(all, *count, sizeof *all, compare_placed);
    return all;
}

static bool has_parts(const struct group *group)
{
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++)
            if (group->series[i].counts[k].figures[0]->whole)
                return true;
    return false;
}

static void flag_parts(struct search *s, struct arena *scratch)
{
    size_t placed = 0;
    if (!has_parts(s->group))
        return;
    struct placed *all = place_all(s->group, scratch, &placed);
    for (size_t i = 0; i < s->group->series_count; i++)
        for (size_t k = 0; k < s->group->series[i].counts_count; k++) {
            const struct series *series = &s->group->series[i];
            const struct count *c = &series->counts[k];
            const struct figure_view *part = c->figures[0];
            struct placed wanted = {.id = part->whole ? &part->whole->id : &part->id};
            const struct placed *whole =
                part->whole && c->counts
                    ? bsearch(&wanted, all, placed, sizeof *all, compare_placed)
                    : NULL;
            if (whole && whole->count->counts &&
                named(&part->figure).low > named(&whole->count->figures[0]->figure).high)
                flag_add(s, (struct flag){.kind = FLAG_PART_LARGER,
                                          .series = series,
                                          .other_series = whole->series,
                                          .count = c,
                                          .other = whole->count});
        }
}

static void flag_ahead(struct search *s, const struct series *series)
{
    for (size_t i = 0; i < series->counts_count; i++)
        if (series->counts[i].ahead)
            flag_add(s, (struct flag){
                            .kind = FLAG_AHEAD, .series = series, .count = &series->counts[i]});
}

void flags_find(struct group *group, const struct labels *labels, struct arena *arena,
                struct arena *scratch)
{
    struct search s = {.group = group, .arena = arena};
    for (size_t i = 0; i < group->series_count; i++) {
        if (group->series[i].comparable && event_adds_up(labels, group->event))
            flag_falls(&s, &group->series[i], scratch);
        flag_ahead(&s, &group->series[i]);
    }
    flag_parts(&s, scratch);
}

/* ---- words ---- */

static struct str count_said(struct arena *arena, const struct count *c)
{
    struct str value = figure_value(arena, &c->figures[0]->figure);
    struct str stand = stand_words(arena, &c->stand);
    return arena_print(arena, "%.*s (%.*s, %.*s)", STR_ARG(value), STR_ARG(c->source),
                       STR_ARG(stand));
}

struct str flag_words(struct arena *arena, const struct flag *flag)
{
    struct str count = count_said(arena, flag->count);
    if (flag->kind == FLAG_AHEAD)
        return arena_print(arena, "%.*s stands later than its document of %.*s", STR_ARG(count),
                           STR_ARG(flag->count->figures[0]->document->published));
    struct str other = count_said(arena, flag->other);
    if (flag->kind == FLAG_DEFINITION)
        return arena_print(arena, "%.*s %.*s, %.*s %.*s: they cannot be compared", STR_ARG(count),
                           STR_ARG(flag->said->en), STR_ARG(other), STR_ARG(flag->other_said->en));
    if (flag->kind == FLAG_FALLS)
        return arena_print(arena, "%.*s is fewer than %.*s before it, of what only grows",
                           STR_ARG(count), STR_ARG(other));
    return arena_print(arena, "%.*s is a part of %.*s, and larger", STR_ARG(count), STR_ARG(other));
}
