/* The statements about one person, found without looking at those about anybody else. */
#ifndef GOVAH_STORE_CASES_H
#define GOVAH_STORE_CASES_H

#include "store/pairs.h"

struct case_statements {
    struct statement_view *views; /* life events and facts, the rejected too, by id */
    size_t count;
    struct pair_view *pairs; /* decisions about a mention of theirs, in order */
    size_t pairs_count;
};

/* All about the people whom these statements are about: what is said of the same folded name in the
 * same text, and of every mention that decisions connect with one of those, and so on. A superset
 * of what record/persons.h joins, and whatever it needs to join that. In the arena. */
MUST_USE enum outcome archive_case_statements(struct archive *, const struct hash *statements,
                                              size_t count, struct arena *,
                                              struct case_statements *, struct fault *why);

/* Statements that name somebody at a mention whose id begins with the digits, at least 4: one of
 * each mention. In the arena. REFUSED for what are no digits. */
MUST_USE enum outcome archive_mention_statements(struct archive *, struct str digits,
                                                 struct arena *, struct hash_list *,
                                                 struct fault *why);

/* Statements about people of the folded name, one of each text; without `whole`, of those that have
 * it in their name. In the arena. */
MUST_USE enum outcome archive_name_statements(struct archive *, struct str folded, bool whole,
                                              struct arena *, struct hash_list *,
                                              struct fault *why);

#endif
