/* Which decisions rule over one subject.
 *
 * A decision is withdrawn when a retraction that is not withdrawn itself names it; it is superseded
 * when any decision that is not withdrawn names it; the others are active. Where active decisions
 * contradict each other the subject is undecided, and the cautious one rules: rejected over
 * accepted, revoked over member, different over same, disputed over corroborated. Whether a
 * document says something and how what it says is weighed are judged apart. The outcome depends on
 * the set alone, not on order or clocks. */
#ifndef GOVAH_RECORD_JUDGE_H
#define GOVAH_RECORD_JUDGE_H

#include "record/decision.h"

struct judgement {
    struct hash decision;
    enum verdict verdict;
    const struct hash_list *supersedes;
    bool active; /* set by judge() */
};

enum weigh_verdict { WEIGHED_NOT, WEIGHED_CORROBORATED, WEIGHED_DISPUTED };

struct standing {
    bool decided;         /* some active decision is not a retraction, and does not weigh */
    enum verdict verdict; /* the one that rules, if decided */
    bool undecided;       /* active decisions contradict each other */
    enum weigh_verdict weighed;
    bool weighed_both; /* active decisions to corroborate and to dispute: the latter rules */
};

/* All counting decisions about one subject, in any order, without doubles. */
struct standing judge(struct judgement *, size_t count);

#endif
