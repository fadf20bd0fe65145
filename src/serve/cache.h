/* Pages that were made once, kept in memory until they are forgotten for newer ones. Every function
 * may be called by several threads at once. */
#ifndef GOVAH_SERVE_CACHE_H
#define GOVAH_SERVE_CACHE_H

#include "base/buf.h"
#include "seal/hash.h"

/* A page as it goes out; it lives until the last that holds it lets go. */
struct answer;

/* Takes the buffer over, leaving it empty, and counts one holder. */
MUST_USE struct answer *answer_new(struct buf *html);
void answer_hold(struct answer *);
void answer_release(struct answer *);
struct str answer_bytes(const struct answer *);

struct cache;

/* Keeps `limit` bytes of pages at most. The caller owns it (cache_free). */
MUST_USE struct cache *cache_new(size_t limit);
void cache_free(struct cache *);

/* The page under the key, held for the caller, or NULL: then the caller makes it and ends with
 * cache_end. Whoever asks for the same page meanwhile waits for that. */
MUST_USE struct answer *cache_begin(struct cache *, const struct hash *key);

/* Keeps a page under the key that cache_begin did not have; NULL when there is none to keep. The
 * caller's hold stays the caller's. */
void cache_end(struct cache *, const struct hash *key, struct answer *);

/* Instead: gives it to those who wait for it, and keeps it for nobody else. */
void cache_pass(struct cache *, const struct hash *key, struct answer *);

/* How many wait at this moment for the page under the key. */
size_t cache_waiting(struct cache *, const struct hash *key);

#endif
