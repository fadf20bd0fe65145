/* Who counts what: figures brought together so that they can be compared, and nothing merged.
 *
 *   group   one event ("killed") in one incident, with the events that are the same there
 *           (account/labels.h); figures whose incident nobody knows are a group
 * of their own series  the figures of a group that count the same: the same population, place and,
 * where the figure is narrower than the incident, the same period count   what one source says in a
 * series with one value; who repeats it stands in the same count
 *
 * Everything here is a pure function of the figures: no clock, no archive. What comes out lies
 * in the arena or points into the views, and both must outlive it. The order of the views does not
 * matter. */
#ifndef GOVAH_ACCOUNT_FIGURES_H
#define GOVAH_ACCOUNT_FIGURES_H

#include "account/value.h"
#include "base/fault.h"
#include "store/figures.h"

/* What is known about an incident beside its id; dates are EDTF, each field may be empty. */
struct incident_facts {
    struct str id, name, since, until;
};

/* When a count stood. */
enum stand_from {
    STAND_AS_OF,     /* the text says as of when */
    STAND_UNTIL,     /* the end of the period counted */
    STAND_PUBLISHED, /* the text does not say: when the document was published */
    STAND_UNKNOWN,
};

struct stand {
    struct str date; /* EDTF; empty for STAND_UNKNOWN */
    enum stand_from from;
    int64_t first, last; /* days since 1970-01-01; INT64_MIN both for STAND_UNKNOWN */
};

struct count {
    const struct figure_view **figures; /* the one to show first: accepted before proposed, then
                                              by date of publication, then by id */
    size_t figures_count;
    struct str source;
    struct str source_key;
    uint32_t source_rank; /* of source_key among those of the account, in byte order */
    bool own_voice;       /* `source` is the document's publisher, or the document itself */
    struct stand stand;   /* the latest that a text states, else the first publication: a repetition
                             knows nothing new */
    bool ahead;           /* stated for a day after the document was published */
    bool latest; /* no later count of this source in the series, or the series is not comparable */
    bool counts; /* false when all its figures are rejected or disputed: then in no range, no
                    conflict and never the latest */
};

/* Over the latest counts: the smallest and the largest number given. */
struct count_range {
    int64_t low, high;
    bool open_below; /* some count names no lower end */
    bool open_above; /* some count names no upper end */
    size_t counts;   /* latest counts, one a source */
    size_t sources;
};

struct series {
    struct str what, place;
    struct str since, until; /* the narrower period, or empty */
    bool part;               /* "of whom": part of a larger figure of the same population */
    bool within;             /* the group also counts a population that this one is a part of */
    bool comparable;      /* whether the counts are about the same; else no range, no conflicts */
    struct count *counts; /* by stand, latest first, then by source */
    size_t counts_count;
    struct count_range range;
};

/* Two counts of different size that cannot both be true, and why.
 *
 * Compared are counts of one series, and counts of a population with those of a part of it
 * ("children" and "people") at the same place, by figure_interval. They conflict when their
 * intervals do not meet (a part: when it is the greater one) and
 *   - they stand at the same time: their dates overlap, or
 *   - the event adds up (account/labels.h) and the incident was over at both; what stands at a year
 *     counts as over when three quarters of the incident lie before the year's end, or
 *   - the event adds up and the earlier count is the greater one.
 * Counts of a growing toll at different times do not conflict, nor do a later and an earlier count
 * of one source. */
enum conflict_why {
    CONFLICT_SAME_TIME,
    CONFLICT_OVER,
    CONFLICT_FALLING,
    CONFLICT_PART,
};

struct conflict {
    const struct series *a_series, *b_series;
    const struct count *a,
        *b; /* for CONFLICT_FALLING a is the earlier, for CONFLICT_PART the part */
    enum conflict_why why;
    size_t more; /* further pairs of counts of the same two sources */
};

enum { CONFLICTS_LISTED = 10000 };

struct group {
    struct str event;         /* of all its figures, or under which they are compared */
    struct str incident;      /* id, or empty: not known */
    struct str incident_name; /* the id where no name is known */
    struct series *series;
    size_t series_count;
    struct conflict *conflicts; /* one for each two sources, at most CONFLICTS_LISTED */
    size_t conflicts_count;
    size_t conflicts_total; /* those that are not listed too */
    size_t figures;
};

struct figure_account {
    struct group *groups; /* events with the most figures first; within one, incidents likewise, the
                             unknown last */
    size_t groups_count;
    size_t figures;
    size_t undated; /* left out because the filter asks for a date and they have none */
};

/* Which figures; an empty field asks nothing. */
struct figure_filter {
    struct str event;    /* the label, or its words */
    struct str source;   /* a part of the source's name, folded; or its abbreviation */
    struct str incident; /* id, a part of the name, or "none" */
    struct str since;    /* EDTF: what was counted up to this day or later */
    struct str as_of;    /* EDTF: what documents had said by then */
    bool rejected;       /* the rejected too */
};

/* REFUSED when a date of the filter is none. */
MUST_USE enum outcome figures_account(const struct figure_view *, size_t count,
                                      const struct figure_filter *,
                                      const struct incident_facts *incidents,
                                      size_t incidents_count, struct arena *,
                                      struct figure_account *out, struct fault *why);

/* "336 to 530, no upper end" */
struct str range_words(struct arena *, const struct count_range *);

/* Why, as the end of a sentence: "both stand at 2022-11-22". */
struct str conflict_words(struct arena *, const struct conflict *);

/* "as of 2022-11-22", "until 2022-11", "published 2023-02-05", "no date". */
struct str stand_words(struct arena *, const struct stand *);

#endif
