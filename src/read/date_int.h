/* Between the lexicon, the tokens, the grammar and the resolving of dates. */
#ifndef GOVAH_READ_DATE_INT_H
#define GOVAH_READ_DATE_INT_H

#include "read/date.h"
#include "text/calendar.h"

enum date_kind {
    DATE_MONTH,       /* value 1 to 12, with calendar and strength */
    DATE_WEEKDAY,     /* value 0 = Monday */
    DATE_SEASON,      /* value 1 = spring */
    DATE_ORDINAL,     /* fourteenth */
    DATE_NUMBER,      /* fourteen */
    DATE_UNIT,        /* value: enum date_unit */
    DATE_DAY_OFFSET,  /* yesterday: -1 */
    DATE_YEAR_OFFSET, /* پارسال: -1 */
    DATE_DIRECTION,   /* last, this, next: enum date_turn */
    DATE_TURN_BEHIND, /* گذشته, dernier: the same, behind the day or unit */
    DATE_SAME,        /* the same (day): 0; the following: 1; the one before: -1; that (year): 2 */
    DATE_AGO,
    DATE_LATER,       /* two days later: 1; earlier: -1 */
    DATE_PART,        /* early, end of: value: enum date_part */
    DATE_END_OF,      /* year's end */
    DATE_PREPOSITION, /* value 1: only of time; 0: of other things too */
    DATE_OF,
    DATE_BETWEEN,
    DATE_ON,
    DATE_TO, /* joins the ends of an interval */
    DATE_AND,
    DATE_THE,
    DATE_ERA,            /* with calendar; value 1: before our era */
    DATE_ORDINAL_SUFFIX, /* 14th */
    DATE_DECADE_SUFFIX,  /* 1980s */
    DATE_DAY_PART,       /* morning */
    DATE_FUTURE,         /* will */
    DATE_BAR_BEFORE,     /* Black (Friday) */
    DATE_BAR_AFTER,      /* Friday (prayers) */
    DATE_NOWADAYS,       /* (even) today */
    DATE_COUNTED,        /* (30) people: what a number before it counts, which is then no year */
    DATE_CITED,          /* report, chart, گزارش: what is cited by its date */
    DATE_KINDS
};

enum date_unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR, UNIT_DECADE, UNIT_WEEKEND };

enum date_part { PART_NONE, PART_START, PART_MIDDLE, PART_END, PART_OPENING };

/* How much else must speak for a month before it is one. */
enum date_strength { STRONG, WEAK, FAINT };

struct date_meaning {
    enum date_kind kind;
    enum calendar calendar;
    enum date_strength strength;
    bool small; /* a weekday or month that needs no capital, in a script that has them */
    int value;
    const struct date_meaning *next; /* another meaning of the same form */
};

/* A form, or the beginning of one. */
struct date_phrase {
    uint64_t hash; /* 0: an empty place of the table */
    const struct date_meaning *meanings;
    uint32_t kinds; /* bits of the meanings' kinds */
    bool prefix;    /* a longer form goes on from here */
};

const struct date_phrase *date_phrase_find(const struct date_lexicon *, uint64_t hash);

enum date_shape { DATE_WORD, DATE_DIGITS, DATE_MARK };

struct date_token {
    size_t from, to;
    uint64_t hash;                    /* of the folded word or mark */
    const struct date_phrase *phrase; /* the longest that begins here; the token spans it */
    uint32_t kinds;                   /* the phrase's, or 0 */
    uint32_t mark;                    /* the folded character of a mark */
    int number, digits;               /* of digits; number is -1 when there are more than 8 */
    enum date_shape shape;
    unsigned char lines; /* line ends before it */
    bool glued;          /* nothing before it but the token before */
    bool capital;        /* begins with a capital, or its script has none */
    bool latin;          /* ASCII */
};

struct date_tokens {
    struct date_token *at;
    size_t count, room;
};

#define DATE_HASH_START UINT64_C(1469598103934665603)
uint64_t date_hash_join(uint64_t before, uint64_t word);

/* Cuts the bytes from `from` to the end of the text, in place of what *out held; *out begins as
 * zeros and keeps its room. `lexicon` may be NULL: then no phrases are joined. Addresses
 * (https://...) become one mark. `words` are the tokens of a text that begins with this one, and
 * save looking at its words again; or NULL. */
void date_tokens_cut(const struct date_lexicon *, const struct tokens *words, struct str text,
                     size_t from, struct arena *, struct date_tokens *out);

/* A day, month, season, year or decade as far as it is said. */
struct date_point {
    enum calendar calendar; /* of month and season, and of the year unless year_calendar */
    enum calendar year_calendar;
    int year, month, day, season; /* 0: not said */
    int last_day;                 /* of a range within a month, else 0 */
    int weekday;                  /* -1: not said */
    int year_offset;              /* with relative_year */
    int months;                   /* only the first so many of the year, or 0 */
    bool decade, relative_year, same_year;
    bool bare_year;  /* nothing but a year: it needs a preposition */
    bool short_year; /* "in 88": it needs the full year elsewhere in the text */
};

enum date_form {
    DATE_POINT,
    DATE_INTERVAL, /* from `point` to `end` */
    DATE_ONLY_WEEKDAY,
    DATE_OFFSET,     /* `count` days after the document's */
    DATE_WHOLE_UNIT, /* the unit at `direction`: last week, this year */
    DATE_AGO_UNITS,  /* `count` units ago */
    DATE_PAST_UNITS, /* the `count` units until the document's day (direction -1) or after it */
    DATE_SAME_UNIT,  /* the unit of the date before, or the next one */
};

enum date_turn { TURN_NONE, TURN_LAST, TURN_THIS, TURN_NEXT };

struct date_expression {
    size_t from, to; /* bytes */
    size_t first;    /* token */
    enum date_form form;
    struct date_point point, last; /* `last` of an interval */
    enum date_turn turn;
    enum date_unit unit;
    enum date_part part;
    int count;
    bool gregorian;  /* it says that it counts in the Gregorian calendar */
    bool opening;    /* the very start */
    bool whole_part; /* the start or end of the year: a month of it */
    bool future;     /* a word of the future stands near */
    bool cited;      /* it is the date of something that is cited */
    size_t paragraph;
};

struct date_expressions {
    struct date_expression *at;
    size_t count, room;
    size_t paragraphs; /* seen so far */
    bool month_first;  /* all-digit dates of the text are like 9/25/2021 */
};

/* Adds the expressions among the tokens; nothing is resolved. */
void date_expressions_find(const struct date_tokens *, struct arena *, struct date_expressions *);

/* Writes a mention for each but those that lead nowhere, and returns how many. */
size_t date_expressions_resolve(const struct date_expressions *, struct str text,
                                const struct date_context *, struct arena *, struct date_mention *);

struct str date_calendar_name(enum calendar);

#endif
