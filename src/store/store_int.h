/* Inside of the store: the open archive, and SQL with faults that stick. */
#ifndef GOVAH_STORE_INT_H
#define GOVAH_STORE_INT_H

#include <sqlite3.h>

#include "seal/stream.h"
#include "store/archive.h"
#include "store/query.h"

enum { STATEMENT_SLOTS = 256, EVIDENCE_FROM = 256 * 1024, BYTES_LIMIT = 64 * 1024 * 1024 };

#define HEAD_CONTEXT "govah head 1"
/* Which derived tables there are, and what is in them; another one is made again when an archive is
 * opened for writing. */
#define DERIVED_VERSION "26"
#define EXPORT_CONTEXT "govah export 1"

struct cached_statement {
    const char *sql; /* by address: SQL text stands as a literal beside its use */
    sqlite3_stmt *statement;
};

/* What the batch changed of what is said about people (stays_int.h). */
struct touched {
    int64_t *rows; /* statements */
    size_t rows_count, rows_room;
    struct mention *mentions;
    size_t mentions_count, mentions_room;
    bool all; /* everything is made again: nothing is noted */
};

struct archive {
    char *path;
    int dir, evidence, lock; /* descriptors; -1 when not open */
    sqlite3 *db;
    const struct archive_reader *reader;
    enum archive_mode mode;
    struct signing_key own;
    struct stream_key head_key; /* seals the head, so that it ties the folder to no export */
    struct public_key owner;
    struct cached_statement cached[STATEMENT_SLOTS];
    bool in_batch;
    size_t snapshots;          /* begun and not ended */
    struct archive_kept *kept; /* shared with other archives of the folder, or NULL */
    bool dated;                /* the outermost snapshot is of this `generation` */
    uint64_t generation;
    bool summed; /* `summary` is of the generation `summed_at`, which a snapshot confirms */
    uint64_t summed_at;
    struct archive_state summary;
    struct hash_list holds; /* of the batch: what its commit will hold */
    size_t holds_room;
    char (*files)[33]; /* of evidence/, written by this batch: unlinked if it is abandoned */
    size_t files_count, files_room;
    struct touched touched;
    struct profile_notes *profiles; /* that the batch put or took away, or NULL */
    struct taking_in *taking_in;    /* of the batch, or NULL */
    struct passage_batch *passages; /* of documents that are written together, or NULL */
};

/* A query in progress. The first fault sticks, later calls do nothing, query_end reports it. */
struct query {
    struct archive *archive;
    sqlite3_stmt *statement;
    int code; /* SQLite's */
};

/* `sql` must be a literal: the prepared statement is kept by its address. Not to be nested with
 * itself. */
struct query query_begin(struct archive *, const char *sql);
void query_bind_int(struct query *, int place, int64_t);
void query_bind_text(struct query *, int place, struct str); /* borrowed until query_end */
void query_bind_text_or_null(struct query *, int place, struct str);
void query_bind_blob(struct query *, int place, struct str);          /* borrowed until query_end */
void query_bind_hash(struct query *, int place, const struct hash *); /* borrowed likewise */
/* True when there is a row. */
bool query_step(struct query *);
/* Starts it again with other bindings. */
void query_again(struct query *);
MUST_USE enum outcome query_end(struct query *, struct fault *why);

int64_t query_int(const struct query *, int column);
struct str query_str(const struct query *, int column); /* valid until the next step */
bool query_null(const struct query *, int column);
/* False, and a sticking fault, when the column is no hash. */
bool query_hash(struct query *, int column, struct hash *);

/* A statement without rows. */
MUST_USE enum outcome sql_run(struct archive *, const char *sql, struct fault *why);
MUST_USE enum outcome sql_fault(struct archive *, int code, struct fault *why);

/* archive.c: the archive's lock: BUSY, and who, when another program writes. Closing `lock` gives
 * it back. */
MUST_USE enum outcome lock_take(struct archive *, struct fault *why);
/* a row of own_setting */
MUST_USE enum outcome setting_put(struct archive *, const char *name, const void *value,
                                  size_t size, struct fault *why);

/* schema.c */
MUST_USE enum outcome schema_create(struct archive *, struct fault *why);
MUST_USE enum outcome schema_derived_create(struct archive *, struct fault *why);
/* The index by which statements are found; apart, so that it can be made of rows that are there. */
MUST_USE enum outcome schema_derived_index(struct archive *, struct fault *why);
MUST_USE enum outcome schema_derived_drop(struct archive *, struct fault *why);
/* Makes blank what schema_derived_drop left in pages that are free now. */
MUST_USE enum outcome schema_free_pages_clear(struct archive *, struct fault *why);
extern const char
    *const derived_digests[]; /* queries, one for each derived table, NULL at the end */

/* tokenizer.c: registers "govah" with FTS5. */
MUST_USE enum outcome tokenizer_register(struct archive *, struct fault *why);
/* A text as the search index takes it: between spaces its words, folded, behind each the token of
 * its skeleton if it has one. In the arena. */
struct str search_words(struct arena *, struct str text);
/* The token of a word's consonant skeleton, "~l" or "~p" and the skeleton; empty for a word without
 * a capital, in another script, or of fewer than two consonants. */
struct str search_skeleton(struct arena *, struct str word);

/* log.c */
MUST_USE enum outcome log_put_object(struct archive *, const json_t *object, struct hash *id,
                                     bool *fresh, struct fault *why);
