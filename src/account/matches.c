#include "account/matches.h"

#include <stdlib.h>

/* ---- pairs ---- */

static struct hash match_id(const struct bearer *a, const struct bearer *b)
{
    struct mention_pair pair = {a->named.mentions[0], b->named.mentions[0]};
    struct mention_pairs pairs = {&pair, 1};
    mention_pairs_sort(&pairs);
    return mention_pair_id(&pair);
}

static void waiting_take(struct matches *m)
{
    for (size_t i = 0; i < m->likely.pairs_count; i++) {
        const struct likely_pair *p = &m->likely.pairs[i];
        m->all[m->count++] = (struct match){
            .id = match_id(p->left, p->right), .left = p->left, .right = p->right, .pair = p};
        m->probable += p->probable;
    }
    m->waiting = m->count;
}

static const struct match **matches_sorted(const struct matches *, struct arena *);

static void decided_take(struct matches *m, struct arena *arena)
{
    const struct likely *l = &m->likely;
    for (size_t i = 0; i < l->decisions_count; i++) {
        const struct pair_view *d = &l->decisions[i];
        const struct bearer *left = likely_bearer(l, &d->decided.pair.left);
        const struct bearer *right = likely_bearer(l, &d->decided.pair.right);
        if (!left || !right || left == right)
            continue;
        m->all[m->count++] = (struct match){.id = match_id(left, right),
                                            .left = left,
                                            .right = right,
                                            .decided = likely_decided(l, left, right),
                                            .why = d->why};
    }
    const struct match **sorted = matches_sorted(m, arena);
    size_t kept = m->waiting;
    bool *again = arena_alloc(arena, (m->count + 1) * sizeof *again);
    for (size_t i = 0; i < m->count; i++)
        again[i] = false;
    for (size_t i = 1; i < m->count; i++)
        if (hash_equal(&sorted[i]->id, &sorted[i - 1]->id))
            again[sorted[i] - m->all] = true;
    for (size_t i = m->waiting; i < m->count; i++)
        if (!again[i])
            m->all[kept++] = m->all[i];
    m->count = kept;
}

static int compare_ids(const void *left, const void *right)
{
    const struct match *const *a = left, *const *b = right;
    int order = hash_compare(&(*a)->id, &(*b)->id);
    return order ? order : (*a > *b) - (*a < *b);
}

static const struct match **matches_sorted(const struct matches *m, struct arena *arena)
{
    const struct match **out = arena_alloc(arena, (m->count + 1) * sizeof *out);
    for (size_t i = 0; i < m->count; i++)
        out[i] = &m->all[i];
    if (m->count)
        qsort(out, m->count, sizeof *out, compare_ids);
    return out;
}

