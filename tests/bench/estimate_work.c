/* estimate-work MODE [ARGUMENT...]: a piece of work on overlap tables for script/bench estimate,
 * what it took and what came of it on one line.
 *   catalogue FILE RUNS: seconds of the median run, models
 *   bootstrap FILE RESAMPLES THREADS: seconds, estimate, low, high
 *   graphs FILE: seconds, megabytes, median, low, high
 *   latent FILE CLASSES DRAWS THREADS SEED gibbs|integrated: seconds, R-hat, bulk, tail, low,
 *     median, high
 *   calibrate TABLES: how often the truth lay in each tenth of the draws
 *   cover TABLES, cover-two TABLES: share of 95% intervals that hold the truth, with the usual
 *     prior of α, and of those that span both priors, as an assessment reports them; share of
 *     these that end below it, that begin above it, mean width over N; populations drawn from the
 *     prior, or in two classes
 */
#include <math.h>
#include <sys/resource.h>
#include <time.h>

#include "base/file.h"
#include "base/in_order.h"
#include "estimate/bootstrap.h"
#include "estimate/graphs.h"
#include "estimate/latent.h"
#include "estimate/random.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static size_t number_of(const char *text)
{
    return (size_t)strtoull(text, NULL, 10);
}

static struct overlap read_table(const char *path, struct arena *arena)
{
    struct overlap *tables;
    struct fault why;
    struct buf bytes;
    size_t count;
    buf_init(&bytes, 1 << 20);
    if (file_read(path, 1 << 20, &bytes, &why) != OK ||
        overlap_read(arena_copy(arena, buf_str(&bytes)), &(struct overlap_columns){0}, arena,
                     &tables, &count, &why) != OK) {
        fprintf(stderr, "%s: %s\n", path, why.text);
        exit(1);
    }
    buf_release(&bytes);
    return tables[0];
}

static void run_catalogue(const struct overlap *o, size_t runs, struct arena *arena)
{
    double *seconds = mem_alloc(runs * sizeof *seconds);
    struct catalogue c;
    for (size_t i = 0; i < runs; i++) {
        double start = now();
        catalogue_fit(o, 1, NULL, arena, &c);
        seconds[i] = now() - start;
    }
    sort_numbers(seconds, runs);
    printf("%.6f %zu\n", seconds[runs / 2], c.estimable);
    mem_free(seconds);
}

static void run_bootstrap(const struct overlap *o, size_t resamples, size_t threads)
{
    struct bootstrap_options options = {.resamples = resamples, .seed = 1, .threads = threads};
    struct bootstrap b;
    double start = now();
    bootstrap_stepwise(o, &options, &b);
    printf("%.6f %.0f %.0f %.0f\n", now() - start, b.chosen.fit.estimate, b.low, b.high);
}

static void run_graphs(const struct overlap *o, struct arena *arena)
{
    struct graph_posterior p;
    struct rusage used;
    double start = now();
    graphs_posterior(o, graphs_delta(o->lists), 100 * (double)o->total, arena, &p);
    double seconds = now() - start;
    getrusage(RUSAGE_SELF, &used);
    printf("%.6f %.1f %.0f %.0f %.0f\n", seconds, (double)used.ru_maxrss / 1024, p.median, p.low,
           p.high);
}

static void run_latent(const struct overlap *o, char **argv, struct arena *arena)
{
    struct latent_options options = latent_defaults();
    struct latent l;
    options.classes = number_of(argv[0]);
    options.least = options.most = number_of(argv[1]);
    options.threads = number_of(argv[2]);
    options.seed = number_of(argv[3]);
    options.plain = strcmp(argv[4], "gibbs") == 0;
    double start = now();
    latent_run(o, &options, arena, &l);
    printf("%.4f %.5f %.1f %.1f %.1f %.1f %.1f\n", now() - start, l.diagnosis.shrink,
           l.diagnosis.bulk, l.diagnosis.tail, l.low, l.median, l.high);
}

/* ---- tables made by chance ---- */

enum { LISTS = 4, PEOPLE = 2000 };
enum trials { CALIBRATE, COVER, COVER_TWO };
static const char *const trial_modes[] = {
    [CALIBRATE] = "calibrate", [COVER] = "cover", [COVER_TWO] = "cover-two"};

struct trial {
    uint64_t number;
    enum trials kind;
    int64_t tenth;           /* calibrate */
    bool alone;              /* cover: the interval of the usual prior of α holds the truth */
    bool is_below, is_above; /* that of both priors ends below the truth, begins above it */
    double width;            /* of the interval, over N */
};

static void fill_cells(struct overlap *o, const int64_t *counts)
{
    o->cells_count = 0;
    o->total = 0;
    for (uint32_t set = 1; set < UINT32_C(1) << o->lists; set++)
        if (counts[set]) {
            o->cells[o->cells_count++] = (struct overlap_cell){set, counts[set]};
            o->total += counts[set];
        }
}

