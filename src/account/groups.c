#include "account/groups_int.h"

#include "account/definitions.h"
#include "account/figures_int.h"
#include "store/page.h"

struct group_key group_key_of(const struct labels *labels, struct str event, struct str incident)
{
    struct group_key key = {{0}};
    char digits[HASH_DIGITS + 1];
    struct arena arena;
    arena_init(&arena);
    struct str compared = event_in_incident(labels, incident, event);
    struct str named =
        arena_print(&arena, "%zu:%.*s%.*s", compared.len, STR_ARG(compared), STR_ARG(incident));
    struct hash hash = hash_of(named);
    hash_write(&hash, digits);
    memcpy(key.digits, digits, GROUP_KEY_DIGITS);
    arena_release(&arena);
    return key;
}

static enum outcome account_all(struct archive *a, const struct incident_facts *incidents,
                                size_t incidents_count, struct arena *arena,
                                struct figure_account *out, struct fault *why)
{
    struct figure_view *views;
    size_t count;
    enum outcome result = archive_figures(a, NULL, 0, arena, &views, &count, why);
    if (result != OK)
        return result;
    return figures_account(views, count, &(struct figure_filter){0}, incidents, incidents_count,
                           arena, out, why);
}

static int compare_documents(const void *left, const void *right)
{
    return hash_compare(&(*(const struct figure_document *const *)left)->id,
                        &(*(const struct figure_document *const *)right)->id);
}

static size_t documents_of(const struct group *group)
{
    const struct figure_document **all = mem_resize_array(NULL, group->figures + 1, sizeof *all);
    size_t count = 0, different = 0;
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++)
            for (size_t f = 0; f < group->series[i].counts[k].figures_count; f++)
                all[count++] = group->series[i].counts[k].figures[f]->document;
    qsort(all, count, sizeof *all, compare_documents);
    for (size_t i = 0; i < count; i++)
        different += i == 0 || compare_documents(&all[i - 1], &all[i]) != 0;
    mem_free(all);
    return different;
}

static int64_t group_latest(const struct group *group)
{
    int64_t latest = INT64_MIN;
    for (size_t i = 0; i < group->series_count; i++)
        for (size_t k = 0; k < group->series[i].counts_count; k++) {
            const struct count *c = &group->series[i].counts[k];
            if (c->counts && !c->ahead && c->stand.last != INT64_MAX && c->stand.last > latest)
                latest = c->stand.last;
        }
    return latest;
}

static struct group_row row_of(const struct group *group, const struct labels *labels)
{
    struct group_row row = {.key = group_key_of(labels, group->event, group->incident),
                            .event = group->event,
                            .incident = group->incident,
                            .incident_name = group->incident_name,
                            .figures = group->figures,
                            .documents = documents_of(group),
                            .conflicts = group->conflicts_total,
                            .latest = group_latest(group)};
    for (size_t i = 0; i < group->series_count && !row.range.counts; i++) {
        row.what = group->series[i].range.counts ? group->series[i].what : STR_NONE;
        row.range = group->series[i].range;
    }
    return row;
}

enum outcome groups_all(struct archive *a, const struct incident_facts *incidents,
                        size_t incidents_count, struct arena *arena, struct groups *out,
                        struct fault *why)
{
    struct figure_account account;
    enum outcome result = account_all(a, incidents, incidents_count, arena, &account, why);
    *out = (struct groups){0};
    if (result != OK)
        return result;
    const struct labels *labels = labels_known();
    out->full = account.groups;
    out->rows = arena_alloc(arena, (account.groups_count + 1) * sizeof *out->rows);
    for (; out->count < account.groups_count; ++out->count)
        out->rows[out->count] = row_of(&out->full[out->count], labels);
    return OK;
}

const struct group *groups_find(const struct groups *groups, struct str key)
{
    for (size_t i = 0; i < groups->count; i++)
        if (str_equal(str_of(groups->rows[i].key.digits), key))
            return &groups->full[i];
    return NULL;
}

enum outcome groups_list(struct archive *a, const struct incident_facts *incidents,
                         size_t incidents_count, struct arena *arena, struct group_row **out,
                         size_t *count, struct fault *why)
{
    struct groups groups;
    enum outcome result = groups_all(a, incidents, incidents_count, arena, &groups, why);
    *out = groups.rows;
    *count = groups.count;
    return result;
}

