/* A decision: what a person working with the record concluded. It names what it is about, why, and
 * the decisions that it supersedes; it never edits. Author and time stand in the commit that holds
 * it, so that two people who decide the same make the same decision. */
#ifndef GOVAH_RECORD_DECISION_H
#define GOVAH_RECORD_DECISION_H

#include "record/mention.h"
#include "seal/sign.h"

enum verdict {
    VERDICT_ACCEPT,       /* the document says this, and we keep it */
    VERDICT_REJECT,       /* it does not, or we do not */
    VERDICT_RETRACT,      /* takes back the decisions it supersedes, as if they had not been made */
    VERDICT_MEMBER,       /* commits of a key count here */
    VERDICT_REVOKE,       /* they count no longer, but for those up to the last trusted ones */
    VERDICT_SAME,         /* two mentions are of one person */
    VERDICT_DIFFERENT,    /* they are not */
    VERDICT_CORROBORATED, /* what the document says was verified */
    VERDICT_DISPUTED,     /* it is doubted, or known to be wrong */
};

/* Whether a verdict weighs what a document says, and not whether the document says it. Both kinds
 * stand beside each other about one statement. */
bool verdict_weighs(enum verdict);

struct decision {
    enum verdict verdict;
    struct hash_list about;     /* statements; of verdicts about pairs and keys empty */
    struct mention_pairs pairs; /* same, different, and a retract of those */
    struct public_key key;      /* member, revoke, and a retract of those */
    bool has_key;
    struct str name;             /* member: what we call the key's holder */
    struct hash_list last;       /* revoke: the last trusted commits; they and what they build on
                                    still count */
    struct str why;              /* may be empty unless `bulk`, same, different or one
                                    that weighs */
    struct hash_list supersedes; /* only for the subjects that both are about */
    struct hash instead_of;      /* accept: the statement that this one was edited from, or none */
    bool bulk;                   /* many at once, without looking at each: marked for ever */
};

const char *verdict_name(enum verdict);

/* The ids that a decision is judged under: of the statements, or of the pairs; none for a key. */
struct hash_list decision_subjects(const struct decision *, struct arena *);

MUST_USE json_t *decision_to_json(const struct decision *);

/* REFUSED for members that the verdict has no use for or lacks: an empty `about`, a member without
 * a key, a retraction of nothing; a bulk decision, same, different or one that weighs without a
 * reason. Lists lie in the arena. */
MUST_USE enum outcome decision_of_json(const json_t *, struct arena *, struct decision *,
                                       struct fault *why);

#endif
