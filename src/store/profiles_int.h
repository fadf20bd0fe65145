/* Profiles as they are written: put and taken away one by one, kept in memory until they are
 * brought to the tables block by block. */
#ifndef GOVAH_STORE_PROFILES_INT_H
#define GOVAH_STORE_PROFILES_INT_H

#include "store/profiles.h"
#include "store/store_int.h"

/* One step: a person's profile is put, or taken away. */
struct profile_note {
    int64_t person;
    size_t order;    /* steps about one person are taken in it */
    size_t from, to; /* of `records`; equal: taken away */
};

/* A trait that came, and by how many people more it is said. */
struct trait_note {
    int64_t id; /* 0: a free place */
    struct str kind, value;
    int64_t more;
};

struct profile_notes {
    struct archive *archive;
    struct profile_note *notes;
    size_t count, room;
    struct buf records;
    struct trait_note *traits; /* a hash table */
    size_t traits_count, traits_room;
    struct arena words; /* kinds and values */
};

/* Noted for the end of the batch. */
void profiles_put(struct archive *, const struct archive_told *);
void profile_drop(struct archive *, int64_t person);

/* Brings what was noted to the tables, and forgets it; or forgets it alone. */
MUST_USE enum outcome profiles_write(struct archive *, struct fault *why);
void profiles_forget(struct archive *);

/* ---- how a profile lies in its block ---- */

enum { PROFILE_HEAD = 8 + 4 + 2 + 2 + 2 + HASH_SIZE, TRAIT_ID = 6, CROWD_BITS = 13 };

/* The block of an address. */
int64_t crowd_of(int64_t person);

/* A record: address, length of what follows, numbers of bytes of the name and of the keys and of
 * traits, statement, name, keys, traits. False when there is no whole one; *rest is moved behind
 * it. */
struct profile_record {
    int64_t person;
    struct str whole, statement, name, keys, traits;
    size_t traits_count;
};
MUST_USE bool profile_record_cut(struct str *rest, struct profile_record *out);

/* A trait of a record; false when there is none left. */
MUST_USE bool profile_trait_cut(struct str *rest, struct profile_trait *out);

#endif
