/* What pages of the workspace list, a page at a time, and how they know that it changed. All
 * strings and arrays lie in the arena given.
 *
 * An archive is used by one thread at a time; each thread opens its own. */
#ifndef GOVAH_STORE_PAGE_H
#define GOVAH_STORE_PAGE_H

#include "store/query.h"

/* Changes whenever anything that was committed, here or by another process, changes what this
 * archive shows; with equal generations two open archives of a folder show the same. Costs
 * microseconds. Ask before the queries that it stands for: what is committed in between then has a
 * later one. */
MUST_USE enum outcome archive_generation(struct archive *, uint64_t *out, struct fault *why);

/* Changes whenever archive_generation does but for decisions about who is whom, which change no
 * statement; ask for it inside of a snapshot. Costs as much as the commits that do not count and
 * the decisions about pairs that came last. */
MUST_USE enum outcome archive_statement_generation(struct archive *, uint64_t *out,
                                                   struct fault *why);

/* All that is read from here to the end is of one state of the archive, whatever others commit
 * meanwhile; many small queries are the faster for it. Snapshots may be nested, and belong into no
 * batch. */
MUST_USE enum outcome archive_snapshot_begin(struct archive *, struct fault *why);
void archive_snapshot_end(struct archive *);

/* ---- documents ---- */

struct document_choice {
    bool waiting;     /* only those with statements that wait for a decision */
    struct str after; /* the id, or its first digits, of the last document of the page before;
                         empty: the first page */
    size_t limit;     /* rows at most */
};

struct document_page {
    struct document_view *documents; /* the last taken in first, then by id */
    size_t *waiting; /* beside each: its statements that nobody decided, or contradictorily */
    size_t count;
    bool more;             /* others come after these */
    size_t total;          /* documents that the choice fits */
    size_t before;         /* of them, those on the pages before */
    size_t total_waiting;  /* statements that wait, in all documents */
    size_t documents_wait; /* documents with any of them */
};

/* NOT_FOUND when `after` is no document's. */
MUST_USE enum outcome archive_document_page(struct archive *, const struct document_choice *,
                                            struct arena *, struct document_page *,
                                            struct fault *why);

/* The document to review next, the last taken in of those that have statements that wait; *waits is
 * false when none has. */
MUST_USE enum outcome archive_next_waiting(struct archive *, struct hash *document, bool *waits,
                                           struct fault *why);

/* One document by its id or at least 8 digits of it: NOT_FOUND, or REFUSED when several begin so.
 */
MUST_USE enum outcome archive_document(struct archive *, struct str digits, struct arena *,
                                       struct document_view *, struct fault *why);

/* ---- what was decided about the statements of a document ---- */

struct judgement_view {
    struct hash statement, decision;
    enum verdict verdict;
    bool active; /* neither superseded nor taken back */
    bool bulk;   /* many at once, without looking at each */
    struct str why;
    struct hash instead_of; /* accept: the statement it was edited from, or none */
    struct hash held_by;    /* the first commit that holds it */
    struct public_key author;
    struct str author_name; /* as a member is called, or empty */
    struct str at;
};

/* About all statements of the document's texts, by statement, then by time, then by decision. */
MUST_USE enum outcome archive_document_judgements(struct archive *, const struct hash *document,
                                                  struct arena *, struct judgement_view **,
                                                  size_t *count, struct fault *why);

/* ---- names ---- */

struct mention_view {
    struct str key;                  /* the name, folded (text/fold.h) */
    struct str name;                 /* as written */
    struct str role;                 /* the label of a role, or empty: a life event */
    struct str event, date;          /* of a life event */
    struct hash statement, document; /* of those that say the same the first by id */
    enum view_state state;
    bool undecided;
    size_t count; /* how many say the same, by its name, label, date, state and dispute */
};

struct name_tally {
    struct str key;
    size_t documents;
};

struct name_choice {
    struct str part;    /* of the folded name; empty: all */
    bool organisations; /* those instead of people */
    size_t from, limit; /* rows left out before, and rows at most */
};

/* Names with a role or a life event that is not rejected: those in the most documents first, then
 * in byte order. `total` is how many the choice fits. */
MUST_USE enum outcome archive_names(struct archive *, const struct name_choice *, struct arena *,
                                    struct name_tally **, size_t *count, size_t *total,
                                    struct fault *why);

/* All mentions of one folded name, those that say the same once, the rejected left out, in no
 * promised order; `key` stays borrowed. */
MUST_USE enum outcome archive_mentions(struct archive *, struct str key, bool organisation,
                                       struct arena *, struct mention_view **, size_t *count,
                                       struct fault *why);

/* ---- about this archive ---- */

/* Commits, the latest first, then by id; `from` of them left out, at most `limit`. */
MUST_USE enum outcome archive_commit_page(struct archive *, size_t from, size_t limit,
                                          struct arena *, struct commit_view **, size_t *count,
                                          struct fault *why);

/* When this device last checked every hash, signature and link, and what it found. Not part of the
 * record. */
struct verification {
    bool known; /* else it never did, and nothing below is said */
    struct str at;
    struct hash head;   /* the chain of commits as it was then */
    int64_t commits;    /* how many there were */
    int64_t findings;   /* 0: all was as it should be */
    bool all_looked_at; /* no commit came since */
};

MUST_USE enum outcome archive_last_verification(struct archive *, struct arena *,
                                                struct verification *, struct fault *why);

/* Notes it. An archive open for reading takes the lock for the moment: BUSY, and who, when another
 * program writes. */
MUST_USE enum outcome archive_note_verification(struct archive *, const struct archive_check *,
                                                struct str at, struct fault *why);

#endif
