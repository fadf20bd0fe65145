/* What is known about a document beside its text: the same for a capture, the reader and a list.
 * Every field may be empty. */
#ifndef GOVAH_RECORD_DOCUMENT_H
#define GOVAH_RECORD_DOCUMENT_H

#include "base/str.h"

struct document_facts {
    struct str title;
    struct str publisher;
    struct str published; /* EDTF */
    struct str lang;      /* BCP 47, such as "en", "fa" */
    struct str url;
};

#endif
