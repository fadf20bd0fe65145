/* Bodies through which cases pass: courts and their branches, prosecutors, prisons and their wards,
 * what takes people away, commissions; and officials under all their spellings. Read from the
 * tables of data/country (bodies, officials, posts) and data/account/offices.tsv; a body that no
 * table knows is what the words on record call it.
 *
 * Names are compared as text/fold.h folds them, by their words alone: "Ward 2-A" is "ward 2A". */
#ifndef GOVAH_ACCOUNT_BODIES_H
#define GOVAH_ACCOUNT_BODIES_H

#include "base/arena.h"
#include "base/data.h"
#include "base/fault.h"
#include "record/statement.h"

struct body_row {
    struct str id, kind;      /* "rc_tehran_b26", "branch" */
    struct str name, persian; /* the first two forms */
    struct str branch;        /* its number, or empty */
    struct str also;          /* the id of a court by whose name it may go, too, or empty */
    struct str place;
    const struct body_row *part_of; /* whose cases its own are, too; or NULL */
    const struct body_row *under;   /* to whom it answers, or NULL */
    bool checked;                   /* seen in a published source */
};

/* Who is said, and by whom, to hold a post: a claim, and never the record's own. */
struct body_claim {
    struct str name, key; /* of the official: the first form; official_key of it */
    struct str post;
    const struct body_row *body;      /* or NULL */
    struct str since, until, said_by; /* dates may be empty, who says it is not */
    struct str post_fa, said_by_fa;   /* in Persian, or empty */
    bool checked;
};

struct body_book;

/* Of the tables that are built in; read once, and it lives as long as the program. Any thread may
 * ask. */
const struct body_book *body_book(void);

/* For tests: of these files alone; paths and texts as of base/data.h. REFUSED with file and line
 * for a row that cannot be: an id twice, a whole that is not there or is a part of itself, a claim
 * that nobody makes. */
MUST_USE enum outcome body_book_read(const struct data_file *, size_t count, struct arena *,
                                     const struct body_book **, struct fault *why);

/* NULL when there is none. */
const struct body_row *body_row_of(const struct body_book *, struct str id);

/* All of them, and all claims, in the order of the tables. */
const struct body_row *const *body_rows(const struct body_book *, size_t *count);
const struct body_claim *body_claims(const struct body_book *, size_t *count);

/* Whether the row is the other, or a part of it, or a part of a part. */
bool body_is_part(const struct body_row *, const struct body_row *whole);

/* ---- what a statement names ---- */

struct body_named {
    struct str key;             /* the same for all names of one body, and for no other */
    struct str kind;            /* of the table, or what the statement names it as */
    const struct body_row *row; /* NULL: no table knows it */
    struct str name;            /* as written; of a branch its court, or empty */
    struct str branch;          /* as written, of a branch; else empty */
    bool part;                  /* it is not named itself, but something that is a part of it */
};

enum { BODIES_MOST = 24 };

/* Those that a life event names as court, branch, prison, ward, prosecutor's office or body, each
 * once, and behind each what it is a part of. A branch is one of the court beside it: without a
 * court, or of a court that no table knows, it is no branch that a table knows. A ward that many
 * prisons have is one of the prison beside it. A place is a body when it is a prison. In the arena
 * or the book. */
size_t bodies_of_event(const struct body_book *, const struct life_event *, struct arena *,
                       struct body_named out[BODIES_MOST]);

/* The one that a detail of the event alone names, "court", "branch", "prison", "ward"..., or with
 * "body" its body; false when it names none. */
bool body_of_detail(const struct body_book *, const struct life_event *, struct str name,
                    struct arena *, struct body_named *);

/* Those that the words for a post name: "judge of Branch 26 of the Revolutionary Court of Tehran";
 * known ones alone. */
size_t bodies_of_post(const struct body_book *, struct str words, struct arena *,
                      struct body_named out[BODIES_MOST]);

/* The one that a name, an id or a key means; false where no table knows it. */
bool body_find(const struct body_book *, struct str name, struct arena *, struct body_named *);

/* ---- officials ---- */

/* The same for all spellings of one official whom the tables know, else the folded name. */
struct str official_key(const struct body_book *, struct str name, struct arena *);

/* All names of the official with the key that the tables know, in byte order of the table; none for
 * one they do not know. */
const struct str *official_names(const struct body_book *, struct str key, size_t *count);

/* What a statement about somebody says of their office (data/account/offices.tsv). */
enum office {
    OFFICE_NONE,
    OFFICE_POST,  /* they hold or held a post: its words, as written, in *words; may be empty */
    OFFICE_NAMED, /* they are an official */
};
/* *words are empty but for a post; *body is the one that the rule itself names, or NULL. */
enum office office_of(const struct body_book *, const struct statement *, struct str *words,
                      const struct body_row **body);

#endif
