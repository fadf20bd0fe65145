/* Everything that is said about one overlap table: the methods side by side, what happens to them
 * when an assumption is moved, and whether the result may be cited. */
#ifndef GOVAH_ESTIMATE_ASSESS_H
#define GOVAH_ESTIMATE_ASSESS_H

#include "estimate/bootstrap.h"
#include "estimate/chao.h"
#include "estimate/doubt.h"
#include "estimate/graphs.h"
#include "estimate/latent.h"

enum method { METHOD_LOGLINEAR, METHOD_STEPWISE, METHOD_LATENT, METHOD_GRAPHS, METHODS };

/* An estimate with its interval of 95%; NAN where the method does not serve the table. */
struct estimate {
    double value, low, high;
};

/* What was changed for another run. */
enum change {
    CHANGE_LIST,    /* a list left out: `list` */
    CHANGE_CLASSES, /* K: `amount` */
    CHANGE_PRIOR,   /* a = b = `amount` of α */
    CHANGE_DELTA,   /* δ of the graphs times `amount`; 0: δ = 1 */
    CHANGE_MISSED,  /* a share `amount` of the true matches was missed */
    CHANGE_FALSE,   /* a share `amount` of the matches is false */
    CHANGE_MATCHER, /* both, as the matcher's scores have it: `amount` missed, `wrong` false */
};

struct scenario {
    enum change change;
    size_t list;
    double amount, wrong;
    struct estimate latent;   /* CHANGE_DELTA: of the graphs */
    struct estimate stepwise; /* without an interval; CHANGE_LIST and the matches */
    bool settled;             /* whether its chains were; true where there are none */
};

enum ruling { RULING_REPORT, RULING_DO_NOT_CITE, RULING_REFUSE };

enum reason_kind {
    /* to refuse */
    REASON_TWO_LISTS,   /* fewer than three */
    REASON_NO_OVERLAP,  /* nobody is on two lists */
    REASON_NO_MAXIMUM,  /* no model of the catalogue and not the stepwise one has an estimate */
    REASON_NOT_SETTLED, /* numbers: R̂, bulk, tail */
    REASON_AT_BOUND,    /* numbers: share at the bound, the bound */
    /* not to cite */
    REASON_MODELS,    /* within ΔBIC 2; numbers: least, most, how many */
    REASON_METHODS,   /* numbers: least, most */
    REASON_INTERVALS, /* two methods' intervals do not meet; numbers: an end, the next start */
    REASON_TWO_MODES, /* numbers: the modes; of the method `method` */
    REASON_ONE_CASE,  /* numbers: stepwise, with one case fewer */
    REASON_ONE_LIST,  /* numbers: with all, without list `list` */
    REASON_DELTA,     /* numbers: at δ, at another, that δ's factor */
    REASON_UNBOUNDED, /* the stepwise interval has no upper end; numbers: resamples without one */
    REASON_INSIDE,    /* list `list` lies inside list `other` */
    REASON_APART,     /* list `list` shares nobody with any other */
};

struct reason {
    enum reason_kind kind;
    enum method method;
    size_t list, other;
    double numbers[3];
};

enum { REASONS_LIMIT = 60, SCENARIOS_LIMIT = 40, MODELS_SHOWN = 8, MODES_LIMIT = 4 };

/* How many there are with two lists when being on one makes being on the other this much likelier,
 * as an odds ratio: n + ratio · n₁₀ n₀₁ / n₁₁. */
struct dependence {
    double ratio, people; /* infinite where nobody is on both */
};
enum { DEPENDENCES = 6 };

struct assessment {
    const struct overlap *overlap;
    struct dependence dependences[DEPENDENCES]; /* with two lists; with more, zeros */
    struct chao_bounds bounds;
    struct catalogue catalogue; /* kept whole */
    size_t close;               /* of its models: within ΔBIC 2 */
    struct bootstrap stepwise;
    struct latent latent;
    struct graph_posterior graphs; /* where they serve */
    struct estimate estimates[METHODS];
    /* What may be reported: the latent classes' median, with the widest interval that the priors of
     * α tried here give, for a posterior that holds on to few classes ends too low. */
    struct estimate reported;
    double modes[METHODS][MODES_LIMIT]; /* of the latent classes and the graphs */
    size_t modes_count[METHODS];
    struct scenario scenarios[SCENARIOS_LIMIT];
    size_t scenarios_count;
    struct reason reasons[REASONS_LIMIT]; /* the gravest first */
    size_t reasons_count;
    enum ruling ruling;
};

struct assess_options {
    struct latent_options latent;
    size_t resamples;
    size_t threads;           /* does not change a number */
    struct match_doubt doubt; /* where the matcher's scores are known */
    struct progress *bar;     /* or NULL */
};

struct assess_options assess_defaults(void);

/* Runs everything that serves a table of so many lists, in the arena. Lists that nobody of the
 * table is on are to be taken away before (overlap_without_empty). */
void assess(const struct overlap *, const struct assess_options *, struct arena *,
            struct assessment *);

/* The ruling that a kind of reason brings. */
enum ruling reason_ruling(enum reason_kind);

/* Judges anew from the numbers of an assessment: fills reasons and ruling. */
void assess_judge(struct assessment *);

/* The table as it would be had a share `missed` of the true matches been missed, or a share `wrong`
 * of the matches been false: one person of a cell of k lists is then two, one of them on one list
 * alone, each list as likely; counts rounded so that none is negative. */
struct overlap overlap_rematch(const struct overlap *, double missed, double wrong, struct arena *);

#endif
