/* What a file is, by its bytes and never by its name. */
#ifndef GOVAH_INTAKE_KIND_INT_H
#define GOVAH_INTAKE_KIND_INT_H

#include "base/str.h"

enum kind { KIND_TEXT, KIND_HTML, KIND_PDF, KIND_XLSX, KIND_ODS, KIND_FOREIGN };

/* From the first bytes, and of a ZIP archive from the names of what is in it; nothing is unpacked.
 * KIND_XLSX and KIND_ODS are ZIP archives with the parts of one. KIND_FOREIGN sets *looks_like to
 * what the bytes look like, such as "a ZIP archive". KIND_TEXT is everything else: whether it is
 * text indeed, charset_detect and the check for control characters say. HTML in UTF-16 is KIND_TEXT
 * here; call kind_is_html on the decoded text. */
enum kind kind_of(struct str bytes, const char **looks_like);

/* Whether a text begins as HTML does: after white space, a byte order mark, comments and an XML
 * declaration comes a doctype of HTML or one of its common elements. */
bool kind_is_html(struct str text);

#endif
