/* Who is named in which document.
 *
 * Within one kept text all that is said of one folded name (text/fold.h) is taken to be of one
 * person, as its reader took it, but in a list of people: there those who have an entry of their
 * own are apart, and whoever is called as one of them in the entry of another (store/entries.h).
 * Across texts, and entries, only decisions say who is whom (record/persons.h).
 * Decisions name byte ranges: they hold for whoever is named at a range that overlaps one. */
#ifndef GOVAH_CASE_NAMED_H
#define GOVAH_CASE_NAMED_H

#include "record/persons.h"
#include "store/query.h"

struct named {
    struct str key;           /* the folded name */
    size_t entry;             /* of the text, or 0 */
    struct str name;          /* the longest spelling; of equally long ones the first */
    struct mention *mentions; /* in order, each once: where life events and facts name them */
    size_t mentions_count;
    const struct statement_view **views; /* life events and facts about them, by id */
    size_t views_count;
    size_t person; /* decided_mention.person, or SIZE_MAX: nobody decided, or `parted` */
    bool parted;   /* decisions make several persons of these mentions */
};

/* People alone, and nothing that was rejected; in order of the text's id, of the name and of the
 * entry. A pure function: the order of the views does not matter. All lies in the arena or points
 * into the views.
 */
void named_account(const struct statement_view *, size_t count, const struct persons *,
                   struct arena *, struct named **, size_t *named_count);

/* Sets `person` and `parted`, by other decisions than those that it was made by. */
void named_decide(struct named *, const struct persons *);

/* The mention that the view is about; false for a figure, an organisation, or what has no range. */
bool mention_of_view(const struct statement_view *, struct mention *, struct str *name);

#endif
