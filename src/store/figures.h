/* Figures as they are listed and compared: from typed columns, without a statement's JSON. What a
 * figure of one document says of that document is said once, and equal strings of one listing are
 * one string. The quote is not here: archive_statement and archive_quotes have it. */
#ifndef GOVAH_STORE_FIGURES_H
#define GOVAH_STORE_FIGURES_H

#include "store/query.h"
#include "text/sketch.h"

/* The document that says it; each string may be empty. */
struct figure_document {
    struct hash id; /* SHA-256 of its bytes */
    struct str title, name, publisher, published;
    const struct sketch *sketch; /* of its text (text/sketch.h), or NULL */
};

/* The figure that another one is a part of, as the same text gives it. */
struct figure_whole {
    struct hash id;
    struct str what;
};

struct figure_view {
    struct hash id; /* the statement's */
    struct figure figure;
    struct str incident;                    /* id, or empty: not known */
    const struct figure_document *document; /* shared by all figures of one document */
    const struct figure_whole *whole; /* NULL when it is no part, or nobody sees such a figure */
    enum view_state state;
    bool undecided; /* active decisions contradict each other; `state` is the cautious one */
    enum weigh_verdict weighed; /* by decisions; disputed where they contradict each other */
    int confidence;             /* per mille; 0 when no reader proposes it */
};

/* What a figure is about; the incident may be empty: not known. */
struct figure_matter {
    struct str event, incident;
};

/* The figures about any of these matters, each named once; of none: all figures. The rejected too,
 * in no promised order. */
MUST_USE enum outcome archive_figures(struct archive *, const struct figure_matter *,
                                      size_t matters, struct arena *, struct figure_view **,
                                      size_t *count, struct fault *why);

/* The sketch of a document's text; false where there is none. */
MUST_USE enum outcome archive_sketch(struct archive *, const struct hash *document, struct sketch *,
                                     bool *found, struct fault *why);

/* The quotes of statements, in the order of the ids; empty where there is no such statement. */
MUST_USE enum outcome archive_quotes(struct archive *, const struct hash *ids, size_t count,
                                     struct arena *, struct str *quotes, struct fault *why);

/* An event in an incident about which there are figures that are not rejected. */
struct figure_tally {
    struct str event, incident; /* the incident may be empty: not known */
    size_t figures;             /* the rejected too */
    int64_t
        latest; /* the last day at which any of them stands, as days since 1970-01-01, those left
                   out that stand later than their document; INT64_MIN when none has a day */
};

/* All there are, by incident, then by event; read from an index alone. */
MUST_USE enum outcome archive_figure_tallies(struct archive *, struct arena *,
                                             struct figure_tally **, size_t *count,
                                             struct fault *why);

/* Every source's name as written that explains itself by letters in brackets, each once:
 * "Centre for Records (CFR)". */
MUST_USE enum outcome archive_explained_sources(struct archive *, struct arena *, struct str **,
                                                size_t *count, struct fault *why);

#endif
