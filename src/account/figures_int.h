/* Steps of figures_account. */
#ifndef GOVAH_ACCOUNT_FIGURES_INT_H
#define GOVAH_ACCOUNT_FIGURES_INT_H

#include "account/figures.h"
#include "account/labels.h"
#include "account/source.h"

/* One figure while it is being sorted. */
struct entry {
    const struct figure_view *view;
    struct source source;
    struct stand stand;
    int64_t published; /* first day, INT64_MAX when unknown */
    bool ahead;
    bool part, comparable;
    struct str since, until;  /* of a narrower period */
    struct str event;         /* under which it is compared */
    struct str group, series; /* equal text, same group or series */
};

struct stand stand_of(const struct figure_view *);

/* The first and last day of a date, false for one that is empty or none. */
bool date_days(struct str date, int64_t *first, int64_t *last);

/* The incident's facts, or NULL. */
const struct incident_facts *incident_find(const struct incident_facts *, size_t count,
                                           struct str id);

/* Series, counts, latest and range of the entries [0, count) of one group, sorted by series, source
 * and value. */
void series_make(const struct entry *, size_t count, const struct labels *, struct arena *,
                 struct group *);

/* Sets the group's conflicts; `incident` may be NULL. */
void conflicts_find(struct group *, const struct incident_facts *incident, const struct labels *,
                    struct arena *);

#endif
