#include "account/figures_int.h"

#include "text/edtf.h"
#include "text/fold.h"

/* A figure is narrower than its incident when it begins this many days later or more. */
enum { NARROWER_AFTER = 8 };

struct sieve {
    const struct figure_filter *filter;
    struct str event, source, incident; /* folded */
    int64_t since, as_of;
    bool by_since, by_as_of;
};

bool date_days(struct str date, int64_t *first, int64_t *last)
{
    return date.len && edtf_range(date, first, last, NULL) == OK;
}

struct stand stand_of(const struct figure_view *view)
{
    const struct figure *f = &view->figure;
    struct stand stand = {f->as_of, STAND_AS_OF, 0, 0};
    if (date_days(stand.date, &stand.first, &stand.last))
        return stand;
    stand = (struct stand){f->until, STAND_UNTIL, 0, 0};
    if (date_days(stand.date, &stand.first, &stand.last))
        return stand;
    stand = (struct stand){view->document->published, STAND_PUBLISHED, 0, 0};
    if (date_days(stand.date, &stand.first, &stand.last))
        return stand;
    return (struct stand){STR_NONE, STAND_UNKNOWN, INT64_MIN, INT64_MIN};
}

const struct incident_facts *incident_find(const struct incident_facts *incidents, size_t count,
                                           struct str id)
{
    for (size_t i = 0; id.len && i < count; i++)
        if (str_equal(incidents[i].id, id))
            return &incidents[i];
    return NULL;
}

static enum outcome sieve_make(struct sieve *s, const struct figure_filter *filter,
                               struct arena *arena, struct fault *why)
{
    int64_t other;
    *s = (struct sieve){.filter = filter,
                        .event = fold_text(arena, label_words(arena, filter->event)),
                        .source = fold_text(arena, filter->source),
                        .incident = fold_text(arena, filter->incident),
                        .by_since = filter->since.len > 0,
                        .by_as_of = filter->as_of.len > 0};
    enum outcome result = OK;
    if (s->by_since)
        result = edtf_range(filter->since, &s->since, &other, why);
    if (result == OK && s->by_as_of)
        result = edtf_range(filter->as_of, &other, &s->as_of, why);
    return result;
}

static bool passes_words(const struct sieve *s, const struct entry *e,
                         const struct incident_facts *incident, struct arena *arena)
{
    const struct figure_view *view = e->view;
    struct str event = label_words(arena, view->figure.event);
    struct str same = label_words(arena, e->event);
    if (s->event.len && !str_equal(fold_text(arena, event), s->event) &&
        !str_equal(fold_text(arena, same), s->event))
        return false;
    if (s->source.len && str_find(e->source.key, s->source, 0) == SIZE_MAX &&
        str_find(fold_text(arena, e->source.name), s->source, 0) == SIZE_MAX)
        return false;
    if (!s->incident.len)
        return true;
    if (str_equal(s->incident, STR("none")))
        return view->incident.len == 0;
    return str_equal(s->filter->incident, view->incident) ||
           (incident && str_find(fold_text(arena, incident->name), s->incident, 0) != SIZE_MAX);
}

/* What was said by a day: published by then, or, where that is unknown, standing by then. */
static bool passes_dates(const struct sieve *s, const struct entry *e, size_t *undated)
{
    int64_t said = e->published != INT64_MAX ? e->published : e->stand.first;
    if (e->stand.from == STAND_UNKNOWN && (s->by_since || s->by_as_of)) {
        ++*undated;
        return false;
    }
    return !(s->by_since && e->stand.last < s->since) && !(s->by_as_of && said > s->as_of);
}

static bool is_one_day(const struct figure *f, int64_t first, int64_t last)
{
    return first == last && str_equal(f->since, f->until);
}

/* Fills since and until of the entry when the figure's period is narrower than the incident. */
static void narrow(struct entry *e, const struct incident_facts *incident)
{
    const struct figure *f = &e->view->figure;
    int64_t first, last, begin, begin_last, end = INT64_MIN;
    if (!incident || !date_days(f->since, &first, &last) ||
        !date_days(incident->since, &begin, &begin_last))
        return;
    int64_t ignored;
    bool single = date_days(incident->until, &ignored, &end) && begin == end;
    if (first < begin_last + NARROWER_AFTER && !(is_one_day(f, first, last) && !single))
        return;
    e->since = f->since;
    e->until = f->until;
}

static void place_in_series(struct entry *e, const struct incident_facts *incident,
                            struct arena *arena)
{
    const struct figure *f = &e->view->figure;
    const struct figure_whole *whole = e->view->whole;
    struct str id = e->view->incident;
    e->part = f->subset_of.to && (!whole || str_equal(whole->what, f->what));
    narrow(e, incident);
    if (!id.len) {
        e->since = f->since;
        e->until = f->until;
    }
    e->comparable = !e->part && (id.len || (e->since.len && e->until.len));
    e->group = arena_print(arena, "%.*s\t%.*s", STR_ARG(e->event), STR_ARG(id));
    struct str place = fold_text(arena, f->place);
    e->series = arena_print(arena, "%.*s\t%.*s\t%.*s\t%.*s\t%d", STR_ARG(f->what), STR_ARG(place),
                            STR_ARG(e->since), STR_ARG(e->until), e->part);
}

