/* Decisions about statements, each a signed commit of its own, dated `at` (UTC, ISO 8601). */
#ifndef GOVAH_STORE_DECIDE_H
#define GOVAH_STORE_DECIDE_H

#include "store/query.h"

/* Accepts, rejects, weighs or takes back; one decision over all the statements. It supersedes what
 * was active about each. A retraction of what nobody decided is REFUSED. */
MUST_USE enum outcome decide(struct archive *, const struct statement_view *, size_t count,
                             enum verdict, struct str why, bool bulk, struct str at,
                             struct fault *fault);

/* Takes back how each is weighed, and nothing else: decide takes back the rest. */
MUST_USE enum outcome decide_weighing_back(struct archive *, const struct statement_view *,
                                           size_t count, struct str why, struct str at,
                                           struct fault *fault);

/* Rejects the one and accepts the other, which names it, in one commit. */
MUST_USE enum outcome decide_edit(struct archive *, const struct statement_view *before,
                                  const struct statement *after, struct str why, struct str at,
                                  struct fault *fault);

/* Sets a field by "FIELD=VALUE", such as "low=527", "bound=at_least", "source=HRANA"; an empty
 * value removes it. REFUSED for a field that the form has not. Strings stay borrowed,
 * details live in the arena. */
MUST_USE enum outcome statement_set(struct statement *, struct str assignment, struct arena *,
                                    struct fault *fault);

#endif
