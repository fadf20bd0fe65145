/* Inside of the workspace: what a request gets, without a word of how it travels. */
#ifndef GOVAH_SERVE_SERVER_INT_H
#define GOVAH_SERVE_SERVER_INT_H

#include "serve/cache.h"
#include "serve/request.h"
#include "serve/server.h"
#include "serve/warm.h"

struct MHD_Daemon;

struct server {
    struct server_choice choice;
    struct page_site site;
    struct login *login;
    struct pool *pool;
    struct cache *cache;
    struct warm *warm;
    char form_token[TOKEN_DIGITS + 1];
    struct hash form_token_hash;
    uint16_t port;
    int listener; /* -1 when the daemon has it */
    struct MHD_Daemon *daemon;
};

/* What goes back. */
struct reply {
    int status;
    struct answer *answer; /* held for the reply; or NULL */
    struct str bytes;      /* instead of an answer; lives as long as the program */
    const char *media;
    const char *file;    /* the name under which a browser keeps it; NULL: it shows it */
    struct str location; /* in the arena; or empty */
    struct str allow;    /* methods, for 405; or empty */
    char cookie[32 + TOKEN_DIGITS + 1 + 64]; /* a Set-Cookie value, or "" */
};

/* ---- route.c ---- */

/* Whether the line and headers alone are enough to refuse; then the reply says so. */
bool route_refuses(struct server *, const struct request *, struct arena *, struct reply *);

/* The reply to a request, whose body came whole. */
void route_answer(struct server *, const struct request *, struct str body, struct arena *,
                  struct reply *);

/* A refusal in the frame of the pages. */
void route_refuse(struct server *, const struct request *, int status, const char *english,
                  struct arena *, struct reply *);

/* How many pages are made ahead, and one of them, into the cache, in the language, calendar and
 * theme that were last asked for. */
extern const unsigned route_pages_ahead;
void route_make_ahead(struct server *, unsigned page);

#endif
