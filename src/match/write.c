#include "match/write.h"

#include <stdlib.h>

#include "base/buf.h"
#include "match/mix_int.h"

const char *level_name(enum level level)
{
    static const char *const names[LEVELS] = {"missing", "same", "spelling",
                                              "near",    "part", "other"};
    return names[level];
}

/* ---- ids ---- */

static uint64_t id_hash(const struct list *l, size_t record)
{
    uint64_t h = 1;
    for (const char *at = l->ids + l->id_at[record]; *at; at++)
        h = (h ^ (unsigned char)*at) * 0x100000001B3;
    return mix(h);
}

static bool same_id(const struct list *l, size_t a, size_t b)
{
    return strcmp(l->ids + l->id_at[a], l->ids + l->id_at[b]) == 0;
}

size_t list_doubled_ids(const struct list *l, size_t *first, size_t *second)
{
    size_t size = 16, doubled = 0;
    while (size < l->records * 2)
        size *= 2;
    uint32_t *places = mem_alloc(size * sizeof *places);
    for (size_t i = 0; i < l->records; i++) {
        size_t at = id_hash(l, i) & (size - 1);
        while (places[at] && !same_id(l, places[at] - 1, i))
            at = (at + 1) & (size - 1);
        if (!places[at]) {
            places[at] = (uint32_t)i + 1;
        } else if (!doubled++) {
            *first = places[at] - 1;
            *second = i;
        }
    }
    mem_free(places);
    return doubled;
}

/* ---- clusters ---- */

static void field_write(FILE *out, struct str s)
{
    bool plain = true;
    for (size_t i = 0; i < s.len; i++)
        plain = plain && s.at[i] != ',' && s.at[i] != '"' && s.at[i] != '\n' && s.at[i] != '\r';
    if (plain) {
        fwrite_unlocked(s.at, 1, s.len, out);
        return;
    }
    putc_unlocked('"', out);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '"')
            putc_unlocked('"', out);
        putc_unlocked(s.at[i], out);
    }
    putc_unlocked('"', out);
}

static void id_write(FILE *out, const struct list *l, size_t record)
{
    field_write(out, record_id(l, record));
}

/* Of each cluster's first record: the one whose id comes first. */
static uint32_t *names_choose(const struct matching *m)
{
    const struct list *l = m->list;
    uint32_t *names = mem_resize_array(NULL, l->records + 1, sizeof *names);
    for (size_t i = 0; i < l->records; i++) {
        uint32_t cluster = m->clusters.of[i];
        if (cluster == i)
            names[i] = (uint32_t)i;
        else if (strcmp(l->ids + l->id_at[i], l->ids + l->id_at[names[cluster]]) < 0)
            names[cluster] = (uint32_t)i;
    }
    return names;
}

void clusters_write(FILE *out, const struct matching *m, bool unique, const struct str *lists)
{
    const struct list *l = m->list;
    uint32_t *names = names_choose(m);
    fputs(l->files_count > 1 ? "id,cluster,list\n" : "id,cluster\n", out);
    for (size_t i = 0; i < l->records; i++) {
        uint32_t name = names[m->clusters.of[i]];
        id_write(out, l, i);
        putc_unlocked(',', out);
        id_write(out, l, name);
        if (!unique)
            fprintf(out, "#%u", name + 1);
        if (l->files_count > 1) {
            putc_unlocked(',', out);
            field_write(out, lists[l->files[i]]);
        }
        putc_unlocked('\n', out);
    }
    mem_free(names);
}

/* ---- pairs ---- */

struct ordered {
    struct edge edge;
    uint64_t left, right; /* what the records are */
};

static int ordered_compare(const void *left, const void *right)
{
    const struct ordered *a = left, *b = right;
    if (a->edge.odds > b->edge.odds || a->edge.odds < b->edge.odds)
        return a->edge.odds > b->edge.odds ? -1 : 1;
    if (a->left != b->left)
        return a->left < b->left ? -1 : 1;
    return (a->right > b->right) - (a->right < b->right);
}

