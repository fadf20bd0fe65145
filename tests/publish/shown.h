/* A page as somebody who asks for it sees it, and a reader for archives that pages are shown of. */
#ifndef GOVAH_TESTS_PUBLISH_SHOWN_H
#define GOVAH_TESTS_PUBLISH_SHOWN_H

#include "publish/page.h"
#include "read/read.h"
#include "store/archive.h"

struct shown {
    int status;
    struct str html, location; /* in the arena; the location where the page leads elsewhere */
};

struct asking {
    const struct page_site *site;
    struct archive *archive;
    struct arena *arena;
    const char *language; /* NULL: the first, with Gregorian dates; else with its own */
    bool partial;
};

struct shown shown_page(const struct asking *, struct str path, const struct field *, size_t count);

/* The same of an address: "/path?name=value&other=value#place", none of it escaped. */
struct shown shown_at(const struct asking *, struct str address);

/* What the reader reads, each figure of the incident, or of none when it is empty. */
struct archive_reader shown_reader(const struct reader *, const char *incident);

#endif
