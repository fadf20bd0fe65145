/* What export and import share: the lines of an export (docs/format.md). */
#ifndef GOVAH_STORE_EXCHANGE_INT_H
#define GOVAH_STORE_EXCHANGE_INT_H

#include "store/store_int.h"

enum {
    LINE_LIMIT = BYTES_LIMIT / 3 * 4 + 4096, /* base 64 of the largest bytes */
    READ_SIZE = 256 * 1024,
};

/* The signed head at an export's end; REFUSED when the line is none, or not its author's. The
 * caller owns *head. */
MUST_USE enum outcome head_line_read(struct str line, json_t **head, struct fault *why);

/* The i-th of the commits that it names. */
bool head_hash(const json_t *head, size_t i, struct hash *out);

#endif
