/* The day as of which a page is asked for. */
#ifndef GOVAH_PUBLISH_AS_OF_PART_INT_H
#define GOVAH_PUBLISH_AS_OF_PART_INT_H

#include "publish/page.h"

struct as_of {
    bool known; /* the archive has a day, or one was asked for */
    int64_t day;
    struct str written; /* it, as EDTF, or empty */
    struct str refused; /* what was asked and is no date; the page's status is 422 then */
};

/* The last day that the field "as-of" names; without one the record's own (archive_last_day). */
MUST_USE enum outcome as_of_read(struct page *, struct as_of *, struct fault *why);

/* The form that asks for another one, with a field more of that name and value where it has one. */
void as_of_write(struct page *, const struct as_of *, const char *field, struct str value);

#endif
