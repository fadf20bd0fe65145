/* A statement: one thing that one document says, at a byte range of a kept text.
 *
 * Its id is the SHA-256 of its canonical JSON, which holds the kept text's id, the range, the form
 * and the fields, and never a reader, a confidence, an author or a time: two readers, or two
 * people, who see the same thing make the same statement.
 *
 * Strings are UTF-8. Dates are EDTF level 1 (ISO 8601-2), Gregorian. The labels of `event`, `what`
 * and `property` are open: lower-case words joined by '_', or "other:" and free words. */
#ifndef GOVAH_RECORD_STATEMENT_H
#define GOVAH_RECORD_STATEMENT_H

#include "base/arena.h"
#include "base/json.h"
#include "seal/hash.h"

/* Bytes [from, to) of a kept text; to == 0 is "none". */
struct span {
    size_t from, to;
};

enum statement_form { FORM_FIGURE, FORM_LIFE_EVENT, FORM_FACT };

enum figure_bound {
    BOUND_EXACT,     /* low == high */
    BOUND_AT_LEAST,  /* low */
    BOUND_MORE_THAN, /* low */
    BOUND_ABOUT,     /* low == high */
    BOUND_NEARLY,    /* low == high */
    BOUND_UP_TO,     /* high */
    BOUND_RANGE,     /* low <= high */
};

#define COUNT_NONE INT64_C(-1)

/* How many: of whom, to whom what happened, according to whom, when, where. */
struct figure {
    struct str event;  /* "killed" */
    struct str what;   /* the population: "people", "children" */
    int64_t low, high; /* counts; COUNT_NONE where the bound has none */
    enum figure_bound bound;
    struct str since, until; /* the period counted, EDTF; each may be empty */
    struct str as_of;        /* the day the count is said to stand at, EDTF or empty */
    struct str place;        /* as written, or empty */
    struct str source;       /* who is said to give it, in the document's fullest form; empty in the
                                author's own voice; several joined by "; " */
    struct span subset_of;   /* the quote of the figure it is a part of, or none */
};

enum { DETAILS_LIMIT = 16 };

struct detail {
    struct str name; /* "charge", "sentence" (ISO 8601 duration, "death", "74 lashes"), "court",
                        "branch", "judge", "prison", "note" */
    struct str value;
};

/* What happened to one named person. */
struct life_event {
    struct str person;     /* the name as the document writes it, in its longest form there */
    struct span person_at; /* the mention meant here */
    struct str event;      /* "arrested" */
    struct str date, place, body; /* each may be empty */
    const struct detail *details; /* at most one of a name, in byte order of the name */
    size_t details_count;
};

/* What a document says somebody or something is. */
struct fact {
    struct str subject;
    struct span subject_at;
    struct str subject_kind; /* "person" or "organisation" */
    struct str property;     /* "role", "nationality", "age", "also_called"... */
    struct str value;
    struct str since, until; /* EDTF or empty */
};

struct statement {
    struct hash text; /* id of the kept text */
    struct span quote;
    enum statement_form form;
    union {
        struct figure figure;
        struct life_event life_event;
        struct fact fact;
    };
};

/* "figure", "life_event", "fact"; "exact", "at_least"... */
const char *statement_form_name(enum statement_form);
const char *figure_bound_name(enum figure_bound);
MUST_USE bool figure_bound_read(struct str name, enum figure_bound *out);

/* REFUSED unless the fields agree with each other: a range that is one, counts that fit the bound,
 * an event and a population (or a person, or a property and value), dates that look like EDTF, and
 * no NUL in a text. */
MUST_USE enum outcome statement_check(const struct statement *, struct fault *why);

/* The object; the caller owns it. The statement must pass statement_check. */
MUST_USE json_t *statement_to_json(const struct statement *);

/* Appends the object's canonical bytes, those that object_write makes of statement_to_json, at a
 * tenth of the cost. REFUSED only when they do not fit. */
MUST_USE enum outcome statement_write(struct buf *, const struct statement *, struct fault *why);

/* From a parsed object, whose strings stay borrowed from it; details live in the arena. Unknown or
 * missing members are REFUSED, and what statement_check refuses. */
MUST_USE enum outcome statement_of_json(const json_t *, struct arena *, struct statement *,
                                        struct fault *why);

/* Sets the detail of that name; an empty value removes it. The details are then a new array in the
 * arena, and the one before is as it was: copies of the event may share it. False, and nothing is
 * changed, when there is no room for one more. */
bool life_event_set_detail(struct life_event *, struct arena *, struct str name, struct str value);

/* SHA-256 of the canonical bytes. */
struct hash statement_id(const struct statement *);

#endif
