#include <stdlib.h>

#include "account/people_int.h"
#include "store/pairs.h"
#include "text/fold.h"

struct listed {
    struct person_row row;
    struct str keys;
};

static int compare_listed(const void *left, const void *right)
{
    const struct listed *a = left, *b = right;
    if (a->row.documents != b->row.documents)
        return a->row.documents > b->row.documents ? -1 : 1;
    int order = str_compare(a->row.key, b->row.key);
    return order ? order : hash_compare(&a->row.person, &b->row.person);
}

static int compare_hashes(const void *left, const void *right)
{
    return hash_compare(left, right);
}

static size_t count_documents(const struct person_mention *mentions, size_t count,
                              struct arena *arena)
{
    struct hash *all = arena_alloc(arena, count * sizeof *all);
    size_t kept = 1;
    for (size_t i = 0; i < count; i++)
        all[i] = mentions[i].view->document;
    qsort(all, count, sizeof *all, compare_hashes);
    for (size_t i = 1; i < count; i++)
        kept += !hash_equal(&all[i], &all[i - 1]);
    return kept;
}

static struct mention_view mention_view_of(const struct person_mention *m)
{
    const struct statement_view *view = m->view;
    const struct statement *s = &view->statement;
    struct mention_view out = {.key = m->key,
                               .name = m->name,
                               .statement = view->id,
                               .document = view->document,
                               .state = view->state,
                               .undecided = view->undecided,
                               .count = 1};
    if (s->form == FORM_LIFE_EVENT) {
        out.event = s->life_event.event;
        out.date = s->life_event.date;
    } else {
        out.role = s->fact.value;
    }
    return out;
}

static struct str keys_of(const struct person_row *row, struct arena *arena)
{
    struct buf text;
    buf_init(&text, SIZE_MAX / 4);
    for (size_t i = 0; i < row->spellings_count; i++) {
        buf_add(&text, fold_text(arena, row->spellings[i]));
        buf_add_byte(&text, '\n');
    }
    struct str out = arena_copy(arena, buf_str(&text));
    buf_release(&text);
    return out;
}

static struct listed listed_of(const struct person_mention *mentions, size_t count,
                               const struct persons *persons, struct arena *arena)
{
    struct mention_view *all = arena_alloc(arena, count * sizeof *all);
    struct listed out = {.row = {.documents = count_documents(mentions, count, arena)}};
    for (size_t i = 0; i < count; i++)
        all[i] = mention_view_of(&mentions[i]);
    person_row_fill(all, count, arena, &out.row);
    out.row.key = fold_text(arena, out.row.name);
    out.row.decided = mentions->person != SIZE_MAX;
    if (out.row.decided)
        out.row.person = mention_id(&persons->at[mentions->person].mention);
    out.keys = keys_of(&out.row, arena);
    return out;
}

static void list_make(const struct statement_view *views, size_t count,
                      const struct persons *persons, struct arena *arena, struct people_list *out)
{
    size_t number, end;
    struct people_filter filter = {.persons = persons};
    struct person_mention *mentions = person_mentions(views, count, &filter, arena, &number);
    struct listed *all = arena_alloc(arena, (number + 1) * sizeof *all);
    for (size_t i = 0; i < number; i = end) {
        for (end = i + 1; end < number && person_mentions_meet(&mentions[end], &mentions[i]);)
            end++;
        all[out->count++] = listed_of(mentions + i, end - i, persons, arena);
    }
    if (out->count)
        qsort(all, out->count, sizeof *all, compare_listed);
    out->rows = arena_alloc(arena, (out->count + 1) * sizeof *out->rows);
    out->keys = arena_alloc(arena, (out->count + 1) * sizeof *out->keys);
    for (size_t i = 0; i < out->count; i++) {
        out->rows[i] = all[i].row;
        out->keys[i] = all[i].keys;
    }
}

enum outcome people_list_read(struct archive *a, struct arena *arena, struct people_list *out,
                              struct fault *why)
{
    struct persons persons;
    struct statement_filter filter = {.rejected = true};
    struct statement_view *views;
    size_t count;
    *out = (struct people_list){0};
    enum outcome result = archive_persons(a, arena, &persons, why);
    out->decided = persons.count > 0;
    if (result != OK || !out->decided)
        return result;
    result = archive_statements(a, &filter, arena, &views, &count, why);
    if (result == OK)
        list_make(views, count, &persons, arena, out);
    return result;
}

void people_list_page(const struct people_list *list, const struct name_choice *choice,
                      struct arena *arena, struct person_row **out, size_t *count, size_t *total)
{
    struct str part = fold_text(arena, choice->part);
    *out = arena_alloc(arena, (choice->limit + 1) * sizeof **out);
    *count = *total = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (part.len && str_find(list->keys[i], part, 0) == SIZE_MAX)
            continue;
        if ((*total)++ < choice->from || *count == choice->limit)
            continue;
        (*out)[(*count)++] = list->rows[i];
    }
}
