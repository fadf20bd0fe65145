/* What a document says about itself, brought into the forms of document_facts. */
#ifndef GOVAH_INTAKE_FACTS_INT_H
#define GOVAH_INTAKE_FACTS_INT_H

#include "base/arena.h"
#include "record/document.h"

/* A longer title, publisher or URL is cut at a whole character. */
enum { FACT_LIMIT = 1000 };

/* A language tag, such as "en" or "fa-IR" ("fa_IR" too); empty when it is none. */
struct str fact_language(struct arena *, struct str written);

/* One line: white space and control characters become single spaces, the ends are trimmed. */
struct str fact_line(struct arena *, struct str written);

/* Cuts the lines `URL:`, `DATE:`, `TITLE:`, `SOURCE:` and `LANG:` from the beginning of a text and
 * returns what follows the blank line behind them. Keys in any case, line ends LF or CRLF. Every
 * line up to the blank one must begin with one of these keys; otherwise all of it is text, and
 * nothing is set. A value that is not of its kind is left out, the last of several holds. */
struct str facts_cut_header(struct arena *, struct str text, struct document_facts *);

#endif
