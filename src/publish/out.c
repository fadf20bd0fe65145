#include "publish/out.h"

#include <string.h>

#include "base/fault.h"

/* what HTML does not allow in a document (HTML standard, 13.2.3.5): C0 but for tab and line ends */
static bool is_forbidden(unsigned char c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return is_forbidden((unsigned char)c) ? "\xEF\xBF\xBD" : NULL;
    }
}

/* The bits of a byte below, of eight bytes at once, without a carry from one into the next. */
#define EACH(byte) ((byte)*UINT64_C(0x0101010101010101))

/* The top bit of each byte that is `c` (or, rarely, right above one that is). */
static uint64_t bytes_equal(uint64_t eight, unsigned char c)
{
    uint64_t zero_where_equal = eight ^ EACH(c);
    return (zero_where_equal - EACH(1)) & ~zero_where_equal & EACH(0x80);
}

/* whether one of the eight may need an entity: it is below 0x28, or one of < > DEL */
static bool may_escape(const char *at)
{
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    uint64_t low = (eight - EACH(0x28)) & ~eight & EACH(0x80);
    low &= ~bytes_equal(eight, ' ');
    return low | bytes_equal(eight, '<') | bytes_equal(eight, '>') | bytes_equal(eight, 0x7F);
}

void out_text(struct buf *out, struct str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        while (text.len - i >= 8 && !may_escape(text.at + i))
            i += 8;
        const char *entity = i < text.len ? entity_of(text.at[i]) : NULL;
        if (!entity)
            continue;
        buf_add(out, str_slice(text, from, i));
        buf_add_text(out, entity);
        from = i + 1;
    }
    buf_add(out, str_slice(text, from, text.len));
}

void out_raw(struct buf *out, const char *markup)
{
    buf_add_text(out, markup);
}

/* the length of a place ("{}", "{1}") at the start, or 0; *which is its text */
static size_t place_at(struct str s, size_t next, size_t *which)
{
    if (str_starts(s, STR("{}"))) {
        *which = next;
        return 2;
    }
    if (s.len >= 3 && s.at[0] == '{' && s.at[1] >= '1' && s.at[1] <= '9' && s.at[2] == '}') {
        *which = (size_t)(s.at[1] - '1');
        return 3;
    }
    return 0;
}

static void fill(struct buf *out, struct str markup, bool escaped, const struct str *texts,
                 size_t count)
{
    size_t from = 0, next = 0, which;
    for (size_t i = 0; (i = str_find(markup, STR("{"), i)) != SIZE_MAX;) {
        size_t len = place_at(str_slice(markup, i, markup.len), next, &which);
        if (!len) {
            i++;
            continue;
        }
        if (which >= count)
            bug("markup with more places than texts");
        if (escaped)
            out_text(out, str_slice(markup, from, i));
        else
            buf_add(out, str_slice(markup, from, i));
        out_text(out, texts[which]);
        next = which + 1;
        from = i += len;
    }
    if (escaped)
        out_text(out, str_slice(markup, from, markup.len));
    else
        buf_add(out, str_slice(markup, from, markup.len));
}

void out_fill(struct buf *out, const char *markup, const struct str *texts, size_t count)
{
    fill(out, str_of(markup), false, texts, count);
}

void out_sentence(struct buf *out, struct str sentence, const struct str *texts, size_t count)
{
    fill(out, sentence, true, texts, count);
}