static int compare_days(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int state_rank(const struct figure_view *view)
{
    return view->undecided ? 2 : view->state == VIEW_REJECTED ? 3 : view->state != VIEW_ACCEPTED;
}

static int compare_values(const struct figure *a, const struct figure *b)
{
    int order = compare_days(a->low, b->low);
    if (!order)
        order = compare_days(a->high, b->high);
    return order ? order : (int)a->bound - (int)b->bound;
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = str_compare(a->group, b->group);
    if (!order)
        order = str_compare(a->series, b->series);
    if (!order)
        order = str_compare(a->source.key, b->source.key);
    if (!order)
        order = compare_values(&a->view->figure, &b->view->figure);
    if (!order)
        order = state_rank(a->view) - state_rank(b->view);
    if (!order)
        order = compare_days(a->published, b->published);
    return order ? order : hash_compare(&a->view->id, &b->view->id);
}

struct group_order {
    struct group group;
    size_t of_event; /* figures */
};

static int compare_groups(const void *left, const void *right)
{
    const struct group_order *a = left, *b = right;
    if (a->of_event != b->of_event)
        return a->of_event > b->of_event ? -1 : 1;
    int order = str_compare(a->group.event, b->group.event);
    if (order)
        return order;
    if (!a->group.incident.len != !b->group.incident.len)
        return a->group.incident.len ? -1 : 1;
    if (a->group.figures != b->group.figures)
        return a->group.figures > b->group.figures ? -1 : 1;
    return str_compare(a->group.incident, b->group.incident);
}

static void groups_sort(struct figure_account *out, struct arena *arena)
{
    struct group_order *order = arena_alloc(arena, (out->groups_count + 1) * sizeof *order);
    for (size_t i = 0; i < out->groups_count; i++) {
        order[i].group = out->groups[i];
        for (size_t k = 0; k < out->groups_count; k++)
            if (str_equal(out->groups[k].event, out->groups[i].event))
                order[i].of_event += out->groups[k].figures;
    }
    qsort(order, out->groups_count, sizeof *order, compare_groups);
    for (size_t i = 0; i < out->groups_count; i++)
        out->groups[i] = order[i].group;
}

/* The one that all have, or the one under which they are compared. */
static struct str event_of(const struct entry *entries, size_t count)
{
    struct str event = entries[0].view->figure.event;
    for (size_t i = 0; i < count; i++)
        if (!str_equal(entries[i].view->figure.event, event))
            return entries[0].event;
    return event;
}

static void groups_make(const struct entry *entries, size_t count,
                        const struct incident_facts *incidents, size_t incidents_count,
                        const struct labels *labels, struct arena *arena,
                        struct figure_account *out)
{
    size_t room = 0, end;
    for (size_t i = 0; i < count; i = end) {
        for (end = i + 1; end < count && str_equal(entries[end].group, entries[i].group);)
            end++;
        out->groups = arena_grow(arena, out->groups, out->groups_count, &room, sizeof *out->groups);
        struct group *group = &out->groups[out->groups_count++];
        const struct figure_view *view = entries[i].view;
        const struct incident_facts *incident =
            incident_find(incidents, incidents_count, view->incident);
        *group = (struct group){.event = event_of(entries + i, end - i),
                                .incident = view->incident,
                                .incident_name = incident && incident->name.len ? incident->name
                                                                                : view->incident,
                                .figures = end - i};
        series_make(entries + i, end - i, labels, arena, group);
        conflicts_find(group, incident, labels, arena);
    }
    groups_sort(out, arena);
}

static struct entry entry_of(const struct figure_view *view, struct source_names *names,
                             const struct labels *labels)
{
    int64_t last = INT64_MAX;
    struct entry e = {.view = view,
                      .source = source_of_figure(names, view),
                      .stand = stand_of(view),
                      .published = INT64_MAX};
    e.event = event_in_incident(labels, view->incident, view->figure.event);
    if (!date_days(view->document->published, &e.published, &last))
        e.published = last = INT64_MAX;
    e.ahead =
        e.stand.from == STAND_AS_OF || e.stand.from == STAND_UNTIL ? e.stand.first > last : false;
    return e;
}

enum outcome figures_account(const struct figure_view *views, size_t count,
                             const struct figure_filter *filter,
                             const struct incident_facts *incidents, size_t incidents_count,
                             struct arena *arena, struct figure_account *out, struct fault *why)
{
    struct sieve sieve;
    *out = (struct figure_account){0};
    enum outcome result = sieve_make(&sieve, filter, arena, why);
    if (result != OK)
        return result;
    const struct labels *labels = labels_new(arena);
    struct source_names *names = source_names_new(arena);
    struct entry *entries = arena_alloc(arena, (count + 1) * sizeof *entries);
    for (size_t i = 0; i < count; i++)
        source_names_see(names, views[i].figure.source);
    for (size_t i = 0; i < count; i++) {
        if (figure_is_rejected(&views[i]) && !filter->rejected)
            continue;
        const struct incident_facts *incident =
            incident_find(incidents, incidents_count, views[i].incident);
        struct entry e = entry_of(&views[i], names, labels);
        if (!passes_words(&sieve, &e, incident, arena) || !passes_dates(&sieve, &e, &out->undated))
            continue;
        place_in_series(&e, incident, arena);
        entries[out->figures++] = e;
    }
    qsort(entries, out->figures, sizeof *entries, compare_entries);
    groups_make(entries, out->figures, incidents, incidents_count, labels, arena, out);
    return OK;
}
