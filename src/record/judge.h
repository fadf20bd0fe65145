/* Which decisions rule over one subject.
 *
 * A decision is withdrawn when a retraction that is not withdrawn itself names it; it is superseded
 * when any decision that is not withdrawn names it; the others are active. Where active decisions
 * contradict each other the subject is undecided, and the cautious one rules: rejected over
 * accepted, revoked over member, different over same. The outcome depends on the set alone, not on
 * order or clocks. */
#ifndef GOVAH_RECORD_JUDGE_H
#define GOVAH_RECORD_JUDGE_H

#include "record/decision.h"

struct judgement {
    struct hash decision;
    enum verdict verdict;
    const struct hash_list *supersedes;
    bool active; /* set by judge() */
};

struct standing {
    bool decided;         /* some active decision is not a retraction */
    enum verdict verdict; /* the one that rules, if decided */
    bool undecided;       /* active decisions contradict each other */
};

/* All counting decisions about one subject, in any order, without doubles. */
struct standing judge(struct judgement *, size_t count);

#endif
