/* The lists that sources make of the people to whom something happened. */
#ifndef GOVAH_ACCOUNT_LIVES_H
#define GOVAH_ACCOUNT_LIVES_H

#include "record/persons.h"
#include "store/query.h"

/* Which events of lives; an empty field asks nothing but `event`, which is a label. Days are since
 * 1970-01-01; with either given, an event without a date is left out. */
struct lives_question {
    struct str event, place; /* the place in any case, or a part of it */
    struct str group;        /* of those of whom a fact says so: their group, occupation or
                              * nationality, in any case, or a part of it */
    int64_t since, until;    /* INT64_MIN, INT64_MAX */
    bool dated;              /* either of them was given */
    bool proposed;           /* what nobody decided on, too */
};

struct lives_table {
    struct str csv;         /* list,person: a row for each person and source, sorted */
    size_t statements;      /* that were taken */
    size_t without_source;  /* statements whose document has no publisher: left out */
    size_t sources, others; /* that became lists; that name too few, and were left out */
};

/* A source is a document's publisher under all its names (source_book.h). A person is who
 * was decided to be one; where nobody decided, a name as written, folded, which is that of a
 * decided person when one alone bears it. The sources that name the most people are taken, `most`
 * of them. A pure function over views of life events and facts; all lies in the arena. */
void lives_table(const struct statement_view *, size_t count, const struct persons *,
                 const struct lives_question *, size_t most, struct arena *, struct lives_table *);

/* The life events and the facts of an archive that nobody rejected, and who is whom. */
MUST_USE enum outcome lives_read(struct archive *, struct arena *, struct statement_view **,
                                 size_t *count, struct persons *, struct fault *why);

#endif
