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

#include "account/independence.h"
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
    enum source_class class;
    struct stand stand; /* the latest that a text states, else the first publication: a repetition
                           knows nothing new */
    bool ahead;         /* stated for a day after the document was published */
    bool latest; /* no later count of this source in the series, or the series is not comparable */
    bool counts; /* false when all its figures are rejected or disputed: then in no range, no
                    conflict and never the latest */
    const struct figure_view *leads_to; /* the figure that it passes on, to show first of its count;
                                           NULL for a count of its own */
    enum lead_why why;                  /* then: how that is known */
    size_t said_by; /* independent sources that give this number (account/independence.h), whatever
                       bound they give it; 0 where the series is not comparable, or it does not
                       count */
    bool disputed;  /* another count contradicts it */
};

/* What stands behind a number. */
enum corroboration {
    CORROBORATION_UNKNOWN, /* nobody knows whether others speak of the same */
    CORROBORATION_SINGLE,  /* one source, however many repeat it */
    CORROBORATION_SEVERAL, /* independent ones */
    CORROBORATION_DISPUTED
};
enum corroboration count_corroboration(const struct count *);

/* How decisions weigh it: disputed when any of its figures is. */
enum weigh_verdict count_weighing(const struct count *);

/* "unknown", "single", "corroborated", "disputed". */
const char *corroboration_name(enum corroboration);

/* Over the latest counts that are their sources' own: the smallest and the largest number given. */
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
    bool review;             /* not counted for sure: "under investigation" */
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

/* What is strange about counts; it is shown, and nothing is corrected. FLAG_DEFINITION is found by
 * account/definitions.h alone. */
enum flag_kind {
    FLAG_FALLS,       /* what only grows is smaller than the same source's earlier count, `other` */
    FLAG_PART_LARGER, /* it is a part of `other`, as its document says, and larger */
    FLAG_AHEAD,       /* it stands later than its document */
    FLAG_DEFINITION,  /* it and `other` count differently (account/definitions.h) */
};

struct flag {
    enum flag_kind kind;
    const struct series *series, *other_series;
    const struct count *count, *other;          /* `other` is NULL for FLAG_AHEAD */
    const struct definition *said, *other_said; /* of FLAG_DEFINITION: how each of them counts */
};

enum { FLAGS_LISTED = 1000 };

struct group {
    struct str event;         /* of all its figures, or under which they are compared */
    struct str incident;      /* id, or empty: not known */
    struct str incident_name; /* the id where no name is known */
    struct series *series;
    size_t series_count;
    struct conflict *conflicts; /* one for each two sources, at most CONFLICTS_LISTED */
    size_t conflicts_count;
    size_t conflicts_total; /* those that are not listed too */
    struct flag *flags;     /* by series, then by count; at most FLAGS_LISTED; then those of
                               account/definitions.h */
    size_t flags_count;
    size_t flags_total;
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

/* The range of one class of sources in a series: `counts` is 0 when none of it counts. */
struct count_range series_range(const struct series *, enum source_class);

/* "336 to 530, no upper end" */
struct str range_words(struct arena *, const struct count_range *);

/* Why, as the end of a sentence: "both stand at 2022-11-22". */
struct str conflict_words(struct arena *, const struct conflict *);

/* What is strange, as a sentence without its full stop: "≥ 336 (HRANA, as of 2022-11-22) is fewer
 * than its ≥ 400 of 2022-11-20". */
struct str flag_words(struct arena *, const struct flag *);

/* How it is known that a count passes another one on: "copies a text of its". */
struct str lead_words(enum lead_why);

/* "as of 2022-11-22", "until 2022-11", "published 2023-02-05", "no date". */
struct str stand_words(struct arena *, const struct stand *);

#endif