const struct match *matches_find(const struct matches *m, struct str digits)
{
    char id[HASH_DIGITS + 1];
    size_t low = 0, high = m->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        hash_write(&m->by_id[middle]->id, id);
        if (str_compare(str_of(id), digits) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (!digits.len || low == m->count)
        return NULL;
    hash_write(&m->by_id[low]->id, id);
    return str_starts(str_of(id), digits) ? m->by_id[low] : NULL;
}

const struct match *matches_next(const struct matches *m, const struct match *after)
{
    size_t at = (size_t)(after - m->all);
    size_t next = at < m->waiting ? (at + 1) % m->waiting : 0;
    return next < m->waiting && next != at ? &m->all[next] : NULL;
}

/* ---- rows ---- */

struct str match_row(const struct likely *l, const struct bearer *b, struct arena *arena)
{
    char digits[HASH_DIGITS + 1];
    if (b->named.person == SIZE_MAX)
        return b->named.key;
    struct hash id = mention_id(&l->persons.at[b->named.person].mention);
    hash_write(&id, digits);
    return arena_copy(arena, str_of(digits));
}

static int compare_links(const void *left, const void *right)
{
    const struct match_link *a = left, *b = right;
    int order = str_compare(a->row, b->row);
    if (!order)
        order = str_compare(a->other, b->other);
    return order ? order : (a->pair > b->pair) - (a->pair < b->pair);
}

static int compare_links_by_pair(const void *left, const void *right)
{
    const struct match_link *a = left, *b = right;
    int order = str_compare(a->row, b->row);
    return order ? order : (a->pair > b->pair) - (a->pair < b->pair);
}

/* of two rows the likeliest pair alone */
static void links_make(struct matches *m, struct arena *arena)
{
    size_t kept = 0;
    m->links = arena_alloc(arena, (2 * m->probable + 1) * sizeof *m->links);
    for (size_t i = 0; i < m->waiting; i++) {
        const struct match *one = &m->all[i];
        if (!one->pair->probable)
            continue;
        struct str left = match_row(&m->likely, one->left, arena);
        struct str right = match_row(&m->likely, one->right, arena);
        m->links[m->links_count++] = (struct match_link){left, right, one->right->named.name, i};
        if (!str_equal(left, right))
            m->links[m->links_count++] = (struct match_link){right, left, one->left->named.name, i};
    }
    if (m->links_count)
        qsort(m->links, m->links_count, sizeof *m->links, compare_links);
    for (size_t i = 0; i < m->links_count; i++)
        if (!kept || !str_equal(m->links[kept - 1].row, m->links[i].row) ||
            !str_equal(m->links[kept - 1].other, m->links[i].other))
            m->links[kept++] = m->links[i];
    m->links_count = kept;
    if (kept)
        qsort(m->links, kept, sizeof *m->links, compare_links_by_pair);
}

const struct match_link *matches_links(const struct matches *m, struct str row, size_t *count)
{
    size_t low = 0, high = m->links_count, end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(m->links[middle].row, row) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < m->links_count && str_equal(m->links[end].row, row);)
        end++;
    *count = end - low;
    return m->links + low;
}

/* ---- decisions ---- */

const struct bearer **match_company(const struct matches *m, const struct bearer *b,
                                    struct arena *arena, size_t *count)
{
    if (b->named.person != SIZE_MAX)
        return likely_person(&m->likely, b->named.person, count);
    const struct bearer **alone = arena_alloc(arena, sizeof(void *));
    *alone = b;
    *count = 1;
    return alone;
}

struct mention_pairs match_mentions(const struct matches *m, const struct match *one,
                                    struct arena *arena)
{
    struct mention_pairs out = {arena_alloc(arena, sizeof *out.at), 1};
    out.at[0] = (struct mention_pair){likely_anchor(&m->likely, one->left),
                                      likely_anchor(&m->likely, one->right)};
    mention_pairs_sort(&out);
    return out;
}

struct mention_pairs match_decided(const struct matches *m, const struct match *one,
                                   struct arena *arena)
{
    const struct likely *l = &m->likely;
    struct mention_pairs out = {0};
    size_t room = 0;
    for (size_t i = 0; i < l->decisions_count; i++) {
        const struct mention_pair *pair = &l->decisions[i].decided.pair;
        const struct bearer *left = likely_bearer(l, &pair->left);
        const struct bearer *right = likely_bearer(l, &pair->right);
        if (!(left == one->left && right == one->right) &&
            !(left == one->right && right == one->left))
            continue;
        out.at = arena_grow(arena, out.at, out.count, &room, sizeof *out.at);
        out.at[out.count++] = *pair;
    }
    mention_pairs_sort(&out);
    return out;
}

/* ---- all of it ---- */

enum outcome matches_read(struct archive *a, const struct reader *reader,
                          const struct matches *before, struct arena *arena, struct matches *m,
                          struct fault *why)
{
    *m = (struct matches){0};
    enum outcome outcome = before ? likely_again(a, &before->likely, arena, &m->likely, why)
                                  : likely_read(a, reader, NULL, arena, &m->likely, why);
    if (outcome != OK)
        return outcome;
    size_t most = m->likely.pairs_count + m->likely.decisions_count;
    m->all = arena_alloc(arena, (most + 1) * sizeof *m->all);
    waiting_take(m);
    decided_take(m, arena);
    m->by_id = matches_sorted(m, arena);
    links_make(m, arena);
    return OK;
}
