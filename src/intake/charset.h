/* Encodings: which one a file is in, and its text in UTF-8.
 *
 * How it is told, in this order:
 * 1. A byte order mark (UTF-8, UTF-16).
 * 2. With NUL bytes: UTF-16, little- or big-endian, when every unit decodes, none is a control
 *    character and nine in ten are Latin, Arabic-block or general punctuation characters, and one
 *    is white space.
 * 3. Without an invalid sequence: UTF-8 (ASCII included).
 * 4. More valid multi-byte sequences than invalid ones: damaged UTF-8, which is refused rather than
 *    read as something else.
 * 5. Windows-1256: four or more bytes are its Arabic letters, nine in ten high bytes stand as in
 *    Arabic script (beside another letter, or the single word wa; or are its punctuation), and half
 *    of the letters are among the twelve most common ones of Arabic and Persian.
 * 6. Windows-1252: nine in ten high bytes stand as in a Latin-script text: a small letter beside an
 *    ASCII letter, a capital before a letter or after a capital, typographic punctuation, a
 * currency sign beside a digit. The five bytes it leaves undefined, and its rarest letters, count
 * against. Nothing else is guessed. */
#ifndef GOVAH_INTAKE_CHARSET_H
#define GOVAH_INTAKE_CHARSET_H

#include "base/arena.h"
#include "base/fault.h"

struct charset {
    struct str name; /* "utf-8", "utf-16le", "utf-16be", "windows-1256", "windows-1252" or one that
                        an HTML page declares, in small letters; NUL-terminated */
    size_t mark;     /* length of the byte order mark, which is not text */
    bool damaged;    /* HTML only: there are invalid sequences, which become U+FFFD */
};

/* REFUSED when it is none of the above. */
MUST_USE enum outcome charset_detect(struct str bytes, struct charset *out, struct fault *why);

/* For HTML: a byte order mark or UTF-16 as above; then UTF-8 where every byte is valid and not all
 * are ASCII, whatever the page declares (saved pages often kept the declaration of another
 * encoding); then the charset of a meta element in the first 4,096 bytes, where ICU knows it; then
 * as charset_detect. What remains is read as UTF-8 with U+FFFD in place of what is invalid, as
 * browsers do, and `damaged` says so. */
MUST_USE enum outcome charset_detect_html(struct arena *, struct str bytes, struct charset *out,
                                          struct fault *why);

/* The text in UTF-8, unchanged but for the encoding: line ends, white space and marks stay. A slice
 * of `bytes` where they are valid UTF-8 already, else in the arena. REFUSED, with the place, for an
 * invalid sequence. */
MUST_USE enum outcome charset_decode(struct arena *, struct str bytes, const struct charset *,
                                     struct str *text, struct fault *why);

#endif
