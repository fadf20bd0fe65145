/* Folding: the form under which two spellings of one word are one.
 *
 * Case, diacritics (Latin marks, Arabic harakat, tatweel), Arabic and Persian letter variants
 * (ي ى -> ی, ك -> ک, ة ۀ -> ه, أ إ آ ٱ -> ا, ؤ -> و, ئ -> ی), zero-width joiners and directional
 * marks, Persian and Arabic digits (-> ASCII), curly quotes and dashes, in precomposed or
 * decomposed form. Letters written as glyphs (presentation forms, ligatures, full width) become
 * letters. NFKC would fold neither ك nor ي nor digits, and would make "m²" "m2". Marks of scripts
 * whose vowels are marks (Devanagari, Burmese...) stay. What is folded does not fold further. */
#ifndef GOVAH_TEXT_FOLD_H
#define GOVAH_TEXT_FOLD_H

#include "base/arena.h"
#include "base/buf.h"

/* The folded characters of c: 0 to 4 of them in out, their number returned; 0 when c folds away. */
size_t fold_char(uint32_t c, uint32_t out[4]);

/* The same in UTF-8, and how many bytes; what lies behind them in out is undefined. */
enum { FOLD_BYTES = 16 };
size_t fold_bytes(uint32_t c, char out[FOLD_BYTES]);

/* The folded text, in the arena; NUL-terminated behind its end. */
struct str fold_text(struct arena *, struct str);

/* ICU takes its memory from mem_alloc from here on; once, before the first character. */
void text_use_memory(void);

/* As it stands after folding, equal. */
bool fold_equal(struct str a, struct str b);

/* A word: a run of letters, marks, digits and joiners; '\'' and '’' inside a word belong to it. */
struct word {
    size_t from, to; /* bytes in the text */
};

/* The next word at or after *at, which moves behind it; false at the end. */
bool word_next(struct str text, size_t *at, struct word *out);

enum script { SCRIPT_OTHER, SCRIPT_LATIN, SCRIPT_ARABIC, SCRIPT_CYRILLIC };

/* Of the first letter in s. */
enum script script_of(struct str s);

/* The consonant skeleton of one word, the same for a name's Latin and Arabic-script spellings:
 * رئوف, Raoof and Raouf give "rf"; نوروزی, Norouzi and Nouroozi "nrz". Long and short vowels,
 * w/v/u/o و, y/i ی, ع and hamza fall away; letters that Persian pronounces alike are one (ث س ص s;
 * ذ ز ض ظ z; ت ط t; ح ه h; ق غ gh q; kh خ x; sh ش w; ch چ c; zh ژ and j ج j); h at a word's end
 * falls away (Fatemeh, Fatima); doubled consonants count once. ASCII in the arena; empty when
 * nothing is left. The letters are the table data/names/skeleton.tsv; the first 64 characters of a
 * word count. */
struct str skeleton_of(struct arena *, struct str word);

#endif
