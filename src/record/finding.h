/* A finding: something in a text that cannot be as it is written. Derived, like a proposal, and no
 * part of the record; it changes no proposal, and nobody decides on it: it is read beside what it
 * doubts. */
#ifndef GOVAH_RECORD_FINDING_H
#define GOVAH_RECORD_FINDING_H

#include "record/statement.h"

/* Why it cannot be, and the parts that say so, in the order of `parts`. */
enum finding_kind {
    FINDING_WEEKDAY,     /* the day is no such day of the week: written, is, day */
    FINDING_CALENDAR,    /* a month's name of another calendar than its year: month, year, read */
    FINDING_NO_SUCH_DAY, /* a month without that day: day, days */
    FINDING_BACKWARDS,   /* it ends before it begins: begins, ends */
    FINDING_TWO_DATES,   /* one day in two calendars that are two days: first, second */
    FINDING_AFTER_DOCUMENT, /* of a day when the document was there already: day, document */
    FINDING_PART_LARGER,    /* part of a smaller number: part, whole */
    FINDING_COUNT_FALLING,  /* what only grows fell, by one source: later, on, earlier, before */
    FINDING_DEFAULT, /* a column's value may stand for "unknown": value, times, rows, percent */
    FINDING_FIRST_OF_YEAR, /* so may many first days of a year: value, times, rows, percent */
    FINDING_KINDS
};

enum finding_value {
    FINDING_NOTHING,
    FINDING_DATE,          /* EDTF */
    FINDING_DAY_OF_WEEK,   /* "monday" ... "sunday" */
    FINDING_CALENDAR_NAME, /* "gregorian", "jalali", "islamic" */
    FINDING_NUMBER,        /* digits, ASCII */
    FINDING_TEXT,          /* as it is written */
};

enum { FINDING_PARTS = 4 };

struct finding {
    enum finding_kind kind;
    struct span quote; /* what cannot be */
    struct span other; /* what it does not agree with, or none */
    struct str parts[FINDING_PARTS];
};

/* "weekday", "calendar"... as outputs and the archive write them. */
const char *finding_kind_name(enum finding_kind);
MUST_USE bool finding_kind_read(struct str name, enum finding_kind *out);

/* The name of a part and what it holds; NULL behind the last. */
const char *finding_part_name(enum finding_kind, size_t part);
enum finding_value finding_part_value(enum finding_kind, size_t part);

/* 0 = Monday, as in text/calendar.h. */
struct str finding_weekday(int weekday);

#endif
