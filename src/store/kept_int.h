/* What archives of one folder, open in several threads, find out once for all of them
 * (archive_share). It is of one generation each, and used inside of snapshots alone: elsewhere, and
 * in an archive that shares nothing, everything is found out anew. */
#ifndef GOVAH_STORE_KEPT_INT_H
#define GOVAH_STORE_KEPT_INT_H

#include "store/page.h"
#include "store/store_int.h"

/* ---- names.c ---- */

/* All names in archive_names' order. Never changed; several threads may read it at once, and the
 * last to let go frees it. */
struct name_list;

/* Counts one holder. */
MUST_USE enum outcome name_list_read(struct archive *, bool organisations, struct name_list **,
                                     struct fault *why);
void name_list_hold(struct name_list *);
void name_list_release(struct name_list *); /* NULL is no list */

/* ---- waiting.c ---- */

/* The documents that have a statement that waits, the last taken in first, then by id; each once.
 * Never changed and held as a list of names is. */
struct waiting_list;

struct waiting_document {
    struct str at; /* when it was taken in; lives as long as the list */
    struct hash id;
};

MUST_USE enum outcome waiting_list_read(struct archive *, struct waiting_list **,
                                        struct fault *why);
void waiting_list_hold(struct waiting_list *);
void waiting_list_release(struct waiting_list *); /* NULL is no list */

const struct waiting_document *waiting_list_all(const struct waiting_list *, size_t *count);

/* How many come before the place, or stand at it; the place need not be in the list. */
size_t waiting_list_until(const struct waiting_list *, const struct waiting_document *place);

/* ---- kept.c ---- */

/* The documents that wait in the archive as it is in its snapshot, held for the caller. */
MUST_USE enum outcome kept_waiting(struct archive *, struct waiting_list **, struct fault *why);

/* The names of the archive as it is in its snapshot, held for the caller. */
MUST_USE enum outcome kept_names(struct archive *, bool organisations, struct name_list **,
                                 struct fault *why);

/* The mentions of a name that were noted since the record last changed, in the arena. */
bool kept_mentions(struct archive *, struct str key, bool organisation, struct arena *,
                   struct mention_view **, size_t *count);
void kept_note_mentions(struct archive *, struct str key, bool organisation,
                        const struct mention_view *, size_t count);

/* Whether the object was noted since the record last changed. */
bool kept_verified(struct archive *, const struct hash *object);
/* Notes that it has the bytes that its id says and, of a commit, that the signature holds. */
void kept_note_verified(struct archive *, const struct hash *object);

#endif
