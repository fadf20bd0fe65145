#include "store/page.h"

#include "store/store_int.h"
#include "text/fold.h"

struct mentions {
    struct mention_view *at;
    size_t count, room;
};

static bool name_of(const struct statement_view *view, bool organisations, struct str *name)
{
    const struct statement *s = &view->statement;
    *name = s->form == FORM_LIFE_EVENT ? s->life_event.person
            : s->form == FORM_FACT     ? s->fact.subject
                                       : STR_NONE;
    if (s->form == FORM_LIFE_EVENT)
        return !organisations;
    struct str kind = organisations ? STR("organisation") : STR("person");
    return s->form == FORM_FACT && str_equal(s->fact.property, STR("role")) &&
           str_equal(s->fact.subject_kind, kind);
}

static enum outcome mentions_read(struct archive *a, bool organisations, struct arena *arena,
                                  struct mentions *out, struct fault *why)
{
    struct statement_filter filter = {.rejected = true};
    struct statement_view *views;
    size_t count;
    *out = (struct mentions){0};
    enum outcome result = archive_statements(a, &filter, arena, &views, &count, why);
    for (size_t i = 0; result == OK && i < count; i++) {
        const struct statement_view *v = &views[i];
        struct str name;
        if (!name_of(v, organisations, &name) || (v->state == VIEW_REJECTED && !v->undecided))
            continue;
        out->at = arena_grow(arena, out->at, out->count, &out->room, sizeof *out->at);
        struct mention_view *m = &out->at[out->count++];
        *m = (struct mention_view){.key = fold_text(arena, name),
                                   .name = name,
                                   .statement = v->id,
                                   .document = v->document,
                                   .state = v->state,
                                   .undecided = v->undecided};
        if (v->statement.form == FORM_FACT) {
            m->role = v->statement.fact.value;
        } else {
            m->event = v->statement.life_event.event;
            m->date = v->statement.life_event.date;
        }
    }
    return result;
}

static int compare_mentions(const void *left, const void *right)
{
    const struct mention_view *a = left, *b = right;
    int order = str_compare(a->key, b->key);
    if (!order)
        order = hash_compare(&a->document, &b->document);
    return order ? order : hash_compare(&a->statement, &b->statement);
}

static int compare_tallies(const void *left, const void *right)
{
    const struct name_tally *a = left, *b = right;
    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    return str_compare(a->key, b->key);
}

enum outcome archive_names(struct archive *a, const struct name_choice *choice, struct arena *arena,
                           struct name_tally **out, size_t *count, size_t *total, struct fault *why)
{
    struct mentions all;
    struct str part = fold_text(arena, choice->part);
    *out = NULL;
    *count = *total = 0;
    enum outcome result = mentions_read(a, choice->organisations, arena, &all, why);
    if (result != OK || !all.count)
        return result;
    qsort(all.at, all.count, sizeof *all.at, compare_mentions);
    *out = arena_alloc(arena, all.count * sizeof **out);
    for (size_t i = 0; i < all.count; i++) {
        const struct mention_view *m = &all.at[i];
        if (str_find(m->key, part, 0) == SIZE_MAX)
            continue;
        bool same = i && str_equal(m->key, all.at[i - 1].key);
        if (!same)
            (*out)[(*total)++] = (struct name_tally){m->key, 1};
        else if (!hash_equal(&m->document, &all.at[i - 1].document))
            (*out)[*total - 1].documents++;
    }
    qsort(*out, *total, sizeof **out, compare_tallies);
    size_t from = choice->from < *total ? choice->from : *total;
    *out += from;
    *count = *total - from < choice->limit ? *total - from : choice->limit;
    return OK;
}

enum outcome archive_mentions(struct archive *a, struct str key, bool organisation,
                              struct arena *arena, struct mention_view **out, size_t *count,
                              struct fault *why)
{
    struct mentions all;
    *count = 0;
    enum outcome result = mentions_read(a, organisation, arena, &all, why);
    *out = all.at;
    for (size_t i = 0; i < all.count; i++)
        if (str_equal(all.at[i].key, key))
            (*out)[(*count)++] = all.at[i];
    return result;
}
