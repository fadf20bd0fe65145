#include "estimate/catalogue.h"

#include <math.h>

#include "base/in_order.h"

static size_t size_of(uint32_t set)
{
    return (size_t)__builtin_popcount(set);
}

/* ---- which models there are ---- */

struct terms {
    uint32_t pairs[16], triples[4];
    size_t pairs_count, triples_count;
};

static struct terms terms_of(size_t lists)
{
    struct terms t = {0};
    for (uint32_t set = 1; set < UINT32_C(1) << lists; set++)
        if (size_of(set) == 2)
            t.pairs[t.pairs_count++] = set;
        else if (size_of(set) == 3 && lists == 4)
            t.triples[t.triples_count++] = set;
    return t;
}

static bool has_term(const struct model *m, uint32_t term)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->terms[i] == term)
            return true;
    return false;
}

static bool holds_parts(const struct model *m, const struct terms *t, uint32_t term)
{
    for (size_t i = 0; i < t->pairs_count; i++)
        if ((t->pairs[i] & term) == t->pairs[i] && !has_term(m, t->pairs[i]))
            return false;
    return true;
}

/* bit i of `chosen` is a pair, behind them the triples; false when it is not hierarchical */
static bool choose(const struct terms *t, size_t chosen, struct model *m)
{
    m->count = 0;
    for (size_t i = 0; i < t->pairs_count; i++)
        if (chosen >> i & 1)
            m->terms[m->count++] = t->pairs[i];
    for (size_t i = 0; i < t->triples_count; i++)
        if (chosen >> (t->pairs_count + i) & 1) {
            if (!holds_parts(m, t, t->triples[i]))
                return false;
            m->terms[m->count++] = t->triples[i];
        }
    return true;
}

/* ---- fitting them ---- */

enum { PIECE = 256 };

struct piece {
    struct candidate *from;
    size_t count;
    const double *counts;
    size_t lists;
    bool check;
};

static void fit_piece(void *context, void *at)
{
    struct piece *p = at;
    struct fitter *f = fitter_new(p->lists);
    (void)context;
    for (size_t i = 0; i < p->count; i++) {
        fitter_fit(f, p->counts, &p->from[i].model, &p->from[i].fit);
        if (p->check)
            p->from[i].existence = fitter_existence(f, p->counts, &p->from[i].model);
    }
    fitter_free(f);
}

static void fit_all(const struct catalogue *c, size_t lists, const double *counts, size_t threads,
                    struct progress *bar, struct arena *arena)
{
    size_t pieces = (c->count + PIECE - 1) / PIECE, added = 0, done = 0;
    struct piece *all = arena_alloc(arena, pieces * sizeof *all);
    struct in_order *order = in_order_new(pieces > 1 ? threads : 1, fit_piece, NULL);
    for (; done < pieces; done++) {
        for (; added < pieces && in_order_has_room(order); added++) {
            size_t from = added * PIECE, left = c->count - from;
            all[added] = (struct piece){c->candidates + from, left < PIECE ? left : PIECE, counts,
                                        lists, lists <= 4};
            in_order_add(order, &all[added]);
        }
        (void)in_order_take(order);
        if (bar)
            progress_step(bar, done);
    }
    in_order_free(order);
}

static bool is_estimable(const struct candidate *c)
{
    return c->fit.converged && c->existence == EXISTS;
}

static int compare(const void *a, const void *b)
{
    const struct candidate *left = a, *right = b;
    if (is_estimable(left) != is_estimable(right))
        return is_estimable(left) ? -1 : 1;
    double x = left->fit.bic, y = right->fit.bic;
    return (x > y) - (x < y);
}

static void sort(struct catalogue *c)
{
    qsort(c->candidates, c->count, sizeof *c->candidates, compare);
    for (c->estimable = 0; c->estimable < c->count; c->estimable++)
        if (!is_estimable(&c->candidates[c->estimable]))
            break;
}

/* from the best on, as far as it matters */
static void check_best(struct catalogue *c, size_t lists, const double *counts)
{
    struct fitter *f = fitter_new(lists);
    double best = INFINITY;
    for (size_t i = 0; i < c->estimable && c->candidates[i].fit.bic <= best + 10; i++) {
        c->candidates[i].existence = fitter_existence(f, counts, &c->candidates[i].model);
        if (c->candidates[i].existence == EXISTS)
            best = fmin(best, c->candidates[i].fit.bic);
    }
    fitter_free(f);
    sort(c);
}

void catalogue_fit(const struct overlap *o, size_t threads, struct progress *bar,
                   struct arena *arena, struct catalogue *c)
{
    *c = (struct catalogue){0};
    if (o->lists < 3 || o->lists > CATALOGUE_LISTS_LIMIT)
        return;
    struct terms t = terms_of(o->lists);
    size_t sets = (size_t)1 << (t.pairs_count + t.triples_count), room = 0;
    for (size_t chosen = 0; chosen < sets; chosen++) {
        struct model m;
        if (!choose(&t, chosen, &m))
            continue;
        c->candidates = arena_grow(arena, c->candidates, c->count, &room, sizeof *c->candidates);
        c->candidates[c->count++] = (struct candidate){.model = m};
    }
    const double *counts = overlap_counts(o, arena);
    fit_all(c, o->lists, counts, threads, bar, arena);
    sort(c);
    if (o->lists > 4)
        check_best(c, o->lists, counts);
}

struct str model_name(const struct overlap *o, const struct model *m, struct arena *arena)
{
    struct str name = STR("");
    for (size_t i = 0; i < m->count; i++) {
        bool inside = false;
        for (size_t k = 0; k < m->count; k++)
            inside |= k != i && (m->terms[i] & m->terms[k]) == m->terms[i];
        if (inside)
            continue;
        struct str term = overlap_name(o, m->terms[i], arena);
        name = name.len ? arena_print(arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(term)) : term;
    }
    return name.len ? name : STR("independence");
}
