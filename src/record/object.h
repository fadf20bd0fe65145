/* Objects of the record: canonical JSON (base/json.h) with their kind inside, named by the SHA-256
 * of their bytes. */
#ifndef GOVAH_RECORD_OBJECT_H
#define GOVAH_RECORD_OBJECT_H

#include "base/json.h"
#include "seal/hash.h"

enum object_kind { OBJECT_CAPTURE, OBJECT_TEXT, OBJECT_STATEMENT, OBJECT_DECISION, OBJECT_COMMIT };

/* A larger object is refused everywhere. */
enum { OBJECT_LIMIT = 4 * 1024 * 1024 };

/* "capture", "text", "statement", "decision", "commit". */
const char *object_kind_name(enum object_kind);

/* From the member "kind"; REFUSED for another one. */
MUST_USE enum outcome object_kind_of(const json_t *object, enum object_kind *out,
                                     struct fault *why);

/* Appends the canonical bytes; an object that our own code made always fits the rules. */
void object_write(struct buf *, const json_t *object);

/* SHA-256 of the canonical bytes. */
struct hash object_id(const json_t *object);

/* Parses canonical bytes and checks everything that can be checked without the rest of the record:
 * members, types, ranges, and for a commit its signature. */
MUST_USE enum outcome object_read(struct str bytes, json_t **object, enum object_kind *kind,
                                  struct fault *why);

#endif
