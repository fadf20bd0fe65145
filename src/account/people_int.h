/* What the files about people share. */
#ifndef GOVAH_ACCOUNT_PEOPLE_INT_H
#define GOVAH_ACCOUNT_PEOPLE_INT_H

#include "account/people.h"

struct person_mention {
    const struct statement_view *view;
    struct str name, key;
    size_t person; /* SIZE_MAX: nobody decided */
};

/* The mentions that the filter takes whatever its `name` says, those of one row together; in the
 * arena. */
struct person_mention *person_mentions(const struct statement_view *, size_t count,
                                       const struct people_filter *, struct arena *,
                                       size_t *number);
bool person_mentions_meet(const struct person_mention *, const struct person_mention *);

/* A row of all of these, of which there is at least one; they are put in order. */
void person_row_fill(struct mention_view *, size_t count, struct arena *, struct person_row *);

#endif
