#include "estimate/graphs.h"

#include <math.h>

/* ---- which graphs there are ---- */

static bool is_complete(uint32_t lists, const uint32_t *neighbours)
{
    for (size_t i = 0; i < GRAPH_LISTS_LIMIT; i++)
        if (lists >> i & 1 && (lists & ~neighbours[i] & ~(UINT32_C(1) << i)))
            return false;
    return true;
}

/* the greatest complete sets; false when there are more than a decomposable graph has */
static bool find_cliques(size_t lists, const uint32_t *neighbours, struct graph *g)
{
    for (uint32_t set = (UINT32_C(1) << lists) - 1; set > 0; set--) {
        bool greatest = is_complete(set, neighbours);
        for (size_t i = 0; greatest && i < lists; i++)
            greatest = set >> i & 1 || !is_complete(set | UINT32_C(1) << i, neighbours);
        if (!greatest)
            continue;
        if (g->cliques_count == GRAPH_CLIQUES_LIMIT)
            return false;
        g->cliques[g->cliques_count++] = set;
    }
    return true;
}

static int size_of(uint32_t set)
{
    return __builtin_popcount(set);
}

/* A tree over the cliques with the greatest overlaps. The graph is decomposable if and only if
 * their sizes add up to those of the cliques less the number of lists (Jensen 1988). */
static bool find_separators(size_t lists, struct graph *g)
{
    bool joined[GRAPH_CLIQUES_LIMIT] = {true};
    int sizes = size_of(g->cliques[0]);
    for (size_t step = 1; step < g->cliques_count; step++) {
        size_t next = 0;
        uint32_t widest = 0;
        for (size_t i = 0; i < g->cliques_count; i++)
            for (size_t k = 0; joined[i] && k < g->cliques_count; k++) {
                uint32_t shared = g->cliques[i] & g->cliques[k];
                if (joined[k] || (next && size_of(shared) <= size_of(widest)))
                    continue;
                next = k;
                widest = shared;
            }
        joined[next] = true;
        sizes += size_of(g->cliques[next]) - size_of(widest);
        g->separators[g->separators_count++] = widest;
    }
    return sizes == (int)lists;
}

size_t graphs_list(size_t lists, struct graph out[static GRAPHS_LIMIT])
{
    size_t pairs = lists * (lists - 1) / 2, count = 0;
    for (size_t edges = 0; edges < (size_t)1 << pairs; edges++) {
        uint32_t neighbours[GRAPH_LISTS_LIMIT] = {0};
        struct graph g = {0};
        size_t at = 0;
        for (size_t i = 1; i < lists; i++)
            for (size_t k = 0; k < i; k++, at++)
                if (edges >> at & 1) {
                    neighbours[i] |= UINT32_C(1) << k;
                    neighbours[k] |= UINT32_C(1) << i;
                }
        if (find_cliques(lists, neighbours, &g) && find_separators(lists, &g))
            out[count++] = g;
    }
    return count;
}

/* ---- the posterior ---- */

enum { SETS = 1 << GRAPH_LISTS_LIMIT, NODES = 5, STEPS_LIMIT = 256, COARSE = 64 };

struct weighing {
    size_t lists, sets;
    double total, whole; /* n, 2^p δ */
    double fixed[SETS];  /* of L_C, what does not change with n₀ */
    double open[SETS];   /* y₀ + δ_C of the margin's cell that changes */
    struct graph graphs[GRAPHS_LIMIT];
    double constants[GRAPHS_LIMIT];
    size_t count;
};

/* Numbers of unseen [from, from + count), and the logarithm of their weight as the polynomial
 * through NODES of them; where there are no more than that, the weights themselves. */
struct block {
    double from, count;
    double mass[NODES], saturated[NODES]; /* logarithms */
};

static double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

/* counts by the part of a mask that lies in `margin` */
static void fix_margin(struct weighing *w, const struct overlap *o, uint32_t margin, double delta)
{
    double counts[SETS] = {0}, in_cell = ldexp(delta, (int)w->lists - size_of(margin)), sum = 0;
    for (size_t i = 0; i < o->cells_count; i++)
        counts[o->cells[i].lists & margin] += (double)o->cells[i].count;
    for (uint32_t set = 1; set < w->sets; set++)
        if ((set & margin) == set)
            sum += log_gamma(counts[set] + in_cell);
    w->fixed[margin] = sum - ldexp(log_gamma(in_cell), size_of(margin));
    w->open[margin] = counts[0] + in_cell;
}

static double add_up(const struct graph *g, const double *of_set, double sum)
{
    for (size_t i = 0; i < g->cliques_count; i++)
        sum += of_set[g->cliques[i]];
    for (size_t i = 0; i < g->separators_count; i++)
        sum -= of_set[g->separators[i]];
    return sum;
}

static void begin(struct weighing *w, const struct overlap *o, double delta)
{
    w->lists = o->lists;
    w->sets = (size_t)1 << o->lists;
    w->total = (double)o->total;
    w->whole = ldexp(delta, (int)o->lists);
    for (uint32_t margin = 0; margin < w->sets; margin++)
        fix_margin(w, o, margin, delta);
    w->count = graphs_list(o->lists, w->graphs);
    for (size_t g = 0; g < w->count; g++)
        w->constants[g] = add_up(&w->graphs[g], w->fixed, 0);
}

/* The logarithm of the weight of n₀ over all graphs, and of its part in the one without any
 * independence. Cliques outnumber separators by one, the empty ones counted. */
