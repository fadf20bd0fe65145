/* The order in which a page is read, from the order in which pdftotext writes it.
 *
 * A PDF holds glyphs and where they stand, not the order in which they are read. pdftotext
 * (poppler, TextOutputDev.cc, reorderText) takes the glyphs of a line from left to right. On a page
 * with more left-to-right letters it writes a line so, with each section of right-to-left letters
 * reversed between U+202B and U+202C; on any other page the whole line stands reversed between
 * U+202B and U+202C, with each section from a number or a Latin letter up to the next right-to-left
 * letter turned back between U+202A and U+202C. Such a section takes along the spaces and commas
 * behind a number, so that the marks cannot merely be dropped: "۲۲ ،ساله" stood on the page as "،
 * ۲۲ ساله".
 *
 * The marks tell exactly how the glyphs stood. From that, ICU's inverse of the bidirectional
 * algorithm (UBIDI_REORDER_INVERSE_LIKE_DIRECT, UAX #9) gives the order of reading, in the
 * direction of most of a line's letters, or the page's where its ends say so. Besides:
 * - a combining mark follows the letter it stands on, the one to its left;
 * - the first number behind a Latin word belongs to that word ("Covid-19", "November 2019");
 * - where the page's brackets face the wrong way once turned (the PDF names the shape that is seen,
 *   not the character that was written), they are mirrored;
 * - pdftotext drops a hyphen at a line's right end together with the line's end: in a line read
 * from right to left that is a dash at its beginning, and both are put back. */
#ifndef GOVAH_INTAKE_PDF_ORDER_INT_H
#define GOVAH_INTAKE_PDF_ORDER_INT_H

#include "base/arena.h"
#include "base/str.h"

/* The page in the order of reading, without the marks, in the arena; the page itself when it holds
 * no mark. Invalid UTF-8 becomes U+FFFD in a page with marks. */
struct str pdf_page_order(struct arena *, struct str page);

#endif