/* ---- one group ---- */

static bool same_key(const struct group_key *a, const struct group_key *b)
{
    return memcmp(a->digits, b->digits, GROUP_KEY_DIGITS) == 0;
}

static int compare_leads(const void *left, const void *right)
{
    const struct group_lead *a = left, *b = right;
    if (!a->matters[0].incident.len != !b->matters[0].incident.len)
        return a->matters[0].incident.len ? -1 : 1;
    if (a->latest != b->latest)
        return a->latest > b->latest ? -1 : 1;
    if (a->figures != b->figures)
        return a->figures > b->figures ? -1 : 1;
    return memcmp(&a->key, &b->key, sizeof a->key);
}

enum outcome group_leads(struct archive *a, const struct labels *labels, struct arena *arena,
                         struct group_lead **out, size_t *count, struct fault *why)
{
    struct figure_tally *tallies;
    size_t number;
    *out = NULL;
    *count = 0;
    enum outcome result = archive_figure_tallies(a, arena, &tallies, &number, why);
    if (result != OK)
        return result;
    *out = arena_alloc(arena, (number + 1) * sizeof **out);
    for (size_t i = 0; i < number; i++) {
        const struct figure_tally *t = &tallies[i];
        struct group_key key = group_key_of(labels, t->event, t->incident);
        size_t at = 0;
        while (at < *count && !same_key(&(*out)[at].key, &key))
            at++;
        struct group_lead *m = &(*out)[at];
        if (at == *count) {
            *m = (struct group_lead){.key = key, .latest = t->latest};
            ++*count;
        }
        m->matters = arena_grow(arena, m->matters, m->matters_count, &m->room, sizeof *m->matters);
        m->matters[m->matters_count++] = (struct figure_matter){t->event, t->incident};
        m->figures += t->figures;
        m->latest = t->latest > m->latest ? t->latest : m->latest;
    }
    if (*count)
        qsort(*out, *count, sizeof **out, compare_leads);
    return OK;
}

enum outcome groups_follow(struct archive *a, const struct group_lead *leads, size_t count,
                           bool rejected, const struct incident_facts *incidents,
                           size_t incidents_count, struct arena *arena, struct figure_account *out,
                           struct fault *why)
{
    struct figure_filter filter = {.rejected = rejected};
    struct account_question question = {
        .filter = &filter, .incidents = incidents, .incidents_count = incidents_count};
    struct figure_matter *matters = NULL;
    struct figure_view *views;
    struct str *explained;
    size_t number = 0, room = 0;
    *out = (struct figure_account){0};
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < leads[i].matters_count; k++) {
            matters = arena_grow(arena, matters, number, &room, sizeof *matters);
            matters[number++] = leads[i].matters[k];
        }
    if (!number)
        return OK;
    enum outcome result = archive_figures(a, matters, number, arena, &views, &question.count, why);
    if (result == OK)
        result = archive_explained_sources(a, arena, &explained, &question.explained_count, why);
    if (result != OK)
        return result;
    question.views = views;
    question.explained = explained;
    return account_make(&question, arena, out, why);
}

static enum outcome group_find(struct archive *a, struct str key, bool rejected,
                               const struct incident_facts *incidents, size_t incidents_count,
                               struct arena *arena, struct group *out, struct fault *why)
{
    struct figure_account account = {0};
    struct group_lead *leads;
    size_t count, at = 0;
    enum outcome result = group_leads(a, labels_known(), arena, &leads, &count, why);
    if (result != OK)
        return result;
    while (at < count && !str_equal(str_of(leads[at].key.digits), key))
        at++;
    if (at < count)
        result = groups_follow(a, &leads[at], 1, rejected, incidents, incidents_count, arena,
                               &account, why);
    if (result == OK && !account.groups_count)
        return refuse(why, NOT_FOUND, "no figures are in such a group");
    if (result == OK) {
        *out = account.groups[0];
        result = definitions_flag(a, definitions_known(), out, arena, why);
    }
    return result;
}

enum outcome group_read(struct archive *a, struct str key, bool rejected,
                        const struct incident_facts *incidents, size_t incidents_count,
                        struct arena *arena, struct group *out, struct fault *why)
{
    enum outcome result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    result = group_find(a, key, rejected, incidents, incidents_count, arena, out, why);
    archive_snapshot_end(a);
    return result;
}
