/* The sentences and dates of texts that were shown before. A kept text never changes, so what was
 * found in it once holds for the whole run, as long as its document keeps its date. Every function
 * may be called by several threads at once. */
#ifndef GOVAH_PUBLISH_SENTENCE_SHELF_H
#define GOVAH_PUBLISH_SENTENCE_SHELF_H

#include "read/read.h"

struct sentence_shelf;

/* Keeps some megabytes at most. The caller owns it (sentence_shelf_free). */
MUST_USE struct sentence_shelf *sentence_shelf_new(void);
void sentence_shelf_free(struct sentence_shelf *);

/* The sentences and dates of the text of this id, as read_sentences finds them, in the arena: from
 * the shelf, or found and kept there. A shelf that is NULL keeps nothing. */
void sentences_find(struct sentence_shelf *, const struct reader *, const struct hash *text_id,
                    struct str text, const struct document_facts *, struct arena *,
                    struct reading *out);

#endif
