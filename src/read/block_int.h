/* Long lists are read in blocks, so that memory is a block's and that of what was found.
 *
 * A block is up to BLOCK_ROWS rows of a table with a column of names, read below the lines that
 * lead into the table (its head, and up to BLOCK_LEAD bytes of titles above it). A text without a
 * list of more than BLOCK_ROWS rows is one block. What is said of a row comes from the row, its
 * head and its titles. Who is named in a row, or outside of all, may head one of another block, and
 * is therefore known there alone. Findings are of the whole text. */
#ifndef GOVAH_READ_BLOCK_INT_H
#define GOVAH_READ_BLOCK_INT_H

#include "read/columns_int.h"

enum { BLOCK_ROWS = 8192, BLOCK_LEAD = 2000, BLOCK_RECENT = 1024 };

/* Of a text: lead is none in the first block; together the bodies are the text. */
struct block {
    struct span lead, body;
};

/* In the arena; at least one. */
struct block *blocks_cut(const struct lexicon *, struct str text, struct arena *, size_t *count);

/* What several blocks say, as one reading of the text. */
struct block_keeper {
    struct arena *arena;
    struct str text, part; /* the block's lead and body */
    struct block block;
    struct reading *out;
    size_t proposals_room, dates_room, sentences_room, entries_room;
    struct str recent[BLOCK_RECENT]; /* strings that were copied, to be shared */
};

/* Lead and body in one text, in the arena unless they are one in the text. */
struct str block_text(struct str text, const struct block *, struct arena *);

/* Adds what a block says, copied into the keeper's arena, with places in the text; nothing that
 * stands in the lead alone, and no findings but those of dates. */
void block_keep(struct block_keeper *, const struct reading *);

#endif
