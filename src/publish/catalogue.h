/* A gettext catalogue in the .mo format (GNU gettext manual, "The Format of GNU MO Files"), read in
 * place.
 *
 * libintl is not used: it speaks the locale of the process, and one process here answers in many
 * languages at once, with the locales of a machine that may have none.
 *
 * catalogue_open checks everything that a lookup relies on, so that lookups cannot fail: revision 0
 * in little-endian order, every text inside the file and ended by NUL, originals in strictly rising
 * byte order, valid UTF-8, a header that says charset=UTF-8, and as many forms of a plural as
 * Plural-Forms says. */
#ifndef GOVAH_PUBLISH_CATALOGUE_H
#define GOVAH_PUBLISH_CATALOGUE_H

#include "base/data.h"
#include "base/fault.h"

/* The catalogues of po/, "fa.mo", built into the program as base/data.h's tables are. */
extern const struct data_file catalogue_files[];
extern const size_t catalogue_files_count;

/* How a language counts; another expression in Plural-Forms is REFUSED. */
enum plural_rule {
    PLURAL_NONE,      /* nplurals=1; plural=0 */
    PLURAL_NOT_ONE,   /* nplurals=2; plural=n != 1 */
    PLURAL_ABOVE_ONE, /* nplurals=2; plural=n > 1 */
};

struct catalogue {
    struct str bytes;               /* outlives the catalogue */
    size_t count;                   /* texts, the header among them */
    size_t originals, translations; /* offsets of the tables */
    enum plural_rule rule;
};

/* DAMAGED when the bytes are not such a file. */
MUST_USE enum outcome catalogue_open(struct str bytes, struct catalogue *, struct fault *why);

/* The translation of a text, or the empty slice. It lies in the bytes. */
struct str catalogue_find(const struct catalogue *, struct str english);

/* The form of a translation for a count, by the text for one. */
struct str catalogue_find_count(const struct catalogue *, struct str one, int64_t count);

#endif
