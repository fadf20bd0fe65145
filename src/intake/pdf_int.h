/* PDF -> text, by the program pdftotext (poppler-utils) in the sandboxed child.
 *
 * "pdf/2" is pdftotext's reading order (without -layout) in UTF-8, of a copy in which the letters
 * of one glyph are turned where they are read from the right (pdf_turn_int.h), and then:
 * right-to-left lines are put into the order in which they are read (pdf_order_int.h); each page
 * ends with one line feed and, between pages, one form feed, so that a place's page is one more
 * than the form feeds before it; white space at a page's ends and control characters are dropped;
 * invalid UTF-8 becomes U+FFFD. "pdf/1", in older archives, left lines in the order in which
 * pdftotext writes them and merely dropped its marks of direction (U+202A to U+202E). */
#ifndef GOVAH_INTAKE_PDF_INT_H
#define GOVAH_INTAKE_PDF_INT_H

#include "base/arena.h"
#include "base/fault.h"

/* REFUSED when the end of the file is missing: pdftotext would print what is left of it without
 * saying so. The mark %%EOF must stand in the last 2,048 bytes. */
MUST_USE enum outcome pdf_check_whole(struct str bytes, struct fault *why);

/* The kept text from what pdftotext wrote, in the arena; empty when there is none. */
struct str pdf_tidy(struct arena *, struct str written);

/* One line when pdftotext complained of an error (not a mere warning) in what it read all the same,
 * or when letters of one glyph had to be left unturned; empty else. */
struct str pdf_find_doubt(struct arena *, struct str complaints);

/* Opens the converter at the first of `paths` where it is; FAILED, with what to install, else. */
MUST_USE enum outcome pdf_open_converter(const char *const *paths, size_t count, int *out,
                                         struct fault *why);

/* The child's whole life: enters the sandbox, turns the letters of one glyph in a copy of the
 * document and becomes the converter. */
_Noreturn void pdf_child(void);

#endif
