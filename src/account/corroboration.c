#include "account/corroboration_int.h"

#include "case/decided.h"

const char *other_relation_name(enum other_relation relation)
{
    static const char *const names[OTHER_RELATIONS] = {"same", "repeats", "passes_on", "origin",
                                                       "contradicts"};
    return names[relation];
}

struct gathering {
    const struct statement_view *view;
    struct arena *arena;
    const struct series *series;
    const struct count *count;
    struct corroborated *out;
    size_t room;
};

static struct other *other_add(struct gathering *g, enum other_relation relation,
                               const struct count *c, const struct figure_view *f)
{
    struct corroborated *out = g->out;
    out->others = arena_grow(g->arena, out->others, out->count, &g->room, sizeof *out->others);
    struct other *other = &out->others[out->count++];
    *other = (struct other){.relation = relation,
                            .statement = f->id,
                            .document = f->document->id,
                            .document_title = f->document->title,
                            .document_name = f->document->name,
                            .publisher = f->document->publisher,
                            .published = f->document->published,
                            .source = c->source,
                            .says = figure_value(g->arena, &f->figure),
                            .state = f->state,
                            .undecided = figure_is_hatched(f)};
    return other;
}

static bool find_count(struct gathering *g, const struct group *group)
{
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++) {
            const struct count *c = &group->series[i].counts[k];
            for (size_t n = 0; n < c->figures_count; n++)
                if (hash_equal(&c->figures[n]->id, &g->view->id)) {
                    g->series = &group->series[i];
                    g->count = c;
                    return true;
                }
        }
    return false;
}

static bool same_number(const struct count *a, const struct count *b)
{
    const struct figure *f = &a->figures[0]->figure, *h = &b->figures[0]->figure;
    int64_t low = f->low == COUNT_NONE ? f->high : f->low,
            other = h->low == COUNT_NONE ? h->high : h->low;
    int64_t high = f->high == COUNT_NONE ? f->low : f->high;
    return low == other && high == (h->high == COUNT_NONE ? h->low : h->high);
}

/* The count that another one passes on, else itself. */
static const struct figure_view *origin_of(const struct count *c)
{
    return c->leads_to ? c->leads_to : c->figures[0];
}

static void see_count(struct gathering *g, const struct count *c)
{
    const struct count *of = g->count;
    if (c == of || !c->counts || !same_number(c, of))
        return;
    bool related = origin_of(c) == origin_of(of);
    enum other_relation relation = c->source_rank == of->source_rank ? OTHER_REPEATS
                                   : of->leads_to == c->figures[0]   ? OTHER_ORIGIN
                                   : related && !of->leads_to        ? OTHER_PASSES_ON
                                   : related                         ? OTHER_REPEATS
                                   : c->leads_to                     ? OTHER_RELATIONS
                                                                     : OTHER_SAME;
    if (relation == OTHER_RELATIONS)
        return;
    struct other *other = other_add(g, relation, c, c->figures[0]);
    other->lead = relation == OTHER_ORIGIN      ? of->why
                  : relation == OTHER_PASSES_ON ? c->why
                                                : LEAD_NONE;
}

static void gather(struct gathering *g, const struct group *group)
{
    const struct count *of = g->count;
    for (size_t i = 0; i < of->figures_count; i++)
        if (!hash_equal(&of->figures[i]->id, &g->view->id))
            other_add(g, OTHER_REPEATS, of, of->figures[i]);
    for (size_t i = 0; g->series->comparable && i < g->series->counts_count; i++)
        see_count(g, &g->series->counts[i]);
    for (size_t i = 0; i < group->conflicts_count; i++) {
        const struct conflict *c = &group->conflicts[i];
        const struct count *against = c->a == of ? c->b : c->b == of ? c->a : NULL;
        if (against)
            other_add(g, OTHER_CONTRADICTS, against, against->figures[0])->why = c;
    }
}

static int compare_others(const void *left, const void *right)
{
    const struct other *a = left, *b = right;
    if (a->relation != b->relation)
        return a->relation < b->relation ? -1 : 1;
    int order = str_compare(a->published, b->published);
    return order ? order : hash_compare(&a->statement, &b->statement);
}

void corroboration_in_group(const struct statement_view *view, const struct group *group,
                            struct arena *arena, struct corroborated *out)
{
    struct gathering g = {.view = view, .arena = arena, .out = out};
    *out = (struct corroborated){.status = CORROBORATION_UNKNOWN, .weighed = view->weighed};
    if (!group || !find_count(&g, group))
        return;
    gather(&g, group);
    out->said_by = g.count->said_by;
    out->status = count_corroboration(g.count);
    if (out->count)
        qsort(out->others, out->count, sizeof *out->others, compare_others);
}

static enum outcome corroborate_figure(struct archive *archive, const struct statement_view *view,
                                       const struct incident_facts *incidents,
                                       size_t incidents_count, struct arena *arena,
                                       struct corroborated *out, struct fault *why)
{
    struct group *group = arena_alloc(arena, sizeof *group);
    struct group_key key =
        group_key_of(labels_known(), view->statement.figure.event, view->incident.id);
    enum outcome result = group_read(archive, str_of(key.digits), statement_is_rejected(view),
                                     incidents, incidents_count, arena, group, why);
    if (result == OK || result == NOT_FOUND)
        corroboration_in_group(view, result == OK ? group : NULL, arena, out);
    return result == NOT_FOUND ? OK : result;
}

enum outcome corroboration_read(struct archive *archive, const struct statement_view *view,
                                const struct incident_facts *incidents, size_t incidents_count,
                                struct arena *arena, struct corroborated *out, struct fault *why)
{
    if (view->statement.form == FORM_FIGURE)
        return corroborate_figure(archive, view, incidents, incidents_count, arena, out, why);
    enum outcome result = corroborate_life(archive, view, arena, out, why);
    out->weighed = view->weighed;
    if (result == OK && out->count)
        qsort(out->others, out->count, sizeof *out->others, compare_others);
    return result;
}

struct str weighing_words(enum weigh_verdict weighed)
{
    return weighed == WEIGHED_NOT            ? STR_NONE
           : weighed == WEIGHED_CORROBORATED ? STR("verified by decision")
                                             : STR("disputed by decision");
}

struct str weighing_name(enum weigh_verdict weighed)
{
    return weighed == WEIGHED_NOT
               ? STR_NONE
               : str_of(verdict_name(weighed == WEIGHED_CORROBORATED ? VERDICT_CORROBORATED
                                                                     : VERDICT_DISPUTED));
}

static struct str worked_out(struct arena *arena, const struct corroborated *c)
{
    const char *several = c->said_by > 1 ? "s" : "";
    switch (c->status) {
    case CORROBORATION_SINGLE:
        return STR("a single source");
    case CORROBORATION_SEVERAL:
        return arena_print(arena, "%zu independent sources", c->said_by);
    case CORROBORATION_DISPUTED:
        return c->said_by ? arena_print(arena, "disputed; given by %zu independent source%s",
                                        c->said_by, several)
                          : STR("disputed");
    case CORROBORATION_UNKNOWN:
        break;
    }
    return STR("nobody knows whether others speak of the same");
}

struct str corroboration_words(struct arena *arena, const struct corroborated *c)
{
    struct str words = worked_out(arena, c), decided = weighing_words(c->weighed);
    return decided.len
               ? arena_print(arena, "%.*s; worked out: %.*s", STR_ARG(decided), STR_ARG(words))
               : words;
}
