/* What the two halves of blocking share. */
#ifndef GOVAH_MATCH_BLOCK_INT_H
#define GOVAH_MATCH_BLOCK_INT_H

#include "match/block.h"

enum { RECORD_KEYS = 12 };

/* The keys of a record under a rule, each once; none for what is missing. */
size_t record_keys(const struct blocking *, size_t rule, size_t record, uint32_t out[RECORD_KEYS]);

#endif
