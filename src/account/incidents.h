/* What is known about incidents beside their ids. */
#ifndef GOVAH_ACCOUNT_INCIDENTS_H
#define GOVAH_ACCOUNT_INCIDENTS_H

#include "account/figures.h"
#include "read/read.h"

/* All incidents of the reader's countries, their names in the language ("fa") where there is one in
 * it, else in English. The array lies in the arena, its strings with the reader. */
MUST_USE const struct incident_facts *incidents_known(const struct reader *, struct str lang,
                                                      struct arena *, size_t *count);

#endif
