/* What stands around a case and is no part of it. */
#ifndef GOVAH_PUBLISH_PERSON_AROUND_INT_H
#define GOVAH_PUBLISH_PERSON_AROUND_INT_H

#include "case/case.h"
#include "publish/page.h"

/* Who may be the same, as the matcher believes and nobody decided: hollow, with links to the pairs.
 * It joins nothing. */
MUST_USE enum outcome person_probable_write(struct page *, const struct case_person *,
                                            struct fault *why);

/* The dates and numbers beside what happened to them that cannot be as they are written. */
MUST_USE enum outcome person_doubtful_write(struct page *, const struct case_person *,
                                            struct fault *why);

/* What a submission would be asked for and nothing on record says. */
void person_missing_write(struct page *, const struct case_account *);

#endif
