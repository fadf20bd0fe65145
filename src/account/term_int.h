/* Strings that many figures share: each kept once, and what is asked of it worked out once. Two
 * terms of one table are equal exactly when they are the same pointer. */
#ifndef GOVAH_ACCOUNT_TERM_INT_H
#define GOVAH_ACCOUNT_TERM_INT_H

#include "base/arena.h"

struct source;

enum term_days { DAYS_UNREAD, DAYS_NONE, DAYS_KNOWN };

struct term {
    struct str text;
    uint32_t number;           /* from 0, in order of appearance */
    enum term_days days;       /* whether first and last are known: ask term_days */
    int64_t first, last;       /* days since 1970-01-01 */
    const struct term *folded; /* NULL until term_folded */
    const struct source
        *named; /* it as a source, and as one that speaks itself; NULL until asked */
    const struct source *own;
    uint32_t rank; /* of a source's key among all keys, in byte order */
    bool is_key, seen;
};

struct terms;

MUST_USE struct terms *terms_new(struct arena *);

/* The term of a text that stays where it is as long as the table, unchanged. */
struct term *term_of(struct terms *, struct str);

/* The term of a text if there is one, else NULL. */
const struct term *term_find(const struct terms *, struct str);

/* The same for bytes that are copied. */
struct term *term_of_copy(struct terms *, struct str);

/* How many there are, and one of them. */
size_t terms_count(const struct terms *);
struct term *term_at(const struct terms *, uint32_t number);

/* As text/fold.h folds it. */
const struct term *term_folded(struct terms *, struct term *);

/* First and last day of a date in EDTF; false for an empty one and for what is none. */
bool term_days(struct term *, int64_t *first, int64_t *last);

#endif
