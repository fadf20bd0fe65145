/* Averaging over decomposable graphs (Madigan, York 1997, Biometrika 84; the R package dga): the
 * lists of a clique depend on each other in any way, lists that a set of others separates not at
 * all given those. The posterior of graph and N is exact; only what is beyond `most` unseen is cut
 * off. */
#ifndef GOVAH_ESTIMATE_GRAPHS_H
#define GOVAH_ESTIMATE_GRAPHS_H

#include "estimate/overlap.h"

enum { GRAPH_LISTS_LIMIT = 5, GRAPH_CLIQUES_LIMIT = 5, GRAPHS_LIMIT = 822 };

struct graph {
    uint32_t cliques[GRAPH_CLIQUES_LIMIT], separators[GRAPH_CLIQUES_LIMIT];
    size_t cliques_count, separators_count; /* a separator may come twice, and may be empty */
};

/* All decomposable graphs of 2 to 5 lists: 2, 8, 61, 822 of them. */
size_t graphs_list(size_t lists, struct graph out[static GRAPHS_LIMIT]);

struct graph_density {
    double people, density; /* N, and the share of one number there */
};

struct graph_posterior {
    double mean, median, low, high;  /* of N; 2.5% and 97.5% */
    double most;                     /* of the unseen, as given */
    double at_bound;                 /* share of the last fiftieth of 1 … most */
    double saturated;                /* share of the graph without any independence */
    struct graph_density *densities; /* by rising N */
    size_t densities_count;
};

/* With p lists, δ_C = δ·2^{p−|C|} in each cell of the margin C, and prior ∝ 1/N over N:
 * log p(graph, n₀ | data) = Σ_cliques L_C − Σ_separators L_C + log Γ(2^p δ) − log Γ(N + 2^p δ)
 * + log Γ(N+1) − log Γ(n₀+1) − log N + constant, L_C = Σ_c log Γ(y_c+δ_C) − 2^{|C|} log Γ(δ_C),
 * normalised over graph × n₀ from 1, as in dga, to `most`. Cliques outnumber separators by one, as
 * empty separators count. Beyond the first few hundred, log p is a polynomial in n₀ over each
 * sixty-fourth to within 1e-8 for ten thousand individuals (4e-6 for ten million), and is taken
 * from five numbers there; so the work grows with log `most`, and so does the memory. For 2 to
 * GRAPH_LISTS_LIMIT lists. */
void graphs_posterior(const struct overlap *, double delta, double most, struct arena *,
                      struct graph_posterior *);

/* δ as dga takes it: 2 to the power of minus the number of lists. */
double graphs_delta(size_t lists);

#endif
