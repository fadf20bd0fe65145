/* What a browser sends, taken apart: pure functions over bytes that anybody may have written. */
#ifndef GOVAH_SERVE_REQUEST_H
#define GOVAH_SERVE_REQUEST_H

#include "base/arena.h"
#include "base/fault.h"
#include "publish/page.h"

enum {
    REQUEST_FIELDS = 64,         /* of a form at most */
    REQUEST_TARGET = 4096,       /* bytes of path and query at most */
    REQUEST_HEADERS = 16 * 1024, /* bytes of all names and values at most */
    REQUEST_BODY = 1024 * 1024,  /* bytes at most */
};

/* The line and the headers that matter, as they came; an absent header is an empty slice. */
struct request {
    struct str method, target;
    struct str host, origin, fetch_site, media, cookie, form_token, accept_language;
    bool repeated;       /* one of these headers stands twice */
    bool script;         /* a script asks for a part of a page (HX-Request) */
    size_t header_bytes; /* of all headers */
};

/* Cuts a target into path and query (empty without one). False unless the path is absolute and made
 * of letters, digits, "-", "_" and "." alone, between single slashes, without a part that begins
 * with
 * ".": nothing that we ever wrote needs more, and so no other spelling of a path has to be
 * understood. */
MUST_USE bool request_target(struct str target, struct str *path, struct str *query);

/* The fields of a query or a body of application/x-www-form-urlencoded, decoded, in order, in the
 * arena. REFUSED: more than REQUEST_FIELDS, a field without a name, a broken percent sign, bytes
 * that are not UTF-8, control characters other than tab and line ends. */
MUST_USE enum outcome request_fields(struct str form, struct arena *, struct field **,
                                     size_t *count, struct fault *why);

/* The value of a cookie in a Cookie header. False when it is not there, or there twice: then
 * somebody put another beside ours. */
MUST_USE bool request_cookie(struct str header, struct str name, struct str *value);

/* Whether a Content-Type is that of forms, whatever its parameters. */
MUST_USE bool request_is_form(struct str media);

/* Why a request does not come from our own pages on our own address, in English, or NULL when it
 * does: Host must be 127.0.0.1 or localhost with our port (against DNS rebinding); Origin the same
 * (or "null", as browsers write it under our referrer policy, where Sec-Fetch-Site vouches for it);
 * Sec-Fetch-Site "same-origin" or "none"; none of these twice. */
const char *request_foreign(const struct request *, uint16_t port);

/* Whether a text may stand in a Location header: a path of ours, with or without query and
 * fragment. */
MUST_USE bool request_is_local(struct str location);

#endif
