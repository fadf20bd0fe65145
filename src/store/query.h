/* Views of the record: what lists and pages show. All strings and arrays lie in the arena given. */
#ifndef GOVAH_STORE_QUERY_H
#define GOVAH_STORE_QUERY_H

#include "record/judge.h"
#include "store/archive.h"

enum view_state { VIEW_PROPOSED, VIEW_ACCEPTED, VIEW_REJECTED };

/* "proposed", "accepted", "rejected". */
const char *view_state_name(enum view_state);

struct document_view {
    struct hash id;     /* SHA-256 of its bytes */
    struct hash text;   /* id of the kept text */
    struct hash sha256; /* of the text */
    struct document_facts facts;
    struct str name, media, extractor, at;
    int64_t size;
    size_t proposed, accepted, rejected; /* statements */
};

struct statement_view {
    struct hash id;
    struct statement statement; /* strings borrowed from the arena */
    struct str quote;
    enum view_state state;
    bool undecided; /* active decisions contradict each other; `state` is the cautious one */
    enum weigh_verdict weighed; /* by decisions; disputed where they contradict each other */
    bool proposed;              /* by the reader that this program has */
    int confidence;             /* per mille; 0 when no reader proposes it */
    struct str why;             /* the reader's explanation */
    struct incident_reason incident;
    size_t entry;         /* of its text, whom it is about (store/entries.h); 0: of none */
    struct hash document; /* SHA-256 of the bytes */
    struct str document_title, document_name; /* each may be empty */
    struct str document_publisher, document_published, document_lang;
    struct str document_taken; /* when it was taken in, "2026-11-21T07:40:00Z" */
};

/* Which statements; an empty field asks nothing. */
struct statement_filter {
    bool by_form;
    enum statement_form form;
    bool lives;               /* life events and facts alone */
    const struct hash *text;  /* NULL: of every text */
    bool rejected;            /* the rejected too */
    bool waiting;             /* only what nobody decided, or contradictory decisions */
    const struct span *about; /* with `text`: only those whose quotes reach into one of these */
    size_t about_count;
};

MUST_USE enum outcome archive_documents(struct archive *, struct arena *, struct document_view **,
                                        size_t *count, struct fault *why);

/* Ids of the kept texts of which something waits for a decision, by document. */
MUST_USE enum outcome archive_waiting_texts(struct archive *, struct arena *, struct hash_list *,
                                            struct fault *why);

/* In order of document, quote, id. */
MUST_USE enum outcome archive_statements(struct archive *, const struct statement_filter *,
                                         struct arena *, struct statement_view **, size_t *count,
                                         struct fault *why);

/* The labels of the life events that nobody rejected, each once, in byte order. */
MUST_USE enum outcome archive_life_events(struct archive *, struct arena *, struct str **,
                                          size_t *count, struct fault *why);

/* One statement by its id or by at least 4 digits of it: NOT_FOUND, or REFUSED when several begin
 * so. */
MUST_USE enum outcome archive_statement(struct archive *, struct str digits, struct arena *,
                                        struct statement_view *, struct fault *why);

/* The kept text, appended. */
MUST_USE enum outcome archive_text(struct archive *, const struct hash *text_id, struct buf *,
                                   struct fault *why);

/* A decision about a statement, with one commit that holds it. */
struct decision_view {
    struct hash id, held_by;
    enum verdict verdict;
    bool active; /* neither superseded nor taken back */
    bool bulk;   /* many at once, without looking at each */
    struct str why;
    struct hash instead_of; /* accept: the statement it was edited from, or none */
    struct public_key author;
    struct str author_name; /* as a member is called, or empty */
    struct str at;
};

/* In order of time, then of id. */
MUST_USE enum outcome archive_decisions(struct archive *, const struct hash *subject,
                                        struct arena *, struct decision_view **, size_t *count,
                                        struct fault *why);

/* Of those what rules: neither superseded nor taken back, and itself no retraction. `weighing`:
 * what weighs it, else what decides about it. After a retraction, what it did not reach: an earlier
 * decision that the one taken back had superseded, or somebody else's. */
MUST_USE enum outcome archive_rulings(struct archive *, const struct hash *subject, bool weighing,
                                      struct arena *, struct decision_view **, size_t *count,
                                      struct fault *why);

enum commit_view_state { COMMIT_VIEW_QUARANTINED, COMMIT_VIEW_COUNTS, COMMIT_VIEW_WAITS };

struct commit_view {
    struct hash id;
    struct public_key author;
    struct str author_name, at, note;
    int64_t holds;
    enum commit_view_state state;
};

/* All commits, by time and id; `not_counting` leaves out those that count. */
MUST_USE enum outcome archive_commits(struct archive *, bool not_counting, struct arena *,
                                      struct commit_view **, size_t *count, struct fault *why);

struct member_view {
    struct public_key key;
    struct str name;
    bool member, undecided, owner, own;
    int64_t commits, quarantined;
};

/* Every key that a decision or a commit names, the owner first. */
MUST_USE enum outcome archive_members(struct archive *, struct arena *, struct member_view **,
                                      size_t *count, struct fault *why);

/* Active decisions about a statement, for a new decision of the verdict `next` to supersede;
 * sorted. A retraction takes back decisions, and no other retraction. What weighs supersedes what
 * weighs, and all others what does not (record/decision.h). */
MUST_USE enum outcome archive_active_decisions(struct archive *, const struct hash *subject,
                                               enum verdict next, struct arena *,
                                               struct hash_list *, struct fault *why);

/* The same about a key. */
MUST_USE enum outcome archive_key_decisions(struct archive *, const struct public_key *,
                                            struct arena *, struct hash_list *, struct fault *why);

struct archive_state {
    int64_t documents, statements, proposed, accepted, rejected, undecided;
    int64_t statements_wait; /* that nobody decided, or contradictorily */
    int64_t commits, quarantined, waiting;
    bool own_counts;  /* this device's key is a member's, so that what it commits counts */
    struct hash head; /* chain of commits as this archive received them */
};
MUST_USE enum outcome archive_summary(struct archive *, struct archive_state *, struct fault *why);

/* Whether a capture with these bytes, and these facts, counts already. */
MUST_USE enum outcome archive_knows(struct archive *, const struct hash *bytes,
                                    const struct document_facts *, bool *known, struct fault *why);

enum { SEARCH_RANKED = 1000 };

struct search_hit {
    struct document_view document;
    bool exact;         /* as written, folded; else by its consonants */
    struct span *marks; /* byte ranges in the kept text that match as the hit does, in order, a few;
                           none when only the title matches */
    size_t marks_count;
    struct span around; /* a passage to show that holds the first marks */
    struct str passage; /* its text */
};

/* Documents that hold every word, at most `limit`; words as typed, a '*' behind one asks for its
 * beginning. First those that hold them as written, folded; then, when these are fewer than the
 * limit, those that hold them or words of the same consonants (in Latin letters those with a
 * capital). Either step gives the best first, and of two as good the one taken in later. REFUSED
 * without a word, and for more than 16.
 *
 * Words may be in most documents: a step ranks SEARCH_RANKED or `limit` documents, whichever is
 * more. If others match, those taken in last are ranked, and *more is true. */
MUST_USE enum outcome archive_search(struct archive *, struct str words, size_t limit,
                                     struct arena *, struct search_hit **, size_t *count,
                                     bool *more, struct fault *why);

#endif
