#include "account/overview.h"

#include "account/groups_int.h"
#include "case/decided.h"

static struct overview_count count_of(const struct count *c)
{
    const struct figure_view *first = c->figures[0];
    return (struct overview_count){.statement = first->id,
                                   .document = first->document->id,
                                   .figure = first->figure,
                                   .source = c->source,
                                   .own_voice = c->own_voice,
                                   .stand = c->stand,
                                   .state = first->state,
                                   .undecided = figure_is_hatched(first),
                                   .repeats = c->figures_count - 1};
}

static const struct series *chief_of(const struct group *group)
{
    for (size_t i = 0; i < group->series_count; i++)
        if (group->series[i].comparable)
            return &group->series[i];
    return &group->series[0];
}

static struct overview_group group_of(const struct group *group, const struct labels *labels,
                                      struct arena *arena)
{
    const struct series *chief = chief_of(group);
    struct overview_group out = {.key = group_key_of(labels, group->event, group->incident),
                                 .event = group->event,
                                 .incident = group->incident,
                                 .incident_name = group->incident_name,
                                 .what = chief->what,
                                 .place = chief->place,
                                 .since = chief->since,
                                 .until = chief->until,
                                 .range = chief->range,
                                 .figures = group->figures,
                                 .conflicts = group->conflicts_total};
    out.counts = arena_alloc(arena, OVERVIEW_COUNTS * sizeof *out.counts);
    for (size_t i = 0; i < chief->counts_count; i++) {
        if (!chief->counts[i].latest)
            continue;
        if (out.counts_count < OVERVIEW_COUNTS)
            out.counts[out.counts_count++] = count_of(&chief->counts[i]);
        out.counts_total++;
    }
    return out;
}

static int64_t conflict_day(const struct conflict *c)
{
    return c->a->stand.last > c->b->stand.last ? c->a->stand.last : c->b->stand.last;
}

static bool both_latest(const struct conflict *c)
{
    return c->a->latest && c->b->latest;
}

struct found {
    const struct group *group;
    const struct conflict *conflict;
    size_t at;
};

static int compare_found(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    if (both_latest(a->conflict) != both_latest(b->conflict))
        return both_latest(a->conflict) ? -1 : 1;
    int64_t day_a = conflict_day(a->conflict), day_b = conflict_day(b->conflict);
    if (day_a != day_b)
        return day_a > day_b ? -1 : 1;
    return a->at < b->at ? -1 : 1;
}

static void conflicts_of(const struct group *const *groups, size_t count,
                         const struct labels *labels, struct arena *arena, struct overview *out)
{
    size_t number = 0, listed = 0;
    for (size_t i = 0; i < count; i++)
        listed += groups[i]->conflicts_count;
    struct found *found = arena_alloc(arena, (listed + 1) * sizeof *found);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < groups[i]->conflicts_count; k++, number++)
            found[number] = (struct found){groups[i], &groups[i]->conflicts[k], number};
    for (size_t i = 0; i < count; i++)
        out->conflicts_total += groups[i]->conflicts_total;
    qsort(found, number, sizeof *found, compare_found);
    out->conflicts = arena_alloc(arena, OVERVIEW_CONFLICTS * sizeof *out->conflicts);
    for (size_t i = 0; i < number && i < OVERVIEW_CONFLICTS; i++) {
        const struct group *g = found[i].group;
        const struct conflict *c = found[i].conflict;
        out->conflicts[out->conflicts_count++] =
            (struct overview_conflict){.key = group_key_of(labels, g->event, g->incident),
                                       .event = g->event,
                                       .incident_name = g->incident_name,
                                       .a_what = c->a_series->what,
                                       .b_what = c->b_series->what,
                                       .a = count_of(c->a),
                                       .b = count_of(c->b),
                                       .why = c->why,
                                       .more = c->more};
    }
}

/* In the order of the leads, which the account's is not. */
static const struct group *followed(const struct figure_account *account,
                                    const struct labels *labels, const struct group_lead *lead)
{
    for (size_t i = 0; i < account->groups_count; i++) {
        const struct group *group = &account->groups[i];
        struct group_key key = group_key_of(labels, group->event, group->incident);
        if (memcmp(&key, &lead->key, sizeof key) == 0)
            return group;
    }
    return NULL;
}

static enum outcome figures_of(struct archive *a, const struct incident_facts *incidents,
                               size_t incidents_count, struct arena *arena, struct overview *out,
                               struct fault *why)
{
    const struct labels *labels = labels_known();
    const struct group *groups[OVERVIEW_GROUPS];
    struct figure_account account;
    struct group_lead *leads;
    enum outcome result = group_leads(a, labels, arena, &leads, &out->groups_total, why);
    if (result != OK)
        return result;
    size_t count = out->groups_total < OVERVIEW_GROUPS ? out->groups_total : OVERVIEW_GROUPS;
    result =
        groups_follow(a, leads, count, false, incidents, incidents_count, arena, &account, why);
    if (result != OK)
        return result;
    out->groups = arena_alloc(arena, OVERVIEW_GROUPS * sizeof *out->groups);
    for (size_t i = 0; i < count; i++) {
        const struct group *group = followed(&account, labels, &leads[i]);
        if (!group)
            continue;
        groups[out->groups_count] = group;
        out->groups[out->groups_count++] = group_of(group, labels, arena);
    }
    conflicts_of(groups, out->groups_count, labels, arena, out);
    return OK;
}

static enum outcome overview_read(struct archive *a, const struct incident_facts *incidents,
                                  size_t incidents_count, struct arena *arena, struct overview *out,
                                  struct fault *why)
{
    struct document_choice latest = {.limit = OVERVIEW_DOCUMENTS};
    *out = (struct overview){0};
    enum outcome result = archive_summary(a, &out->state, why);
    if (result == OK)
        result = archive_document_page(a, &latest, arena, &out->came_in, why);
    if (result == OK)
        result = archive_next_waiting(a, &out->next, &out->waits, why);
    if (result == OK)
        result = archive_findings(a, OVERVIEW_FINDINGS, arena, &out->findings, &out->findings_count,
                                  &out->findings_total, why);
    return result == OK ? figures_of(a, incidents, incidents_count, arena, out, why) : result;
}

enum outcome overview_make(struct archive *a, const struct incident_facts *incidents,
                           size_t incidents_count, struct arena *arena, struct overview *out,
                           struct fault *why)
{
    enum outcome result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    result = overview_read(a, incidents, incidents_count, arena, out, why);
    archive_snapshot_end(a);
    return result;
}
