/* A commit: author, time, note, parents, the names of what it holds, one Ed25519 signature over all
 * of that. */
#ifndef GOVAH_RECORD_COMMIT_H
#define GOVAH_RECORD_COMMIT_H

#include "record/object.h"
#include "seal/sign.h"

struct commit {
    struct public_key author;
    struct str at;            /* the author's clock: shown, and decides nothing */
    struct str note;          /* may be empty */
    struct hash_list parents; /* empty for an archive's first */
    struct hash_list holds;   /* captures, texts, statements, decisions */
    struct signature signature;
};

/* Signs it with the key, whose public half becomes the author; the caller owns the object. */
MUST_USE json_t *commit_sign(struct commit *, const struct signing_key *);

/* REFUSED for a wrong member or a signature that is not the author's. Lists lie in the arena. */
MUST_USE enum outcome commit_of_json(const json_t *, struct arena *, struct commit *,
                                     struct fault *why);

/* Signing any other canonical object: sets "author" and "signature" (of everything but the
 * signature, for the purpose `context`), and checks them. */
void object_sign(json_t *object, const char *context, const struct signing_key *);
MUST_USE enum outcome object_verify(const json_t *object, const char *context,
                                    struct public_key *author, struct fault *why);

#endif
