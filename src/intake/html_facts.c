#include <strings.h>

#include "intake/facts_int.h"
#include "intake/html_tree_int.h"
#include "text/edtf.h"

enum fact { TITLE, PUBLISHER, PUBLISHED, LANG, URL, FACTS };

/* Where a page names a fact; the lower rank is believed first. */
struct fact_source {
    const char *name;
    enum fact fact;
    int rank;
};

static const struct fact_source meta_names[] = {
    {"og:title", TITLE, 1},
    {"twitter:title", TITLE, 2},
    {"dc.title", TITLE, 2},
    {"og:site_name", PUBLISHER, 1},
    {"application-name", PUBLISHER, 2},
    {"dc.publisher", PUBLISHER, 3},
    {"dcterms.publisher", PUBLISHER, 3},
    {"article:published_time", PUBLISHED, 1},
    {"og:article:published_time", PUBLISHED, 1},
    {"datepublished", PUBLISHED, 1},
    {"dcterms.issued", PUBLISHED, 2},
    {"dc.date.issued", PUBLISHED, 2},
    {"citation_publication_date", PUBLISHED, 2},
    {"dcterms.created", PUBLISHED, 3},
    {"dcterms.date", PUBLISHED, 3},
    {"dc.date", PUBLISHED, 3},
    {"parsely-pub-date", PUBLISHED, 3},
    {"sailthru.date", PUBLISHED, 3},
    {"publish-date", PUBLISHED, 3},
    {"publish_date", PUBLISHED, 3},
    {"pubdate", PUBLISHED, 3},
    {"date", PUBLISHED, 4},
    {"content-language", LANG, 2},
    {"og:locale", LANG, 3},
    {"og:url", URL, 2},
};

enum { RANK_FIRST = 1, RANK_TITLE = 3, RANK_TIME = 5, RANK_NONE = 9 };

struct facts_found {
    struct arena *arena;
    struct str values[FACTS];
    int ranks[FACTS];
};

static void offer(struct facts_found *found, enum fact fact, int rank, struct str value)
{
    struct str line = fact_line(found->arena, value);
    bool usable = line.len > 0;
    if (fact == URL)
        usable = str_starts(line, STR("https://")) || str_starts(line, STR("http://"));
    if (fact == PUBLISHED)
        usable = edtf_stated(line).len > 0;
    if (!usable || rank >= found->ranks[fact])
        return;
    found->values[fact] = line;
    found->ranks[fact] = rank;
}

static void offer_meta(struct facts_found *found, const GumboNode *meta)
{
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    struct str value = tree_attribute(meta, "content");
    for (size_t k = 0; k < COUNT_OF(keys); k++) {
        struct str key = tree_attribute(meta, keys[k]);
        for (size_t i = 0; i < COUNT_OF(meta_names) && key.len; i++)
            if (strlen(meta_names[i].name) == key.len &&
                strncasecmp(meta_names[i].name, key.at, key.len) == 0)
                offer(found, meta_names[i].fact, meta_names[i].rank, value);
    }
}

static struct str text_below(struct arena *a, const GumboNode *root)
{
    struct str whole = STR_NONE;
    for (const GumboNode *node = root; node; node = tree_next(node, root, false))
        if (tree_text(node).len)
            whole = whole.len ? arena_print(a, "%.*s%.*s", STR_ARG(whole), STR_ARG(tree_text(node)))
                              : tree_text(node);
    return whole;
}

static void offer_node(struct facts_found *found, const GumboNode *node)
{
    switch (tree_tag(node)) {
    case GUMBO_TAG_META:
        offer_meta(found, node);
        break;
    case GUMBO_TAG_TITLE:
        if (node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML)
            offer(found, TITLE, RANK_TITLE, text_below(found->arena, node));
        break;
    case GUMBO_TAG_HTML:
        offer(found, LANG, RANK_FIRST, tree_attribute(node, "lang"));
        break;
    case GUMBO_TAG_LINK:
        if (strcasecmp(arena_print(found->arena, "%.*s", STR_ARG(tree_attribute(node, "rel"))).at,
                       "canonical") == 0)
            offer(found, URL, RANK_FIRST, tree_attribute(node, "href"));
        break;
    case GUMBO_TAG_TIME:
        if (str_equal(tree_attribute(node, "itemprop"), STR("datePublished")) ||
            tree_has_attribute(node, "pubdate"))
            offer(found, PUBLISHED, RANK_FIRST, tree_attribute(node, "datetime"));
        break;
    default:
        break;
    }
}

static void offer_first_time(struct facts_found *found, const struct tree_main *main)
{
    bool skip = false;
    for (const GumboNode *node = main->root; node; node = tree_next(node, main->root, skip)) {
        skip = node != main->root && tree_is_left_out(main, node);
        if (!skip && tree_tag(node) == GUMBO_TAG_TIME)
            offer(found, PUBLISHED, RANK_TIME, tree_attribute(node, "datetime"));
    }
}

void tree_read_facts(struct arena *a, const GumboNode *document, const struct tree_main *main,
                     struct document_facts *facts)
{
    struct facts_found found = {.arena = a};
    for (size_t i = 0; i < FACTS; i++)
        found.ranks[i] = RANK_NONE;
    for (const GumboNode *node = document; node; node = tree_next(node, document, false))
        offer_node(&found, node);
    offer_first_time(&found, main);
    *facts = (struct document_facts){.title = found.values[TITLE],
                                     .publisher = found.values[PUBLISHER],
                                     .published = edtf_stated(found.values[PUBLISHED]),
                                     .lang = fact_language(a, found.values[LANG]),
                                     .url = found.values[URL]};
}
