#include "account/groups_int.h"

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

static enum outcome account_all(struct archive *a, bool rejected,
                                const struct incident_facts *incidents, size_t incidents_count,
                                struct arena *arena, struct figure_account *out, struct fault *why)
{
    struct figure_view *views;
    size_t count;
    enum outcome result =
        archive_figures(a, &(struct figure_choice){0}, arena, &views, &count, why);
    if (result != OK)
        return result;
    return figures_account(views, count, &(struct figure_filter){.rejected = rejected}, incidents,
                           incidents_count, arena, out, why);
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

int64_t group_latest(const struct group *group)
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
                            .conflicts = group->conflicts_count,
                            .latest = group_latest(group)};
    for (size_t i = 0; i < group->series_count && !row.range.counts; i++) {
        row.what = group->series[i].range.counts ? group->series[i].what : STR_NONE;
        row.range = group->series[i].range;
    }
    return row;
}

enum outcome groups_list(struct archive *a, const struct incident_facts *incidents,
                         size_t incidents_count, struct arena *arena, struct group_row **out,
                         size_t *count, struct fault *why)
{
    struct figure_account account;
    enum outcome result = account_all(a, false, incidents, incidents_count, arena, &account, why);
    *out = NULL;
    *count = 0;
    if (result != OK)
        return result;
    const struct labels *labels = labels_new(arena);
    *out = arena_alloc(arena, (account.groups_count + 1) * sizeof **out);
    for (; *count < account.groups_count; ++*count)
        (*out)[*count] = row_of(&account.groups[*count], labels);
    return OK;
}

enum outcome group_read(struct archive *a, struct str key, bool rejected,
                        const struct incident_facts *incidents, size_t incidents_count,
                        struct arena *arena, struct group *out, struct fault *why)
{
    struct figure_account account;
    enum outcome result =
        account_all(a, rejected, incidents, incidents_count, arena, &account, why);
    if (result != OK)
        return result;
    const struct labels *labels = labels_new(arena);
    for (size_t i = 0; i < account.groups_count; i++) {
        struct group *group = &account.groups[i];
        struct group_key other = group_key_of(labels, group->event, group->incident);
        *out = *group;
        if (str_equal(str_of(other.digits), key))
            return OK;
    }
    return refuse(why, NOT_FOUND, "no figures of such an event are here");
}
