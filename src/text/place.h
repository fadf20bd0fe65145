/* Where a byte of a kept text stands: in which part, a page or a sheet, and on which of its lines.
 * Parts are parted by form feeds. */
#ifndef GOVAH_TEXT_PLACE_H
#define GOVAH_TEXT_PLACE_H

#include "base/str.h"

struct text_place {
    size_t part;     /* from 1 */
    struct str name; /* the part's first line: of a sheet its name; a slice of the text */
    size_t line;     /* of the part, from 0: in a sheet the row, whose name is line 0 */
};

/* Linear in the text before the byte. */
struct text_place text_place_find(struct str text, size_t at);

/* The same from byte `from` on, whose place it was: zeros for the beginning. */
void text_place_move(struct text_place *, struct str text, size_t from, size_t to);

/* What an extractor's name says that parts and lines are. */
enum text_parts { PARTS_NONE, PARTS_PAGES, PARTS_ROWS, PARTS_SHEETS };
enum text_parts text_parts_of(struct str extractor);

#endif
