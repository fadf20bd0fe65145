/* How many people on record are what: of everybody who fits a question about people, how many fit
 * each further one, and who they are, a part at a time. Told from profiles (store/profiles.h), by a
 * crowd of them or one by one; it is what case_list finds among all people. */
#ifndef GOVAH_CASE_CENSUS_H
#define GOVAH_CASE_CENSUS_H

#include "case/crowd.h"

enum { CENSUS_VALUES = 12 };

/* What somebody may be asked by: put into the question's facet, so many fit. */
struct census_value {
    struct str value;
    size_t people;
    bool asked; /* it is what the question asks */
};

struct census_facet {
    struct census_value *values; /* the most people first, then by value; states in the order of
                                    their table behind "held", years from the first */
    size_t count;                /* of states and years all; else CENSUS_VALUES and the one asked */
    size_t more;                 /* values beside these */
    size_t of;                   /* who fits everything but what is asked of this facet */
};

struct census_row {
    int64_t person; /* the first eight bytes of the address */
    struct hash statement;
    struct str name;
};

struct census {
    size_t everybody; /* on record */
    size_t fit;
    struct census_facet facets[FACETS];
    struct census_row *rows; /* of those who fit: by name, then by address */
    size_t count;
};

/* `from` rows are left out before, at most `limit` given. All lies in the arena, or in the crowd.
 * REFUSED as by case_list. */
MUST_USE enum outcome census_take(const struct crowd *, const struct case_rules *,
                                  const struct case_question *, size_t from, size_t limit,
                                  struct arena *, struct census *, struct fault *why);

/* The same rows and who they are of, but for the facets, which stay empty: by one look through the
 * archive, for whoever asks once. All lies in the arena. */
MUST_USE enum outcome census_list(struct archive *, const struct case_rules *,
                                  const struct case_question *, size_t from, size_t limit,
                                  struct arena *, struct census *, struct fault *why);

/* The cases of the rows, in their order: as case_list finds them, for the question. */
MUST_USE enum outcome census_cases(struct archive *, const struct case_rules *,
                                   const struct case_question *, const struct census *,
                                   struct arena *, struct case_record *, struct case_row **,
                                   size_t *count, struct fault *why);

#endif
