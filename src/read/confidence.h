/* How sure a proposal is: data/reader/confidence.tsv (columns: form, rule, evidence, right, seen,
 * confidence), made by script/calibrate from texts that people annotated.
 *
 * A row holds how many of the proposals with that form, rule and evidence were seen in those texts,
 * how many of them were right, and the confidence that follows (per mille), which is held back for
 * texts never seen. "*" as rule and evidence is the row for what has no row of its own. */
#ifndef GOVAH_READ_CONFIDENCE_H
#define GOVAH_READ_CONFIDENCE_H

#include "base/fault.h"
#include "record/proposal.h"

/* What a proposal's confidence is looked up by. */
struct confidence_key {
    enum statement_form form;
    struct str rule; /* of a figure: the rule that `why` begins with; of a life event: its event,
                        "other" for all other:...; of a fact: "age of a person" */
    struct str evidence; /* what else bears on it, in words; static */
};

/* The rule lives in the arena or the proposal. */
struct confidence_key confidence_key_of(const struct proposal *, struct arena *);

struct confidences;

/* Faults name the file and the line. The caller owns *out (confidences_free). */
MUST_USE enum outcome confidences_new(struct confidences **out, struct fault *why);
void confidences_free(struct confidences *);

/* Per mille; *found (may be NULL) is false where the form's own row stood in. */
int confidence_of(const struct confidences *, const struct confidence_key *, bool *found);

#endif
