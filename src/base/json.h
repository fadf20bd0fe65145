/* Canonical JSON (RFC 8785) over jansson's values.
 *
 * Only what has one spelling: objects, arrays, strings, integers of 53 bits, true, false and null;
 * no floating point. Keys are ASCII, so that the order of bytes is the order of RFC 8785. */
#ifndef GOVAH_BASE_JSON_H
#define GOVAH_BASE_JSON_H

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"

/* Integers beyond plus or minus this are refused (RFC 8785, section 3.2.2.3). */
#define JSON_INTEGER_LIMIT INT64_C(9007199254740991)

/* Deeper nesting than this is refused. */
enum { JSON_DEPTH_LIMIT = 32 };

/* Appends the canonical bytes. A real number, a key that is not ASCII or an integer past the limit
 * is REFUSED; so is a value that no longer fits the buffer. */
MUST_USE enum outcome json_write(struct buf *, const json_t *, struct fault *why);

/* Appends one value: a string (bytes that are not UTF-8 become U+FFFD, one each), an integer within
 * the limit. */
void json_write_text(struct buf *, struct str text);
void json_write_int(struct buf *, int64_t value);

/* Any JSON that is valid UTF-8, without duplicate keys. The caller owns *out (json_decref). */
MUST_USE enum outcome json_read(struct str bytes, json_t **out, struct fault *why);

/* As json_read, and the bytes must be the canonical ones to the last. */
MUST_USE enum outcome json_read_canonical(struct str bytes, json_t **out, struct fault *why);

/* Whether the bytes are valid UTF-8. */
bool json_is_text(struct str);

/* A member's text, or the empty slice; valid as long as the object. */
struct str json_text(const json_t *object, const char *key);

/* Sets a member unless the text is empty. Bytes that are not UTF-8 become U+FFFD, one each. */
void json_put(json_t *object, const char *key, struct str text);
void json_put_int(json_t *object, const char *key, int64_t value);

/* Sets a member and takes over the reference to `value`. */
void json_put_new(json_t *object, const char *key, json_t *value);

/* Appends a string, as json_put takes it, and takes over a value, at the end of an array. */
void json_append_text(json_t *array, struct str text);
void json_append(json_t *array, json_t *value);

/* jansson takes its memory from mem_alloc from here on; once, before the first value. */
void json_use_memory(void);

#endif
