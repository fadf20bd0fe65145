/* Who says the same of their own knowledge, and who passes it on.
 *
 * Tellers say one and the same thing, each by one source. Those that pass it on lead to the teller
 * that they have it from; what is left over is counted. In this order:
 *
 *   chain         a document that the source itself published names another source for it
 *   same text     all it says, it says in documents of its own, and one of them holds what another
 *                 teller says too, or is a copy of one that does (text/sketch.h): it leads to the
 *                 source that is named there, else to the first published
 *   unnamed       nobody in particular ("human rights groups"): to somebody in particular
 *   same number   it names nobody and does not count by itself (a newspaper, or unknown): to one
 *                 that counts by itself or is named by others, else to the first to say it
 *   circle        leads that come back to themselves: the first to say it stands for all
 *
 * The last four can err on one side alone: two sources may be taken for one, never one for two.
 *
 * What is left may be joint ("A; B"), and each of those may speak alone too. Independent are as
 * many as can be chosen so that no two have a source in common; single ones are chosen before joint
 * ones, so that it is a lower bound where joint ones overlap.
 *
 * Pure, and the order of the tellers does not matter. */
#ifndef GOVAH_ACCOUNT_INDEPENDENCE_H
#define GOVAH_ACCOUNT_INDEPENDENCE_H

#include "account/source_book.h"
#include "record/statement.h"
#include "text/sketch.h"

/* One document in which a teller speaks. */
struct voicing {
    struct str publisher; /* its key, or empty */
    int64_t published;    /* first day, INT64_MAX when unknown */
    struct hash document;
    const struct sketch *sketch; /* or NULL */
    bool own;                    /* it names no source: the publisher speaks */
};

enum lead_why {
    LEAD_NONE, /* an origin */
    LEAD_CHAIN,
    LEAD_SAME_TEXT,
    LEAD_UNNAMED,
    LEAD_SAME_NUMBER,
    LEAD_CIRCLE,
    LEAD_WHYS
};

/* "", "chain", "same_text", "unnamed", "same_number", "circle". */
const char *lead_why_name(enum lead_why);

#define NO_LEAD SIZE_MAX

struct teller {
    struct str key;            /* the source's, different for each teller */
    const struct str *sources; /* of a joint source: the key of each */
    size_t sources_count;      /* 0: it is one source, `key` */
    enum source_class class;
    const struct voicing *voicings; /* at least one */
    size_t voicings_count;
    int64_t since; /* the first day at which it is known to stand, INT64_MAX when none is known */

    size_t leads_to; /* set: the teller it has it from, at the end of all leads; or NO_LEAD */
    enum lead_why why;
};

/* Sets leads_to and why, and returns how many independent ones there are; at least 1 when there is
 * any teller. */
size_t tellers_weigh(struct teller *, size_t count, struct arena *);

#endif
