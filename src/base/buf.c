#include "base/buf.h"

#include <stdarg.h>

void buf_init(struct buf *b, size_t limit)
{
    *b = (struct buf){.limit = limit};
}

void buf_release(struct buf *b)
{
    mem_free(b->at);
    buf_init(b, b->limit);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->full = false;
    if (b->at)
        b->at[0] = 0;
}

void buf_fit(struct buf *b)
{
    if (b->len + 1 >= b->room)
        return;
    b->room = b->len + 1;
    b->at = mem_resize(b->at, b->room);
}

static bool reserve(struct buf *b, size_t more)
{
    if (more > b->limit || b->len > b->limit - more) {
        b->full = true;
        return false;
    }
    size_t needed = b->len + more + 1;
    if (needed > b->room) {
        size_t room = b->room ? b->room : 64;
        while (room < needed)
            room = room > SIZE_MAX / 2 ? needed : room * 2;
        b->at = mem_resize(b->at, room);
        b->room = room;
    }
    return true;
}

void buf_reserve(struct buf *b, size_t more)
{
    size_t left = b->limit - b->len, room = b->len + (more < left ? more : left) + 1;
    if (room <= b->room)
        return;
    b->at = mem_resize(b->at, room);
    b->room = room;
    b->at[b->len] = 0;
}

bool buf_add(struct buf *b, struct str s)
{
    if (!reserve(b, s.len))
        return false;
    if (s.len)
        memcpy(b->at + b->len, s.at, s.len);
    b->len += s.len;
    b->at[b->len] = 0;
    return true;
}

bool buf_add_byte(struct buf *b, char c)
{
    return buf_add(b, (struct str){&c, 1});
}

bool buf_add_text(struct buf *b, const char *text)
{
    return buf_add(b, str_of(text));
}

bool buf_print(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        bug("a format that cannot be printed");
    bool fits = reserve(b, (size_t)len);
    if (fits) {
        vsnprintf(b->at + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
    return fits;
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->at, b->len};
}
