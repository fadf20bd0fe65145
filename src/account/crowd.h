/* Everybody on record in columns, as their profiles (store/profiles.h) tell of them: asked again
 * and again (census.h) without a look at the archive, and followed from one state of the record to
 * the next by what changed. Of 200,000 people it takes some 45 MB. Any thread may read it. */
#ifndef GOVAH_ACCOUNT_CROWD_H
#define GOVAH_ACCOUNT_CROWD_H

#include "account/case_list.h"
#include "store/profiles.h"

/* Both included; INT32_MIN and INT32_MAX are no end. */
struct crowd_days {
    int32_t since, until;
};

/* Both included; 0 and CROWD_YEARS are no end. */
enum { CROWD_YEARS = 10000 };
struct crowd_years {
    uint16_t since, until;
    bool told; /* the days are known to a year */
};

struct crowd_trait {
    struct trait_meaning is; /* without `people` */
    enum facet facet;        /* under which it is counted; FACETS: under none */
    bool counts;             /* it may stand among what the facet offers */
    struct str folded;       /* facet_folded */
    uint32_t *who;           /* places of people; one with days may have several, side by side */
    size_t count, room;
    struct crowd_days *days;   /* of each; NULL: for good */
    struct crowd_years *years; /* of each, for FACET_ARRESTED alone */
};

struct crowd {
    size_t count, room; /* places */
    size_t sorted;      /* the first so many are by name, then by address */
    uint64_t *gone;     /* a bit a place: nobody is there any more; NULL: at none */
    size_t gone_count;
    int64_t *people;  /* the first eight bytes of each address */
    int64_t *texts;   /* in which it is a mention */
    uint64_t *prints; /* of their profiles: whoever has the same one is as before */
    struct hash *statements;
    struct str names, keys; /* of all, one after another */
    size_t names_room, keys_room;
    uint32_t *name_at, *keys_at; /* where those of each begin, and the last end */
    struct crowd_trait *traits;
    size_t traits_count, traits_room;
    struct profiles_state state;
};

/* All lies in the arena. */
MUST_USE enum outcome crowd_read(struct archive *, const struct case_rules *, struct arena *,
                                 struct crowd *, struct fault *why);

/* The same as the archive is now, made of one before by what changed since: in columns that both
 * share, in room that was left behind what the one before has of them. They lie in `columns`, the
 * arena of the first of the line, the rest in `own`. Only the last of a line can be followed, and
 * not twice. *followed is false where too much changed, and nothing is made. */
MUST_USE enum outcome crowd_follow(struct archive *, const struct case_rules *,
                                   const struct crowd *before, struct arena *columns,
                                   struct arena *own, struct crowd *, bool *followed,
                                   struct fault *why);

#endif
