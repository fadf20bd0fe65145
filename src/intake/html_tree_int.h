/* Ways through gumbo's tree that need no recursion, and what of it is page furniture. */
#ifndef GOVAH_INTAKE_HTML_TREE_INT_H
#define GOVAH_INTAKE_HTML_TREE_INT_H

#include <gumbo.h>

#include "base/arena.h"
#include "record/document.h"

/* The node after `node` in document order below `root`, or NULL; with `skip_children` the next one
 * that is not below `node`. */
const GumboNode *tree_next(const GumboNode *node, const GumboNode *root, bool skip_children);

/* Of an element that is a GumboTag; GUMBO_TAG_LAST for other nodes. */
GumboTag tree_tag(const GumboNode *);

/* An attribute's value, trimmed; empty when it is absent. */
struct str tree_attribute(const GumboNode *, const char *name);
bool tree_has_attribute(const GumboNode *, const char *name);

/* The text of a text, CDATA or white-space node; empty for others. */
struct str tree_text(const GumboNode *);

/* What holds the main text, and how long all of the body's text is. */
struct tree_main {
    const GumboNode *root; /* NULL when there is no body */
    size_t body_length;
};

struct tree_main tree_find_main(const GumboNode *document);

/* Whether a node and all below it is left out of the text. */
bool tree_is_left_out(const struct tree_main *, const GumboNode *);

/* What the page says of itself; each fact one line, in the arena. */
void tree_read_facts(struct arena *, const GumboNode *document, const struct tree_main *,
                     struct document_facts *);

#endif
