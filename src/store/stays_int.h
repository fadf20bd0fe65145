/* Which stays are to be told again at the end of a batch. */
#ifndef GOVAH_STORE_STAYS_INT_H
#define GOVAH_STORE_STAYS_INT_H

#include "record/mention.h"
#include "store/passages_int.h"
#include "store/statement_row_int.h"
#include "store/stays.h"

/* A statement about a person came, or was decided about. */
void stays_touch(struct archive *, int64_t row);

/* What is at the mention may be somebody else's now, or gone. */
void stays_touch_mention(struct archive *, const struct mention *);

/* What is told, with the rows of its passages. */
struct people_told {
    struct archive_told said;
    struct passage_row *rows;
    size_t rows_count;
};

/* What these statements tell; nothing before archive_use_histories. Any thread may call it. */
void stays_tell(const struct case_statements *, struct arena *, struct people_told *);

/* How much was touched so far. */
size_t stays_touched(const struct archive *);

/* Writes what is told of a text of which nothing was derived before, by its statements alone, and
 * forgets what they touched since; unless decisions join its people with others, or all is told
 * anew in the end. */
MUST_USE enum outcome stays_put_alone(struct archive *, int64_t text, size_t touched,
                                      const struct people_told *, struct fault *why);

/* Tells again what was touched, or all; then nothing is touched any more. */
MUST_USE enum outcome stays_update(struct archive *, struct fault *why);
MUST_USE enum outcome stays_rebuild(struct archive *, struct fault *why);

/* By state and day, and by person; unless they are there. */
MUST_USE enum outcome stays_index(struct archive *, struct fault *why);

/* Forgets what was touched. */
void stays_forget(struct archive *);

/* cases.c: rows about whoever is meant by these rows and mentions, all that decisions connect with
 * them, and what was decided. */
struct circled {
    struct row_list rows;
    struct hash_list pairs;
};
MUST_USE enum outcome circle_of(struct archive *, const struct row_list *, const struct mention *,
                                size_t mentions, struct arena *, struct circled *,
                                struct fault *why);

#endif
