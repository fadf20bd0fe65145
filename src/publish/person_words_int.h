/* What a case says, in sentences of the page's language, each with links to the statements. */
#ifndef GOVAH_PUBLISH_PERSON_WORDS_INT_H
#define GOVAH_PUBLISH_PERSON_WORDS_INT_H

#include "case/case.h"
#include "publish/sentence_int.h"

/* "imprisoned": the state's name as it is said of somebody. */
struct str state_said(struct page *, const struct case_state *);

/* The states in which the person may have been: "detained or free". */
struct markup standing_said(struct page *, const struct case_rules *, const struct case_standing *);

/* "arrested (16 October 2020)": the event as a link to its sentence. */
struct markup occurrence_said(struct page *, const struct case_occurrence *);

/* A day, or a span of days. */
struct markup day_said(struct page *, int64_t day);
struct markup days_between_said(struct page *, int64_t first, int64_t last);

struct markup doubt_said(struct page *, const struct case_doubt *);
struct markup spell_said(struct page *, const struct case_spell *);
struct markup term_said(struct page *, const struct case_term *);
struct markup running_said(struct page *, const struct case_running *);

#endif
