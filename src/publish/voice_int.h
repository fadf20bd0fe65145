/* What a language is made of. */
#ifndef GOVAH_PUBLISH_VOICE_INT_H
#define GOVAH_PUBLISH_VOICE_INT_H

#include "publish/catalogue.h"
#include "publish/voice.h"

/* Sentences with places, {1} and so on: rows of the kind "pattern". */
enum pattern {
    PATTERN_DAY,         /* day, month, year */
    PATTERN_MONTH,       /* month, year */
    PATTERN_SEASON,      /* season, year */
    PATTERN_DECADE,      /* its first year */
    PATTERN_CENTURY,     /* its first year */
    PATTERN_WITHIN,      /* first and last month or year: some time within */
    PATTERN_INTERVAL,    /* first, last */
    PATTERN_SINCE,       /* first */
    PATTERN_UNTIL,       /* last */
    PATTERN_UNCERTAIN,   /* date */
    PATTERN_APPROXIMATE, /* date */
    PATTERN_DOUBTFUL,    /* date: both */
    PATTERN_MOMENT,      /* date, time of day */
    PATTERN_EXACT,       /* count; as all up to PATTERN_RANGE, in the order of figure_bound */
    PATTERN_AT_LEAST,
    PATTERN_MORE_THAN,
    PATTERN_ABOUT,
    PATTERN_NEARLY,
    PATTERN_UP_TO,
    PATTERN_RANGE,    /* low, high */
    PATTERN_LIST,     /* two or more, then the next */
    PATTERN_LIST_END, /* all before, then the last */
    PATTERN_YEARS,    /* of a duration: how many; these and the next three also as "1" */
    PATTERN_MONTHS,
    PATTERN_WEEKS,
    PATTERN_DAYS,
    PATTERN_YEAR_ONE,
    PATTERN_MONTH_ONE,
    PATTERN_WEEK_ONE,
    PATTERN_DAY_ONE,
    PATTERN_LASHES, /* how many */
    PATTERNS
};

struct label {
    struct str key, words;
};

struct language {
    struct str code, own_name;
    bool right_to_left;
    enum calendar calendar;
    struct str digits[10];
    struct str group;         /* between thousands */
    struct str months[2][12]; /* by CALENDAR_GREGORIAN and CALENDAR_JALALI */
    struct str seasons[4];    /* spring first */
    struct str patterns[PATTERNS];
    struct label *labels; /* in byte order of the key */
    size_t labels_count;
    struct catalogue catalogue; /* count 0: none, it speaks the source's English */
};

struct languages {
    struct arena arena;
    struct language *all;
    size_t count;
};

/* The name of a pattern in interface.tsv. */
const char *pattern_name(enum pattern);

/* The pattern with its places filled. */
struct str pattern_fill(const struct voice *, struct arena *, enum pattern, const struct str *texts,
                        size_t count);
#define FILL(voice, arena, pattern, ...)                                                           \
    pattern_fill(voice, arena, pattern, (const struct str[]){__VA_ARGS__},                         \
                 sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

/* A number without separators, padded with zeros to `width`. */
struct str digits_write(const struct voice *, struct arena *, int64_t, int width);

/* Reads data/lang/CODE/interface.tsv into a language whose code is set. */
MUST_USE enum outcome language_read(struct language *, struct arena *, struct fault *why);

#endif
