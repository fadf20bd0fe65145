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

void out_text(struct buf *out, struct str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *entity = entity_of(text.at[i]);
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
