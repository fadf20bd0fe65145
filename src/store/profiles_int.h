/* Profiles as they are written: put and taken away one by one, kept in memory until they are
 * brought to the tables text by text. */
#ifndef GOVAH_STORE_PROFILES_INT_H
#define GOVAH_STORE_PROFILES_INT_H

#include "store/profiles.h"
#include "store/store_int.h"

/* schema.c: their tables */
MUST_USE enum outcome profiles_create(struct archive *, struct fault *why);

/* One step: a person's profile is put, or taken away. */
struct profile_note {
    int64_t text, person;
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

/* Those of the batch. */
struct profile_notes *profile_notes_of(struct archive *);
/* `text` is the row of the text in which the person's address is a mention. */
void profile_put(struct profile_notes *, int64_t text, const struct archive_profile *);
void profile_drop(struct profile_notes *, int64_t text, int64_t person);

/* Brings all of them to the tables, and releases them; `keep` false: releases them alone. */
MUST_USE enum outcome profile_notes_end(struct archive *, bool keep, struct fault *why);

/* Notes that the profiles of these texts changed, eight bytes a row; empty: those of all. */
MUST_USE enum outcome profile_step(struct archive *, struct str texts, struct fault *why);

/* ---- how a profile lies in its row ---- */

enum { PROFILE_HEAD = 8 + 4 + 2 + 2 + 2 + 2 + HASH_SIZE, TRAIT_ID = 6, TRAIT_DATED = 14 };

/* A record: address, length of what follows, numbers of bytes of the name and of the keys and of
 * traits for good and for a time, statement, name, keys, the ids of those for good, those for a
 * time with first and last day. False when there is no whole one; *rest is moved behind it. */
struct profile_record {
    int64_t person;
    struct str whole, statement, name, keys;
    struct profile_traits traits;
};
MUST_USE bool profile_record_cut(struct str *rest, struct profile_record *out);

#endif
