/* Lists of people: numbered paragraphs, bullets and the rows of tables, each of which begins with a
 * name. */
#ifndef GOVAH_READ_LISTING_H
#define GOVAH_READ_LISTING_H

#include "read/page_int.h"

/* Whether token i is the first behind an entry's number or bullet, and the token behind its first
 * cell: up to a comma, a parenthesis, a dash, two blanks or the end of the line. */
bool listing_entry_at(const struct page *, size_t i, size_t *cell_end);

/* Whether the document's entries are people: at least three, and half of them begin with a word
 * that is known as a name. */
bool listing_is_of_people(const struct page *);

#endif
