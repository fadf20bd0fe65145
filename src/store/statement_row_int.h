/* The rows of statements: where they stand, and what is in them (schema.c). */
#ifndef GOVAH_STORE_STATEMENT_ROW_INT_H
#define GOVAH_STORE_STATEMENT_ROW_INT_H

#include "record/mention.h"
#include "store/pairs.h"
#include "store/store_int.h"

/* Who is named in a statement about a person, and where. */
struct naming {
    struct str name, key; /* the key is folded */
    struct mention at;
    int64_t address; /* the first eight bytes of the mention's id */
};

/* A text's statements, and where its next one goes. */
struct text_place {
    int64_t row;  /* of the text */
    int64_t next; /* place among its statements */
};

struct statement_row {
    const struct hash *id;
    const struct statement *statement;
    struct str fields, quote; /* statement_fields; the words, or empty where the text has none */
    bool logged, proposed;
    int confidence;
    struct str why;
    struct incident_reason incident;
    struct str published;        /* the document's date, EDTF or empty */
    struct str key;              /* statement_key */
    const struct naming *naming; /* or NULL */
    size_t entry;                /* entry_of_mention of the naming, or 0 */
};

/* What a life event or a fact says, as derived_wording has it, in the arena; of a figure nothing.
 */
struct str statement_fields(struct arena *, const struct statement *);
/* Back again, by the statement's form; strings in the arena. */
MUST_USE enum outcome statement_of_fields(struct str fields, struct arena *, struct statement *,
                                          struct fault *why);

/* The folded name of a role or a life event, in the arena; empty for all others. */
struct str statement_key(struct arena *, const struct statement *);

/* The quote's bytes lie in the text and cut no character in two. */
bool quote_inside(const struct statement *, struct str text);

/* NULL for a statement about nobody. In the arena. */
const struct naming *statement_naming(struct arena *, const struct statement *);

/* The row of a statement about somebody, as long as the words are there. */
MUST_USE enum outcome naming_put(struct archive *, int64_t row, const struct statement_row *,
                                 struct fault *why);

/* Rows of statements. */
struct row_list {
    int64_t *at;
    size_t count, room;
};

/* query.c: their views, in this order, in the arena. */
MUST_USE enum outcome statements_of_rows(struct archive *, const struct row_list *, struct arena *,
                                         struct statement_view **, size_t *count,
                                         struct fault *why);

/* pairs.c: those of the pairs about which a decision is active, in order; in the arena. */
MUST_USE enum outcome pairs_of_subjects(struct archive *, const struct hash_list *, struct arena *,
                                        struct pair_view **, size_t *count, struct fault *why);

/* The row of a text, made if there is none; `next` is 0 when it has no statements. */
MUST_USE enum outcome text_place_of(struct archive *, const struct hash *text, struct text_place *,
                                    struct fault *why);

/* Writes a statement that has no row yet, and moves the place on. */
MUST_USE enum outcome statement_row_add(struct archive *, struct text_place *,
                                        const struct statement_row *, struct fault *why);

/* Writes a statement, or what is new about one that has a row. */
MUST_USE enum outcome statement_row_put(struct archive *, struct text_place *,
                                        const struct statement_row *, struct fault *why);

/* Of all texts of these bytes: proposals that are not logged go, the others lose their reader. */
MUST_USE enum outcome statement_rows_forget(struct archive *, const struct hash *bytes,
                                            struct fault *why);

/* Statements in the log that no reader proposes, with the words and the incident they have now. */
MUST_USE enum outcome statement_rows_read_logged(struct archive *, const struct hash *bytes,
                                                 struct arena *, struct fault *why);

/* Judges those of them about which anything was decided. */
MUST_USE enum outcome statement_rows_judge(struct archive *, const struct hash *bytes,
                                           struct arena *, struct fault *why);

#endif
