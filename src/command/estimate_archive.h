/* The lists that an archive's sources make of the people to whom something happened. */
#ifndef GOVAH_COMMAND_ESTIMATE_ARCHIVE_H
#define GOVAH_COMMAND_ESTIMATE_ARCHIVE_H

#include "command/command.h"

/* Which events of lives; an empty field asks nothing but `event`, which is a label. Days are since
 * 1970-01-01; with either given, an event without a date is left out. */
struct lives_question {
    struct str event, place; /* the place in any case, or a part of it */
    int64_t since, until;    /* INT64_MIN, INT64_MAX */
    bool dated;              /* either of them was given */
    bool proposed;           /* what nobody decided on, too */
};

struct lives_table {
    struct buf csv;    /* list,person: a row for each person and source, sorted; to be released */
    size_t statements; /* that were taken */
    size_t without_source;  /* statements whose document has no publisher: left out */
    size_t sources, others; /* that became lists; that name too few, and were left out */
};

/* A source is a document's publisher, without what stands in brackets behind it; a person is a name
 * as written, folded. The ten sources that name the most people are taken. */
void lives_table(struct archive *, const struct lives_question *, struct lives_table *);

#endif
