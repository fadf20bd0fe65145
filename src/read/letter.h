/* Letters: what those who cut texts into tokens need to know of a character, looked up at once. */
#ifndef GOVAH_READ_LETTER_H
#define GOVAH_READ_LETTER_H

#include "text/fold.h"
#include "text/utf8.h"

enum letter_bits {
    LETTER_WORD = 1,    /* a letter, a mark on one, or a joiner between two */
    LETTER_DIGIT = 2,   /* European, Persian or Arabic */
    LETTER_BLANK = 4,   /* white space, or a sign that nobody sees */
    LETTER_UPPER = 8,   /* a capital */
    LETTER_ARABIC = 16, /* of the Arabic script */
    LETTER_SAME = 32    /* folds to itself */
};

/* How the reader of dates divides characters. */
enum letter_sort { SORT_SPACE, SORT_LETTER, SORT_DIGIT, SORT_MARK, SORT_NOTHING };

struct letter {
    char folded[FOLD_BYTES]; /* in UTF-8; letters of ASCII become small, the rest of ASCII stays */
    uint8_t len;             /* of `folded` */
    uint8_t size;            /* of the character in the text, in bytes */
    uint8_t bits;            /* enum letter_bits */
    uint8_t sort;            /* enum letter_sort */
    uint32_t character;
};

/* Indexed by place: ASCII and the alphabets up to Arabic, then the block of general punctuation. */
enum {
    LETTERS_END = 0x800,
    LETTERS_MARKS = 0x2000,
    LETTERS_COUNT = LETTERS_END + 0x80,
};

/* Made at the first call; to be had once for each text. */
const struct letter *letters_table(void);

/* One that is in no table. */
void letter_make(uint32_t character, size_t size, struct letter *out);

/* The character that begins at byte `at` (< text.len), from the table or made in *room. */
static inline const struct letter *letter_at(const struct letter *table, struct str text, size_t at,
                                             struct letter *room)
{
    const unsigned char *p = (const unsigned char *)text.at + at;
    size_t left = text.len - at, size;
    if (p[0] < 0x80)
        return &table[p[0]];
    if (p[0] >= 0xC2 && p[0] <= 0xDF && left >= 2 && (p[1] & 0xC0) == 0x80)
        return &table[(size_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F)];
    if (p[0] == 0xE2 && left >= 3 && (p[1] & 0xFE) == 0x80 && (p[2] & 0xC0) == 0x80)
        return &table[LETTERS_END + ((size_t)(p[1] & 0x01) << 6 | (p[2] & 0x3F))];
    uint32_t character = utf8_at(text, at, &size);
    letter_make(character, size, room);
    return room;
}

#endif
