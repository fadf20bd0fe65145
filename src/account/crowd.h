/* Everybody on record in columns, as their profiles (store/profiles.h) tell of them: made once for
 * a state of the record, and asked again and again (census.h) without a look at the archive. Of
 * 200,000 people it takes some 40 MB. Any thread may read it. */
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
    struct trait_meaning is;
    enum facet facet;  /* under which it is counted; FACETS: under none */
    bool counts;       /* it may stand among what the facet offers */
    struct str folded; /* facet_folded */
    uint32_t *who;     /* places of people, ascending; one with days may have several */
    size_t count;
    struct crowd_days *days;   /* of each; NULL: for good */
    struct crowd_years *years; /* of each, for FACET_ARRESTED alone */
};

struct crowd {
    size_t count;    /* people: by name, then by address */
    int64_t *people; /* the first eight bytes of each address */
    struct hash *statements;
    struct str names, keys;      /* of all, one after another */
    uint32_t *name_at, *keys_at; /* where those of each begin, and the last end */
    struct crowd_trait *traits;  /* by kind, then by value */
    size_t traits_count;
};

/* All lies in the arena. */
MUST_USE enum outcome crowd_read(struct archive *, const struct case_rules *, struct arena *,
                                 struct crowd *, struct fault *why);

#endif
