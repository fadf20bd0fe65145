/* A document on its way from the log to its derived rows, in three steps of which the second
 * touches no database and may run on another thread. */
#ifndef GOVAH_STORE_DOCUMENT_INT_H
#define GOVAH_STORE_DOCUMENT_INT_H

#include "store/store_int.h"

/* What the reader proposes, ready to be written. */
struct document_proposal {
    struct hash id;
    struct str body; /* canonical bytes */
    struct str key;  /* statement_key */
};

struct document {
    struct hash bytes; /* what it is named by */
    bool found;        /* captured, with a kept text that is here */
    int64_t row;       /* of derived_document; 0 when there is none yet */
    bool fresh;        /* nothing was derived from its texts before */
    struct hash capture, text, sha256;
    struct str extractor, at;
    struct capture facts;
    struct buf kept; /* the text */
    struct arena arena;

    struct str title_words, words; /* for the search index */
    struct archive_reading reading;
    struct document_proposal *written; /* along with its proposals */
};

/* Sets everything up to the text. Release it in any case. */
MUST_USE enum outcome document_load(struct archive *, const struct hash *bytes, struct document *,
                                    struct fault *why);
void document_release(struct document *);

/* Sets the rest. `reader` may be NULL: then nothing is proposed. */
void document_read(const struct archive_reader *, struct document *);

/* Replaces the rows that the document had. */
MUST_USE enum outcome document_put(struct archive *, const struct document *, struct fault *why);

#endif
