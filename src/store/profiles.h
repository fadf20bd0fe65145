/* What can be said of each person in few words, so that people can be counted and chosen by it
 * without a look at their statements: traits, each a kind and a value, some of them for a time
 * alone. Derived with the stays (store/stays.h), by the same rules, and kept up with each commit.
 *
 * derived_crowd has the profiles of each text in which somebody's address is a mention, so that all
 * of them are read in one sweep and one is changed without touching many; derived_trait says what
 * the numbers of traits stand for, and of how many people each is said; derived_crowd_step which
 * texts the last batches changed in derived_crowd. */
#ifndef GOVAH_STORE_PROFILES_H
#define GOVAH_STORE_PROFILES_H

#include "store/stays.h"

/* What a number stands for. */
struct trait_meaning {
    int64_t id;
    struct str kind, value;
    size_t people;
};

/* All that anybody has, by kind, then by value. In the arena. */
MUST_USE enum outcome archive_traits(struct archive *, struct arena *, struct trait_meaning **,
                                     size_t *count, struct fault *why);

/* One of them; what nobody has is NOT_FOUND. */
MUST_USE enum outcome archive_trait(struct archive *, int64_t id, struct arena *,
                                    struct trait_meaning *, struct fault *why);

/* Days since 1970-01-01, both included; INT64_MIN and INT64_MAX are no end. */
struct profile_trait {
    int64_t id;
    int64_t since, until;
};

/* Valid until the next one is seen. */
struct profile_view {
    int64_t person;        /* the first eight bytes of the address */
    int64_t text;          /* the row of the text in which it is a mention */
    struct str whole;      /* all of it, as it is kept */
    struct hash statement; /* one about them */
    struct str name;
    struct str keys; /* their spellings, folded, a line each */
    const struct profile_trait *traits;
    size_t traits_count;
};

/* Everybody, in no order that means anything. */
MUST_USE enum outcome archive_profiles_each(struct archive *, void *context,
                                            void (*see)(void *context, const struct profile_view *),
                                            struct fault *why);

/* Those whose address is a mention in the text. */
MUST_USE enum outcome archive_profiles_of_text(struct archive *, int64_t text, void *context,
                                               void (*see)(void *context,
                                                           const struct profile_view *),
                                               struct fault *why);

/* Which profiles there are: where both numbers are the same, so are they. */
struct profiles_state {
    int64_t tables, step;
};
MUST_USE enum outcome archive_profiles_state(struct archive *, struct profiles_state *,
                                             struct fault *why);

/* Which texts' profiles changed since the state, which becomes that of now; by row, each once, in
 * the arena. *known is false where that is not known any more. */
MUST_USE enum outcome archive_profiles_changed(struct archive *, struct profiles_state *,
                                               struct arena *, int64_t **texts, size_t *count,
                                               bool *known, struct fault *why);

#endif
