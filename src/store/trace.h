/* From a statement back to what fixes it: everything rehashed and every signature checked on the
 * way. All strings lie in the arena given. */
#ifndef GOVAH_STORE_TRACE_H
#define GOVAH_STORE_TRACE_H

#include "store/query.h"
#include "text/place.h"

/* A commit that counts and holds an object. */
struct holder {
    struct hash id;
    struct public_key author;
    struct str author_name; /* as a member is called, or empty */
    struct str at;
    bool signature_holds;
};

struct trace {
    struct hash text;   /* id of the kept text's object */
    struct hash sha256; /* of the text */
    struct str extractor;
    struct str context;      /* the text around the quote, a few lines at most */
    struct span quote;       /* in `context` */
    struct text_place place; /* of the quote in the text; its name in the arena */
    bool text_holds;         /* the kept text has that hash */
    struct hash bytes;       /* SHA-256 of the document as it was captured */
    bool bytes_hold;
    struct hash capture_id;
    struct capture capture;
    struct holder captured; /* the commit that took it in */
    struct decision_view *decisions;
    struct holder *decided; /* along with decisions */
    size_t decisions_count;
};

/* Who took a document in, by the commit of the capture that stands for it; nothing is checked, and
 * signature_holds stays false. */
MUST_USE enum outcome archive_captured(struct archive *, const struct hash *document,
                                       struct arena *, struct holder *, struct fault *why);

/* NOT_FOUND when the statement's text is not here. */
MUST_USE enum outcome archive_trace(struct archive *, const struct statement_view *, struct arena *,
                                    struct trace *, struct fault *why);

#endif
