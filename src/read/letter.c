#include "read/letter.h"

#include <pthread.h>
#include <unicode/uchar.h>

enum { ZWNJ = 0x200C, ZWJ = 0x200D, LRM = 0x200E, RLM = 0x200F };

static struct letter table[LETTERS_COUNT];
static pthread_once_t table_once = PTHREAD_ONCE_INIT;

static bool is_ascii_letter(uint32_t c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x660 && c <= 0x669);
}

static bool is_word(uint32_t c)
{
    if (c < 128)
        return is_ascii_letter(c);
    return (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0 || c == ZWNJ || c == ZWJ;
}

static bool is_blank(uint32_t c)
{
    if (c < 128)
        return c <= ' ' || c == 127;
    return u_isUWhiteSpace((UChar32)c) || c == 0xFEFF || (c >= LRM && c <= RLM) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200B || c == 0xAD;
}

static bool is_upper(uint32_t c)
{
    return c < 128 ? is_ascii_letter(c) && c < 'a' : u_isupper((UChar32)c) != 0;
}

static bool is_arabic(uint32_t c)
{
    return (c >= 0x600 && c <= 0x6FF) || (c >= 0x750 && c <= 0x77F) ||
           (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE);
}

static enum letter_sort sort_of(uint32_t c)
{
    if (c < 0x80) {
        if (is_ascii_letter(c))
            return SORT_LETTER;
        return c >= '0' && c <= '9' ? SORT_DIGIT : c <= ' ' ? SORT_SPACE : SORT_MARK;
    }
    if ((c >= 0x620 && c <= 0x65F) || (c >= 0x671 && c <= 0x6D3))
        return SORT_LETTER;
    uint32_t type = U_MASK(u_charType((UChar32)c));
    if (type & U_GC_ND_MASK)
        return SORT_DIGIT;
    if (type & (U_GC_L_MASK | U_GC_M_MASK))
        return SORT_LETTER;
    if (type & U_GC_CF_MASK)
        return SORT_NOTHING;
    return type & U_GC_Z_MASK ? SORT_SPACE : SORT_MARK;
}

void letter_make(uint32_t c, size_t size, struct letter *out)
{
    int bits = (is_word(c) ? LETTER_WORD : 0) | (is_digit(c) ? LETTER_DIGIT : 0) |
               (is_blank(c) ? LETTER_BLANK : 0) | (is_upper(c) ? LETTER_UPPER : 0) |
               (is_arabic(c) ? LETTER_ARABIC : 0);
    out->bits = (uint8_t)bits;
    out->sort = (uint8_t)sort_of(c);
    out->size = (uint8_t)size;
    out->character = c;
    out->len = 1;
    out->folded[0] = (char)(is_ascii_letter(c) ? c | 32 : c);
    if (c >= 128)
        out->len = (uint8_t)fold_bytes(c, out->folded);
    char bytes[4];
    bool same = utf8_write(c, bytes) == out->len && memcmp(bytes, out->folded, out->len) == 0;
    out->bits |= same ? LETTER_SAME : 0;
}

static void make_table(void)
{
    char bytes[4];
    for (uint32_t place = 0; place < LETTERS_COUNT; place++) {
        uint32_t c = place < LETTERS_END ? place : place - LETTERS_END + LETTERS_MARKS;
        letter_make(c, utf8_write(c, bytes), &table[place]);
    }
}

const struct letter *letters_table(void)
{
    pthread_once(&table_once, make_table);
    return table;
}
