/* Reading an object's members so that none is missed, left over or of the wrong type. */
#ifndef GOVAH_RECORD_INT_H
#define GOVAH_RECORD_INT_H

#include "record/object.h"
#include "record/statement.h"
#include "seal/sign.h"

struct fields {
    const json_t *object;
    const char *kind;
    size_t taken; /* members read so far */
    bool refused;
    char text[200]; /* the first thing that was wrong */
};

/* `object` must be an object whose "kind" is `kind`. */
void fields_begin(struct fields *, const json_t *object, const char *kind);

/* Each takes a member; a missing one gives the empty value, one of another type refuses the whole.
 * An empty string and an all-zero hash are refused too: absence has one spelling. */
struct str fields_text(struct fields *, const char *key);
int64_t fields_int(struct fields *, const char *key, int64_t missing);
bool fields_true(struct fields *, const char *key);        /* present as true, or absent */
struct hash fields_hash(struct fields *, const char *key); /* must be present */
struct public_key fields_public_key(struct fields *, const char *key); /* must be present */
struct span fields_span(struct fields *, const char *key);
const json_t *fields_object(struct fields *, const char *key);
const json_t *fields_list(struct fields *, const char *key);
/* A sorted list without doubles; a missing one is empty, an empty one refused. */
struct hash_list fields_hashes(struct fields *, const char *key, struct arena *);

/* Remembers the first complaint. */
void fields_refuse(struct fields *, const char *text);

/* REFUSED if anything was wrong or a member was not taken. */
MUST_USE enum outcome fields_end(const struct fields *, struct fault *why);

#endif
