/* Alerts as pages show them. */
#ifndef GOVAH_PUBLISH_ALERT_PART_INT_H
#define GOVAH_PUBLISH_ALERT_PART_INT_H

#include "account/alert_board.h"
#include "publish/sentence_int.h"

/* The board of the day; in the page's arena. */
MUST_USE enum outcome alerts_read(struct page *, const struct alert_choice *, struct alert_board *,
                                  struct fault *why);

/* "day 20", "in 3 days", "on this day", or that nothing says since when. */
struct markup alert_day_said(struct page *, const struct alert *);

/* "2 independent sources" */
struct markup alert_sources_said(struct page *, const struct alert_row *);

/* "/alerts", with the alert and the day in the address; either may be empty. */
struct str alerts_address(struct page *, struct str alert, struct str as_of);

#endif
