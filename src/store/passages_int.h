/* Where passages are kept, for what tells them. */
#ifndef GOVAH_STORE_PASSAGES_INT_H
#define GOVAH_STORE_PASSAGES_INT_H

#include "store/passages.h"
#include "store/store_int.h"

/* What a row counts for, so that sums of rows are numbers of people. */
enum {
    TALLY_ACCEPTED = 1, /* the person, as one of whom an accepted statement says so */
    TALLY_PROPOSED = 2, /* the person, as one of whom none does */
    TALLY_YEAR_ACCEPTED = 4,
    TALLY_YEAR_PROPOSED = 8,
};

struct passage_row {
    const struct archive_passage *passage;
    int64_t person, body, statement; /* the first eight bytes of their ids */
    int64_t naming;                  /* the same for passages that write the body's name alike */
    int64_t first, last, year;       /* INT64_MIN: no date */
    enum passage_role role;
    bool decided, part;
    unsigned tally;
};

/* Those of some people, each statement's once, with what it counts for; how many there are. There
 * is to be room for all. */
size_t passage_rows_make(const struct archive_passage *, size_t count, struct passage_row *);
int64_t passage_year(int64_t first);
MUST_USE enum outcome passage_row_put(struct archive *, const struct passage_row *,
                                      struct fault *why);
/* So many more: of people and of rows; of people in a year; of rows that write it like this one. */
MUST_USE enum outcome body_count(struct archive *, int64_t body, struct body_cases, size_t passages,
                                 struct fault *why);
MUST_USE enum outcome body_year_count(struct archive *, int64_t body, const struct body_year *,
                                      struct fault *why);
MUST_USE enum outcome body_name_count(struct archive *, const struct passage_row *, size_t passages,
                                      struct fault *why);

/* ---- passed.c: where the rows of each person are ---- */

/* Rows of passage_rows_make. */
MUST_USE enum outcome passed_put(struct archive *, const struct passage_row *, size_t count,
                                 struct fault *why);

/* Days, as they take little room: INT32_MIN and INT32_MAX are no end. */
int32_t passage_day_narrow(int64_t);
int64_t passage_day_wide(int32_t);

/* ---- passage_batch.c: rows that are kept in memory until they are written in order ---- */

struct passage_batch;
MUST_USE struct passage_batch *passage_batch_begin(void);
/* All rows of some people, none of whom has any yet, in the order of passage_rows_make. Where they
 * will be is written at once. */
MUST_USE enum outcome passage_batch_add(struct passage_batch *, struct archive *,
                                        const struct passage_row *, size_t count, struct fault *);
/* To the tables; once. */
MUST_USE enum outcome passage_batch_write(struct passage_batch *, struct archive *, struct fault *);
void passage_batch_end(struct passage_batch *); /* may be NULL */

/* ---- the tables ---- */

/* Empty. */
MUST_USE enum outcome passages_create(struct archive *, struct fault *why);

/* Those of the person, by the first 8 bytes of the address, and the row of the text in which it is
 * a mention. */
MUST_USE enum outcome passages_forget(struct archive *, int64_t text, int64_t person,
                                      struct fault *why);

/* All of them, and the indexes. */
MUST_USE enum outcome passages_clear(struct archive *, struct fault *why);

/* By body, and by person; unless they are there. */
MUST_USE enum outcome passages_index(struct archive *, struct fault *why);

#endif
