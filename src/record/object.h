/* Objects of the record: canonical JSON (base/json.h) with their kind inside, named by the SHA-256
 * of their bytes. */
#ifndef GOVAH_RECORD_OBJECT_H
#define GOVAH_RECORD_OBJECT_H

#include "base/json.h"
#include "seal/hash.h"
#include "seal/sign.h"

enum object_kind { OBJECT_CAPTURE, OBJECT_TEXT, OBJECT_STATEMENT, OBJECT_DECISION, OBJECT_COMMIT };

/* A larger object is refused everywhere. */
enum { OBJECT_LIMIT = 8 * 1024 * 1024 };

struct hash_list {
    struct hash *at; /* in byte order, no doubles */
    size_t count;
};

/* Sorts and drops doubles, in place. */
void hash_list_sort(struct hash_list *);
bool hash_list_has(const struct hash_list *, const struct hash *);

/* Sets a member to the list's digits, unless it is empty. */
void json_put_hashes(json_t *object, const char *key, const struct hash_list *);
void json_put_hash(json_t *object, const char *key, const struct hash *);
void json_put_public_key(json_t *object, const char *key, const struct public_key *);

/* "capture", "text", "statement", "decision", "commit". */
const char *object_kind_name(enum object_kind);

/* From the member "kind"; REFUSED for another one. */
MUST_USE enum outcome object_kind_of(const json_t *object, enum object_kind *out,
                                     struct fault *why);

/* Appends the canonical bytes. REFUSED only when the object passes OBJECT_LIMIT or an integer 53
 * bits. */
MUST_USE enum outcome object_write(struct buf *, const json_t *object, struct fault *why);

/* Parses canonical bytes and checks everything that can be checked without the rest of the record:
 * members, types, ranges, and for a commit its signature. The caller owns *object. */
MUST_USE enum outcome object_read(struct str bytes, json_t **object, enum object_kind *kind,
                                  struct fault *why);

/* SHA-256 of the canonical bytes of an object that our own code made. */
struct hash object_id(const json_t *object);

#endif
