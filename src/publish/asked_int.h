/* Words that somebody asked for, from a form to an address and back. A browser keeps the body of a
 * form whose answer it shows, on the disk and by its history; of a form that leads elsewhere it
 * keeps the address alone, and there the words stand sealed (seal/address.h). */
#ifndef GOVAH_PUBLISH_ASKED_INT_H
#define GOVAH_PUBLISH_ASKED_INT_H

#include "publish/page.h"

/* The words sealed, as they may stand in an address. */
struct str asked_sealed(struct page *, struct str words);

/* Answers a form: leads to the address, and where there are words with them in that field of it.
 * REFUSED when they are too long. */
MUST_USE enum outcome asked_lead(struct page *, struct str address, const char *field,
                                 struct str words, struct fault *why);

/* What stands sealed in a field of the address, or empty; NOT_FOUND when this run did not seal it.
 */
MUST_USE enum outcome asked_words(struct page *, const char *field, struct str *words,
                                  struct fault *why);

#endif