/* from the prior, given the documented (Talts and others 2018); ties are broken by chance */
static void calibrate(struct trial *t, struct arena *arena)
{
    struct latent_options options = latent_defaults();
    struct overlap_cell cells[15];
    struct overlap o = {.lists = 4, .cells = cells};
    int64_t counts[16];
    size_t below = 0, equal = 0;
    struct latent l;
    struct random r = random_of(99, t->number);
    options.classes = 5;
    options.least = options.most = 400;
    options.seed = 1;
    int64_t unseen = latent_draw_prior(4, 200, &options, t->number, counts);
    fill_cells(&o, counts);
    options.seed = 1000 + t->number;
    latent_run(&o, &options, arena, &l);
    size_t all = l.chains * l.count;
    for (size_t i = 0; i < all; i++) {
        below += l.draws[i] < 200 + (double)unseen;
        equal += l.draws[i] == 200 + (double)unseen;
    }
    double rank = (double)below + floor(random_uniform(&r) * (double)(equal + 1));
    t->tenth = (int64_t)(rank * 10 / (double)(all + 1));
}

/* two classes, drawn anew each time: one that is easily recorded, one that is not */
static void draw_two(struct random *r, double *weights)
{
    double share = 0.3 + 0.4 * random_uniform(r);
    for (int class = 0; class < 2; class ++) {
        double on[LISTS];
        for (size_t j = 0; j < LISTS; j++)
            on[j] = class ? 0.1 + 0.3 * random_uniform(r) : 0.3 + 0.4 * random_uniform(r);
        for (uint32_t set = 0; set < 16; set++) {
            double part = class ? 1 - share : share;
            for (size_t j = 0; j < LISTS; j++)
                part *= set >> j & 1 ? on[j] : 1 - on[j];
            weights[set] += part;
        }
    }
}

static void cover(struct trial *t, struct arena *arena)
{
    struct latent_options options = latent_defaults();
    struct random r = random_of(7, t->number);
    struct overlap_cell cells[15];
    struct overlap o = {.lists = LISTS, .cells = cells};
    double weights[16] = {0};
    int64_t counts[16];
    struct latent l, other;
    if (t->kind == COVER)
        latent_draw_cells(LISTS, &options, &r, weights);
    else
        draw_two(&r, weights);
    random_multinomial(&r, PEOPLE, weights, 16, counts);
    fill_cells(&o, counts);
    options.seed = t->number;
    options.enough = 1000;
    options.least = 400;
    options.most = 4000;
    latent_run(&o, &options, arena, &l);
    options.shape = options.rate = 1;
    latent_run(&o, &options, arena, &other);
    t->alone = l.low <= PEOPLE && PEOPLE <= l.high;
    l.low = fmin(l.low, other.low);
    l.high = fmax(l.high, other.high);
    t->is_below = l.high < PEOPLE;
    t->is_above = l.low > PEOPLE;
    t->width = (l.high - l.low) / PEOPLE;
}

static void try_one(void *context, void *piece)
{
    struct trial *t = piece;
    struct arena arena;
    (void)context;
    arena_init(&arena);
    if (t->kind == CALIBRATE)
        calibrate(t, &arena);
    else
        cover(t, &arena);
    arena_release(&arena);
}

static void run_trials(size_t count, enum trials kind)
{
    struct trial *all = mem_alloc(count * sizeof *all);
    struct in_order *order = in_order_new(in_order_processors(), try_one, NULL);
    size_t tenths[10] = {0}, alone = 0, below = 0, above = 0;
    double width = 0, each = 1 / (double)count;
    for (size_t added = 0, taken = 0; taken < count; taken++) {
        for (; added < count && in_order_has_room(order); added++) {
            all[added] = (struct trial){.number = added, .kind = kind};
            in_order_add(order, &all[added]);
        }
        const struct trial *t = in_order_take(order);
        tenths[t->tenth]++;
        alone += t->alone;
        below += t->is_below;
        above += t->is_above;
        width += t->width * each;
    }
    in_order_free(order);
    mem_free(all);
    for (size_t i = 0; kind == CALIBRATE && i < 10; i++)
        printf("%zu ", tenths[i]);
    if (kind != CALIBRATE)
        printf("%.4f %.4f %.4f %.4f %.3f", (double)alone * each,
               (double)(count - below - above) * each, (double)below * each, (double)above * each,
               width);
    putchar('\n');
}

int main(int argc, char **argv)
{
    struct arena arena;
    const char *mode = argc > 2 ? argv[1] : "";
    arena_init(&arena);
    for (enum trials i = CALIBRATE; i <= COVER_TWO; i++)
        if (strcmp(mode, trial_modes[i]) == 0) {
            run_trials(number_of(argv[2]), i);
            return 0;
        }
    if (argc < 3)
        return 2;
    struct overlap o = read_table(argv[2], &arena);
    if (strcmp(mode, "catalogue") == 0 && argc == 4)
        run_catalogue(&o, number_of(argv[3]), &arena);
    else if (strcmp(mode, "bootstrap") == 0 && argc == 5)
        run_bootstrap(&o, number_of(argv[3]), number_of(argv[4]));
    else if (strcmp(mode, "graphs") == 0)
        run_graphs(&o, &arena);
    else if (strcmp(mode, "latent") == 0 && argc == 8)
        run_latent(&o, argv + 3, &arena);
    else
        return 2;
    arena_release(&arena);
    return 0;
}
