/* Who speaks: the parties and groups beside a verb of saying. */
#ifndef GOVAH_READ_SPEAKER_INT_H
#define GOVAH_READ_SPEAKER_INT_H

#include "read/page_int.h"

/* The party of a name, in its fullest form, with its abbreviation. */
struct str party_form(const struct page *, size_t name);
struct str first_organisation(const struct page *, const struct passage *);
struct str first_person(const struct page *, const struct passage *);

/* Whom "the group", "its" stand for. */
struct str meant_by(const struct hearing *);

/* Whether token i can belong to no phrase that goes on before it. */
bool opens_phrase(const struct page *, size_t i);

/* From token i on: the first speaker within reach, and one more behind "and"; or empty. */
struct str speakers_from(const struct page *, size_t i, size_t limit, size_t reach);

/* A name that nobody knows, in capitals from token i on; or empty. */
struct str capitals_behind(const struct page *, const struct passage *, size_t i);

/* The subject of the verb of saying at token `say`, looking back from token `from`; or empty. */
struct str speaker_before(const struct page *, const struct passage *, size_t from, size_t say,
                          const struct hearing *);

#endif
