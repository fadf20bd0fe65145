/* A rule of an amnesty and a person. */
#ifndef GOVAH_CASE_AUDIT_INT_H
#define GOVAH_CASE_AUDIT_INT_H

#include "case/audit.h"

struct audit_subject {
    const struct case_rules *rules;
    const struct case_person *person;
    const struct case_history *history; /* all but what was rejected */
    int64_t eve, as_of;
    struct arena *arena;
};

/* What happened by the eve counts, and for events what happened by `as_of`. */
struct audit_reason audit_rule_apply(const struct audit_subject *, const struct amnesty_rule *);

#endif
