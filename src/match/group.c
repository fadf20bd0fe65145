#include "match/group.h"

#include <math.h>

/* Groups of more records are compared pair by pair: their tables would be large. */
enum { TABLE_RECORDS = 256 };

struct entry {
    struct weighed weighed;
    bool agrees; /* nobody asks whether the names are in each other's place */
};

/* One feature of a group: each record's value by its number among those that occur, 0 for missing,
 * and what any two of them come to. */
struct table {
    uint32_t values[TABLE_RECORDS + 1];
    size_t count; /* of values, with 0 */
    uint16_t of[TABLE_RECORDS];
    struct entry *entries; /* count * count */
    size_t room;
};

struct group_scorer {
    const struct list *list;
    const struct model *model;
    struct comparer *comparer;
    bool in_tables; /* no feature stands in the place of another but for the names */
    struct table tables[LIST_FEATURES];
    struct weighed sums[TABLE_RECORDS];
    uint8_t agreeing[TABLE_RECORDS]; /* of given and family name, how many agree */
};

struct group_scorer *group_scorer_new(const struct list *list, const struct model *model)
{
    struct group_scorer *g = mem_alloc(sizeof *g);
    g->list = list;
    g->model = model;
    g->comparer = comparer_new(list);
    g->in_tables = true;
    for (size_t f = FEATURE_REST; f + 1 < list->features_count; f++)
        for (size_t k = f + 1; k < list->features_count; k++)
            g->in_tables = g->in_tables && list->features[f].values != list->features[k].values;
    return g;
}

void group_scorer_free(struct group_scorer *g)
{
    for (size_t f = 0; f < LIST_FEATURES; f++)
        mem_free(g->tables[f].entries);
    comparer_free(g->comparer);
    mem_free(g);
}

static float held(float odds, float limit)
{
    return fminf(fmaxf(odds, -limit), limit);
}

static float pair_odds(struct group_scorer *g, uint32_t left, uint32_t right)
{
    const uint32_t *a = list_record(g->list, left), *b = list_record(g->list, right);
    struct evidence e;
    evidence_of(g->comparer, a, b, &e);
    return model_odds(g->model, g->list, a, b, &e);
}

static bool odds_of_pairs(struct group_scorer *g, const uint32_t *records, size_t count,
                          float limit, float *odds)
{
    bool good = true;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            float o = pair_odds(g, records[i], records[j]);
            good = good && o > 0;
            odds[i * count + j] = odds[j * count + i] = held(o, limit);
        }
    return good;
}

static void table_values(struct group_scorer *g, size_t feature, const uint32_t *records,
                         size_t count)
{
    struct table *t = &g->tables[feature];
    t->values[0] = 0;
    t->count = 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t value = list_record(g->list, records[i])[feature];
        size_t at = 0;
        while (at < t->count && t->values[at] != value)
            at++;
        if (at == t->count)
            t->values[t->count++] = value;
        t->of[i] = (uint16_t)at;
    }
    if (t->count * t->count > t->room) {
        t->room = t->count * t->count * 2;
        t->entries = mem_resize_array(t->entries, t->room, sizeof *t->entries);
    }
}

static void table_fill(struct group_scorer *g, size_t feature)
{
    struct table *t = &g->tables[feature];
    for (size_t a = 0; a < t->count; a++)
        for (size_t b = 0; b <= a; b++) {
            uint32_t left = t->values[a], right = t->values[b];
            enum level level = value_level(g->comparer, feature, left, right);
            struct entry e = {.agrees = level != LEVEL_MISSING && level <= LEVEL_NEAR};
            e.weighed = model_weighed(g->model, g->list, feature, left, right, level);
            t->entries[a * t->count + b] = t->entries[b * t->count + a] = e;
        }
}

/* adds what a feature comes to between record i and those behind it */
static void row_add(struct group_scorer *g, size_t feature, size_t i, size_t count)
{
    const struct table *t = &g->tables[feature];
    const struct entry *row = t->entries + t->of[i] * t->count;
    for (size_t j = i + 1; j < count; j++) {
        const struct entry *e = &row[t->of[j]];
        g->sums[j].person += e->weighed.person;
        g->sums[j].kin += e->weighed.kin;
        g->sums[j].beside |= e->weighed.beside;
    }
    for (size_t j = i + 1; j < count && feature <= FEATURE_FAMILY; j++)
        g->agreeing[j] = (uint8_t)(g->agreeing[j] + row[t->of[j]].agrees);
}

bool group_odds(struct group_scorer *g, const uint32_t *records, size_t count, float limit,
                float *odds)
{
    bool good = true;
    if (!g->in_tables || count > TABLE_RECORDS)
        return odds_of_pairs(g, records, count, limit, odds);
    for (size_t f = 0; f < g->list->features_count; f++) {
        table_values(g, f, records, count);
        table_fill(g, f);
    }
    for (size_t i = 0; i + 1 < count; i++) {
        memset(g->sums + i, 0, (count - i) * sizeof *g->sums);
        memset(g->agreeing + i, 0, count - i);
        for (size_t f = 0; f < g->list->features_count; f++)
            row_add(g, f, i, count);
        for (size_t j = i + 1; j < count; j++) {
            float o = g->agreeing[j] ? model_odds_of(g->model, &g->sums[j])
                                     : pair_odds(g, records[i], records[j]);
            good = good && o > 0;
            odds[i * count + j] = odds[j * count + i] = held(o, limit);
        }
    }
    return good;
}
