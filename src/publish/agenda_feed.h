/* A calendar as a file for other programs: iCalendar (RFC 5545), written by libical. */
#ifndef GOVAH_PUBLISH_AGENDA_FEED_H
#define GOVAH_PUBLISH_AGENDA_FEED_H

#include "case/agenda.h"
#include "publish/voice.h"

/* Appends it. One VEVENT for each item, a whole day or as many as it may be on; its UID covers the
 * statement that it rests on, the item and how it was reckoned, so that a later file replaces it in
 * a reader's calendar; its DTSTAMP is the day as of which it was asked, and the file depends on no
 * clock. TENTATIVE is what nobody decided. The description has the day in both calendars, how it
 * was reckoned, each statement's quote, id and document. FAILED when memory is out. */
MUST_USE enum outcome agenda_feed(const struct voice *, const struct agenda *, int64_t as_of,
                                  struct arena *, struct buf *out, struct fault *why);

#endif
