/* A proposal: a statement that a reader of a named version believes a text makes. Never in the
 * log; it enters there only with the first decision on it. */
#ifndef GOVAH_RECORD_PROPOSAL_H
#define GOVAH_RECORD_PROPOSAL_H

#include "record/explanation.h"

struct proposal {
    struct statement statement;  /* its `text` is set by whoever knows the kept text */
    int confidence;              /* per mille */
    struct str why;              /* the rule and the words that made it, one line */
    struct explained *explained; /* each field, in no promised order; NULL unless asked for */
};

#endif
