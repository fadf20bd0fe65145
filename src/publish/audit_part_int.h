/* An audit's page in parts: the day, one group of people at a time, the numbers drawn. */
#ifndef GOVAH_PUBLISH_AUDIT_PART_INT_H
#define GOVAH_PUBLISH_AUDIT_PART_INT_H

#include "case/audit.h"
#include "publish/as_of_part_int.h"

/* People of a group on the page of all groups, and on a page of its own. */
enum { AUDIT_FIRST = 20, AUDIT_PAGE = 100, AUDIT_VERDICTS = 3 };

struct audit_asked {
    struct as_of as_of; /* that was asked for; not known: the last day on record */
    size_t verdict;     /* enum audit_verdict; AUDIT_VERDICTS: all */
    size_t from;        /* people of that group left out before */
};

void audit_read_asked(struct page *, struct audit_asked *);

void audit_day_write(struct page *, const struct audit_asked *, int64_t as_of);
void audit_chart_write(struct page *, const struct audit *);

/* The way to the others of a group of which so many were shown. */
void audit_turn_write(struct page *, const struct audit_asked *, size_t verdict, size_t shown,
                      size_t total);

#endif
