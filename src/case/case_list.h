/* The people on record of whom something holds on a day. */
#ifndef GOVAH_CASE_CASE_LIST_H
#define GOVAH_CASE_CASE_LIST_H

#include "case/case.h"

/* What people are asked by. */
enum facet {
    FACET_STATE,       /* that they may have been in on the day; "held": any in which one is */
    FACET_GROUP,       /* a role or an occupation that is said of them, or a part of it */
    FACET_CHARGE,      /* a charge of data/country by its id, or a part of one as written */
    FACET_PLACE,       /* a part of a place or prison that a life event names */
    FACET_PRISON,      /* a part of a prison */
    FACET_SEX,         /* as it is stated, whole; never guessed from a name */
    FACET_NATIONALITY, /* likewise */
    FACET_ARRESTED,    /* a date: they may have been taken into prison on one of its days */
    FACETS
};

/* "state", "group"...: what options and fields of addresses are called. */
const char *facet_name(enum facet);
/* FACETS for a name that none has. */
enum facet facet_find(struct str name);

/* An empty field asks nothing. Texts are compared folded. */
struct case_question {
    struct str of[FACETS];
    struct str name; /* a part of a spelling */
    int64_t day;     /* by it the states are told */
};

struct case_row {
    const struct case_person *person;
    struct case_standing standing; /* by what was accepted, if that alone fits; else by all */
    bool proposed;                 /* only what nobody decided makes it fit */
    bool doubtful;                 /* something on record contradicts */
    size_t documents;
};

/* REFUSED for a state that there is not, and for a date that is none. Rows by name, then by
 * address; in the arena. */
MUST_USE enum outcome case_list(const struct case_rules *, const struct case_question *,
                                const struct case_person *, size_t people, struct arena *,
                                struct case_row **, size_t *count, struct fault *why);

#endif
