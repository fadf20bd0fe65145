/* Counts of one series that were made in different ways, or take in different people: "identified"
 * beside "estimated". The kinds are in data/account/definitions.tsv. */
#ifndef GOVAH_ACCOUNT_DEFINITIONS_H
#define GOVAH_ACCOUNT_DEFINITIONS_H

#include "account/figures.h"

/* What the words of a count's quote say of it, of one kind. */
struct definition {
    struct str kind, value;
    struct str en, fa;       /* said of the number: "is an estimate" */
    const struct str *words; /* folded */
    size_t words_count;
};

struct definitions;

/* Read once, they live as long as the program; any thread may ask. */
const struct definitions *definitions_known(void);

/* Those that the quote has the words of, one of a kind at most: the first in the table. Their
 * number; at most `room`. */
size_t definitions_in(const struct definitions *, struct str quote, struct arena *,
                      const struct definition **, size_t room);

/* Adds FLAG_DEFINITION to the group's flags, behind the others: of the latest counts of different
 * sources that are their own and compared with each other. `quotes` along with `counts`. Pure. */
struct defined_count {
    const struct series *series;
    const struct count *count;
    struct str quote;
};
void definitions_compare(const struct definitions *, struct group *, const struct defined_count *,
                         size_t count, struct arena *);

/* The same, with the quotes that the archive has. */
MUST_USE enum outcome definitions_flag(struct archive *, const struct definitions *, struct group *,
                                       struct arena *, struct fault *why);

#endif
