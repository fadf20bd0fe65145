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

/* the incident's facts, or NULL */
static const struct incident_facts *incident_find(const struct incident_facts *incidents,
                                                  size_t count, struct str id)
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

static bool passes_words(const struct sieve *s, const struct entry *e, struct arena *arena)
{
    const struct figure_view *view = e->view;
    const struct incident_facts *incident = e->matter->incident;
    struct str event = label_words(arena, view->figure.event);
    struct str same = label_words(arena, e->matter->event->text);
    if (s->event.len && !str_equal(fold_text(arena, event), s->event) &&
        !str_equal(fold_text(arena, same), s->event))
        return false;
    if (s->source.len && str_find(e->source->key->text, s->source, 0) == SIZE_MAX &&
        str_find(fold_text(arena, e->source->name), s->source, 0) == SIZE_MAX)
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

/* ---- one figure ---- */

struct maker {
    const struct account_question *question;
    struct arena *arena;   /* for what the account points to */
    struct arena *scratch; /* for what is gone when it is made */
    const struct labels *labels;
    struct terms *terms;
    struct source_names *names;
    struct terms *matters, *groups, *series; /* numbers of what makes each different */
    struct matter **of_matter;               /* by number */
    size_t matters_room;
    uint32_t *group_of; /* by number of the series */
    size_t series_room;
    struct entry *entries;
    size_t count;
};

static struct str bytes_of(const void *at, size_t size)
{
    return (struct str){at, size};
}

static struct matter *matter_new(struct maker *m, const struct figure_view *view)
{
    struct matter *matter = arena_alloc(m->arena, sizeof *matter);
    matter->event =
        term_of(m->terms, event_in_incident(m->labels, view->incident, view->figure.event));
    matter->incident =
        incident_find(m->question->incidents, m->question->incidents_count, view->incident);
    const struct term *group[] = {matter->event, term_of(m->terms, view->incident)};
    matter->group = term_of_copy(m->groups, bytes_of(group, sizeof group))->number;
    if (!matter->incident)
        return matter;
    int64_t end, end_last;
    matter->has_since =
        date_days(matter->incident->since, &matter->since_first, &matter->since_last);
    matter->single_day = matter->has_since && date_days(matter->incident->until, &end, &end_last) &&
                         end_last == matter->since_first;
    return matter;
}

static const struct matter *matter_of(struct maker *m, const struct figure_view *view)
{
    const struct term *named[] = {term_of(m->terms, view->figure.event),
                                  term_of(m->terms, view->incident)};
    size_t known = terms_count(m->matters);
    uint32_t number = term_of_copy(m->matters, bytes_of(named, sizeof named))->number;
    if (number == known) {
        m->of_matter =
            arena_grow(m->arena, m->of_matter, known, &m->matters_room, sizeof *m->of_matter);
        m->of_matter[number] = matter_new(m, view);
    }
    return m->of_matter[number];
}

static bool is_one_day(const struct figure *f, int64_t first, int64_t last)
{
    return first == last && str_equal(f->since, f->until);
}

/* Fills since and until of the entry when the figure's period is narrower than the incident. */
static void narrow(struct maker *m, struct entry *e)
{
    const struct figure *f = &e->view->figure;
    const struct matter *matter = e->matter;
    int64_t first, last;
    if (!e->view->incident.len) {
        e->since = f->since;
        e->until = f->until;
        return;
    }
    if (!matter->has_since || !term_days(term_of(m->terms, f->since), &first, &last))
        return;
    if (first < matter->since_last + NARROWER_AFTER &&
        !(is_one_day(f, first, last) && !matter->single_day))
        return;
    e->since = f->since;
    e->until = f->until;
}

static void place_in_series(struct maker *m, struct entry *e)
{
    const struct figure *f = &e->view->figure;
    const struct figure_whole *whole = e->view->whole;
    e->part = f->subset_of.to && (!whole || str_equal(whole->what, f->what));
    narrow(m, e);
    e->review = event_is_under_review(m->labels, f->event);
    e->comparable =
        !e->part && !e->review && (e->view->incident.len || (e->since.len && e->until.len));
    const struct {
        const struct term *what, *place, *since, *until;
        size_t part, review, group;
    } series = {term_of(m->terms, f->what),
                term_folded(m->terms, term_of(m->terms, f->place)),
                term_of(m->terms, e->since),
                term_of(m->terms, e->until),
                e->part,
                e->review,
                e->matter->group};
    size_t known = terms_count(m->series);
    e->series = term_of_copy(m->series, bytes_of(&series, sizeof series))->number;
    if (e->series == known) {
        m->group_of =
            arena_grow(m->arena, m->group_of, known, &m->series_room, sizeof *m->group_of);
        m->group_of[known] = e->matter->group;
    }
}

static struct stand stand_of(struct maker *m, const struct figure_view *view)
{
    const struct {
        struct str date;
        enum stand_from from;
    } dates[] = {{view->figure.as_of, STAND_AS_OF},
                 {view->figure.until, STAND_UNTIL},
                 {view->document->published, STAND_PUBLISHED}};
    struct stand stand = {STR_NONE, STAND_UNKNOWN, INT64_MIN, INT64_MIN};
    for (size_t i = 0; i < COUNT_OF(dates); i++) {
        struct term *term = term_of(m->terms, dates[i].date);
        if (!term_days(term, &stand.first, &stand.last))
            continue;
        stand.date = term->text;
        stand.from = dates[i].from;
        return stand;
    }
    return stand;
}

static struct entry entry_of(struct maker *m, const struct figure_view *view)
{
    int64_t last = INT64_MAX;
    struct entry e = {.view = view,
                      .source = source_of_figure(m->names, view),
                      .publisher = source_of_publisher(m->names, view),
                      .matter = matter_of(m, view),
                      .stand = stand_of(m, view),
                      .published = INT64_MAX};
    if (!term_days(term_of(m->terms, view->document->published), &e.published, &last))
        e.published = last = INT64_MAX;
    e.ahead = (e.stand.from == STAND_AS_OF || e.stand.from == STAND_UNTIL) && e.stand.first > last;
    return e;
}

static void entries_make(struct maker *m, const struct sieve *sieve, struct figure_account *out)
{
    const struct account_question *q = m->question;
    bool by_words = sieve->event.len || sieve->source.len || sieve->incident.len;
    m->entries = arena_alloc(m->scratch, (q->count + 1) * sizeof *m->entries);
    for (size_t i = 0; i < q->explained_count; i++)
        source_names_see(m->names, q->explained[i]);
    for (size_t i = 0; i < q->count; i++)
        source_names_see(m->names, q->views[i].figure.source);
    for (size_t i = 0; i < q->count; i++) {
        if (figure_is_rejected(&q->views[i]) && !q->filter->rejected)
            continue;
        struct entry e = entry_of(m, &q->views[i]);
        if ((by_words && !passes_words(sieve, &e, m->arena)) ||
            !passes_dates(sieve, &e, &out->undated))
            continue;
        place_in_series(m, &e);
        m->entries[m->count++] = e;
    }
    source_names_rank(m->names);
    out->figures = m->count;
}

/* ---- the groups ---- */

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

static void group_begin(struct group *group, const struct entry *first)
{
    const struct incident_facts *incident = first->matter->incident;
    struct str id = first->view->incident;
    group->event = first->view->figure.event;
    group->incident = id;
    group->incident_name = incident && incident->name.len ? incident->name : id;
}

/* Entries by series, one after the other; where each begins, and behind the last. */
static const struct entry **entries_by_series(const struct maker *m, size_t *begin)
{
    size_t series = terms_count(m->series);
    const struct entry **out = arena_alloc(m->scratch, (m->count + 1) * sizeof *out);
    for (size_t i = 0; i < m->count; i++)
        begin[m->entries[i].series + 1]++;
    for (size_t i = 0; i < series; i++)
        begin[i + 1] += begin[i];
    for (size_t i = 0; i < m->count; i++)
        out[begin[m->entries[i].series]++] = &m->entries[i];
    for (size_t i = series; i > 0; i--)
        begin[i] = begin[i - 1];
    begin[0] = 0;
    return out;
}

static void groups_make(struct maker *m, struct figure_account *out)
{
    size_t series = terms_count(m->series), groups = terms_count(m->groups);
    size_t *begin = arena_alloc(m->scratch, (series + 2) * sizeof *begin);
    size_t *rooms = arena_alloc(m->scratch, (groups + 1) * sizeof *rooms);
    const struct entry **sorted = entries_by_series(m, begin);
    struct group *all = arena_alloc(m->arena, (groups + 1) * sizeof *all);
    for (size_t i = 0; i < series; i++) {
        struct group *group = &all[m->group_of[i]];
        const struct entry **entries = sorted + begin[i];
        size_t count = begin[i + 1] - begin[i];
        if (!group->figures)
            group_begin(group, entries[0]);
        for (size_t k = 0; k < count; k++)
            if (!str_equal(entries[k]->view->figure.event, group->event))
                group->event = entries[k]->matter->event->text;
        group->figures += count;
        series_add(group, &rooms[m->group_of[i]], entries, count, m->arena);
    }
    out->groups = all;
    for (size_t i = 0; i < groups; i++) {
        if (!all[i].figures)
            continue;
        struct group *group = &out->groups[out->groups_count++];
        *group = all[i];
        series_sort(group, m->labels, m->scratch);
        conflicts_find(
            group,
            incident_find(m->question->incidents, m->question->incidents_count, group->incident),
            m->labels, m->arena, m->scratch);
        flags_find(group, m->labels, m->arena, m->scratch);
    }
    groups_sort(out, m->arena);
}

enum outcome account_make(const struct account_question *question, struct arena *arena,
                          struct figure_account *out, struct fault *why)
{
    struct sieve sieve;
    struct arena scratch;
    struct maker m = {.question = question, .arena = arena, .scratch = &scratch};
    *out = (struct figure_account){0};
    enum outcome result = sieve_make(&sieve, question->filter, arena, why);
    if (result != OK)
        return result;
    arena_init(&scratch);
    m.labels = labels_known();
    m.terms = terms_new(arena);
    m.names = source_names_new(arena, m.terms);
    m.matters = terms_new(&scratch);
    m.groups = terms_new(&scratch);
    m.series = terms_new(&scratch);
    entries_make(&m, &sieve, out);
    groups_make(&m, out);
    arena_release(&scratch);
    return OK;
}

enum outcome figures_account(const struct figure_view *views, size_t count,
                             const struct figure_filter *filter,
                             const struct incident_facts *incidents, size_t incidents_count,
                             struct arena *arena, struct figure_account *out, struct fault *why)
{
    struct account_question question = {views, count, filter, incidents, incidents_count, NULL, 0};
    return account_make(&question, arena, out, why);
}
