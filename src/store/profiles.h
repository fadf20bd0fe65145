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

#include <endian.h>
#include <string.h>

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

/* Days since 1970-01-01, both included; INT32_MIN and INT32_MAX are no end. */
struct profile_trait {
    int64_t id;
    int32_t since, until;
};

/* Of one person, as they are kept, so that to pass over them costs next to nothing. Each kind in
 * the order of the ids. */
struct profile_traits {
    const unsigned char *bytes;
    size_t lasting, dated;
};

/* The id of a trait for good. */
INLINED int64_t profile_lasting(const struct profile_traits *t, size_t i)
{
    uint64_t id;
    memcpy(&id, t->bytes + 6 * i - 2, sizeof id); /* with two bytes of what stands before */
    return (int64_t)(be64toh(id) & UINT64_C(0xFFFFFFFFFFFF));
}

/* A trait for a time. */
INLINED struct profile_trait profile_dated(const struct profile_traits *t, size_t i)
{
    const unsigned char *at = t->bytes + 6 * t->lasting + 14 * i;
    uint64_t id;
    uint32_t days[2];
    memcpy(&id, at - 2, sizeof id);
    memcpy(days, at + 6, sizeof days);
    return (struct profile_trait){(int64_t)(be64toh(id) & UINT64_C(0xFFFFFFFFFFFF)),
                                  (int32_t)be32toh(days[0]), (int32_t)be32toh(days[1])};
}

/* Valid until the next one is seen. */
struct profile_view {
    int64_t person;        /* the first eight bytes of the address */
    int64_t text;          /* the row of the text in which it is a mention */
    struct str whole;      /* all of it, as it is kept */
    struct hash statement; /* one about them */
    struct str name;
    struct str keys; /* their spellings, folded, a line each */
    struct profile_traits traits;
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
