/* Lower bounds of the number of individuals, after Chao: what lists' overlaps demand at the least
 * when people differ in how easily they are recorded. Bounds, never estimates. */
#ifndef GOVAH_ESTIMATE_CHAO_H
#define GOVAH_ESTIMATE_CHAO_H

#include "estimate/overlap.h"

struct chao_bounds {
    double corrected; /* n + (t−1) f₁(f₁−1) / (2t (f₂+1)): bias-corrected, all lists alike */
    double alike;     /* Mh, uncorrected: all lists alike */
    double unlike;    /* Mth, uncorrected: each list reaches another share */
};

/* f_k people are on k of the t lists. The uncorrected bounds are log-linear (Rivest, Baillargeon
 * 2007, Biometrics 63): log μ = γ + Σ β + Σ η_k max(0, |ω| − k), k from 2 to t − 1, of which no η
 * is negative. NAN where they cannot be fitted, as where nobody is on exactly two lists. */
struct chao_bounds chao_bounds(const struct overlap *);

#endif
