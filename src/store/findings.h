/* What cannot be in documents as it is written (record/finding.h): derived with their proposals. */
#ifndef GOVAH_STORE_FINDINGS_H
#define GOVAH_STORE_FINDINGS_H

#include "record/finding.h"
#include "store/archive.h"

struct finding_view {
    struct finding finding;  /* of the document's chosen text */
    struct str quote, other; /* the words; `other` may be empty */
    struct hash document;    /* SHA-256 of the bytes */
    struct str document_title, document_name, document_publisher; /* each may be empty */
};

/* Of one document, in order of the quote. In the arena. */
MUST_USE enum outcome archive_document_findings(struct archive *, const struct hash *document,
                                                struct arena *, struct finding_view **,
                                                size_t *count, struct fault *why);

/* Of all, those of the document taken in last first; at most `limit`, and how many there are. */
MUST_USE enum outcome archive_findings(struct archive *, size_t limit, struct arena *,
                                       struct finding_view **, size_t *count, size_t *total,
                                       struct fault *why);

/* A finding that stands in or just behind (FINDING_NEAR bytes) a statement's quote. */
enum { FINDING_NEAR = 240 };
struct near_finding {
    size_t at; /* which of the statements */
    struct finding finding;
    struct str quote;
};

/* By statement, then by place. */
MUST_USE enum outcome archive_findings_near(struct archive *, const struct hash *statements,
                                            size_t number, struct arena *, struct near_finding **,
                                            size_t *count, struct fault *why);

#endif
