/* Log-linear models of an overlap table: log μ_ω = Σ_{θ⊆ω} α_θ, fitted as Poisson counts by
 * Newton's method; the estimate is N̂ = n + exp(α_∅).
 *
 * Every sum over cells that the method needs is one over the supersets of a set, so each step
 * transforms the 2^t cells once and looks the rest up.
 *
 * Sparse tables (Chan, Silverman, Vincent 2021, Journal of the American Statistical Association
 * 116): where nobody is on all lists of a term θ of the model, α_θ = −∞ and the cells ⊇ θ are left
 * out. The parameter still counts. */
#ifndef GOVAH_ESTIMATE_LOGLINEAR_H
#define GOVAH_ESTIMATE_LOGLINEAR_H

#include "estimate/overlap.h"

/* A model is hierarchical: with a term, all that it contains. The main effects and the constant are
 * always in and not listed. */
enum { MODEL_TERMS_LIMIT = 80 };

struct model {
    uint32_t terms[MODEL_TERMS_LIMIT]; /* sets of two lists and more */
    size_t count;
};

/* Room to fit models of tables of so many lists, for one thread; mem_alloc'd. */
struct fitter;
struct fitter *fitter_new(size_t lists);
void fitter_free(struct fitter *);
size_t fitter_lists(const struct fitter *);

struct fit {
    bool converged;    /* else the rest means nothing */
    double unseen;     /* exp(α_∅) */
    double estimate;   /* N̂ */
    double error;      /* standard error of N̂: √(û + û² Var α̂_∅) */
    double deviance;   /* against the saturated model */
    double likelihood; /* log, Poisson, with its constants */
    double bic;        /* p·log n − 2·likelihood */
    size_t parameters; /* with those at −∞ */
    int freedom;       /* 2^t − 1 − p */
};

/* Fits the model to counts by mask (overlap_counts); counts[0] is not looked at. The table may be a
 * resample in which a list is empty. */
void fitter_fit(struct fitter *, const double *counts, const struct model *, struct fit *);

/* The least deviance when the unseen are held at so many, above 0; infinite when it cannot be
 * fitted. */
double fitter_profile(struct fitter *, const double *counts, const struct model *, double unseen);

/* What the last fitter_fit expects in each cell, by mask; cells left out are 0. */
const double *fitter_fitted(const struct fitter *);

/* What the last fitter_fit expects on all of these lists. */
double fitter_margin(const struct fitter *, uint32_t lists);

/* The 95% profile interval of N: where fitter_profile is within χ²₁(0.95) of its least. *high is
 * infinite when the deviance does not rise; both are NAN when the model cannot be fitted. */
void fitter_interval(struct fitter *, const double *counts, const struct model *, double *low,
                     double *high);

/* Whether a maximum exists and is unique: 0 both; 1 no maximum, after Fienberg and Rinaldo (2012,
 * Annals of Statistics 40): maximise s subject to Ax = t, xᵢ ≥ s, where s = 0; plus 2 when the
 * parameters cannot be told apart. */
enum existence { EXISTS = 0, EXISTS_NOT = 1, EXISTS_MANY = 2, EXISTS_NEITHER = 3 };
enum existence fitter_existence(struct fitter *, const double *counts, const struct model *);

#endif
