/* The archive: a folder with an encrypted database, sealed evidence files beside it, a file of key
 * slots and a signed head. docs/format.md describes it byte by byte.
 *
 *   keys.json   the master key, wrapped (seal/keys.h)
 *   record.db   SQLite, encrypted page by page (AEGIS-256): log_*, payload_*, derived_*, own_*
 *   evidence/   what is large, each file under a key of its own, names random
 *   head        how far the record reaches, signed and sealed; replaced after each commit, and only
 *               then is the commit acknowledged
 *   lock        held by the one program that writes, and says who that is
 *
 * The log is never rewritten; what is derived_* can be dropped and made again at any time. */
#ifndef GOVAH_STORE_ARCHIVE_H
#define GOVAH_STORE_ARCHIVE_H

#include "base/arena.h"
#include "base/fault.h"
#include "record/capture.h"
#include "record/commit.h"
#include "record/decision.h"
#include "record/entry.h"
#include "record/finding.h"
#include "record/judge.h"
#include "record/proposal.h"
#include "seal/keys.h"

struct archive;

/* Which incident of a country's vocabulary a figure is laid to, and by what. */
struct incident_reason {
    struct str id;  /* or empty */
    struct str why; /* one line */
};

/* What a reader found in a text. */
struct archive_reading {
    struct proposal *proposals;        /* their `text` unset */
    struct incident_reason *incidents; /* along with them */
    size_t count;
    struct finding *findings;
    size_t findings_count;
    struct list_entry *entries; /* of a list of people, in order, apart from each other */
    size_t entries_count;
};

/* How texts become proposals: the store knows no reader and is handed one. */
struct archive_reader {
    void *context;
    const char *version;
    /* *out begins as zeros; what is found lies in the arena. */
    void (*read)(void *context, struct str text, const struct document_facts *, struct arena *,
                 struct archive_reading *out);
    /* The incident of a figure that no proposal covers; an empty id when there is none. */
    void (*incident)(void *context, struct str text, const struct statement *,
                     const struct document_facts *, struct arena *, struct incident_reason *);
};

enum archive_mode { ARCHIVE_READ, ARCHIVE_WRITE };

/* ---- beginning and end ---- */

/* SQLite takes its memory from mem_resize from here on; once, before the first archive. */
void archive_use_memory(void);

/* Makes the folder, which must not exist or be empty, as a whole or not at all. `name` is what the
 * owner calls themself. With `owner` the archive follows another's owner, and its own commits count
 * once that owner has made its key a member. The recovery key is to be shown once. */
MUST_USE enum outcome archive_init(const char *dir, struct str passphrase, struct str name,
                                   const struct public_key *owner, struct str at,
                                   char recovery[RECOVERY_TEXT_SIZE], struct fault *why);

/* The random name in keys.json, by which the keyring knows the archive. */
MUST_USE enum outcome archive_name(const char *dir, char name[ARCHIVE_NAME_DIGITS + 1],
                                   struct fault *why);

/* The master key, by a passphrase or the recovery key. */
MUST_USE enum outcome archive_key(const char *dir, struct key_secret, struct master_key *,
                                  struct fault *why);

/* Gives the archive another passphrase; the recovery key stays. */
MUST_USE enum outcome archive_change_passphrase(struct archive *, const struct master_key *,
                                                struct str passphrase, struct fault *why);

/* DENIED for a wrong key, BUSY (and who) when another program writes, DAMAGED when the database
 * ends before its signed head. `reader` outlives the archive. */
MUST_USE enum outcome archive_open(const char *dir, const struct master_key *, enum archive_mode,
                                   const struct archive_reader *, struct archive **,
                                   struct fault *why);
void archive_close(struct archive *);

/* What several archives of one folder find out once for all of them, as long as the record does not
 * change: who is named, which signatures hold. For threads that each have an archive of their own,
 * which then keeps fewer pages of the database in memory. It is freed after the last archive that
 * shares it. */
struct archive_kept;
MUST_USE struct archive_kept *archive_kept_new(void);
void archive_kept_free(struct archive_kept *);
void archive_share(struct archive *, struct archive_kept *);

const struct public_key *archive_own_key(const struct archive *);
const struct public_key *archive_owner(const struct archive *);

/* ---- writing: one batch at a time ---- */

/* Starts a batch; everything until archive_commit or archive_abandon belongs to it. */
MUST_USE enum outcome archive_begin(struct archive *, struct fault *why);

/* Keeps bytes under their SHA-256; what is there already costs only the hash. */
MUST_USE enum outcome archive_put_bytes(struct archive *, struct str bytes, struct hash *id,
                                        struct fault *why);

/* Adds an object to the log and to the commit in the making; takes over the reference. */
MUST_USE enum outcome archive_put_object(struct archive *, json_t *object, struct hash *id,
                                         struct fault *why);

/* Keeps a document that was read out of its bytes just now: them, of whose SHA-256 and size the
 * capture speaks, the capture, the text and what made it. If nothing else is known of these bytes,
 * other threads read it while the batch goes on. */
MUST_USE enum outcome archive_put_document(struct archive *, const struct capture *,
                                           struct str bytes, struct str extractor, struct str text,
                                           struct fault *why);

/* Signs, derives, reads back, commits, replaces the head: then it is acknowledged (OK). On any
 * fault nothing of the batch remains. An empty batch makes no commit. */
MUST_USE enum outcome archive_commit(struct archive *, struct str note, struct str at,
                                     struct fault *why);
void archive_abandon(struct archive *);

/* ---- keeping ---- */

/* Called now and then with how much is done. */
typedef void archive_progress(void *context, size_t done, size_t total);

/* Drops everything derived and makes it again. */
MUST_USE enum outcome archive_rebuild(struct archive *, archive_progress *, void *context,
                                      struct fault *why);

/* SHA-256 over the sum of the hashes of each derived table's rows, which stand in no order: equal
 * derivations, equal digests. */
MUST_USE enum outcome archive_derived_digest(struct archive *, struct hash *, struct fault *why);

/* Re-checks every hash, signature and link. Each finding is one line given to `say`; OK and a
 * count of 0 when all is as it should be. A line that begins with "note: " is no finding: evidence
 * files left over by a crash harm nothing. */
typedef void archive_say(void *context, const char *line);
struct archive_check {
    size_t objects, bytes, commits; /* looked at */
    size_t findings;
    size_t notes; /* no damage: commits that wait, evidence files that nothing names */
};
MUST_USE enum outcome archive_verify(struct archive *, archive_say *, archive_progress *,
                                     void *context, struct archive_check *, struct fault *why);

/* ---- exchange: JSON Lines ending in a signed head (docs/format.md) ---- */

struct exchange_count {
    size_t commits, objects, bytes; /* exported, or new by import */
    size_t quarantined;             /* commits of unknown keys, waiting; import only */
    size_t waiting;                 /* commits that name what is not here yet; import only */
    size_t known;                   /* lines that were here already; import only */
};

/* Writes all lines to the descriptor; without the commits (and what only they hold) that `beyond`,
 * an earlier export's head line, already has (empty: everything). */
MUST_USE enum outcome archive_export(struct archive *, int fd, struct str beyond,
                                     archive_progress *, void *context, struct exchange_count *,
                                     struct fault *why);

/* Takes an export in, whole or not at all; a fault names the line. */
MUST_USE enum outcome archive_import(struct archive *, int fd, archive_progress *, void *context,
                                     struct exchange_count *, struct fault *why);

/* Whether every commit that an export's head line names is here: DAMAGED when one is missing. */
MUST_USE enum outcome archive_reaches(struct archive *, struct str head_line, struct fault *why);

#endif
