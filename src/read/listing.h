/* Lists of people: numbered paragraphs, bullets, the rows of tables and profiles below a name, each
 * of which begins with a name. */
#ifndef GOVAH_READ_LISTING_H
#define GOVAH_READ_LISTING_H

#include "read/page_int.h"

/* Finds the page's entries, in order of the text. Entries of a form (marked by a number or bullet;
 * a line of its own; a line that goes on behind an age, a dash or a gap) count only where the
 * document has at least three of it, most of which begin with a word that is known as a name. */
void listing_find(struct page *);

/* What entries say without a sentence: labelled fields ("Date of arrest: ..."), the columns below a
 * table's head, a participle behind the name, and what the list's heading says of all. Adds life
 * events and facts of the entries' persons, but none that is told of the person already. */
void listing_read(struct page *, struct proposals *);

#endif
