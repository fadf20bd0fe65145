#include "intake/html_int.h"

#include <gumbo.h>
#include <unistd.h>

#include "base/file.h"
#include "intake/facts_int.h"
#include "intake/html_tree_int.h"
#include "intake/intake.h"
#include "intake/sandbox_int.h"
#include "intake/spawner_int.h"
#include "text/utf8.h"

/* What stands between what was written and what comes next. */
struct writer {
    struct buf *out;
    int line_ends; /* 2 is a blank line */
    size_t cells;  /* ends of cells in this row */
    bool in_first_cell;
    bool row_is_empty; /* so far */
    bool space;
    size_t preformatted; /* open pre elements */
};

static void write_gap(struct writer *w)
{
    if (w->out->len) {
        for (int i = 0; i < w->line_ends; i++)
            buf_add_byte(w->out, '\n');
        for (size_t i = 0; i < w->cells && (!w->line_ends || w->row_is_empty); i++)
            buf_add_byte(w->out, '\t');
        if (w->space && !w->line_ends && !w->cells)
            buf_add_byte(w->out, ' ');
    }
    w->line_ends = 0;
    w->cells = 0;
    w->row_is_empty = false;
    w->space = false;
}

static void end_line(struct writer *w, int line_ends)
{
    if (line_ends > w->line_ends)
        w->line_ends = line_ends;
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7F;
}

static void write_text(struct writer *w, struct str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        while (at < text.len && !is_blank(text.at[at]))
            at++;
        if (at > from) {
            write_gap(w);
            buf_add(w->out, str_slice(text, from, at));
        } else {
            bool ends_line = w->preformatted && text.at[at] == '\n';
            w->line_ends += ends_line && w->line_ends < 2;
            w->space = true;
            at++;
        }
    }
}

/* How many line ends stand around an element, 0 for one that runs with the text. */
static int line_ends_around(const GumboNode *node)
{
    switch (tree_tag(node)) {
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
        return tree_tag(node->parent) == GUMBO_TAG_LI ? 1 : 2;
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_HR:
        return 2;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_LEGEND:
        return 1;
    default:
        return 0;
    }
}

static void enter_cell(struct writer *w)
{
    w->cells += !w->in_first_cell;
    w->in_first_cell = false;
}

static void enter_node(struct writer *w, const GumboNode *node)
{
    GumboTag tag = tree_tag(node);
    end_line(w, line_ends_around(node));
    if (tag == GUMBO_TAG_BR && w->line_ends < 2)
        w->line_ends++;
    if (tag == GUMBO_TAG_TR) {
        w->cells = 0;
        w->in_first_cell = w->row_is_empty = true;
    }
    if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH)
        enter_cell(w);
    w->preformatted += tag == GUMBO_TAG_PRE;
    write_text(w, tree_text(node));
}

static void leave_node(struct writer *w, const GumboNode *node)
{
    end_line(w, line_ends_around(node));
    w->preformatted -= tree_tag(node) == GUMBO_TAG_PRE;
}

/* Leaves every element that ends between a node and the one that follows it. */
static void leave_until(struct writer *w, const GumboNode *node, const GumboNode *next,
                        const GumboNode *root)
{
    const GumboNode *stop = next ? next->parent : root->parent;
    while (node != stop) {
        leave_node(w, node);
        node = node->parent;
    }
}

static void write_main(struct buf *out, const struct tree_main *main)
{
    struct writer w = {.out = out};
    const GumboNode *node = main->root;
    while (node) {
        bool skip = node != main->root && tree_is_left_out(main, node);
        if (!skip)
            enter_node(&w, node);
        const GumboNode *next = tree_next(node, main->root, skip);
        if (!next || next->parent != node)
            leave_until(&w, skip ? node->parent : node, next, main->root);
        node = next;
    }
    if (out->len)
        buf_add_byte(out, '\n');
}

