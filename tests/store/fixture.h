/* Archives in a temporary folder, a reader simple enough to foretell, and the steps that the
 * commands take with an archive. Whatever fails here fails the test. */
#ifndef GOVAH_TESTS_STORE_FIXTURE_H
#define GOVAH_TESTS_STORE_FIXTURE_H

#include "store/query.h"

#define PASSPHRASE STR("a passphrase")

/* Group set-up and tear-down for cmocka. */
int fixture_begin(void **state);
int fixture_end(void **state);

/* The path of an archive by its name; the last eight stay valid. */
const char *fixture_path(const char *name);

/* Every number in a text, outside of lines that begin with '-', is a figure of people killed: its
 * quote is the line; in one that begins with '!' it is a finding too, a part of the document's
 * year of publication. The incident is "in-" and the year in which the document was published. */
extern const struct archive_reader fixture_reader;

/* Makes an archive and opens it for writing; `owner` as for archive_init. */
struct archive *fixture_make(const char *name, const struct public_key *owner);
struct archive *fixture_open(const char *name, enum archive_mode);
enum outcome fixture_try_open(const char *name, enum archive_mode, struct archive **,
                              struct fault *why);

/* A time of its own for each call. */
struct str fixture_now(void);

/* Takes a document in, in a commit of its own; returns the SHA-256 of its bytes. The kept text is
 * the bytes. `facts` and `extractor` may be NULL. */
struct hash fixture_add(struct archive *, struct str bytes, const struct document_facts *facts,
                        const char *extractor);

/* The statement that the reader makes of line `line` (from 0), which must be there. */
struct statement_view fixture_statement(struct archive *, const struct hash *document, size_t line,
                                        struct arena *);

/* One decision about the statements, which supersedes what was active about them; its id. */
struct hash fixture_decide(struct archive *, enum verdict, const struct statement_view *,
                           size_t count);

/* A decision about a key, which supersedes what was active about it. `last` may be NULL. */
struct hash fixture_decide_key(struct archive *, enum verdict, const struct public_key *,
                               const struct hash_list *last);

/* Signs and puts one object, or several, as a commit; returns the commit's id. */
struct hash fixture_put(struct archive *, json_t **objects, size_t count);
/* The newest commit in the log. */
struct hash fixture_last_commit(struct archive *);

/* An export's lines. */
void fixture_export(struct archive *, struct str beyond, struct buf *out);
enum outcome fixture_import(struct archive *, struct str lines, struct exchange_count *,
                            struct fault *why);
/* Imports what must be good. */
struct exchange_count fixture_take(struct archive *, struct str lines);
/* The last line of an export, without its line end. */
struct str fixture_head_line(struct str lines);

struct hash fixture_digest(struct archive *);
/* The derived rows are those that a rebuild makes. */
void fixture_assert_derived(struct archive *);

struct archive_state fixture_state(struct archive *);

/* What verify says, each finding or note on a line. */
void fixture_findings(struct archive *, struct buf *out);

/* Copies or moves one file of an archive's folder. */
void fixture_copy(const char *from, const char *to);

#endif
