/* What cannot be in a calendar expression, as it is written. Nothing is put right here. */
#ifndef GOVAH_READ_DATE_CHECK_H
#define GOVAH_READ_DATE_CHECK_H

#include "read/date_range.h"

struct date_question {
    const struct date_expression *expression;
    const struct date_expression *next; /* the one behind it in the text, or NULL */
    struct str text;
    struct date_range meant;    /* as it was read */
    struct date_range document; /* when the document says what it says */
};

/* Sets the findings of the mention, whose other fields are set: a day that is no such day of the
 * week, a month's name under the year of another calendar (a day, or a Gregorian month), a month
 * without that day, an interval that ends before it begins, one day in two calendars that are two
 * days (an Islamic one may be off by two), and something cited by a date after the document's. */
void date_check(const struct date_question *, struct arena *, struct date_mention *);

#endif
