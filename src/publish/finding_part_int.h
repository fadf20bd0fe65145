/* Findings, in the words of a page. */
#ifndef GOVAH_PUBLISH_FINDING_PART_INT_H
#define GOVAH_PUBLISH_FINDING_PART_INT_H

#include "publish/sentence_int.h"
#include "store/findings.h"

/* Why it cannot be, a sentence. */
struct markup finding_said(struct page *, const struct finding *);

/* Where it stands in the reading view. */
struct str finding_anchor(const struct page *, const struct finding *);

/* A list of them: what cannot be, what it does not agree with, and why. */
void findings_write(struct page *, const struct finding_view *, size_t count);

/* The same with each one's document, and what it stands in as a link. */
void findings_write_listed(struct page *, const struct finding_view *, size_t count);

#endif