MUST_USE enum outcome log_put_commit(struct archive *, const struct hash *id, struct fault *why);
/* Appends the canonical bytes; NOT_FOUND when the log does not have it. */
MUST_USE enum outcome log_get_object(struct archive *, const struct hash *, struct buf *,
                                     struct fault *why);
/* Keeps bytes of that hash, unless they are here. */
MUST_USE enum outcome log_put_bytes(struct archive *, struct str bytes, const struct hash *id,
                                    struct fault *why);
MUST_USE enum outcome log_has(struct archive *, const struct hash *, bool *has, struct fault *why);
MUST_USE enum outcome log_has_bytes(struct archive *, const struct hash *, bool *has,
                                    struct fault *why);
/* The payload, opened if it is sealed, unchecked. */
MUST_USE enum outcome log_get_bytes(struct archive *, const struct hash *, struct buf *,
                                    struct fault *why);
/* Reloads the object or bytes and compares hash and, for a commit, signature. DAMAGED if not.
 * `bytes` receives what a capture or a kept text names, or none. */
MUST_USE enum outcome log_check_object(struct archive *, const struct hash *, struct hash *bytes,
                                       struct fault *why);
MUST_USE enum outcome log_check_bytes(struct archive *, const struct hash *, struct fault *why);

/* head.c */
struct head_state {
    int64_t commits;
    struct hash chain;
};
MUST_USE enum outcome head_of_log(struct archive *, struct head_state *, struct fault *why);
MUST_USE enum outcome head_write(struct archive *, struct fault *why);
/* Compares the head with the log: DAMAGED if the log ends before it or is another. *behind when
 * the head is to be written anew. */
MUST_USE enum outcome head_check(struct archive *, bool *behind, struct fault *why);
/* Of the commits that count or are our own, those that no other of them names as a parent: what a
 * new commit builds on. */
MUST_USE enum outcome log_heads(struct archive *, struct arena *, struct hash_list *,
                                struct fault *why);

/* taking_in.c: whether the batch has this capture or text as part of a document that waits for the
 * batch's end with all its rows but those two; to write them; to forget them. */
bool taking_in_has(const struct archive *, const struct hash *id);
MUST_USE enum outcome taking_in_finish(struct archive *, struct fault *why);
void taking_in_end(struct archive *);

/* append.c: the end of a batch: COMMIT, or nothing of it. */
MUST_USE enum outcome batch_end(struct archive *, struct fault *why);

/* judgement.c */
enum statement_standing { STANDING_PROPOSED, STANDING_ACCEPTED, STANDING_REJECTED };
/* Judges a subject and marks its judgements active or not. */
MUST_USE enum outcome derive_subject(struct archive *, const struct hash *subject,
                                     struct standing *, struct fault *why);
/* The same for a statement, into its row. */
MUST_USE enum outcome judge_statement(struct archive *, const struct hash *subject,
                                      struct fault *why);
MUST_USE enum outcome derive_decision(struct archive *, const struct hash *id,
                                      const struct decision *, struct fault *why);

/* derive.c: the row of a capture and of a kept text that count. */
MUST_USE enum outcome derive_capture(struct archive *, const struct hash *id,
                                     const struct capture *, struct fault *why);
MUST_USE enum outcome derive_text(struct archive *, const struct hash *id, const struct kept_text *,
                                  struct fault *why);
/* the rows of one new commit of our own, or of all commits from the log */
MUST_USE enum outcome derive_commit(struct archive *, const struct hash *commit,
                                    const struct hash_list *holds, struct fault *why);
MUST_USE enum outcome derive_all(struct archive *, archive_progress *, void *context,
                                 struct fault *why);

/* membership.c: which commits count. 0 quarantined, 1 counts, 2 waits for what it names. */
enum commit_standing { COMMIT_QUARANTINED, COMMIT_COUNTS, COMMIT_WAITS };
MUST_USE enum outcome derive_members(struct archive *, struct fault *why);
MUST_USE enum outcome derive_standings(struct archive *, struct fault *why);
/* Whether the key is a member's or the owner's and was not revoked. */
MUST_USE enum outcome member_counts(struct archive *, const struct public_key *, bool *counts,
                                    struct fault *why);
/* Judges the author alone, and writes it into the row; derive_standings also finds what waits. */
MUST_USE enum outcome commit_standing(struct archive *, const struct hash *id,
                                      const struct public_key *author, enum commit_standing *,
                                      struct fault *why);

/* statement_row.c: the first eight bytes of an id, the greatest first, under which its row is
 * found. */
int64_t statement_prefix(const struct hash *id);
struct hash hash_of_prefix(int64_t); /* the rest are zeros */

/* reading_ahead.c: the rows of documents, named by their bytes, each once: from all captures and
 * texts that count, with their search index and their proposals. `progress` may be NULL. */
MUST_USE enum outcome derive_documents(struct archive *, const struct hash_list *bytes,
                                       archive_progress *, void *context, struct fault *why);

/* The row of a statement in the log. */
MUST_USE enum outcome derive_statement(struct archive *, const struct hash *id,
                                       const struct statement *, struct fault *why);
/* query.c: the ids that begin with the digits, at least 4: from *low, padded with 0, to *high,
 * padded with f; false when they are no digits. */
MUST_USE bool hash_range(struct str digits, struct hash *low, struct hash *high);
/* The first thirteen columns of a document in query.c's order. */
void document_of_row(struct query *, struct arena *, struct document_view *);
/* The facts of a document, in the arena. */
MUST_USE enum outcome document_facts(struct archive *, const struct hash *capture, struct arena *,
                                     struct capture *, struct fault *why);

#endif