static double weigh(const struct weighing *w, double unseen, double *saturated)
{
    double margins[SETS], values[GRAPHS_LIMIT], top = -INFINITY, sum = 0,
                                                people = w->total + unseen;
    double shared =
        log_gamma(people + 1) - log_gamma(unseen + 1) - log(people) - log_gamma(people + w->whole);
    for (size_t set = 0; set < w->sets; set++)
        margins[set] = log_gamma(w->open[set] + unseen);
    for (size_t g = 0; g < w->count; g++) {
        values[g] = add_up(&w->graphs[g], margins, w->constants[g] + shared);
        top = fmax(top, values[g]);
        if (w->graphs[g].cliques_count == 1)
            *saturated = values[g];
    }
    for (size_t g = 0; g < w->count; g++)
        sum += values[g] > top - 45 ? exp(values[g] - top) : 0;
    return top + log(sum);
}

/* where the nodes stand in a block, from 0 to 1 (Chebyshev, Lobatto) */
static const double places[NODES] = {0, 0.1464466094067262, 0.5, 0.8535533905932738, 1};

static bool is_listed(const struct block *b)
{
    return b->count <= NODES;
}

static void weigh_block(const struct weighing *w, struct block *b)
{
    for (size_t i = 0; i < NODES; i++) {
        double place = is_listed(b) ? fmin((double)i, b->count - 1) : places[i] * (b->count - 1);
        b->mass[i] = weigh(w, b->from + place, &b->saturated[i]);
    }
}

/* the polynomial through the nodes, `place` from 0 to 1 (Lagrange) */
static double interpolate(const double values[NODES], double place)
{
    double sum = 0;
    for (size_t i = 0; i < NODES; i++) {
        double part = values[i];
        for (size_t k = 0; k < NODES; k++)
            part *= k == i ? 1 : (place - places[k]) / (places[i] - places[k]);
        sum += part;
    }
    return sum;
}

/* A block in steps: of one number each, or of many where there are many. */
static double step_size(const struct block *b)
{
    return b->count <= STEPS_LIMIT ? 1 : b->count / STEPS_LIMIT;
}

static double step_weight(const struct block *b, const double values[NODES], double step,
                          double top)
{
    double size = step_size(b);
    if (is_listed(b))
        return exp(values[(size_t)step] - top);
    double middle = size * (step + 0.5) - 0.5;
    return size * exp(interpolate(values, middle / (b->count - 1)) - top);
}

static double steps_of(const struct block *b)
{
    return fmin(b->count, STEPS_LIMIT);
}

static double block_weight(const struct block *b, const double values[NODES], double top)
{
    double sum = 0;
    for (double step = 0; step < steps_of(b); step++)
        sum += step_weight(b, values, step, top);
    return sum;
}

/* Blocks from 1 to `most` unseen, each a COARSE-th of what lies before it. */
static size_t list_blocks(double most, struct arena *arena, struct block **out)
{
    size_t count = 0, room = 0;
    *out = NULL;
    for (double from = 1, size; from <= most; from += size) {
        size = fmin(fmax(1, floor(from / COARSE)), most + 1 - from);
        *out = arena_grow(arena, *out, count, &room, sizeof **out);
        (*out)[count++] = (struct block){.from = from, .count = size};
    }
    return count;
}

/* the number at which so much of the weight lies at it or below */
static void find_quantile(const struct block *blocks, size_t count, double top, double wanted,
                          double *to)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        for (double step = 0; step < steps_of(&blocks[i]); step++) {
            double weight = step_weight(&blocks[i], blocks[i].mass, step, top);
            if (sum + weight >= wanted) {
                double size = step_size(&blocks[i]);
                *to += blocks[i].from + ceil(size * (step + (wanted - sum) / weight)) - 1;
                return;
            }
            sum += weight;
        }
    *to += blocks[count - 1].from + blocks[count - 1].count - 1;
}

static void sum_up(const struct block *blocks, size_t count, double total,
                   struct graph_posterior *p)
{
    double sum = 0, top = -INFINITY;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < NODES; k++)
            top = fmax(top, blocks[i].mass[k]);
    for (size_t i = 0; i < count; i++) {
        const struct block *b = &blocks[i];
        double weight = block_weight(b, b->mass, top), middle = b->from + (b->count - 1) / 2;
        sum += weight;
        p->saturated += block_weight(b, b->saturated, top);
        p->at_bound += b->from >= p->most * 0.98 ? weight : 0;
        p->densities[i] = (struct graph_density){total + middle, weight / b->count};
        for (double step = 0; step < steps_of(b); step++)
            p->mean +=
                step_weight(b, b->mass, step, top) * (b->from + step_size(b) * (step + 0.5) - 0.5);
    }
    p->mean = total + p->mean / sum;
    p->saturated /= sum;
    p->at_bound /= sum;
    for (size_t i = 0; i < count; i++)
        p->densities[i].density /= sum;
    p->low = p->median = p->high = total;
    find_quantile(blocks, count, top, 0.025 * sum, &p->low);
    find_quantile(blocks, count, top, 0.5 * sum, &p->median);
    find_quantile(blocks, count, top, 0.975 * sum, &p->high);
}

double graphs_delta(size_t lists)
{
    return ldexp(1, -(int)lists);
}

void graphs_posterior(const struct overlap *o, double delta, double most, struct arena *arena,
                      struct graph_posterior *p)
{
    struct weighing *w = mem_alloc(sizeof *w);
    struct block *blocks;
    size_t count = list_blocks(most, arena, &blocks);
    begin(w, o, delta);
    for (size_t i = 0; i < count; i++)
        weigh_block(w, &blocks[i]);
    *p = (struct graph_posterior){.most = most, .densities_count = count};
    p->densities = arena_alloc(arena, count * sizeof *p->densities);
    sum_up(blocks, count, w->total, p);
    mem_free(w);
}
