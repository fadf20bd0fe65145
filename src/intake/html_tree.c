#include "intake/html_tree_int.h"

#include <ctype.h>
#include <strings.h>

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

const GumboNode *tree_next(const GumboNode *node, const GumboNode *root, bool skip_children)
{
    const GumboVector *children = NULL;
    if (node->type == GUMBO_NODE_DOCUMENT)
        children = &node->v.document.children;
    else if (is_element(node))
        children = &node->v.element.children;
    if (children && children->length && !skip_children)
        return children->data[0];
    while (node != root) {
        const GumboNode *parent = node->parent;
        const GumboVector *siblings = parent->type == GUMBO_NODE_DOCUMENT
                                          ? &parent->v.document.children
                                          : &parent->v.element.children;
        if (node->index_within_parent + 1 < siblings->length)
            return siblings->data[node->index_within_parent + 1];
        node = parent;
    }
    return NULL;
}

GumboTag tree_tag(const GumboNode *node)
{
    return is_element(node) ? node->v.element.tag : GUMBO_TAG_LAST;
}

bool tree_has_attribute(const GumboNode *node, const char *name)
{
    return is_element(node) && gumbo_get_attribute(&node->v.element.attributes, name);
}

struct str tree_attribute(const GumboNode *node, const char *name)
{
    if (!is_element(node))
        return STR_NONE;
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found ? str_trim(str_of(found->value)) : STR_NONE;
}

struct str tree_text(const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        return str_of(node->v.text.text);
    default:
        return STR_NONE;
    }
}

static bool is_one_of(struct str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == word.len && strncasecmp(words[i], word.at, word.len) == 0)
            return true;
    return false;
}

static bool is_furniture_tag(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_RP:
        return true;
    default:
        return false;
    }
}

static bool style_hides(struct str style)
{
    char plain[512];
    size_t len = 0;
    for (size_t i = 0; i < style.len && len + 1 < sizeof plain; i++)
        if (!isspace((unsigned char)style.at[i]))
            plain[len++] = (char)tolower((unsigned char)style.at[i]);
    struct str s = {plain, len};
    return str_find(s, STR("display:none"), 0) != SIZE_MAX ||
           str_find(s, STR("visibility:hidden"), 0) != SIZE_MAX;
}

static bool has_furniture_class(struct str classes)
{
    static const char *const names[] = {
        "menu",          "navbar",        "sidebar",     "breadcrumb",    "breadcrumbs",
        "cookie-banner", "cookie-notice", "share",       "sharing",       "share-buttons",
        "social",        "social-links",  "related",     "related-posts", "newsletter",
        "skip-link",     "site-footer",   "site-header", "pagination",    "comments"};
    size_t at = 0;
    while (at < classes.len) {
        size_t end = at;
        while (end < classes.len && !isspace((unsigned char)classes.at[end]))
            end++;
        if (is_one_of(str_slice(classes, at, end), names, COUNT_OF(names)))
            return true;
        at = end + 1;
    }
    return false;
}

static bool has_furniture_role(struct str role)
{
    static const char *const names[] = {"navigation", "banner", "contentinfo", "complementary",
                                        "search",     "dialog", "alertdialog", "menu",
                                        "menubar",    "toolbar"};
    return is_one_of(role, names, COUNT_OF(names));
}

static bool is_main(const GumboNode *node)
{
    return tree_tag(node) == GUMBO_TAG_MAIN || str_equal(tree_attribute(node, "role"), STR("main"));
}

static bool holds_tag(const GumboNode *root, GumboTag tag)
{
    for (const GumboNode *node = root; node; node = tree_next(node, root, false))
        if (tree_tag(node) == tag)
            return true;
    return false;
}

static bool is_site_header(const GumboNode *node)
{
    if (tree_tag(node) != GUMBO_TAG_HEADER)
        return false;
    for (const GumboNode *above = node->parent; above; above = above->parent)
        if (tree_tag(above) == GUMBO_TAG_ARTICLE || is_main(above))
            return false;
    return !holds_tag(node, GUMBO_TAG_H1);
}

static bool is_furniture(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_COMMENT)
        return true;
    if (!is_element(node))
        return false;
    GumboTag tag = tree_tag(node);
    if (tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_HTML)
        return false;
    if (is_furniture_tag(tag) || tree_has_attribute(node, "hidden") ||
        str_equal(tree_attribute(node, "aria-hidden"), STR("true")) ||
        style_hides(tree_attribute(node, "style")))
        return true;
    if (tag == GUMBO_TAG_ARTICLE || is_main(node))
        return false;
    return has_furniture_role(tree_attribute(node, "role")) ||
           has_furniture_class(tree_attribute(node, "class")) || is_site_header(node);
}

/* Bytes that are not white space. */
static size_t length_of_words(struct str s)
{
    size_t length = 0;
    for (size_t i = 0; i < s.len; i++)
        length += !isspace((unsigned char)s.at[i]);
    return length;
}

static size_t length_below(const GumboNode *root)
{
    size_t length = 0;
    bool skip = false;
    for (const GumboNode *node = root; node; node = tree_next(node, root, skip)) {
        skip = node != root && is_furniture(node);
        if (!skip)
            length += length_of_words(tree_text(node));
    }
    return length;
}

bool tree_is_left_out(const struct tree_main *main, const GumboNode *node)
{
    if (tree_tag(node) == GUMBO_TAG_FORM && length_below(node) * 2 < main->body_length)
        return true;
    return is_furniture(node);
}

static const GumboNode *find_body(const GumboNode *document)
{
    const GumboNode *node = document;
    while (node && tree_tag(node) != GUMBO_TAG_BODY)
        node = tree_next(node, document, false);
    return node;
}

static const GumboNode *find_main_element(const GumboNode *body)
{
    bool skip = false;
    for (const GumboNode *node = body; node; node = tree_next(node, body, skip)) {
        skip = is_furniture(node);
        if (!skip && node != body && is_main(node) && length_below(node))
            return node;
    }
    return body;
}

/* The article that is the page: the only one, or one that holds two thirds of the scope's text. */
static const GumboNode *find_article(const GumboNode *scope)
{
    const GumboNode *longest = NULL;
    size_t count = 0, most = 0;
    bool skip = false;
    for (const GumboNode *node = scope; node; node = tree_next(node, scope, skip)) {
        bool is_article = tree_tag(node) == GUMBO_TAG_ARTICLE && !is_furniture(node);
        skip = is_article || (node != scope && is_furniture(node));
        if (!is_article)
            continue;
        size_t length = length_below(node);
        count++;
        if (length > most) {
            most = length;
            longest = node;
        }
    }
    bool is_page = longest && (count == 1 ? most >= 200 : most * 3 >= length_below(scope) * 2);
    return is_page ? longest : scope;
}

struct tree_main tree_find_main(const GumboNode *document)
{
    const GumboNode *body = find_body(document);
    if (!body)
        return (struct tree_main){0};
    return (struct tree_main){find_article(find_main_element(body)), length_below(body)};
}
