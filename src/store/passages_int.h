/* Where passages are kept, for what tells them. */
#ifndef GOVAH_STORE_PASSAGES_INT_H
#define GOVAH_STORE_PASSAGES_INT_H

#include "store/passages.h"
#include "store/store_int.h"

/* The tables, empty. */
MUST_USE enum outcome passages_create(struct archive *, struct fault *why);

/* All passages of some people, none of whom has any yet; their order does not matter. */
MUST_USE enum outcome passages_put(struct archive *, const struct archive_passage *, size_t count,
                                   struct arena *, struct fault *why);

/* Those of the person, by the first 8 bytes of the address. */
MUST_USE enum outcome passages_forget(struct archive *, int64_t person, struct fault *why);

/* All of them, and the indexes. */
MUST_USE enum outcome passages_clear(struct archive *, struct fault *why);

/* By body, and by person; unless they are there. */
MUST_USE enum outcome passages_index(struct archive *, struct fault *why);

#endif
