/* The workspace: the pages of publish/page.h over an archive, served to this machine alone.
 *
 * It listens on 127.0.0.1. The address that it gives holds a token that opens the one session of
 * the run and is dead from then on; whoever comes without the session's cookie is told how to get
 * in, and nothing else. Pages are shown through archives open for reading; a decision opens the
 * archive for writing for its own time alone, so that other programs can write in between. No
 * request is recorded anywhere. docs/threats.md says what this holds against, and what not. */
#ifndef GOVAH_SERVE_SERVER_H
#define GOVAH_SERVE_SERVER_H

#include "publish/page.h"
#include "serve/login.h"
#include "serve/pool.h"

struct server_choice {
    uint16_t port;    /* 0: one that is free */
    unsigned threads; /* 1 to SERVER_THREADS */
    struct preferences preferences;
    struct page_site site; /* its address key and form token are made by the server */
    struct pool_source archive;
    void (*say)(const char *line); /* what whoever started it should know; from any thread */
};

enum { SERVER_THREADS = 64 };

struct server;

/* Serves from its own threads until server_stop; signals should be blocked before, for its threads
 * inherit the mask. `address` receives what to open in a browser, a secret until it was used. */
enum { SERVER_ADDRESS_SIZE = 128 };
MUST_USE enum outcome server_start(const struct server_choice *, struct server **,
                                   char address[SERVER_ADDRESS_SIZE], struct fault *why);

/* Ends what is under way, closes the archives and wipes the key. */
void server_stop(struct server *);

#endif
