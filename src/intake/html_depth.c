#include <ctype.h>
#include <gumbo.h>
#include <strings.h>

#include "intake/html_int.h"

struct open_elements {
    GumboTag tags[HTML_DEPTH_LIMIT];
    size_t depth;
};

static bool is_table_part(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_CAPTION:
        return true;
    default:
        return false;
    }
}

/* Elements that an end tag or an implied end does not reach through. */
static bool is_scope(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_MARQUEE:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_TEMPLATE:
        return true;
    default:
        return false;
    }
}

/* Closes the innermost `tag` and all inside it, unless a scope or `boundary` lies before it. */
static void close_element(struct open_elements *open, GumboTag tag, GumboTag boundary)
{
    for (size_t i = open->depth; i-- > 0;) {
        GumboTag here = open->tags[i];
        if (here == tag) {
            open->depth = i;
            return;
        }
        if (here == boundary || here == GUMBO_TAG_TEMPLATE ||
            (is_table_part(tag) ? here == GUMBO_TAG_TABLE : is_scope(here)))
            return;
    }
}

static void close_each(struct open_elements *open, const GumboTag *tags, size_t count,
                       GumboTag boundary)
{
    for (size_t i = 0; i < count; i++)
        close_element(open, tags[i], boundary);
}

static void close_implied(struct open_elements *open, GumboTag starting)
{
    static const GumboTag cells[] = {GUMBO_TAG_TD, GUMBO_TAG_TH};
    static const GumboTag terms[] = {GUMBO_TAG_DT, GUMBO_TAG_DD};
    static const GumboTag parts[] = {GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT};
    switch (starting) {
    case GUMBO_TAG_LI:
        close_element(open, GUMBO_TAG_LI, GUMBO_TAG_UL);
        break;
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
        close_each(open, terms, COUNT_OF(terms), GUMBO_TAG_DL);
        break;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        close_each(open, cells, COUNT_OF(cells), GUMBO_TAG_TR);
        break;
    case GUMBO_TAG_TR:
        close_element(open, GUMBO_TAG_TR, GUMBO_TAG_TABLE);
        break;
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
        close_each(open, parts, COUNT_OF(parts), GUMBO_TAG_TABLE);
        break;
    case GUMBO_TAG_OPTION:
        close_element(open, GUMBO_TAG_OPTION, GUMBO_TAG_SELECT);
        break;
    case GUMBO_TAG_A:
        close_element(open, GUMBO_TAG_A, GUMBO_TAG_LAST);
        break;
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_B:
    case GUMBO_TAG_I:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_UNKNOWN:
        return;
    default:
        break;
    }
    close_element(open, GUMBO_TAG_P, GUMBO_TAG_BUTTON);
}

static bool is_void(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_FRAME:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_KEYGEN:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_PARAM:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_WBR:
        return true;
    default:
        return false;
    }
}

static bool holds_raw_text(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
        return true;
    default:
        return false;
    }
}

/* Behind the '>' that ends the tag beginning at `at`; quoted attribute values may hold one. */
static size_t tag_end(struct str html, size_t at)
{
    bool after_equals = false;
    for (; at < html.len; at++) {
        char c = html.at[at];
        if (c == '>')
            return at + 1;
        if (after_equals && (c == '"' || c == '\'')) {
            at = str_find(html, (struct str){&c, 1}, at + 1);
            if (at == SIZE_MAX)
                return html.len;
        }
        if (!isspace((unsigned char)c))
            after_equals = c == '=';
    }
    return html.len;
}

static size_t behind(struct str html, struct str mark, size_t from)
{
    size_t at = str_find(html, mark, from);
    return at == SIZE_MAX ? html.len : at + mark.len;
}

/* Behind the raw text of an element: at its end tag. */
static size_t raw_text_end(struct str html, struct str name, size_t from)
{
    for (size_t at = from; (at = str_find(html, STR("</"), at)) != SIZE_MAX; at += 2)
        if (html.len - at - 2 >= name.len && strncasecmp(html.at + at + 2, name.at, name.len) == 0)
            return at;
    return html.len;
}

static struct str tag_name(struct str html, size_t at)
{
    size_t end = at;
    while (end < html.len && !isspace((unsigned char)html.at[end]) && html.at[end] != '>' &&
           html.at[end] != '/')
        end++;
    return str_slice(html, at, end);
}

static bool push(struct open_elements *open, GumboTag tag)
{
    if (open->depth == HTML_DEPTH_LIMIT)
        return false;
    open->tags[open->depth++] = tag;
    return true;
}

/* Takes the tag at `*at`, which moves behind it; false when that is one level too deep. */
static bool take_tag(struct open_elements *open, struct str html, size_t *at)
{
    bool ends = html.at[*at + 1] == '/';
    struct str name = tag_name(html, *at + 1 + ends);
    size_t end = tag_end(html, *at + 1 + ends + name.len);
    bool self_closing = end >= 2 && html.at[end - 1] == '>' && html.at[end - 2] == '/';
    GumboTag tag = gumbo_tagn_enum(name.at, (unsigned)name.len);
    *at = end;
    if (ends) {
        close_element(open, tag, GUMBO_TAG_LAST);
        return true;
    }
    if (is_void(tag) || (self_closing && tag == GUMBO_TAG_UNKNOWN))
        return true;
    close_implied(open, tag);
    if (holds_raw_text(tag)) {
        *at = raw_text_end(html, name, end);
        return true;
    }
    return push(open, tag);
}

enum outcome html_check_depth(struct str html, struct fault *why)
{
    struct open_elements open = {.depth = 0};
    size_t at = 0;
    while ((at = str_find(html, STR("<"), at)) != SIZE_MAX && at + 1 < html.len) {
        unsigned char next = (unsigned char)html.at[at + 1];
        size_t start = at;
        if (str_starts(str_slice(html, at, html.len), STR("<!--")))
            at = behind(html, STR("-->"), at + 2);
        else if (next == '!' || next == '?')
            at = behind(html, STR(">"), at);
        else if (!isalpha(next) &&
                 (next != '/' || at + 2 >= html.len || !isalpha((unsigned char)html.at[at + 2])))
            at++;
        else if (!take_tag(&open, html, &at))
            return refuse_at(why, REFUSED, start,
                             "a web page nested deeper than %d elements, as none is written",
                             HTML_DEPTH_LIMIT);
    }
    return OK;
}
