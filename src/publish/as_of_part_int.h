/* The day as of which a page is asked for. */
#ifndef GOVAH_PUBLISH_AS_OF_PART_INT_H
#define GOVAH_PUBLISH_AS_OF_PART_INT_H

#include "publish/page.h"

struct as_of {
    bool known; /* there is a day: one was asked for, or something else tells it */
    int64_t day;
    struct str written; /* it, as EDTF, or empty */
    struct str asked;   /* what was asked and is a date, or empty */
    struct str refused; /* what was asked and is none; the page's status is 422 then */
};

/* The last day that the field "as-of" names, and no other. */
void as_of_asked(struct page *, struct as_of *);

/* That; else the record's own (archive_last_day). */
MUST_USE enum outcome as_of_read(struct page *, struct as_of *, struct fault *why);

/* The day of whoever knows one, where none was asked for. */
void as_of_else(struct page *, struct as_of *, int64_t day);

/* In a form: the field for another day, with its label, what was refused, and the button. */
void as_of_field(struct page *, const struct as_of *, struct str label);

/* What most pages call the field. */
struct str as_of_label(const struct page *);

/* A form of its own, with a field more of that name and value where it has one. */
void as_of_write(struct page *, const struct as_of *, const char *field, struct str value);

#endif
