/* A document as the reading view shows it: its text in passages, beside each what it is said to
 * say. */
#ifndef GOVAH_PUBLISH_SHEET_INT_H
#define GOVAH_PUBLISH_SHEET_INT_H

#include "account/figures.h"
#include "publish/marks_int.h"
#include "publish/part_int.h"
#include "store/findings.h"
#include "store/page.h"

/* A sentence with statements or findings, or sentences without any: what stands in one row.
 * Passages cover all of a text but white space between them. */
struct passage {
    struct span at;
    size_t first, count;        /* of the statements; a quote over several sentences joins them */
    bool paragraph;             /* begins one */
    size_t first_doubt, doubts; /* of the findings */
    size_t first_date, dates;   /* of the dates */
};

/* `quotes` in order of their start; each passage's are its `first` and `count`. A pure function;
 * the array lies in the arena. */
void passages_make(struct str text, const struct sentence *, size_t sentences, const struct span *,
                   size_t quotes, struct arena *, struct passage **, size_t *count);

/* The direction of a text: "rtl" when more of its letters are of scripts written so. */
const char *text_direction(struct str text);

struct sheet {
    struct document_view document;
    struct str link; /* to its page */
    struct str text;
    struct statement_view *statements; /* of the text, by quote */
    size_t count;
    struct judgement_view *judgements; /* by statement, then by time */
    size_t judgements_count;
    struct finding_view *findings; /* by quote */
    size_t findings_count;
    struct date_mention *dates; /* by quote */
    size_t dates_count;
    struct passage *passages;
    size_t passages_count;
    const struct incident_facts *incidents;
    size_t incidents_count;
    const struct hash *explained;        /* the statement that is explained, or NULL */
    const struct explained *explanation; /* of it; NULL when the reader does not propose it */
};

/* By the first digits of the document's id. */
MUST_USE enum outcome sheet_read(struct page *, struct str digits, struct sheet *,
                                 struct fault *why);

/* The same without the judgements. */
MUST_USE enum outcome sheet_read_text(struct page *, struct str digits, struct sheet *,
                                      struct fault *why);

/* Reads the text again, for how the statement came about. */
void sheet_explain(struct page *, struct sheet *, const struct statement_view *);

/* How each field of the statement that is explained was read. */
void explanation_write(struct page *, const struct sheet *, const struct statement_view *);

/* A reason that the reader gives, phrases of its own around words of the text, or labels, in
 * quotation marks: in the voice's language where it has all of the phrases, else in English. */
void reason_write(struct page *, struct str text, struct str reason);

/* The statement's place in the sheet; NULL when it is not in this text. */
const struct statement_view *sheet_find(const struct sheet *, const struct hash *statement);

/* A statement that is being edited. */
struct editing {
    const struct hash *statement; /* NULL: none is */
    struct str refused;           /* what was wrong with it, or empty */
};

/* What was done just now, for those who cannot see it, and to which statement. */
struct answered {
    struct str said; /* empty: nothing */
    const struct hash *statement;
};

/* One passage with its statements: a part that a script puts into the page it has. */
void passage_write(struct page *, const struct sheet *, const struct passage *,
                   const struct editing *, const struct answered *);

/* The passage in which the statement stands. */
const struct passage *passage_of(const struct sheet *, const struct statement_view *);

/* The reading view as a whole, with the page's title. */
MUST_USE enum outcome document_write(struct page *, const struct sheet *, const struct editing *,
                                     struct fault *why);

/* What one statement says, its fields in a line: "≥ 527 people killed". */
void statement_part_write(struct page *, const struct statement_view *,
                          const struct incident_facts *, size_t incidents);

/* The decisions that are in force, or those that are no longer: by whom, when and why. False when
 * there are none. */
bool judgements_write(struct page *, const struct judgement_view *, size_t count, bool active);

/* Decisions about whatever was just taken back that rule all the same, each with its id. */
void rulings_write(struct page *, const struct decision_view *, size_t count);

/* The form that changes a statement's fields; with what was typed, where a field of the page has
 * it. */
void edit_form_write(struct page *, const struct sheet *, const struct statement_view *,
                     struct str refused);

/* The fields of such a form, all of which stand in the page, put into the statement. */
MUST_USE enum outcome edit_form_read(const struct page *, struct statement *, struct fault *why);

#endif
