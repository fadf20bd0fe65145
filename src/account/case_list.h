/* The people on record of whom something holds on a day. */
#ifndef GOVAH_ACCOUNT_CASE_LIST_H
#define GOVAH_ACCOUNT_CASE_LIST_H

#include "account/case.h"

/* An empty field asks nothing. Texts are compared folded. */
struct case_question {
    struct str state;  /* that they may have been in on the day; "held": any in which one is */
    struct str group;  /* a role or an occupation that is said of them, or a part of it */
    struct str charge; /* a charge of data/country by its id, or a part of one as written */
    struct str place;  /* a part of a place or prison that a life event names */
    struct str name;   /* a part of a spelling */
    int64_t day;
};

/* The states of which the question asks, all when it names none; REFUSED for one that there is not.
 */
MUST_USE enum outcome case_states_asked(const struct case_rules *, struct str state, uint32_t *out,
                                        struct fault *why);

struct case_row {
    const struct case_person *person;
    struct case_standing standing; /* by what was accepted, if that alone fits; else by all */
    bool proposed;                 /* only what nobody decided makes it fit */
    bool doubtful;                 /* something on record contradicts */
    size_t documents;
};

/* REFUSED for a state that there is not. Rows by name, then by address; in the arena. */
MUST_USE enum outcome case_list(const struct case_rules *, const struct case_question *,
                                const struct case_person *, size_t people, struct arena *,
                                struct case_row **, size_t *count, struct fault *why);

#endif
