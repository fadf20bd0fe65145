/* Names as they stand in the text, before it is known who bears them. */
#ifndef GOVAH_READ_NAME_INT_H
#define GOVAH_READ_NAME_INT_H

#include "read/page_int.h"

/* A name that a form suggests. */
struct candidate {
    size_t first, end;
    bool organisation;
    struct str role;
};

/* Whether a name begins at token i of the passage. */
bool name_at(const struct page *, size_t i, const struct passage *, struct candidate *out);

/* Whether the token is written with a capital, or is a known given name. */
bool name_is_capital(const struct token *);
bool name_is_given(const struct tokens *, size_t i);

#endif
