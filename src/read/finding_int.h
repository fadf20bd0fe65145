/* What cannot be as a document has it: of its dates (date_check.h), and between its statements. */
#ifndef GOVAH_READ_FINDING_INT_H
#define GOVAH_READ_FINDING_INT_H

#include "read/page_int.h"

/* Which events' counts rise and fall (data/account/states.tsv); those of all others only grow. */
struct finding_rules;

/* Faults name the file and the line. The caller owns *out (finding_rules_free). */
MUST_USE enum outcome finding_rules_new(struct finding_rules **out, struct fault *why);
void finding_rules_free(struct finding_rules *);

/* Sets the findings of the reading, whose proposals, dates and sentences are set:
 *   - those of its dates;
 *   - a part that is stated greater than its whole ("about" and "nearly" may be a tenth off);
 *   - two counts of one source, event, population, place and beginning, of which the later is the
 *     lower one although such counts only grow;
 *   - a figure or life event dated after the document by a date that no word of the future is near;
 *   - what may stand for "unknown" in columns of tables (columns_int.h).
 * n log n in the statements and the cells of columns, linear in the text. */
void findings_find(const struct page *, const struct finding_rules *, struct reading *);

#endif
