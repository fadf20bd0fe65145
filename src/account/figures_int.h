/* Steps of figures_account. */
#ifndef GOVAH_ACCOUNT_FIGURES_INT_H
#define GOVAH_ACCOUNT_FIGURES_INT_H

#include "account/figures.h"
#include "account/labels.h"
#include "account/source.h"

/* An event and an incident as figures name them, and what they are compared under. */
struct matter {
    const struct term *event;
    const struct incident_facts *incident; /* or NULL */
    uint32_t group;                        /* its number */
    int64_t since_first, since_last;       /* the incident's beginning, in days; if has_since */
    bool has_since, single_day;            /* it began and ended on one day */
};

/* One figure while it is being sorted. */
struct entry {
    const struct figure_view *view;
    const struct source *source;
    const struct term *publisher; /* its key as a source, or NULL */
    const struct matter *matter;
    struct stand stand;
    int64_t published;       /* first day, INT64_MAX when unknown */
    struct str since, until; /* of a narrower period */
    uint32_t series;         /* its number */
    bool ahead, part, review, comparable;
};

/* The first and last day of a date, false for one that is empty or none. */
bool date_days(struct str date, int64_t *first, int64_t *last);

/* Adds a series with its counts, their latest and its range, of all its entries, which it sorts.
 * What it gives lies in the arena. */
void series_add(struct group *, size_t *room, const struct entry **, size_t count, struct arena *);

/* Sets leads_to, why and said_by of the counts of one series: counts[i] is made of the entries from
 * begin[i] to begin[i + 1]. */
void counts_weigh(struct count *, const struct entry *const *, const size_t *begin, size_t count,
                  struct arena *);

/* Sets the group's flags, in the arena. */
void flags_find(struct group *, const struct labels *, struct arena *, struct arena *scratch);

/* Once all are there. */
void series_sort(struct group *, const struct labels *, struct arena *scratch);

/* What figures_account is asked; `explained` are sources' names that explain abbreviations although
 * their figures are not among the views. */
struct account_question {
    const struct figure_view *views;
    size_t count;
    const struct figure_filter *filter;
    const struct incident_facts *incidents;
    size_t incidents_count;
    const struct str *explained;
    size_t explained_count;
};

MUST_USE enum outcome account_make(const struct account_question *, struct arena *,
                                   struct figure_account *out, struct fault *why);

/* Sets the group's conflicts, in the arena; `incident` may be NULL. */
void conflicts_find(struct group *, const struct incident_facts *incident, const struct labels *,
                    struct arena *, struct arena *scratch);

#endif
