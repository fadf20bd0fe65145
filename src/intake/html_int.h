/* HTML -> main text and facts. Runs in the sandboxed child, on UTF-8. */
#ifndef GOVAH_INTAKE_HTML_INT_H
#define GOVAH_INTAKE_HTML_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "record/document.h"

/* Deeper nesting is refused before the tree is built: gumbo's time grows with depth times length.
 */
enum { HTML_DEPTH_LIMIT = 512 };

struct html_page {
    struct str text;
    struct document_facts facts; /* `published` and `lang` as written, to be checked by the taker */
};

/* One linear pass over the tags, which follows HTML's rules for unclosed elements closely enough
 * that pages found in practice do not count as deeper than they are. REFUSED past the limit. */
MUST_USE enum outcome html_check_depth(struct str html, struct fault *why);

/* The text of the main content, "html/1":
 * - from the only (or by far the longest) article, else the main element, else the body;
 * - without script, style, template, navigation, footer, aside, controls, embedded media, what is
 *   hidden (attribute hidden, aria-hidden, inline style), what has a role or a class of page
 *   furniture, a header outside article and main that has no h1, and forms, unless the form holds
 *   half of the page's text;
 * - paragraphs, headings, lists and tables are separated by a blank line; list items, table rows
 *   and other blocks stand on lines of their own; the cells of a row are separated by a tab;
 * - white space is collapsed outside pre; entities are decoded; control characters are white space.
 * The facts: title (og:title, title), publisher (og:site_name, application-name, dc.publisher),
 * published (article:published_time, datePublished, Dublin Core and common meta dates, the first
 * time element of the main content), lang (html lang, content-language, og:locale), url (canonical
 * link, og:url; http and https only).
 * REFUSED when nested too deep. */
MUST_USE enum outcome html_read(struct arena *, struct str html, struct html_page *,
                                struct fault *why);

/* The page as the child hands it over: each string's length in four bytes, then its bytes. */
void html_page_write(const struct html_page *, struct buf *);

/* The reverse, for bytes that may come from a child that was taken over: REFUSED unless they are
 * whole and valid UTF-8 without control characters other than tab and line feed. Slices of it. */
MUST_USE enum outcome html_page_parse(struct str bytes, struct html_page *, struct fault *why);

/* The child's whole life: enters the sandbox, reads descriptor 0, writes descriptor 1. */
_Noreturn void html_child(void);

#endif
