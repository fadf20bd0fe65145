#include <stdatomic.h>
#include <stdlib.h>

#include "store/kept_int.h"

struct waiting_list {
    atomic_size_t holders;
    struct arena arena;
    struct waiting_document *at;
    size_t count, room;
};

static void document_found(struct waiting_list *list, struct query *q)
{
    list->at = arena_grow(&list->arena, list->at, list->count, &list->room, sizeof *list->at);
    struct waiting_document *d = &list->at[list->count];
    d->at = arena_copy(&list->arena, query_str(q, 1));
    list->count += query_hash(q, 0, &d->id);
}

/* From one text to the next by the index, over all that it has in between. */
static enum outcome find_texts(struct archive *a, int standing, bool undecided,
                               struct waiting_list *list, struct fault *why)
{
    struct query next = query_begin(a, "SELECT row >> 24 FROM derived_statement"
                                       " INDEXED BY derived_statement_standing WHERE standing = ?1"
                                       " AND undecided = ?2 AND shown = 1 AND row >= ?3"
                                       " ORDER BY row LIMIT 1");
    struct query document = query_begin(a, "SELECT d.id, d.at FROM derived_text t"
                                           " JOIN derived_document d ON d.id = t.bytes"
                                           " WHERE t.row = ?1");
    query_bind_int(&next, 1, standing);
    query_bind_int(&next, 2, undecided);
    query_bind_int(&next, 3, 0);
    while (query_step(&next)) {
        int64_t text = query_int(&next, 0);
        query_bind_int(&document, 1, text);
        if (query_step(&document))
            document_found(list, &document);
        query_again(&document);
        query_again(&next);
        query_bind_int(&next, 3, (text + 1) << 24);
    }
    enum outcome result = query_end(&next, why);
    enum outcome ended = query_end(&document, result == OK ? why : NULL);
    return result == OK ? ended : result;
}

static int compare_documents(const void *left, const void *right)
{
    const struct waiting_document *a = left, *b = right;
    int order = str_compare(b->at, a->at);
    return order ? order : hash_compare(&a->id, &b->id);
}

enum outcome waiting_list_read(struct archive *a, struct waiting_list **out, struct fault *why)
{
    struct waiting_list *list = mem_alloc(sizeof *list);
    size_t kept = 0;
    atomic_init(&list->holders, 1);
    arena_init(&list->arena);
    enum outcome result = find_texts(a, 0, false, list, why);
    for (int standing = 0; standing <= 2 && result == OK; standing++)
        result = find_texts(a, standing, true, list, why);
    if (list->count)
        qsort(list->at, list->count, sizeof *list->at, compare_documents);
    for (size_t i = 0; i < list->count; i++)
        if (!i || !hash_equal(&list->at[i].id, &list->at[kept - 1].id))
            list->at[kept++] = list->at[i];
    list->count = kept;
    *out = list;
    if (result != OK) {
        waiting_list_release(list);
        *out = NULL;
    }
    return result;
}

void waiting_list_hold(struct waiting_list *list)
{
    atomic_fetch_add(&list->holders, 1);
}

void waiting_list_release(struct waiting_list *list)
{
    if (!list || atomic_fetch_sub(&list->holders, 1) > 1)
        return;
    arena_release(&list->arena);
    mem_free(list);
}

const struct waiting_document *waiting_list_all(const struct waiting_list *list, size_t *count)
{
    *count = list->count;
    return list->at;
}

size_t waiting_list_until(const struct waiting_list *list, const struct waiting_document *place)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_documents(&list->at[middle], place) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
