/* What evidence weighs in one archive: another model, learnt from its portraits.
 *
 * How rare names and other values are is counted, beside LEARNING_USUAL portraits of the usual
 * model, so that a short record teaches little. How often each grade occurs among pairs of one
 * person is learnt without labels by expectation maximisation (as in match/model.h) from the pairs
 * that share a key, beside LEARNING_PAIRS pairs of the usual model; what somebody decided about a
 * pair is certain. No weight moves farther than LEARNING_REACH from the usual one. The rules of
 * match/meeting.h are not learnt.
 *
 * The outcome depends on the portraits and the decisions, not on their order; and as everything is
 * a whole number in it, so does its hash. */
#ifndef GOVAH_MATCH_LEARNING_H
#define GOVAH_MATCH_LEARNING_H

#include "match/gather.h"

enum { LEARNING_USUAL = 300, LEARNING_PAIRS = 60, LEARNING_REACH = 30, LEARNING_ROUNDS = 5 };

struct learning {
    const struct weights *usual;
    const struct portrait *all;
    size_t count;
    const struct gather_pair *same, *different; /* decided; odds unused */
    size_t same_count, different_count;
};

/* The caller releases *out (weights_release); its name is "learnt". */
void weights_learn(const struct learning *, struct weights *out);

#endif
