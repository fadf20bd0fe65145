/* Two portraits laid beside each other: whether they are of one person, and why.
 *
 * The odds are log2, in tenths: those before any evidence, then each trait by its grade and by how
 * rare the value is (match/weights.h), less what relatives and people tried together have in common
 * as well (as in match/model.h). Three rules stand above what is learnt: without anything beside
 * the name that says who it is the odds stay at MEETING_NAME_ALONE; so they do where something
 * weighs MEETING_CONTRADICTION or less (another given name, another birth); and where a name is one
 * word they stay below even. All of these are "perhaps" at most. Symmetric, and a pure function of
 * the two and the weights. */
#ifndef GOVAH_MATCH_MEETING_H
#define GOVAH_MATCH_MEETING_H

#include "match/weights.h"

enum {
    MEETING_CONTRADICTION = -80,
    MEETING_NAME_ALONE = -10,
    MEETING_LONE = -5,
    MEETING_EVEN = 0,
    MEETING_SHOWN = -40
};

struct meeting_reason {
    enum trait trait;
    enum level level;
    int tenths; /* what it weighs */
    struct str left, right;
};

struct meeting {
    int odds;          /* tenths */
    int evidence;      /* the same before the three rules: what orders pairs of equal odds */
    bool contradicted; /* something weighs MEETING_CONTRADICTION or less */
    struct meeting_reason reasons[TRAITS]; /* in order of the traits */
    size_t reasons_count;
};

/* False where the names alone leave no hope of MEETING_SHOWN: nothing is set then. */
bool portraits_meet(const struct weights *, const struct portrait *, const struct portrait *,
                    struct meeting *);

/* What two portraits tell beside their names, as reasons alone, whatever the names are. */
void traits_meet(const struct weights *, const struct portrait *, const struct portrait *,
                 struct meeting *);

/* "same", "compatible", "near", "part", "conflicting". */
const char *meeting_grade(enum level);

#endif
