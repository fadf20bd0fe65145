/* One person's case: for a terminal, and as a line of JSON. */
#ifndef GOVAH_COMMAND_PERSON_PRINT_H
#define GOVAH_COMMAND_PERSON_PRINT_H

#include "case/case.h"
#include "command/command.h"
#include "command/doubtful.h"

/* The day that --as-of names, the last of a month or year; today when it is empty. Dies when it is
 * no date. */
int64_t day_asked(struct str date);

/* The person whom an id or a name means; NULL when it means several, who are then listed. Dies when
 * it means nobody. */
const struct case_person *person_asked(struct session *, struct str asked, struct arena *);

/* "imprisoned", or several states joined by " or ". In the arena. */
struct str standing_words(struct arena *, const struct case_rules *, const struct case_standing *);

/* When the occurrence was, as its statements say it: EDTF, or "no date". */
struct str occurrence_date(const struct case_occurrence *);

/* One line about what does not fit. */
struct str doubt_words(struct arena *, const struct case_doubt *);

/* "10 years 8 months" of an ISO 8601 duration; anything else as it stands. */
struct str sentence_words(struct arena *, struct str sentence);

/* `doubtful` are the findings beside the statements of their life events. */
void person_print(const struct case_rules *, const struct case_account *, const struct doubtful *,
                  struct arena *);

/* The caller prints it (print_json). */
MUST_USE json_t *person_json(const struct case_rules *, const struct case_account *);

#endif
