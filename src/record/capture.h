/* A capture: where, when, how and by whom bytes were taken in, and what was found about them. A
 * kept text: what an extractor of a named version read out of them. */
#ifndef GOVAH_RECORD_CAPTURE_H
#define GOVAH_RECORD_CAPTURE_H

#include "record/document.h"
#include "record/object.h"
#include "seal/sign.h"

struct capture {
    struct hash bytes;    /* SHA-256 of what was captured */
    int64_t size;         /* of it, in bytes */
    struct public_key by; /* the device that took it in */
    struct str at;        /* when: "2026-11-21T07:40:00Z" */
    struct str how;       /* "add" */
    struct str name;      /* the file's name as found, without its folders */
    struct str media;     /* "text/html" */
    struct str charset;   /* as detected; empty for PDF */
    struct document_facts facts;
};

struct kept_text {
    struct hash bytes;    /* what it was read out of */
    struct str extractor; /* "html/1" */
    struct hash sha256;   /* of the text, UTF-8 */
    int64_t size;         /* of the text, in bytes */
};

MUST_USE json_t *capture_to_json(const struct capture *);
MUST_USE enum outcome capture_of_json(const json_t *, struct capture *, struct fault *why);

MUST_USE json_t *kept_text_to_json(const struct kept_text *);
MUST_USE enum outcome kept_text_of_json(const json_t *, struct kept_text *, struct fault *why);

/* REFUSED unless it reads "2026-11-21T07:40:00Z" (RFC 3339, UTC, whole seconds, no leap second) and
 * there is such a day. */
MUST_USE enum outcome time_check(struct str at, struct fault *why);

#endif
