/* What others say, by the form of the statement. */
#ifndef GOVAH_ACCOUNT_CORROBORATION_INT_H
#define GOVAH_ACCOUNT_CORROBORATION_INT_H

#include "account/corroboration.h"

/* Of a life event or a fact about a person. */
MUST_USE enum outcome corroborate_life(struct archive *, const struct statement_view *,
                                       struct arena *, struct corroborated *, struct fault *why);

#endif