static void *give_memory(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void keep_memory(void *arena, void *old)
{
    (void)arena;
    (void)old;
}

enum outcome html_read(struct arena *a, struct str html, struct html_page *page, struct fault *why)
{
    *page = (struct html_page){0};
    enum outcome result = html_check_depth(html, why);
    if (result != OK)
        return result;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = give_memory;
    options.deallocator = keep_memory;
    options.userdata = a;
    options.max_errors = 0;
    const GumboOutput *tree = gumbo_parse_with_options(&options, html.at, html.len);
    struct tree_main main = tree_find_main(tree->document);
    struct buf text;
    buf_init(&text, INTAKE_FILE_LIMIT);
    write_main(&text, &main);
    page->text = arena_copy(a, buf_str(&text));
    if (text.full)
        result =
            refuse(why, REFUSED, "a web page with more than %d bytes of text", INTAKE_FILE_LIMIT);
    buf_release(&text);
    tree_read_facts(a, tree->document, &main, &page->facts);
    return result;
}

enum { PAGE_STRINGS = 6 };

static void page_strings(struct html_page *page, struct str *strings[PAGE_STRINGS])
{
    struct str *all[PAGE_STRINGS] = {
        &page->text,       &page->facts.title, &page->facts.publisher, &page->facts.published,
        &page->facts.lang, &page->facts.url};
    memcpy(strings, all, sizeof all);
}

void html_page_write(const struct html_page *page, struct buf *out)
{
    struct html_page copy = *page;
    struct str *strings[PAGE_STRINGS];
    page_strings(&copy, strings);
    for (size_t i = 0; i < PAGE_STRINGS; i++) {
        uint32_t len = (uint32_t)strings[i]->len;
        char head[4] = {(char)(len & 0xFF), (char)(len >> 8 & 0xFF), (char)(len >> 16 & 0xFF),
                        (char)(len >> 24)};
        buf_add(out, (struct str){head, sizeof head});
        buf_add(out, *strings[i]);
    }
}

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.at[i] < ' ' && s.at[i] != '\n' && s.at[i] != '\t') || s.at[i] == 0x7F)
            return false;
    return utf8_first_invalid(s) == SIZE_MAX;
}

enum outcome html_page_parse(struct str bytes, struct html_page *page, struct fault *why)
{
    struct str *strings[PAGE_STRINGS];
    page_strings(page, strings);
    for (size_t i = 0; i < PAGE_STRINGS; i++) {
        if (bytes.len < 4)
            return refuse(why, REFUSED, "the HTML reader's answer is cut short");
        const unsigned char *head = (const unsigned char *)bytes.at;
        size_t len =
            (size_t)head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 | (size_t)head[3] << 24;
        if (len > bytes.len - 4)
            return refuse(why, REFUSED, "the HTML reader's answer is cut short");
        *strings[i] = str_slice(bytes, 4, 4 + len);
        bytes = str_slice(bytes, 4 + len, bytes.len);
        if (!is_plain(*strings[i]) || (i > 0 && len > FACT_LIMIT))
            return refuse(why, REFUSED, "the HTML reader's answer is not text");
    }
    return bytes.len ? refuse(why, REFUSED, "the HTML reader's answer is too long") : OK;
}

static _Noreturn void child_says(const struct fault *why, int status)
{
    if (write(STDERR_FILENO, why->text, strlen(why->text)) < 0)
        _exit(CHILD_LACKS);
    _exit(status);
}

_Noreturn void html_child(void)
{
    struct fault why;
    struct buf html, answer;
    struct arena arena;
    struct html_page page;
    buf_init(&html, SIZE_MAX / 4);
    buf_init(&answer, SIZE_MAX / 4);
    arena_init(&arena);
    if (sandbox_enter(SANDBOX_READER, &why) != OK || file_read_fd(STDIN_FILENO, &html, &why) != OK)
        child_says(&why, CHILD_LACKS);
    if (html_read(&arena, buf_str(&html), &page, &why) != OK)
        child_says(&why, CHILD_REFUSES);
    html_page_write(&page, &answer);
    if (file_write_fd(STDOUT_FILENO, buf_str(&answer), &why) != OK)
        child_says(&why, CHILD_LACKS);
    _exit(0);
}
