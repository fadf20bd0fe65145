/* Between the files of a person's history. */
#ifndef GOVAH_CASE_CASE_HISTORY_INT_H
#define GOVAH_CASE_CASE_HISTORY_INT_H

#include "case/case_history.h"

/* Whether `a` comes before `b`: by their days, or as the usual order and the need of `b` have it.
 */
bool occurrence_precedes(const struct case_history *, const struct case_occurrence *a,
                         const struct case_occurrence *b);

/* Whether both are the same state, or are kept in the same way. */
bool states_agree(const struct case_rules *, size_t a, size_t b);

enum happened { HAPPENED_NOT, HAPPENED_MAYBE, HAPPENED };
enum happened occurrence_happened(const struct case_occurrence *, int64_t day);

/* The states that the occurrences before this one lead to. */
void case_standing_before(const struct case_history *, const struct case_occurrence *,
                          struct case_standing *);

/* Sets `acts`. */
void case_history_settle(struct case_history *);

/* Those that act, in order; what names no day stands before what needs it, else last. */
const struct case_occurrence **case_steps(const struct case_history *, struct arena *,
                                          size_t *count);

#endif
