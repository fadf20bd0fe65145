#include "intake/facts_int.h"

#include <ctype.h>
#include <strings.h>

#include "text/edtf.h"
#include "text/utf8.h"

struct str fact_language(struct arena *a, struct str written)
{
    struct str tag = arena_copy(a, str_trim(written)), part;
    for (size_t i = 0; i < tag.len; i++)
        if (tag.at[i] == '_')
            ((char *)tag.at)[i] = '-';
    struct str rest = tag;
    for (size_t parts = 0; str_cut(&rest, '-', &part); parts++) {
        if (part.len > 8 || part.len < (parts ? 1 : 2) || (!parts && part.len > 3))
            return STR_NONE;
        for (size_t i = 0; i < part.len; i++)
            if (!isalpha((unsigned char)part.at[i]) &&
                (!parts || !isdigit((unsigned char)part.at[i])))
                return STR_NONE;
    }
    return tag;
}

struct str fact_line(struct arena *a, struct str written)
{
    char *out = arena_alloc(a, written.len + 1);
    size_t len = 0, size;
    for (size_t at = 0; at < written.len; at += size) {
        uint32_t c = utf8_at(written, at, &size);
        bool is_space = c <= ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
        size_t width = is_space ? 1 : size;
        if (is_space && (!len || out[len - 1] == ' '))
            continue;
        if (len + width > FACT_LIMIT)
            break;
        memcpy(out + len, is_space ? " " : written.at + at, width);
        len += width;
    }
    while (len && out[len - 1] == ' ')
        len--;
    return (struct str){out, len};
}

enum key { KEY_NONE, KEY_URL, KEY_DATE, KEY_TITLE, KEY_SOURCE, KEY_LANG };

static enum key key_of(struct str line, struct str *value)
{
    static const char *const keys[] = {"", "url", "date", "title", "source", "lang"};
    size_t colon = str_find(line, STR(":"), 0);
    if (colon == SIZE_MAX)
        return KEY_NONE;
    *value = str_slice(line, colon + 1, line.len);
    for (enum key key = KEY_URL; key <= KEY_LANG; key++)
        if (strlen(keys[key]) == colon && strncasecmp(line.at, keys[key], colon) == 0)
            return key;
    return KEY_NONE;
}

static void set_fact(struct arena *a, enum key key, struct str value, struct document_facts *facts)
{
    switch (key) {
    case KEY_URL:
        facts->url = fact_line(a, value);
        break;
    case KEY_DATE:
        facts->published = edtf_stated(value);
        break;
    case KEY_TITLE:
        facts->title = fact_line(a, value);
        break;
    case KEY_SOURCE:
        facts->publisher = fact_line(a, value);
        break;
    case KEY_LANG:
        facts->lang = fact_language(a, value);
        break;
    case KEY_NONE:
        break;
    }
}

struct str facts_cut_header(struct arena *a, struct str text, struct document_facts *facts)
{
    struct document_facts read = *facts;
    struct str rest = text, line, value;
    for (bool first = true; str_cut(&rest, '\n', &line); first = false) {
        bool is_whole = rest.at;
        if (!first && is_whole && !str_trim(line).len) {
            *facts = read;
            return rest;
        }
        enum key key = key_of(line, &value);
        if (key == KEY_NONE)
            return text;
        set_fact(a, key, value, &read);
    }
    return text;
}
