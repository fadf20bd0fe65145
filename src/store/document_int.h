/* A document on its way to its derived rows, in three steps of which the second touches no database
 * and may run on another thread. */
#ifndef GOVAH_STORE_DOCUMENT_INT_H
#define GOVAH_STORE_DOCUMENT_INT_H

#include "store/stays_int.h"
#include "text/sketch.h"

/* What the reader proposes, ready to be written. */
struct document_proposal {
    struct hash id;
    struct str fields; /* statement_fields */
    struct str key;    /* statement_key */
    const struct naming *naming;
    size_t entry; /* entry_of_mention of the naming, or 0 */
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
    struct sketch sketch;
    struct archive_reading reading;
    struct document_proposal *written; /* along with its proposals */
    struct people_told told; /* by them alone, if nothing was derived from its texts before */
};

/* Both set everything up to the text, from the log or of a capture and a text that were taken in
 * just now. Release it in any case. */
MUST_USE enum outcome document_load(struct archive *, const struct hash *bytes, struct document *,
                                    struct fault *why);
void document_of(struct document *, const struct hash *capture_id, const struct capture *,
                 const struct hash *text_id, const struct kept_text *, struct str text);
void document_release(struct document *);
/* Moves its strings to the arena. */
void capture_keep(struct capture *, struct arena *);

/* Sets the rest; a text that is none is as good as not found. `reader` may be NULL: then nothing is
 * proposed. */
void document_read(const struct archive_reader *, struct document *);

/* Replaces the rows that the document had. */
MUST_USE enum outcome document_put(struct archive *, const struct document *, struct fault *why);

/* ---- reading_ahead.c: documents that are read by other threads until they are written ---- */

MUST_USE struct reading_ahead *reading_ahead_begin(const struct archive_reader *);
/* What was not written is dropped. May be NULL. */
void reading_ahead_end(struct reading_ahead *);

/* Where the next document is to be set, if there is room for one; then it is the ring's. */
bool reading_ahead_has_room(const struct reading_ahead *);
struct document *reading_ahead_place(struct reading_ahead *);
void reading_ahead_add(struct reading_ahead *);

/* Writes the oldest, of which there must be one. */
MUST_USE enum outcome reading_ahead_write(struct reading_ahead *, struct archive *,
                                          struct fault *why);

#endif
