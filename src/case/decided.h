/* What was decided of a statement, in a sign or a word, and how a label is written.
 *
 * The sign before a statement: ● accepted, ○ proposed (nobody has decided), ◐ disputed (decisions
 * contradict each other), × rejected. */
#ifndef GOVAH_CASE_DECIDED_H
#define GOVAH_CASE_DECIDED_H

#include "base/arena.h"
#include "store/figures.h"

/* One of the signs above. */
const char *state_sign(enum view_state, bool undecided);

/* "disputed" where decisions contradict each other, else view_state_name. */
const char *state_word(enum view_state, bool undecided);

/* A label in words: "sentenced_to_death" is "sentenced to death", "other:fled" is "fled". */
struct str label_words(struct arena *, struct str label);

/* Rejected, and not because decisions contradict each other. */
bool statement_is_rejected(const struct statement_view *);
bool figure_is_rejected(const struct figure_view *);

/* Accepted, and no decision contradicts. */
bool statement_is_accepted(const struct statement_view *);

/* Whether it is drawn as what is disputed: decisions contradict each other, or dispute it. */
bool statement_is_hatched(const struct statement_view *);
bool figure_is_hatched(const struct figure_view *);

#endif
