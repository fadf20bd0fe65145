/* A question about people, made ready, and whether what is said of somebody answers it. */
#ifndef GOVAH_ACCOUNT_CASE_ASKED_INT_H
#define GOVAH_ACCOUNT_CASE_ASKED_INT_H

#include "account/case_traits_int.h"

struct asked {
    const struct case_rules *rules;
    const struct case_question *question;
    struct arena *arena;
    uint32_t states;           /* 0: all */
    struct str folded[FACETS]; /* facet_folded of each */
    struct str name;           /* folded */
    int64_t first, last;       /* of FACET_ARRESTED */
};

/* REFUSED for a state that there is not, and for a date that is none. */
MUST_USE enum outcome asked_read(const struct case_rules *, const struct case_question *,
                                 struct arena *, struct asked *, struct fault *why);

/* What is asked of a facet, or a trait that tells of it, as the two are compared. */
struct str facet_folded(struct arena *, enum facet, struct str text);

/* Whether a trait is what is asked of a facet that has no days; both folded by facet_folded. */
bool facet_fits(enum facet, struct str kind, struct str value, struct str folded, struct str asked,
                struct str asked_folded);

/* Bit f: what is asked of facet f, on its days; `folded` by facet_folded. */
MUST_USE uint32_t asked_answers(const struct asked *, struct str kind, struct str value,
                                struct str folded);

/* The facets of which something is asked, a bit each. */
MUST_USE uint32_t asked_facets(const struct asked *);

#endif
