/* An amnesty against the record: of everybody who was in prison on the eve of it, who would
 * qualify, who is left out and by which condition, of whom it cannot be told and what is missing;
 * and who has come out since. */
#ifndef GOVAH_ACCOUNT_AUDIT_H
#define GOVAH_ACCOUNT_AUDIT_H

#include "account/amnesty.h"
#include "account/case.h"

enum audit_verdict { AUDIT_QUALIFIES, AUDIT_EXCLUDED, AUDIT_UNTOLD };

/* "qualifies", "excluded", "cannot be told". */
const char *audit_verdict_name(enum audit_verdict);

enum audit_truth { TRUTH_NO, TRUTH_YES, TRUTH_UNTOLD };

/* What a rule comes to for a person. */
struct audit_reason {
    const struct amnesty_rule *rule;   /* NULL: whether they were in prison at all */
    enum audit_truth met;              /* its condition */
    bool decides;                      /* it leaves them out, or leaves it open */
    const struct statement_view *view; /* that says so, or NULL */
    struct str missing;                /* TRUTH_UNTOLD: what the record does not say */
};

struct audit_person {
    const struct case_person *person;
    enum audit_verdict verdict;
    const struct case_occurrence *held_by; /* that put them there */
    struct audit_reason *reasons; /* those that decide first, then in the order of the rules; only
                                     those of consequence: met, or not told */
    size_t reasons_count;
    const struct case_occurrence *out;    /* how they came out since, or NULL */
    const struct case_occurrence **terms; /* on what terms, by day */
    size_t terms_count;
    const struct case_occurrence *again; /* taken again after that, or NULL */
    bool decided; /* everything above that speaks against or for them was accepted */
};

struct audit {
    const struct amnesty *amnesty;
    int64_t eve;   /* the day before the amnesty's first: whoever was in prison then is looked at */
    int64_t as_of; /* what came after is told up to this day */
    size_t count;  /* people who were in prison then */
    struct audit_person *people; /* by verdict, then by name, then by address */
    size_t verdicts[3];          /* people of each */
    size_t out[3];               /* and of these came out */
    size_t again;                /* taken again, of all */
    size_t unplaced; /* people with a life event by then of whom nothing says where they were */
};

/* A pure function of what is on record. `as_of` INT64_MIN: the last day on record. */
void audit_make(const struct case_rules *, const struct amnesty *, const struct case_person *,
                size_t people, int64_t as_of, struct arena *, struct audit *);

/* An audit without what is on record about its people, who are read a few at a time. */
struct audit_roll {
    struct audit sums;       /* its `people` is NULL */
    struct hash *statements; /* sums.count: about each person one, in the audit's order */
    struct hash *addresses;  /* beside each */
};

/* The amnesties that are built in against the record of an archive. In the arena. */
struct audits {
    struct amnesty *amnesties; /* by date */
    struct audit_roll *all;    /* beside each */
    size_t count;
};
MUST_USE enum outcome audits_read(struct archive *, int64_t as_of, struct arena *, struct audits *,
                                  struct fault *why);

/* Of the people of a verdict `limit` at most, behind the first `from`, as they are in the audit; in
 * the state of the archive in which the roll was read. In the arena. */
MUST_USE enum outcome audit_roll_people(struct archive *, const struct audit_roll *,
                                        enum audit_verdict, size_t from, size_t limit,
                                        struct arena *, struct audit_person **, size_t *count,
                                        struct fault *why);

#endif
