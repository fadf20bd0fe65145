/* The rows of findings (schema.c). */
#ifndef GOVAH_STORE_FINDING_ROW_INT_H
#define GOVAH_STORE_FINDING_ROW_INT_H

#include "record/finding.h"
#include "store/store_int.h"

/* Replaces those of the text with that row in derived_text. */
MUST_USE enum outcome finding_rows_put(struct archive *, int64_t text_row, struct str text,
                                       const struct finding *, size_t count, struct fault *why);

/* Those of all texts of these bytes go. */
MUST_USE enum outcome finding_rows_forget(struct archive *, const struct hash *bytes,
                                          struct fault *why);

#endif