void pairs_sort(struct matching *m)
{
    struct edges *e = &m->edges;
    size_t kept = 0;
    struct ordered *all = mem_resize_array(NULL, e->count + 1, sizeof *all);
    for (size_t i = 0; i < e->count; i++) {
        struct edge edge = e->all[i];
        uint64_t left = list_record_hash(m->list, edge.left);
        uint64_t right = list_record_hash(m->list, edge.right);
        bool turned = left > right;
        if (turned)
            edge = (struct edge){edge.right, edge.left, edge.odds};
        all[i] = (struct ordered){edge, turned ? right : left, turned ? left : right};
    }
    qsort(all, e->count, sizeof *all, ordered_compare);
    for (size_t i = 0; i < e->count; i++) {
        const struct edge *last = kept ? &e->all[kept - 1] : NULL;
        if (last && last->left == all[i].edge.left && last->right == all[i].edge.right)
            continue;
        e->all[kept++] = all[i].edge;
    }
    e->count = kept;
    mem_free(all);
}

size_t pair_reasons(struct arena *arena, const struct matching *m, struct comparer *comparer,
                    uint32_t left, uint32_t right, struct reason out[LIST_FEATURES])
{
    const struct list *l = m->list;
    const uint32_t *a = list_record(l, left), *b = list_record(l, right);
    struct evidence e;
    size_t count = 0;
    evidence_of(comparer, a, b, &e);
    for (size_t f = 0; f < l->features_count; f++) {
        enum level level = e.levels[f];
        if (level == LEVEL_MISSING)
            continue;
        bool turned = e.turned >> f & 1;
        struct reason *r = &out[count++];
        *r = (struct reason){.feature = f, .level = level};
        r->bits =
            turned ? m->model.weight[f][level] : model_weight(&m->model, l, f, a[f], b[f], level);
        r->left = value_text_of(arena, l->features[f].values, a[f]);
        r->right = value_text_of(arena, l->features[f].values, b[f]);
        if (l->features[f].field == FIELD_GENDER) {
            r->left = arena_print(arena, "%c", l->features[f].values->all[a[f]].text);
            r->right = arena_print(arena, "%c", l->features[f].values->all[b[f]].text);
        } else if (l->features[f].field == FIELD_AGE) {
            r->left = arena_print(arena, "%u", l->features[f].values->all[a[f]].text);
            r->right = arena_print(arena, "%u", l->features[f].values->all[b[f]].text);
        }
    }
    return count;
}

static void reasons_write(struct buf *line, const struct list *l, const struct reason *all,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct reason *r = &all[i];
        buf_print(line, "%s%s ", i ? "; " : "", l->features[r->feature].name);
        buf_add(line, r->left);
        if (!str_equal(r->left, r->right)) {
            buf_add_text(line, " | ");
            buf_add(line, r->right);
        }
        buf_print(line, ": %s %.1f", level_name(r->level), (double)r->bits);
    }
}

void pairs_write(FILE *out, const struct matching *m)
{
    struct comparer *comparer = comparer_new(m->list);
    struct reason reasons[LIST_FEATURES];
    struct buf line;
    buf_init(&line, 1 << 20);
    fputs("left,right,probability,bits,reasons\n", out);
    for (size_t i = 0; i < m->edges.count; i++) {
        const struct edge *e = &m->edges.all[i];
        struct arena arena;
        arena_init(&arena);
        size_t count = pair_reasons(&arena, m, comparer, e->left, e->right, reasons);
        buf_clear(&line);
        reasons_write(&line, m->list, reasons, count);
        id_write(out, m->list, e->left);
        putc_unlocked(',', out);
        id_write(out, m->list, e->right);
        fprintf(out, ",%.4f,%.1f,", odds_probability((double)e->odds), (double)e->odds);
        field_write(out, buf_str(&line));
        putc_unlocked('\n', out);
        arena_release(&arena);
    }
    buf_release(&line);
    comparer_free(comparer);
}
