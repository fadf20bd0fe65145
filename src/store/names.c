#include <stdatomic.h>
#include <stdlib.h>

#include "store/kept_int.h"
#include "text/fold.h"

/* Texts of one document: its bytes were read by several extractors, or two versions of one. */
struct twin {
    int64_t text, first; /* rows; the first of the document's texts is its own first */
};

struct twins {
    struct twin *at; /* by text */
    size_t count, room;
};

struct names {
    struct arena *arena;
    struct twins twins;
    struct name_tally *at;
    size_t count, room;
    int64_t text;    /* the last that names the last name, if it has no twin */
    int64_t *firsts; /* documents of several texts that name the last name */
    size_t firsts_count, firsts_room;
};

static enum outcome twins_read(struct archive *a, struct arena *arena, struct twins *out,
                               struct fault *why)
{
    *out = (struct twins){0};
    struct query q = query_begin(a, "SELECT t.row, f.first FROM (SELECT bytes, min(row) AS first"
                                    " FROM derived_text WHERE bytes IS NOT NULL"
                                    " GROUP BY bytes HAVING count(*) > 1) f"
                                    " JOIN derived_text t ON t.bytes = f.bytes ORDER BY t.row");
    while (query_step(&q)) {
        out->at = arena_grow(arena, out->at, out->count, &out->room, sizeof *out->at);
        out->at[out->count++] = (struct twin){query_int(&q, 0), query_int(&q, 1)};
    }
    return query_end(&q, why);
}

/* The document's first text, or 0 when the text is its only one. */
static int64_t first_of(const struct twins *t, int64_t text)
{
    size_t low = 0, high = t->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->at[middle].text < text)
            low = middle + 1;
        else
            high = middle;
    }
    return low < t->count && t->at[low].text == text ? t->at[low].first : 0;
}

static bool first_is_new(struct names *n, int64_t first)
{
    for (size_t i = 0; i < n->firsts_count; i++)
        if (n->firsts[i] == first)
            return false;
    n->firsts =
        arena_grow(n->arena, n->firsts, n->firsts_count, &n->firsts_room, sizeof *n->firsts);
    n->firsts[n->firsts_count++] = first;
    return true;
}

/* Mentions come by name, and those of a text together. */
static void name_see(struct names *n, struct str key, int64_t text)
{
    if (!n->count || !str_equal(n->at[n->count - 1].key, key)) {
        n->at = arena_grow(n->arena, n->at, n->count, &n->room, sizeof *n->at);
        n->at[n->count++] = (struct name_tally){.key = arena_copy(n->arena, key)};
        n->text = 0;
        n->firsts_count = 0;
    }
    if (text == n->text)
        return;
    int64_t first = n->twins.count ? first_of(&n->twins, text) : 0;
    n->text = text;
    n->at[n->count - 1].documents += !first || first_is_new(n, first);
}

static int compare_names(const void *left, const void *right)
{
    const struct name_tally *a = left, *b = right;
    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    return str_compare(a->key, b->key);
}

static enum outcome names_read(struct archive *a, bool organisations, struct names *names,
                               struct fault *why)
{
    struct query q = query_begin(a, "SELECT key, row >> 24 FROM derived_mention"
                                    " INDEXED BY derived_mention_key WHERE organisation = ?1"
                                    " AND row NOT IN (SELECT row FROM derived_statement"
                                    " INDEXED BY derived_statement_standing"
                                    " WHERE standing = 2 AND undecided = 0) ORDER BY key, row");
    query_bind_int(&q, 1, organisations);
    while (query_step(&q))
        name_see(names, query_str(&q, 0), query_int(&q, 1));
    return query_end(&q, why);
}

/* ---- all of them, in order ---- */

/* The keys stand one behind the other in `text`, a NUL after each, so that a part of a name is
 * looked for in all of them at once. */
struct name_list {
    atomic_size_t holders;
    struct buf text;
    struct name_entry {
        size_t from; /* in `text`; it ends a byte before the next */
        size_t documents;
    } * at; /* one more than there are */
    size_t count;
};

static struct name_list *name_list_of(const struct names *names)
{
    struct name_list *list = mem_alloc(sizeof *list);
    atomic_init(&list->holders, 1);
    buf_init(&list->text, SIZE_MAX / 2);
    list->at = mem_resize_array(NULL, names->count + 1, sizeof *list->at);
    list->count = names->count;
    for (size_t i = 0; i < names->count; i++) {
        list->at[i] = (struct name_entry){list->text.len, names->at[i].documents};
        buf_add(&list->text, names->at[i].key);
        buf_add_byte(&list->text, 0);
    }
    list->at[names->count] = (struct name_entry){list->text.len, 0};
    return list;
}

enum outcome name_list_read(struct archive *a, bool organisations, struct name_list **out,
                            struct fault *why)
{
    struct arena arena;
    arena_init(&arena);
    struct names names = {.arena = &arena};
    *out = NULL;
    enum outcome result = twins_read(a, &arena, &names.twins, why);
    if (result == OK)
        result = names_read(a, organisations, &names, why);
    if (names.count)
        qsort(names.at, names.count, sizeof *names.at, compare_names);
    if (result == OK)
        *out = name_list_of(&names);
    arena_release(&arena);
    return result;
}

void name_list_hold(struct name_list *list)
{
    atomic_fetch_add(&list->holders, 1);
}

void name_list_release(struct name_list *list)
{
    if (!list || atomic_fetch_sub(&list->holders, 1) > 1)
        return;
    buf_release(&list->text);
    mem_free(list->at);
    mem_free(list);
}

static struct str key_at(const struct name_list *list, size_t i)
{
    return str_slice(buf_str(&list->text), list->at[i].from, list->at[i + 1].from - 1);
}

/* the first name at or after the i-th that has the part, or how many there are */
static size_t next_with(const struct name_list *list, size_t i, struct str part)
{
    size_t low = i, high = list->count;
    if (!part.len || i == list->count)
        return i;
    size_t place = str_find(buf_str(&list->text), part, list->at[i].from);
    if (place == SIZE_MAX)
        return list->count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (list->at[middle].from <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

enum outcome archive_names(struct archive *a, const struct name_choice *choice, struct arena *arena,
                           struct name_tally **out, size_t *count, size_t *total, struct fault *why)
{
    struct name_list *list;
    struct str part = fold_text(arena, choice->part);
    size_t room = 0;
    *out = NULL;
    *count = *total = 0;
    enum outcome result = kept_names(a, choice->organisations, &list, why);
    if (result != OK)
        return result;
    for (size_t i = 0; (i = next_with(list, i, part)) < list->count; i++) {
        if ((*total)++ < choice->from || *count == choice->limit)
            continue;
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] =
            (struct name_tally){arena_copy(arena, key_at(list, i)), list->at[i].documents};
    }
    name_list_release(list);
    return OK;
}
