/* Who is probably the same as somebody who is shown, and whom nobody decided about: a hollow line
 * beside lists of people, documents and figures, which joins nothing. */
#ifndef GOVAH_COMMAND_PROBABLE_H
#define GOVAH_COMMAND_PROBABLE_H

#include "account/likely.h"
#include "account/people.h"
#include "command/command.h"

/* Everybody who may be one with those names, as they are written; dies of faults. Nobody when there
 * are no names. */
void probable_take(struct session *, const struct str *names, size_t count, struct arena *,
                   struct likely *);

/* The bearers that a row of people stands for: a run of theirs. */
const struct bearer **probable_bearers(const struct likely *, const struct name_row *,
                                       struct arena *, size_t *count);

/* Names of those who are probably one with any of the bearers, but the names given, each once:
 * empty, or "○ probably also A, B". */
struct str probable_words(const struct likely *, const struct bearer **, size_t count,
                          const struct str *but, size_t but_count, struct arena *);

/* How many people these documents name who are probably one with somebody else on record, and whom
 * nobody decided about; 0 where that cannot be read. */
size_t probable_in(struct session *, const struct hash *documents, size_t count, struct arena *);

/* The words of probable_words as objects with name, id and document; in an array. */
json_t *probable_json(const struct likely *, const struct bearer **, size_t count, struct arena *);

#endif
