/* The chart of a series, as data- attributes of its table: assets/chart.js draws from them, so that
 * whoever has no script, and whoever reads with ears or keys, has the table and misses nothing. */
#ifndef GOVAH_PUBLISH_FIGURE_CHART_INT_H
#define GOVAH_PUBLISH_FIGURE_CHART_INT_H

#include "account/shelf.h"
#include "publish/page.h"

/* All groups, from the shelf where there is one. */
struct figures_held {
    struct account_hold hold;
    struct groups own; /* where there is no shelf */
};
MUST_USE enum outcome figures_hold(struct page *, struct figures_held *, const struct groups **,
                                   struct fault *why);
void figures_release(struct page *, struct figures_held *);

/* The group's key as what stands in an address. */
struct hash group_hash(struct group_key);

/* The incident's name in the voice's language, else `name`, or that none is known. */
struct str incident_said(struct page *, struct str id, struct str name);

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

/* Which counts of a series stand in rows of this page, the first of them `from` counts behind the
 * series' first, and `number` behind the group's. */
struct chart_rows {
    size_t from, count, number;
};

/* Appends data-more: the marks of counts that are on other pages, of each source the latest of a
 * day, and where these are more than can be told apart, as many of them as can, evenly. A line
 * each, its fields apart by tabs: what chart_mark writes of a row, then the count's number in the
 * group, its value, its source and where it stands. Where all marks together are fewer than the
 * counts, data-thinned says so in words. */
void chart_more(struct page *, const struct series *, const struct chart_rows *,
                struct source_list *);

/* Appends the attributes of the row of a count. */
void chart_mark(struct page *, const struct count *, size_t source);

#endif
