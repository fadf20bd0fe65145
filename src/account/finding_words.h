/* Findings in words. */
#ifndef GOVAH_ACCOUNT_FINDING_WORDS_H
#define GOVAH_ACCOUNT_FINDING_WORDS_H

#include "base/arena.h"
#include "record/finding.h"

/* Why it cannot be, in English, without the quote: "2021-06-14 is a Monday, not a Sunday". */
struct str finding_words(struct arena *, const struct finding *);

#endif
