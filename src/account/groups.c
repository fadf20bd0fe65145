#include "account/groups_int.h"

#include "account/figures_int.h"

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
    enum outcome result =
        archive_figures(a, &(struct figure_choice){0}, arena, &views, &count, why);
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
    enum outcome result = account_all(a, incidents, incidents_count, arena, &account, why);
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

/* ---- one group ---- */

static bool same_key(const struct group_key *a, const struct group_key *b)
{
    return memcmp(a->digits, b->digits, GROUP_KEY_DIGITS) == 0;
}

static int compare_matters(const void *left, const void *right)
{
    const struct group_matter *a = left, *b = right;
    if (a->latest != b->latest)
        return a->latest > b->latest ? -1 : 1;
    if (a->figures != b->figures)
        return a->figures > b->figures ? -1 : 1;
    return memcmp(&a->key, &b->key, sizeof a->key);
}

enum outcome group_matters(struct archive *a, const struct labels *labels, struct arena *arena,
                           struct group_matter **out, size_t *count, struct fault *why)
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
        struct group_matter *m = &(*out)[at];
        if (at == *count) {
            *m = (struct group_matter){.key = key, .incident = t->incident, .latest = t->latest};
            ++*count;
        }
        m->events = arena_grow(arena, m->events, m->events_count, &m->room, sizeof *m->events);
        m->events[m->events_count++] = t->event;
        m->figures += t->figures;
        m->latest = t->latest > m->latest ? t->latest : m->latest;
    }
    if (*count)
        qsort(*out, *count, sizeof **out, compare_matters);
    return OK;
}

enum outcome group_of_matter(struct archive *a, const struct group_matter *matter, bool rejected,
                             const struct incident_facts *incidents, size_t incidents_count,
                             struct arena *arena, struct group *out, struct fault *why)
{
    struct figure_choice choice = {&matter->incident, matter->events, matter->events_count};
    struct figure_filter filter = {.rejected = rejected};
    struct figure_view *views;
    struct figure_account account;
    struct str *explained;
    size_t count, explained_count;
    enum outcome result = archive_figures(a, &choice, arena, &views, &count, why);
    if (result == OK)
        result = archive_explained_sources(a, arena, &explained, &explained_count, why);
    if (result != OK)
        return result;
    struct account_question question = {views,           count,     &filter,        incidents,
                                        incidents_count, explained, explained_count};
    result = account_make(&question, arena, &account, why);
    if (result != OK)
        return result;
    if (account.groups_count != 1)
        return refuse(why, NOT_FOUND, "no figure is in this group");
    *out = account.groups[0];
    return OK;
}

enum outcome group_read(struct archive *a, struct str key, bool rejected,
                        const struct incident_facts *incidents, size_t incidents_count,
                        struct arena *arena, struct group *out, struct fault *why)
{
    struct group_matter *matters;
    size_t count;
    enum outcome result = group_matters(a, labels_new(arena), arena, &matters, &count, why);
    for (size_t i = 0; i < count && result == OK; i++)
        if (str_equal(str_of(matters[i].key.digits), key))
            return group_of_matter(a, &matters[i], rejected, incidents, incidents_count, arena, out,
                                   why);
    return result == OK ? refuse(why, NOT_FOUND, "no figures are in such a group") : result;
}
