#include "base/fault.h"

#include <stdarg.h>

static void fill(struct fault *why, enum outcome code, size_t at, const char *format, va_list args)
{
    if (!why)
        return;
    why->code = code;
    why->at = at;
    int len = vsnprintf(why->text, sizeof why->text, format, args);
    if (len < 0)
        bug("a format that cannot be printed");
    size_t end = strlen(why->text);
    if ((size_t)len > end) {                  /* cut at a whole character */
        size_t least = end > 3 ? end - 3 : 0; /* bytes that are no text could go on for ever */
        while (end > least && ((unsigned char)why->text[end - 1] & 0xC0) == 0x80)
            end--;
        if (end)
            why->text[end - 1] = 0;
    }
    for (char *c = why->text; *c; c++) {
        bool second_set = (unsigned char)c[0] == 0xC2 && ((unsigned char)c[1] & 0xE0) == 0x80;
        if (second_set) /* U+0080 to U+009F, which a terminal obeys too */
            *c++ = '?';
        if ((unsigned char)*c < 0x20 || *c == 0x7F || second_set)
            *c = '?';
    }
}

enum outcome refuse(struct fault *why, enum outcome code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(why, code, 0, format, args);
    va_end(args);
    return code;
}

enum outcome refuse_at(struct fault *why, enum outcome code, size_t at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(why, code, at, format, args);
    va_end(args);
    return code;
}
