/* Those who bear a name in one text, as matching sees them: where they are named, the sentence, and
 * the portrait (match/portrait.h) that the statements about them and the words around make.
 *
 * Told are their names and aliases, the dates of birth (from an age: the year before), death,
 * arrest and trial, places, prison, court, branch, judge, charge and sentence of their life events,
 * from their facts father, occupation, nationality, posts, relatives and roles, the words with a
 * capital right before the name, and who else one sentence or one event names. A word with a
 * capital that no statement names, but that sounds like the family name of somebody in the same
 * text and is spelt in another way, is a bearer without statements. Organisations, and what does
 * not look like a person's name, are nobody. */
#ifndef GOVAH_ACCOUNT_BEARER_H
#define GOVAH_ACCOUNT_BEARER_H

#include "case/named.h"
#include "match/portrait.h"
#include "read/read.h"

struct bearer {
    struct named named; /* views_count is 0 where only the spelling was found */
    struct hash text, document;
    struct str document_title, document_name, document_published; /* each may be empty */
    struct str sentence; /* that names them first; the name alone when the text is not here */
    struct span sentence_at;
    struct portrait portrait;
};

/* The address: mention_id of the first mention. */
struct hash bearer_address(const struct bearer *);

/* A text that is not in the archive, what is proposed of it, and the id that all of its views have:
 * it is laid beside those that are. */
struct bearer_guest {
    struct hash id;
    struct str text;
    const struct statement_view *views;
    size_t count;
};

/* Of these texts, or with NULL of all, and of the guest, if there is one, in order of the text's
 * id, then of the name. In the arena. */
MUST_USE enum outcome bearers_read(struct archive *, const struct reader *,
                                   const struct hash_list *texts, const struct bearer_guest *,
                                   const struct persons *, struct arena *, struct bearer **,
                                   size_t *count, struct fault *why);

#endif
