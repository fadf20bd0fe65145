/* The chart of a series, as data- attributes of its table: assets/chart.js draws from them, so that
 * whoever has no script, and whoever reads with ears or keys, has the table and misses nothing. */
#ifndef GOVAH_PUBLISH_FIGURE_CHART_INT_H
#define GOVAH_PUBLISH_FIGURE_CHART_INT_H

#include "account/groups.h"
#include "publish/page.h"

/* The group's key as what stands in an address. */
struct hash group_hash(struct group_key);

/* The incident's name, or that none is known. */
struct str incident_said(const struct page *, struct str name);

/* Sources of one page by number, so that each has one shape in all its charts. */
struct source_list {
    struct str *keys;
    size_t count, room;
};
size_t source_number(struct source_list *, struct arena *, struct str key);

/* Whether the counts of the series can be compared and enough of them are dated. */
bool chart_is_worth(const struct series *);

/* Appends the attributes of the table: data-chart, what the chart is called; the range and the
 * ticks of both axes, ticks as "place=label|place=label" with days since 1970-01-01 and counts for
 * places. */
void chart_scales(struct page *, const struct series *);

/* Appends the attributes of the row of a count. */
void chart_mark(struct page *, const struct count *, size_t source);

#endif
