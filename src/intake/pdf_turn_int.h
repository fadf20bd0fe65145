/* Letters of one glyph, put into the order in which pdftotext spreads them.
 *
 * A font may draw several letters as one glyph (lam and alef, the name of God, a whole word); the
 * PDF then says in a table (ToUnicode, ISO 32000-1, 9.10.3) or beside the glyph (ActualText,
 * 14.9.4) which letters they are, in the order of reading. pdftotext (poppler, TextOutputDev.cc,
 * TextPage::addChar) lays them over the glyph's width from left to right, and afterwards reads the
 * line from the right: "سلام" became "سالم". So each such string that holds letters read from the
 * right, and none read from the left nor a digit, is turned before pdftotext reads it, with every
 * combining mark kept behind its letter. Ligatures of Latin letters stay as they are.
 *
 * A table in which a glyph is alef and lam, which no font joins in that order, was already turned
 * by the program that wrote it, and is left alone. Left alone too, so that the text stays as
 * pdftotext gives it: strings written with (), streams under other filters than FlateDecode,
 * encrypted ones, and those that no longer fit in their place once compressed again. */
#ifndef GOVAH_INTAKE_PDF_TURN_INT_H
#define GOVAH_INTAKE_PDF_TURN_INT_H

#include <stddef.h>

struct pdf_turned {
    size_t strings; /* were turned */
    size_t left;    /* should have been, but no longer fit in their place */
};

/* Turns them in the PDF's own bytes, of which neither number nor place changes. Unpacks at most
 * 256 MiB, and leaves what lies beyond. */
struct pdf_turned pdf_turn(char *bytes, size_t len);

#endif
