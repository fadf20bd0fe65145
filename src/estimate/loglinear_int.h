/* What the files of loglinear.h share. */
#ifndef GOVAH_ESTIMATE_LOGLINEAR_INT_H
#define GOVAH_ESTIMATE_LOGLINEAR_INT_H

#include "estimate/loglinear.h"

enum { PARAMETERS_LIMIT = MODEL_TERMS_LIMIT + OVERLAP_LISTS_LIMIT + 1 };

struct fitter {
    size_t lists, sets;             /* sets: 2^lists */
    double *counts, *fitted, *work; /* by mask */
    double *sums;                   /* over supersets, of the expected counts */
    bool *open;                     /* by mask: the cell is fitted */
    uint32_t terms[PARAMETERS_LIMIT];
    size_t terms_count; /* finite parameters, the constant first */
    size_t dropped;     /* parameters at −∞ */
    double constant;    /* added to every cell's logarithm: α_∅ where it is held */
    double alpha[PARAMETERS_LIMIT], score[PARAMETERS_LIMIT];
    double matrix[PARAMETERS_LIMIT * PARAMETERS_LIMIT];
};

/* For each set the sum over its supersets, in place. */
void sum_supersets(double *values, size_t lists);

/* Takes the counts, finds the parameters that are finite and the cells that are fitted. */
void fitter_prepare(struct fitter *, const double *counts, const struct model *);

/* The lower triangle of L in LLᵀ = matrix, in place (size × size, by rows); false when the matrix
 * is not positive definite. */
bool matrix_factor(double *matrix, size_t size);

/* Solves LLᵀx = right, in place. */
void matrix_solve(const double *factor, size_t size, double *right);

#endif
