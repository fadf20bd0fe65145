/* What the two halves of blocking share. */
#ifndef GOVAH_MATCH_BLOCK_INT_H
#define GOVAH_MATCH_BLOCK_INT_H

#include "match/block.h"

enum { RECORD_WORDS = 12 };

/* The keys of the words of a record's name, each once. */
size_t record_word_keys(const struct list *, const uint32_t *slots, uint32_t out[RECORD_WORDS]);

#endif
