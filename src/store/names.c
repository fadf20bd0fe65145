#include "store/page.h"

#include "store/store_int.h"
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

enum outcome archive_names(struct archive *a, const struct name_choice *choice, struct arena *arena,
                           struct name_tally **out, size_t *count, size_t *total, struct fault *why)
{
    struct names names = {.arena = arena};
    struct str part = fold_text(arena, choice->part);
    *out = NULL;
    *count = *total = 0;
    enum outcome result = twins_read(a, arena, &names.twins, why);
    if (result != OK)
        return result;
    struct query q = query_begin(a, "SELECT key, row >> 24 FROM derived_mention"
                                    " INDEXED BY derived_mention_key WHERE organisation = ?1"
                                    " AND row NOT IN (SELECT row FROM derived_statement"
                                    " INDEXED BY derived_statement_standing"
                                    " WHERE standing = 2 AND undecided = 0) ORDER BY key, row");
    query_bind_int(&q, 1, choice->organisations);
    while (query_step(&q)) {
        struct str key = query_str(&q, 0);
        if (!part.len || str_find(key, part, 0) != SIZE_MAX)
            name_see(&names, key, query_int(&q, 1));
    }
    result = query_end(&q, why);
    if (names.count)
        qsort(names.at, names.count, sizeof *names.at, compare_names);
    size_t from = choice->from < names.count ? choice->from : names.count;
    *out = from ? names.at + from : names.at;
    *total = names.count;
    *count = names.count - from < choice->limit ? names.count - from : choice->limit;
    return result;
}

static void mention_of_row(struct query *q, struct arena *arena, struct mention_view *m)
{
    *m = (struct mention_view){.name = arena_copy(arena, query_str(q, 0)),
                               .date = arena_copy(arena, query_str(q, 2)),
                               .state = (enum view_state)query_int(q, 6),
                               .undecided = query_int(q, 7)};
    struct str *label = query_int(q, 3) == FORM_FACT ? &m->role : &m->event;
    *label = arena_copy(arena, query_str(q, 1));
    query_hash(q, 4, &m->statement);
    query_hash(q, 5, &m->document);
}

enum outcome archive_mentions(struct archive *a, struct str key, bool organisation,
                              struct arena *arena, struct mention_view **out, size_t *count,
                              struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(a, "SELECT m.name, m.label, m.date, s.form, s.id, t.bytes,"
                                    " s.standing, s.undecided FROM derived_mention m"
                                    " INDEXED BY derived_mention_key"
                                    " CROSS JOIN derived_statement s ON s.row = m.row"
                                    " CROSS JOIN derived_text t ON t.row = m.row >> 24"
                                    " WHERE m.organisation = ?1 AND m.key = ?2"
                                    " AND (s.standing <> 2 OR s.undecided)");
    query_bind_int(&q, 1, organisation);
    query_bind_text(&q, 2, key);
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        mention_of_row(&q, arena, &(*out)[(*count)++]);
        (*out)[*count - 1].key = key;
    }
    return query_end(&q, why);
}
