#include "text/utf8.h"

enum { REPLACEMENT = 0xFFFD };

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

static uint32_t invalid(size_t *size)
{
    *size = 1;
    return REPLACEMENT;
}

uint32_t utf8_at(struct str s, size_t at, size_t *size)
{
    const unsigned char *p = (const unsigned char *)s.at + at;
    size_t left = s.len - at;
    if (p[0] < 0x80) {
        *size = 1;
        return p[0];
    }
    if (p[0] >= 0xC2 && p[0] <= 0xDF && left >= 2 && continues(p[1])) {
        *size = 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] >= 0xE0 && p[0] <= 0xEF && left >= 3 && continues(p[1]) && continues(p[2])) {
        uint32_t c = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))
            return invalid(size);
        *size = 3;
        return c;
    }
    if (p[0] >= 0xF0 && p[0] <= 0xF4 && left >= 4 && continues(p[1]) && continues(p[2]) &&
        continues(p[3])) {
        uint32_t c = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
                     (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
        if (c < 0x10000 || c > 0x10FFFF)
            return invalid(size);
        *size = 4;
        return c;
    }
    return invalid(size);
}

uint32_t utf8_before(struct str s, size_t at, size_t *size)
{
    size_t from = at - 1;
    while (from > 0 && at - from < 4 && continues((unsigned char)s.at[from]))
        from--;
    uint32_t c = utf8_at(str_slice(s, 0, at), from, size);
    if (from + *size == at)
        return c;
    return invalid(size);
}

size_t utf8_first_invalid(struct str s)
{
    size_t size;
    for (size_t i = 0; i < s.len; i += size)
        if (utf8_at(s, i, &size) == REPLACEMENT && size == 1)
            return i;
    return SIZE_MAX;
}

size_t utf8_write(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = REPLACEMENT;
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}
