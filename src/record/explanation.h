/* Why a proposal says what it says: for each field the words, the rule, and the entry of data/ that
 * made it. Made only when it is asked for. */
#ifndef GOVAH_RECORD_EXPLANATION_H
#define GOVAH_RECORD_EXPLANATION_H

#include "base/arena.h"
#include "record/statement.h"

/* One step towards a field; a field may have several. */
struct explained {
    const char *field; /* as in a statement's JSON, or the name of a detail */
    struct span words; /* of the text, or none */
    const char *rule;  /* RULE("..."), in English */
    const char *table; /* below data/, or NULL: no entry was needed */
    size_t line;       /* of that table, from 1 */
    struct explained *next;
};

/* Marks the text of a rule, which is said in other languages too: script/translate finds it. */
#define RULE(english) english

/* The field's value in words: "336", "at_least", "2022-11", or empty when the statement has no such
 * field or nothing in it. `text` is the kept text. */
struct str explained_value(struct arena *, struct str text, const struct statement *,
                           const char *field);

/* Names of the fields that a statement may have, in the order in which they are shown; NULL at the
 * end. Details come after them, by their own names. */
const char *const *explained_fields(enum statement_form);

#endif
