/* Through whose hands cases passed: derived from the statements about each person together with
 * their stays (store/stays.h), kept up with each commit. A body is an institution or an official;
 * the store knows neither and is handed who is one by whoever tells histories. */
#ifndef GOVAH_STORE_PASSAGES_H
#define GOVAH_STORE_PASSAGES_H

#include "store/query.h"

enum passage_role {
    PASSAGE_CASE,  /* something happened to the person there, or by them */
    PASSAGE_POST,  /* the person is said to hold or have held a post there */
    PASSAGE_ABOUT, /* the person is the official */
};

struct archive_passage {
    struct hash person;            /* address: the id of their first mention */
    struct hash text;              /* in which the address is a mention */
    struct hash statement;         /* that says so */
    struct str key;                /* of the body */
    bool official;                 /* the body is one */
    struct str kind, name, branch; /* as account/bodies.h has them */
    bool part;                     /* it was at a part of the body */
    bool unwritten;                /* `name` is not how the statement writes it */
    enum passage_role role;
    int64_t first,
        last;     /* days since 1970-01-01, both included; INT64_MIN and INT64_MAX: no date */
    bool decided; /* the statement was accepted */
};

/* What is the same for all names of one body: eight bytes, the rest are zeros. */
struct hash body_id(struct str key, bool official);
bool body_id_is_official(const struct hash *id);

/* People, each once: those of whom an accepted statement says so, and the others. */
struct body_cases {
    int64_t accepted, proposed;
};

/* One way to write its name. */
struct body_spelling {
    struct str name, branch, kind;
    int64_t passages;
    bool written; /* else it is what the tables call it, where statements name only a part */
};

struct body_view {
    struct hash id; /* its first 8 bytes alone: digits that page and command are asked by */
    bool official;
    struct str key;
    struct body_spelling *spellings; /* the written ones first, then the most frequent */
    size_t spellings_count;
    struct body_cases cases;
};

enum { BODY_DIGITS = 16, BODY_SPELLINGS = 12 };

struct body_choice {
    bool official; /* officials instead of institutions */
    size_t from, limit;
};

/* Those with the most cases first, then by id. At most BODY_SPELLINGS spellings of each. In the
 * arena. `total` is how many there are. */
MUST_USE enum outcome archive_bodies(struct archive *, const struct body_choice *, struct arena *,
                                     struct body_view **, size_t *count, size_t *total,
                                     struct fault *why);

/* Those whose ids begin with the digits (at least 4), or one of whose names, folded, has `folded`
 * in it, at most `limit`; one of the two is empty. */
MUST_USE enum outcome archive_bodies_like(struct archive *, bool official, struct str digits,
                                          struct str folded, size_t limit, struct arena *,
                                          struct body_view **, size_t *count, struct fault *why);

/* Institutions whose keys begin with `prefix`, which ends in '/', by id, at most `limit`. */
MUST_USE enum outcome archive_bodies_under(struct archive *, struct str prefix, size_t limit,
                                           struct arena *, struct body_view **, size_t *count,
                                           struct fault *why);

struct body_year {
    int64_t year; /* Gregorian; INT64_MIN: no date */
    struct body_cases cases;
};

/* People by the year in which they passed, who may have in several; in order. */
MUST_USE enum outcome archive_body_years(struct archive *, const struct hash *body, struct arena *,
                                         struct body_year **, size_t *count, struct fault *why);

struct passage_choice {
    const struct hash *body;
    enum passage_role role;
    bool dated; /* only what may have been between these days, both included */
    int64_t since, until;
    size_t from, limit;
};

/* A person's passage: of several the first that was accepted, else the first. */
struct passage_view {
    int64_t person;
    struct hash statement;
    int64_t first, last;
    bool decided, part;
};

/* The latest first, what has no date last. People each once where cases are asked for, and all
 * statements else. `total` counts them all; of dated cases up to PASSAGES_COUNTED, *more is true
 * when there are others. */
enum { PASSAGES_COUNTED = 2000 };
MUST_USE enum outcome archive_passages(struct archive *, const struct passage_choice *,
                                       struct arena *, struct passage_view **, size_t *count,
                                       size_t *total, bool *more, struct fault *why);

/* Figures that name one of these as their source, as written; by their statements' ids, at most
 * `limit`. */
MUST_USE enum outcome archive_figures_by(struct archive *, const struct str *names, size_t count,
                                         size_t limit, struct arena *, struct hash_list *,
                                         struct fault *why);

#endif
