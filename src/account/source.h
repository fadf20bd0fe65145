/* Who gives a count. */
#ifndef GOVAH_ACCOUNT_SOURCE_H
#define GOVAH_ACCOUNT_SOURCE_H

#include "account/source_book.h"
#include "account/term_int.h"
#include "store/figures.h"

struct source {
    struct str name;        /* as written; the document's own name when the author speaks */
    const struct term *key; /* the same for one source: folded, without what stands in brackets */
    bool own_voice;         /* nobody is named: the document's publisher, or the document itself */
    enum source_class class;
    const struct term **joint; /* keys of those it names, where it names several, each once */
    size_t joint_count;        /* else 0 */
};

/* Abbreviations that the sources themselves explain: after "Centre for Records (CFR)" has been
 * seen, "CFR" is the same source, unless another name explains itself by the same letters. */
struct source_names;

MUST_USE struct source_names *source_names_new(struct arena *, struct terms *);
void source_names_see(struct source_names *, struct str written);

/* Call once all sources have been seen. */
const struct source *source_of_figure(struct source_names *, const struct figure_view *);

/* The publisher's key as a source; NULL when none is known. */
const struct term *source_of_publisher(struct source_names *, const struct figure_view *);

/* Call once all sources are known: sets the rank of each key. */
void source_names_rank(struct source_names *);

#endif
