#include "account/figures.h"

struct figure_index {
    const struct statement_view **at; /* figures, by text and quote */
    size_t count;
};

static int compare_places(const struct hash *text_a, struct span a, const struct hash *text_b,
                          struct span b)
{
    int order = hash_compare(text_a, text_b);
    if (!order && a.from != b.from)
        order = a.from < b.from ? -1 : 1;
    if (!order && a.to != b.to)
        order = a.to < b.to ? -1 : 1;
    return order;
}

static int compare_views(const void *left, const void *right)
{
    const struct statement_view *a = *(const struct statement_view *const *)left;
    const struct statement_view *b = *(const struct statement_view *const *)right;
    int order = compare_places(&a->statement.text, a->statement.quote, &b->statement.text,
                               b->statement.quote);
    return order ? order : hash_compare(&a->id, &b->id);
}

struct figure_index *figure_index_new(struct arena *arena, const struct statement_view *views,
                                      size_t count)
{
    struct figure_index *index = arena_alloc(arena, sizeof *index);
    index->at = arena_alloc(arena, (count + 1) * sizeof(void *));
    for (size_t i = 0; i < count; i++)
        if (views[i].statement.form == FORM_FIGURE)
            index->at[index->count++] = &views[i];
    qsort(index->at, index->count, sizeof *index->at, compare_views);
    return index;
}

const struct statement_view *figure_whole(const struct figure_index *index,
                                          const struct statement_view *part)
{
    struct span wanted = part->statement.figure.subset_of;
    size_t low = 0, high = wanted.to ? index->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct statement *s = &index->at[middle]->statement;
        if (compare_places(&s->text, s->quote, &part->statement.text, wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < index->count; low++) {
        const struct statement_view *view = index->at[low];
        if (compare_places(&view->statement.text, view->statement.quote, &part->statement.text,
                           wanted) != 0)
            return NULL;
        if (!hash_equal(&view->id, &part->id))
            return view;
    }
    return NULL;
}
