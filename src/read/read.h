/* The reader: a kept text -> what it says, as proposals. Knows no archive, decides nothing. */
#ifndef GOVAH_READ_READ_H
#define GOVAH_READ_READ_H

#include "record/document.h"
#include "record/entry.h"
#include "record/finding.h"
#include "record/proposal.h"

/* Changes whenever the same text would give other proposals. */
#define READER_VERSION "govah-reader/6"

/* A calendar expression found in the text. */
struct date_mention {
    struct span quote;
    struct str iso;                 /* EDTF, or "unresolved" */
    struct str calendar;            /* "gregorian", "jalali", "islamic", "relative" */
    bool future;                    /* words near it say that it is still to come */
    const struct finding *findings; /* why it cannot be as it is written; `iso` is then how it was
                                       read all the same */
    size_t findings_count;
};

/* A sentence, headings and list items included; together they cover all that is not white space. */
struct sentence {
    struct span at;
};

struct reading {
    struct str lang;            /* as given or detected */
    struct proposal *proposals; /* in order of the quote's start, then of the id */
    size_t proposals_count;
    struct date_mention *dates;
    size_t dates_count;
    struct sentence *sentences;
    size_t sentences_count;
    struct finding *findings; /* in order of the quote's start, those of its dates included */
    size_t findings_count;
    struct list_entry *entries; /* rows of tables and numbered paragraphs of lists of people: in
                                   order of the text, apart from each other */
    size_t entries_count;
};

/* The languages and vocabularies of data/, parsed once and then read-only. */
struct reader;

/* Faults name the data file and the line. The caller owns *out (reader_free). */
MUST_USE enum outcome reader_new(struct reader **out, struct fault *why);
void reader_free(struct reader *);

/* Reads one document. All that comes out lives in the arena; strings may point into `text`, which
 * must be valid UTF-8 and outlive it. Every proposal passes statement_check; its statement's `text`
 * is left zero. The same input gives the same output. */
void reader_read(const struct reader *, struct str text, const struct document_facts *,
                 struct arena *, struct reading *out);

/* The same, and each proposal is explained. */
void reader_explain(const struct reader *, struct str text, const struct document_facts *,
                    struct arena *, struct reading *out);

/* The sentences and the dates alone, as in reading.sentences and reading.dates. */
void read_sentences(const struct reader *, struct str text, const struct document_facts *,
                    struct arena *, struct reading *out);

#endif
